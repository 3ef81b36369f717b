package learn

import (
	"iter"
	"maps"
	"math"
	"slices"
)

// Train makes a model from labelled examples. It reads them once, in order, and keeps of each only the hashes of its
// features, some 1 KB for a post of 100 characters; all passes go over those. The same examples in the same order with
// the same options give the same model, byte for byte, on every processor.
//
// The model is a multinomial logistic regression on hashed words, pairs of words, and runs of 3 to 5 characters within
// words, each weighted by how much it tells and how rare it is (after Wang and Manning, Baselines and Bigrams, 2012).
// It is fitted by stochastic gradient descent with a falling rate. Its probabilities are then calibrated on
// three models of which each has not seen a third of the examples.
//
// The error is ErrNoExamples, ErrOneLabel, an *ExampleError, or the spec.Problems of the options.
func Train(examples iter.Seq2[Example, error], o Options) (*Model, error) {
	c, err := gather(examples)
	if err != nil {
		return nil, err
	}
	if err := o.check(c.labels); err != nil {
		return nil, err
	}
	return c.train(c.all(), o), nil
}

// train makes a calibrated model of the docs with these numbers.
func (c *corpus) train(numbers []int32, o Options) *Model {
	counts := make([]int, len(c.labels))
	for _, i := range numbers {
		counts[c.docs[i].label]++
	}
	m := &Model{head: head{
		Name: o.Name, Langs: o.langs(), Labels: c.labels, Examples: counts, Bits: o.bits(len(c.labels)),
		Weights: o.weights(c.labels, counts), Slope: one,
	}}
	passes := o.passes(len(numbers))
	fit := calibration{labels: len(c.labels)}
	for fold := range calibrations {
		rest, kept := c.divide(fold, calibrations, numbers)
		if len(rest) == 0 || len(kept) == 0 {
			continue
		}
		part := *m
		part.fit(c, rest, passes)
		for _, i := range kept {
			fit.add(part.scoresOf(c.of(&c.docs[i])), c.docs[i].label)
		}
	}
	m.fit(c, numbers, passes)
	m.calibrate(fit.solve())
	m.finish()
	return m
}

const (
	rate    = 0.5  // of the first step; it falls evenly to 0
	decay   = 2e-5 // of all weights, times the rate, with each step
	slow    = 0.1  // the part of the rate by which the biases move
	floor   = 0.25 // what a feature that tells nothing keeps of its weight
	tooTiny = 1e-6 // below it the common factor of the weights is multiplied in
)

// A table is a model while it is being fitted. Row h is what the features with hash h weigh: first the square of how
// much they count, then a weight for each label. The true weights are those times scale, so that all of them can decay
// in one step.
type table struct {
	labels, shift int
	rows          []float64
	bias          []float64
	scale         float64
}

// row is the part of the rows that a feature has.
func (t *table) row(feature uint32) []float64 {
	wide := t.labels + 1
	return t.rows[int(feature>>t.shift)*wide:][:wide]
}

// fit sets the weights and biases of the model from docs.
func (m *Model) fit(c *corpus, numbers []int32, passes int) {
	labels := len(m.head.Labels)
	t := &table{labels: labels, shift: 32 - m.head.Bits, bias: make([]float64, labels), scale: 1}
	t.rows = make([]float64, (labels+1)<<m.head.Bits)
	t.gains(c, numbers)

	costs := make([]float64, labels)
	for i, w := range m.head.Weights {
		costs[i] = float64(w) / 1000
	}
	order := slices.Clone(numbers)
	turn, done, steps := seed, 0, float64(passes)*float64(len(order))
	slopes := make([]float64, labels)
	for range passes {
		turn.shuffle(order)
		for _, i := range order {
			d := &c.docs[i]
			t.step(c.of(d), d.label, costs[d.label], rate*(1-float64(done)/steps), slopes)
			done++
		}
	}
	m.quantise(t)
}

// step moves the weights along the slopes of the loss on one doc. Slopes is room for one number a label.
func (t *table) step(features []uint32, label int, cost, rate float64, slopes []float64) {
	clear(slopes)
	for _, f := range features {
		for c, w := range t.row(f)[1:] {
			slopes[c] += w
		}
	}
	short := 1 / math.Sqrt(float64(max(1, len(features))))
	for c := range slopes {
		slopes[c] = float64(slopes[c]*float64(short*t.scale)) + t.bias[c]
	}
	softmax(slopes)
	t.scale *= 1 - float64(rate*decay)
	slopes[label]--
	for c := range slopes {
		g := float64(slopes[c] * float64(rate*cost))
		t.bias[c] -= float64(g * slow)
		slopes[c] = -float64(g*short) / t.scale
	}
	for _, f := range features {
		row := t.row(f)
		gain := row[0]
		for c, g := range slopes {
			row[c+1] += float64(g * gain)
		}
	}
	if t.scale < tooTiny {
		t.settle()
	}
}

// settle multiplies the common factor in.
func (t *table) settle() {
	wide := t.labels + 1
	for i := range t.rows {
		if i%wide != 0 {
			t.rows[i] *= t.scale
		}
	}
	t.scale = 1
}

// gains says how much each feature counts: by its rarity, and by how much more often it stands in docs of a label than
// in the others, for the label where that is most.
func (t *table) gains(c *corpus, numbers []int32) {
	docs := make([]float64, t.labels)
	for _, i := range numbers {
		d := &c.docs[i]
		docs[d.label]++
		for _, f := range c.of(d) {
			row := t.row(f)
			row[0]++
			row[d.label+1]++
		}
	}
	all := float64(len(numbers))
	usual := ln(1 + all/10)
	wide := t.labels + 1
	for at := 0; at < len(t.rows); at += wide {
		row := t.rows[at : at+wide]
		often := row[0]
		if often == 0 {
			continue
		}
		tells := 0.0
		for c, with := range row[1:] {
			in := (with + 1) / (docs[c] + 2)
			out := (often - with + 1) / (all - docs[c] + 2)
			tells = max(tells, math.Abs(ln(in/out)))
		}
		gain := float64((floor + tells) * (floor + tells))
		gain = float64(gain * ln(1+all/often) / usual)
		clear(row)
		row[0] = gain
	}
}

// softmax turns scores into probabilities in place.
func softmax(scores []float64) {
	most, sum := slices.Max(scores), 0.0
	for c, z := range scores {
		scores[c] = exp(z - most)
		sum += scores[c]
	}
	for c := range scores {
		scores[c] /= sum
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
