package learn_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/learn"
	"github.com/reputekit/reputation/triage/signal"
)

var _ triage.Scorer = (*learn.Model)(nil)

// A model is read by policies, and tells which one it is.
var _ triage.Versioned = (*learn.Model)(nil)

func TestScoreGivesAReadingForEachLabel(t *testing.T) {
	m := trained(t, learn.Options{Name: "tone"})
	assert.Equal(t, []string{"tone.angry", "tone.asking", "tone.happy"}, m.Signals())
	before := []signal.Reading{{Name: "other", Value: 1}}
	text := "hello, my bag is lost"
	got := m.Score(before, text, "")
	require.Len(t, got, 4)
	assert.Equal(t, before[0], got[0], "what was there stays")
	p := m.Append(nil, text)
	for i, r := range got[1:] {
		assert.Equal(t, m.Signals()[i], r.Name)
		assert.Equal(t, p[i], r.Value)
		assert.Equal(t, r.Value >= 500, len(r.Spans) > 0, "words come with what is likely: %v", r)
	}
	var words []string
	for _, s := range got[1].Spans {
		words = append(words, text[s.Start:s.End])
	}
	assert.Subset(t, []string{"my", "bag", "is", "lost"}, words, "the words that speak for it")
	assert.LessOrEqual(t, len(words), 3)
}

func TestScoreIsAbsent(t *testing.T) {
	for _, row := range []struct {
		langs        []string
		text, lang   string
		want, reason string
	}{
		{nil, "my bag is lost", "", "read", "a model without languages reads all"},
		{nil, "my bag is lost", "xx", "read", "a model without languages reads all"},
		{[]string{"en"}, "my bag is lost", "en-GB", "read", "the base counts"},
		{[]string{"en"}, "my bag is lost", "EN", "read", "in any case"},
		{[]string{"en"}, "my bag is lost", "", "read", "nobody knows the language"},
		{[]string{"en"}, "my bag is lost", "und", "read", "nobody knows the language"},
		{[]string{"de", "en"}, "mi maleta se perdió", "es", "absent", "a language without examples"},
		{nil, "", "en", "absent", "nothing to read"},
		{nil, " \t\u200b\n", "en", "absent", "nothing to be seen"},
		{nil, "😀", "en", "read", "an emoji says something"},
	} {
		m, err := learn.Train(stream(letters(20)), learn.Options{Langs: row.langs, Bits: 10, Passes: 1})
		require.NoError(t, err)
		got := "absent"
		if len(m.Score(nil, row.text, row.lang)) > 0 {
			got = "read"
		}
		assert.Equal(t, row.want, got, row.reason)
	}
}

func TestLongTextsAreReadUpToMaxText(t *testing.T) {
	m := trained(t, learn.Options{})
	for _, piece := range []string{"my bag is lost ", "é", "日", "😀 ", "\x80", "a"} {
		long := strings.Repeat(piece, 10<<20/len(piece))
		n := learn.MaxText
		for piece != "\x80" && !utf8.RuneStart(long[n]) {
			n--
		}
		assert.Equal(t, m.Append(nil, long[:n]), m.Append(nil, long), "10 MB of %q are read as %d bytes", piece, n)
	}
}

func TestZeroModelHasNoAnswer(t *testing.T) {
	var m learn.Model
	_, _, ok := m.Choose("my bag is lost")
	assert.False(t, ok)
	assert.Empty(t, m.Append(nil, "my bag is lost"))
	assert.Empty(t, m.Score(nil, "my bag is lost", "en"))
	assert.Empty(t, m.Labels())
	_, err := learn.Evaluate(&m, stream(letters(3)))
	assert.ErrorIs(t, err, learn.ErrUnknown)
}
