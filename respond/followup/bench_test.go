package followup_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/followup"
)

// tour is a long life that ends where it began, as signs with what is given.
var tour = []struct {
	on followup.Sign
	g  followup.Given
}{
	{followup.Triaged, followup.Given{}},
	{followup.Asked, followup.Given{Facts: followup.Private}},
	{followup.RemindersOut, followup.Given{Facts: followup.RemindersLeft}},
	{followup.GaveDetails, followup.Given{Facts: followup.Complete}},
	{followup.Offered, followup.Given{Facts: followup.Authorised}},
	{followup.Declined, followup.Given{Facts: followup.Authorised}},
	{followup.Offered, followup.Given{Facts: followup.Authorised}},
	{followup.Accepted, followup.Given{}},
	{followup.Fulfilled, followup.Given{}},
	{followup.Thanked, followup.Given{}},
	{followup.SaidOver, followup.Given{}},
	{followup.SurveyOut, followup.Given{}},
	{followup.Wrote, followup.Given{}},
	{followup.Settled, followup.Given{}},
	{followup.Wrote, followup.Given{}},
}

func BenchmarkStep(b *testing.B) {
	var s followup.State
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if s, _, err = followup.Step(s, tour[i].on, tour[i].g); err != nil {
			b.Fatal(err)
		}
		if i++; i == len(tour) {
			i = 0
		}
	}
}

func TestStepAllocatesNothing(t *testing.T) {
	var s followup.State
	for _, step := range tour {
		then, m, err := followup.Step(s, step.on, step.g)
		require.NoError(t, err)
		require.False(t, m.Plain, "the tour goes its own way: %s in %s", step.on, s.Stage)
		s = then
	}
	require.Equal(t, followup.Fresh, s.Stage)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		for _, step := range tour {
			s, _, _ = followup.Step(s, step.on, step.g)
		}
	}))
}
