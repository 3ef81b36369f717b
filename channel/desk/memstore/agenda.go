package memstore

import "time"

// An agenda is an index of what falls due: a binary heap that knows the place of every key, so that setting one costs the
// logarithm of all, and asking for the first k costs k times the logarithm of k and nothing else. Keys are compared by
// their instant, then by order.
type agenda[K comparable] struct {
	order func(a, b K) int
	list  []*slot[K]
	where map[K]*slot[K]
}

type slot[K comparable] struct {
	at    time.Time
	key   K
	place int // in the list
}

func newAgenda[K comparable](order func(a, b K) int) *agenda[K] {
	return &agenda[K]{order: order, where: map[K]*slot[K]{}}
}

func (h *agenda[K]) before(a, b *slot[K]) bool {
	if n := a.at.Compare(b.at); n != 0 {
		return n < 0
	}
	return h.order(a.key, b.key) < 0
}

// set puts a key at its instant.
func (h *agenda[K]) set(key K, at time.Time) {
	s := h.where[key]
	if s == nil {
		s = &slot[K]{key: key, place: len(h.list)}
		h.where[key] = s
		h.list = append(h.list, s)
	}
	s.at = at
	h.up(s)
	h.down(s)
}

// drop takes a key out, if it is there.
func (h *agenda[K]) drop(key K) {
	s := h.where[key]
	if s == nil {
		return
	}
	last := h.list[len(h.list)-1]
	h.put(last, s.place)
	h.list[len(h.list)-1] = nil
	h.list = h.list[:len(h.list)-1]
	delete(h.where, key)
	if last != s {
		h.up(last)
		h.down(last)
	}
}

func (h *agenda[K]) put(s *slot[K], place int) {
	h.list[place] = s
	s.place = place
}

func (h *agenda[K]) up(s *slot[K]) {
	for s.place > 0 {
		above := h.list[(s.place-1)/2]
		if !h.before(s, above) {
			return
		}
		place := above.place
		h.put(above, s.place)
		h.put(s, place)
	}
}

func (h *agenda[K]) down(s *slot[K]) {
	for {
		n := 2*s.place + 1
		if n >= len(h.list) {
			return
		}
		if n+1 < len(h.list) && h.before(h.list[n+1], h.list[n]) {
			n++
		}
		below := h.list[n]
		if !h.before(below, s) {
			return
		}
		h.put(below, s.place)
		h.put(s, n)
	}
}

// until gives the first keys that are due, in order, without changing the heap: it walks down from the top, always into
// the earliest branch not yet taken. The open branches are an agenda of their own, of places.
func (h *agenda[K]) until(t time.Time, limit int) []K {
	var out []K
	open := newAgenda(func(a, b int) int { return h.order(h.list[a].key, h.list[b].key) })
	add := func(place int) {
		if place < len(h.list) && !h.list[place].at.After(t) {
			open.set(place, h.list[place].at)
		}
	}
	add(0)
	for len(out) < limit && len(open.list) > 0 {
		first := open.list[0].key
		open.drop(first)
		out = append(out, h.list[first].key)
		add(2*first + 1)
		add(2*first + 2)
	}
	return out
}
