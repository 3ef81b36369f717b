package compare

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/reputekit/reputation/mention"
)

// beside runs two jobs in turn, pass by pass, so that whatever else the machine does falls on both alike. It reports what
// a unit of each costs of the processors, and how many times ours the other takes: the median of the passes.
func beside(b *testing.B, unit string, ours, theirs job) {
	b.Helper()
	ours.run()
	theirs.run() // buffers that are used again have grown after this
	var times []float64
	var all [2]time.Duration
	for b.Loop() {
		mine, other := ours.cost(), theirs.cost()
		all[0], all[1] = all[0]+mine, all[1]+other
		times = append(times, float64(other)/float64(theirs.units)/(float64(mine)/float64(ours.units)))
	}
	slices.Sort(times)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(all[0])/float64(len(times)*ours.units), "ours-ns/"+unit)
	b.ReportMetric(float64(all[1])/float64(len(times)*theirs.units), "theirs-ns/"+unit)
	b.ReportMetric(times[len(times)/2], "times-ours")
}

// A job is so many units of work.
type job struct {
	units int
	run   func()
}

// cost is what one pass takes of the processors, with the collector's part of it.
func (j job) cost() time.Duration {
	runtime.GC() // of what the other has left
	begun := cpuTime()
	j.run()
	return cpuTime() - begun
}

// overTexts is a job over texts.
func overTexts(texts []string, each func(text string)) job {
	return job{len(texts), func() {
		for _, s := range texts {
			each(s)
		}
	}}
}

// BenchmarkBeside is Match, MatchBeyondASCII, Misspellings and Build with ours and the best peer in turn.
func BenchmarkBeside(b *testing.B) {
	match := func(b *testing.B, list mention.Watchlist, texts []string) {
		for _, p := range matchers[:2] {
			b.Run(p.name, func(b *testing.B) {
				m, find := compiled(b, list), p.build(spellings(list))
				var hits []mention.Hit
				var spans []span
				beside(b, "post", overTexts(texts, func(s string) { hits = m.Match(hits[:0], s) }),
					overTexts(texts, func(s string) { spans = find(spans[:0], s) }))
			})
		}
	}
	for _, n := range sizes {
		b.Run(fmt.Sprint("match/subjects=", n), func(b *testing.B) { match(b, watchlist(b, n), texts(b, 0)) })
	}
	for _, n := range sizes {
		b.Run(fmt.Sprint("match-beyond-ascii/subjects=", n), func(b *testing.B) { match(b, watchlist(b, n), beyondASCII(b)) })
	}
	for k := 1; k <= 2; k++ {
		b.Run(fmt.Sprint("misspellings/k=", k), func(b *testing.B) { misspellingsBeside(b, k) })
	}
	b.Run("build/subjects=100000", func(b *testing.B) {
		list := watchlist(b, 100_000)
		all := spellings(list)
		var kept any
		build := func(f func() any) job {
			return job{1, func() { kept = f(); runtime.KeepAlive(kept) }}
		}
		beside(b, "build", build(func() any { return compiled(b, list) }), build(func() any { return buildCoregx(all) }))
	})
}

// misspellingsBeside costs per word: see BenchmarkMisspellings.
func misspellingsBeside(b *testing.B, k int) {
	known := names(b, k)
	m, find := compiled(b, misspelled(known, k)), buildSajari(known, k)
	shortest, longest := len(slices.MinFunc(known, byLength))-k, len(slices.MaxFunc(known, byLength))+k
	some := texts(b, 500)
	all := words(b, len(some))
	var hits []mention.Hit
	var found []string
	ours := overTexts(some, func(s string) { hits = m.Match(hits[:0], s) })
	ours.units = len(all)
	beside(b, "word", ours, overTexts(all, func(w string) {
		if shortest <= len(w) && len(w) <= longest {
			found = find(found[:0], w)
		}
	}))
}
