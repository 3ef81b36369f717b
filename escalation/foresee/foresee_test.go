package foresee_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/foresee"
	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

func at(t testing.TB, s string) time.Time {
	t.Helper()
	x, err := time.Parse("2006-01-02 15:04", s)
	require.NoError(t, err)
	return x
}

func house() escalation.Hierarchy {
	member := func(id, calendar string) escalation.Member {
		return escalation.Member{ID: id, Name: id, Calendar: calendar, Contacts: []escalation.Contact{{Kind: "phone", Address: id}}}
	}
	return escalation.Hierarchy{
		Calendars: []roster.Calendar{{ID: "days", Zone: "Europe/London", Week: hours.Week{
			Open: []hours.Span{
				{Days: []string{"mon-fri"}, From: "09:00", To: "12:00"}, {Days: []string{"mon-fri"}, From: "13:00", To: "17:00"}}}}},
		Members: []escalation.Member{member("ann", "days"), member("bob", ""), member("fb", "")},
		Ladders: []escalation.Ladder{
			{ID: "main", Fallback: "fb", Levels: []escalation.Level{
				{To: []string{"ann"}, Wait: spec.Of(15 * time.Minute)}, {To: []string{"bob"}, Wait: spec.Of(30 * time.Minute)}}},
			{ID: "calm", Fallback: "fb", Levels: []escalation.Level{
				{To: []string{"ann"}, Wait: spec.Of(15 * time.Minute), Empty: "hold"}}}},
		Plans: []escalation.Plan{
			{ID: "rest", Owner: "ann", Ladder: "main", Hours: "days", Objectives: map[escalation.Objective]escalation.Duration{
				escalation.Take:       {Within: spec.Of(20 * time.Minute), Elapsed: true, Warn: []int{50}},
				escalation.FirstReply: {Within: spec.Of(8 * time.Hour)},
				escalation.Resolve:    {Days: 3, Elapsed: true},
			}},
			{ID: "calm", Categories: []string{"calm"}, Owner: "ann", Ladder: "calm"},
			{ID: "life", Categories: []string{"life"}, Owner: "ann", Ladder: "main"},
		},
	}
}

func compile(t testing.TB) *escalation.Directory {
	t.Helper()
	d, err := house().Compile(escalation.Options{})
	require.NoError(t, err)
	return d
}

func lines(scenes []foresee.Scene) string {
	var out []string
	for _, s := range scenes {
		out = append(out, s.At.Format("15:04 ")+string(s.Kind)+" "+s.Member+string(s.Objective))
	}
	return strings.Join(out, ", ")
}

func TestSimulate(t *testing.T) {
	d := compile(t)
	taken, _ := d.Open(escalation.Matter{Severity: triage.Crisis}, at(t, "2026-06-16 10:30"))
	taken, _ = d.Climb(taken, escalation.Move{Kind: escalation.Took, By: "ann"}, at(t, "2026-06-16 10:31"))
	for _, row := range []struct {
		reason   string
		of       foresee.Case
		from, to string
		want     string
	}{
		{"a case that is opened: the ladder, the warning and what is missed", foresee.Case{},
			"2026-06-16 08:00", "2026-06-16 08:45",
			"08:00 told ann, 08:10 warned take, 08:15 told bob, 08:20 missed take, 08:45 told fb"},
		{"a hole on Saturday is passed", foresee.Case{}, "2026-06-20 08:00", "2026-06-20 08:05", "08:00 told bob"},
		{"what waits, and until when", foresee.Case{Matter: escalation.Matter{Category: "calm"}},
			"2026-06-20 08:00", "2026-06-22 08:15", "08:00 waits , 08:00 told ann, 08:15 told fb"},
		{"a crisis that ann has: at lunch her shift ends", foresee.Case{Climb: &taken},
			"2026-06-16 10:31", "2026-06-16 12:00", "11:00 told bob, 11:30 told fb, 11:45 told fb, 12:00 told fb"},
		{"nothing happens in no time", foresee.Case{}, "2026-06-16 08:00", "2026-06-15 08:00", ""},
	} {
		assert.Equal(t, row.want, lines(foresee.Simulate(d, row.of, at(t, row.from), at(t, row.to))), row.reason)
	}
	assert.Equal(t, "ann", taken.Taken, "the case is not altered")

	all := foresee.Simulate(d, foresee.Case{Matter: escalation.Matter{Life: true}}, at(t, "2026-01-01 00:00"), at(t, "2027-01-01 00:00"))
	require.Len(t, all, 10_000, "a year of five minutes is cut")
	assert.Equal(t, foresee.Cut, all[9_999].Kind)
}

