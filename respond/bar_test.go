package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage/tally"
)

func troll(until time.Time) event.Barred {
	return event.Barred{From: event.Engage, Reason: "insults for weeks", Owner: "cleo", Until: until}
}

func TestWhoIsNotEngagedWithIsNotAnswered(t *testing.T) {
	s, key := approved(t)
	until := tuesday.AddDate(0, 1, 0)
	s.do(tuesday, "cleo", troll(until))
	_, wanted := s.c.Wants(key)
	assert.False(t, wanted, "what is on its way stays here")
	assert.True(t, s.c.Owed.IsZero())
	assert.Equal(t, 1, s.c.Waived, "the answer is waived, in the name of who answers for it")
	s.do(tuesday, event.Channel, event.Undelivered{Key: key, Reason: event.Refused})
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Drafted{Text: "We are sorry."}), "cleo answers for it")

	at := tuesday.Add(time.Hour)
	s.do(at, event.Customer, event.Received{Mention: post("2", "@Fjordwing you cancelled my flight again", at)})
	assert.True(t, s.c.Owed.IsZero())
	assert.Equal(t, 2, s.c.Waived, "each word that is not answered is counted")
	assert.False(t, s.c.Due().IsZero(), "and the case is never silent")

	s.do(at, event.Customer, event.Received{Mention: post("3", "a passenger is unconscious on Fjordwing 12", at)})
	assert.False(t, s.c.Owed.IsZero(), "danger to life is always answered")
	s.do(at, "ana", event.Drafted{Text: "Call 112 now. We have told the crew."})
	s.replay()
}

func TestABarEnds(t *testing.T) {
	until := tuesday.AddDate(0, 1, 0)
	for _, row := range []struct {
		reason string
		end    func(s *story) time.Time
	}{
		{"by itself", func(*story) time.Time { return until }},
		{"lifted by a member", func(s *story) time.Time {
			s.do(tuesday.Add(time.Hour), "cleo", event.Unbarred{From: event.Engage, Reason: "he apologised"})
			return tuesday.Add(2 * time.Hour)
		}},
	} {
		s := opened(t)
		s.do(tuesday, "cleo", troll(until))
		at := row.end(s)
		s.do(at, event.Customer, event.Received{Mention: post("2", "@Fjordwing you cancelled my flight", at)})
		assert.Equal(t, at, s.c.Owed, row.reason)
		s.do(at, "ana", event.Drafted{Text: "We are sorry about the cancelled flight."})
		s.replay()
	}
}

// A bar holds for the author: a case of his that is opened later hears of it from the tally, and what was said in a case
// holds there while the tally lags.
func TestABarHoldsInEveryCaseOfHis(t *testing.T) {
	rules := shippedRules(t)
	p := newPurses(rules)
	s := opened(t)
	until := tuesday.AddDate(0, 1, 0)
	_, err := s.told(p, tuesday, "cleo", troll(until))
	require.NoError(t, err)
	require.Len(t, p.author.Bars, 1)

	m := private(post("90", "you cancelled my flight", tuesday.Add(time.Hour)))
	other := newStory(t, rules, m)
	entry, err := other.told(p, tuesday.Add(time.Hour), event.Customer, event.Received{Mention: m})
	require.NoError(t, err)
	assert.True(t, other.c.Owed.IsZero())
	assert.Empty(t, asked[effect.Approve](entry), "and no play is proposed")
	assert.Nil(t, other.c.Draft)
	assert.ErrorContains(t, other.refused(tuesday.Add(time.Hour), "ana", event.Drafted{Text: "We are sorry."}), "engaged with")

	lagging := newPurses(rules)
	_, err = s.told(lagging, tuesday.Add(time.Hour), "ana", event.Drafted{Text: "We are sorry."})
	assert.ErrorContains(t, err, "engaged with", "the tally does not know yet, the case does")

	_, err = other.told(p, tuesday.Add(2*time.Hour), "cleo", event.Unbarred{From: event.Engage, Reason: "he apologised"})
	require.NoError(t, err)
	assert.Empty(t, p.author.Bars, "lifted for all of them")
	other.replay()
}

func TestBarsThatAreNone(t *testing.T) {
	s := opened(t)
	ok := troll(tuesday.AddDate(0, 1, 0))
	for _, row := range []struct {
		reason, by, says string
		change           func(*event.Barred)
	}{
		{"a machine", event.Clock, "no member", func(*event.Barred) {}},
		{"from something else", "cleo", "neither", func(b *event.Barred) { b.From = "flying" }},
		{"without a reason", "cleo", "reason", func(b *event.Barred) { b.Reason = "" }},
		{"without an owner", "cleo", "owner", func(b *event.Barred) { b.Owner = "nobody" }},
		{"without an end", "cleo", "end", func(b *event.Barred) { b.Until = time.Time{} }},
		{"for ever", "cleo", "for ever", func(b *event.Barred) { b.Until = tuesday.AddDate(50, 0, 0) }},
	} {
		b := ok
		row.change(&b)
		assert.ErrorContains(t, s.refused(tuesday, row.by, b), row.says, row.reason)
	}
	assert.ErrorContains(t, s.refused(tuesday, "cleo", event.Unbarred{From: event.Engage, Reason: "r"}), "not barred")
	assert.ErrorContains(t, s.refused(tuesday, "cleo", event.Marked{As: "rude"}), "no circumstance")
	assert.ErrorContains(t, s.refused(tuesday, event.Host, event.Marked{As: event.Harmed}), "no member")
	s.do(tuesday, "cleo", event.Marked{As: event.Harmed})
	s.do(tuesday, "cleo", event.Marked{As: event.Harmed, Not: true})
	assert.Empty(t, s.c.Marks)
	assert.Equal(t, []tally.Bar(nil), s.c.Bars)
}
