package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/tally"
	"github.com/reputekit/reputation/triage/when"
)

// Who is called because a life is in danger may act, whoever else may see the case.
func TestWhoIsCalledForALifeIsNotShutOut(t *testing.T) {
	s := complaint(t)
	s.do(tuesday, "ana", event.Restricted{To: []string{"ana"}})
	m := post("2", "@Fjordwing a passenger is unconscious", tuesday.Add(time.Minute))
	s.do(m.PostedAt, event.Customer, event.Received{Mention: m})
	called := ""
	for _, p := range s.c.Climb.Pages {
		if p.Member != "ana" {
			called = p.Member
		}
	}
	require.NotEmpty(t, called)
	assert.True(t, s.c.Sees(called), "%s reads what he is called for", called)
	s.do(m.PostedAt, called, event.Taken{})
	assert.Equal(t, called, s.c.Climb.Taken)
	assert.False(t, s.c.Sees("dora"), "and nobody else")
	s.replay()
}

// A bar for which nobody answers waives nothing: a machine never does.
func TestABarOfNobodyWaivesNothing(t *testing.T) {
	for _, row := range []struct {
		reason, owner string
		owed          bool
	}{
		{"a member answers for it", "cleo", false},
		{"nobody does", "", true},
		{"who did has left", "who left", true},
	} {
		p := newPurses(shippedRules(t))
		p.author = p.author.Bar(tally.Bar{From: event.Engage, Reason: "insults", Owner: row.owner, Since: tuesday.Add(-time.Hour),
			Until: tuesday.AddDate(1, 0, 0), Case: "another"})
		m := post("1", "@Fjordwing you cancelled my flight", tuesday)
		s := newStory(t, p.rules, m)
		_, err := s.told(p, tuesday, event.Customer, event.Received{Mention: m})
		require.NoError(t, err)
		assert.Equal(t, row.owed, !s.c.Owed.IsZero(), row.reason)
		assert.Equal(t, row.owed, s.c.Waived == 0, row.reason)
		s.replay()
	}
}

// Danger that is known late is answered like any other, also where nobody was to answer the word that speaks of it.
func TestLateDangerIsOwedAnAnswer(t *testing.T) {
	rules := changed(t, func(s *respond.Specs) {
		s.Policy.Signals = []triage.Source{{Name: "danger", By: "vendor"}}
		s.Policy.Rules = append([]triage.Rule{{Name: "late danger", When: when.Signal("danger", when.Min(800)),
			Then: triage.Then{Category: triage.Life}}}, s.Policy.Rules...)
	})
	p := newPurses(rules)
	p.author = p.author.Bar(tally.Bar{From: event.Engage, Reason: "insults", Owner: "cleo", Since: tuesday.Add(-time.Hour),
		Until: tuesday.AddDate(1, 0, 0), Case: "another"})
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, rules, m)
	entry, err := s.told(p, tuesday, event.Customer, event.Received{Mention: m})
	require.NoError(t, err)
	require.Zero(t, s.c.Owed, "he is not engaged with")
	entry, err = s.told(p, tuesday.Add(time.Minute), event.Host, event.Observed{Key: keyOf[effect.Observe](t, entry),
		Ref: mention.Ref{Channel: "chirp", ID: "1"}, Signals: []signal.Reading{{Name: "danger", Value: 900}}})
	require.NoError(t, err)
	require.Equal(t, triage.Life, s.c.Verdict.Category)
	assert.NotEmpty(t, members(entry), "somebody is called")
	assert.False(t, s.c.Owed.IsZero(), "and an answer is owed")
	require.NotEmpty(t, s.c.Clocks)
	assert.Equal(t, tuesday.Add(6*time.Minute), s.c.Clocks[0].Due, "in five minutes")
	s.replay()
}
