package escalation

import (
	"maps"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
)

// A Directory is a compiled Hierarchy. It never changes and is safe for concurrent use. Every instant it is given may
// be in any zone; every instant it returns is UTC, to the millisecond.
type Directory struct {
	members map[string]*member
	ids     []string // of the members, as written
	teams   map[string]Team
	ladders map[string]*Ladder
	plans   []*plan // as written
	spoken  bool    // a plan names languages
	rest    *plan   // the one for everything
	watches []Watch
	roster  *roster.Schedule
	rosters []string // as written
	zone    func(string) (*time.Location, error)

	// What lies within what.
	locations, brands map[string]string
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

// Stays reports whether the id is of a member who has not left.
func (d *Directory) Stays(id string) bool {
	m, ok := d.members[id]
	return ok && !m.Left
}

// Contact is the nth contact of a member, from 0 on, who may have left; neither need be there any more.
func (d *Directory) Contact(member string, n int) (Contact, bool) {
	m, ok := d.members[member]
	if !ok || n < 0 || n >= len(m.Contacts) {
		return Contact{}, false
	}
	return m.Contacts[n], true
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
