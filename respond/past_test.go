package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/triage"
)

// TestDangerOnABackfilledPage: a new connector reads the past, and its newest post is an hour old.
func TestDangerOnABackfilledPage(t *testing.T) {
	const danger = "a passenger is unconscious on Fjordwing 12"
	for _, row := range []struct {
		reason string
		text   string
		age    time.Duration
		pages  bool
	}{
		{"a life in danger an hour ago may be in danger now", danger, time.Hour, true},
		{"two days ago it is over, one way or the other", danger, 49 * time.Hour, false},
		{"what is no danger waits for a person", "@Fjordwing you cancelled my flight", time.Hour, false},
	} {
		m := post("1", row.text, tuesday.Add(-row.age))
		s := newStory(t, shippedRules(t), m)
		entry := s.do(tuesday, event.Customer, event.Received{Mention: m, Backfill: true})
		assert.Equal(t, row.pages, len(asked[effect.Tell](entry)) > 0, row.reason)
		assert.Equal(t, row.pages, !s.c.Owed.IsZero(), row.reason)
		s.replay()
	}
}

// TestAnOldPostInALiveCase: the past of the conversation comes after its present. It is counted, and not answered next.
func TestAnOldPostInALiveCase(t *testing.T) {
	s := complaint(t)
	before := s.c
	old := post("0", "@Fjordwing is this flight on? card 4111 1111 1111 1111", tuesday.Add(-72*time.Hour))
	old.Thread = "1"
	entry := s.do(tuesday.Add(time.Minute), event.Customer, event.Received{Mention: old, Backfill: true})
	assert.Equal(t, "1", s.c.Open.Ref.ID, "what we answer next is what he said last")
	assert.Equal(t, before.Owed, s.c.Owed)
	assert.Equal(t, before.Draft, s.c.Draft)
	assert.Equal(t, 2, s.c.Theirs)
	assert.Equal(t, "0", s.c.Messages[0].Ref.ID, "it stands where it was said")
	assert.Empty(t, asked[effect.Tell](entry))
	assert.NotEmpty(t, asked[effect.Moderate](entry), "a card is hidden however old")
	s.do(tuesday.Add(time.Hour), "ana", event.Drafted{Text: "We are sorry about the cancelled flight. I look for a seat today."})
	assert.Equal(t, "1", s.c.Draft.Answers.ID)
	s.replay()
}

// TestOthersBeside: what was said to others beneath the same post is not said to this one.
func TestOthersBeside(t *testing.T) {
	other := "We are sorry about your flight, and thank you for telling us. I will look for a seat today. {{.Agent}}"
	rules := changed(t, goes(goodWords, other))
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	said := newStory(t, rules, m)
	said.do(tuesday, event.Customer, event.Received{Mention: m})
	require.NotNil(t, said.c.Draft)
	beside := newStory(t, rules, m)
	beside.do(tuesday, event.Customer, event.Received{Mention: m, Beside: []string{playbook.Hash(said.c.Draft.Text)}})
	require.NotNil(t, beside.c.Draft)
	assert.NotEqual(t, said.c.Draft.Text, beside.c.Draft.Text)
	beside.replay()
}

// TestStandingAndHistory: what the event says of the author decides, and a replay sees what was seen.
func TestStandingAndHistory(t *testing.T) {
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, changed(t, inquires), m)
	in := event.Received{Mention: m, Standing: triage.Press}
	in.History.Contacts = 3
	s.do(tuesday, event.Customer, in)
	assert.Equal(t, triage.Press, s.c.Verdict.Standing)
	assert.Equal(t, triage.Serious, s.c.Verdict.Severity)
	assert.Contains(t, s.c.Verdict.Tags, "again")
	assert.Equal(t, followup.Fresh, s.c.Stage)
	s.replay()
}
