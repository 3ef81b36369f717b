package escalation_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/mention/spec"
)

// timed is the house with one objective of every sort, all with warnings at half and at four fifths.
func timed() escalation.Hierarchy {
	h := house()
	warn := []int{80, 50}
	h.Plans[0].Objectives = map[escalation.Objective]escalation.Duration{
		escalation.Take:       {Within: spec.Of(10 * time.Minute), Elapsed: true, Warn: warn},
		escalation.FirstReply: {Within: spec.Of(8 * time.Hour), Warn: warn},
		escalation.NextReply:  {Within: spec.Of(4 * time.Hour), Warn: warn},
		escalation.Update:     {Days: 1, Warn: warn},
		escalation.Resolve:    {Days: 15, Elapsed: true, Warn: warn},
		escalation.Confirm:    {Within: spec.Of(30 * 24 * time.Hour), Elapsed: true, Warn: warn},
	}
	return h
}

func TestStartObjectives(t *testing.T) {
	d := compile(t, timed())
	for _, row := range []struct {
		reason    string
		objective escalation.Objective
		from      string // UTC; in summer London is an hour ahead
		want      string
		because   string
	}{
		{"elapsed time runs at night", escalation.Take, "2026-06-16 22:55", "2026-06-16 23:05", "take within 10m, day and night"},
		{"8 h of open hours, opened Tuesday 10:00: Wednesday 10:00", escalation.FirstReply, "2026-06-16 09:00", "2026-06-17 09:00",
			"first_reply within 8h of open hours (days, Europe/London)"},
		{"4 h of open hours over a week-end", escalation.NextReply, "2026-06-19 14:00", "2026-06-22 10:00",
			"next_reply within 4h of open hours (days, Europe/London)"},
		{"a business day is to the same time of the next", escalation.Update, "2026-06-16 09:00", "2026-06-17 09:00",
			"update within 1 business day (days, Europe/London)"},
		{"from Friday it is Monday", escalation.Update, "2026-06-19 14:00", "2026-06-22 14:00",
			"update within 1 business day (days, Europe/London)"},
		{"what comes on Saturday counts as said on Monday morning", escalation.Update, "2026-06-20 14:00", "2026-06-23 08:00",
			"update within 1 business day (days, Europe/London)"},
		{"what comes at night counts as said in the morning", escalation.Update, "2026-06-16 02:00", "2026-06-17 08:00",
			"update within 1 business day (days, Europe/London)"},
		{"over the end of summer time the wall clock counts", escalation.Update, "2026-10-23 09:00", "2026-10-26 10:00",
			"update within 1 business day (days, Europe/London)"},
		{"15 calendar days on the wall, over the end of summer time", escalation.Resolve, "2026-10-20 09:00", "2026-11-04 10:00",
			"resolve within 15 calendar days on the wall (Europe/London)"},
		{"30 days of 24 hours, over the same", escalation.Confirm, "2026-10-20 09:00", "2026-11-19 09:00",
			"confirm within 30d, day and night"},
	} {
		c, ok := d.Start("rest", row.objective, at(t, row.from))
		require.True(t, ok, row.reason)
		assert.Equal(t, at(t, row.want), c.Due, row.reason)
		assert.Equal(t, row.because, c.Because, row.reason)
	}
	_, ok := compile(t, house()).Start("rest", escalation.Take, at(t, "08:00"))
	assert.False(t, ok, "a plan that says nothing of it")
}

func TestCalendarDays(t *testing.T) {
	h := timed()
	h.Calendars[0].Zone = "America/New_York"
	d := compile(t, h)
	c, _ := d.Start("rest", escalation.Resolve, at(t, "2026-10-20 14:00"))
	assert.Equal(t, at(t, "2026-11-04 15:00"), c.Due, "15 days from 2026-10-20 10:00 New York is 11-04T15:00Z, not 14:00Z")
	paused := c.Pause("customer", at(t, "2026-10-21 14:00"))
	assert.Equal(t, c, paused, "pauses do not touch it")
	assert.Equal(t, c, d.Resume("rest", paused, "customer", at(t, "2026-10-28 14:00")))
}

