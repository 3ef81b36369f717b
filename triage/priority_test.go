package triage_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage"
)

func randomRank(r *rand.Rand) triage.Rank {
	flip := func(n int) bool { return r.IntN(n) == 0 }
	at := func() time.Time {
		if flip(4) {
			return time.Time{}
		}
		return time.UnixMilli(r.Int64N(4e12)).UTC()
	}
	return triage.Rank{
		Life: flip(8), Safety: flip(8), Exposure: flip(8), Duty: flip(8), Crisis: flip(8),
		Severity: triage.Severity(r.IntN(4)), Breaches: r.IntN(3), Deadline: at(), Repeated: flip(2), Since: at(),
		Tier: r.IntN(12) - 1, Audience: int(r.Uint64()>>(r.IntN(64))) - 1,
	}
}

// harm is the rank of harm of a priority: its first digit.
func harm(r triage.Rank) byte { return r.Priority()[0] }

func TestPriorityLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	width := len(triage.Rank{}.Priority())
	for range 20000 {
		a, b := randomRank(r), randomRank(r)
		pa, pb := a.Priority(), b.Priority()
		require.Len(t, string(pa), width, "the width never changes: %+v", a)

		if a.Life && !b.Life {
			require.Less(t, pa, pb, "life is first: %+v before %+v", a, b)
		}
		swappedA, swappedB := a, b
		swappedA.Audience, swappedB.Audience = b.Audience, a.Audience
		if harm(a) != harm(b) {
			require.Equal(t, pa < pb, swappedA.Priority() < swappedB.Priority(),
				"followers never move a case across a rank of harm: %+v and %+v", a, b)
		}
		same := b
		same.Life, same.Safety, same.Exposure, same.Duty, same.Crisis = a.Life, a.Safety, a.Exposure, a.Duty, a.Crisis
		same.Severity, same.Breaches = a.Severity, a.Breaches
		if !a.Deadline.IsZero() && (same.Deadline.IsZero() || a.Deadline.Before(same.Deadline)) {
			require.Less(t, pa, same.Priority(), "within a rank the earlier deadline is first: %+v and %+v", a, same)
		}
		breached := a
		breached.Breaches++
		require.LessOrEqual(t, breached.Priority(), pa, "a breach never moves a case back: %+v", a)
		longer := a
		if !a.Since.IsZero() {
			longer.Since = a.Since.Add(-time.Hour)
			require.LessOrEqual(t, longer.Priority(), pa, "who waits longer is never behind: %+v", a)
		}
	}
}

func TestNothingStarves(t *testing.T) {
	lowest := triage.Rank{}
	for range 7 {
		lowest.Breaches++
	}
	assert.Equal(t, byte('1'), harm(lowest), "enough breaches bring anything up behind life")
	lowest.Breaches = math.MaxInt
	assert.Equal(t, byte('1'), harm(lowest), "and never into it")
}

func TestHarmInOrder(t *testing.T) {
	order := []triage.Rank{
		{Life: true}, {Safety: true}, {Exposure: true}, {Duty: true}, {Crisis: true},
		{Severity: triage.Serious}, {Severity: triage.Elevated}, {},
	}
	for i := 1; i < len(order); i++ {
		reach := order[i]
		reach.Audience, reach.Tier, reach.Repeated = math.MaxInt, 9, true
		assert.Less(t, order[i-1].Priority(), reach.Priority(), "rank %d stands before rank %d, whatever its reach", i-1, i)
	}
	assert.Equal(t, byte('4'), harm(triage.Rank{Severity: triage.Crisis}), "the severity alone is a crisis too")
}

func TestPriorityOfOddInstants(t *testing.T) {
	for _, at := range []time.Time{time.Unix(-1e12, 0), time.Unix(1e17, 0), {}} {
		assert.Len(t, string(triage.Rank{Deadline: at, Since: at, Audience: -1, Tier: -5, Breaches: -1}.Priority()),
			len(triage.Rank{}.Priority()), "any instant has its place: %v", at)
	}
}
