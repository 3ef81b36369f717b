package figures

import (
	"encoding/json"
	"sync"
	"time"
)

// Figures implement desk.Meter and expvar.Var. The zero value is ready; it is safe for concurrent use and must not be
// copied.
type Figures struct {
	mu  sync.Mutex
	all Snapshot
}

// A Snapshot is what was measured until now, by name and by what it was measured of.
type Snapshot struct {
	Counts map[string]map[string]int64    `json:"counts,omitempty"` // all since the beginning
	Levels map[string]map[string]int64    `json:"levels,omitempty"` // the last of each
	Times  map[string]map[string]Duration `json:"times,omitempty"`  // all since the beginning
}

// A Duration is what is known of many durations.
type Duration struct {
	Count   int64    `json:"count"`    // how many there were
	TotalMS int64    `json:"total_ms"` // their sum, in milliseconds
	MostMS  int64    `json:"most_ms"`  // the longest, in milliseconds
	Buckets [7]int64 `json:"buckets"`  // up to 1 ms, 10 ms, 100 ms, 1 s, 10 s, 100 s, longer
}

// Count implements desk.Meter.
func (f *Figures) Count(name, of string, n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	in(&f.all.Counts, name)[of] += int64(n)
}

// Level implements desk.Meter.
func (f *Figures) Level(name, of string, n int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	in(&f.all.Levels, name)[of] = n
}

// Took implements desk.Meter.
func (f *Figures) Took(name, of string, d time.Duration) {
	d = max(d, 0)
	f.mu.Lock()
	defer f.mu.Unlock()
	times := in(&f.all.Times, name)
	t := times[of]
	t.Count++
	t.TotalMS += d.Milliseconds()
	t.MostMS = max(t.MostMS, d.Milliseconds())
	n, up := 0, time.Millisecond
	for n < len(t.Buckets)-1 && d > up {
		n, up = n+1, up*10
	}
	t.Buckets[n]++
	times[of] = t
}

// String is the snapshot as JSON, as expvar wants it.
func (f *Figures) String() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	data, _ := json.Marshal(f.all) // maps of numbers always marshal
	return string(data)
}

// in is the map under a name, made where there is none.
func in[V any](all *map[string]map[string]V, name string) map[string]V {
	if *all == nil {
		*all = map[string]map[string]V{}
	}
	if (*all)[name] == nil {
		(*all)[name] = map[string]V{}
	}
	return (*all)[name]
}
