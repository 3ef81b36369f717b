package mention_test

import (
	"math/rand"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/lexis"
)

// wordsOf counts the words of a spelling, where a capital inside one begins another.
func wordsOf(s string) (n int) {
	before := ' '
	for _, r := range s {
		if isGap(before) && !isGap(r) || unicode.IsLower(before) && unicode.IsUpper(r) {
			n++
		}
		before = r
	}
	return n
}

// wordsIn counts the words of a text.
func wordsIn(text string) (n int) {
	for scan := lexis.Words(text); scan.Next(); {
		n++
	}
	return n
}

func isGap(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("-_.&+/", r) }

// A near is a name that some words of a text are so many edits away from.
type near struct {
	name       string
	start, end int
	distance   int
}

// slowNears measures all names against all words of a text, alone and joined. The text is of words in small letters with
// one gap between them.
func slowNears(names map[string]int, text string) (out []near) {
	var words [][2]int
	for scan := lexis.Words(text); scan.Next(); {
		words = append(words, [2]int{scan.Start, scan.End})
	}
	for i := range words {
		for j := i; j < len(words) && j < i+5; j++ {
			part := text[words[i][0]:words[j][1]]
			for name, k := range names {
				d := distance(letters(name), letters(part)) + max(0, j-i+1-wordsOf(name))
				if d <= k {
					out = append(out, near{name, words[i][0], words[j][1], d})
				}
			}
		}
	}
	return out
}

// crowded are names of few letters, so that many are near one another.
func crowded() (names map[string]int, list mention.Watchlist) {
	names = map[string]int{}
	r := rand.New(rand.NewSource(9))
	for len(names) < 80 {
		name := make([]byte, 5+r.Intn(9))
		for i := range name {
			name[i] = "zqxj"[r.Intn(4)]
		}
		if len(name) > 8 && r.Intn(2) == 0 {
			name[4] = ' '
		}
		k, n := 1, len(letters(string(name)))
		if n < 5 {
			continue
		} else if n >= 9 {
			k = 1 + r.Intn(2)
		}
		s := mention.Subject{Name: string(name), Kind: mention.Brand, Misspellings: k}
		if _, err := (mention.Watchlist{Subjects: append(list.Subjects, s)}).Compile(); err == nil {
			names[s.Name] = k
			list.Subjects = append(list.Subjects, s)
		}
	}
	return names, list
}

// agrees holds what is found against what is slowly found: each hit is as near as it says, and nothing is nearer; and
// whatever is near has a hit that is no further away, on the same words or across them.
func agrees(t *testing.T, m *mention.Matcher, names map[string]int, text string) (found int) {
	t.Helper()
	hits := m.Match(nil, text)
	nears := slowNears(names, text)
	for _, h := range hits {
		best := 99
		for _, n := range nears {
			if n.start == h.Start && n.end == h.End {
				best = min(best, n.distance)
			}
		}
		require.Equal(t, best, h.Distance, "%q in %q", h.Text(text), text)
		if h.Distance > 0 {
			require.LessOrEqual(t, h.Distance, names[h.Subject])
			found++
		}
	}
	for _, n := range nears {
		covered := false
		for _, h := range hits {
			covered = covered || h.Start < n.end && n.start < h.End && h.Distance <= n.distance
		}
		require.True(t, covered, "%q is %d from %s in %q: %v", text[n.start:n.end], n.distance, n.name, text, hits)
	}
	return found
}

// TestMisspelledAgreesWithTheSlowWay matches text of the same few letters.
func TestMisspelledAgreesWithTheSlowWay(t *testing.T) {
	names, list := crowded()
	m := compile(t, list)
	r := rand.New(rand.NewSource(10))
	found, gaps := 0, []string{" ", " ", " ", "-", "."}
	for range 1_500 {
		var text strings.Builder
		for range 1 + r.Intn(3) {
			if text.Len() > 0 {
				text.WriteString(gaps[r.Intn(len(gaps))])
			}
			if r.Intn(2) == 0 {
				text.WriteString(damage(r, list.Subjects[r.Intn(len(list.Subjects))].Name, r.Intn(4)))
				continue
			}
			for range 1 + r.Intn(8) {
				text.WriteByte("zqxj"[r.Intn(4)])
			}
		}
		found += agrees(t, m, names, text.String())
	}
	t.Logf("%d misspelled hits, as the slow way finds them", found)
	require.Greater(t, found, 500)
}

func FuzzMisspelled(f *testing.F) {
	names, list := crowded()
	m, err := list.Compile()
	require.NoError(f, err)
	f.Add([]byte("\x00\x01\x02\x03\x00\x01\x04\x02\x02"))
	for _, s := range list.Subjects[:20] {
		f.Add([]byte(s.Name))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 40 {
			return
		}
		text := make([]byte, len(b))
		for i, c := range b {
			text[i] = "zqxj -zqxjzqxjé"[c%14]
		}
		agrees(t, m, names, strings.Join(strings.FieldsFunc(string(text), isGap), " "))
	})
}
