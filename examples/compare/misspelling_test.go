package compare

import (
	"fmt"
	"slices"
	"testing"

	"github.com/agnivade/levenshtein"
	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/mention"
)

// names are a thousand made-up ones that are long enough for k edits: see mention.Subject.Misspellings.
func names(t testing.TB, k int) []string {
	t.Helper()
	m, least := newMint(t, uint64(k)), 5
	if k == 2 {
		least = 9
	}
	out := make([]string, 1_000)
	for i := range out {
		out[i] = m.name(least, 12)
	}
	return out
}

func misspelled(names []string, k int) mention.Watchlist {
	var list mention.Watchlist
	for _, n := range names {
		list.Subjects = append(list.Subjects, mention.Subject{Name: n, Kind: mention.Brand, Misspellings: k})
	}
	return list
}

// words are those of the first n posts that may be a misspelled name: of four letters and more.
func words(t testing.TB, n int) (all []string) {
	t.Helper()
	for _, s := range texts(t, n) {
		for _, w := range tokens(s) {
			if len(w) >= 4 {
				all = append(all, w)
			}
		}
	}
	return all
}

// BenchmarkMisspellings costs per word of four letters and more. Peers are given such words, in small letters, and none
// that is shorter or longer than any name can be misspelled; cutting them out of the post costs them nothing. We read
// whole posts, words by themselves and joined with those before; "ours,k=0" is the same without misspellings, to be
// subtracted by whoever wants the search alone.
func BenchmarkMisspellings(b *testing.B) {
	for k := 1; k <= 2; k++ {
		b.Run(fmt.Sprint("k=", k), func(b *testing.B) {
			known := names(b, k)
			for _, allowed := range []int{k, 0} {
				b.Run(fmt.Sprint("ours,k=", allowed), func(b *testing.B) {
					m, all := compiled(b, misspelled(known, allowed)), texts(b, 0)
					var hits []mention.Hit
					per(b, "word", len(words(b, 0)), func() (found int) {
						for _, text := range all {
							hits = m.Match(hits[:0], text)
							found += len(hits)
						}
						return found
					})
				})
			}
			shortest, longest := len(slices.MinFunc(known, byLength))-k, len(slices.MaxFunc(known, byLength))+k
			for _, s := range spellers {
				b.Run(s.name, func(b *testing.B) {
					find, all := s.build(known, k), words(b, s.posts)
					var found []string
					per(b, "word", len(all), func() (n int) {
						for _, w := range all {
							if shortest <= len(w) && len(w) <= longest {
								found = find(found[:0], w)
								n += len(found)
							}
						}
						return n
					})
				})
			}
		})
	}
}

func byLength(a, b string) int { return len(a) - len(b) }

// TestMeasureMisspellings damages every name k times and counts who finds it again. One edit is what all define alike,
// but for two letters swapped.
func TestMeasureMisspellings(t *testing.T) {
	for k := 1; k <= 2; k++ {
		known := names(t, k)
		m := compiled(t, misspelled(known, k))
		random := newMint(t, 99)
		damaged := make([]string, len(known))
		within := 0 // k edits as peers count them
		for i, n := range known {
			damaged[i] = n
			for range k {
				damaged[i] = random.damage(damaged[i])
			}
			if levenshtein.ComputeDistance(n, damaged[i]) <= k {
				within++
			}
		}
		ours := 0
		for i, w := range damaged {
			h := m.Match(nil, "why is "+w+" so slow")
			near := len(h) == 1 && levenshtein.ComputeDistance(h[0].Subject, w) <= 2*k
			if near {
				ours++
			} else {
				t.Logf("k=%d: %s for %s is not found", k, w, known[i])
			}
		}
		t.Logf("k=%d: of %d damaged names, %d within k of themselves as peers count: ours finds %d", k, len(known), within, ours)
		assert.GreaterOrEqual(t, ours, len(known)*98/100, "all but what reads like an everyday word")
		for _, s := range spellers {
			find, found := s.build(known, k), 0
			for i, w := range damaged {
				if slices.Contains(find(nil, w), known[i]) {
					found++
				}
			}
			t.Logf("k=%d: %s finds %d", k, s.name, found)
			assert.LessOrEqual(t, found, within, "peers find what is within k, and no more")
		}
	}
}
