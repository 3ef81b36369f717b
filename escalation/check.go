package escalation

import (
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

// ownerWord stands in a level for the owner of the matter.
const ownerWord = "owner"

// mostRepeats keeps a ladder from going round for ever before it comes to its fallback.
const mostRepeats = 100

// A check collects what is wrong with a hierarchy.
type check struct {
	h        Hierarchy
	problems spec.Problems
	people   map[string]int // members, by id, to their place
	groups   map[string]bool
	weeks    map[string]bool
	rungs    map[string]bool
	places   map[string]bool
}

// calendars compiles every calendar that can be.
func (c *check) calendars(zone func(string) (*time.Location, error)) map[string]*hours.Calendar {
	compiled := make(map[string]*hours.Calendar)
	c.weeks = make(map[string]bool)
	for i, cal := range c.h.Calendars {
		path := spec.Index("calendars", i)
		c.unique(path, cal.ID, c.weeks)
		loc, err := time.UTC, error(nil)
		if cal.Zone == "" || cal.Zone == "Local" {
			c.problems.Add(spec.Join(path, "zone"), "%q is not a zone: write its IANA name, like Europe/Madrid", cal.Zone)
		} else if loc, err = zone(cal.Zone); err == nil && loc == nil {
			c.problems.Add(spec.Join(path, "zone"), "there is no zone %q", cal.Zone)
		}
		c.problems.Merge(spec.Join(path, "zone"), err)
		week, err := cal.Week.Compile(loc)
		c.problems.Merge(spec.Join(path, "week"), err)
		compiled[cal.ID] = week
	}
	return compiled
}

// ids finds ids that are missing or there twice. Members and teams stand in the same lists and share one set.
func (c *check) ids() {
	c.people, c.groups, c.rungs = make(map[string]int), make(map[string]bool), make(map[string]bool)
	taken := map[string]bool{ownerWord: true}
	for i, m := range c.h.Members {
		c.unique(spec.Index("members", i), m.ID, taken)
		if _, twice := c.people[m.ID]; !twice {
			c.people[m.ID] = i
		}
	}
	for i, t := range c.h.Teams {
		c.unique(spec.Index("teams", i), t.ID, taken)
		c.groups[t.ID] = true
	}
	for i, r := range c.h.Rosters { // that two rosters have one id is noted with the rosters
		if r.ID != "" && taken[r.ID] {
			c.problems.Add(spec.Join(spec.Index("rosters", i), "id"), "%q is the id of a member or a team too: use another", r.ID)
		}
	}
	for _, r := range c.h.Rosters {
		c.groups[r.ID] = true
	}
	for i, l := range c.h.Ladders {
		c.unique(spec.Index("ladders", i), l.ID, c.rungs)
	}
	plans := make(map[string]bool)
	for i, p := range c.h.Plans {
		c.unique(spec.Index("plans", i), p.ID, plans)
	}
}

// unique notes an id that is empty, or taken, and takes it.
func (c *check) unique(path, id string, taken map[string]bool) {
	switch {
	case id == "":
		c.problems.Add(spec.Join(path, "id"), "there is no id")
	case taken[id] && id == ownerWord:
		c.problems.Add(spec.Join(path, "id"), "owner is a word of its own in ladders: use another id")
	case taken[id]:
		c.problems.Add(spec.Join(path, "id"), "%q is the id of another", id)
	}
	taken[id] = true
}

func (c *check) member(path, id string) {
	if _, ok := c.people[id]; ok {
		return
	}
	switch {
	case c.groups[id]:
		c.problems.Add(path, "%q is a team: name one member", id)
	case id == "":
		c.problems.Add(path, "nobody is named")
	default:
		c.problems.Add(path, "there is no member %q", id)
	}
}

func (c *check) calendar(path, id string) {
	if id != "" && !c.weeks[id] {
		c.problems.Add(path, "there is no calendar %q", id)
	}
}

func (c *check) members() {
	for i, m := range c.h.Members {
		path := spec.Index("members", i)
		if len(m.Contacts) == 0 && !m.Left {
			c.problems.Add(spec.Join(path, "contacts"), "%s has no contact and could not be told of anything", m.ID)
		}
		for j, x := range m.Contacts {
			if x.Kind == "" || x.Address == "" {
				c.problems.Add(spec.Index(spec.Join(path, "contacts"), j), "a contact needs a kind and an address")
			}
		}
		c.calendar(spec.Join(path, "calendar"), m.Calendar)
		c.calendar(spec.Join(path, "quiet"), m.Quiet)
		if m.Boss != "" {
			c.member(spec.Join(path, "boss"), m.Boss)
		}
		for j, id := range m.Deputies {
			c.member(spec.Index(spec.Join(path, "deputies"), j), id)
			if id == m.ID {
				c.problems.Add(spec.Index(spec.Join(path, "deputies"), j), "%s cannot be the deputy of himself", id)
			}
		}
		c.person(path, m)
		for j, a := range m.Authority {
			c.authority(spec.Index(spec.Join(path, "authority"), j), a)
		}
	}
	c.bosses()
}

// bosses finds circles of bosses, each once.
func (c *check) bosses() {
	from := make([]int, len(c.h.Members)) // which walk has been here, from 1
	for start := range c.h.Members {
		i, ok := start, true
		for ok && from[i] == 0 {
			from[i] = start + 1
			i, ok = c.boss(i)
		}
		if ok && from[i] == start+1 {
			c.circle(i)
		}
	}
}

// boss is the place of a member's boss.
func (c *check) boss(i int) (int, bool) {
	n, ok := c.people[c.h.Members[i].Boss]
	return n, ok && c.h.Members[i].Boss != ""
}

// circle notes the circle of bosses that a member is part of, at its first member.
func (c *check) circle(i int) {
	first := i
	for n, _ := c.boss(i); n != i; n, _ = c.boss(n) {
		first = min(first, n)
	}
	way := []string{c.h.Members[first].ID}
	for n, _ := c.boss(first); n != first; n, _ = c.boss(n) {
		way = append(way, c.h.Members[n].ID)
	}
	c.problems.Add(spec.Join(spec.Index("members", first), "boss"), "a circle of bosses: %s", strings.Join(append(way, way[0]), " -> "))
}

func (c *check) authority(path string, a Authority) {
	if a.Act == "" {
		c.problems.Add(spec.Join(path, "act"), "the authority does not say for what: approve, declare, grant")
	}
	c.severity(spec.Join(path, "severity"), a.Severity)
	limit := spec.Join(path, "limit")
	switch {
	case a.Limit.Minor < 0:
		c.problems.Add(limit, "a limit is not negative")
	case a.Limit.Minor > 0 && a.Limit.Currency == "":
		c.problems.Add(limit, "a limit needs a currency")
	}
	scopes := []string{"case", "customer", "day", "month"}
	switch {
	case a.Scope != "" && !slices.Contains(scopes, a.Scope):
		c.problems.Add(spec.Join(path, "scope"), "%q is none of %s", a.Scope, strings.Join(scopes, ", "))
	case a.Scope == "" && a.Limit != Money{}:
		c.problems.Add(spec.Join(path, "scope"), "a limit without a scope: write what it is for, one of %s",
			strings.Join(scopes, ", "))
	}
}

func (c *check) severity(path string, s triage.Severity) {
	if s < triage.Routine || s > triage.Crisis {
		c.problems.Add(path, "%s is none of routine, elevated, serious, crisis", s)
	}
}

func (c *check) teams() {
	for i, t := range c.h.Teams {
		path := spec.Join(spec.Index("teams", i), "members")
		if len(t.Members) == 0 {
			c.problems.Add(path, "nobody is in team %s", t.ID)
		}
		for j, id := range t.Members {
			c.member(spec.Index(path, j), id)
		}
	}
}

func (c *check) ladders() {
	for i, l := range c.h.Ladders {
		path := spec.Index("ladders", i)
		if len(l.Levels) == 0 {
			c.problems.Add(spec.Join(path, "levels"), "a ladder needs a level")
		}
		if l.Repeat < 0 || l.Repeat > mostRepeats {
			c.problems.Add(spec.Join(path, "repeat"), "%d is not between 0 and %d", l.Repeat, mostRepeats)
		}
		switch {
		case l.Fallback == "":
			c.problems.Add(spec.Join(path, "fallback"), "without a fallback the ladder ends in silence: name a member or a team")
		case !c.groups[l.Fallback]:
			c.member(spec.Join(path, "fallback"), l.Fallback)
		}
		c.patience(path, l)
		for j, x := range l.Levels {
			c.level(spec.Index(spec.Join(path, "levels"), j), x)
		}
	}
}

func (c *check) level(path string, l Level) {
	if len(l.To) == 0 {
		c.problems.Add(spec.Join(path, "to"), "the level tells nobody")
	}
	for i, id := range l.To {
		if id != ownerWord && !c.groups[id] {
			c.member(spec.Index(spec.Join(path, "to"), i), id)
		}
	}
	if l.Wait <= 0 || l.Wait.Std() > longestWait {
		c.problems.Add(spec.Join(path, "wait"), "%s is no time to answer in", l.Wait)
	}
	if l.Empty != "" && l.Empty != pass && l.Empty != hold {
		c.problems.Add(spec.Join(path, "empty"), "%q is neither pass nor hold", l.Empty)
	}
}
