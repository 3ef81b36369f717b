package learn_test

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage/learn"
)

// letters are n made-up posts of three kinds, always the same, of which some are mislabelled.
func letters(n int) []learn.Example {
	parts := map[string][]string{
		"angry":  {"my bag is lost", "you broke it again", "worst delay ever", "nobody answers", "I want my money back", "late AGAIN"},
		"asking": {"when do you open", "how do I book a seat", "can I bring a dog", "which gate is it", "do you fly to Oslo"},
		"happy":  {"thank you so much", "lovely crew", "great flight", "we were early", "best coffee on board"},
	}
	openings := []string{"@nimbus ", "hello, ", "", "so ", "@nimbus hi "}
	endings := []string{"!", "", "?", " http://t.co/x1", " today", " 😀", " on flight 204"}
	labels := []string{"happy", "angry", "asking"}
	state := uint64(7)
	pick := func(n int) int {
		state = state*6364136223846793005 + 1442695040888963407
		return int(state>>33) % n
	}
	var out []learn.Example
	for range n {
		label := labels[pick(3)]
		said := parts[label]
		text := openings[pick(len(openings))] + said[pick(len(said))] + ", " + said[pick(len(said))] + endings[pick(len(endings))]
		if pick(20) == 0 {
			label = labels[pick(3)]
		}
		out = append(out, learn.Example{Text: text, Label: label})
	}
	return out
}

// plain is the model without options, trained once for all tests.
var plain = sync.OnceValues(func() (*learn.Model, error) {
	return learn.Train(stream(letters(400)), learn.Options{Bits: 14})
})

func trained(t testing.TB, o learn.Options) *learn.Model {
	t.Helper()
	if reflect.DeepEqual(o, learn.Options{}) {
		m, err := plain()
		require.NoError(t, err)
		return m
	}
	o.Bits = 14
	m, err := learn.Train(stream(letters(400)), o)
	require.NoError(t, err)
	return m
}

func saved(t testing.TB, m *learn.Model) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, m.Save(&b))
	return b.Bytes()
}

func TestTrainLearnsWhatWasSaid(t *testing.T) {
	m := trained(t, learn.Options{})
	assert.Equal(t, []string{"angry", "asking", "happy"}, m.Labels())
	for _, row := range []struct{ text, want, reason string }{
		{"my bag is lost", "angry", "as an example has it"},
		{"MY BAGS ARE LOST", "angry", "folded, and inflected: runs of characters are shared"},
		{"which gate do I book", "asking", "words of two examples"},
		{"thankyou, lovelyy crew", "happy", "misspelled"},
	} {
		label, probability, ok := m.Choose(row.text)
		assert.True(t, ok, row.reason)
		assert.Equal(t, row.want, label, row.reason)
		assert.Greater(t, probability, 333, row.reason)
	}
}

func TestSameExamplesSameBytes(t *testing.T) {
	m := trained(t, learn.Options{Balance: 500})
	assert.Equal(t, saved(t, m), saved(t, trained(t, learn.Options{Balance: 500})), "trained twice")
	assert.NotEqual(t, saved(t, m), saved(t, trained(t, learn.Options{})), "other options, another model")
	turned := letters(400)
	turned[0], turned[1] = turned[1], turned[0]
	other, err := learn.Train(stream(turned), learn.Options{Balance: 500, Bits: 14})
	require.NoError(t, err)
	assert.NotEqual(t, m.Checksum(), other.Checksum(), "the order of the examples counts")
}

// TestSameBytesOnEveryProcessor holds the checksum that this training gave on one processor. Where another processor
// fuses operations or has an exponential of its own, this is where it would show.
func TestSameBytesOnEveryProcessor(t *testing.T) {
	const want = "d34faa9e6df3f1f5b23090dae398f70b544b7c02c7bc0e805edd567fba829167"
	assert.Equal(t, want, trained(t, learn.Options{Balance: 500}).Checksum())
}

func TestOrderOfLabelsDoesNotMatter(t *testing.T) {
	examples := letters(300)
	var sorted []learn.Example // all of one label, then all of the next: the worst order for one pass
	for _, label := range []string{"happy", "asking", "angry"} {
		for _, e := range examples {
			if e.Label == label {
				sorted = append(sorted, e)
			}
		}
	}
	m, err := learn.Train(stream(sorted), learn.Options{Bits: 14})
	require.NoError(t, err)
	r, err := learn.Evaluate(m, stream(letters(400)[300:]))
	require.NoError(t, err)
	assert.Greater(t, r.MacroF1, 850, "sorted examples are shuffled before they are learned:\n%s", r)
}

func TestTrainReadsOnce(t *testing.T) {
	walks := 0
	_, err := learn.Train(func(yield func(learn.Example, error) bool) {
		walks++
		stream(letters(50))(yield)
	}, learn.Options{Bits: 10})
	require.NoError(t, err)
	assert.Equal(t, 1, walks, "a stream can be walked once")
}

