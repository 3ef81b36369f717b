package incident_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/triage"
)

// bodies are the requests of one kind.
func bodies[B effect.Body](entries ...incident.Entry) (out []B) {
	for _, e := range entries {
		for _, x := range e.Effects {
			if b, ok := x.Body.(B); ok {
				out = append(out, b)
			}
		}
	}
	return out
}

func TestTheIncidentHoldsItsCases(t *testing.T) {
	c := newCrisis(t)
	assert.Empty(t, bodies[effect.HoldCases](c.join(night, 1)), "a suspicion holds no reply")
	entry := c.do(night, "cleo", event.Declared{})
	assert.Equal(t, []effect.HoldCases{{Incident: c.in.ID}}, bodies[effect.HoldCases](entry), "all that have joined")
	entry = c.join(night, 2)
	assert.Equal(t, []effect.HoldCases{{Incident: c.in.ID, Case: "case-2"}}, bodies[effect.HoldCases](entry), "and each that joins")
	for _, a := range c.in.Awaited {
		assert.NotEqual(t, "hold_cases", a.Kind, "a case that could not be held answers for itself: no outcome is awaited")
	}

	life := event.Joined{Case: "case-3", Category: "outage", Life: true}
	assert.Empty(t, bodies[effect.HoldCases](c.do(night, event.Host, life)), "nothing holds danger to life")
	bag := event.Joined{Case: "case-4", Category: "cancellation"}
	c.refused(night, event.Host, bag)
	assert.Len(t, bodies[effect.HoldCases](c.do(night, "ben", bag)), 1, "a member brings in what a machine would not")

	freed := c.do(night, "ben", event.Freed{Case: "case-4", Note: "a bag, 600 111 222"})
	assert.Equal(t, []effect.ReleaseCases{{Incident: c.in.ID, Case: "case-4"}}, bodies[effect.ReleaseCases](freed))
	assert.NotContains(t, encode(t, freed.Effects), "600 111", "a note of a person does not leave with an effect")
	assert.Equal(t, 1, c.in.Freed)
	assert.Contains(t, c.refused(night, event.Host, event.Freed{Case: "case-1"}), "no member")

	over := c.do(night, "cleo", event.Dismissed{Pace: 30})
	assert.Equal(t, []effect.ReleaseCases{{Incident: c.in.ID, Pace: 30}}, bodies[effect.ReleaseCases](over))
	lost := c.do(night, event.Channel, event.Undelivered{Key: keyOf[effect.ReleaseCases](t, over), Reason: event.Failed})
	assert.NotEmpty(t, tells(lost), "customers who are not let go would wait for ever: somebody is told")
	c.refused(night, "ben", event.Freed{Case: "case-1"})
	c.replay()
}

func TestWhatWasNoCrisisLetsGo(t *testing.T) {
	c := newCrisis(t)
	c.join(night, 1)
	entry := c.do(night, "ben", event.Dismissed{})
	assert.Equal(t, []effect.ReleaseCases{{Incident: c.in.ID, Pace: 60}}, bodies[effect.ReleaseCases](entry),
		"their clocks ran all along: what was missed meanwhile is told of one after another, not of ten thousand at once")
}

func TestManyJoinAndNothingIsForgotten(t *testing.T) {
	c := newCrisis(t).declared(night)
	c.says(night, "Our site is down.")
	for n := 2; n < 200; n++ {
		c.join(night, n)
	}
	kinds := map[string]int{}
	for _, a := range c.in.Awaited {
		kinds[a.Kind]++
	}
	assert.LessOrEqual(t, len(c.in.Awaited), 64)
	assert.Equal(t, 1, kinds["publish"], "word of the statement is waited for")
	assert.NotZero(t, kinds["tell"], "and of the pages")
}

func TestSpread(t *testing.T) {
	rules := rulesOf(t)
	in := incident.Incident{Matter: incident.Matter{Category: "outage"}}
	var cases []incident.Waiting
	for n := range 10 {
		cases = append(cases, incident.Waiting{Case: fmt.Sprint(n), Priority: triage.Priority(fmt.Sprint(9 - n))})
	}
	out := incident.Spread(rules, in, cases, 60, night)
	require.Len(t, out, 10)
	for n, at := range out {
		assert.Equal(t, night.Add(time.Duration(9-n)*time.Minute), at, "the most urgent first, one a minute")
	}
	slices.Reverse(cases)
	again := incident.Spread(rules, in, cases, 60, night)
	slices.Reverse(again)
	assert.Equal(t, out, again, "the order in which they come does not matter")

	assert.Equal(t, make([]time.Time, 10), incident.Spread(rules, in, cases, 0, night), "nothing is spread")
	life := in
	life.Matter.Life = true
	assert.Equal(t, make([]time.Time, 10), incident.Spread(rules, life, cases, 60, night), "danger to life waits for nobody")
	assert.Empty(t, incident.Spread(rules, in, nil, 60, night))
	assert.Len(t, incident.Spread(rules, in, cases, 1<<62, night), 10)

	madrid, err := time.LoadLocation("Europe/Madrid")
	require.NoError(t, err)
	open, err := hours.Week{Open: []hours.Span{{Days: []string{"mon-fri"}, From: "08:00", To: "18:00"}}}.Compile(madrid)
	require.NoError(t, err)
	bags := incident.Incident{Matter: incident.Matter{Category: "cancellation"}}
	friday := time.Date(2026, 6, 19, 15, 30, 0, 0, time.UTC) // half an hour before they go home
	out = incident.Spread(rules, bags, cases, 4, friday)
	seen := map[time.Time]bool{}
	for _, at := range out {
		assert.False(t, seen[at], "no two at one instant")
		assert.True(t, at.Equal(friday) || open.Measure(at.Add(-time.Minute), at) > 0, "in an hour that is open: %s", at)
		seen[at] = true
	}
	assert.Equal(t, time.Monday, slices.MaxFunc(out, time.Time.Compare).Weekday(), "what is left on Friday goes on on Monday")
}