func TestWarnings(t *testing.T) {
	d := compile(t, timed())
	start := func(o escalation.Objective, from string) escalation.Clock {
		c, ok := d.Start("rest", o, at(t, from))
		require.True(t, ok)
		return c
	}
	for _, row := range []struct {
		reason string
		clock  escalation.Clock
		want   string
	}{
		{"half and four fifths of ten minutes, then the breach", start(escalation.Take, "2026-06-16 08:00"),
			"[50] 08:05, [80] 08:08, [100] 08:10"},
		{"of open hours: half at the close of the day, four fifths the next morning", start(escalation.FirstReply, "2026-06-16 12:00"),
			"[50] 16:00, [80] 10:24, [100] 12:00"},
		{"a pause moves them with it", d.Resume("rest", start(escalation.Take, "2026-06-16 08:00").Pause("customer",
			at(t, "2026-06-16 08:06")), "customer", at(t, "2026-06-16 09:06")), "[50] 08:05, [80] 09:08, [100] 09:10"},
	} {
		var log string
		for c := row.clock; !c.Next().IsZero(); {
			due := c.Next()
			early, none := c.Elapse(due.Add(-time.Millisecond))
			require.Empty(t, none, row.reason)
			require.Equal(t, c, early, row.reason)
			next, reached := c.Elapse(due)
			again, none := next.Elapse(due)
			require.Empty(t, none, "%s: the same tick twice", row.reason)
			require.Equal(t, next, again, row.reason)
			require.Equal(t, c.Due, next.Due, "a breach stays at its due instant")
			if log != "" {
				log += ", "
			}
			log += fmt.Sprint(reached, " ", due.Format("15:04"))
			c = next
		}
		assert.Equal(t, row.want, log, row.reason)
	}
	c := start(escalation.Take, "2026-06-16 08:00")
	late, reached := c.Elapse(at(t, "2026-06-16 12:00"))
	assert.Equal(t, []int{50, 80, 100}, reached, "the host was down: all of them, once")
	assert.True(t, late.Breached)
	assert.Equal(t, at(t, "2026-06-16 08:10"), late.Due)
	assert.Equal(t, []int{50, 80}, c.Warn, "the argument is not altered")
	still := c.Pause("customer", at(t, "2026-06-16 08:01"))
	assert.Zero(t, still.Next(), "while it stands still it wants nothing")
	_, reached = still.Elapse(at(t, "2026-06-16 12:00"))
	assert.Empty(t, reached)
}

// TestTheCustomerWrites: he waits for nobody but us, so a clock that waited for him runs again.
func TestTheCustomerWrites(t *testing.T) {
	d := compile(t, timed())
	c, _ := d.Start("rest", escalation.NextReply, at(t, "2026-06-16 09:00"))
	c = d.Resume("rest", c.Pause("customer", at(t, "2026-06-16 10:00")), "customer", at(t, "2026-06-16 11:00"))
	assert.Equal(t, at(t, "2026-06-16 14:00"), c.Due)
	assert.Equal(t, []escalation.Pause{{Cause: "customer", Since: at(t, "2026-06-16 10:00"), Until: at(t, "2026-06-16 11:00")}},
		c.Paused, "it stays to be seen what it waited for")
}

func TestLateDelivery(t *testing.T) {
	d := compile(t, timed())
	c, _ := d.Start("rest", escalation.Take, at(t, "2026-06-16 10:00"))
	late := c.Said(at(t, "2026-06-16 08:00"))
	assert.Equal(t, c.Due, late.Due, "late delivery to us is not the team's breach")
	assert.Equal(t, at(t, "2026-06-16 08:00"), late.Posted, "but is shown")
	assert.Equal(t, c, c.Said(at(t, "2026-06-16 11:00")), "nobody says anything after we have received it")
	assert.Equal(t, c, c.Said(time.Time{}))
}

func TestMerge(t *testing.T) {
	d := compile(t, timed())
	first, _ := d.Start("rest", escalation.FirstReply, at(t, "2026-06-16 09:00"))
	second, _ := d.Start("rest", escalation.FirstReply, at(t, "2026-06-16 11:00"))
	assert.Equal(t, first, first.Merge(second), "merging keeps the earliest start")
	assert.Equal(t, first, second.Merge(first))
	missed, _ := first.Elapse(first.Due)
	assert.Equal(t, missed, second.Merge(missed), "and its breach")
}

