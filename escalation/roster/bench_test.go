package roster_test

import (
	"testing"

	"github.com/reputekit/reputation/escalation/roster"
)

// benched is two offices by turns of a week, over people who take the nights.
func benched(b *testing.B) *roster.Schedule {
	return compile(b, desk(
		one(rotation("Europe/London", "2026-01-01", "09:00", roster.Week, "cy", "dee")),
		one(rotation("mon-fri 08:00-16:00 Europe/London", "2026-01-01", "", roster.Week, "ann", "bob"),
			rotation("mon-fri 11:00-19:00 America/New_York", "2026-01-01", "", roster.Week, "eve", "m0"))))
}

func BenchmarkOn(b *testing.B) {
	s, x := benched(b), at(b, "2026-06-16 12:00")
	b.ReportAllocs()
	for b.Loop() {
		s.On("desk", x)
	}
}

func BenchmarkNext(b *testing.B) {
	s, x := benched(b), at(b, "2026-06-16 12:00")
	b.ReportAllocs()
	for b.Loop() {
		s.Next("desk", x)
	}
}

func BenchmarkCoverageOfAYear(b *testing.B) {
	s, x := benched(b), at(b, "2026-01-01 00:00")
	b.ReportAllocs()
	for b.Loop() {
		s.Coverage("desk", x, x.AddDate(1, 0, 0))
	}
}
