package learn

import (
	"encoding/hex"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/triage/signal"
)

// A Model tells labels apart. It comes from Train or Load, is immutable and safe for concurrent use, and says the same
// of the same text on every processor: weights are whole numbers and the few steps on fractions have one result. The
// zero Model knows no label and has no answer.
type Model struct {
	head    head
	weights []int16 // a row of one a label for each hash

	sum    [32]byte // the checksum of the file
	names  []string // of the signals
	shift  int
	unit   float64 // what 1 in weights is worth
	biases []float64
	costs  []float64
}

// A head is all of a model but its weights, as it stands in a file.
type head struct {
	Name     string   `json:"name,omitempty"`
	Langs    []string `json:"langs,omitempty"`
	Labels   []string `json:"labels"`
	Examples []int    `json:"examples"` // by label
	Bits     int      `json:"bits"`
	Weights  []int    `json:"weights"` // by label, per mille
	Unit     int      `json:"unit"`    // weights are worth 2 to the power of -Unit
	Slope    int64    `json:"slope"`   // in parts of one
	Bias     []int64  `json:"bias"`    // by label, in parts of one
}

const (
	one       = int64(1) << 20 // what 1 is in whole numbers
	finestBit = 30             // the largest unit
)

// quantise takes the weights over from the table as whole numbers.
func (m *Model) quantise(t *table) {
	t.settle()
	most, wide := 0.0, t.labels+1
	for i, w := range t.rows {
		if i%wide != 0 {
			most = max(most, math.Abs(w))
		}
	}
	m.head.Unit = 0
	for most > 0 && m.head.Unit < finestBit && math.Ldexp(most, m.head.Unit+1) <= math.MaxInt16 {
		m.head.Unit++
	}
	m.weights = make([]int16, 0, t.labels<<m.head.Bits)
	for i, w := range t.rows {
		if i%wide != 0 {
			w = math.Round(math.Ldexp(w, m.head.Unit))
			m.weights = append(m.weights, int16(min(max(w, -math.MaxInt16), math.MaxInt16)))
		}
	}
	m.head.Bias = make([]int64, t.labels)
	for c, b := range t.bias {
		m.head.Bias[c] = whole(b)
	}
	m.derive()
}

// whole is a fraction in parts of one.
func whole(x float64) int64 {
	return int64(math.Round(float64(min(max(x, -largest), largest) * float64(one))))
}

// largest is the greatest slope or bias, either side of 0.
const largest = 1 << 20

// calibrate takes slope and offsets into the model.
func (m *Model) calibrate(slope float64, offsets []float64) {
	m.head.Slope = whole(slope)
	for c, b := range m.biases {
		m.head.Bias[c] = whole(float64(slope*b) + offsets[c])
	}
	m.derive()
}

// derive works out what readers need from the head.
func (m *Model) derive() {
	m.shift = 32 - m.head.Bits
	m.unit = math.Ldexp(float64(m.head.Slope)/float64(one), -m.head.Unit)
	m.biases, m.costs, m.names = nil, nil, nil
	for c, label := range m.head.Labels {
		m.biases = append(m.biases, float64(m.head.Bias[c])/float64(one))
		m.costs = append(m.costs, float64(m.head.Weights[c]))
		if m.head.Name != "" {
			label = m.head.Name + "." + label
		}
		m.names = append(m.names, label)
	}
}

// Labels are what the model tells apart, sorted.
func (m *Model) Labels() []string { return slices.Clone(m.head.Labels) }

// Signals are the names of the readings that Score gives, in the order of the labels.
func (m *Model) Signals() []string { return slices.Clone(m.names) }

// Checksum is the SHA-256 of what Save writes, less the checksum at its end, in hexadecimal. Rules that read a model
// are versioned with it.
func (m *Model) Checksum() string { return hex.EncodeToString(m.sum[:]) }

// Append appends the probability of each label, per mille, in the order of Labels. They add up to 1000 but for
// rounding. A text without a word or sign has none, and nothing is appended. Texts are read up to MaxText bytes.
func (m *Model) Append(dst []int, text string) []int {
	var buf [MaxLabels]float64
	p := buf[:len(m.head.Labels)]
	if !m.probabilities(p, text) {
		return dst
	}
	for _, x := range p {
		dst = append(dst, perMille(x))
	}
	return dst
}

