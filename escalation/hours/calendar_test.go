package hours_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation/hours"
)

func compile(t testing.TB, zoneName string, w hours.Week) *hours.Calendar {
	t.Helper()
	c, err := w.Compile(zone(t, zoneName))
	require.NoError(t, err)
	return c
}

func span(from, to string, days ...string) hours.Span {
	return hours.Span{Days: days, From: from, To: to}
}

var (
	office = hours.Week{Open: []hours.Span{span("09:00", "17:00", "mon-fri")}}
	always = hours.Week{}
	uk     = hours.Week{Open: office.Open, Dates: []hours.Date{{On: "2026-12-25"}, {On: "2026-12-28"}}}
	ukEve  = hours.Week{Open: office.Open, Dates: append([]hours.Date{
		{On: "2026-12-24", Open: []hours.Span{span("09:00", "13:00")}}}, uk.Dates...)}
	lunch = hours.Week{Open: []hours.Span{span("09:00", "12:00", "mon-fri"), span("13:00", "17:00", "mon-fri")}}
)

func TestAdd(t *testing.T) {
	for _, row := range []struct {
		reason, zone string
		week         hours.Week
		from         string // local
		add          time.Duration
		want         string // UTC
	}{
		{"over a weekend in which the clock goes forward",
			"America/New_York", office, "2026-03-06 16:30", time.Hour, "2026-03-09 13:30"},
		{"over a weekend in which it goes back",
			"America/New_York", office, "2026-10-30 16:30", time.Hour, "2026-11-02 14:30"},
		{"the last instant is closed: all of it falls on Monday",
			"America/New_York", office, "2026-03-06 17:00", time.Hour, "2026-03-09 14:00"},
		{"an end that is just reached is reached today",
			"America/New_York", office, "2026-03-06 16:00", time.Hour, "2026-03-06 22:00"},
		{"24 hours are 25 on the wall",
			"America/New_York", always, "2026-03-07 12:00", 24 * time.Hour, "2026-03-08 17:00"},
		{"24 hours are 23 on the wall",
			"America/New_York", always, "2026-10-31 12:00", 24 * time.Hour, "2026-11-01 16:00"},
		{"two holidays and a weekend", "Europe/London", uk, "2026-12-24 15:00", 4 * time.Hour, "2026-12-29 11:00"},
		{"a date with hours of its own", "Europe/London", ukEve, "2026-12-24 12:00", 4 * time.Hour, "2026-12-29 12:00"},
		{"lunch does not count", "Europe/London", lunch, "2026-06-16 11:30", time.Hour, "2026-06-16 12:30"},
		{"nothing added is the same instant, open or not",
			"Europe/London", office, "2026-06-20 11:30", 0, "2026-06-20 10:30"},
		{"taken away over a weekend",
			"America/New_York", office, "2026-03-09 09:30", -time.Hour, "2026-03-06 21:30"},
		{"taken away, the latest instant is meant",
			"America/New_York", office, "2026-03-09 10:00", -time.Hour, "2026-03-09 13:00"},
		{"taken away from a closed instant",
			"America/New_York", office, "2026-03-08 12:00", -time.Hour, "2026-03-06 21:00"},
	} {
		c := compile(t, row.zone, row.week)
		from, _, kind := resolve(zone(t, row.zone), at(t, row.from))
		require.Equal(t, hours.OK, kind)
		assert.Equal(t, at(t, row.want), c.Add(from, row.add), "%s: %s %s + %s", row.reason, row.zone, row.from, row.add)
	}
}

func TestMeasure(t *testing.T) {
	sunday := hours.Week{Open: []hours.Span{span("00:00", "06:00", "sun")}}
	night := hours.Week{Open: []hours.Span{span("22:00", "06:00", "sat")}}
	for _, row := range []struct {
		reason, zone string
		week         hours.Week
		from, to     string // UTC
		want         time.Duration
	}{
		{"an hour is skipped", "America/New_York", sunday, "2026-03-08 00:00", "2026-03-09 00:00", 5 * time.Hour},
		{"an hour comes twice", "America/New_York", sunday, "2026-11-01 00:00", "2026-11-02 00:00", 7 * time.Hour},
		{"the night an hour is skipped", "Europe/London", night, "2026-03-28 00:00", "2026-03-30 00:00", 7 * time.Hour},
		{"the night an hour comes twice", "Europe/London", night, "2026-10-24 00:00", "2026-10-26 00:00", 9 * time.Hour},
		{"from within the hour that comes twice, over weeks", "America/New_York",
			hours.Week{Open: []hours.Span{span("01:30", "02:00", "sun")}},
			"2026-11-01 06:10", "2026-11-15 06:10", 80 * time.Minute},
		{"closed by a time that is shown twice: its last is meant", "America/St_Johns",
			hours.Week{Open: []hours.Span{span("16:30", "01:00", "sat")}},
			"2030-11-02 00:00", "2030-11-04 00:00", 9*time.Hour + 30*time.Minute},
		{"any other night", "Europe/London", night, "2026-06-13 00:00", "2026-06-15 00:00", 8 * time.Hour},
		{"backwards it is negative", "Europe/London", night, "2026-06-15 00:00", "2026-06-13 00:00", -8 * time.Hour},
		{"a week of five days of eight hours", "Europe/London", office, "2026-06-13 10:00", "2026-06-20 10:00", 40 * time.Hour},
		{"always open is elapsed time", "Europe/London", always, "2026-03-28 00:00", "2026-03-30 00:00", 48 * time.Hour},
	} {
		c := compile(t, row.zone, row.week)
		assert.Equal(t, row.want, c.Measure(at(t, row.from), at(t, row.to)), row.reason)
	}
}

