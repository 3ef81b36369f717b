package mention_test

import (
	"bufio"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/lexis"
)

// eachMisspelling calls each with words as people really misspelled them.
func eachMisspelling(t testing.TB, each func(wrong, right string)) {
	t.Helper()
	lines := bufio.NewScanner(data(t, "misspellings.tsv"))
	for lines.Scan() {
		wrong, right, ok := strings.Cut(lines.Text(), "\t")
		require.True(t, ok)
		each(lexis.Folding{}.Fold(wrong), lexis.Folding{}.Fold(right))
	}
	require.NoError(t, lines.Err())
}

// TestMeasureEverydayWords counts which words that people misspelled are taken for everyday ones, and which of those that
// they meant. Some of the former are words all the same: than for then.
func TestMeasureEverydayWords(t *testing.T) {
	wrongs, taken, rights, known := 0, 0, map[string]bool{}, 0
	seen := map[string]bool{}
	eachMisspelling(t, func(wrong, right string) {
		if !seen[wrong] && len(wrong) >= 5 {
			seen[wrong] = true
			wrongs++
			if lexis.Common(wrong) {
				taken++
			}
		}
		rights[right] = true
	})
	for w := range rights {
		if lexis.Common(w) {
			known++
		}
	}
	t.Logf("of %d misspelled words of five letters %d are taken for everyday words (%.2f %%); of %d words that were meant, %d (%.1f %%)",
		wrongs, taken, 100*float64(taken)/float64(wrongs), len(rights), known, 100*float64(known)/float64(len(rights)))
	assert.Less(t, float64(taken)/float64(wrongs), 0.02)
}

// TestMeasureMisspelledWords takes rarer words for names, and looks for them as people really misspelled them: all that
// is so many edits away is to be found, but for what reads like an everyday word.
func TestMeasureMisspelledWords(t *testing.T) {
	var w mention.Watchlist
	edits := map[string]int{}
	eachMisspelling(t, func(_, right string) {
		plain := strings.Trim(right, "abcdefghijklmnopqrstuvwxyz") == ""
		if n := len(right); edits[right] == 0 && plain && n >= 5 && !lexis.Common(right) {
			k := 1
			if n >= 9 {
				k = 2
			}
			edits[right] = k
			w.Subjects = append(w.Subjects, mention.Subject{Name: right, Kind: mention.Brand, Misspellings: k})
		}
	})
	m := compile(t, w)
	tried, found, everyday := 0, 0, 0
	eachMisspelling(t, func(wrong, right string) {
		k := edits[right]
		d := distance([]rune(right), []rune(wrong))
		if d == 0 || d > k || edits[wrong] > 0 || strings.Trim(wrong, "abcdefghijklmnopqrstuvwxyz") != "" {
			return
		}
		tried++
		for _, h := range m.Match(nil, "why is "+wrong+" so slow today") {
			if h.Text("why is "+wrong+" so slow today") == wrong && h.Distance <= d { // another may be nearer, or as near
				found++
				return
			}
		}
		require.True(t, lexis.Common(wrong), "%s for %s", wrong, right)
		everyday++
	})
	t.Logf("%d names, %d of %d real misspellings of them found (%.2f %%); the others read like everyday words", len(edits), found, tried,
		100*float64(found)/float64(tried))
	assert.Equal(t, tried, found+everyday)
	assert.Greater(t, float64(found)/float64(tried), 0.99)
}
