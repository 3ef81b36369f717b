package escalation

import (
	"maps"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation/hours"
)

// A Directory is a compiled Hierarchy. It never changes and is safe for concurrent use. Every instant it is given may
// be in any zone; every instant it returns is UTC, to the millisecond.
type Directory struct {
	members map[string]*member
	ids     []string // of the members, as written
	teams   map[string]Team
	ladders map[string]*Ladder
	plans   []*plan // as written
	rest    *plan   // the one for everything
	zone    func(string) (*time.Location, error)
}

// A member is a Member with his calendar; nil is always on duty.
type member struct {
	Member
	hours *hours.Calendar
}

// A plan is a Plan with the calendar of its open hours, if it names one.
type plan struct {
	Plan
	hours *hours.Calendar
}

// Member returns the member of that id, a copy.
func (d *Directory) Member(id string) (Member, bool) {
	m, ok := d.members[id]
	if !ok {
		return Member{}, false
	}
	return m.clone(), true
}

// Team returns the team of that id, a copy.
func (d *Directory) Team(id string) (Team, bool) {
	t, ok := d.teams[id]
	return t.clone(), ok
}

// Categories are those that a plan or an authority names, sorted, each once.
func (d *Directory) Categories() []string {
	names := make(map[string]bool)
	for _, p := range d.plans {
		for _, c := range p.Categories {
			names[c] = true
		}
	}
	for _, id := range d.ids {
		for _, a := range d.members[id].Authority {
			for _, c := range a.Categories {
				names[c] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// OnDuty reports whether the member is on duty at the instant: he has not left and his calendar is open. Somebody who is
// not a member is never on duty.
func (d *Directory) OnDuty(member string, at time.Time) bool {
	m, ok := d.members[member]
	return ok && m.onDuty(at)
}

func (m *member) onDuty(at time.Time) bool { return !m.Left && (m.hours == nil || m.hours.Open(at)) }

// offDuty says, for a person, why the member is not on duty, and when he will be; zero when that is not known.
func (d *Directory) offDuty(id string, at time.Time) (because string, next time.Time) {
	m, ok := d.members[id]
	switch {
	case !ok:
		return id + " is no longer a member", time.Time{}
	case m.Left:
		return id + " has left", time.Time{}
	}
	next, ok = m.hours.Next(at)
	if !ok {
		return id + " is off duty", time.Time{}
	}
	return id + " is off duty until " + wallTime(next, at, m.hours.Location()), next
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

// standIns are those who stand in for a member who has left, the nearest first: his deputies, then his boss, then the
// same for each of those who has left too.
func (d *Directory) standIns(id string) []string {
	var in []string
	seen := map[string]bool{id: true}
	for queue := []string{id}; len(queue) > 0; queue = queue[1:] {
		m := d.members[queue[0]]
		for _, next := range append(slices.Clone(m.Deputies), m.Boss) {
			n, ok := d.members[next]
			if !ok || seen[next] {
				continue
			}
			seen[next] = true
			if n.Left {
				queue = append(queue, next)
				continue
			}
			in = append(in, next)
		}
	}
	return in
}