// TestSimulateIsBounded looks into a matter that ann has for the next seven thousand years. Her shift ends twice a day and
// nobody can follow, so nothing happens: that too is cut, and said.
func TestSimulateIsBounded(t *testing.T) {
	h := house()
	h.Members[1].Calendar, h.Ladders[0].HandOver = "days", true
	d, err := h.Compile(escalation.Options{})
	require.NoError(t, err)
	c, _ := d.Open(escalation.Matter{}, at(t, "2026-06-16 10:00"))
	c, _ = d.Climb(c, escalation.Move{Kind: escalation.Took, By: "ann"}, at(t, "2026-06-16 10:01"))
	all := foresee.Simulate(d, foresee.Case{Climb: &c}, at(t, "2026-06-16 10:01"), at(t, "2026-06-16 10:01").AddDate(6900, 0, 0))
	require.Len(t, all, 1)
	assert.Equal(t, foresee.Cut, all[0].Kind)
}

// TestSimulateIsTheStep steps the same case by hand, with the same result: nothing is foretold by a way of its own.
func TestSimulateIsTheStep(t *testing.T) {
	d := compile(t)
	r := rand.New(rand.NewPCG(5, 6))
	for n := range 200 {
		m := escalation.Matter{Category: []string{"", "calm", "life"}[r.IntN(3)], Severity: triage.Severity(r.IntN(4))}
		from := at(t, "2026-10-20 00:00").Add(time.Duration(r.IntN(14*24*60)) * time.Minute)
		to := from.Add(time.Duration(r.IntN(24*60)) * time.Minute)
		var want []string
		c, pages := d.Open(m, from)
		for now := from; ; {
			for _, p := range pages {
				want = append(want, p.At.Format(time.DateTime)+" "+p.Member+" "+p.Because)
				c, _ = d.Climb(c, escalation.Move{Kind: escalation.Reached, Page: p.N}, now)
			}
			if now = c.Due(); now.After(to) {
				break
			}
			c, pages = d.Climb(c, escalation.Move{Kind: escalation.TimeUp}, now)
		}
		var got []string
		for _, s := range foresee.Simulate(d, foresee.Case{Matter: m, Clocks: []escalation.Clock{}}, from, to) {
			if s.Kind == foresee.Told {
				got = append(got, s.At.Format(time.DateTime)+" "+s.Member+" "+s.Because)
			}
		}
		require.Equal(t, want, got, "case %d", n)
	}
}

func TestExplain(t *testing.T) {
	d := compile(t)
	assert.Equal(t, []string{
		"plan rest: it is for everything that has no plan of its own",
		"ann is off duty until Mon 09:00 Europe/London",
		"neither the owner nor a back-up is on duty",
		"bob is told by phone: level 1: nobody is on duty at level 0 (ann is off duty until Mon 09:00 Europe/London)",
		"then at 2026-06-20T08:10:00Z: 50% of the time for take have passed: take within 20m, day and night",
	}, foresee.Explain(d, foresee.Case{}, at(t, "2026-06-20 08:00")))

	c, _ := d.Open(escalation.Matter{}, at(t, "2026-06-16 08:00"))
	lines := foresee.Explain(d, foresee.Case{Climb: &c}, at(t, "2026-06-16 08:01"))
	assert.Equal(t, []string{"then at 2026-06-16T08:02:00Z: bob is told by phone: level 1: no word of page 0 to ann within 2m0s"}, lines,
		"a case that runs: what comes next")
}

func TestSpans(t *testing.T) {
	d := compile(t)
	start := func(o escalation.Objective) escalation.Clock {
		c, ok := d.Start("rest", o, at(t, "2026-06-16 09:00"))
		require.True(t, ok)
		return c
	}
	pause := func(c escalation.Clock, cause, from, to string) escalation.Clock {
		return d.Resume("rest", c.Pause(cause, at(t, from)), cause, at(t, to))
	}
	for _, row := range []struct {
		reason string
		clock  escalation.Clock
		want   []string
	}{
		{"open hours around lunch and night", start(escalation.FirstReply), []string{
			"16 09:00 - 16 11:00 +2h0m0s open (days)", "16 11:00 - 16 12:00 closed (days)", "16 12:00 - 16 16:00 +4h0m0s open (days)",
			"16 16:00 - 17 08:00 closed (days)", "17 08:00 - 17 10:00 +2h0m0s open (days)"}},
		{"what it stood still for", pause(start(escalation.FirstReply), "customer", "2026-06-16 10:00", "2026-06-17 13:00"), []string{
			"16 09:00 - 16 10:00 +1h0m0s open (days)", "16 10:00 - 17 13:00 stands still: customer",
			"17 13:00 - 17 16:00 +3h0m0s open (days)", "17 16:00 - 18 08:00 closed (days)",
			"18 08:00 - 18 11:00 +3h0m0s open (days)", "18 11:00 - 18 12:00 closed (days)", "18 12:00 - 18 13:00 +1h0m0s open (days)"}},
		{"elapsed time", pause(start(escalation.Take), "incident", "2026-06-16 09:10", "2026-06-16 09:30"), []string{
			"16 09:00 - 16 09:10 +10m0s day and night", "16 09:10 - 16 09:30 stands still: incident",
			"16 09:30 - 16 09:40 +10m0s day and night"}},
		{"calendar days", start(escalation.Resolve), []string{"16 09:00 - 19 09:00 +72h0m0s calendar days, which nothing stops"}},
		{"it stands still now", start(escalation.Take).Pause("customer", at(t, "2026-06-16 09:05")), []string{
			"16 09:00 - 16 09:05 +5m0s day and night"}},
		{"it was delivered to us late", start(escalation.Take).Said(at(t, "2026-06-16 07:00")), []string{
			"16 07:00 - 16 09:00 said, and not yet delivered to us", "16 09:00 - 16 09:20 +20m0s day and night"}},
	} {
		var got []string
		for _, s := range foresee.Spans(d, "rest", row.clock) {
			line := s.From.Format("02 15:04 - ") + s.To.Format("02 15:04 ")
			if s.Counts {
				line += "+" + s.To.Sub(s.From).String() + " "
			}
			got = append(got, line+s.Because)
		}
		assert.Equal(t, row.want, got, row.reason)
	}
}

