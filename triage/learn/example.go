package learn

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// An Example is a text that somebody has labelled.
type Example struct {
	Text  string `json:"text"`
	Label string `json:"label"`
}

// MaxText is how many bytes of a text are read. Longer ones are refused as examples; of a longer text that is to be
// judged the rest is left out.
const MaxText = 32 << 10

// MaxLabels is how many labels a model can tell apart.
const MaxLabels = 64

// What may be wrong with examples. All but ErrNoExamples and ErrOneLabel come within an ExampleError.
var (
	ErrNoExamples = errors.New("there are no examples")
	ErrOneLabel   = errors.New("all examples have the same label, so there is nothing to tell apart")
	ErrManyLabels = fmt.Errorf("there are more than %d labels", MaxLabels)
	ErrUTF8       = errors.New("the text or label is no valid UTF-8")
	ErrTooLong    = fmt.Errorf("the text is longer than %d bytes", MaxText)
	ErrLabel      = errors.New("the label is empty, longer than 100 bytes, or has blanks at its ends")
	ErrUnknown    = errors.New("the model does not know the label")
)

const longestLabel = 100 // bytes

// An ExampleError is what is wrong with one example. Reading stops there: a model from half of the examples would not
// say so. Err is one of the errors above, or what the iterator gave.
type ExampleError struct {
	Number int    // of the example, from 0
	Label  string // as it was given
	Err    error
}

// Error names the example by its number.
func (e *ExampleError) Error() string {
	return fmt.Sprintf("example %d, label %.100q: %v", e.Number, e.Label, e.Err)
}

// Unwrap gives Err.
func (e *ExampleError) Unwrap() error { return e.Err }

func (e Example) check() error {
	switch {
	case !utf8.ValidString(e.Text), !utf8.ValidString(e.Label):
		return ErrUTF8
	case len(e.Text) > MaxText:
		return ErrTooLong
	case e.Label == "", len(e.Label) > longestLabel, strings.TrimSpace(e.Label) != e.Label:
		return ErrLabel
	}
	return nil
}

// each calls f with every example, its number first, and stops at the first error.
func each(examples iter.Seq2[Example, error], f func(Example) error) error {
	n := 0
	for e, err := range examples {
		if err == nil {
			err = e.check()
		}
		if err == nil {
			err = f(e)
		}
		if err != nil {
			return &ExampleError{Number: n, Label: e.Label, Err: err}
		}
		n++
	}
	if n == 0 {
		return ErrNoExamples
	}
	return nil
}

// A corpus is what is kept of examples: the hashes of their features. The texts are not kept.
type corpus struct {
	labels   []string // sorted
	docs     []doc
	features []uint32 // of all docs, one after the other
}

// A doc is one example.
type doc struct {
	from, to int // its part of the corpus' features
	label    int
	key      uint32 // the same for the same text
}

func (c *corpus) of(d *doc) []uint32 { return c.features[d.from:d.to] }

// gather reads the examples once. Its errors are those of the examples.
func gather(examples iter.Seq2[Example, error]) (*corpus, error) {
	c := &corpus{}
	numbers := map[string]int{}
	var r reader
	err := each(examples, func(e Example) error {
		label, known := numbers[e.Label]
		if !known {
			if label = len(c.labels); label == MaxLabels {
				return ErrManyLabels
			}
			numbers[e.Label] = label
			c.labels = append(c.labels, strings.Clone(e.Label))
		}
		d := doc{from: len(c.features), label: label}
		h := uint64(wordSeed)
		for r.read(e.Text); r.more(); {
			c.features = append(c.features, r.features[:r.count]...)
		}
		d.to = len(c.features)
		for _, f := range c.of(&d) {
			h = (h ^ uint64(f)) * step
		}
		d.key = mix(h)
		c.docs = append(c.docs, d)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(c.labels) == 1 {
		return nil, ErrOneLabel
	}
	c.sortLabels()
	return c, nil
}

// sortLabels renumbers the labels by their names, so that the order of the examples does not show in a model's labels.
func (c *corpus) sortLabels() {
	sorted := slices.Sorted(slices.Values(c.labels))
	for i := range c.docs {
		c.docs[i].label, _ = slices.BinarySearch(sorted, c.labels[c.docs[i].label])
	}
	c.labels = sorted
}

// divide parts the numbers of the docs: kept has those of one fold out of many, rest the others. The same text is always
// in the same fold, so that no copy of what is judged was trained on.
func (c *corpus) divide(fold, folds int, among []int32) (rest, kept []int32) {
	for _, i := range among {
		if int(c.docs[i].key%uint32(folds)) == fold {
			kept = append(kept, i)
		} else {
			rest = append(rest, i)
		}
	}
	return rest, kept
}

// all are the numbers of all docs.
func (c *corpus) all() []int32 {
	list := make([]int32, len(c.docs))
	for i := range list {
		list[i] = int32(i)
	}
	return list
}
