package escalation

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

// zones finds the zone of every member: his own, else his calendar's, else UTC.
func (c *check) zones(zone func(string) (*time.Location, error)) map[string]*time.Location {
	found := make(map[string]*time.Location)
	for i, m := range c.h.Members {
		found[m.ID] = time.UTC
		name := m.Zone
		if j := slices.IndexFunc(c.h.Calendars, func(x roster.Calendar) bool { return x.ID == m.Calendar }); name == "" && j >= 0 {
			if loc, err := zone(c.h.Calendars[j].Zone); err == nil && loc != nil { // what is wrong with it is noted there
				found[m.ID] = loc
			}
		}
		if name == "" {
			continue
		}
		path := spec.Join(spec.Index("members", i), "zone")
		loc, err := zone(name)
		switch {
		case name == "Local" || err == nil && loc == nil:
			c.problems.Add(path, "%q is not a zone: write its IANA name, like Europe/Madrid", name)
		case err != nil:
			c.problems.Merge(path, err)
		default:
			found[m.ID] = loc
		}
	}
	return found
}

// person checks what a member knows, carries and sees.
func (c *check) person(path string, m Member) {
	for j, x := range m.Certified {
		at := spec.Index(spec.Join(path, "certified"), j)
		if x.Skill == "" {
			c.problems.Add(spec.Join(at, "skill"), "the certificate does not say what for")
		}
		if day, err := time.Parse(time.DateOnly, x.Until); err != nil || day.Year() < 1 {
			c.problems.Add(spec.Join(at, "until"), "%q is not a date: write the last day it holds, like 2027-03-31", x.Until)
		}
	}
	if m.Most < 0 {
		c.problems.Add(spec.Join(path, "most"), "%d is no number of cases: 0 means no limit", m.Most)
	}
	c.locations(spec.Join(path, "locations"), m.Locations)
}

// locations are ids that something lies within, or that lie within something.
func (c *check) locations(path string, ids []string) {
	if c.places == nil {
		c.places = make(map[string]bool, len(c.h.Locations))
		for _, id := range slices.Sorted(maps.Keys(c.h.Locations)) {
			c.places[id], c.places[c.h.Locations[id]] = true, true
		}
	}
	for i, id := range ids {
		if !c.places[id] {
			c.problems.Add(spec.Index(path, i), "there is no location %q: write in locations what it lies within", id)
		}
	}
}

// within finds circles in what lies within what, each once, at the id that sorts first.
func (c *check) within(path string, above map[string]string) {
	from := make(map[string]string) // which walk has been here
	for _, id := range slices.Sorted(maps.Keys(above)) {
		if id == "" || above[id] == "" {
			c.problems.Add(spec.Join(path, id), "%q lies within %q: write both names", id, above[id])
			continue
		}
		up := id
		for ; up != "" && from[up] == ""; up = above[up] {
			from[up] = id
		}
		if up != "" && from[up] == id {
			c.around(path, above, up)
		}
	}
}

// around notes the circle that an id is part of.
func (c *check) around(path string, above map[string]string, id string) {
	first := id
	for up := above[id]; up != id; up = above[up] {
		first = min(first, up)
	}
	way := []string{first}
	for up := above[first]; up != first; up = above[up] {
		way = append(way, up)
	}
	c.problems.Add(spec.Join(path, first), "a circle: %s", strings.Join(append(way, first), " -> "))
}

// rosters compiles the rosters and covers. Their ids stand in the same lists as those of members and teams.
func (c *check) rosters(calendars map[string]*hours.Calendar) *roster.Schedule {
	book := roster.Book{Rosters: c.h.Rosters, Covers: c.h.Covers}
	schedule, err := book.Compile(roster.Options{
		Calendar: func(id string) (*hours.Calendar, bool) {
			return calendars[id], c.weeks[id]
		},
		Member: c.unknown,
		Left: func(id string) bool {
			n, ok := c.people[id]
			return ok && c.h.Members[n].Left
		},
	})
	c.problems.Merge("", err)
	return schedule
}

// unknown says what is wrong with the id of a member.
func (c *check) unknown(id string) error {
	sub := check{people: c.people, groups: c.groups}
	sub.member("", id)
	if len(sub.problems) == 0 {
		return nil
	}
	return fmt.Errorf("%s", sub.problems[0].Message)
}

// anybody checks the id of a member, a team or a roster.
func (c *check) anybody(path, id string) {
	if !c.groups[id] {
		c.member(path, id)
	}
}

func (c *check) watches() {
	standings := []triage.Standing{triage.Customer, triage.Press, triage.Employee, triage.Official, triage.Creator,
		triage.Competitor, triage.Litigant}
	for i, w := range c.h.Watches {
		path := spec.Index("watches", i)
		if len(w.To) == 0 {
			c.problems.Add(spec.Join(path, "to"), "nobody is named who watches")
		}
		for j, id := range w.To {
			c.anybody(spec.Index(spec.Join(path, "to"), j), id)
		}
		for j, s := range w.Standings {
			if !slices.Contains(standings, s) {
				c.problems.Add(spec.Index(spec.Join(path, "standings"), j), "%q is no standing", s)
			}
		}
		c.severity(spec.Join(path, "severity"), w.Severity)
	}
}

// skills checks what plans need against what members know.
func (c *check) skills() {
	for i, p := range c.h.Plans {
		path := spec.Join(spec.Index("plans", i), "needs")
		for _, act := range slices.Sorted(maps.Keys(p.Needs)) {
			if !slices.Contains([]string{actDraft, actApprove, actSend}, act) {
				c.problems.Add(spec.Join(path, act), "there is no such act: it is one of %s, %s, %s", actDraft, actApprove, actSend)
			}
			for j, skill := range p.Needs[act] {
				if !slices.ContainsFunc(c.h.Members, func(m Member) bool {
					return !m.Left && (&member{Member: m}).lacks([]string{skill}, "") == ""
				}) {
					c.problems.Add(spec.Index(spec.Join(path, act), j), "nobody holds %q", skill)
				}
			}
		}
		c.able(spec.Index("plans", i), p)
	}
}

// able checks that the owner and the back-ups who are named themselves can draft, and see what they are to answer for.
func (c *check) able(path string, p Plan) {
	for i, id := range append([]string{p.Owner}, p.Backups...) {
		at := spec.Join(path, "owner")
		if i > 0 {
			at = spec.Index(spec.Join(path, "backups"), i-1)
		}
		n, ok := c.people[id]
		if !ok {
			continue
		}
		m := c.h.Members[n]
		if skill := (&member{Member: m}).lacks(p.Needs[actDraft], ""); skill != "" {
			c.problems.Add(at, "%s does not hold %q, which a draft of this plan needs", id, skill)
		}
		d := Directory{locations: c.h.Locations}
		blind := len(p.Locations) == 0
		for _, place := range p.Locations {
			blind = blind || d.placed(m.Locations, Matter{Location: place}) < 0
		}
		if blind && len(m.Locations) > 0 {
			c.problems.Add(at, "%s sees only %s, and this plan is for more", id, strings.Join(m.Locations, ", "))
		}
	}
}
