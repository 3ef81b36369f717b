package figures_test

import (
	"encoding/json"
	"expvar"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/figures"
)

var (
	_ desk.Meter = (*figures.Figures)(nil)
	_ expvar.Var = (*figures.Figures)(nil)
)

// What a desk has written, as expvar shows it.
func Example() {
	f := &figures.Figures{}
	f.Count("items", "chirp", 3)
	f.Count("items", "chirp", 1)
	f.Level("late", "desk", 250)
	fmt.Println(f)
	// Output:
	// {"counts":{"items":{"chirp":4}},"levels":{"late":{"desk":250}}}
}

func TestDurationsFallIntoTheirBuckets(t *testing.T) {
	for _, row := range []struct {
		reason string
		d      time.Duration
		bucket int
	}{
		{"a clock that went back took no time", -time.Hour, 0},
		{"the border is inside", time.Millisecond, 0},
		{"just beyond it", time.Millisecond + 1, 1},
		{"a second", time.Second, 3},
		{"longer than anything", 24 * time.Hour, 6},
	} {
		f := &figures.Figures{}
		f.Took("call", "send", row.d)
		var s figures.Snapshot
		require.NoError(t, json.Unmarshal([]byte(f.String()), &s), row.reason)
		var want [7]int64
		want[row.bucket] = 1
		assert.Equal(t, want, s.Times["call"]["send"].Buckets, row.reason)
	}
}

func TestManyWriteAtOnce(t *testing.T) {
	f := &figures.Figures{}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				f.Count("items", "chirp", 1)
				f.Took("call", "send", time.Millisecond)
				_ = f.String()
			}
		})
	}
	all.Wait()
	assert.Contains(t, f.String(), `"chirp":800`)
}
