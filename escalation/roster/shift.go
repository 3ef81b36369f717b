package roster

import (
	"iter"
	"slices"
	"time"
)

// shifts goes from one instant at which something may change to the next, and joins what did not.
func (s *Schedule) shifts(id string, from, to time.Time) iter.Seq[Shift] {
	return func(yield func(Shift) bool) {
		r, ok := s.rosters[id]
		if !ok || !from.Before(to) {
			return
		}
		on, next := s.look(r, from)
		x := Shift{Roster: id, From: from, On: on}
		for t := next; t.Before(to); t = next {
			on, next = s.look(r, t)
			if slices.Equal(on, x.On) {
				continue
			}
			x.To = t
			if !yield(x) {
				return
			}
			x = Shift{Roster: id, From: t, On: on}
		}
		x.To = to
		yield(x)
	}
}
