package hours

import (
	"iter"
	"slices"
	"time"
)

// A Calendar is a compiled Week in one zone. It never changes and is safe for concurrent use. Every instant it returns
// is in UTC. It answers between the years 1 and 9999, the span JSON can write: an instant outside is taken as the
// nearest end.
type Calendar struct {
	loc    *time.Location
	week   [7][]stretch        // by weekday, sorted, none touching another
	dates  map[int64][]stretch // by day since 1970, instead of the week
	sorted []int64             // the days of dates
	weekly time.Duration       // open time of a week without dates or a change of the clock
}

var (
	earliest = time.Date(1, 1, 3, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(9999, 12, 30, 0, 0, 0, 0, time.UTC)
)

const (
	week    = 7 * 24 * time.Hour
	longest = time.Duration(1<<63 - 1)
)

// Location is the zone that the calendar is in.
func (c *Calendar) Location() *time.Location { return c.loc }

// always reports whether the calendar never closes.
func (c *Calendar) always() bool { return c.weekly == week && len(c.dates) == 0 }

// Open reports whether t lies in an open span. The first instant of a span is open, the last is not.
func (c *Calendar) Open(t time.Time) bool {
	if c.always() {
		return true
	}
	t = within(t)
	for from := range c.spans(t) {
		return from.Equal(t)
	}
	return false
}

// Next is the first open instant at or after t. It reports false when the calendar does not open again.
func (c *Calendar) Next(t time.Time) (time.Time, bool) {
	for from := range c.spans(within(t)) {
		return from, true
	}
	return time.Time{}, false
}

// Closes is when the opening that holds t ends, spans that touch taken as one. It reports false when t is not open, or
// when it never closes.
func (c *Calendar) Closes(t time.Time) (time.Time, bool) {
	t = within(t)
	if !c.Open(t) {
		return time.Time{}, false
	}
	for closed := false; t.Before(latest); {
		if c.weekly == week { // only a date can close it
			next, ok := c.dateFrom(t)
			if !ok {
				break
			}
			t = later(t, next)
		}
		if t, closed = c.run(t, t.Add(week)); closed {
			return t, true
		}
	}
	return time.Time{}, false
}

// run follows spans that touch from t on, to the end of the last or past until.
func (c *Calendar) run(t, until time.Time) (end time.Time, closed bool) {
	for from, to := range c.spans(t) {
		if from.After(t) {
			return t, true
		}
		if t = to; t.After(until) {
			return t, false
		}
	}
	return latest, false
}

// Add is the instant at which d of open time has passed since t: the earliest, so that an hour after Friday 16:00 is
// Friday 17:00 and not Monday 09:00. With a negative d it is the latest instant from which d of open time passes until
// t. Add of 0 is t. What does not pass before the year 9999 ends there.
func (c *Calendar) Add(t time.Time, d time.Duration) time.Time {
	t = within(t)
	switch {
	case d == 0:
		return t
	case c.always():
		return within(t.Add(d))
	case d < 0:
		return c.subtract(t, d)
	}
	for t.Before(latest) {
		if d > c.weekly {
			n := min(c.steady(t, latest), int64((d-1)/c.weekly))
			t, d = t.AddDate(0, 0, int(7*n)), d-time.Duration(n)*c.weekly
		}
		until := t.Add(week)
		for from, to := range c.spans(t) {
			if !from.Before(until) {
				break
			}
			open := earlier(to, until).Sub(from)
			if d <= open {
				return from.Add(d)
			}
			d -= open
		}
		t = until
	}
	return latest
}

// subtract steps back far enough to hold d of open time, ever further, and adds what is too much.
func (c *Calendar) subtract(t time.Time, d time.Duration) time.Time {
	d = -max(d, -longest)
	for step := int64(7); ; step *= 4 {
		begin := earliest
		if days := int64(t.Sub(earliest) / (24 * time.Hour)); step < days {
			begin = t.AddDate(0, 0, -int(step))
		}
		open := c.Measure(begin, t)
		if open < d && begin.After(earliest) {
			continue
		}
		at, ok := c.Next(c.Add(begin, max(0, open-d)))
		if !ok || at.After(t) {
			return t
		}
		return at
	}
}

// Measure is how much open time lies between a and b; negative when b is before a. What is longer than a Duration can
// hold, some 292 years, is given as the longest.
func (c *Calendar) Measure(a, b time.Time) time.Duration {
	a, b = within(a), within(b)
	if b.Before(a) {
		return -c.Measure(b, a)
	}
	if c.always() {
		return b.Sub(a)
	}
	var sum time.Duration
	for a.Before(b) && sum < longest {
		n := c.steady(a, b)
		if n > 0 {
			a, sum = a.AddDate(0, 0, int(7*n)), add(sum, time.Duration(n)*c.weekly)
		}
		until := earlier(b, a.Add(week))
		for from, to := range c.spans(a) {
			if !from.Before(until) {
				break
			}
			sum = add(sum, earlier(to, until).Sub(from))
		}
		a = until
	}
	return sum
}

// AddDays is t moved by n calendar days on the wall: the same time of day n dates later, whatever the clock did in
// between. In a gap it is the first instant after, in a fold the first of the two. Opening hours do not touch it.
func (c *Calendar) AddDays(t time.Time, n int) time.Time {
	t = within(t)
	if n == 0 {
		return t
	}
	local := t.In(c.loc)
	y, mo, d := local.Date()
	h, mi, s := local.Clock()
	first, _, kind := Resolve(c.loc, y, mo, d+min(max(n, -1<<22), 1<<22), h, mi, s)
	if kind != Gap {
		first = first.Add(time.Duration(local.Nanosecond()))
	}
	return within(first)
}

// spans gives the open time from t on, in order, cut at t, without overlaps; what touches is not joined. It begins with
// the spans of three days before: one may cross midnight, and a clock may have been put back by a day.
func (c *Calendar) spans(t time.Time) iter.Seq2[time.Time, time.Time] {
	return func(yield func(from, to time.Time) bool) {
		done := t
		for day := dayOf(t.In(c.loc)) - 3; ; day++ {
			midnight := time.Unix(day*dayMinutes*60, 0).UTC()
			if midnight.After(latest) {
				return
			}
			for _, s := range c.on(day) {
				end := midnight.Add(time.Duration(s.to) * time.Minute)
				if !end.Add(offsetMost).After(done) {
					continue // over in every zone
				}
				_, to, _ := resolve(c.loc, end)
				if !to.After(done) {
					continue
				}
				from, _, _ := resolve(c.loc, midnight.Add(time.Duration(s.from)*time.Minute))
				if from = later(from, done); !from.Before(to) {
					continue
				}
				if !yield(from, to) {
					return
				}
				done = to
			}
		}
	}
}

// on is what is open on a day, in minutes after its midnight.
func (c *Calendar) on(day int64) []stretch {
	if len(c.dates) > 0 {
		if s, ok := c.dates[day]; ok {
			return s
		}
	}
	return c.week[((day+4)%7+7)%7] // 1970 began on a Thursday
}

// steady is how many whole weeks from t on are each open for exactly c.weekly: no change of the clock and no date lies
// within three days of them.
func (c *Calendar) steady(t, until time.Time) int64 {
	const margin = 3 * 24 * time.Hour
	begin := t.Add(-margin)
	if _, end := begin.In(c.loc).ZoneBounds(); !end.IsZero() {
		until = earlier(until, end.Add(-margin))
	}
	if next, ok := c.dateFrom(begin); ok {
		until = earlier(until, next.Add(-margin))
	}
	return max(0, int64(until.Sub(t)/week)) // Sub stops at 292 years: the caller asks again
}

// dateFrom is about when the first date of the calendar begins whose day ends after t, to a day.
func (c *Calendar) dateFrom(t time.Time) (time.Time, bool) {
	i, _ := slices.BinarySearch(c.sorted, dayOf(t)-1)
	if i == len(c.sorted) {
		return time.Time{}, false
	}
	return time.Unix((c.sorted[i]-1)*dayMinutes*60, 0).UTC(), true
}

// dayOf counts the date of t, as t's zone has it, from 1970.
func dayOf(t time.Time) int64 {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (dayMinutes * 60)
}

// within is t in UTC, without the monotonic reading that Sub would look at, between the ends.
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

// add stops at the longest duration instead of turning negative.
func add(a, b time.Duration) time.Duration {
	if a > longest-b {
		return longest
	}
	return a + b
}
