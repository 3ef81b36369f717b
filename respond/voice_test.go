package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

const sorry = "We are sorry about the cancelled flight."

func TestTwoPeopleHaveOneVoice(t *testing.T) {
	s := opened(t)
	s.do(tuesday, "ana", event.Begun{})
	assert.ErrorContains(t, s.refused(tuesday, "ben", event.Begun{}), "ana is writing")
	assert.ErrorContains(t, s.refused(tuesday, "ben", event.Drafted{Text: sorry}), "ana is writing", "the second is told")
	s.do(tuesday.Add(16*time.Minute), "ben", event.Drafted{Text: sorry})
	first := s.c.Draft.ID
	err := s.refused(tuesday.Add(17*time.Minute), "ana", event.Drafted{Text: "We are sorry about your flight."})
	assert.ErrorContains(t, err, "ben has written", "nobody has heard of ana for a while: ben wrote, and ana is told")
	assert.ErrorContains(t, err, first)
	assert.ErrorContains(t, s.refused(tuesday.Add(17*time.Minute), "cleo", event.Begun{}), "ben has written")
	entry := s.do(tuesday.Add(18*time.Minute), "ana", event.Drafted{Text: "We are sorry about your flight.", Instead: first})
	assert.Equal(t, []string{"ben"}, members(entry), "ben is told that his was replaced")
	assert.ErrorContains(t, s.refused(tuesday.Add(19*time.Minute), "ana", event.Approved{Draft: first}), "changed")
	entry = s.do(tuesday.Add(19*time.Minute), "ana", event.Approved{Draft: s.c.Draft.ID})
	assert.Len(t, asked[effect.Send](entry), 1, "one answer goes out")
	assert.ErrorContains(t, s.refused(tuesday.Add(19*time.Minute), "ben", event.Begun{}), "on its way")
	s.replay()
}

func TestABouncedWordToAColleagueWakesNobody(t *testing.T) {
	s := opened(t)
	s.do(tuesday, "ana", event.Taken{})
	s.do(tuesday, "ben", event.Watched{For: []event.News{event.WasNoted}})
	entry := s.do(tuesday, "cleo", event.Noted{Text: "the crew knows"})
	require.Equal(t, []string{"ben"}, members(entry))
	entry = s.do(tuesday, event.Channel, event.Undelivered{Key: keyOf[effect.Tell](t, entry), Reason: event.Failed})
	assert.Empty(t, entry.Effects)
}

func two(s *respond.Specs) {
	for i := range s.Hierarchy.Plans {
		s.Hierarchy.Plans[i].Approvals = 2
	}
}

func TestTwoMustAllowIt(t *testing.T) {
	s := newStory(t, changed(t, two), post("1", "@Fjordwing you cancelled my flight", tuesday))
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	s.do(tuesday, "ben", event.Drafted{Text: sorry})
	id := s.c.Draft.ID
	entry := s.do(tuesday, "ana", event.Approved{Draft: id})
	assert.Empty(t, asked[effect.Send](entry), "one consent of two")
	require.Len(t, asked[effect.Approve](entry), 1, "the next is asked")
	assert.Equal(t, "cleo", asked[effect.Approve](entry)[0].Member)
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Approved{Draft: id}), "consented already")
	entry = s.do(tuesday, "cleo", event.Approved{Draft: id})
	assert.Len(t, asked[effect.Send](entry), 1)
	s.replay()
}

// A consent is to exactly one text, as an answer to exactly one revision of what it answers.
func TestConsentsGoStale(t *testing.T) {
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	edited := m
	edited.Text, edited.Revision = m.Text+" Edit: twice", 1
	for _, row := range []struct {
		reason, by, says string
		body             event.Body
	}{
		{"the draft is edited", "ben", "changed since", event.Drafted{Text: "We are sorry about your flight."}},
		{"the mention is edited", event.Channel, "stale (changed)", event.Edited{Mention: edited}},
		{"the mention is gone", event.Channel, "stale (gone)", event.Removed{Ref: m.Ref}},
		{"it was answered elsewhere", event.Channel, "stale (answered)",
			event.AnsweredElsewhere{Ref: mention.Ref{Channel: "chirp", ID: "77"}, Answers: m.Ref}},
		{"it was answered by telephone", "ben", "stale (answered)", event.Spoken{Summary: "called"}},
	} {
		s := newStory(t, changed(t, two), m)
		s.do(tuesday, event.Customer, event.Received{Mention: m})
		s.do(tuesday, "ben", event.Drafted{Text: sorry})
		id := s.c.Draft.ID
		s.do(tuesday, "ana", event.Approved{Draft: id})
		s.do(tuesday.Add(time.Minute), row.by, row.body)
		assert.ErrorContains(t, s.refused(tuesday.Add(2*time.Minute), "cleo", event.Approved{Draft: id}), row.says, row.reason)
		if row.by == "ben" && row.says == "changed since" {
			assert.Empty(t, s.c.Draft.Consents, "%s: nobody has consented to the new one", row.reason)
		}
		s.replay()
	}
}

func TestRulesWantAsManyPeopleAsAnAnswerNeeds(t *testing.T) {
	for _, row := range []struct {
		reason, says string
		change       func(*respond.Specs)
	}{
		{"a plan wants more than there are", "hierarchy.plans[2].approvals: 3 people",
			func(s *respond.Specs) { s.Hierarchy.Plans[2].Approvals = 3 }},
		{"a play wants more than there are", "playbook.plays[1].approvals: 3 people",
			func(s *respond.Specs) { s.Playbook.Plays[1].Approvals = 3 }},
		{"a play wants two and names one", "and 1 may", func(s *respond.Specs) {
			s.Playbook.Plays[1].Approvals, s.Playbook.Plays[1].Approve = 2, "ana"
		}},
		{"less than nothing", "no number of people", func(s *respond.Specs) { s.Hierarchy.Plans[2].Approvals = -1 }},
		{"a ceiling that is none", "dealings.ceilings[0]", func(s *respond.Specs) { s.Dealings.Ceilings = []escalation.Money{{}} }},
	} {
		bad := specs(t)
		row.change(&bad)
		_, err := respond.NewRules(bad, respond.Options{})
		assert.ErrorContains(t, err, row.says, row.reason)
	}
	_, err := respond.NewRules(func() respond.Specs {
		s := specs(t)
		s.Playbook.Plays[1].Approvals = 2
		return s
	}(), respond.Options{})
	assert.NoError(t, err, "two of ana and cleo")
}
