package playbook

import (
	"maps"
	"math/bits"
	"slices"
	"strings"

	"github.com/reputekit/reputation/triage"
)

// An index finds the first play of a ranked list that is for a situation. For each facet it has, for each value that
// some play names, the set of plays that are for that value; the situation's plays are what those sets share.
type index struct {
	limits [][facets][]string // by rank
	named  [facets]map[string]set
	rest   [facets]set // plays that the facet does not limit
	levels [4]set      // by severity
	tiers  [10]set
	asked  []facet // those that limit some play
	words  int
}

// A set is a set of ranks.
type set []uint64

func (s set) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s set) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }

func (s set) first() int {
	for w, word := range s {
		if word != 0 {
			return w*64 + bits.TrailingZeros64(word)
		}
	}
	return -1
}

func (s set) and(t set) set {
	out := make(set, len(s))
	for w := range s {
		out[w] = s[w] & t[w]
	}
	return out
}

func newIndex(limits [][facets][]string) *index {
	x := &index{limits: limits, words: (len(limits) + 63) / 64}
	for f := range facets {
		x.named[f] = map[string]set{}
		x.rest[f] = make(set, x.words)
		for _, l := range limits {
			for _, v := range l[f] {
				x.named[f][v] = make(set, x.words)
			}
		}
		for i, l := range limits {
			if len(l[f]) == 0 {
				x.rest[f].add(i)
			}
			for _, v := range slices.Sorted(maps.Keys(x.named[f])) {
				s := x.named[f][v]
				switch {
				case f == byCategory && v == triage.Life && len(l[f]) == 0: // only what names it
				case len(l[f]) == 0 || slices.ContainsFunc(l[f], func(own string) bool { return includes(f, own, v) }):
					s.add(i)
				}
			}
		}
	}
	for f := range facets {
		if len(x.named[f]) > 0 || f == byCategory {
			x.asked = append(x.asked, f)
		}
	}
	for i := range x.levels {
		x.levels[i] = x.of(bySeverity, triage.Severity(i).String())
	}
	for i := range x.tiers {
		x.tiers[i] = x.of(byTier, closed[byTier][i])
	}
	return x
}

// includes reports whether a limit takes in a value: es takes in es-MX, all others only themselves.
func includes(f facet, limit, value string) bool {
	return limit == value || f == byLocale && strings.HasPrefix(value, limit) && value[len(limit)] == '-'
}

// of are the plays that are for a value.
func (x *index) of(f facet, value string) set {
	if s, ok := x.named[f][value]; ok {
		return s
	}
	if f == byLocale {
		for {
			cut := strings.LastIndexByte(value, '-')
			if cut < 0 {
				break
			}
			value = value[:cut]
			if s, ok := x.named[f][value]; ok {
				return s
			}
		}
	}
	return x.rest[f]
}

// find gives the rank of the first play for a settled situation, -1 when there is none.
func (x *index) find(s *Situation) int {
	var sets [facets]set
	n := 0
	for _, f := range x.asked {
		sets[n] = x.forSituation(f, s)
		n++
	}
	for w := range x.words {
		word := ^uint64(0)
		for _, one := range sets[:n] {
			word &= one[w]
		}
		if word != 0 {
			return w*64 + bits.TrailingZeros64(word)
		}
	}
	return -1
}

// forSituation are the plays that one facet leaves.
func (x *index) forSituation(f facet, s *Situation) set {
	switch f {
	case byCategory:
		return x.of(f, s.Category)
	case bySeverity:
		if s.Severity >= 0 && int(s.Severity) < len(x.levels) {
			return x.levels[s.Severity]
		}
	case byStage:
		return x.of(f, s.Stage)
	case byAim:
		return x.of(f, string(s.Aim))
	case byLegitimacy:
		return x.of(f, string(s.Legitimacy))
	case byStanding:
		return x.of(f, string(s.Standing))
	case byBrand:
		return x.of(f, s.Brand)
	case byTier:
		if s.Tier >= 0 && s.Tier < len(x.tiers) {
			return x.tiers[s.Tier]
		}
	case byChannel:
		return x.of(f, s.Channel)
	case byVisibility:
		return x.of(f, string(s.Visibility))
	case byLocale:
		return x.of(f, s.Lang)
	}
	return x.rest[f]
}

// mostLooks bounds the search for a situation that reaches a play. Beyond it the play counts as reached.
const mostLooks = 20_000

// hidden gives the ranks of the plays that together take every situation of a play before it is asked; none when some
// situation reaches it.
//
// A value that no play names leaves the fewest rivals, so of a facet that does not limit the play only that one is tried,
// or, where there are no other values, each of them.
func (x *index) hidden(rank int) []int {
	rivals := make(set, x.words)
	for i := range rank {
		rivals.add(i)
	}
	for i := range rank {
		if x.covers(i, rank) {
			return []int{i}
		}
	}
	by := make(set, x.words)
	looks := 0
	var reached func(f facet, rivals set) bool
	reached = func(f facet, rivals set) bool {
		if looks++; looks > mostLooks || rivals.first() < 0 {
			return true
		}
		if f == facets {
			by.add(rivals.first())
			return false
		}
		values := x.limits[rank][f]
		if len(values) == 0 {
			values = closed[f]
		}
		if len(values) == 0 {
			return reached(f+1, rivals.and(x.rest[f]))
		}
		var tried []set
		for _, v := range values {
			left := rivals.and(x.of(f, v))
			if slices.ContainsFunc(tried, func(s set) bool { return slices.Equal(s, left) }) {
				continue
			}
			if tried = append(tried, left); reached(f+1, left) {
				return true
			}
		}
		return false
	}
	if reached(0, rivals) {
		return nil
	}
	var out []int
	for i := range rank {
		if by.has(i) {
			out = append(out, i)
		}
	}
	return out
}

// covers reports whether one play is for everything that another is for.
func (x *index) covers(wide, narrow int) bool {
	for f := range facets {
		limits := x.limits[wide][f]
		if len(limits) == 0 {
			if f == byCategory && slices.Contains(x.limits[narrow][f], triage.Life) {
				return false // general plays are never for life
			}
			continue
		}
		own := x.limits[narrow][f]
		if len(own) == 0 {
			return false
		}
		for _, v := range own {
			if !slices.ContainsFunc(limits, func(l string) bool { return includes(f, l, v) }) {
				return false
			}
		}
	}
	return true
}
