package learn

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Report says how often a model was right on examples whose labels are known. All shares are per mille, rounded; a
// share of nothing is 0.
type Report struct {
	Examples int `json:"examples"`
	Unread   int `json:"unread,omitempty"` // examples without a word or sign: they count as wrong, in no row or column
	Accuracy int `json:"accuracy"`         // share of examples that got their label
	MacroF1  int `json:"macro_f1"`         // mean F1 of the labels that occur among the examples

	Classes   []Class `json:"classes"`          // by label, sorted
	Confusion [][]int `json:"confusion"`        // examples by their label (row) and the label they got (column)
	Bins      []Bin   `json:"bins,omitempty"`   // reliability, from the lowest probability to the highest
	ECE       int     `json:"ece"`              // expected calibration error: mean distance of probability and share right
	Passed    int     `json:"passed,omitempty"` // folds passed over, without examples to train on or to judge
}

// A Class is how one label fared: of those called so the share that is (precision), of those that are the share that
// was called so (recall), and their harmonic mean (F1), per mille.
type Class struct {
	Label     string `json:"label"`
	Examples  int    `json:"examples"` // that have the label
	Precision int    `json:"precision"`
	Recall    int    `json:"recall"`
	F1        int    `json:"f1"`
}

// A Bin is the examples whose chosen label had a probability in one tenth of the scale: their number, the mean of that
// probability, and the share that was right. Where a model is calibrated these two are near each other.
type Bin struct {
	Examples    int `json:"examples"`
	Probability int `json:"probability"` // per mille
	Right       int `json:"right"`       // per mille
}

const bins = 10

// A tally counts what a Report is made of.
type tally struct {
	labels    []string
	unread    int
	confusion [][]int
	number    [bins]int64
	sure      [bins]int64 // sum of probabilities, per mille
	right     [bins]int64
	passed    int
}

func newTally(labels []string) *tally {
	t := &tally{labels: labels, confusion: make([][]int, len(labels))}
	for i := range t.confusion {
		t.confusion[i] = make([]int, len(labels))
	}
	return t
}

// count counts an example with the label it has, the one it got, and the probability of that.
func (t *tally) count(label, got, probability int) {
	t.confusion[label][got]++
	b := min(probability*bins/1000, bins-1)
	t.number[b]++
	t.sure[b] += int64(probability)
	if label == got {
		t.right[b]++
	}
}

// report works the shares out.
func (t *tally) report() Report {
	r := Report{Unread: t.unread, Confusion: t.confusion, Passed: t.passed}
	var right, sum, occur, off, read int64
	for i, label := range t.labels {
		var hit, has, got int64 = int64(t.confusion[i][i]), 0, 0
		for j := range t.labels {
			has += int64(t.confusion[i][j])
			got += int64(t.confusion[j][i])
		}
		r.Classes = append(r.Classes, Class{
			Label: label, Examples: int(has), Precision: share(hit, got), Recall: share(hit, has), F1: share(2*hit, has+got),
		})
		right, read = right+hit, read+has
		if has > 0 {
			occur++
			sum += 1_000_000 * 2 * hit / (has + got)
		}
	}
	r.Examples = int(read) + t.unread
	r.Accuracy = share(right, int64(r.Examples))
	r.MacroF1 = share(sum, 1_000_000*occur)
	for b, n := range t.number {
		r.Bins = append(r.Bins, Bin{
			Examples: int(n), Probability: share(t.sure[b], 1000*n), Right: share(t.right[b], n),
		})
		off += max(t.sure[b]-1000*t.right[b], 1000*t.right[b]-t.sure[b])
	}
	r.ECE = share(off, 1000*read)
	return r
}

// share is part of whole, per mille, rounded.
func share(part, whole int64) int {
	if whole == 0 {
		return 0
	}
	return int((2000*part + whole) / (2 * whole))
}

// String gives the report as a table for a person.
func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d examples: accuracy %s, macro-F1 %s, calibration error %s\n",
		r.Examples, point(r.Accuracy), point(r.MacroF1), point(r.ECE))
	if r.Unread > 0 {
		fmt.Fprintf(&b, "with nothing to read: %d\n", r.Unread)
	}
	if r.Passed > 0 {
		fmt.Fprintf(&b, "folds passed over: %d, for want of different examples\n", r.Passed)
	}
	wide := len("label")
	for _, c := range r.Classes {
		wide = max(wide, utf8.RuneCountInString(c.Label))
	}
	fmt.Fprintf(&b, "  %-*s  examples  precision  recall    F1   called by number\n", wide+4, "label")
	for i, c := range r.Classes {
		fmt.Fprintf(&b, "  %2d  %-*s  %8d  %9s  %6s  %4s  ",
			i+1, wide, c.Label, c.Examples, point(c.Precision), point(c.Recall), point(c.F1))
		for j, n := range r.Confusion[i] {
			fmt.Fprintf(&b, " %d: %d", j+1, n)
		}
		b.WriteByte('\n')
	}
	b.WriteString("  probability  examples  right\n")
	for _, bin := range r.Bins {
		if bin.Examples > 0 {
			fmt.Fprintf(&b, "  %11s  %8d  %5s\n", point(bin.Probability), bin.Examples, point(bin.Right))
		}
	}
	return b.String()
}

// point writes per mille as statisticians do: .765.
func point(n int) string {
	if n >= 1000 {
		return fmt.Sprintf("%d.%03d", n/1000, n%1000)
	}
	return fmt.Sprintf(".%03d", n)
}

// A Curve is how models trained on more and more of the examples fared on the same part of them, which none was trained
// on. While the last step still goes up, more examples are worth their price.
type Curve []Point

// A Point is one model of a Curve.
type Point struct {
	Trained int    `json:"trained"` // examples it was trained on
	Report  Report `json:"report"`
}

// String gives a line for each point.
func (c Curve) String() string {
	var b strings.Builder
	b.WriteString("trained on  accuracy  macro-F1  calibration error\n")
	for _, p := range c {
		r := p.Report
		fmt.Fprintf(&b, "%10d  %8s  %8s  %17s\n", p.Trained, point(r.Accuracy), point(r.MacroF1), point(r.ECE))
	}
	return b.String()
}
