package mention

import (
	"cmp"
	"slices"

	"github.com/reputekit/reputation/mention/lexis"
)

// reach is how many bytes around a hit are looked at for a phrase that decides about it.
const reach = 1024

// settle decides which of dst[from:] stand, and puts them in order.
func (m *Matcher) settle(dst []Hit, from int, text string) []Hit {
	if len(dst) == from {
		return dst
	}
	found := dst[from:]
	sort(found, byPlace)
	for i := range found {
		if h := &found[i]; h.Spelling != "" && (m.ignores && ignored(found, i) || m.nearby && m.alone(found, i, text)) {
			h.Distance = dropped
		}
	}
	kept := found[:0]
	for i := range found {
		if h := &found[i]; h.Distance >= 0 {
			if len(kept) == i {
				kept = found[:i+1]
			} else {
				kept = append(kept, *h)
			}
		}
	}
	kept = kept[:apart(kept)]
	for i := range kept {
		if h := &kept[i]; h.Spelling == Misspelled {
			h.Distance = max(h.Distance, 1)
		}
	}
	return dst[:from+len(kept)]
}

// An order is one of those that hits are sorted in.
type order bool

const (
	byPlace    order = false // by where they begin, the longest first, the better spelling before the worse
	byDistance order = true  // by how far they are from a spelling, then by place
)

// sort sorts hits, which most often are few and nearly in order.
func sort(hits []Hit, by order) {
	if len(hits) > 64 {
		slices.SortFunc(hits, func(a, b Hit) int { return by.compare(&a, &b) })
		return
	}
	for i := 1; i < len(hits); i++ {
		if by.compare(&hits[i-1], &hits[i]) <= 0 {
			continue
		}
		h, j := hits[i], i
		for ; j > 0 && by.compare(&hits[j-1], &h) > 0; j-- {
			hits[j] = hits[j-1]
		}
		hits[j] = h
	}
}

func (by order) compare(a, b *Hit) int {
	switch {
	case by == byDistance && a.Distance != b.Distance:
		return a.Distance - b.Distance
	case a.Start != b.Start:
		return a.Start - b.Start
	case a.End != b.End:
		return b.End - a.End
	}
	return cmp.Or(rank(a)-rank(b), a.Distance-b.Distance, cmp.Compare(a.Subject, b.Subject))
}

func rank(h *Hit) int {
	switch h.Spelling {
	case Exact:
		return 0
	case Alias:
		return 1
	case Folded:
		return 2
	case LookAlike:
		return 3
	}
	return 4
}

// ignored reports whether a phrase that the subject ignores covers the hit.
func ignored(found []Hit, i int) bool {
	h := &found[i]
	covers := func(x *Hit) bool {
		return x.Distance == ignoring && x.Spelling == "" && x.Subject == h.Subject && x.Start <= h.Start && h.End <= x.End
	}
	for j := i - 1; j >= 0 && found[j].Start > h.Start-reach; j-- {
		if covers(&found[j]) {
			return true
		}
	}
	for j := i + 1; j < len(found) && found[j].Start == h.Start; j++ {
		if covers(&found[j]) {
			return true
		}
	}
	return false
}

// alone reports whether the hit needs a word near it and has none.
func (m *Matcher) alone(found []Hit, i int, text string) bool {
	h := &found[i]
	s := &m.subjects[m.byName[h.Subject]]
	if len(s.Near) == 0 {
		return false
	}
	if sigil(text[h.Start:h.End]) != 0 || h.Start > 0 && sigil(text[h.Start-1:h.End]) != 0 && lexis.Border(text, h.End) {
		return false
	}
	helps := func(x *Hit) bool { return x.Distance == nearing && x.Spelling == "" && x.Subject == h.Subject }
	for j := i - 1; j >= 0 && found[j].Start > h.Start-reach; j-- {
		if x := &found[j]; helps(x) && x.End <= h.Start && fewWords(text[x.End:h.Start]) {
			return false
		}
	}
	for j := i + 1; j < len(found) && found[j].Start < h.End+reach; j++ {
		if x := &found[j]; helps(x) && x.Start >= h.End && fewWords(text[h.End:x.Start]) {
			return false
		}
	}
	return true
}

// fewWords reports whether there are at most NearWords words in what lies between.
func fewWords(between string) bool { return words(between, NearWords) <= NearWords }

// anyAway reports whether some hit is away from a spelling.
func anyAway(hits []Hit) bool {
	for i := range hits {
		if hits[i].Distance != 0 {
			return true
		}
	}
	return false
}

// apart keeps hits that don't overlap, at the beginning of the slice, and gives their number: first those that are not
// misspelled, from left to right, then of those one edit away the ones that fit between, then of those two away.
func apart(hits []Hit) int {
	if len(hits) < 2 {
		return len(hits)
	}
	if anyAway(hits) {
		sort(hits, byDistance)
	}
	kept := 0
	for i := 0; i < len(hits); {
		level, next, end := hits[i].Distance, 0, 0
		settled := kept
		for ; i < len(hits) && hits[i].Distance == level; i++ {
			h := &hits[i]
			for next < settled && hits[next].End <= h.Start {
				next++
			}
			if h.Start >= end && (next == settled || h.End <= hits[next].Start) {
				end = h.End
				if kept < i {
					hits[kept] = *h
				}
				kept++
			}
		}
		if settled > 0 && kept > settled {
			sort(hits[:kept], byPlace)
		}
	}
	return kept
}
