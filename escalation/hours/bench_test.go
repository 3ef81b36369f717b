package hours_test

import (
	"testing"
	"time"
)

func BenchmarkAdd(b *testing.B) {
	c := compile(b, "Europe/London", uk)
	x := time.Date(2026, 12, 24, 15, 0, 0, 0, time.UTC)
	b.ReportAllocs()
	for b.Loop() {
		c.Add(x, 4*time.Hour)
	}
}

func BenchmarkOpen(b *testing.B) {
	c := compile(b, "Europe/London", uk)
	x := time.Date(2026, 12, 24, 15, 0, 0, 0, time.UTC)
	b.ReportAllocs()
	for b.Loop() {
		c.Open(x)
	}
}