// TestSpansAddUp: without a gap, and what counts is what the objective gives.
func TestSpansAddUp(t *testing.T) {
	d := compile(t)
	r := rand.New(rand.NewPCG(7, 8))
	for n := range 300 {
		o, gives := escalation.FirstReply, 8*time.Hour
		if n%2 == 0 {
			o, gives = escalation.Take, 20*time.Minute
		}
		now := at(t, "2026-01-01 00:00").Add(time.Duration(r.IntN(365*24*60)) * time.Minute)
		c, _ := d.Start("rest", o, now)
		for i := range r.IntN(6) {
			from := now.Add(time.Duration(r.IntN(int(gives/time.Minute))) * time.Minute)
			now = from.Add(time.Duration(r.IntN(3000)) * time.Minute)
			c = d.Resume("rest", c.Pause(fmt.Sprint(i), from), fmt.Sprint(i), now)
		}
		var sum time.Duration
		last := c.Start
		for _, s := range foresee.Spans(d, "rest", c) {
			require.Equal(t, last, s.From, "clock %d", n)
			require.True(t, s.From.Before(s.To))
			if last = s.To; s.Counts {
				sum += s.To.Sub(s.From)
			}
		}
		require.Equal(t, c.Due, last)
		require.Equal(t, gives, sum, "clock %d: %+v", n, c)
	}
}

func TestBounded(t *testing.T) {
	d := compile(t)
	c := escalation.Clock{Start: at(t, "2026-01-01 00:00"), Due: at(t, "2126-01-01 00:00")}
	spans := foresee.Spans(d, "rest", c)
	require.Len(t, spans, 1001)
	assert.Equal(t, "and so on: not looked at", spans[1000].Because)
	for n := range 40 {
		at := c.Start.Add(time.Duration(n) * time.Minute)
		c = d.Resume("rest", c.Pause("x", at), "x", at)
	}
	assert.Equal(t, "what counted of it is forgotten, with its pauses", foresee.Spans(d, "rest", c)[0].Because)
}

// It is Saturday, and somebody asks who would be told.
func Example() {
	d, err := house().Compile(escalation.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	saturday := time.Date(2026, 6, 20, 8, 0, 0, 0, time.UTC)
	for _, line := range foresee.Explain(d, foresee.Case{}, saturday) {
		fmt.Println(line)
	}
	clock, _ := d.Start("rest", escalation.FirstReply, saturday)
	for _, s := range foresee.Spans(d, "rest", clock) {
		fmt.Println(s.From.Format("Mon 15:04"), "-", s.To.Format("Mon 15:04"), s.Counts, s.Because)
	}
	// Output:
	// plan rest: it is for everything that has no plan of its own
	// ann is off duty until Mon 09:00 Europe/London
	// neither the owner nor a back-up is on duty
	// bob is told by phone: level 1: nobody is on duty at level 0 (ann is off duty until Mon 09:00 Europe/London)
	// then at 2026-06-20T08:10:00Z: 50% of the time for take have passed: take within 20m, day and night
	// Sat 08:00 - Mon 08:00 false closed (days)
	// Mon 08:00 - Mon 11:00 true open (days)
	// Mon 11:00 - Mon 12:00 false closed (days)
	// Mon 12:00 - Mon 16:00 true open (days)
	// Mon 16:00 - Tue 08:00 false closed (days)
	// Tue 08:00 - Tue 09:00 true open (days)
}