func TestWeightsMoveTheChoiceAndNoProbability(t *testing.T) {
	even := trained(t, learn.Options{})
	keen := trained(t, learn.Options{Weights: map[string]int{"angry": 20_000}})
	called := func(m *learn.Model) (n int) {
		for _, e := range letters(200) {
			if label, _, _ := m.Choose(e.Text + " hm"); label == "angry" {
				n++
			}
		}
		return n
	}
	assert.Greater(t, called(keen), called(even), "a label whose mistakes cost more is chosen more often")
	sum := func(m *learn.Model) (n int) {
		for _, e := range letters(400) {
			n += m.Append(nil, e.Text)[0]
		}
		return n / 400
	}
	assert.InDelta(t, sum(even), sum(keen), 30, "but it is not said to be likelier, on the whole")
}

func TestBadExamples(t *testing.T) {
	good := learn.Example{Text: "all is well", Label: "fine"}
	broken := errors.New("the file ends in the middle of a row")
	many := make([]learn.Example, 65)
	for i := range many {
		many[i] = learn.Example{Text: "x", Label: fmt.Sprint("l", i)}
	}
	for _, row := range []struct {
		reason   string
		examples iter.Seq2[learn.Example, error]
		want     error
		number   int // -1: not about one example
	}{
		{"no examples", stream(nil), learn.ErrNoExamples, -1},
		{"one label", stream([]learn.Example{good, good}), learn.ErrOneLabel, -1},
		{"too many labels", stream(many), learn.ErrManyLabels, 64},
		{"broken text", stream([]learn.Example{good, {Text: "a\xffb", Label: "fine"}}), learn.ErrUTF8, 1},
		{"broken label", stream([]learn.Example{{Text: "ab", Label: "\xff"}}), learn.ErrUTF8, 0},
		{"10 MB of text", stream([]learn.Example{{Text: strings.Repeat("a", 10<<20), Label: "x"}}), learn.ErrTooLong, 0},
		{"no label", stream([]learn.Example{good, good, {Text: "b"}}), learn.ErrLabel, 2},
		{"a label with a blank", stream([]learn.Example{{Text: "b", Label: "x "}}), learn.ErrLabel, 0},
		{"a label of 10 MB", stream([]learn.Example{{Text: "b", Label: strings.Repeat("a", 10<<20)}}), learn.ErrLabel, 0},
		{"the iterator's own", func(yield func(learn.Example, error) bool) { yield(learn.Example{}, broken) }, broken, 0},
	} {
		_, trainErr := learn.Train(row.examples, learn.Options{})
		_, crossErr := learn.CrossValidate(row.examples, learn.Options{}, 5)
		_, curveErr := learn.LearningCurve(row.examples, learn.Options{})
		for _, err := range []error{trainErr, crossErr, curveErr} {
			require.ErrorIs(t, err, row.want, row.reason)
			var at *learn.ExampleError
			require.Equal(t, row.number >= 0, errors.As(err, &at), row.reason)
			if at != nil {
				assert.Equal(t, row.number, at.Number, row.reason)
				assert.Less(t, len(err.Error()), 500, row.reason)
			}
		}
	}
}

func TestBadOptions(t *testing.T) {
	_, err := learn.Train(stream(letters(30)), learn.Options{
		Name: " tone", Langs: []string{"en", "?"}, Balance: 1001, Passes: -1, Bits: 40,
		Weights: map[string]int{"angry": 0, "sad": 1000},
	})
	var problems spec.Problems
	require.ErrorAs(t, err, &problems)
	var paths []string
	for _, p := range problems {
		paths = append(paths, p.Path)
	}
	assert.Equal(t, []string{"name", "balance", "passes", "bits", "langs[1]", "weights.angry", "weights.sad"}, paths,
		"all problems at once:\n%s", err)
	_, err = learn.CrossValidate(stream(letters(30)), learn.Options{}, 1)
	assert.ErrorAs(t, err, &problems, "one fold has nothing to train on")
}

func TestManyLabelsStayBelow8MB(t *testing.T) {
	var examples []learn.Example
	for i := range 64 {
		examples = append(examples, learn.Example{Text: fmt.Sprint("word", i), Label: fmt.Sprint("l", i)})
	}
	m, err := learn.Train(stream(examples), learn.Options{Bits: 20, Passes: 1})
	require.NoError(t, err)
	assert.Less(t, len(saved(t, m)), 8_000_000, "64 labels")
}

func TestExamplesWithNothingToRead(t *testing.T) {
	m, err := learn.Train(stream([]learn.Example{{Text: "", Label: "a"}, {Text: " \x00 ", Label: "b"}}), learn.Options{})
	require.NoError(t, err, "empty texts teach nothing, and break nothing")
	_, _, ok := m.Choose("anything")
	assert.True(t, ok)
}

func TestExtremeWeightsStayFinite(t *testing.T) {
	m := trained(t, learn.Options{Balance: 1000, Weights: map[string]int{"angry": 100_000, "happy": 1}, Passes: 50})
	o := newOracle(t, saved(t, m))
	for _, e := range letters(50) {
		agrees(t, m, o, e.Text)
	}
	_, err := learn.Load(bytes.NewReader(saved(t, m)))
	require.NoError(t, err)
}
