package surge_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage/surge"
)

// met is a crowd that has met one new stranger every three hours for some weeks.
func met(t testing.TB) surge.Crowd {
	t.Helper()
	c := surge.Crowd{Strangers: surge.Watched(day(0))}
	for i := range 8 * 21 {
		var m surge.Meeting
		c, m = surge.Gauge{}.Meet(c, "chirp", fmt.Sprint("passer-by ", i), true, day(0).Add(time.Duration(3*i)*time.Hour))
		require.False(t, m.On, "one stranger in three hours is the usual")
	}
	return c
}

func TestCrowd(t *testing.T) {
	hour := time.Hour
	for _, x := range []struct {
		reason   string
		authors  int // different ones, taking turns
		mentions int
		stranger bool
		within   time.Duration
		on       bool
	}{
		{"forty strangers in half an hour", 40, 40, true, hour / 2, true},
		{"forty strangers in half an hour, each five times", 40, 200, true, hour / 2, true},
		{"one stranger two hundred times is no crowd", 1, 200, true, hour / 2, false},
		{"nor are three", 3, 200, true, hour / 2, false},
		{"forty customers are an ordinary surge, which the series sees", 40, 40, false, hour / 2, false},
		{"forty strangers in four days", 40, 40, true, 96 * hour, false},
	} {
		c := met(t)
		var m surge.Meeting
		warnings := 0
		for i := range x.mentions {
			at := day(21).Add(x.within * time.Duration(i) / time.Duration(x.mentions))
			c, m = surge.Gauge{}.Meet(c, "chirp", fmt.Sprint("author ", i%x.authors), x.stranger, at)
			if m.Warning {
				warnings++
			}
		}
		assert.Equal(t, x.on, m.On, "%s: %+v", x.reason, m)
		assert.Equal(t, x.on, m.Member, x.reason)
		assert.Equal(t, map[bool]int{true: 1}[x.on], warnings, "%s: warnings", x.reason)
		if x.on {
			assert.InDelta(t, x.authors, m.Authors, 3, "%s: people are counted, not mentions", x.reason)
			continue
		}
		assert.Zero(t, m.Authors, "%s: no group", x.reason)
	}
}

func TestOneDecision(t *testing.T) {
	c := met(t)
	meet := func(author string, stranger bool, at time.Time) surge.Meeting {
		var m surge.Meeting
		c, m = surge.Gauge{}.Meet(c, "chirp", author, stranger, at)
		return m
	}
	at := day(21)
	var m surge.Meeting
	for i := range 40 {
		m = meet(fmt.Sprint("stranger ", i), true, at.Add(time.Duration(i)*time.Second))
	}
	require.True(t, m.Member)
	since := m.Since

	_, ok := c.Decided(since.Add(time.Minute), "leave standing")
	assert.False(t, ok, "that is no group of ours")
	_, ok = surge.Crowd{}.Decided(time.Time{}, "leave standing")
	assert.False(t, ok, "no group, no decision")
	before := stored(t, c)
	decided, ok := c.Decided(since, "leave standing\x00")
	require.True(t, ok)
	assert.Equal(t, before, stored(t, c), "the row it was called on is as it was")
	c = decided

	at = at.Add(30 * time.Minute)
	for _, x := range []struct {
		reason           string
		author           string
		stranger, member bool
		at               time.Time
	}{
		{"a new stranger", "one more", true, true, at},
		{"one of the group again", "stranger 1", true, true, at},
		{"a customer who writes meanwhile", "a customer", false, false, at},
		{"somebody who cannot be told from others", "", true, false, at},
		{"a stranger whose mention is of the day before", "yesterday", true, false, at.Add(-24 * time.Hour)},
		{"one of the group, with a mention of the day before", "stranger 1", true, false, at.Add(-24 * time.Hour)},
	} {
		m = meet(x.author, x.stranger, x.at)
		assert.Equal(t, x.member, m.Member, x.reason)
		assert.Equal(t, "leave standing", m.Decision, "%s: the group's decision is the same for all who ask", x.reason)
		assert.Equal(t, since, m.Since, x.reason)
		assert.False(t, m.Warning, x.reason)
	}
	assert.InDelta(t, 41, m.Authors, 3, "the one more is in the group, nobody twice")

	c, m = surge.Gauge{}.Wait(c, day(23))
	assert.False(t, m.On, "over")
	assert.Empty(t, m.Decision, "what was decided about the group was about the group")
	assert.Zero(t, m.Authors)
	m = meet("stranger 1", true, day(23))
	assert.Equal(t, surge.Meeting{Reading: m.Reading}, m, "nothing is held against him who was in it")
	assert.Equal(t, 1, m.Seen)
}

