package escalation

import (
	"maps"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
)

// Options are what Compile takes from the machine.
type Options struct {
	// Zone finds a zone by its IANA name. Nil means the function Zone, which needs the machine's zone data or an import of
	// time/tzdata in the program.
	Zone func(string) (*time.Location, error)
}

// Compile checks the hierarchy as a whole and returns the Directory that answers for it. The error is of type
// spec.Problems and holds everything that is wrong, each with its path. The Directory keeps nothing of h.
func (h Hierarchy) Compile(opts Options) (*Directory, error) {
	if opts.Zone == nil {
		opts.Zone = Zone
	}
	h = h.clone()
	c := check{h: h}
	calendars := c.calendars(opts.Zone)
	c.ids()
	zones := c.zones(opts.Zone)
	c.members()
	c.teams()
	schedule := c.rosters(calendars)
	c.within("locations", h.Locations)
	c.within("brands", h.Brands)
	c.ladders()
	c.plans()
	c.watches()
	c.skills()
	if err := c.problems.Err(); err != nil {
		return nil, err
	}
	d := h.directory(calendars, zones, schedule)
	d.zone = opts.Zone
	if err := d.problems(h).Err(); err != nil {
		return nil, err
	}
	return d, nil
}

// directory puts what has been checked where it is looked up.
func (h Hierarchy) directory(calendars map[string]*hours.Calendar, zones map[string]*time.Location,
	schedule *roster.Schedule) *Directory {
	d := &Directory{
		members: make(map[string]*member, len(h.Members)),
		teams:   make(map[string]Team, len(h.Teams)),
		ladders: make(map[string]*Ladder, len(h.Ladders)),
		watches: h.Watches, roster: schedule, rosters: schedule.Rosters(),
		locations: h.Locations, brands: h.Brands,
	}
	turns := h.turns(schedule)
	for _, m := range h.Members {
		d.members[m.ID] = &member{Member: m, hours: hoursOf(m, calendars), quiet: quietOf(m, calendars),
			zone: zones[m.ID], rosters: turns[m.ID], roster: schedule}
		d.ids = append(d.ids, m.ID)
	}
	for _, t := range h.Teams {
		d.teams[t.ID] = t
	}
	for _, l := range h.Ladders {
		d.ladders[l.ID] = &l
	}
	for _, p := range h.Plans {
		x := &plan{Plan: p, hours: calendars[p.Hours]}
		x.Langs = each(x.Langs, canonicalTag)
		d.spoken = d.spoken || len(x.Langs) > 0
		if d.plans = append(d.plans, x); p.forAll() {
			d.rest = x
		}
	}
	return d
}

// hoursOf is the member's calendar, nil when he has none.
func hoursOf(m Member, calendars map[string]*hours.Calendar) *hours.Calendar {
	if m.Calendar == "" {
		return nil
	}
	return calendars[m.Calendar]
}

// turns says of every member in which rosters he may have a turn: his own, and those in which covers may give him one.
func (h Hierarchy) turns(s *roster.Schedule) map[string][]string {
	in := make(map[string][]string)
	for _, r := range s.Rosters() {
		people := make(map[string]bool)
		for _, id := range s.Members(r) {
			people[id] = true
		}
		for before := -1; before != len(people); { // a cover may itself be covered
			before = len(people)
			for _, c := range h.Covers {
				if (c.Roster == "" || c.Roster == r) && (c.Kind == roster.Override || people[c.Who] ||
					c.Kind == roster.Swap && people[c.By]) {
					people[c.Who], people[c.By] = true, true
				}
			}
		}
		for _, m := range h.Members {
			if people[m.ID] {
				in[m.ID] = append(in[m.ID], r)
			}
		}
	}
	return in
}

// clone copies the hierarchy, so that whoever wrote it may go on writing.
func (h Hierarchy) clone() Hierarchy {
	h.Members = each(h.Members, Member.clone)
	h.Teams = each(h.Teams, Team.clone)
	h.Calendars = slices.Clone(h.Calendars) // a week is compiled at once and not looked at again
	h.Covers, h.Watches = slices.Clone(h.Covers), each(h.Watches, Watch.clone)
	h.Locations, h.Brands = maps.Clone(h.Locations), maps.Clone(h.Brands)
	h.Ladders = each(h.Ladders, func(l Ladder) Ladder {
		l.Levels = each(l.Levels, func(x Level) Level {
			x.To = slices.Clone(x.To)
			return x
		})
		return l
	})
	h.Plans = each(h.Plans, Plan.clone)
	return h
}

func (m Member) clone() Member {
	m.Contacts, m.Skills, m.Deputies = slices.Clone(m.Contacts), slices.Clone(m.Skills), slices.Clone(m.Deputies)
	m.Certified, m.Locations = slices.Clone(m.Certified), slices.Clone(m.Locations)
	m.Authority = each(m.Authority, func(a Authority) Authority {
		a.Categories = slices.Clone(a.Categories)
		return a
	})
	return m
}

func (t Team) clone() Team {
	t.Members = slices.Clone(t.Members)
	return t
}

// each copies a slice through a function.
func each[T any](in []T, f func(T) T) []T {
	out := slices.Clone(in)
	for i := range out {
		out[i] = f(out[i])
	}
	return out
}
