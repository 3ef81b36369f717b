package hours_test

import (
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation/hours"
)

// zones are all the ways a clock is known to change: by an hour, by half of one, at midnight, at a minute past
// midnight, by two hours, by a whole day, in a month that moves with the moon, and never.
var zones = []string{
	"UTC", "America/New_York", "Europe/Berlin", "Europe/London", "Australia/Lord_Howe", "America/Santiago",
	"America/Havana", "America/St_Johns", "America/Sao_Paulo", "Antarctica/Troll", "Pacific/Apia",
	"Pacific/Kwajalein", "Africa/Casablanca", "Africa/Cairo", "Asia/Gaza", "Asia/Tehran", "Asia/Kathmandu",
	"America/Asuncion", "America/Caracas", "America/Nuuk", "America/Mexico_City", "Asia/Beirut", "Asia/Pyongyang",
	"Asia/Kolkata", "Asia/Dhaka", "Atlantic/Azores", "Australia/Sydney", "Europe/Dublin", "Europe/Istanbul",
	"Europe/Lisbon", "Europe/Moscow", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati", "Pacific/Tongatapu",
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	require.NoError(t, err)
	return loc
}

// at reads "2026-03-08 02:30" as if it were UTC.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	x, err := time.Parse("2006-01-02 15:04", s)
	require.NoError(t, err)
	return x
}

func resolve(loc *time.Location, wall time.Time) (first, last time.Time, kind hours.Kind) {
	y, mo, d := wall.Date()
	return hours.Resolve(loc, y, mo, d, wall.Hour(), wall.Minute(), wall.Second())
}

func TestResolve(t *testing.T) {
	for _, row := range []struct{ reason, zone, wall, first, last, kind string }{
		{"a gap gives the first valid instant, not 06:30Z before it",
			"America/New_York", "2026-03-08 02:30", "2026-03-08 07:00", "2026-03-08 07:00", "gap"},
		{"a gap gives the first valid instant, not 01:30Z after it",
			"Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:00", "2026-03-29 01:00", "gap"},
		{"a gap may be half an hour long",
			"Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30", "2026-10-03 15:30", "gap"},
		{"a gap at midnight is still on the date that was asked for",
			"America/Santiago", "2026-09-06 00:00", "2026-09-06 04:00", "2026-09-06 04:00", "gap"},
		{"a time shown twice has a first and a last instant",
			"America/New_York", "2026-11-01 01:30", "2026-11-01 05:30", "2026-11-01 06:30", "fold"},
		{"time.Date would give the second here",
			"Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30", "2026-10-25 01:30", "fold"},
		{"the end of a gap is shown once",
			"America/New_York", "2026-03-08 03:00", "2026-03-08 07:00", "2026-03-08 07:00", "ok"},
		{"the minute before a gap is shown once",
			"America/New_York", "2026-03-08 01:59", "2026-03-08 06:59", "2026-03-08 06:59", "ok"},
		{"the beginning of a gap belongs to it",
			"America/New_York", "2026-03-08 02:00", "2026-03-08 07:00", "2026-03-08 07:00", "gap"},
		{"the end of a fold is shown once",
			"America/New_York", "2026-11-01 02:00", "2026-11-01 07:00", "2026-11-01 07:00", "ok"},
		{"a date that a zone skipped begins when the next does",
			"Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00", "2011-12-30 10:00", "gap"},
		{"UTC has neither", "UTC", "2026-03-08 02:30", "2026-03-08 02:30", "2026-03-08 02:30", "ok"},
	} {
		first, last, kind := resolve(zone(t, row.zone), at(t, row.wall))
		name := row.reason + ": " + row.zone + " " + row.wall
		assert.Equal(t, at(t, row.first), first, "first: %s", name)
		assert.Equal(t, at(t, row.last), last, "last: %s", name)
		assert.Equal(t, hours.Kind(row.kind), kind, name)
	}
}

func TestResolveCarriesOver(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	first, _, kind := hours.Resolve(berlin, 2026, time.December, 31, 24, 0, 0)
	assert.Equal(t, at(t, "2026-12-31 23:00"), first, "hour 24 is the next midnight")
	assert.Equal(t, hours.OK, kind)

	first, last, kind := hours.Resolve(nil, 2026, time.June, 31, 12, 0, 0)
	assert.Equal(t, at(t, "2026-07-01 12:00"), first, "a nil zone is UTC, the 31st of June the 1st of July")
	assert.Equal(t, first, last)
	assert.Equal(t, hours.OK, kind)

	hours.Resolve(berlin, 1<<40, 1<<40, 1<<40, -1<<40, 1<<40, 1<<40) // an answer, and no hang
}

// slowResolve looks at every minute for which the wall time can be meant.
func slowResolve(loc *time.Location, wall time.Time) (first, last time.Time, kind hours.Kind) {
	var after time.Time
	for t := wall.Add(-16 * time.Hour); t.Before(wall.Add(16 * time.Hour)); t = t.Add(time.Minute) {
		switch shown := wallOf(t, loc); {
		case shown.Equal(wall):
			if kind = hours.Fold; first.IsZero() {
				first, kind = t, hours.OK
			}
			last = t
		case after.IsZero() && shown.After(wall):
			after = t
		}
	}
	if first.IsZero() {
		return after, after, hours.Gap
	}
	return first, last, kind
}

// wallOf is what a clock in loc shows at t, written as if it were UTC.
func wallOf(t time.Time, loc *time.Location) time.Time {
	_, offset := t.In(loc).Zone()
	return t.Add(time.Duration(offset) * time.Second).UTC()
}

// nearChange is an instant between 1973 and 2100, mostly within two days of a change of the clock.
func nearChange(r *rand.Rand, loc *time.Location) time.Time {
	t := time.Date(1973, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.Int64N(127*365*24*60)) * time.Minute)
	if _, end := t.In(loc).ZoneBounds(); !end.IsZero() && r.IntN(5) > 0 {
		t = end.UTC().Truncate(time.Minute).Add(time.Duration(r.IntN(4*24*60)-2*24*60) * time.Minute)
	}
	return t
}

func TestResolveIsTheSlowOne(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	kinds := map[hours.Kind]int{}
	for _, name := range zones {
		loc := zone(t, name)
		for range 250 {
			wall := wallOf(nearChange(r, loc), loc)
			if r.IntN(2) == 0 { // the hour in which most clocks change
				wall = wall.Truncate(24 * time.Hour).Add(time.Duration(r.IntN(240)-30) * time.Minute)
			}
			first, last, kind := resolve(loc, wall)
			wantFirst, wantLast, want := slowResolve(loc, wall)
			require.Equal(t, want, kind, "%s %s", name, wall)
			require.Equal(t, wantFirst, first, "%s %s", name, wall)
			require.Equal(t, wantLast, last, "%s %s", name, wall)
			kinds[kind]++
		}
	}
	assert.Greater(t, kinds[hours.Gap], 20, "the test meets gaps")
	assert.Greater(t, kinds[hours.Fold], 20, "the test meets folds")
}
