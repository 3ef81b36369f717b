package respond_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/guideline"
)

// A play says what it expects back, also of the words that a person made of it.
func TestThePlayExpectsWhatItExpectsOfAPersonsWords(t *testing.T) {
	for _, row := range []struct {
		reason string
		d      event.Drafted
		stage  followup.Stage
	}{
		{"thanks in words of her own", event.Drafted{Text: "Thank you so much, the crew is happy. Ana", Play: "thank"}, followup.Answered},
		{"thanks, and a question", event.Drafted{Text: "Thank you. Which flight was it? Tell us by direct message. Ana", Play: "thank",
			Asks: []string{"order"}}, followup.Asking},
		{"thanks, and a promise", event.Drafted{Text: "Thank you. We write again by Friday, 18:00 CEST. Ana", Play: "thank",
			Promises: []event.Promise{{What: "write", Due: tuesday.AddDate(0, 0, 3)}}}, followup.Working},
		{"without a play nobody knows", event.Drafted{Text: "Thank you so much, the crew is happy. Ana"}, followup.Working},
		{"a play that expects a word", event.Drafted{Text: "Thank you, I look into it today. Ana", Play: "general"}, followup.Working},
	} {
		m := post("1", praise, tuesday)
		s := newStory(t, shippedRules(t), m)
		s.do(tuesday, event.Customer, event.Received{Mention: m})
		s.sent(tuesday, row.d)
		assert.Equal(t, row.stage, s.c.Stage, row.reason)
		s.replay()
	}
}

// Proposing asks whether it is acceptable: who forgets to is told, and the next word is the customer's.
func TestProposingAsksWhetherItIsAcceptable(t *testing.T) {
	s := opened(t)
	s.sent(tuesday, event.Drafted{Text: "We look into it and write here by Friday, 18:00 CEST."})
	require.Equal(t, followup.Working, s.c.Stage)
	found := func(text string) []string {
		s.do(tuesday.Add(time.Minute), "ana", event.Drafted{Text: text, Proposes: true, Visibility: mention.Private})
		var rules []string
		for _, f := range s.c.Draft.Findings {
			assert.Equal(t, guideline.Warning, f.Level, "%v", f)
			rules = append(rules, f.Rule)
		}
		return rules
	}
	assert.Contains(t, found("We are sorry. We can seat you on Friday."), "R29")
	asks := found("We are sorry. We can seat you on Friday. Would that work for you?")
	assert.False(t, slices.Contains(asks, "R29"), "%v", asks)
}
