package lexis_test

import (
	"math/rand"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/lexis"
)

// pieces are what texts and patterns are put together from, so that words of all lengths, signs and what is not ASCII
// meet in every way.
var pieces = strings.Split("a|b|ab|ba|acme|air|x1|7|_|__|@|#|'|`|!|!!|-|.| |  |\n| \u00a0|\t|é|e\u0301|\u0301|ß|½|日|本|한|เ|я|\u200b|\u00ad|"+
	"’|ａ|Ａ|①|ⓐ|™|\xff|\xe2\x82|😀|A|ACME|Acme|abcdefghijklmnopqrstuvwxyz|cancelled|cancel|\x00|ſ|ŉ|İ|ı|\u0338|>", "|")

func pieced(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(pieces[r.Intn(len(pieces))])
	}
	return b.String()
}

// TestAutomatonAgreesWithNaive is over texts long enough to be looked at in several parts.
func TestAutomatonAgreesWithNaive(t *testing.T) {
	r := rand.New(rand.NewSource(11))
	found := 0
	for range 3000 {
		folding := lexis.Folding{StripAccents: r.Intn(2) == 0}
		var ps []lexis.Pattern
		for i := range 1 + r.Intn(12) {
			if p := pieced(r, 1+r.Intn(4)); folding.Fold(strings.TrimSpace(p)) != "" {
				ps = append(ps, lexis.Pattern{ID: i, Text: p, Stem: r.Intn(4) == 0})
			}
		}
		a, err := lexis.Compile(ps, folding)
		if err != nil {
			continue
		}
		for range 4 {
			text := pieced(r, r.Intn(60))
			if r.Intn(2) == 0 {
				text = strings.Repeat(string(rune('a'+r.Intn(3))), r.Intn(140)) + text
			}
			got := a.Append(nil, text)
			require.Equal(t, naive(ps, folding, text), got, "%q in %q", ps, text)
			found += len(got)
		}
	}
	t.Logf("%d matches, all as the naive matcher finds them", found)
	require.Greater(t, found, 10_000)
}

// TestNoBorderBetweenLetters holds what an automaton relies on: where two runes stand side by side that fold to letters,
// digits or marks of scripts with spaces, no word begins, be there as much that is not seen between them as there may.
func TestNoBorderBetweenLetters(t *testing.T) {
	plain := func(r rune) bool { return !lexis.Border("x"+string(r), 1) && r != '_' }
	seen := 0
	for r := range rune(unicode.MaxRune + 1) {
		folded := []rune(lexis.Folding{}.Fold(string(r)))
		if len(folded) == 0 || !utf8.ValidRune(r) {
			continue
		}
		if plain(folded[0]) {
			seen++
			require.False(t, lexis.Border("x"+string(r), 1), "%U begins with a letter", r)
		}
		if last := folded[len(folded)-1]; plain(last) {
			require.False(t, lexis.Border(string(r)+"x", len(string(r))), "%U ends with a letter", r)
		}
	}
	require.Greater(t, seen, 10_000)
	heap := strings.Repeat("\u200b", 1000)
	require.False(t, lexis.Border("x"+heap+"y", 1), "nothing to be seen between")
	require.True(t, lexis.Border("x"+heap+" y", 1))
	require.True(t, lexis.Border("x "+heap+"y", 2+len(heap)))
}
