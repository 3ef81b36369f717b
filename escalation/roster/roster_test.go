package roster_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
)

func weekdays(r roster.Rotation) roster.Rotation {
	r.Weekdays = true
	return r
}

func every(n int, r roster.Rotation) roster.Rotation {
	r.N = n
	return r
}

func changed(r roster.Rotation, from string, slots ...string) roster.Rotation {
	r.Changes = append(r.Changes, roster.Change{From: from, Slots: slots})
	return r
}

// TestHandOver walks from one hand-over to the next.
func TestHandOver(t *testing.T) {
	for _, row := range []struct {
		reason   string
		rotation roster.Rotation
		asked    string
		want     string // instants in UTC and who is on duty from then
	}{
		{"the day the clock goes forward has 23 hours",
			rotation("America/New_York", "2026-03-01", "09:00", roster.Day, "ann", "bob"), "2026-03-07 13:59",
			"2026-03-07 14:00 ann, 2026-03-08 13:00 bob, 2026-03-09 13:00 ann"},
		{"the day it goes back has 25",
			rotation("America/New_York", "2026-03-01", "09:00", roster.Day, "ann", "bob"), "2026-10-31 00:00",
			"2026-10-31 13:00 ann, 2026-11-01 14:00 bob, 2026-11-02 14:00 ann"},
		{"a hand-over in the gap is at its end: 23 and a half hours twice",
			rotation("America/New_York", "2026-03-01", "02:30", roster.Day, "ann", "bob"), "2026-03-07 07:29",
			"2026-03-07 07:30 ann, 2026-03-08 07:00 bob, 2026-03-09 06:30 ann"},
		{"a hand-over that is shown twice is the first of them",
			rotation("Europe/Berlin", "2026-03-01", "02:30", roster.Day, "ann", "bob"), "2026-10-24 23:00",
			"2026-10-25 00:30 ann, 2026-10-26 01:30 bob, 2026-10-27 01:30 ann"},
		{"a midnight that is skipped",
			rotation("America/Santiago", "2026-09-01", "", roster.Day, "ann", "bob"), "2026-09-05 03:59",
			"2026-09-05 04:00 ann, 2026-09-06 04:00 bob, 2026-09-07 03:00 ann"},
		{"a boundary is reached once and never lies in the past",
			rotation("America/Santiago", "2026-09-01", "09:00", roster.Day, "ann", "bob"), "2026-09-05 14:00",
			"2026-09-06 12:00 bob, 2026-09-07 12:00 ann"},
		{"the 31st is the last day of a shorter month",
			rotation("UTC", "2026-01-31", "", roster.Month, "ann", "bob"), "2026-01-31 00:00",
			"2026-02-28 00:00 bob, 2026-03-31 00:00 ann, 2026-04-30 00:00 bob, 2026-05-31 00:00 ann"},
		{"every other month", every(2, rotation("UTC", "2026-12-31", "09:00", roster.Month, "ann", "bob")), "2027-01-01 00:00",
			"2027-02-28 09:00 bob, 2027-04-30 09:00 ann"},
		{"every other week, on a Monday",
			every(2, rotation("Europe/London", "2026-03-02", "09:00", roster.Week, "ann", "bob")), "2026-03-02 12:00",
			"2026-03-16 09:00 bob, 2026-03-30 08:00 ann"},
		{"hours are hours of the wall: the one that is skipped is nobody's turn",
			rotation("America/New_York", "2026-03-08", "00:00", roster.Hour, "ann", "bob", "cy", "dee"), "2026-03-08 05:00",
			"2026-03-08 06:00 bob, 2026-03-08 07:00 dee, 2026-03-08 08:00 ann"},
		{"and the one that comes twice is one turn",
			rotation("America/New_York", "2026-11-01", "00:00", roster.Hour, "ann", "bob", "cy", "dee"), "2026-11-01 04:00",
			"2026-11-01 05:00 bob, 2026-11-01 07:00 cy, 2026-11-01 08:00 dee"},
		{"every eight hours", every(8, rotation("UTC", "2026-03-08", "06:00", roster.Hour, "ann", "bob", "cy")), "2026-03-08 06:00",
			"2026-03-08 14:00 bob, 2026-03-08 22:00 cy, 2026-03-09 06:00 ann"},
		{"only weekdays count: Friday's turn lasts until Monday",
			weekdays(rotation("Europe/London", "2026-06-18", "09:00", roster.Day, "ann", "bob")), "2026-06-18 09:00",
			"2026-06-19 08:00 bob, 2026-06-22 08:00 ann, 2026-06-23 08:00 bob"},
		{"three weekdays each", every(3, weekdays(rotation("UTC", "2026-06-18", "", roster.Day, "ann", "bob"))), "2026-06-18 09:00",
			"2026-06-23 00:00 bob, 2026-06-26 00:00 ann, 2026-07-01 00:00 bob"},
		{"a change of order leaves the past alone",
			changed(rotation("UTC", "2026-06-01", "", roster.Week, "ann", "bob"), "2026-06-17", "cy", "dee"), "2026-06-01 00:00",
			"2026-06-08 00:00 bob, 2026-06-15 00:00 ann, 2026-06-17 00:00 cy, 2026-06-24 00:00 dee"},
		{"a slot may name nobody", rotation("UTC", "2026-06-01", "", roster.Day, "ann", "", "bob"), "2026-06-01 00:00",
			"2026-06-02 00:00 , 2026-06-03 00:00 bob, 2026-06-04 00:00 ann"},
		{"before the first turn there is nobody", rotation("UTC", "2026-06-01", "", roster.Day, "ann"), "2026-05-20 00:00",
			"2026-06-01 00:00 ann"},
		{"office hours within the turns",
			rotation("mon-fri 09:00-17:00 Europe/London", "2026-06-15", "", roster.Week, "ann", "bob"), "2026-06-18 20:00",
			"2026-06-19 08:00 ann, 2026-06-19 16:00 , 2026-06-22 08:00 bob"},
	} {
		s := compile(t, desk(one(row.rotation)))
		x := at(t, row.asked)
		var got []string
		for range strings.Count(row.want, ",") + 1 {
			next, ok := s.Next("desk", x)
			require.True(t, ok, row.reason)
			require.True(t, next.From.After(x), "%s: %s is not after %s", row.reason, next.From, x)
			assert.Equal(t, next.On, s.On("desk", next.From), "%s: the boundary belongs to the new shift", row.reason)
			assert.NotEqual(t, next.On, s.On("desk", next.From.Add(-1)), "%s: the instant before does not", row.reason)
			got = append(got, next.From.Format("2006-01-02 15:04 ")+strings.Join(next.On, "+"))
			x = next.From
		}
		assert.Equal(t, row.want, strings.Join(got, ", "), row.reason)
	}
}

