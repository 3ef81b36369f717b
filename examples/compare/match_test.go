package compare

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
)

// BenchmarkMatch is end to end: from a post as it was written to what it names.
func BenchmarkMatch(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint("subjects=", n), func(b *testing.B) { benchmarkMatch(b, n, texts(b, 0), matchers) })
	}
}

// BenchmarkMatchBeyondASCII is the same over the posts that have more than ASCII in them: emoji and curly quotes.
func BenchmarkMatchBeyondASCII(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint("subjects=", n), func(b *testing.B) { benchmarkMatch(b, n, beyondASCII(b), matchers[:4]) })
	}
}

func benchmarkMatch(b *testing.B, n int, texts []string, peers []matcher) {
	list := watchlist(b, n)
	b.Run("ours", func(b *testing.B) {
		m := compiled(b, list)
		var hits []mention.Hit
		perPost(b, texts, func(text string) int {
			hits = m.Match(hits[:0], text)
			return len(hits)
		})
	})
	for _, p := range peers {
		if p.most > 0 && n > p.most {
			continue
		}
		b.Run(p.name, func(b *testing.B) {
			find := p.build(spellings(list))
			some := texts
			if most, ok := p.posts[n]; ok {
				some = some[:min(most, len(some))]
			}
			var spans []span
			perPost(b, some, func(text string) int {
				spans = find(spans[:0], text)
				return len(spans)
			})
		})
	}
}

// BenchmarkMatchParallel matches from as many goroutines as -cpu says, with one Matcher: with twice the processors
// half the time per post, where the machine has them to give. Where it has not, cpu-ns/post tells: as much for two as for
// one means that they don't wait for each other.
func BenchmarkMatchParallel(b *testing.B) {
	all := texts(b, 0)
	for _, n := range sizes {
		b.Run(fmt.Sprint("subjects=", n), func(b *testing.B) {
			m := compiled(b, watchlist(b, n))
			b.ReportAllocs()
			b.ResetTimer()
			begun := cpuTime()
			b.RunParallel(func(pb *testing.PB) {
				hits := make([]mention.Hit, 0, 64)
				for i := 0; pb.Next(); i++ {
					hits = m.Match(hits[:0], all[i%len(all)])
				}
			})
			b.ReportMetric(float64(cpuTime()-begun)/float64(b.N), "cpu-ns/post")
		})
	}
}

// TestMatchAllocatesNothing has a buffer that has grown already, which is how a program listens.
func TestMatchAllocatesNothing(t *testing.T) {
	hits := make([]mention.Hit, 0, 1024)
	for _, row := range []struct {
		reason string
		texts  []string
	}{
		{"all posts", texts(t, 0)},
		{"posts beyond ASCII", beyondASCII(t)},
	} {
		for _, misspellings := range []int{0, 1} {
			list := watchlist(t, 1_000)
			for i := range list.Subjects {
				if s := &list.Subjects[i]; s.Kind != mention.Site && len(s.Name) >= 7 {
					s.Misspellings = misspellings
				}
			}
			m := compiled(t, list)
			require.NotEmpty(t, row.texts)
			found := 0
			allocs := testing.AllocsPerRun(1, func() {
				for _, text := range row.texts {
					hits = m.Match(hits[:0], text)
					found += len(hits)
				}
			})
			require.Zero(t, allocs, "%s, misspellings %d", row.reason, misspellings)
			require.NotZero(t, found)
		}
	}
}
