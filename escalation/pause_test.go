package escalation_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
)

func TestPause(t *testing.T) {
	type pause struct{ cause, from, to string }
	d := compile(t, house())
	for _, row := range []struct {
		reason    string
		objective escalation.Objective
		pauses    []pause
		want      string // UTC; London is an hour ahead
	}{
		{"without a pause 8 h of open hours from Tuesday 10:00", escalation.FirstReply, nil, "2026-06-17 09:00"},
		{"waiting on the customer from Tuesday 12:00 to Wednesday 20:00: Thursday 15:00", escalation.FirstReply,
			[]pause{{"customer", "2026-06-16 11:00", "2026-06-17 19:00"}}, "2026-06-18 14:00"},
		{"a pause wholly outside hours moves nothing", escalation.FirstReply,
			[]pause{{"customer", "2026-06-16 17:00", "2026-06-16 22:00"}}, "2026-06-17 09:00"},
		{"two pauses one after the other add up", escalation.FirstReply,
			[]pause{{"customer", "2026-06-16 10:00", "2026-06-16 11:00"}, {"incident", "2026-06-16 12:00", "2026-06-16 14:00"}},
			"2026-06-17 12:00"},
		{"a pause that begins after it was due is too late", escalation.FirstReply,
			[]pause{{"customer", "2026-06-17 09:00", "2026-06-17 12:00"}}, "2026-06-17 09:00"},
		{"a pause that ends before it begins, by a clock that went back, moves nothing", escalation.FirstReply,
			[]pause{{"customer", "2026-06-16 11:00", "2026-06-16 10:59"}}, "2026-06-17 09:00"},
		{"elapsed time pauses day and night", escalation.Update,
			[]pause{{"incident", "2026-06-16 09:30", "2026-06-16 23:30"}}, "2026-06-17 00:00"},
	} {
		c, ok := d.Start("rest", row.objective, at(t, "2026-06-16 09:00"))
		require.True(t, ok)
		for _, p := range row.pauses {
			c = d.Resume("rest", c.Pause(p.cause, at(t, p.from)), p.cause, at(t, p.to))
		}
		assert.Equal(t, at(t, row.want), c.Due, row.reason)
		assert.Empty(t, c.Pauses, row.reason)
	}
}

func TestPausesOverlap(t *testing.T) {
	d := compile(t, house())
	start, _ := d.Start("rest", escalation.FirstReply, at(t, "2026-06-16 09:00"))
	c := start.Pause("customer", at(t, "2026-06-16 10:00"))
	assert.Empty(t, start.Pauses, "the argument is not altered")
	both := c.Pause("incident", at(t, "2026-06-16 11:00"))
	assert.Equal(t, both, both.Pause("incident", at(t, "2026-06-16 12:00")), "once for each cause")
	one := d.Resume("rest", both, "customer", at(t, "2026-06-16 12:00"))
	assert.Len(t, both.Pauses, 2)
	assert.Equal(t, []escalation.Pause{{Cause: "incident", Since: at(t, "2026-06-16 11:00")}}, one.Pauses)
	assert.Equal(t, at(t, "2026-06-16 10:00"), one.Still, "it has stood still since then, whatever for")
	assert.Equal(t, one, d.Resume("rest", one, "customer", at(t, "2026-06-16 13:00")), "not paused for that")
	ended := d.Resume("rest", one, "incident", at(t, "2026-06-16 13:00"))
	assert.Equal(t, at(t, "2026-06-17 12:00"), ended.Due, "three hours in all")

	missed := start
	missed.Breached = true
	assert.Equal(t, missed, missed.Pause("customer", at(t, "2026-06-16 10:00")), "a breach stays")
}

// TestPauseTakesItsOpenTime holds for any pauses: the open time from start to due, less that of the pauses, is what the
// objective gives.
func TestPauseTakesItsOpenTime(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 13))
	h := house()
	d := compile(t, h)
	loc, err := d.Zone(h.Calendars[0].Zone)
	require.NoError(t, err)
	open, err := h.Calendars[0].Week.Compile(loc)
	require.NoError(t, err)
	for n := range 300 {
		now := at(t, "2026-01-01 00:00").Add(time.Duration(r.IntN(365*24*60)) * time.Minute)
		start, _ := d.Start("rest", escalation.FirstReply, now)
		c := start
		var paused time.Duration
		for i := range r.IntN(5) {
			from := now.Add(time.Duration(r.IntN(20*60)) * time.Minute)
			now = from.Add(time.Duration(r.IntN(72*60)) * time.Minute)
			if from.Before(c.Due) {
				paused += open.Measure(from, now)
			}
			cause := fmt.Sprint(i)
			c = d.Resume("rest", c.Pause(cause, from), cause, now)
		}
		require.Equal(t, 8*time.Hour, open.Measure(start.Start, c.Due)-paused, "clock %d: %+v", n, c)
		require.False(t, c.Due.Before(start.Due), "a pause brings nothing forward")
	}
}