func TestFourteenWeekdays(t *testing.T) {
	r := weekdays(rotation("Europe/London", "2026-06-15", "", roster.Day))
	for n := range 14 {
		r.Slots = append(r.Slots, fmt.Sprintf("m%d", n))
	}
	s := compile(t, desk(one(r)))
	var had []string
	for day := at(t, "2026-06-15 12:00"); len(had) < 28; day = day.AddDate(0, 0, 1) {
		if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			had = append(had, s.On("desk", day)...)
		}
	}
	assert.Equal(t, append(r.Slots, r.Slots...), had, "each has one turn in 14 working days")
}

// TestTwoCities is the row of the specification: London 08-16 with New York 11-19.
func TestTwoCities(t *testing.T) {
	s := compile(t, desk(one(
		rotation("mon-fri 08:00-16:00 Europe/London", "2026-01-01", "", roster.Day, "ann"),
		rotation("mon-fri 11:00-19:00 America/New_York", "2026-01-01", "", roster.Day, "bob"))))
	for _, row := range []struct {
		reason, day, overlap string
	}{
		{"both in winter time", "2026-03-04", ""},
		{"New York has gone forward, London has not", "2026-03-11", "15:00-16:00"},
		{"both in summer time", "2026-04-01", ""},
		{"London has gone back, New York has not", "2026-10-28", "15:00-16:00"},
		{"both in winter time again", "2026-11-04", ""},
	} {
		day := at(t, row.day+" 00:00")
		c := s.Coverage("desk", day, day.AddDate(0, 0, 1))
		got := ""
		for _, x := range c.Overlaps {
			assert.Equal(t, []string{"ann", "bob"}, x.On, row.reason)
			got += x.From.Format("15:04") + "-" + x.To.Format("15:04")
		}
		assert.Equal(t, row.overlap, got, "%s: %s", row.reason, row.day)
		require.NotEmpty(t, c.Holes, "%s: the night is not covered", row.reason)
		open, _, _ := hours.Resolve(zone(t, "Europe/London"), day.Year(), day.Month(), day.Day(), 8, 0, 0)
		closed, _, _ := hours.Resolve(zone(t, "America/New_York"), day.Year(), day.Month(), day.Day(), 19, 0, 0)
		for x := open; x.Before(closed); x = x.Add(quarter) {
			require.NotEmpty(t, s.On("desk", x), "%s: without an overlap they touch: %s", row.reason, x)
		}
	}
}

