package escalation

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
)

// A member is a Member with what says when he is on duty.
type member struct {
	Member
	hours   *hours.Calendar // nil is always, or whenever a roster names him
	quiet   *hours.Calendar // nil is never
	zone    *time.Location  // of his days and months
	rosters []string        // in which he may have a turn
	roster  *roster.Schedule
}

// mostTurns bounds how many changes of duty are looked through for one that matters.
const mostTurns = 500

// OnDuty reports whether the member is on duty at the instant: he has not left, is not on leave, and his calendar is
// open or a roster has him. Somebody who is not a member is never on duty.
func (d *Directory) OnDuty(member string, at time.Time) bool {
	m, ok := d.members[member]
	return ok && m.onDuty(at)
}

// Present are all members on duty at the instant, as written.
func (d *Directory) Present(at time.Time) []string {
	return slices.DeleteFunc(slices.Clone(d.ids), func(id string) bool { return !d.members[id].onDuty(at) })
}

// Next is the next hand-over of a roster after the instant: the shift that begins with it. It reports false when there
// is no such roster and when nothing changes within two years. A shift that lasts longer than that again is cut there.
func (d *Directory) Next(roster string, at time.Time) (roster.Shift, bool) {
	return d.roster.Next(roster, at)
}

// Coverage reports the holes and the overlaps of all rosters between two instants, in the order of the rosters.
func (d *Directory) Coverage(from, to time.Time) roster.Coverage {
	var all roster.Coverage
	for _, id := range d.roster.Rosters() {
		c := d.roster.Coverage(id, from, to)
		all.Holes, all.Overlaps = append(all.Holes, c.Holes...), append(all.Overlaps, c.Overlaps...)
	}
	return all
}

// Roster answers for the rosters alone: who has the turn, which shifts there are.
func (d *Directory) Roster() *roster.Schedule { return d.roster }

func (d *Directory) isRoster(id string) bool { return slices.Contains(d.rosters, id) }

func (m *member) onDuty(at time.Time) bool {
	if m.Left {
		return false
	}
	if _, away := m.roster.Away(m.ID, at); away {
		return false
	}
	if m.hours == nil && len(m.rosters) == 0 || m.hours != nil && m.hours.Open(at) {
		return true
	}
	return slices.ContainsFunc(m.rosters, func(id string) bool { return slices.Contains(m.roster.On(id, at), m.ID) })
}

// turns is the first instant after at at which the member may come on duty or go off it; zero is never.
func (m *member) turns(at time.Time) time.Time {
	next := m.roster.Leaves(m.ID, at)
	if m.hours != nil {
		turn, ok := m.hours.Closes(at)
		if !m.hours.Open(at) {
			turn, ok = m.hours.Next(at)
		}
		if ok && turn.After(at) {
			next = sooner(next, turn)
		}
	}
	for _, id := range m.rosters {
		next = sooner(next, m.roster.Turns(id, m.ID, at))
	}
	return next
}

// comes is when the member, who is not on duty, will be; zero when that is not known.
func (m *member) comes(at time.Time) time.Time {
	for range mostTurns {
		if at = m.turns(at); at.IsZero() || m.onDuty(at) {
			return at
		}
	}
	return time.Time{}
}

// offDuty says, for a person, why the member is not on duty, and when he will be; zero when that is not known.
func (d *Directory) offDuty(id string, at time.Time) (because string, next time.Time) {
	m, ok := d.members[id]
	switch {
	case !ok:
		return id + " is no longer a member", time.Time{}
	case m.Left:
		return id + " has left", time.Time{}
	}
	because = id + " is off duty"
	if _, away := m.roster.Away(id, at); away {
		because = id + " is on leave"
	}
	if next = m.comes(at); next.IsZero() {
		return because, next
	}
	return because + " until " + wallTime(next, at, m.zone), next
}

// wallTime writes t for a person who reads it at the instant at: the time of day alone when that is today, with the
// day within a week, else with the date.
func wallTime(t, at time.Time, loc *time.Location) string {
	t, at = t.In(loc), at.In(loc)
	layout := "2006-01-02 15:04"
	switch days := t.YearDay() - at.YearDay(); {
	case days == 0 && t.Year() == at.Year():
		layout = "15:04"
	case t.Sub(at) > 0 && t.Sub(at) < 6*24*time.Hour:
		layout = "Mon 15:04"
	}
	return t.Format(layout) + " " + loc.String()
}
