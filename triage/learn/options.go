package learn

import (
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention/spec"
)

// Options say how a model is trained. The zero value trains one that is right as often as possible.
type Options struct {
	// Name is what the model's signals are called: its label "angry" is the signal "tone.angry" in a model named tone.
	// Empty means that the signals have the plain names of the labels.
	Name string `json:"name,omitempty"`

	// Langs are the languages of the examples, as BCP 47 tags, of which the base counts. A text that is known to be in
	// another has no readings. Empty means that texts in all languages are read.
	Langs []string `json:"langs,omitempty"`

	// Balance says, per mille, how far rare labels are to count as much as frequent ones: at 0 every example counts the
	// same, at 1000 every label. It finds more of the rare labels, at the price of calling more texts by them; on the sets
	// in README.md macro-F1 is best between 300 and 700. It moves the choice, hardly the probabilities: those are
	// calibrated to the examples as they are.
	Balance int `json:"balance,omitempty"`

	// Weights are how much a mistake on a label counts, per mille, beside Balance: 1 to 100,000. A label that is not named
	// has 1000. Like Balance it moves the choice.
	Weights map[string]int `json:"weights,omitempty"`

	// Passes is how often the examples are gone through, 1 to 200. Zero means 12, and more for less than 3,000 examples.
	Passes int `json:"passes,omitempty"`

	// Bits is the size of the table of weights: 2 to the power of it rows, 10 to 20. Zero means 18. Of many labels it is
	// lowered until the model is below 8 MB.
	Bits int `json:"bits,omitempty"`
}

const (
	usualPasses  = 12
	usualBits    = 18
	fewestBits   = 10
	mostBits     = 20
	mostWeights  = 3_900_000 // of 2 bytes each
	heaviest     = 100_000   // per mille
	calibrations = 3         // folds
)

// check reports all that is wrong with the options for these labels, as spec.Problems.
func (o Options) check(labels []string) error {
	var p spec.Problems
	between := func(path string, n, least, most int) {
		if n < least || n > most {
			p.Add(path, "%d is not between %d and %d", n, least, most)
		}
	}
	if o.Name != strings.TrimSpace(o.Name) || len(o.Name) > longestLabel || strings.ToValidUTF8(o.Name, "") != o.Name {
		p.Add("name", "%.100q has blanks at its ends, is longer than %d bytes or is no valid UTF-8", o.Name, longestLabel)
	}
	between("balance", o.Balance, 0, 1000)
	between("passes", o.Passes, 0, 200)
	if o.Bits != 0 {
		between("bits", o.Bits, fewestBits, mostBits)
	}
	for i, lang := range o.Langs {
		if !plainLang(base(lang)) {
			p.Add(spec.Index("langs", i), "%.20q is no BCP 47 tag", lang)
		}
	}
	if len(o.Langs) > mostLangs {
		p.Add("langs", "more than %d languages", mostLangs)
	}
	for _, label := range sortedKeys(o.Weights) {
		path := spec.Join("weights", label)
		if !slices.Contains(labels, label) {
			p.Add(path, "no example has this label")
		}
		between(path, o.Weights[label], 1, heaviest)
	}
	return p.Err()
}

const mostLangs = 100

// base is the base of a BCP 47 tag in lower case: "es" of "es-MX".
func base(tag string) string {
	b, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(b)
}

// plainLang reports whether s is two to eight small letters.
func plainLang(s string) bool {
	return len(s) >= 2 && len(s) <= 8 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

// langs are the base tags, sorted, each once.
func (o Options) langs() []string {
	var out []string
	for _, lang := range o.Langs {
		out = append(out, base(lang))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// bits is the size of the table for so many labels.
func (o Options) bits(labels int) int {
	bits := o.Bits
	if bits == 0 {
		bits = usualBits
	}
	for labels<<bits > mostWeights {
		bits--
	}
	return bits
}

// passes is how often so many examples are gone through: few of them need more to be learned.
func (o Options) passes(examples int) int {
	if o.Passes != 0 {
		return o.Passes
	}
	return max(usualPasses, min(60, 36_000/max(1, examples)))
}

// weights are how much a mistake on each label counts, per mille, for labels that occur so often.
func (o Options) weights(labels []string, counts []int) []int {
	total := 0
	for _, n := range counts {
		total += n
	}
	out := make([]int, len(labels))
	for i, label := range labels {
		w := 1000.0
		if given, named := o.Weights[label]; named {
			w = float64(given)
		}
		if o.Balance > 0 && counts[i] > 0 {
			rarity := float64(total) / float64(counts[i]*len(labels))
			w = float64(w * exp(float64(ln(rarity)*float64(o.Balance)/1000)))
		}
		out[i] = int(min(max(w+0.5, 1), heaviest))
	}
	return out
}
