package tally_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage/tally"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func days(n float64) time.Time { return noon.Add(time.Duration(n * 24 * float64(time.Hour))) }

func TestRead(t *testing.T) {
	for _, x := range []struct {
		reason string
		seen   []time.Time
		at     time.Time
		want   int
	}{
		{"nobody knows him", nil, noon, 0},
		{"a mention is not its own earlier contact", []time.Time{noon}, noon, 0},
		{"two before it count", []time.Time{days(-2), days(-1), noon}, noon, 2},
		{"the border of 30 days is inside", []time.Time{days(-30)}, noon, 1},
		{"beyond 30 days is forgotten", []time.Time{days(-30.01)}, noon, 0},
		{"what comes after the instant is not earlier", []time.Time{days(1)}, noon, 0},
		{"the same instant twice is one contact", []time.Time{days(-1), days(-1)}, noon, 1},
		{"two instants of one millisecond are one", []time.Time{days(-1), days(-1).Add(time.Microsecond)}, noon, 1},
		{"the zone does not matter", []time.Time{days(-1), days(-1).In(time.FixedZone("east", 3600))}, noon, 1},
		{"the zero time is no instant", []time.Time{{}}, noon, 0},
	} {
		var a tally.Author
		for _, at := range x.seen {
			a = a.See(at)
		}
		assert.Equal(t, x.want, a.Read(x.at).Contacts, x.reason)
	}
}

func TestCounts(t *testing.T) {
	a := tally.Author{}.Opened().Opened().Closed().BrokenPromise()
	assert.Equal(t, tally.Reading{Open: 1, Broken: 1}, a.Read(noon), "two opened, one closed, one promise broken")
	assert.Equal(t, 0, a.Closed().Closed().Open, "there are never fewer open cases than none")
}

func TestOrderFreeAndIdempotent(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		instants := make([]time.Time, r.IntN(150))
		for i := range instants {
			instants[i] = days(60 * r.Float64())
		}
		var one, other tally.Author
		for _, at := range instants {
			one = one.See(at).See(at)
		}
		r.Shuffle(len(instants), func(i, k int) { instants[i], instants[k] = instants[k], instants[i] })
		for _, at := range instants {
			other = other.See(at)
		}
		require.Equal(t, one, other, "the same instants in any order, and twice")
		require.LessOrEqual(t, len(one.Seen), 100, "a row stays small")
		require.True(t, slices.IsSortedFunc(one.Seen, time.Time.Compare), "oldest first")
	}
}

func TestAStepLeavesItsArgument(t *testing.T) {
	before := tally.Author{Seen: append(make([]time.Time, 0, 10), days(-2), noon)}
	saved, err := json.Marshal(before)
	require.NoError(t, err)
	one, two := before.See(days(-1)), before.See(days(1))
	before.Opened().Closed().BrokenPromise()
	now, err := json.Marshal(before)
	require.NoError(t, err)
	assert.Equal(t, string(saved), string(now), "the row it was called on is as it was")
	assert.Len(t, before.Seen[:3][2:], 1)
	assert.True(t, before.Seen[:3][2].IsZero(), "nothing was written behind its end either")
	assert.Equal(t, []time.Time{days(-2), days(-1), noon}, one.Seen)
	assert.Equal(t, []time.Time{days(-2), noon, days(1)}, two.Seen)
}

func Example() {
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	var row tally.Author
	row = row.See(noon.Add(-48 * time.Hour)).Opened()
	row = row.See(noon.Add(-time.Hour))
	fmt.Printf("%+v\n", row.Read(noon))
	fmt.Printf("%+v\n", row.Read(noon.AddDate(0, 0, 29)))
	// Output:
	// {Contacts:2 Open:1 Broken:0}
	// {Contacts:1 Open:1 Broken:0}
}