// TestNobodyIsMarked reads a row for traces of the persons who are in it.
func TestNobodyIsMarked(t *testing.T) {
	c := met(t)
	var m surge.Meeting
	for i := range 200 {
		c, m = surge.Gauge{}.Meet(c, "chirp", fmt.Sprint("@person", i), true, day(21).Add(time.Duration(i)*time.Second))
	}
	require.True(t, m.On)
	assert.NotContains(t, stored(t, c)+stored(t, m), "person", "no key of an author is in the row or the reading")
	assert.Len(t, c.Now, 512, "a bit of 4096 is all that is left of one")
	for i := range 200 {
		c, _ = surge.Gauge{}.Meet(c, "chirp", fmt.Sprint("other", i), true, day(23).Add(time.Duration(i)*time.Second))
	}
	var other surge.Crowd
	for i := range 200 {
		other, _ = surge.Gauge{}.Meet(other, "chirp", fmt.Sprint("other", i), true, day(23).Add(time.Duration(i)*time.Second))
	}
	assert.Equal(t, other.Now, c.Now, "and that is gone with the hour")
	assert.Equal(t, other.Before, c.Before)
}

func TestCrowdLaws(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 37))
		var c surge.Crowd
		for _, p := range posts(r, 200) {
			author := fmt.Sprint("author ", r.IntN(60))
			before := stored(t, c)
			next, one := surge.Gauge{}.Meet(c, "chirp", author, true, p.at)
			again, two := surge.Gauge{}.Meet(c, "chirp", author, true, p.at)
			require.Equal(t, before, stored(t, c), "a step leaves its argument")
			require.Equal(t, stored(t, next), stored(t, again), "the same step twice: the same bytes")
			require.Equal(t, one, two)
			require.LessOrEqual(t, len(stored(t, next)), 2500, "a row stays small")
			require.Equal(t, one.Authors > 0, one.On, "strangers are in a group when there is one")
			twice, three := surge.Gauge{}.Meet(next, "chirp", author, true, p.at)
			if !one.Late {
				require.Equal(t, stored(t, next), stored(t, twice), "who was met is not met again")
				require.Equal(t, one.Seen, three.Seen)
			}
			var back surge.Crowd
			require.NoError(t, json.Unmarshal([]byte(stored(t, next)), &back))
			require.Equal(t, stored(t, next), stored(t, back))
			c = next
		}
	}
}

// TestMeasureCrowd says how many of different strangers in an hour are counted.
func TestMeasureCrowd(t *testing.T) {
	for _, n := range []int{10, 100, 1000, 10_000} {
		var c surge.Crowd
		var m surge.Meeting
		most := 0
		for i := range 2 * n { // the second hour finds the traces of the first
			at := day(0).Add(2 * time.Hour * time.Duration(i) / time.Duration(2*n))
			c, m = surge.Gauge{}.Meet(c, "chirp", fmt.Sprint("stranger ", i), true, at)
			if i >= n {
				most = m.Seen
			}
		}
		t.Logf("%5d strangers in each of two hours: %5d counted in the second", n, most)
		assert.LessOrEqual(t, most, n, "never more than there are")
		assert.GreaterOrEqual(t, most, min(n*2/3, 300), "and of a thousand two in three")
	}
}

func FuzzCrowdRow(f *testing.F) {
	f.Add([]byte(`{}`), int64(0))
	f.Add([]byte(`{"now":"AAAA","before":"////","hour":"2026-03-02T00:00:07Z","authors":-9223372036854775808}`), int64(1772409600))
	f.Add([]byte(`{"hour":"9999-12-31T23:59:59Z","authors":9223372036854775807}`), int64(1<<33))
	f.Fuzz(func(t *testing.T, row []byte, seconds int64) {
		var c surge.Crowd
		if json.Unmarshal(row, &c) != nil {
			t.Skip()
		}
		at := time.Unix(seconds%(1<<38), 0)
		for i := range 60 {
			var m surge.Meeting
			c, m = surge.Gauge{}.Meet(c, "chirp", fmt.Sprint(i), true, at.Add(time.Duration(i)*time.Minute))
			if m.Authors < 0 {
				t.Errorf("a group of %d", m.Authors)
			}
		}
		if _, err := json.Marshal(c); err != nil {
			t.Error(err)
		}
	})
}