func TestLayersAndCovers(t *testing.T) {
	base := rotation("UTC", "2026-06-01", "", roster.Week, "ann", "bob")
	nights := rotation("mon-sun 20:00-06:00 UTC", "2026-06-01", "", roster.Day, "cy", "")
	book := desk(one(base), one(nights))
	from, to := at(t, "2026-06-01 12:00"), at(t, "2026-06-01 18:00")
	cover := func(kind roster.CoverKind, who, by string) roster.Cover {
		return roster.Cover{Kind: kind, Who: who, By: by, From: from, To: to}
	}
	inDesk := func(c roster.Cover) roster.Cover {
		c.Roster = "desk"
		return c
	}
	for _, row := range []struct {
		reason, at string
		covers     []roster.Cover
		want       []string
	}{
		{"the lower layer by day", "2026-06-01 12:00", nil, []string{"ann"}},
		{"the upper layer by night", "2026-06-01 21:00", nil, []string{"cy"}},
		{"a night of nobody falls to the lower layer", "2026-06-02 21:00", nil, []string{"ann"}},
		{"the turn goes to the next week", "2026-06-08 12:00", nil, []string{"bob"}},
		{"leave without cover is a hole", "2026-06-01 12:00", []roster.Cover{cover(roster.Leave, "ann", "")}, nil},
		{"leave ends with its last instant", "2026-06-01 18:00", []roster.Cover{cover(roster.Leave, "ann", "")}, []string{"ann"}},
		{"leave begins with its first", "2026-06-01 11:59", []roster.Cover{cover(roster.Leave, "ann", "")}, []string{"ann"}},
		{"leave with cover", "2026-06-01 12:00", []roster.Cover{cover(roster.Leave, "ann", "dee")}, []string{"dee"}},
		{"who covers may be covered", "2026-06-01 12:00",
			[]roster.Cover{cover(roster.Leave, "ann", "dee"), cover(roster.Leave, "dee", "eve")}, []string{"eve"}},
		{"somebody else's leave is nothing to her", "2026-06-01 12:00",
			[]roster.Cover{cover(roster.Leave, "bob", "dee")}, []string{"ann"}},
		{"a swap", "2026-06-01 12:00", []roster.Cover{cover(roster.Swap, "ann", "bob")}, []string{"bob"}},
		{"a swap, the other way round", "2026-06-01 12:00", []roster.Cover{cover(roster.Swap, "bob", "ann")}, []string{"bob"}},
		{"a swap with somebody on leave", "2026-06-01 12:00",
			[]roster.Cover{cover(roster.Swap, "ann", "bob"), cover(roster.Leave, "bob", "dee")}, []string{"dee"}},
		{"a temporary cover", "2026-06-01 12:00", []roster.Cover{cover(roster.Temporary, "ann", "dee")}, []string{"dee"}},
		{"a temporary cover comes before leave", "2026-06-01 12:00",
			[]roster.Cover{cover(roster.Leave, "ann", "eve"), cover(roster.Temporary, "ann", "dee")}, []string{"dee"}},
		{"an override stands above all", "2026-06-01 12:00",
			[]roster.Cover{cover(roster.Swap, "ann", "bob"), inDesk(cover(roster.Override, "", "eve"))}, []string{"eve"}},
		{"two overrides are two people", "2026-06-01 12:00",
			[]roster.Cover{inDesk(cover(roster.Override, "", "eve")), inDesk(cover(roster.Override, "", "dee"))},
			[]string{"eve", "dee"}},
		{"an override by somebody on leave is none", "2026-06-01 12:00",
			[]roster.Cover{inDesk(cover(roster.Override, "", "eve")), cover(roster.Leave, "eve", "")}, []string{"ann"}},
	} {
		book.Covers = row.covers
		s := compile(t, book)
		assert.Equal(t, row.want, s.On("desk", at(t, row.at)), row.reason)
	}
}