func TestAddDays(t *testing.T) {
	for _, row := range []struct {
		reason, zone, from string // UTC
		days               int
		want               string
	}{
		{"15 days on the wall are an hour more than 15 times 24", "America/New_York", "2026-10-20 14:00", 15, "2026-11-04 15:00"},
		{"no days are the same instant", "America/New_York", "2026-11-01 06:30", 0, "2026-11-01 06:30"},
		{"onto a gap: the first instant after it", "Europe/Berlin", "2026-03-28 01:30", 1, "2026-03-29 01:00"},
		{"onto a fold: the first of the two", "Europe/Berlin", "2026-10-24 00:30", 1, "2026-10-25 00:30"},
		{"backwards", "America/New_York", "2026-11-04 15:00", -15, "2026-10-20 14:00"},
	} {
		c := compile(t, row.zone, office)
		assert.Equal(t, at(t, row.want), c.AddDays(at(t, row.from), row.days), row.reason)
	}
}

func TestOpenNextCloses(t *testing.T) {
	touching := hours.Week{Open: []hours.Span{
		span("09:00", "12:00", "mon"), span("12:00", "24:00", "mon"), span("00:00", "02:00", "tue")}}
	closedEve := hours.Week{Dates: []hours.Date{{On: "2026-12-25"}}}
	nightShift := hours.Week{Open: []hours.Span{span("22:00", "06:00", "sat")},
		Dates: []hours.Date{{On: "2026-06-14"}}}
	for _, row := range []struct {
		reason             string
		week               hours.Week
		at                 string // UTC, as the zone
		open               bool
		next, closes, none string
	}{
		{"the first instant is open", office, "2026-06-16 09:00", true, "2026-06-16 09:00", "2026-06-16 17:00", ""},
		{"the last is not", office, "2026-06-16 17:00", false, "2026-06-17 09:00", "", "closed"},
		{"a weekend", office, "2026-06-20 12:00", false, "2026-06-22 09:00", "", "closed"},
		{"spans that touch are one opening", touching, "2026-06-15 10:00", true, "2026-06-15 10:00", "2026-06-16 02:00", ""},
		{"the zero week never closes", always, "2026-06-15 10:00", true, "2026-06-15 10:00", "", "never"},
		{"seven whole days never close",
			hours.Week{Open: []hours.Span{span("00:00", "24:00")}},
			"2026-06-15 10:00", true, "2026-06-15 10:00", "", "never"},
		{"only a date closes it", closedEve, "2026-06-15 10:00", true, "2026-06-15 10:00", "2026-12-25 00:00", ""},
		{"and only that one", closedEve, "2026-12-26 00:00", true, "2026-12-26 00:00", "", "never"},
		{"a night belongs to the day it begins on",
			nightShift, "2026-06-14 05:00", true, "2026-06-14 05:00", "2026-06-14 06:00", ""},
	} {
		c := compile(t, "UTC", row.week)
		x := at(t, row.at)
		assert.Equal(t, row.open, c.Open(x), "open: %s", row.reason)
		next, ok := c.Next(x)
		require.True(t, ok, "next: %s", row.reason)
		assert.Equal(t, at(t, row.next), next, "next: %s", row.reason)
		closes, ok := c.Closes(x)
		if require.Equal(t, row.none == "", ok, "closes: %s", row.reason); ok {
			assert.Equal(t, at(t, row.closes), closes, "closes: %s", row.reason)
		}
	}
}

// TestFarDates asks for instants that nobody means: each costs an answer and little time.
func TestFarDates(t *testing.T) {
	const longest = time.Duration(1<<63 - 1)
	oneHour := hours.Week{Open: []hours.Span{span("09:00", "10:00", "mon")}}
	for _, w := range []hours.Week{always, uk, {Dates: []hours.Date{{On: "9999-12-31"}}}} {
		c := compile(t, "America/New_York", w)
		for _, x := range []time.Time{{}, time.Unix(1<<55, 0), time.Unix(-1<<55, 0), at(t, "2026-06-16 12:00")} {
			c.Open(x)
			c.Next(x)
			c.Closes(x)
			c.AddDays(x, 1<<40)
			c.AddDays(x, -1<<40)
			for _, d := range []time.Duration{1, longest, -longest - 1} {
				y := c.Add(x, d)
				_, err := y.MarshalJSON()
				assert.NoError(t, err, "%s + %s", x, d)
			}
			assert.GreaterOrEqual(t, c.Measure(x, time.Unix(1<<55, 0)), time.Duration(0))
			assert.LessOrEqual(t, c.Measure(x, time.Time{}), time.Duration(0))
		}
	}
	c := compile(t, "America/New_York", oneHour)
	start := at(t, "2026-06-16 12:00")
	end := c.Add(start, 200_000*time.Hour)
	assert.Equal(t, 200_000*time.Hour, c.Measure(start, end), "200,000 weeks of one hour, some 3,800 years")
	assert.Equal(t, 5859, end.Year())
}
