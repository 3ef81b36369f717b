package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/group"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/ask"
	"github.com/reputekit/reputation/triage/when"
)

// card is a post that shows one.
func card(t *testing.T, rules *respond.Rules) *story {
	t.Helper()
	m := post("1", "Fjordwing, my card is 4111 1111 1111 1111", tuesday)
	s := newStory(t, rules, m)
	entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
	require.Len(t, asked[effect.Moderate](entry), 1)
	return s
}

// A person looks in time at what a machine took away, and may restore it.
func TestWhatIsTakenAwayIsLookedAt(t *testing.T) {
	one := mention.Ref{Channel: "chirp", ID: "1"}
	s := card(t, shippedRules(t))
	var due time.Time
	for _, k := range s.c.Clocks {
		if k.Objective == "check" {
			due = k.Due
		}
	}
	assert.Equal(t, tuesday.Add(time.Hour), due)
	entry := s.do(tuesday.Add(time.Minute), "ana", event.Moderated{Ref: one, Act: "keep", Reason: "a number from an advertisement"})
	require.Len(t, asked[effect.Moderate](entry), 1)
	assert.Equal(t, effect.Keep, asked[effect.Moderate](entry)[0].Act, "it is restored")
	for _, k := range s.c.Clocks {
		assert.NotEqual(t, escalation.Objective("check"), k.Objective)
	}
	s.replay()

	s = card(t, shippedRules(t))
	s.elapse(tuesday.Add(59 * time.Minute))
	before := s.c.Breaches
	s.elapse(tuesday.Add(time.Hour))
	assert.Greater(t, s.c.Breaches, before, "nobody looked")
	assert.False(t, s.c.Climb.Over, "and the ladder goes on telling")
	s.replay()

	s = card(t, shippedRules(t))
	s.do(tuesday, "ana", event.Taken{})
	for _, k := range s.c.Clocks {
		assert.NotEqual(t, escalation.Objective("check"), k.Objective, "whoever acts in the case has seen it")
	}
}

func TestWhoModeratesWhat(t *testing.T) {
	one := mention.Ref{Channel: "chirp", ID: "1"}
	only := changed(t, func(s *respond.Specs) {
		s.Hierarchy.Members[2].Authority = append(s.Hierarchy.Members[2].Authority,
			escalation.Authority{Act: "moderate", Severity: triage.Crisis})
	})
	for _, row := range []struct {
		reason string
		s      *story
		by     string
		b      event.Moderated
		says   string
	}{
		{"an opinion stays", opened(t), "ana", event.Moderated{Ref: one, Act: "hide", Reason: "rude"}, "breaks no rule"},
		{"nor is it deleted", opened(t), "ana", event.Moderated{Ref: one, Act: "delete", Reason: "rude"}, "cannot do that"},
		{"nor reported", opened(t), "ana", event.Moderated{Ref: one, Act: "report", Reason: "rude"}, "breaks no rule"},
		{"a machine", card(t, only), event.Clock, event.Moderated{Ref: one, Act: "keep", Reason: "x"}, "no member"},
		{"who may not", card(t, only), "ana", event.Moderated{Ref: one, Act: "keep", Reason: "x"}, "cleo"},
		{"no reason", card(t, only), "cleo", event.Moderated{Ref: one, Act: "keep"}, "needs a reason"},
		{"no act", card(t, only), "cleo", event.Moderated{Ref: one, Act: "burn", Reason: "x"}, "none of keep"},
		{"another's", card(t, only), "cleo", event.Moderated{Ref: mention.Ref{Channel: "chirp", ID: "9"}, Act: "keep", Reason: "x"},
			"no message"},
		{"who may", card(t, only), "cleo", event.Moderated{Ref: one, Act: "report", Reason: "x"}, ""},
	} {
		_, err := row.s.try(tuesday.Add(time.Minute), row.s.event(tuesday, row.by, row.b))
		if row.says == "" {
			assert.NoError(t, err, row.reason)
			continue
		}
		assert.ErrorContains(t, err, row.says, row.reason)
	}
	m := private(post("1", "@Fjordwing you cancelled my flight", tuesday))
	s := newStory(t, shippedRules(t), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Moderated{Ref: one, Act: "keep", Reason: "x"}), "in private")
}

// Where the place can do nothing the decision stands, and a person is told.
func TestAPlaceThatCanDoNothing(t *testing.T) {
	rules := changed(t, func(s *respond.Specs) {
		s.Venues = append(s.Venues, mention.Venue{Channel: "forum", Max: 1000})
	})
	m := post("1", "Fjordwing, my card is 4111 1111 1111 1111", tuesday)
	m.Ref.Channel = "forum"
	s := newStory(t, rules, m)
	entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
	assert.Empty(t, asked[effect.Moderate](entry))
	because := ""
	for _, x := range entry.Effects {
		because += x.Because
	}
	assert.Contains(t, because, "a person must")
	s.replay()
}

// Advertising in bulk is hidden for its copies; one of a kind is not, and copies of a complaint never are.
func TestAdvertisingInBulk(t *testing.T) {
	rules := changed(t, func(s *respond.Specs) {
		s.Policy.Rules = append(s.Policy.Rules, triage.Rule{Name: "spam", When: when.Signal("spam", ask.Between{Min: new(700)}),
			Then: triage.Then{Category: "question"}})
	})
	for _, row := range []struct {
		reason, text string
		copies       int
		hidden       bool
	}{
		{"one of many", "Fjordwing!!! EARN $$$ FAST, work from home, click here www.example.com/x, buy now, free followers", 5, true},
		{"one of a kind", "Fjordwing!!! EARN $$$ FAST, work from home, click here www.example.com/x, buy now, free followers", 1, false},
		{"a complaint that many copy", "@Fjordwing you cancelled my flight", 50, false},
	} {
		m := post("1", row.text, tuesday)
		s := newStory(t, rules, m)
		entry := s.do(tuesday, "ana", event.Received{Mention: m, Copies: group.Reading{Group: "g", Size: row.copies}})
		assert.Equal(t, row.hidden, len(asked[effect.Moderate](entry)) == 1, "%s: %v", row.reason, s.c.Verdict.Signals)
	}
}
