package lexis_test

import (
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/lexis"
)

var texts = []struct {
	in, want string // words separated by |
	reason   string
}{
	{"Don't cancel MY flight!", "don't|cancel|my|flight", "an apostrophe inside"},
	{"l’Oréal 'quoted' rock'n'roll it''s", "l'oréal|quoted|rock'n'roll|it|s", "typographic, as quotes, several, doubled"},
	{"the boys' trip", "the|boys|trip", "an apostrophe at the end"},
	{"well-known e-mail", "well|known|e|mail", "a hyphen parts words"},
	{"#AcmeFail @acme_air a_b", "acmefail|acme|air|a|b", "signs and underscores"},
	{"3rd 24/7 €5", "3rd|24|7|5", "digits"},
	{"日本語 acmeは", "日|本|語|acme|は", "scripts without spaces, rune by rune"},
	{"삼성은 좋다 acme는", "삼성은|좋다|acme|는", "Hangul, parted from Latin"},
	{"Ａｃ\u200bｍｅ Cafe\u0301", "acme|café", "folded"},
	{"a\xffb", "a|b", "a broken byte parts words"},
	{"½ 1½ ①x", "1|11|1x", "of a rune that folds to several words the first"},
	{"", "", "nothing"},
	{"'", "", "no word"},
	{strings.Repeat("x", 200) + " y", "|y", "a word too long for any dictionary has no folded form, but its place"},
}

func TestWords(t *testing.T) {
	for _, c := range texts {
		var got []string
		for w := lexis.Words(c.in); w.Next(); {
			got = append(got, string(w.Folded()))
		}
		assert.Equal(t, c.want, strings.Join(got, "|"), "%q: %s", c.in, c.reason)
		assert.Zero(t, testing.AllocsPerRun(5, func() {
			for w := lexis.Words(c.in); w.Next(); {
				if len(w.Folded()) > 1000 {
					t.Fail()
				}
			}
		}), "%q: nothing is allocated", c.in)
	}
}

// TestPlainWords holds the words of ASCII text, which are read quickly, against the same text with what cannot be seen
// between its characters, which is not.
func TestPlainWords(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	words := func(text string) (out []string) {
		for w := lexis.Words(text); w.Next(); {
			out = append(out, string(w.Folded()))
		}
		return out
	}
	found := 0
	for range 5000 {
		text := pieced(r, r.Intn(30)) + strings.Repeat("y", r.Intn(140)*r.Intn(2))
		var unseen strings.Builder
		for i := range len(text) {
			unseen.WriteByte(text[i])
			if i+1 < len(text) && max(text[i], text[i+1]) < utf8.RuneSelf && !strings.ContainsAny(text[i:i+1], "'`") {
				unseen.WriteString("\u200b")
			}
		}
		want := words(unseen.String())
		require.Equal(t, want, words(text), "%q", text)
		found += len(want)
	}
	require.Greater(t, found, 10_000)
}

func FuzzWords(f *testing.F) {
	for _, c := range texts {
		f.Add(c.in)
	}
	f.Add("0000\xd8!\u0301")
	f.Add("1½ x")
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for w := lexis.Words(s); w.Next(); {
			require.True(t, last <= w.Start && w.Start < w.End && w.End <= len(s), "in order, apart, within the text")
			if word := w.Folded(); word != nil {
				require.NotEmpty(t, word)
				if marks(s) < 20 {
					// To more, where a rune or a sign with a mark folds to a sign and letters, as ½ and its 1.
					require.Contains(t, lexis.Folding{}.Fold(s[w.Start:w.End]), string(word), "the place folds to the word")
				}
			}
			last = w.End
		}
	})
}

func TestBorder(t *testing.T) {
	for _, c := range []struct {
		text   string // | marks the place asked for
		want   bool
		reason string
	}{
		{"|acme", true, "the beginning"},
		{"acme|", true, "the end"},
		{"ac|me", false, "inside"},
		{"acme|2", false, "digits belong to words"},
		{"acme|.com", true, "a sign"},
		{"acme_|air", false, "an underscore inside a word"},
		{"_|air", true, "an underscore at the edge of one"},
		{"a\u200b|cme", false, "past what is not seen"},
		{"e|\u0301", false, "a mark belongs to its letter"},
		{"日|本", true, "Han"},
		{"삼|성", false, "Hangul"},
		{"acme|는", true, "Hangul beside Latin"},
		{"acme|\xff", true, "a broken byte"},
		{"acme|™", true, "a trade mark"},
		{"acme|ⓐ", false, "a circled letter is a letter"},
	} {
		i := strings.IndexByte(c.text, '|')
		assert.Equal(t, c.want, lexis.Border(c.text[:i]+c.text[i+1:], i), "%s: %s", c.text, c.reason)
	}
	assert.True(t, lexis.Border("acme", -1))
	assert.True(t, lexis.Border("acme", 5))
}

// TestBorderStaysNear would not end in time if each border looked back to the beginning.
func TestBorderStaysNear(t *testing.T) {
	a, err := lexis.Compile([]lexis.Pattern{{Text: "_"}}, lexis.Folding{})
	require.NoError(t, err)
	assert.Len(t, a.Append(nil, strings.Repeat("_", 1_000_000)), 1_000_000)
}

func TestCommon(t *testing.T) {
	for _, w := range strings.Fields("a of ist nice unite united untied making stopped tried easily delays boxes gate's flights don't " +
		"gracias maletas simplemente danke schöne warten grosse played getting quitting queueing travelled controllable obviously " +
		"months boxes wishes freeing loved larger flying carries") {
		assert.True(t, lexis.Common(w), w)
	}
	for _, w := range strings.Fields("nike acme jetblu lufthansa amercan southwst untd aaaa ame '' targett éé " +
		"fightd fightst willly willling trys tryed boxs wishs planees plaies fightting stopps easyly moneyies") {
		assert.False(t, lexis.Common(w), w)
	}
	assert.False(t, lexis.Common(""))
	assert.False(t, lexis.Common(strings.Repeat("nice", 1000)))
	assert.Zero(t, testing.AllocsPerRun(5, func() { lexis.Common("makings") }))
}

func TestWordListsAreSorted(t *testing.T) {
	for _, name := range []string{"en", "es", "de"} {
		b, err := os.ReadFile("words/" + name + ".txt")
		require.NoError(t, err)
		lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
		assert.True(t, slices.IsSorted(lines), "%s.txt is searched by halving", name)
		assert.Len(t, slices.Compact(slices.Clone(lines)), len(lines), "%s.txt has words twice", name)
		for _, w := range lines {
			assert.Equal(t, w, lexis.Folding{}.Fold(w), "%s.txt holds folded words", name)
			assert.True(t, lexis.Common(w), w)
		}
	}
}
