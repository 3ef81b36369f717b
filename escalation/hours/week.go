package hours

import (
	"maps"
	"slices"
	"time"

	"github.com/reputekit/reputation/mention/spec"
)

// A Week is opening hours as a person writes them: spans that come again each week, and dates that differ. The zero
// value is always open, and so is a Week with Dates only, but for them.
type Week struct {
	Open  []Span `json:"open,omitempty"`
	Dates []Date `json:"dates,omitempty"`
}

// Compile checks the week and puts it into a zone; nil is UTC. The error is of type spec.Problems and holds all that is
// wrong, each with its path: a day or a time of day that does not exist, an empty span, a list of spans without one, a
// date that does not exist or stands there twice.
func (w Week) Compile(loc *time.Location) (*Calendar, error) {
	if loc == nil {
		loc = time.UTC
	}
	c := &Calendar{loc: loc, dates: make(map[int64][]stretch)}
	var problems spec.Problems
	problems.Merge("", c.addWeek(w.Open))
	for i, d := range w.Dates {
		problems.Merge(spec.Index("dates", i), c.addDate(d))
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	c.sorted = slices.Sorted(maps.Keys(c.dates))
	c.weekly = c.measureWeek()
	return c, nil
}

// addWeek enters the spans under the days they begin on.
func (c *Calendar) addWeek(spans []Span) error {
	var problems spec.Problems
	switch {
	case spans == nil:
		spans = []Span{{From: "00:00", To: "24:00"}}
	case len(spans) == 0:
		problems.Add("open", "there is no span, so it would never open: leave open out for always")
	}
	for i, s := range spans {
		path := spec.Index("open", i)
		x, err := s.compile()
		problems.Merge(path, err)
		days := s.Days
		if len(days) == 0 {
			days = []string{"sun-sat"}
		}
		for j, name := range days {
			weekdays, err := weekdays(name)
			problems.Merge(spec.Index(spec.Join(path, "days"), j), err)
			for _, d := range weekdays {
				c.week[d] = append(c.week[d], x)
			}
		}
	}
	for d := range c.week {
		c.week[d] = union(c.week[d])
	}
	return problems.Err()
}

// addDate enters the spans of one date; none is closed.
func (c *Calendar) addDate(d Date) error {
	var problems spec.Problems
	on, err := time.Parse(time.DateOnly, d.On)
	if err != nil || on.Year() < 1 {
		problems.Add("on", "%q is not a date: write it like 2026-12-25", d.On)
	} else if _, twice := c.dates[dayOf(on)]; twice {
		problems.Add("on", "%s stands here twice", d.On)
	}
	open := []stretch{}
	for i, s := range d.Open {
		path := spec.Index("open", i)
		x, err := s.compile()
		problems.Merge(path, err)
		if len(s.Days) > 0 {
			problems.Add(spec.Join(path, "days"), "a date is one day: leave days out")
		}
		open = append(open, x)
	}
	if len(problems) == 0 {
		c.dates[dayOf(on)] = union(open)
	}
	return problems.Err()
}

// measureWeek is the open time of a week in which no clock changes. What runs over the end of Saturday is counted at
// its beginning.
func (c *Calendar) measureWeek() time.Duration {
	var all []stretch
	for d, spans := range c.week {
		for _, s := range spans {
			x := stretch{s.from + d*dayMinutes, s.to + d*dayMinutes}
			all = append(all, x)
			if over := x.to - 7*dayMinutes; over > 0 {
				all[len(all)-1].to = 7 * dayMinutes
				all = append(all, stretch{0, over})
			}
		}
	}
	var sum time.Duration
	for _, s := range union(all) {
		sum += time.Duration(s.to-s.from) * time.Minute
	}
	return sum
}
