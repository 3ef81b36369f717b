package insight

import (
	"maps"
	"math/bits"
	"slices"
)

// A Spread is how many of what length there were. Counts are kept by bucket: below 128 ms each length has its own, above
// it a bucket is at most one part in 128 wide (the layout of an HDR histogram with seven bits). So spreads of parts can
// be put together, in any order, and give the spread of the whole. The zero value is of nothing.
type Spread struct {
	N      int         `json:"n"`                // how many
	Least  int64       `json:"least"`            // milliseconds, exact
	Most   int64       `json:"most"`             // milliseconds, exact
	Counts map[int]int `json:"counts,omitempty"` // by bucket
}

const (
	fine     = 7 // bits
	smallest = 1 << fine
)

func bucket(ms int64) int {
	if ms < smallest {
		return int(ms)
	}
	shift := bits.Len64(uint64(ms)) - fine - 1
	return shift*smallest + int(ms>>shift)
}

// upper is the longest length of a bucket.
func upper(b int) int64 {
	if b < 2*smallest {
		return int64(b)
	}
	shift := b/smallest - 1
	return (int64(b-shift*smallest)+1)<<shift - 1
}

func (s *Spread) add(ms int64) {
	ms = max(0, ms)
	if s.N == 0 || ms < s.Least {
		s.Least = ms
	}
	s.N++
	s.Most = max(s.Most, ms)
	if s.Counts == nil {
		s.Counts = map[int]int{}
	}
	s.Counts[bucket(ms)]++
}

func (s *Spread) merge(o Spread) {
	if o.N == 0 {
		return
	}
	if s.N == 0 || o.Least < s.Least {
		s.Least = o.Least
	}
	s.N += o.N
	s.Most = max(s.Most, o.Most)
	if s.Counts == nil {
		s.Counts = map[int]int{}
	}
	for b, n := range o.Counts {
		s.Counts[b] += n
	}
}

// Percentile returns the p-th percentile in milliseconds, p from 1 to 100, by nearest rank: the length with rank
// ceil(p*n/100) among the n lengths in order. It is that of its bucket's longest, so the true one is the same or up to
// one part in 128 shorter: it never flatters. ok is false where there is none.
func (s Spread) Percentile(p int) (ms int64, ok bool) {
	if s.N == 0 || p < 1 || p > 100 {
		return 0, false
	}
	rank, seen := (s.N*p+99)/100, 0
	for _, b := range slices.Sorted(maps.Keys(s.Counts)) {
		if seen += s.Counts[b]; seen >= rank {
			return min(upper(b), s.Most), true
		}
	}
	return s.Most, true
}
