package roster

import (
	"slices"
	"time"
)

// horizon is how far Next looks.
const horizon = 2 * 366 * 24 * time.Hour

// Rosters are the ids of all rosters, as written.
func (s *Schedule) Rosters() []string { return slices.Clone(s.ids) }

// Members are all who take turns in the roster, in order, each once; nobody when there is no such roster.
func (s *Schedule) Members(roster string) []string {
	if r, ok := s.rosters[roster]; ok {
		return slices.Clone(r.members)
	}
	return nil
}

// On is who is on duty in the roster at the instant, each once; nobody when there is no such roster.
func (s *Schedule) On(roster string, at time.Time) []string {
	r, ok := s.rosters[roster]
	if !ok {
		return nil
	}
	on, _ := s.look(r, within(at))
	return on
}

// Away reports whether the member is on leave at the instant: the leave, which says who covers it, with To as the end of
// all leave that touches it.
func (s *Schedule) Away(member string, at time.Time) (leave Cover, away bool) {
	for t := within(at); ; t = leave.To {
		i := slices.IndexFunc(s.away, func(x Cover) bool { return x.Who == member && x.active(t) })
		if i < 0 {
			return leave, away
		}
		if !away {
			leave, away = s.away[i], true
		}
		leave.To = s.away[i].To
	}
}

// Turns is when the member next comes on duty in the roster or goes off it, after the instant; zero when he does neither
// within two years.
func (s *Schedule) Turns(roster, member string, at time.Time) time.Time {
	r, ok := s.rosters[roster]
	if !ok {
		return time.Time{}
	}
	at = within(at)
	on, t := s.look(r, at)
	has := slices.Contains(on, member)
	for end := earlier(latest, r.last(member, at)); t.Before(end); {
		on, next := s.look(r, t)
		if slices.Contains(on, member) != has {
			return t
		}
		t = next
	}
	return time.Time{}
}

// last is when to stop looking for a turn of the member: after the covers that may give him one, if he has none himself.
func (r *roster) last(member string, at time.Time) time.Time {
	if slices.Contains(r.members, member) {
		return at.Add(horizon)
	}
	end := at
	for _, x := range r.covers {
		if (x.By == member || x.Who == member) && x.To.After(end) {
			end = x.To
		}
	}
	return end.Add(time.Millisecond)
}

// Covering are those who cover some leave of the member, in the order written.
func (s *Schedule) Covering(member string) []string {
	var by []string
	for _, x := range s.away {
		if x.Who == member && x.By != "" && !slices.Contains(by, x.By) {
			by = append(by, x.By)
		}
	}
	return by
}

// Leaves is when the member next goes on leave or comes back from it, after the instant; zero when he does neither.
func (s *Schedule) Leaves(member string, at time.Time) time.Time {
	next, at := latest, within(at)
	for _, x := range s.away {
		for _, edge := range []time.Time{x.From, x.To} {
			if x.Who == member && edge.After(at) {
				next = earlier(next, edge)
			}
		}
	}
	if next.Equal(latest) {
		return time.Time{}
	}
	return next
}

// look is who is on duty at t, by the overrides, else by the first layer with somebody, and until when that is so at
// least.
func (s *Schedule) look(r *roster, t time.Time) (on []string, until time.Time) {
	until = latest
	add := func(id string) {
		if id = s.covered(r, id, t); id != "" && !slices.Contains(on, id) {
			on = append(on, id)
		}
	}
	for _, x := range r.covers {
		for _, edge := range [...]time.Time{x.From, x.To} {
			if edge.After(t) {
				until = earlier(until, edge)
			}
		}
		if x.Kind == Override && x.active(t) {
			add(x.By)
		}
	}
	for _, layer := range r.layers {
		if len(on) > 0 {
			break
		}
		for _, rotation := range layer {
			id, ends := rotation.look(t)
			until = earlier(until, ends)
			if id != "" {
				add(r.swapped(id, t))
			}
		}
	}
	return on, until
}

// swapped is who has the turn of a member by the first swap that he is part of.
func (r *roster) swapped(id string, t time.Time) string {
	for _, x := range r.covers {
		switch {
		case x.Kind != Swap || !x.active(t):
		case x.Who == id:
			return x.By
		case x.By == id:
			return x.Who
		}
	}
	return id
}

// covered follows temporary covers and leave to who takes the turn in the end; empty is nobody.
func (s *Schedule) covered(r *roster, id string, t time.Time) string {
	for range len(r.covers) + 1 {
		x, ok := r.cover(id, t)
		if !ok {
			return id
		}
		if id = x.By; id == "" {
			return ""
		}
	}
	return "" // a circle
}

// cover is the first temporary cover for the member, else his leave.
func (r *roster) cover(id string, t time.Time) (Cover, bool) {
	for _, kind := range []CoverKind{Temporary, Leave} {
		for _, x := range r.covers {
			if x.Kind == kind && x.Who == id && x.active(t) {
				return x, true
			}
		}
	}
	return Cover{}, false
}

// Next is the shift that begins with the first hand-over after the instant: when somebody else is on duty, or nobody.
// It reports false when there is no such roster and when nothing changes within two years.
func (s *Schedule) Next(roster string, at time.Time) (Shift, bool) {
	at = within(at)
	two := 0
	for shift := range s.shifts(roster, at, earlier(latest, at.Add(horizon))) {
		if two++; two == 2 {
			shift.To = s.until(roster, shift)
			return shift, true
		}
	}
	return Shift{}, false
}

// until is when a shift ends, looking as far again as Next does.
func (s *Schedule) until(roster string, shift Shift) time.Time {
	for x := range s.shifts(roster, shift.From, earlier(latest, shift.From.Add(horizon))) {
		return x.To
	}
	return shift.To
}

// Shifts are who is on duty between two instants, without a gap: a shift of nobody is there as well. The first and the
// last are cut.
func (s *Schedule) Shifts(roster string, from, to time.Time) []Shift {
	return slices.Collect(s.shifts(roster, within(from), within(to)))
}

// Coverage reports the holes within the roster's hours and the overlaps between two instants.
func (s *Schedule) Coverage(roster string, from, to time.Time) Coverage {
	var c Coverage
	r := s.rosters[roster]
	for shift := range s.shifts(roster, within(from), within(to)) {
		switch {
		case len(shift.On) > 1:
			c.Overlaps = append(c.Overlaps, shift)
		case len(shift.On) == 0:
			c.Holes = append(c.Holes, r.within(shift)...)
		}
	}
	return c
}

// within cuts a shift to the hours in which somebody must be on duty.
func (r *roster) within(x Shift) []Shift {
	if r.hours == nil {
		return []Shift{x}
	}
	var cut []Shift
	for t := x.From; t.Before(x.To); {
		end := earlier(x.To, turnOf(r.hours, t))
		if r.hours.Open(t) {
			cut = append(cut, Shift{Roster: x.Roster, From: t, To: end})
		}
		t = end
	}
	return cut
}
