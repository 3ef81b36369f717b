package throttle_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation/throttle"
	"github.com/reputekit/reputation/mention/spec"
)

var start = time.Date(2026, 6, 16, 8, 0, 0, 0, time.UTC)

func TestAsk(t *testing.T) {
	two := throttle.Limit{Most: 2, Per: spec.Of(10 * time.Minute)}
	type ask struct {
		after  time.Duration
		key    string
		urgent bool
		held   time.Duration // after start; 0 means that it goes out at once
	}
	for _, row := range []struct {
		reason string
		limit  throttle.Limit
		asks   []ask
		keys   []string // of the message when it is due
	}{
		{"as many as the limit go out at once", two, []ask{{0, "a", false, 0}, {time.Minute, "b", false, 0}}, nil},
		{"the next waits until the oldest no longer counts, and what follows waits with it", two,
			[]ask{{0, "a", false, 0}, {time.Minute, "b", false, 0}, {2 * time.Minute, "c", false, 10 * time.Minute},
				{3 * time.Minute, "d", false, 10 * time.Minute}}, []string{"c", "d"}},
		{"the same page asked again waits where it is", two,
			[]ask{{0, "a", false, 0}, {0, "b", false, 0}, {time.Minute, "c", false, 10 * time.Minute},
				{2 * time.Minute, "c", false, 10 * time.Minute}}, []string{"c"}},
		{"crisis and life go out at once, whatever waits", two,
			[]ask{{0, "a", false, 0}, {0, "b", false, 0}, {time.Minute, "c", false, 10 * time.Minute},
				{time.Minute, "life", true, 0}, {time.Minute, "c", true, 0}}, nil},
		{"what no longer counts is forgotten", two,
			[]ask{{0, "a", false, 0}, {0, "b", false, 0}, {10 * time.Minute, "c", false, 0}}, nil},
		{"without a limit nothing waits", throttle.Limit{},
			[]ask{{0, "a", false, 0}, {0, "b", false, 0}, {0, "c", false, 0}}, nil},
		{"a clock that goes back lets nothing out", two,
			[]ask{{5 * time.Minute, "a", false, 0}, {5 * time.Minute, "b", false, 0}, {0, "c", false, 15 * time.Minute}}, []string{"c"}},
		{"what a wrong clock wrote decades ahead holds nobody until then", two,
			[]ask{{30 * 366 * 24 * time.Hour, "a", false, 0}, {30 * 366 * 24 * time.Hour, "b", false, 0}, {0, "c", false, 0}}, nil},
	} {
		t.Run(row.reason, func(t *testing.T) {
			var tally throttle.Tally
			for _, x := range row.asks {
				var until, want time.Time
				if x.held > 0 {
					want = start.Add(x.held)
				}
				tally, until = tally.Ask(row.limit, x.key, x.urgent, start.Add(x.after))
				assert.Equal(t, want, until, x.key)
			}
			if !tally.Due.IsZero() {
				early, none := tally.Elapse(row.limit, tally.Due.Add(-time.Millisecond))
				assert.Empty(t, none, "early")
				assert.Equal(t, tally, early)
			}
			after, keys := tally.Elapse(row.limit, tally.Due)
			assert.Equal(t, row.keys, keys)
			_, keys = after.Elapse(row.limit, tally.Due)
			assert.Empty(t, keys, "twice")
		})
	}
}

func TestDrop(t *testing.T) {
	one := throttle.Limit{Most: 1, Per: spec.Of(time.Minute)}
	tally, _ := throttle.Tally{}.Ask(one, "a", false, start)
	tally, _ = tally.Ask(one, "b", false, start)
	tally, _ = tally.Ask(one, "c", false, start)
	less := tally.Drop("b")
	assert.Equal(t, []string{"b", "c"}, tally.Held, "the argument is not altered")
	assert.Equal(t, []string{"c"}, less.Held)
	assert.Zero(t, less.Drop("c").Due, "nothing waits")
}

