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
	on     []string  // in order, each once
	notes  []string  // who stands in for whom
	absent []string  // why the others are not told
	next   time.Time // when the next of them comes on duty; zero when that is not known
}

// because says in one clause why nobody is told.
func (m muster) because(level int) string {
	return fmt.Sprintf("nobody is on duty at level %d (%s)", level, strings.Join(m.absent, ", "))
}

// muster calls everybody whom a level names, but one who gave the matter back.
func (d *Directory) muster(a Assignment, l Level, at time.Time, urgent bool, not string) muster {
	var m muster
	for _, id := range l.To {
		switch team, isTeam := d.teams[id]; {
		case id == ownerWord:
			for _, one := range a.inOrder() {
				if d.call(&m, one, at, urgent, not) {
					break
				}
			}
		case isTeam:
			for _, one := range team.Members {
				d.call(&m, one, at, urgent, not)
			}
		case d.isRoster(id):
			d.callRoster(&m, id, at, urgent, not)
		default:
			d.call(&m, id, at, urgent, not)
		}
	}
	return m
}

// call notes who answers for the member, or why nobody does.
func (d *Directory) call(m *muster, id string, at time.Time, urgent bool, not string) bool {
	who, because, next := d.answers(id, at, urgent)
	switch {
	case who == "":
		m.absent = append(m.absent, because)
		m.next = sooner(m.next, next)
		return false
	case who == not:
		m.absent = append(m.absent, who+" gave it back")
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
func (d *Directory) callRoster(m *muster, id string, at time.Time, urgent bool, not string) {
	on := d.roster.On(id, at)
	for _, one := range on {
		d.call(m, one, at, urgent, not)
	}
	if len(on) > 0 {
		return
	}
	because := "nobody has the turn in " + id
	if shift, ok := d.roster.Next(id, at); ok { // from nobody it goes to somebody
		because += " until " + wallTime(shift.From, at, time.UTC)
		m.next = sooner(m.next, shift.From)
	}
	m.absent = append(m.absent, because)
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
		if !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}
