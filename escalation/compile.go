package escalation

import (
	"maps"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/mention/spec"
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
	c.members()
	c.teams()
	c.ladders()
	c.plans()
	if err := c.problems.Err(); err != nil {
		return nil, err
	}
	d := h.directory(calendars)
	d.zone = opts.Zone
	for i, l := range h.Ladders {
		if len(d.everybody(l.Fallback)) == 0 {
			c.problems.Add(spec.Join(spec.Index("ladders", i), "fallback"),
				"%s has left and nobody stands in: the ladder would end in silence", l.Fallback)
		}
	}
	if err := c.problems.Err(); err != nil {
		return nil, err
	}
	return d, nil
}

// directory puts what has been checked where it is looked up.
func (h Hierarchy) directory(calendars map[string]*hours.Calendar) *Directory {
	d := &Directory{
		members: make(map[string]*member, len(h.Members)),
		teams:   make(map[string]Team, len(h.Teams)),
		ladders: make(map[string]*Ladder, len(h.Ladders)),
	}
	for _, m := range h.Members {
		d.members[m.ID] = &member{Member: m, hours: calendars[m.Calendar]}
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
		if d.plans = append(d.plans, x); p.names() == 0 {
			d.rest = x
		}
	}
	return d
}

// clone copies the hierarchy, so that whoever wrote it may go on writing.
func (h Hierarchy) clone() Hierarchy {
	h.Members = each(h.Members, Member.clone)
	h.Teams = each(h.Teams, Team.clone)
	h.Calendars = slices.Clone(h.Calendars) // a week is compiled at once and not looked at again
	h.Ladders = each(h.Ladders, func(l Ladder) Ladder {
		l.Levels = each(l.Levels, func(x Level) Level {
			x.To = slices.Clone(x.To)
			return x
		})
		return l
	})
	h.Plans = each(h.Plans, func(p Plan) Plan {
		p.Categories, p.Severities = slices.Clone(p.Categories), slices.Clone(p.Severities)
		p.Brands, p.Countries, p.Langs = slices.Clone(p.Brands), slices.Clone(p.Countries), slices.Clone(p.Langs)
		p.Backups, p.Objectives = slices.Clone(p.Backups), maps.Clone(p.Objectives)
		return p
	})
	return h
}

func (m Member) clone() Member {
	m.Contacts, m.Skills, m.Deputies = slices.Clone(m.Contacts), slices.Clone(m.Skills), slices.Clone(m.Deputies)
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