func TestRecount(t *testing.T) {
	h := timed()
	quick := escalation.Plan{ID: "quick", Categories: []string{"quick"}, Owner: "ann", Ladder: "main", Hours: "days",
		Objectives: map[escalation.Objective]escalation.Duration{
			escalation.FirstReply: {Within: spec.Of(time.Hour), Elapsed: true, Warn: []int{50}}}}
	changed := quick
	changed.ID, changed.Categories, changed.Recount = "changed", []string{"changed"}, "change"
	h.Plans = append(h.Plans, quick, changed)
	d := compile(t, h)
	c, _ := d.Start("rest", escalation.FirstReply, at(t, "2026-06-16 09:00"))
	c = d.Resume("rest", c.Pause("customer", at(t, "2026-06-16 09:10")), "customer", at(t, "2026-06-16 09:30"))

	was := c
	receipt, ok := d.Rebase("quick", c, at(t, "2026-06-16 09:45"))
	require.True(t, ok)
	assert.Equal(t, at(t, "2026-06-16 10:20"), receipt.Due, "from receipt, less its pause of twenty minutes")
	change, ok := d.Rebase("changed", c, at(t, "2026-06-16 09:45"))
	require.True(t, ok)
	assert.Equal(t, at(t, "2026-06-16 10:45"), change.Due, "from the change")
	assert.Equal(t, was, c, "the argument is not altered")

	missed, _ := c.Elapse(c.Due)
	same, ok := d.Rebase("quick", missed, at(t, "2026-06-18 09:00"))
	assert.True(t, ok)
	assert.Equal(t, missed, same, "a breach stays at its due instant")
	_, ok = d.Rebase("life", c, at(t, "2026-06-16 09:45"))
	assert.False(t, ok, "the plan has no such objective")

	still := c.Pause("incident", at(t, "2026-06-16 09:40"))
	moved, _ := d.Rebase("quick", still, at(t, "2026-06-16 09:45"))
	assert.Equal(t, "incident", moved.Pauses[0].Cause, "what it stands still for it goes on to stand still for")
	assert.Zero(t, moved.Next())
}

// TestRebaseIsTheSame computes clocks anew by the plan they have: what stood still, for one cause or for several at once,
// does so again.
func TestRebaseIsTheSame(t *testing.T) {
	d := compile(t, timed())
	r := rand.New(rand.NewPCG(23, 24))
	some := []escalation.Objective{escalation.FirstReply, escalation.Update, escalation.Resolve, escalation.Confirm}
	for n := range 300 {
		now := at(t, "2026-03-01 00:00").Add(time.Duration(r.IntN(300*24*60)) * time.Minute)
		c, _ := d.Start("rest", some[r.IntN(len(some))], now)
		for range 12 {
			now = now.Add(time.Duration(r.IntN(180)) * time.Minute)
			if cause := []string{"customer", "incident", "counsel"}[r.IntN(3)]; r.IntN(2) == 0 {
				c = c.Pause(cause, now)
			} else {
				c = d.Resume("rest", c, cause, now)
			}
		}
		again, ok := d.Rebase("rest", c, now)
		require.True(t, ok)
		require.Equal(t, c.Due, again.Due, "clock %d: %+v", n, c)
		require.Equal(t, c.Still, again.Still)
		for _, p := range c.Pauses {
			later := now.Add(time.Hour)
			c, again = d.Resume("rest", c, p.Cause, later), d.Resume("rest", again, p.Cause, later)
		}
		require.Equal(t, c.Due, again.Due, "clock %d goes on as it would have", n)
	}
}

// TestBusinessDayWithoutMidnight: in Santiago 2026-09-06, a Sunday, begins at 01:00. It is not the Saturday before.
func TestBusinessDayWithoutMidnight(t *testing.T) {
	h := house()
	h.Calendars[0] = week("days", "America/Santiago", hours.Span{Days: []string{"mon-sat"}, From: "10:00", To: "24:00"})
	h.Plans[0].Objectives[escalation.Resolve] = escalation.Duration{Days: 2}
	c, ok := compile(t, h).Start("rest", escalation.Resolve, at(t, "2026-09-04 16:00")) // Friday 12:00
	require.True(t, ok)
	assert.Equal(t, at(t, "2026-09-07 15:00"), c.Due, "Saturday, Monday 12:00")
}

// TestPausesAreForgotten pauses a clock more often than it remembers.
func TestPausesAreForgotten(t *testing.T) {
	d := compile(t, timed())
	c, _ := d.Start("rest", escalation.Confirm, at(t, "2026-06-16 08:00"))
	for n := range 40 {
		from := at(t, "2026-06-16 08:00").Add(time.Duration(n) * time.Hour)
		c = d.Resume("rest", c.Pause("customer", from), "customer", from.Add(time.Minute))
	}
	assert.Len(t, c.Paused, 32)
	assert.Equal(t, at(t, "2026-06-16 15:01"), c.Kept, "what ended by then is forgotten")
	assert.Equal(t, at(t, "2026-07-16 08:40"), c.Due, "and counts all the same")
}

