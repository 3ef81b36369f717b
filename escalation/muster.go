package escalation

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// What a level does when nobody of it is on duty.
const (
	pass = "pass"
	hold = "hold"
)

// A muster is who of a level can be told now.
type muster struct {
	on     []string // in order, each once
	notes  []string // who stands in for whom
	absent []absent // who is not told
}

// An absent is a member, or a roster in which nobody has the turn.
type absent struct {
	id  string
	why string // empty: he is off duty, and may come
}

// because says in one clause why nobody is told.
func (d *Directory) because(m muster, level int, at time.Time) string {
	var why []string
	named, more := m.absent, ""
	if n := len(named) - mostNamed; n > 1 {
		named, more = named[:mostNamed], fmt.Sprintf(" and %d more", n)
	}
	for _, x := range named {
		switch {
		case x.why != "":
			why = append(why, x.why)
		case d.isRoster(x.id):
			why = append(why, d.vacant(x.id, at))
		default:
			why = append(why, d.absent(x.id, at))
		}
	}
	return fmt.Sprintf("nobody is on duty at level %d (%s%s)", level, strings.Join(why, ", "), more)
}

// vacant says until when nobody has the turn in a roster.
func (d *Directory) vacant(id string, at time.Time) string {
	if shift, ok := d.roster.Next(id, at); ok { // from nobody it goes to somebody
		return "nobody has the turn in " + id + " until " + wallTime(shift.From, at, time.UTC)
	}
	return "nobody has the turn in " + id
}

// next is when the next of the absent can be told; zero when that is not known.
func (d *Directory) next(m muster, at time.Time, urgent bool) time.Time {
	var next time.Time
	for _, x := range m.absent {
		if x.why != "" {
			continue
		}
		if !d.isRoster(x.id) {
			next = sooner(next, d.free(x.id, at, urgent))
		} else if shift, ok := d.roster.Next(x.id, at); ok {
			next = sooner(next, shift.From)
		}
	}
	return next
}

// muster calls everybody whom a level of the climb names, but one who gave the matter back.
func (d *Directory) muster(c *Climb, l Level, at time.Time, not string) muster {
	var m muster
	for _, id := range l.To {
		switch team, isTeam := d.teams[id]; {
		case id == ownerWord:
			for _, one := range c.inOrder() {
				if d.call(&m, c, one, at, not) {
					break
				}
			}
		case isTeam:
			for _, one := range team.Members {
				d.call(&m, c, one, at, not)
			}
		case d.isRoster(id):
			d.callRoster(&m, c, id, at, not)
		default:
			d.call(&m, c, id, at, not)
		}
	}
	return m
}

// call notes who answers for the member, or why nobody does.
func (d *Directory) call(m *muster, c *Climb, id string, at time.Time, not string) bool {
	who, because := d.present(id, at, c.Urgent)
	switch {
	case who == "":
		m.absent = append(m.absent, absent{id: id})
		return false
	case who == not:
		m.absent = append(m.absent, absent{id, who + " gave it back"})
		return false
	case !d.Sees(who, Matter{Location: c.Location, Country: c.Country}):
		m.absent = append(m.absent, absent{id, who + " does not see cases from there"})
		return false
	case who != id:
		m.notes = append(m.notes, because)
	}
	if !slices.Contains(m.on, who) {
		m.on = append(m.on, who)
	}
	return true
}

// callRoster calls who has the turn in a roster, or notes that nobody has.
func (d *Directory) callRoster(m *muster, c *Climb, id string, at time.Time, not string) {
	on := d.roster.On(id, at)
	for _, one := range on {
		d.call(m, c, one, at, not)
	}
	if len(on) == 0 {
		m.absent = append(m.absent, absent{id: id})
	}
}

// everybody is the member, or all of the team or roster, on duty or not; for one who has left the nearest who stands in.
func (d *Directory) everybody(id string) []string {
	ids := []string{id}
	if team, ok := d.teams[id]; ok {
		ids = team.Members
	} else if d.isRoster(id) {
		ids = d.roster.Members(id)
	}
	var all []string
	seen := make(map[string]bool)
	for _, id := range ids {
		if m, ok := d.members[id]; !ok {
			continue
		} else if m.Left {
			in := d.standIns(id)
			if len(in) == 0 {
				continue
			}
			id = in[0]
		}
		if !seen[id] {
			all, seen[id] = append(all, id), true
		}
	}
	return all
}