// Choose gives the label that a text has most likely, mistakes counted as the Options say, and its probability per
// mille. Of equals the first is chosen. A text without a word or sign has no label, and ok is false.
func (m *Model) Choose(text string) (label string, probability int, ok bool) {
	var buf [MaxLabels]float64
	p := buf[:len(m.head.Labels)]
	if !m.probabilities(p, text) {
		return "", 0, false
	}
	c := m.choice(p)
	return m.head.Labels[c], perMille(p[c]), true
}

// choice is the number of the label that costs least to say.
func (m *Model) choice(p []float64) int {
	best, most := 0, -1.0
	for c, x := range p {
		if x = float64(x * m.costs[c]); x > most {
			best, most = c, x
		}
	}
	return best
}

// Score appends a reading for each label: its probability, under the label's signal name. Readings of 500 and more
// come with the up to three words that speak most for the label. A text without a word or sign has no readings, nor
// has one in a language that the model was not trained for; an empty lang is taken for one that it was.
func (m *Model) Score(dst []signal.Reading, text, lang string) []signal.Reading {
	if !m.speaks(lang) {
		return dst
	}
	var buf [MaxLabels]float64
	p := buf[:len(m.head.Labels)]
	if !m.probabilities(p, text) {
		return dst
	}
	for c, x := range p {
		reading := signal.Reading{Name: m.names[c], Value: perMille(x)}
		if reading.Value >= 500 {
			reading.Spans = m.words(text, c)
		}
		dst = append(dst, reading)
	}
	return dst
}

func (m *Model) speaks(lang string) bool {
	if lang == "" || len(m.head.Langs) == 0 || strings.EqualFold(lang, "und") {
		return true
	}
	_, found := slices.BinarySearch(m.head.Langs, base(lang))
	return found
}

// words are the three tokens that move the label most against the mean of all labels, in the order of the text.
func (m *Model) words(text string, label int) []signal.Span {
	type word struct {
		signal.Span
		worth int64
	}
	var best [4]word
	found := 0
	var r reader
	for r.read(known(text)); r.more(); {
		if r.ended {
			break
		}
		var sums [MaxLabels]int64
		m.add(&sums, r.features[:r.count])
		labels := int64(len(m.head.Labels))
		worth := sums[label] * labels
		for _, s := range sums[:labels] {
			worth -= s
		}
		if worth <= 0 {
			continue
		}
		best[found] = word{signal.Span{Start: r.start, End: r.stop}, worth}
		found++
		slices.SortStableFunc(best[:found], func(a, b word) int { return int(min(max(b.worth-a.worth, -1), 1)) })
		found = min(found, len(best)-1)
	}
	var spans []signal.Span
	for _, w := range best[:found] {
		spans = append(spans, w.Span)
	}
	slices.SortFunc(spans, func(a, b signal.Span) int { return a.Start - b.Start })
	return slices.Compact(spans) // ½ is three tokens in one place
}

// probabilities fills p and reports whether the text has anything to read.
func (m *Model) probabilities(p []float64, text string) bool {
	if len(p) == 0 { // the zero Model
		return false
	}
	var sums [MaxLabels]int64
	var r reader
	count := 0
	for r.read(known(text)); r.more(); {
		m.add(&sums, r.features[:r.count])
		count += r.count
	}
	if count == 0 {
		return false
	}
	m.scores(p, &sums, count)
	softmax(p)
	return true
}

// known is the part of a text that is read: up to MaxText bytes, whole runes.
func known(text string) string {
	if len(text) <= MaxText {
		return text
	}
	n := MaxText
	for back := 0; back < utf8.UTFMax-1 && !utf8.RuneStart(text[n]); back++ {
		n--
	}
	return text[:n]
}

// add adds the weights of features to the sums of the labels.
func (m *Model) add(sums *[MaxLabels]int64, features []uint32) {
	labels := len(m.head.Labels)
	for _, f := range features {
		for c, w := range m.weights[int(f>>m.shift)*labels:][:labels] {
			sums[c%MaxLabels] += int64(w)
		}
	}
}

// scores are the logarithms of the odds, but for a common part.
func (m *Model) scores(p []float64, sums *[MaxLabels]int64, count int) {
	short := m.unit / math.Sqrt(float64(max(1, count)))
	for c := range p {
		p[c] = float64(float64(sums[c])*short) + m.biases[c]
	}
}

// scoresOf are the scores of a doc of a corpus.
func (m *Model) scoresOf(features []uint32) []float64 {
	var sums [MaxLabels]int64
	m.add(&sums, features)
	p := make([]float64, len(m.head.Labels))
	m.scores(p, &sums, len(features))
	return p
}

func perMille(p float64) int { return int(float64(p*1000) + 0.5) }
