package compare

import (
	"runtime"
	"testing"
)

// perPost runs f over the texts again and again, and reports what one text costs. What f returns is how much it found:
// rows that should find alike can be seen to.
func perPost(b *testing.B, texts []string, f func(text string) int) {
	b.Helper()
	per(b, "post", len(texts), func() (found int) {
		for _, s := range texts {
			found += f(s)
		}
		return found
	})
}

// per runs pass again and again. One pass is n units of work.
func per(b *testing.B, unit string, n int, pass func() int) {
	b.Helper()
	pass() // buffers that are used again have grown after this
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	passes, found := 0, 0
	for b.Loop() {
		passes++
		found += pass()
	}
	runtime.ReadMemStats(&after)
	all := float64(passes) * float64(n)
	b.ReportMetric(0, "ns/op") // of a pass, which nobody wants to know
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/all, "ns/"+unit)
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/all, "allocs/"+unit)
	if found > 0 {
		b.ReportMetric(float64(found)/all, "found/"+unit)
	}
}

// perBuild reports what it costs to make a value: time, what stays on the heap, and what was asked for on the way.
func perBuild(b *testing.B, build func() any) {
	b.Helper()
	var kept, asked float64
	builds := 0
	for b.Loop() {
		b.StopTimer()
		runtime.GC()
		runtime.GC()
		var before, built, after runtime.MemStats
		runtime.ReadMemStats(&before)
		b.StartTimer()
		value := build()
		b.StopTimer()
		runtime.ReadMemStats(&built)
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&after)
		kept += float64(after.HeapAlloc) - float64(before.HeapAlloc)
		asked += float64(built.TotalAlloc - before.TotalAlloc)
		runtime.KeepAlive(value)
		builds++
		b.StartTimer()
	}
	const mebibyte = 1 << 20
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(b.Elapsed().Seconds()*1e3/float64(builds), "ms/build")
	b.ReportMetric(kept/float64(builds)/mebibyte, "kept-MiB")
	b.ReportMetric(asked/float64(builds)/mebibyte, "asked-MiB")
}
