package escalation_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
)

// BenchmarkClimb is one step: before its time, on word of a delivery, and when the next level is told.
func BenchmarkClimb(b *testing.B) {
	d := compile(b, duty(house(), "ann"))
	c, pages := d.Open(escalation.Matter{}, at(b, "09:00"))
	for _, x := range []struct {
		name string
		move escalation.Move
		now  time.Time
	}{
		{"early", escalation.Move{Kind: escalation.TimeUp}, c.Due().Add(-1)},
		{"reached", escalation.Move{Kind: escalation.Reached, Page: pages[0].N}, c.Due()},
		{"next-level", escalation.Move{Kind: escalation.TimeUp}, c.Next},
		{"known", escalation.Move{Kind: escalation.Bounced, Page: 99}, c.Due()},
	} {
		b.Run(x.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d.Climb(c, x.move, x.now)
			}
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	d := compile(b, duty(planned(), "ann"))
	m := escalation.Matter{Category: "outage", Lang: "de"}
	now := at(b, "02:14")
	b.ReportAllocs()
	for b.Loop() {
		d.Open(m, now)
	}
}

// BenchmarkAssign is the assignment of a matter whose owner and back-ups take turns in rosters, on other days of the year:
// team's as it is, and with five people of whom seldom one is on duty.
func BenchmarkAssign(b *testing.B) {
	away := team()
	away.Plans[0].Owner, away.Plans[0].Backups = "hiro", []string{"isla", "carla", "frank", "max"}
	for _, x := range []struct {
		name  string
		house escalation.Hierarchy
	}{{"team", team()}, {"away", away}} {
		d := compile(b, x.house)
		b.Run(x.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				d.Assign(escalation.Matter{}, time.Date(2026, 1, 1+i%365, 14, 0, 0, 0, time.UTC))
			}
		})
	}
}

// BenchmarkTaken is what happens to a matter that somebody has.
func BenchmarkTaken(b *testing.B) {
	d := compile(b, idling(handing(shifts())))
	c, _ := d.Open(escalation.Matter{}, at(b, "10:00"))
	c, _ = d.Climb(c, escalation.Move{Kind: escalation.Took, By: "ann"}, at(b, "10:05"))
	for _, x := range []struct {
		name string
		move escalation.Move
		now  time.Time
	}{
		{"early", escalation.Move{Kind: escalation.TimeUp}, c.Due().Add(-1)},
		{"progress", escalation.Move{Kind: escalation.Progressed}, at(b, "10:30")},
		{"abuse", escalation.Move{Kind: escalation.Abused}, at(b, "10:30")},
		{"contact", escalation.Move{Kind: escalation.Contacted}, at(b, "10:30")},
	} {
		b.Run(x.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d.Climb(c, x.move, x.now)
			}
		})
	}
}

// TestStepsWithoutEffects: a step that tells nobody, and of which no page has become another, allocates nothing.
func TestStepsWithoutEffects(t *testing.T) {
	d := compile(t, idling(handing(shifts())))
	c, _ := d.Open(escalation.Matter{}, at(t, "10:00"))
	taken, _ := d.Climb(c, escalation.Move{Kind: escalation.Took, By: "ann"}, at(t, "10:05"))
	clock, ok := compile(t, timed()).Start("rest", escalation.FirstReply, at(t, "10:00"))
	require.True(t, ok)
	for _, row := range []struct {
		reason string
		step   func()
	}{
		{"before its time", func() { d.Climb(c, escalation.Move{Kind: escalation.TimeUp}, c.Pages[0].At) }},
		{"a page that is not known", func() { d.Climb(c, escalation.Move{Kind: escalation.Reached, Page: 9}, c.Next) }},
		{"progress", func() { d.Climb(taken, escalation.Move{Kind: escalation.Progressed}, c.Next) }},
		{"taken before its time", func() { d.Climb(taken, escalation.Move{Kind: escalation.TimeUp}, c.Next) }},
		{"the customer comes back", func() { d.Climb(taken, escalation.Move{Kind: escalation.Contacted}, c.Next) }},
		{"a clock before its time", func() { clock.Elapse(c.Next) }},
	} {
		assert.Zero(t, testing.AllocsPerRun(100, row.step), row.reason)
	}
}
