package escalation

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/triage"
)

// Assign says who answers for the matter at the instant. A matter of life is one of the category life, whatever its own
// category is.
func (d *Directory) Assign(m Matter, at time.Time) Assignment {
	at = instant(at)
	m = m.canonical()
	p := d.choose(m)
	a := Assignment{Plan: p.ID, Ladder: p.Ladder}
	people, passed := d.candidates(p, m, at)
	a.Owner, a.Backups = people[0], people[1:]
	watchers, watch := d.watchers(m, a, at)
	a.Watchers = watchers
	var duty []string
	a.Acting, duty = d.acting(a, m, at)
	a.Because = slices.Concat([]string{p.because(m)}, passed, duty, watch)
	return a
}

// assign puts the climb on the matter, which is canonical, as it is at the instant.
func (c *Climb) assign(d *Directory, m Matter, at time.Time) {
	c.Assignment, c.Urgent, c.Life = d.Assign(m, at), m.urgent(), m.Life
	c.Location, c.Country = m.Location, m.Country
}

// acting is the first who answers for the matter and is on duty, and what was found on the way; empty when nobody is.
func (d *Directory) acting(a Assignment, m Matter, at time.Time) (who string, because []string) {
	for _, id := range a.inOrder() {
		who, why := d.present(id, at, m.urgent())
		if who != "" {
			return who, append(because, why)
		}
		because = append(because, d.away(id, at))
	}
	return "", append(because, "neither the owner nor a back-up is on duty")
}

// canonical puts a matter of life into its category, and the other way round.
func (m Matter) canonical() Matter {
	if m.Life = m.Life || m.Category == triage.Life; m.Life {
		m.Category = triage.Life
	}
	m.Country = strings.ToUpper(m.Country)
	return m
}

// inOrder is the owner, then the back-ups.
func (a Assignment) inOrder() []string { return append([]string{a.Owner}, a.Backups...) }

// away says why the member cannot be told. It is absent, but that it does not look ahead for the next turn in a roster:
// an assignment is made for every case, and a turn may be weeks away.
func (d *Directory) away(id string, at time.Time) string {
	m, ok := d.members[id]
	if !ok || m.Left || len(m.rosters) == 0 {
		return d.absent(id, at)
	}
	if because, _ := d.quiet(id, at); because != "" {
		return because
	}
	if leave, on := m.roster.Away(id, at); on {
		return id + " is on leave until " + wallTime(leave.To, at, m.zone)
	}
	return id + " is off duty: it is not his turn in " + some(m.rosters)
}

// absent says why neither the member nor anybody for him can be told.
func (d *Directory) absent(id string, at time.Time) string {
	because, _ := d.quiet(id, at)
	if because == "" {
		because, _ = d.offDuty(id, at)
	}
	if m, ok := d.members[id]; ok && m.Left {
		because += " and nobody who stands in is on duty"
	}
	return because
}

// present is the member himself when he can be told, who covers his leave, or one who stands in when he has left; empty
// when none of them can.
func (d *Directory) present(id string, at time.Time, urgent bool) (who, because string) {
	if d.can(id, at, urgent) {
		return id, id + " is on duty"
	}
	if by := d.covers(id, at); by != "" && d.can(by, at, urgent) {
		return by, fmt.Sprintf("%s is on leave, %s covers and is on duty", id, by)
	}
	if m, ok := d.members[id]; ok && m.Left {
		for _, in := range d.standIns(id) {
			if d.can(in, at, urgent) {
				return in, fmt.Sprintf("%s has left, %s stands in and is on duty", id, in)
			}
		}
	}
	return "", ""
}

// can reports whether the member is on duty and not muted.
func (d *Directory) can(id string, at time.Time, urgent bool) bool {
	return d.OnDuty(id, at) && !d.muted(id, at, urgent)
}

// free is when the member, or somebody for him, can be told, if nobody can now; zero when that is not in sight, as for
// somebody whose quiet hours are his duty.
func (d *Directory) free(id string, at time.Time, urgent bool) time.Time {
	for range mostTurns {
		var next time.Time
		for _, one := range d.instead(id) {
			next = sooner(next, d.flips(one, at, urgent))
		}
		if next.IsZero() {
			return next
		}
		if who, _ := d.present(id, next, urgent); who != "" {
			return next
		}
		at = next
	}
	return time.Time{}
}

// instead is the member and all who may at some time be told instead of him.
func (d *Directory) instead(id string) []string {
	all := []string{id}
	if m, ok := d.members[id]; ok && m.Left {
		all = append(all, d.standIns(id)...)
	}
	for i := 0; i < len(all); i++ {
		for _, by := range d.roster.Covering(all[i]) {
			if !slices.Contains(all, by) {
				all = append(all, by)
			}
		}
	}
	return all
}

// covers is who covers the leave of a member, and the leave of who covers it; empty when he is not on leave, or nobody
// does.
func (d *Directory) covers(id string, at time.Time) string {
	by := ""
	for range len(d.ids) {
		leave, away := d.roster.Away(id, at)
		if !away {
			return by
		}
		id, by = leave.By, leave.By
	}
	return ""
}

// sooner is the earlier of two instants of which zero is never.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