func TestAway(t *testing.T) {
	book := desk(one(rotation("UTC", "2026-06-01", "", roster.Week, "ann")))
	book.Covers = []roster.Cover{
		{Kind: roster.Leave, Who: "ann", By: "bob", From: at(t, "2026-07-01 00:00"), To: at(t, "2026-07-08 00:00")},
		{Kind: roster.Leave, Who: "ann", From: at(t, "2026-07-08 00:00"), To: at(t, "2026-07-10 00:00")},
		{Kind: roster.Temporary, Who: "ann", By: "bob", From: at(t, "2026-07-10 00:00"), To: at(t, "2026-07-12 00:00")},
	}
	s := compile(t, book)
	leave, away := s.Away("ann", at(t, "2026-07-02 00:00"))
	assert.True(t, away)
	assert.Equal(t, "bob", leave.By)
	assert.Equal(t, at(t, "2026-07-10 00:00"), leave.To, "leaves that touch are one")
	_, away = s.Away("ann", at(t, "2026-07-10 00:00"))
	assert.False(t, away, "a temporary cover is no leave")
	_, away = s.Away("nobody", at(t, "2026-07-02 00:00"))
	assert.False(t, away)
}

func TestCoverageIsWithinHours(t *testing.T) {
	book := desk(one(rotation("mon-fri 09:00-17:00 UTC", "2026-06-01", "", roster.Day, "ann")))
	book.Rosters[0].Hours = "mon-sat 09:00-18:00 UTC"
	s := compile(t, book)
	c := s.Coverage("desk", at(t, "2026-06-19 00:00"), at(t, "2026-06-22 00:00"))
	assert.Empty(t, c.Overlaps)
	assert.Equal(t, []roster.Shift{
		{Roster: "desk", From: at(t, "2026-06-19 17:00"), To: at(t, "2026-06-19 18:00")},
		{Roster: "desk", From: at(t, "2026-06-20 09:00"), To: at(t, "2026-06-20 18:00")},
	}, c.Holes, "the evening after five, and Saturday; not the nights, not Sunday")
}

func TestNobodyKnows(t *testing.T) {
	s := compile(t, desk(one(rotation("UTC", "2026-06-01", "", roster.Week, "ann"))))
	now := at(t, "2026-06-19 00:00")
	assert.Empty(t, s.On("elsewhere", now))
	assert.Empty(t, s.Members("elsewhere"))
	assert.Empty(t, s.Shifts("elsewhere", now, now.AddDate(0, 1, 0)))
	assert.Empty(t, s.Coverage("elsewhere", now, now.AddDate(0, 1, 0)))
	assert.Empty(t, s.Shifts("desk", now, now), "no time at all")
	_, ok := s.Next("elsewhere", now)
	assert.False(t, ok)
	_, ok = s.Next("desk", now)
	assert.False(t, ok, "always ann: nothing changes")
	for _, x := range []time.Time{{}, time.Unix(1<<55, 0), time.Unix(-1<<55, 0)} {
		s.On("desk", x)
		s.Away("ann", x)
		s.Next("desk", x)
	}
	assert.Equal(t, []string{"desk"}, s.Rosters())
	assert.Equal(t, []string{"ann"}, s.Members("desk"))
}
