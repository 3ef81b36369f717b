package memstore

import (
	"time"

	"github.com/reputekit/reputation/channel/desk"
)

// dueHeap is the index of what falls due: a binary heap that knows the place of every row, so that setting one costs the
// logarithm of all, and asking for the first k costs k times the logarithm of k and nothing else. Rows are compared by
// due instant, then by address.
type dueHeap struct {
	list  []*dueAt
	where map[desk.Address]*dueAt
}

type dueAt struct {
	due   time.Time
	row   *desk.Row
	place int // in the list
}

func (d *dueAt) before(x *dueAt) bool {
	if n := d.due.Compare(x.due); n != 0 {
		return n < 0
	}
	return byAddress(d.row.Address, x.row.Address) < 0
}

// set puts a row at its due instant; the zero instant takes it out.
func (h *dueHeap) set(row *desk.Row) {
	d := h.where[row.Address]
	switch {
	case row.Due.IsZero() && d == nil:
	case row.Due.IsZero():
		h.remove(d)
	case d == nil:
		if h.where == nil {
			h.where = map[desk.Address]*dueAt{}
		}
		d = &dueAt{due: row.Due, row: row, place: len(h.list)}
		h.where[row.Address] = d
		h.list = append(h.list, d)
		h.up(d)
	default:
		d.due, d.row = row.Due, row
		h.up(d)
		h.down(d)
	}
}

func (h *dueHeap) remove(d *dueAt) {
	last := h.list[len(h.list)-1]
	h.put(last, d.place)
	h.list = h.list[:len(h.list)-1]
	delete(h.where, d.row.Address)
	if last != d {
		h.up(last)
		h.down(last)
	}
}

func (h *dueHeap) put(d *dueAt, place int) {
	h.list[place] = d
	d.place = place
}

func (h *dueHeap) up(d *dueAt) {
	for d.place > 0 {
		above := h.list[(d.place-1)/2]
		if !d.before(above) {
			return
		}
		place := above.place
		h.put(above, d.place)
		h.put(d, place)
	}
}

func (h *dueHeap) down(d *dueAt) {
	for {
		n := 2*d.place + 1
		if n >= len(h.list) {
			return
		}
		if n+1 < len(h.list) && h.list[n+1].before(h.list[n]) {
			n++
		}
		below := h.list[n]
		if !below.before(d) {
			return
		}
		h.put(below, d.place)
		h.put(d, n)
	}
}

// until gives the first rows that are due, in order, without changing the heap: it walks down from the top, always into
// the earliest branch not yet taken. The open branches are a heap of their own.
func (h *dueHeap) until(t time.Time, limit int) []*desk.Row {
	var out []*desk.Row
	var open branches
	open.add(h, 0, t)
	for len(out) < limit && len(open) > 0 {
		d := open.first(h)
		out = append(out, d.row)
		open.add(h, 2*d.place+1, t)
		open.add(h, 2*d.place+2, t)
	}
	return out
}

// branches are places in a heap, themselves a binary heap.
type branches []int

func (b *branches) add(h *dueHeap, place int, until time.Time) {
	if place >= len(h.list) || h.list[place].due.After(until) {
		return
	}
	list := append(*b, place)
	for n := len(list) - 1; n > 0; {
		above := (n - 1) / 2
		if !h.list[list[n]].before(h.list[list[above]]) {
			break
		}
		list[n], list[above] = list[above], list[n]
		n = above
	}
	*b = list
}

// first takes out the earliest.
func (b *branches) first(h *dueHeap) *dueAt {
	list := *b
	d := h.list[list[0]]
	list[0] = list[len(list)-1]
	list = list[:len(list)-1]
	for n := 0; ; {
		low := 2*n + 1
		if low >= len(list) {
			break
		}
		if low+1 < len(list) && h.list[list[low+1]].before(h.list[list[low]]) {
			low++
		}
		if !h.list[list[low]].before(h.list[list[n]]) {
			break
		}
		list[n], list[low] = list[low], list[n]
		n = low
	}
	*b = list
	return d
}
