package learn

import (
	"cmp"
	"iter"
	"slices"

	"github.com/reputekit/reputation/mention/spec"
)

// Evaluate judges a model by examples, which it reads once and does not keep. They should be none that the model was
// trained on, and no copies of those. The error is ErrNoExamples or an *ExampleError; that holds ErrUnknown for a label
// that the model does not know.
func Evaluate(m *Model, examples iter.Seq2[Example, error]) (Report, error) {
	t := newTally(m.head.Labels)
	p := make([]float64, len(t.labels))
	err := each(examples, func(e Example) error {
		label, known := slices.BinarySearch(t.labels, e.Label)
		if !known {
			return ErrUnknown
		}
		if !m.probabilities(p, e.Text) {
			t.unread++
			return nil
		}
		got := m.choice(p)
		t.count(label, got, perMille(p[got]))
		return nil
	})
	if err != nil {
		return Report{}, err
	}
	return t.report(), nil
}

// CrossValidate says how a model trained with these options fares on examples it has not seen: the examples are parted
// into folds, 2 to 20, each is judged by a model trained on all others, and the report is on all. Copies of a text are
// always in the same fold. It reads and keeps examples as Train does and has the same errors.
func CrossValidate(examples iter.Seq2[Example, error], o Options, folds int) (Report, error) {
	c, err := gather(examples)
	if err != nil {
		return Report{}, err
	}
	var p spec.Problems
	if folds < 2 || folds > mostFolds {
		p.Add("folds", "%d is not between 2 and %d", folds, mostFolds)
	}
	p.Merge("", o.check(c.labels))
	if err := p.Err(); err != nil {
		return Report{}, err
	}
	t := newTally(c.labels)
	numbers := c.all()
	for fold := range folds {
		// Train has folds of its own by the same key, so these go by another part of it.
		rest, kept := c.apart(fold, folds, numbers)
		if len(rest) == 0 || len(kept) == 0 {
			t.passed++
			continue
		}
		t.judge(c.train(rest, o), c, kept)
	}
	return t.report(), nil
}

const mostFolds = 20

// judge counts what a model says of docs.
func (t *tally) judge(m *Model, c *corpus, numbers []int32) {
	for _, i := range numbers {
		d := &c.docs[i]
		if d.from == d.to {
			t.unread++
			continue
		}
		p := m.scoresOf(c.of(d))
		softmax(p)
		got := m.choice(p)
		t.count(d.label, got, perMille(p[got]))
	}
}

// apart is divide by other folds than those of the calibration.
func (c *corpus) apart(fold, folds int, among []int32) (rest, kept []int32) {
	for _, i := range among {
		if int(mix(uint64(c.docs[i].key)*step)%uint32(folds)) == fold {
			kept = append(kept, i)
		} else {
			rest = append(rest, i)
		}
	}
	return rest, kept
}

// LearningCurve says what more examples would bring: models are trained on an eighth, a quarter, half and all of some
// four fifths of the examples, and each is judged by the rest. Which examples those are goes by their text. It reads and
// keeps examples as Train does and has the same errors; of few examples the curve has fewer points.
func LearningCurve(examples iter.Seq2[Example, error], o Options) (Curve, error) {
	c, err := gather(examples)
	if err != nil {
		return nil, err
	}
	if err := o.check(c.labels); err != nil {
		return nil, err
	}
	rest, kept := c.apart(0, 5, c.all())
	slices.SortStableFunc(rest, func(a, b int32) int { return cmp.Compare(c.docs[a].key, c.docs[b].key) })
	var curve Curve
	for _, part := range [...]int{8, 4, 2, 1} {
		some := slices.Sorted(slices.Values(rest[:len(rest)/part]))
		if len(some) == 0 || len(kept) == 0 {
			continue
		}
		t := newTally(c.labels)
		t.judge(c.train(some, o), c, kept)
		curve = append(curve, Point{Trained: len(some), Report: t.report()})
	}
	return curve, nil
}
