package roster

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/mention/spec"
)

// Options are what the ids of a Book mean. Calendar and Member are needed.
type Options struct {
	Calendar func(id string) (*hours.Calendar, bool) // the compiled calendar of that id
	Member   func(id string) error                   // what is wrong with a member's id; nil when nothing is
	Left     func(id string) bool                    // who takes no turns any more, though he is named; nil is nobody
}

// A Schedule is a compiled Book. It never changes and is safe for concurrent use. Instants may be given in any zone and
// come back in UTC; it answers between the years 1 and 9999.
type Schedule struct {
	ids     []string // of the rosters, as written
	rosters map[string]*roster
	covers  []Cover            // as written
	away    map[string][]Cover // those that are leave, by who has it
	left    func(id string) bool
}

// A roster is its layers, the one that is looked at first in front.
type roster struct {
	id      string
	hours   *hours.Calendar // when somebody must be on duty; nil is always
	layers  [][]*rotation
	members []string // everybody who takes a turn, in order, each once
	covers  []Cover  // those that may change it
}

// Compile checks the book as a whole. The error is of type spec.Problems and holds everything that is wrong, each with
// its path. The Schedule keeps nothing of b.
func (b Book) Compile(o Options) (*Schedule, error) {
	c := check{o: o, schedule: &Schedule{rosters: make(map[string]*roster), away: make(map[string][]Cover), left: o.Left}}
	for i, r := range b.Rosters {
		c.roster(spec.Index("rosters", i), r)
	}
	for i, x := range b.Covers {
		c.cover(spec.Index("covers", i), x)
	}
	c.circles(b.Covers)
	if err := c.problems.Err(); err != nil {
		return nil, err
	}
	s := c.schedule
	for _, x := range b.Covers {
		x.From, x.To = within(x.From), within(x.To)
		s.covers = append(s.covers, x)
		if x.Kind == Leave {
			s.away[x.Who] = append(s.away[x.Who], x)
		}
	}
	for _, id := range s.ids {
		r := s.rosters[id]
		for _, x := range s.covers {
			if x.Roster == "" || x.Roster == r.id {
				r.covers = append(r.covers, x)
			}
		}
	}
	return s, nil
}

// rotation compiles what is right of a rotation.
func (c *check) rotation(path string, in Rotation) *rotation {
	r := &rotation{unit: in.Every, n: max(in.N, 1), weekdays: in.Weekdays}
	var known bool
	if r.hours, known = c.o.Calendar(in.Calendar); !known {
		c.problems.Add(spec.Join(path, "calendar"), "there is no calendar %q: a rotation needs one for its zone", in.Calendar)
	}
	c.rhythm(path, in)
	at := c.timeOfDay(spec.Join(path, "at"), in.At)
	begins := append([]Change{{From: in.From, Slots: in.Slots}}, in.Changes...)
	for i, x := range begins {
		under := path
		if i > 0 {
			under = spec.Index(spec.Join(path, "changes"), i-1)
		}
		start := c.date(spec.Join(under, "from"), x.From)
		switch n := len(r.phases); {
		case start.IsZero():
		case n > 0 && !start.Add(at).After(r.phases[n-1].start):
			c.problems.Add(spec.Join(under, "from"), "%s is not later than the order before it", x.From)
		case in.Weekdays && (start.Weekday() == time.Saturday || start.Weekday() == time.Sunday):
			c.problems.Add(spec.Join(under, "from"), "%s is a %s, and only weekdays count", x.From, start.Weekday())
		}
		c.slots(spec.Join(under, "slots"), x.Slots)
		p := phase{start: start.Add(at), slots: slices.Clone(x.Slots)}
		if r.hours != nil {
			p.begin = first(r.hours.Location(), p.start)
		}
		r.phases = append(r.phases, p)
	}
	return r
}
