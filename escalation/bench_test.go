package escalation_test

import (
	"testing"
	"time"

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
