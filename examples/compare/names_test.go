package compare

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// A mint makes names that nobody has: their letters follow each other as they do in the words of the posts, so that
// they begin like words that people write and a matcher has to read on.
type mint struct {
	random *rand.Rand
	after  map[string][]byte // by two letters: those that follow, as often as they do
	taken  map[string]bool   // words of the posts and names made before
	pairs  []string          // of words that stand together in several posts, sorted
}

func newMint(t testing.TB, seed uint64) *mint {
	t.Helper()
	m := &mint{random: rand.New(rand.NewPCG(7, seed)), after: map[string][]byte{}, taken: map[string]bool{}}
	pairs := map[string]int{}
	for _, s := range texts(t, 0) {
		words := tokens(s)
		for i, w := range words {
			m.taken[w] = true
			if i > 0 && len(words[i-1])+len(w) >= 8 {
				pairs[words[i-1]+" "+w]++
			}
		}
	}
	for _, w := range slices.Sorted(maps.Keys(m.taken)) {
		if len(w) < 4 || strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") != "" {
			continue
		}
		w = "^^" + w + "$"
		for i := range len(w) - 2 {
			m.after[w[i:i+2]] = append(m.after[w[i:i+2]], w[i+2])
		}
	}
	for _, p := range slices.Sorted(maps.Keys(pairs)) {
		if n := pairs[p]; 2 <= n && n <= 20 && isASCII(p) {
			m.pairs = append(m.pairs, p)
		}
	}
	return m
}

// name makes a new name of so many letters.
func (m *mint) name(least, most int) string {
	for {
		w := "^^"
		for !strings.HasSuffix(w, "$") {
			next := m.after[w[len(w)-2:]]
			w += string(next[m.random.IntN(len(next))])
		}
		if w = w[2 : len(w)-1]; least <= len(w) && len(w) <= most && !m.taken[w] {
			m.taken[w] = true
			return w
		}
	}
}

func (m *mint) one(of []string) string { return of[m.random.IntN(len(of))] }

// damage makes one edit inside a word: a letter left out, doubled or changed, or two swapped.
func (m *mint) damage(word string) string {
	i := 1 + m.random.IntN(len(word)-2)
	head, tail := word[:i], word[i:]
	switch m.random.IntN(4) {
	case 0:
		return head + tail[1:]
	case 1:
		return head + tail[:1] + tail
	case 2:
		return head + string(rune('a'+m.random.IntN(26))) + tail[1:]
	}
	return head + tail[1:2] + tail[:1] + tail[2:]
}
