package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// review is dana's on a site that takes one answer to each.
func review(text string, at time.Time) mention.Mention {
	m := post("r", text, at)
	m.Ref.Channel, m.Kind = "stars", mention.Review
	return m
}

// What an answer must say before it can go out: where the conversation goes on.
func TestTheRoadIntoPrivateIsNamed(t *testing.T) {
	rules := shippedRules(t)
	complaint, thanks := review("Fjordwing cancelled my flight", tuesday), review(praise, tuesday)
	tweet := post("1", "@Fjordwing you cancelled my flight", tuesday)
	for _, row := range []struct {
		reason string
		m      mention.Mention
		d      event.Drafted
		ok     bool
	}{
		{"the only answer to a complaint", complaint,
			event.Drafted{Text: "We are sorry about your flight, and I look into it today. Ana"}, false},
		{"the only answer to a complaint, with the road", complaint,
			event.Drafted{Text: "We are sorry about your flight. Call me on +34 900 000 111, and I look into it today. Ana"}, true},
		{"who praises is thanked, and that is all", thanks,
			event.Drafted{Text: "Thank you, the crew will hear of it. Ana", Settles: true}, true},
		{"asked in public, and nobody knows where to answer", tweet,
			event.Drafted{Text: "We are sorry about your flight. Which one was it?", Asks: []string{"order"}}, false},
		{"asked in public to write in private", tweet,
			event.Drafted{Text: "We are sorry about your flight. Which one was it? Tell us by direct message.", Asks: []string{"order"}}, true},
		{"asked in private", tweet, event.Drafted{Text: "We are sorry about your flight. Which one was it?", Asks: []string{"order"},
			Visibility: mention.Private}, true},
		{"a place that takes many answers", tweet,
			event.Drafted{Text: "We are sorry about your flight, and I look into it today. Ana"}, true},
	} {
		s := newStory(t, rules, row.m)
		s.do(tuesday, event.Customer, event.Received{Mention: row.m})
		s.do(tuesday, "ana", row.d)
		_, err := s.try(tuesday, s.event(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID}))
		if row.ok {
			assert.NoError(t, err, row.reason)
			continue
		}
		assert.ErrorContains(t, err, "without saying where", row.reason)
	}
}

func TestTheOnlyAnswerGoesThroughAPerson(t *testing.T) {
	m := review(praise, tuesday)
	s := newStory(t, changed(t, alone), m)
	entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
	assert.Empty(t, asked[effect.Send](entry), "thanks go out by themselves elsewhere, not where there is one answer alone")
	assert.Len(t, asked[effect.Tell](entry), 1)
	require.NotNil(t, s.c.Draft)
	s.do(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID})
	s.replay()
}

func TestALaterAnswerTakesThePlaceOfTheOnlyOne(t *testing.T) {
	m := review("Fjordwing cancelled my flight", tuesday)
	s := newStory(t, shippedRules(t), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	answer := func(at time.Time, text, ref string) effect.Send {
		s.do(at, "ana", event.Drafted{Text: text})
		entry := s.do(at, "ana", event.Approved{Draft: s.c.Draft.ID})
		s.do(at, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry), Ref: mention.Ref{Channel: "stars", ID: ref}})
		return asked[effect.Send](entry)[0]
	}
	first := answer(tuesday, "We are sorry about your flight. Call me on +34 900 000 111, and I look into it today. Ana", "ours")
	assert.True(t, first.Revises.IsZero(), "there is none yet")

	edit := review("Fjordwing cancelled my flight, and a passenger is unconscious", tuesday)
	edit.Revision = 1
	s.do(tuesday.Add(time.Hour), event.Channel, event.Edited{Mention: edit})
	require.False(t, s.c.Owed.IsZero())
	s.do(tuesday.Add(time.Hour), "cleo", event.Drafted{Text: "We are here. Call me at once on +34 900 000 111. I write here again within 10 minutes. Ana"})
	entry := s.do(tuesday.Add(time.Hour), "cleo", event.Approved{Draft: s.c.Draft.ID})
	require.Len(t, asked[effect.Send](entry), 1)
	send := asked[effect.Send](entry)[0]
	assert.Equal(t, mention.Ref{Channel: "stars", ID: "ours"}, send.Revises, "the newer words take the place of the older")
	assert.Equal(t, 1, send.IfRevision)
	s.do(tuesday.Add(time.Hour), event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry), Ref: send.Revises})
	assert.True(t, s.c.Owed.IsZero())
	assert.Len(t, s.c.Messages, 2, "it is one answer still")
	s.replay()

	tweets := opened(t)
	tweets.sent(tuesday, event.Drafted{Text: "We are sorry about your flight. I look for a seat today."})
	tweets.writes(tuesday.Add(time.Hour), "2", "and?")
	tweets.do(tuesday.Add(time.Hour), "ana", event.Drafted{Text: "We look into it and write here by Friday, 18:00 CEST."})
	entry = tweets.do(tuesday.Add(time.Hour), "ana", event.Approved{Draft: tweets.c.Draft.ID})
	assert.True(t, asked[effect.Send](entry)[0].Revises.IsZero(), "elsewhere each answer is one of its own")
}