// TestClockLaws steps clocks at random, stored and read back after every step: each percentage is reached at most once,
// an objective is missed once and at its due instant, and a clock that runs has a Next.
func TestClockLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	d := compile(t, timed())
	all := []escalation.Objective{escalation.Take, escalation.FirstReply, escalation.NextReply, escalation.Update,
		escalation.Resolve, escalation.Confirm}
	var missed, moved int
	for n := range 300 {
		now := at(t, "2026-03-01 00:00").Add(time.Duration(r.IntN(300*24*60)) * time.Minute)
		c, _ := d.Start("rest", all[r.IntN(len(all))], now)
		given := map[int]int{}
		for range 20 {
			now = now.Add(time.Duration(r.IntN(int(c.Due.Sub(c.Start)/time.Minute/4)+1)) * time.Minute)
			when := now
			if r.IntN(5) == 0 {
				when = now.Add(-time.Duration(r.IntN(90)) * time.Second) // the clock goes back
			}
			var stored escalation.Clock
			before := asJSON(t, c)
			require.NoError(t, json.Unmarshal([]byte(before), &stored))
			cause, kind := []string{"customer", "incident"}[r.IntN(2)], r.IntN(4)
			step := func(c escalation.Clock) (escalation.Clock, []int) {
				switch kind {
				case 0:
					return c.Pause(cause, when), nil
				case 1:
					return d.Resume("rest", c, cause, when), nil
				}
				return c.Elapse(when)
			}
			next, reached := step(c)
			again, _ := step(stored)
			require.Equal(t, asJSON(t, next), asJSON(t, again), "clock %d: as stored", n)
			require.Equal(t, before, asJSON(t, c), "the argument is not altered")
			require.False(t, next.Due.Before(c.Due), "a pause brings nothing forward")
			if c.Breached {
				require.Equal(t, before, asJSON(t, next), "a breach stays as it is")
			}
			if kind > 1 {
				require.Equal(t, c.Due, next.Due)
				twice, none := next.Elapse(when)
				require.Empty(t, none)
				require.Equal(t, next, twice)
			}
			for _, p := range reached {
				given[p]++
				require.Equal(t, 1, given[p], "%d%% once", p)
			}
			require.Equal(t, next.Breached || len(next.Pauses) > 0, next.Next().IsZero())
			require.True(t, slices.IsSortedFunc(next.WarnAt, time.Time.Compare))
			if !next.Due.Equal(c.Due) {
				moved++
			}
			c = next
		}
		if c.Breached {
			missed++
		}
	}
	assert.True(t, missed > 50 && moved > 50, "%d missed, %d moved", missed, moved)
}

func TestCompileObjectives(t *testing.T) {
	h := timed()
	h.Plans[0].Hours, h.Plans[0].Recount = "", "yesterday"
	h.Ladders[0].Idle, h.Ladders[0].Relief = spec.Of(-time.Hour), -1
	h.Plans[0].Objectives = map[escalation.Objective]escalation.Duration{
		escalation.Take:       {Within: spec.Of(time.Minute), Elapsed: true, Warn: []int{0, 50, 100, 50}},
		escalation.FirstReply: {Within: spec.Of(time.Minute), Days: 1},
		escalation.NextReply:  {Days: -1, Elapsed: true},
		escalation.Update:     {Within: spec.Of(time.Minute)},
		escalation.Resolve:    {Elapsed: true},
		"smile":               {Days: 40000},
	}
	_, err := h.Compile(escalation.Options{})
	var problems spec.Problems
	require.ErrorAs(t, err, &problems)
	var lines []string
	for _, p := range problems {
		lines = append(lines, p.String())
	}
	for _, want := range []string{
		"ladders[0].idle: -1h is no time to make progress in",
		"ladders[0].relief: -1 is no number of messages",
		`plans[0].recount: "yesterday" is neither receipt nor change`,
		"plans[0].objectives.take.warn[0]: 0 is not a percentage from 1 to 99, or is there twice",
		"plans[0].objectives.take.warn[2]: 100 is not a percentage from 1 to 99, or is there twice",
		"plans[0].objectives.take.warn[3]: 50 is not a percentage from 1 to 99, or is there twice",
		"plans[0].objectives.first_reply: it gives days and a duration: write one of them",
		"plans[0].objectives.first_reply: it counts days and the plan names no hours: name a calendar, whose zone has the midnight",
		"plans[0].objectives.next_reply.days: -1 is not between 1 and 36600",
		"plans[0].objectives.update: it runs on open hours and the plan names no hours: name a calendar, or write elapsed",
		"plans[0].objectives.resolve.within: 0s is no time to answer in",
		"plans[0].objectives.smile: there is no such objective: it is one of take, first_reply, next_reply, update, resolve, confirm",
		"plans[0].objectives.smile.days: 40000 is not between 1 and 36600",
	} {
		assert.Contains(t, lines, want)
	}
}
