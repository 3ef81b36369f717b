package learn_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage/learn"
)

// asked are examples whose answers by the model of letters are known beforehand.
func asked(m *learn.Model, right, wrong int) []learn.Example {
	var out []learn.Example
	for _, e := range letters(400) {
		label, _, _ := m.Choose(e.Text)
		switch {
		case right > 0:
			e.Label, right = label, right-1
		case wrong > 0 && label == "angry":
			e.Label, wrong = "happy", wrong-1
		default:
			continue
		}
		out = append(out, e)
	}
	return out
}

func TestEvaluateCounts(t *testing.T) {
	m := trained(t, learn.Options{})
	examples := append(asked(m, 60, 20), learn.Example{Text: "  ", Label: "asking"})
	r, err := learn.Evaluate(m, stream(examples))
	require.NoError(t, err)
	assert.Equal(t, 81, r.Examples)
	assert.Equal(t, 1, r.Unread, "a blank text has no label")
	assert.Equal(t, 741, r.Accuracy, "60 of 81")

	// The same, counted anew.
	n, unread := map[[2]string]int{}, 0
	for _, e := range examples {
		if got, _, ok := m.Choose(e.Text); ok {
			n[[2]string{e.Label, got}]++
		} else {
			unread++
		}
	}
	total, sum := 0, 0.0
	for i, x := range m.Labels() {
		hit, has, got := 0, 0, 0
		for j, y := range m.Labels() {
			assert.Equal(t, n[[2]string{x, y}], r.Confusion[i][j], "%s called %s", x, y)
			has, got, total = has+n[[2]string{x, y}], got+n[[2]string{y, x}], total+n[[2]string{x, y}]
		}
		hit = n[[2]string{x, x}]
		c := r.Classes[i]
		assert.Equal(t, x, c.Label)
		assert.Equal(t, has, c.Examples)
		assert.InDelta(t, 1000*float64(hit)/float64(got), c.Precision, 0.51, "precision of %s", x)
		assert.InDelta(t, 1000*float64(hit)/float64(has), c.Recall, 0.51, "recall of %s", x)
		assert.InDelta(t, 2000*float64(hit)/float64(has+got), c.F1, 0.51, "F1 of %s", x)
		sum += 2000 * float64(hit) / float64(has+got)
	}
	assert.Equal(t, r.Examples, total+unread)
	assert.InDelta(t, sum/3, r.MacroF1, 1)

	inBins, off := 0, 0.0
	for i, b := range r.Bins {
		inBins += b.Examples
		if b.Examples > 0 {
			assert.InDelta(t, 100*i+50, b.Probability, 51, "bin %d holds what belongs there", i)
			off += float64(b.Examples) * max(float64(b.Probability-b.Right), float64(b.Right-b.Probability))
		}
	}
	assert.Equal(t, total, inBins)
	assert.InDelta(t, off/float64(total), r.ECE, 2, "the mean distance")
}

func TestEvaluateRefuses(t *testing.T) {
	m := trained(t, learn.Options{})
	_, err := learn.Evaluate(m, stream(nil))
	require.ErrorIs(t, err, learn.ErrNoExamples)
	_, err = learn.Evaluate(m, stream([]learn.Example{{Text: "x", Label: "angry"}, {Text: "x", Label: "sad"}}))
	require.ErrorIs(t, err, learn.ErrUnknown)
	var at *learn.ExampleError
	require.True(t, errors.As(err, &at))
	assert.Equal(t, 1, at.Number)
	assert.Equal(t, "sad", at.Label)
}

func TestCrossValidateSeesNoCopies(t *testing.T) {
	// Every text says a word of its own, and its label is a matter of luck. Who sees a copy of what he is judged by is
	// right; who does not can only guess.
	var examples []learn.Example
	for i, e := range letters(150) {
		e.Text = strings.Repeat(string(rune('a'+i%26)), 1+i/26) + "zq"
		for range 4 {
			examples = append(examples, e)
		}
	}
	r, err := learn.CrossValidate(stream(examples), learn.Options{Bits: 14}, 5)
	require.NoError(t, err)
	assert.Equal(t, len(examples), r.Examples, "each is judged once")
	assert.Less(t, r.Accuracy, 600, "copies of a text are in the same fold:\n%s", r)
}

func TestCrossValidateOfOneText(t *testing.T) {
	same := []learn.Example{{Text: "x", Label: "a"}, {Text: "x", Label: "b"}}
	r, err := learn.CrossValidate(stream(same), learn.Options{Bits: 10}, 5)
	require.NoError(t, err)
	assert.Equal(t, 5, r.Passed, "there is no fold to train on and another to judge")
	assert.Contains(t, r.String(), "folds passed over: 5")
}

func TestLearningCurveRises(t *testing.T) {
	curve, err := learn.LearningCurve(stream(letters(400)), learn.Options{Bits: 14})
	require.NoError(t, err)
	require.Len(t, curve, 4)
	for i, p := range curve[1:] {
		assert.Greater(t, p.Trained, curve[i].Trained)
		assert.Equal(t, curve[0].Report.Examples, p.Report.Examples, "all are judged by the same")
	}
	assert.Greater(t, curve[3].Report.MacroF1, curve[0].Report.MacroF1, "more examples, more right")
	assert.Equal(t, 5, strings.Count(curve.String(), "\n"))
	none, err := learn.LearningCurve(stream([]learn.Example{{Text: "x", Label: "a"}, {Text: "x", Label: "b"}}), learn.Options{Bits: 10})
	require.NoError(t, err)
	assert.Empty(t, none, "one text can be trained on or judged, not both")
}

func TestProbabilitiesAreCalibrated(t *testing.T) {
	r, err := learn.CrossValidate(stream(letters(900)), learn.Options{Bits: 14}, 3)
	require.NoError(t, err)
	mean := 0
	for _, b := range r.Bins {
		mean += b.Examples * b.Probability
	}
	assert.InDelta(t, r.Accuracy, mean/r.Examples, 60, "as sure on the whole as it is right:\n%s", r)
	assert.Less(t, r.ECE, 70, "and near it in each bin:\n%s", r)
}

func TestReportIsData(t *testing.T) {
	r, err := learn.Evaluate(trained(t, learn.Options{}), stream(letters(100)))
	require.NoError(t, err)
	data, err := json.Marshal(r)
	require.NoError(t, err)
	var again learn.Report
	require.NoError(t, json.Unmarshal(data, &again))
	assert.Equal(t, r, again)
	assert.False(t, bytes.ContainsRune(data, '.'), "whole numbers only: %s", data)
}
