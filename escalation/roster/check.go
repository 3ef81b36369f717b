package roster

import (
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention/spec"
)

// most is the greatest N of a rotation.
const most = 1000

// A check compiles a book and collects what is wrong with it.
type check struct {
	o        Options
	schedule *Schedule
	problems spec.Problems
}

func (c *check) roster(path string, in Roster) {
	r := &roster{id: in.ID}
	switch _, twice := c.schedule.rosters[in.ID]; {
	case in.ID == "":
		c.problems.Add(spec.Join(path, "id"), "there is no id")
	case twice:
		c.problems.Add(spec.Join(path, "id"), "%q is the id of another", in.ID)
	}
	if in.Hours != "" {
		var known bool
		if r.hours, known = c.o.Calendar(in.Hours); !known {
			c.problems.Add(spec.Join(path, "hours"), "there is no calendar %q", in.Hours)
		}
	}
	if len(in.Layers) == 0 {
		c.problems.Add(spec.Join(path, "layers"), "a roster needs a layer")
	}
	for i, l := range in.Layers {
		under := spec.Join(spec.Index(spec.Join(path, "layers"), i), "rotations")
		if len(l.Rotations) == 0 {
			c.problems.Add(under, "a layer needs a rotation")
		}
		var layer []*rotation
		for j, x := range l.Rotations {
			layer = append(layer, c.rotation(spec.Index(under, j), x))
			r.add(x)
		}
		r.layers = append(r.layers, layer)
	}
	if len(in.Layers) > 0 && len(r.members) == 0 {
		c.problems.Add(spec.Join(path, "layers"), "no slot names anybody: nobody would ever be on duty")
	}
	slices.Reverse(r.layers)
	if !slices.Contains(c.schedule.ids, in.ID) {
		c.schedule.ids = append(c.schedule.ids, in.ID)
		c.schedule.rosters[in.ID] = r
	}
}

// add notes who takes turns.
func (r *roster) add(x Rotation) {
	all := slices.Clone(x.Slots)
	for _, change := range x.Changes {
		all = append(all, change.Slots...)
	}
	for _, id := range all {
		if id != "" && !slices.Contains(r.members, id) {
			r.members = append(r.members, id)
		}
	}
}

func (c *check) rhythm(path string, in Rotation) {
	units := []Unit{Hour, Day, Week, Month}
	if !slices.Contains(units, in.Every) {
		c.problems.Add(spec.Join(path, "every"), "%q is none of %s, %s, %s, %s", in.Every, Hour, Day, Week, Month)
	}
	if in.N < 0 || in.N > most {
		c.problems.Add(spec.Join(path, "n"), "%d is not between 0 and %d", in.N, most)
	}
	if in.Weekdays && in.Every != Day {
		c.problems.Add(spec.Join(path, "weekdays"), "only days are counted by weekdays: write every day")
	}
}

func (c *check) slots(path string, slots []string) {
	if len(slots) == 0 {
		c.problems.Add(path, "there is no slot: name a member, or write an empty one for nobody")
	}
	for i, id := range slots {
		if id != "" {
			c.member(spec.Index(path, i), id)
		}
	}
}

func (c *check) member(path, id string) { c.problems.Merge(path, c.o.Member(id)) }

// timeOfDay reads "09:00" as the time since midnight; empty is midnight.
func (c *check) timeOfDay(path, s string) time.Duration {
	if s == "" {
		return 0
	}
	t, err := time.Parse("15:04", s)
	if err != nil || len(s) != len("15:04") {
		c.problems.Add(path, "%q is not a time of day: write it like 09:00", s)
		return 0
	}
	return t.Sub(t.Truncate(24 * time.Hour))
}

// date reads "2026-03-02" as its midnight on the wall; zero when that is not possible.
func (c *check) date(path, s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 2 || t.Year() > 9990 {
		c.problems.Add(path, "%q is not a date: write it like 2026-12-25", s)
		return time.Time{}
	}
	return t
}

func (c *check) cover(path string, x Cover) {
	who, by, place := spec.Join(path, "who"), spec.Join(path, "by"), spec.Join(path, "roster")
	kinds := []CoverKind{Leave, Swap, Override, Temporary}
	switch {
	case !slices.Contains(kinds, x.Kind):
		c.problems.Add(spec.Join(path, "kind"), "%q is none of %s, %s, %s, %s", x.Kind, Leave, Swap, Override, Temporary)
	case x.Kind == Override && x.Roster == "":
		c.problems.Add(place, "an override needs a roster")
	case x.Kind == Override && x.Who != "":
		c.problems.Add(who, "an override is instead of whoever it would be: leave who out")
	case x.Kind == Leave && x.Roster != "":
		c.problems.Add(place, "leave is from every roster: leave roster out")
	}
	if x.Kind != Override || x.Who != "" {
		c.member(who, x.Who)
	}
	if x.Kind != Leave || x.By != "" {
		c.member(by, x.By)
	}
	if x.Who == x.By && x.Who != "" {
		c.problems.Add(by, "%s cannot stand in for himself", x.By)
	}
	if x.Roster != "" && c.schedule.rosters[x.Roster] == nil {
		c.problems.Add(place, "there is no roster %q", x.Roster)
	}
	switch {
	case x.From.IsZero() || x.To.IsZero():
		c.problems.Add(path, "a cover needs both from and to")
	case !x.From.Before(x.To):
		c.problems.Add(spec.Join(path, "to"), "the cover ends before it begins: it is empty")
	}
}

// circles finds covers that hand a turn round until it comes back: nobody would have it. It looks at the instants at
// which one of them begins, for no circle begins at another.
func (c *check) circles(covers []Cover) {
	hands := func(x Cover, at time.Time) bool {
		return (x.Kind == Leave || x.Kind == Temporary) && x.By != "" && x.active(at)
	}
	of := make(map[string][]int)
	for i, x := range covers {
		of[x.Who] = append(of[x.Who], i)
	}
	for i, start := range covers {
		if !hands(start, start.From) {
			continue
		}
		way, x, again := []string{start.Who}, start, false
		for len(way) <= len(covers) {
			way = append(way, x.By)
			j := slices.IndexFunc(of[x.By], func(j int) bool { return hands(covers[j], start.From) && x.meets(covers[j]) })
			if x.By == start.Who || j < 0 {
				break
			}
			x = covers[of[x.By][j]]
			again = again || of[x.Who][j] < i && x.From.Equal(start.From) // it was noted there
		}
		if x.By == start.Who && len(way) > 2 && !again {
			c.problems.Add(spec.Join(spec.Index("covers", i), "by"), "a circle of covers: %s", strings.Join(way, " -> "))
		}
	}
}

// meets reports whether two covers may change the same turn.
func (x Cover) meets(y Cover) bool { return x.Roster == "" || y.Roster == "" || x.Roster == y.Roster }

func (x Cover) active(at time.Time) bool { return !at.Before(x.From) && at.Before(x.To) }
