package roster

import (
	"slices"
	"time"
)

// horizon is how far Next and Turns look.
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
		i := slices.IndexFunc(s.away[member], func(x Cover) bool { return x.active(t) })
		if i < 0 {
			return leave, away
		}
		if !away {
			leave, away = s.away[member][i], true
		}
		leave.To = s.away[member][i].To
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
	people := r.givers(member)
	for end := earlier(latest, at.Add(horizon)); ; {
		if !has {
			t = r.named(people, t)
		}
		if !t.Before(end) {
			return time.Time{}
		}
		on, next := s.look(r, t)
		if slices.Contains(on, member) != has {
			return t
		}
		t = next
	}
}

// givers are the member and all whose turns a cover of some time may give him.
func (r *roster) givers(member string) []string {
	people := []string{member}
	for i := 0; i < len(people); i++ {
		for _, x := range r.covers {
			from := x.Who
			if x.By != people[i] && (x.Kind != Swap || x.Who != people[i]) {
				continue
			}
			if x.Kind == Swap && x.Who == people[i] {
				from = x.By
			}
			if from != "" && !slices.Contains(people, from) {
				people = append(people, from)
			}
		}
	}
	return people
}

// named is the first instant from t on before which none of the people can be on duty: nobody names one of them.
func (r *roster) named(people []string, t time.Time) time.Time {
	first := latest
	for _, layer := range r.layers {
		for _, x := range layer {
			first = earlier(first, x.named(people, t))
		}
	}
	for _, x := range r.covers {
		if x.Kind == Override && slices.Contains(people, x.By) && t.Before(x.To) {
			first = earlier(first, later(t, x.From))
		}
	}
	return first
}

// Covering are those who cover some leave of the member, in the order written.
func (s *Schedule) Covering(member string) []string {
	var by []string
	for _, x := range s.away[member] {
		if x.By != "" && !slices.Contains(by, x.By) {
			by = append(by, x.By)
		}
	}
	return by
}

// Leaves is when the member next goes on leave or comes back from it, after the instant; zero when he does neither.
func (s *Schedule) Leaves(member string, at time.Time) time.Time {
	next, at := latest, within(at)
	for _, x := range s.away[member] {
		for _, edge := range [...]time.Time{x.From, x.To} {
			if edge.After(at) {
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
// It reports false when there is no such roster and when nothing changes within two years. A shift that lasts longer
// than that again is cut there.
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

// Coverage reports the holes within the roster's hours and the overlaps between two instants. Who has left does not
// count: what nobody else is on duty for is a hole.
func (s *Schedule) Coverage(roster string, from, to time.Time) Coverage {
	var c Coverage
	r := s.rosters[roster]
	for shift := range s.shifts(roster, within(from), within(to)) {
		if s.left != nil {
			shift.On = slices.DeleteFunc(slices.Clone(shift.On), s.left)
		}
		switch {
		case len(shift.On) > 1:
			c.Overlaps = append(c.Overlaps, shift)
		case len(shift.On) == 0:
			shift.On = nil
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
