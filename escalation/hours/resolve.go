package hours

import "time"

// Kind says how a wall time lies in its zone.
type Kind string

// How a wall time lies in its zone. A clock that is put forward leaves a gap, one that is put back makes a fold.
const (
	OK   Kind = "ok"   // it is shown once
	Gap  Kind = "gap"  // it is never shown
	Fold Kind = "fold" // it is shown twice
)

// offsetMost is more than any clock was ever away from UTC (Manila had 15 h 56 min until 1844).
const offsetMost = 16 * time.Hour

// Resolve turns a wall time into instants, in UTC: the first and the last at which a clock in loc shows it. They differ
// in a fold only. In a gap both are the first valid instant after it. Values outside their usual range are carried over
// as time.Date does, so hour 24 is the next midnight. A nil loc is UTC.
//
// time.Date and AddDate pick a side of a gap or a fold that differs by zone; this does not.
func Resolve(loc *time.Location, year int, month time.Month, day, hour, minute, sec int) (
	first, last time.Time, kind Kind) {
	return resolve(loc, time.Date(year, month, day, hour, minute, sec, 0, time.UTC))
}

// resolve is Resolve for a wall time that is written as if it were UTC. It tries every offset that is in force near
// enough to show the wall time; there are seldom more than two.
//
// ZoneBounds is trusted for where to look only: beyond a zone's table it cuts years apart where nothing changes, and on
// the last day of a leap year it gives an end that has passed.
func resolve(loc *time.Location, wall time.Time) (first, last time.Time, kind Kind) {
	if loc == nil || loc == time.UTC {
		return wall, wall, OK
	}
	kind = Gap
	for at, until := wall.Add(-offsetMost), wall.Add(offsetMost); ; {
		from, to := at.In(loc).ZoneBounds()
		offset := offsetAt(at, loc)
		t := wall.Add(-offset)
		done := to.IsZero() || to.After(until) || at.After(until)
		shown := done && !from.After(t) || offsetAt(t, loc) == offset
		switch {
		case shown && kind == Gap:
			first, last, kind = t, t, OK
		case shown && t.After(last):
			last, kind = t, Fold
		case kind == Gap && first.IsZero() && t.Before(from):
			first = from.UTC() // the clock has jumped over it here
			last = first
		}
		if done {
			return first, last, kind
		}
		if !to.After(at) {
			to = at.Add(offsetMost / 2)
		}
		at = to
	}
}

func offsetAt(t time.Time, loc *time.Location) time.Duration {
	_, seconds := t.In(loc).Zone()
	return time.Duration(seconds) * time.Second
}