// TestWrongClock holds a page in a year that has not come: once the clock is right it waits no longer than the limit says.
func TestWrongClock(t *testing.T) {
	one := throttle.Limit{Most: 1, Per: spec.Of(10 * time.Minute)}
	tally, _ := throttle.Tally{}.Ask(one, "a", false, start.AddDate(30, 0, 0))
	tally, until := tally.Ask(one, "b", false, start.AddDate(30, 0, 0))
	require.Equal(t, start.AddDate(30, 0, 0).Add(10*time.Minute), until)
	tally, until = tally.Ask(one, "c", false, start)
	assert.Equal(t, start.Add(10*time.Minute), until)
	_, keys := tally.Elapse(one, until)
	assert.Equal(t, []string{"b", "c"}, keys)
}

func TestCheck(t *testing.T) {
	assert.NoError(t, throttle.Limit{}.Check())
	assert.NoError(t, throttle.Limit{Most: 3, Per: spec.Of(time.Minute)}.Check())
	assert.EqualError(t, throttle.Limit{Most: -1, Per: spec.Of(-time.Minute)}.Check(),
		"most: -1 is not between 0, for no limit, and 1000\nper: -1m is no stretch of time")
	assert.Error(t, throttle.Limit{Most: 1}.Check())
}

// TestNothingIsLost asks at random: whatever is asked goes out once, urgent things at once, and the others are never more
// than the limit allows, however the clock goes.
func TestNothingIsLost(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 120 {
		limit := throttle.Limit{Most: 1 + r.IntN(4), Per: spec.Of(time.Duration(1+r.IntN(600)) * time.Second)}
		var tally throttle.Tally
		var out []time.Time // of what is not urgent
		gone := map[string]int{}
		asked, now := 0, start
		elapse := func() {
			var keys []string
			if tally, keys = tally.Elapse(limit, now); len(keys) > 0 {
				out = append(out, tally.Sent[len(tally.Sent)-1])
			}
			for _, k := range keys {
				gone[k]++
			}
		}
		for range 100 {
			now = now.Add(time.Duration(r.IntN(100)-10) * time.Second)
			elapse()
			key, urgent := fmt.Sprint(asked), r.IntN(5) == 0
			asked++
			before, err := json.Marshal(tally)
			require.NoError(t, err)
			next, until := tally.Ask(limit, key, urgent, now)
			after, _ := json.Marshal(tally)
			require.Equal(t, string(before), string(after), "the argument is not altered")
			var stored throttle.Tally
			require.NoError(t, json.Unmarshal(before, &stored))
			again, when := stored.Ask(limit, key, urgent, now)
			require.Equal(t, next, again, "as stored")
			require.Equal(t, until, when)
			tally = next
			require.True(t, !urgent || until.IsZero(), "nothing throttles crisis and life")
			if until.IsZero() {
				gone[key]++
				if !urgent {
					out = append(out, tally.Sent[len(tally.Sent)-1])
				}
			}
			require.Equal(t, len(tally.Held) > 0, !tally.Due.IsZero())
		}
		now = now.Add(24 * time.Hour)
		elapse()
		require.Len(t, gone, asked, "tally %d", n)
		for key, times := range gone {
			require.Equal(t, 1, times, key)
		}
		for i := range out {
			if j := i + limit.Most; j < len(out) {
				require.GreaterOrEqual(t, out[j].Sub(out[i]), limit.Per.Std(), "tally %d: too many at once", n)
			}
		}
	}
}

// Twelve cases break at once, and the one person on duty gets three messages: two pages, and then the rest together.
func Example() {
	limit := throttle.Limit{Most: 2, Per: spec.Of(10 * time.Minute)}
	var ann throttle.Tally
	for i := range 12 {
		var until time.Time
		if ann, until = ann.Ask(limit, fmt.Sprint("case ", i), false, start); until.IsZero() {
			fmt.Println("page for case", i)
		}
	}
	fmt.Println(len(ann.Held), "wait until", ann.Due.Format("15:04"))
	ann, until := ann.Ask(limit, "somebody is hurt", true, start)
	fmt.Println("life goes out at once:", until.IsZero())
	_, together := ann.Elapse(limit, ann.Due)
	fmt.Println("one message for", len(together))
	// Output:
	// page for case 0
	// page for case 1
	// 10 wait until 08:10
	// life goes out at once: true
	// one message for 10
}
