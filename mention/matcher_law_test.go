package mention_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/lexis"
)

// distance is the optimal string alignment distance, by the book.
func distance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// letters is a spelling as misspellings are counted: its folded letters and digits.
func letters(s string) []rune {
	var out []rune
	for _, r := range (lexis.Folding{}).Fold(s) {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			out = append(out, r)
		}
	}
	return out
}

// damage makes n edits in a word.
func damage(r *rand.Rand, word string, n int) string {
	w := []rune(word)
	for range n {
		i := r.Intn(len(w))
		c := rune("abcdefghijklmnopqrstuvwxyzäø"[r.Intn(26)])
		switch r.Intn(4) {
		case 0:
			w = append(w[:i], w[i+1:]...)
		case 1:
			w = append(w[:i], append([]rune{c}, w[i:]...)...)
		case 2:
			w[i] = c
		case 3:
			if i+1 < len(w) {
				w[i], w[i+1] = w[i+1], w[i]
			}
		}
	}
	return string(w)
}

// invented are names of nobody, of the lengths that names have.
var invented = strings.Fields("zorvex Quandria Meltivo Braxello Norvantis Ulympra Korvatech Zephyrline Osterquill Vandelora " +
	"Trilliumex Halvorsund Pexicom Lumarado Wexbury Drovanti Calystra Fenwickle Gorvanna Jexopolis")

// TestMisspelledRecall damages names by as many edits as they are allowed: each must be found, but for what has become
// an everyday word, and no nearer than the slow distance says.
func TestMisspelledRecall(t *testing.T) {
	var w mention.Watchlist
	for _, name := range invented {
		k := 1
		if len(name) >= 9 {
			k = 2
		}
		w.Subjects = append(w.Subjects, mention.Subject{Name: name, Kind: mention.Brand, Misspellings: k})
	}
	m := compile(t, w)
	r := rand.New(rand.NewSource(4))
	tried := 0
	for range 8_000 {
		s := w.Subjects[r.Intn(len(w.Subjects))]
		wrong := damage(r, strings.ToLower(s.Name), 1+r.Intn(s.Misspellings))
		d := distance(letters(s.Name), letters(wrong))
		if lexis.Common(wrong) || d > s.Misspellings {
			continue
		}
		tried++
		text := "my " + wrong + ", again"
		hits := m.Match(nil, text)
		require.Len(t, hits, 1, "%s for %s, %d away", wrong, s.Name, d)
		require.Equal(t, wrong, hits[0].Text(text))
		require.LessOrEqual(t, hits[0].Distance, d, "another name may be as near")
		require.Equal(t, hits[0].Distance, distance(letters(hits[0].Subject), letters(wrong)))
		require.Equal(t, hits[0].Distance > 0, hits[0].Spelling == mention.Misspelled)
	}
	t.Logf("%d damaged names, all found", tried)
	assert.Greater(t, tried, 6_000)
}

// unmasked is letters of a text in which what looks like Latin letters is those, in words that have some.
func unmasked(text string) (out []rune) {
	for scan := lexis.Words(text); scan.Next(); {
		word := letters(text[scan.Start:scan.End])
		latin := slices.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
		for i, r := range word {
			if like := lexis.LooksLike(r); latin && like != "" && r >= utf8.RuneSelf {
				word[i] = []rune(like)[0]
			}
		}
		out = append(out, word...)
	}
	return out
}

// slowMatch is Match for subjects without Ignore, Near and Misspellings and without sites, for names of one spelling
// each: every name at every place, then from the left the longest.
func slowMatch(names []string, text string) (out []string) {
	for i := 0; i < len(text); {
		best, subject := 0, ""
		for j := len(text); j > i; j-- {
			if !lexis.Border(text, i) || !lexis.Border(text, j) || best > 0 {
				continue
			}
			part := text[i:j]
			for _, n := range names {
				if (lexis.Folding{}).Fold(part) != n || trimmed(part) != part {
					continue
				}
				best, subject = j-i, n
			}
		}
		if best > 0 {
			out = append(out, fmt.Sprintf("%s %d-%d", subject, i, i+best))
			i += best
			continue
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	return out
}

// trimmed takes off what folding drops or what would belong to a letter before: a name neither begins nor ends there.
func trimmed(s string) string {
	f := lexis.Folding{}.Folder(s)
	from, to := -1, 0
	for {
		_, start, end, ok := f.Next()
		if !ok {
			return s[max(0, from):to]
		}
		if from < 0 {
			from = start
		}
		to = end
	}
}

func FuzzMatch(f *testing.F) {
	for _, c := range matches {
		f.Add(c.text)
	}
	f.Add("zorvex Zörvex ZORVEX zor vex zorve x @zorvex_ a\u200bb")
	f.Add("#" + strings.Repeat("0", 48) + "ACm0A")
	for _, c := range looks {
		f.Add(c.text)
	}
	f.Add("acrne.com #aCmeAirs Acmes, Deltaes s")
	exact := mention.Watchlist{Subjects: []mention.Subject{
		{Name: "ab", Kind: mention.Brand}, {Name: "ab c", Kind: mention.Brand}, {Name: "c d", Kind: mention.Brand},
		{Name: "日本", Kind: mention.Brand}, {Name: "é", Kind: mention.Brand},
	}}
	m, err := exact.Compile()
	require.NoError(f, err)
	all, err := watched.Compile()
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, h := range all.Match(nil, text) {
			require.True(t, last <= h.Start && h.Start < h.End && h.End <= len(text), "in order and apart")
			require.True(t, utf8.RuneStart(text[h.Start]), "at the borders of runes")
			require.True(t, h.End == len(text) || utf8.RuneStart(text[h.End]) || !utf8.ValidString(text))
			last = h.End
			s, ok := all.Subject(h.Subject)
			require.True(t, ok)
			if h.Spelling == mention.Misspelled {
				nearest := 99
				if s.Kind == mention.Site {
					require.Equal(t, 1, h.Distance, "a host that looks like one")
					continue
				}
				for _, spelling := range append(s.Aliases, s.Name) {
					gaps := max(0, wordsIn(h.Text(text))-wordsOf(spelling))
					nearest = min(nearest, distance(letters(spelling), unmasked(h.Text(text)))+gaps)
				}
				require.Equal(t, nearest, h.Distance, "%s for %s", h.Text(text), h.Subject)
				require.LessOrEqual(t, h.Distance, s.Misspellings)
			}
		}
		if len(text) > 60 {
			return
		}
		var got []string
		for _, h := range m.Match(nil, text) {
			if h.Spelling == mention.LookAlike {
				return // which slowMatch does not know; FuzzMatchAgrees does
			}
			if v := (lexis.Folding{}).Fold(h.Text(text)); v == strings.ToLower(h.Subject) { // not a variant
				got = append(got, fmt.Sprintf("%s %d-%d", h.Subject, h.Start, h.End))
			}
		}
		if !strings.ContainsAny(text, "-_") && !strings.Contains((lexis.Folding{}).Fold(text), "-") &&
			!strings.Contains((lexis.Folding{}).Fold(text), "abc") && !strings.Contains((lexis.Folding{}).Fold(text), "cd") {
			require.Equal(t, slowMatch([]string{"ab", "ab c", "c d", "日本", "é"}, text), got)
		}
	})
}
