package escalation

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/triage"
)

// urgent reports whether nothing holds, mutes or throttles the matter: crisis and life.
func (m Matter) urgent() bool { return m.Life || m.Severity >= triage.Crisis }

// quietOf is the calendar of the member's quiet hours, nil when he has none.
func quietOf(m Member, calendars map[string]*hours.Calendar) *hours.Calendar {
	if m.Quiet == "" {
		return nil
	}
	return calendars[m.Quiet]
}

// muted reports whether the member counts as not on duty because of his quiet hours.
func (d *Directory) muted(id string, at time.Time, urgent bool) bool {
	m, ok := d.members[id]
	return ok && !urgent && m.quiet != nil && m.quiet.Open(at)
}

// quiet says why a member who is on duty is not told, and when his quiet hours end; empty when he has none now.
func (d *Directory) quiet(id string, at time.Time) (because string, next time.Time) {
	m, ok := d.members[id]
	if !ok || m.quiet == nil || !m.onDuty(at) || !m.quiet.Open(at) {
		return "", time.Time{}
	}
	next, ok = m.quiet.Closes(at)
	if !ok {
		return id + " is in quiet hours", time.Time{}
	}
	return id + " is in quiet hours until " + wallTime(next, at, m.quiet.Location()), next
}

// flips is the first instant after at that the member, as far as this kind of matter goes, may come on duty or go off;
// zero when he does neither.
func (d *Directory) flips(id string, at time.Time, urgent bool) time.Time {
	m, ok := d.members[id]
	if !ok || m.Left {
		return time.Time{}
	}
	turn := m.turns
	if m.onDuty(at) {
		turn = m.ends
	}
	var next time.Time
	if turn := turn(at); !turn.IsZero() {
		next = upwards(turn)
	}
	if c := m.quiet; c != nil && !urgent {
		turn, ok := c.Closes(at)
		if !c.Open(at) {
			turn, ok = c.Next(at)
		}
		if ok && turn.After(at) {
			next = sooner(next, upwards(turn))
		}
	}
	return next
}

// ends is the first instant after at at which something that has the member on duty ends, or his leave begins; he may be
// on duty all the same. Zero is never.
func (m *member) ends(at time.Time) time.Time {
	next := m.roster.Leaves(m.ID, at)
	if m.hours != nil {
		if closes, ok := m.hours.Closes(at); ok {
			next = sooner(next, closes)
		}
	}
	for _, id := range m.rosters {
		if slices.Contains(m.roster.On(id, at), m.ID) {
			if shift, ok := m.roster.Next(id, at); ok {
				next = sooner(next, shift.From)
			}
		}
	}
	return next
}

// changes is the first instant after at when who is on duty at the level may be others than these; zero is never.
func (d *Directory) changes(l Level, on []string, at time.Time, urgent bool) time.Time {
	var next time.Time
	for _, id := range l.To {
		if shift, ok := d.roster.Next(id, at); ok {
			next = sooner(next, upwards(shift.From))
		}
	}
	for _, id := range on {
		next = sooner(next, d.flips(id, at, urgent))
	}
	return next
}
