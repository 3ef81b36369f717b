package roster

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation/hours"
)

// A rotation is a Rotation as it is asked. Wall times are written as if they were UTC.
type rotation struct {
	hours    *hours.Calendar
	unit     Unit
	n        int
	weekdays bool
	phases   []phase // by start
}

// A phase is one order, from its start until the next phase.
type phase struct {
	start time.Time // on the wall
	begin time.Time // the same as an instant
	slots []string
}

// look is who is on duty at t, empty for nobody, and until when that is so at least.
func (r *rotation) look(t time.Time) (who string, until time.Time) {
	i := r.phase(t)
	until = latest
	if i+1 < len(r.phases) {
		until = r.phases[i+1].begin
	}
	if i < 0 {
		return "", until
	}
	if !r.hours.Open(t) {
		if opens, ok := r.hours.Next(t); ok {
			until = earlier(until, opens)
		}
		return "", until
	}
	p := r.phases[i]
	k, ends := r.index(p, t)
	until = earlier(until, ends)
	if who = p.slots[k%len(p.slots)]; who == "" {
		return "", until
	}
	if closes, ok := r.hours.Closes(t); ok {
		until = earlier(until, closes)
	}
	return who, until
}

// phase is the one that holds at t, -1 before the first.
func (r *rotation) phase(t time.Time) int {
	i, same := slices.BinarySearchFunc(r.phases, t, func(p phase, t time.Time) int { return p.begin.Compare(t) })
	for same && i+1 < len(r.phases) && r.phases[i+1].begin.Equal(t) {
		i++ // two that begin inside one gap
	}
	if same {
		return i
	}
	return i - 1
}

// named is the first instant from t on at which it is the turn of one of the people, whether or not anything is open.
func (r *rotation) named(people []string, t time.Time) time.Time {
	for i := max(0, r.phase(t)); i < len(r.phases); i++ {
		p, end := r.phases[i], latest
		if i+1 < len(r.phases) {
			end = r.phases[i+1].begin
		}
		t = later(t, p.begin)
		k, next := r.index(p, t)
		for range p.slots {
			if !t.Before(end) {
				break
			}
			if slices.Contains(people, p.slots[k%len(p.slots)]) {
				return t
			}
			k++
			t, next = next, r.boundary(p, k+1)
		}
		t = end
	}
	return latest
}

// index counts the hand-overs of the phase until t, and says when the next is. The wall clock gives it but for a change
// of the clock in between.
func (r *rotation) index(p phase, t time.Time) (k int, ends time.Time) {
	k = max(0, r.about(p.start, wallOf(t, r.hours.Location())))
	for k > 0 && r.boundary(p, k).After(t) {
		k--
	}
	for ends = r.boundary(p, k+1); !ends.After(t); ends = r.boundary(p, k+1) {
		k++
	}
	return k, ends
}

// boundary is the instant of the k-th hand-over of a phase; the 0th is its beginning.
func (r *rotation) boundary(p phase, k int) time.Time {
	return first(r.hours.Location(), r.wall(p.start, k))
}

// wall is the k-th hand-over after start on the wall.
func (r *rotation) wall(start time.Time, k int) time.Time {
	k *= r.n
	switch {
	case r.unit == Hour:
		return start.AddDate(0, 0, k/24).Add(time.Duration(k%24) * time.Hour)
	case r.unit == Week:
		return start.AddDate(0, 0, 7*k)
	case r.unit == Month:
		y, m, d := start.Date()
		last := time.Date(y, m+time.Month(k)+1, 0, 0, 0, 0, 0, time.UTC)
		return last.AddDate(0, 0, min(d, last.Day())-last.Day()).Add(start.Sub(start.Truncate(24 * time.Hour)))
	case r.weekdays:
		monday := (int(start.Weekday()) + 6) % 7 // days since it; Compile has seen that start is none of a weekend
		return start.AddDate(0, 0, (monday+k)/5*7+(monday+k)%5-monday)
	}
	return start.AddDate(0, 0, k)
}

// about is how many hand-overs lie between two wall times, to one or two.
func (r *rotation) about(start, at time.Time) int {
	days := int((at.Unix() - start.Unix()) / (24 * 60 * 60))
	switch {
	case r.unit == Hour:
		return int((at.Unix()-start.Unix())/(60*60)) / r.n
	case r.unit == Week:
		return days / 7 / r.n
	case r.unit == Month:
		return ((at.Year()-start.Year())*12 + int(at.Month()-start.Month())) / r.n
	case r.weekdays:
		return days / 7 * 5 / r.n
	}
	return days / r.n
}

// turnOf is the first instant after t at which the calendar opens or closes.
func turnOf(c *hours.Calendar, t time.Time) time.Time {
	if c == nil {
		return latest
	}
	if c.Open(t) {
		if closes, ok := c.Closes(t); ok {
			return closes
		}
		return latest
	}
	if opens, ok := c.Next(t); ok {
		return opens
	}
	return latest
}

// first is the first instant at which a clock in loc shows the wall time, or has passed it.
func first(loc *time.Location, wall time.Time) time.Time {
	y, m, d := wall.Date()
	at, _, _ := hours.Resolve(loc, y, m, d, wall.Hour(), wall.Minute(), 0)
	return at
}

// wallOf is what a clock in loc shows at t.
func wallOf(t time.Time, loc *time.Location) time.Time {
	_, offset := t.In(loc).Zone()
	return t.Add(time.Duration(offset) * time.Second)
}

// The ends of what is answered: an instant outside is taken as the nearest of them.
var (
	earliest = time.Date(1, 1, 3, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(9999, 12, 30, 0, 0, 0, 0, time.UTC)
)

func within(t time.Time) time.Time { return later(earliest, earlier(t.Round(0).UTC(), latest)) }

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
