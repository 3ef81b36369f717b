package respond_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
)

// opened is a case with dana's complaint in it.
func opened(t *testing.T) *story {
	t.Helper()
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, shippedRules(t), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	return s
}

// writes is a word of the customer.
func (s *story) writes(at time.Time, id, text string) {
	s.t.Helper()
	s.do(at, event.Customer, event.Received{Mention: post(id, text, at)})
}

// pagesUntil are the members who are paged while the case is left alone.
func (s *story) pagesUntil(until time.Time) (told []string) {
	s.t.Helper()
	for _, e := range s.elapse(until) {
		for _, tell := range asked[effect.Tell](e) {
			if !tell.Relief {
				told = append(told, e.At.Format("02 15:04 ")+tell.Member)
			}
		}
	}
	return told
}

func elsewhere(id, answers string) event.AnsweredElsewhere {
	b := event.AnsweredElsewhere{Ref: mention.Ref{Channel: "chirp", ID: id}}
	if answers != "" {
		b.Answers = mention.Ref{Channel: "chirp", ID: answers}
	}
	return b
}

func TestWhatIsDischargedStaysSo(t *testing.T) {
	s, key := approved(t)
	s.writes(tuesday.Add(time.Minute), "2", "all sorted, thanks")
	s.do(tuesday.Add(2*time.Minute), "ana", event.Meant{Said: event.Over})
	s.do(tuesday.Add(3*time.Minute), event.Channel, event.Delivered{Key: key, Ref: mention.Ref{Channel: "chirp", ID: "o"}})
	assert.Equal(t, followup.Surveying, s.c.Stage, "the answer was out already: that undoes nothing of the customer's word")
	assert.True(t, s.c.Owed.IsZero(), "and nothing is owed again")
	s.replay()

	s, key = approved(t)
	s.writes(tuesday.Add(time.Minute), "2", "why?")
	s.do(tuesday.Add(2*time.Minute), event.Channel, elsewhere("e", "2"))
	s.writes(tuesday.Add(time.Hour), "3", "and my bag?")
	s.do(tuesday.Add(time.Hour), event.Channel, event.Delivered{Key: key, Ref: mention.Ref{Channel: "chirp", ID: "o"}})
	assert.Equal(t, tuesday.Add(time.Hour), s.c.Owed, "owed since the message that nobody has answered, not since an answered one")
	s.replay()
}

func TestNobodyIsPagedForWhatIsNotOwed(t *testing.T) {
	for _, row := range []struct {
		reason string
		body   event.Body
	}{
		{"waived", event.Waived{Code: "duplicate"}},
		{"thanks owe no answer", event.Meant{Said: event.Thanks}},
	} {
		s := opened(t)
		s.do(tuesday.Add(time.Minute), "cleo", row.body)
		assert.Empty(t, s.pagesUntil(tuesday.Add(48*time.Hour)), row.reason)
		s.replay()
	}
}

func TestThanksAreTakenInEveryStage(t *testing.T) {
	s, key := approved(t)
	s.do(tuesday, event.Channel, event.Delivered{Key: key, Ref: mention.Ref{Channel: "chirp", ID: "o"}})
	require.Equal(t, followup.Working, s.c.Stage)
	s.writes(tuesday.Add(time.Minute), "2", "thanks!")
	s.do(tuesday.Add(2*time.Minute), "ana", event.Meant{Said: event.Thanks})
	assert.True(t, s.c.Owed.IsZero(), "thanks owe no answer")
	assert.Equal(t, followup.Working, s.c.Stage, "and are not over")
	require.Len(t, s.c.Clocks, 1, "the news that we owe stay owed")
	assert.Equal(t, escalation.Update, s.c.Clocks[0].Objective)
	s.replay()
}

func TestAnAcceptedRemedyIsNotForgotten(t *testing.T) {
	at := tuesday
	begin := func() *story {
		s := opened(t)
		s.sent(at, event.Drafted{Text: "We can seat you on Friday.", Proposes: true})
		s.writes(at.Add(time.Minute), "2", "yes please")
		s.do(at.Add(2*time.Minute), "ana", event.Meant{Said: event.Accepts})
		require.Equal(t, followup.Fulfilling, s.c.Stage)
		return s
	}
	s := begin()
	assert.True(t, s.c.Owed.IsZero(), "a yes wants the remedy, not a word")
	s.writes(at.Add(3*time.Minute), "3", "great")
	s.do(at.Add(4*time.Minute), "ana", event.Waived{Code: "nothing to say"})
	assert.Equal(t, followup.Fulfilling, s.c.Stage, "an answer is waived, not the remedy")
	assert.NotEmpty(t, s.c.Clocks)

	s = begin()
	s.sent(at.Add(3*time.Minute), event.Drafted{Text: "Done as you like.", Settles: true})
	assert.Equal(t, followup.Fulfilling, s.c.Stage, "a closing word is not the remedy")
	assert.NotEmpty(t, s.c.Clocks, "and it is still owed")

	s.do(at.Add(time.Hour), "ana", event.Fulfilled{Note: "seat 12A"})
	require.Equal(t, followup.Confirming, s.c.Stage)
	require.Len(t, s.c.Clocks, 1, "he does not know yet: the news are owed")
	s.sent(at.Add(2*time.Hour), event.Drafted{Text: "Your seat is booked; the number is in your inbox. Is all well now?"})
	assert.Equal(t, followup.Confirming, s.c.Stage, "we asked whether it is over, and wait for his word")
	assert.Empty(t, s.c.Clocks)
	require.NotNil(t, s.c.Waits)
	assert.Equal(t, followup.Remind, s.c.Waits.Kind)
	s.replay()
}

func TestTheEchoOfOurOwnAnswer(t *testing.T) {
	s, key := approved(t)
	s.do(tuesday, event.Channel, event.Delivered{Key: key, Ref: mention.Ref{Channel: "chirp", ID: "o"}})
	s.writes(tuesday.Add(time.Minute), "2", "and my bag is gone")
	s.do(tuesday.Add(2*time.Minute), event.Channel, elsewhere("o", ""))
	assert.False(t, s.c.Owed.IsZero(), "an echo of what we said before answers nothing that came since")

	assert.ErrorContains(t, s.refused(tuesday.Add(3*time.Minute), event.Channel, elsewhere("2", "")), "customer's own")
	s.sent(tuesday.Add(4*time.Minute), event.Drafted{Text: "We look for it and write to you by noon."})
	s, key = approved(t)
	s.do(tuesday, event.Channel, event.Delivered{Key: key, Ref: mention.Ref{Channel: "chirp", ID: "1"}})
	assert.Equal(t, 1, s.c.Ours, "a channel that names what was answered takes nothing of the customer's away")
	assert.False(t, s.c.Messages[0].Ours)
	s.replay()
}

func TestOldAnswersStartNoClock(t *testing.T) {
	m := post("1", "@Fjordwing you cancelled my flight", tuesday.Add(-90*24*time.Hour))
	s := newStory(t, shippedRules(t), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m, Backfill: true})
	s.do(tuesday, event.Channel, elsewhere("e", "1"))
	assert.Empty(t, s.c.Clocks, "ten thousand old answers are not ten thousand promises of news")
	assert.Empty(t, s.pagesUntil(tuesday.Add(30*24*time.Hour)), "and page nobody")
	assert.Equal(t, followup.WasAnswered, s.c.Outcome)
	s.replay()
}

func TestManyAnswersElsewhereLeaveTheCustomersWord(t *testing.T) {
	s := opened(t)
	for i := range 80 {
		b := elsewhere(fmt.Sprint("auto", i), "")
		b.Automatic = true
		s.do(tuesday.Add(time.Minute), event.Channel, b)
	}
	s.do(tuesday.Add(2*time.Minute), "ana", event.Drafted{Text: "We are sorry."})
	assert.Equal(t, "1", s.c.Draft.Answers.ID, "what is answered is still known")
	assert.LessOrEqual(t, len(s.c.Keys), 70, "keys do not grow with every answer")
	for _, key := range respond.Keys("acme", post("1", "", tuesday)) {
		assert.Contains(t, s.c.Keys, key, "those that the case began with are kept")
	}
	s.replay()
}

func TestAnAnswerToAMessageOfLongAgo(t *testing.T) {
	s, key := approved(t)
	for i := range 60 {
		s.writes(tuesday.Add(time.Minute), fmt.Sprint("m", i), "hello?")
	}
	s.do(tuesday.Add(2*time.Minute), event.Channel, event.Delivered{Key: key, Ref: mention.Ref{Channel: "chirp", ID: "o"}})
	assert.False(t, s.c.Owed.IsZero(), "sixty messages came since the one that was answered")
	s.replay()
}

// Two messages in one poll have one instant. When the first is answered after its time, the clock of the second is over
// before it begins, at an instant that was brought already.
func TestAClockThatIsOverBeforeItBegins(t *testing.T) {
	s := opened(t)
	s.do(tuesday, "ana", event.Drafted{Text: "We are sorry about the cancelled flight."})
	s.writes(tuesday, "2", "and my bag is gone")
	s.elapse(tuesday.Add(time.Hour))
	require.Equal(t, 1, s.c.Breaches)
	late := tuesday.Add(2 * time.Hour)
	entry := s.do(late, "ana", event.Approved{Draft: s.c.Draft.ID})
	s.do(late, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry)})
	require.False(t, s.c.Owed.IsZero(), "the second is still unanswered")
	assert.True(t, s.c.Due().After(late), "the case is not stuck at an instant of the past: %s", s.c.Due())
	assert.Equal(t, 1, s.c.Breaches, "one wait of the customer is one breach")
	s.replay()
}

func TestTheFutureIsNotOwed(t *testing.T) {
	s, key := approved(t)
	m := post("2", "and my bag is gone", tuesday.AddDate(100, 0, 0))
	s.do(tuesday.Add(time.Minute), event.Customer, event.Received{Mention: m})
	s.do(tuesday.Add(2*time.Minute), event.Channel, event.Delivered{Key: key, Ref: mention.Ref{Channel: "chirp", ID: "o"}})
	assert.Equal(t, tuesday.Add(time.Minute), s.c.Owed, "a platform's clock does not put an answer off for a hundred years")
	s.replay()
}

func TestAGraverWordHasAGraverClock(t *testing.T) {
	evening := time.Date(2026, 6, 16, 19, 0, 0, 0, time.UTC) // 21:00 in Madrid
	m := post("1", "@Fjordwing you cancelled my flight", evening)
	s := newStory(t, shippedRules(t), m)
	s.do(evening, event.Customer, event.Received{Mention: m})
	require.Greater(t, s.c.Clocks[0].Due.Sub(evening), 10*time.Hour, "tomorrow in open hours")
	s.writes(evening.Add(time.Minute), "2", "a passenger here is unconscious")
	require.Len(t, s.c.Clocks, 1)
	assert.Equal(t, evening.Add(6*time.Minute), s.c.Clocks[0].Due, "five minutes, day and night")
	s.replay()
}

func TestAGraverWordAtNight(t *testing.T) {
	s := opened(t)
	s.do(tuesday, "ana", event.Taken{})
	night := time.Date(2026, 6, 16, 23, 0, 0, 0, time.UTC)
	m := post("2", "my card is 4111 1111 1111 1111", night)
	s.do(night, event.Customer, event.Received{Mention: m})
	require.Equal(t, triage.Serious, s.c.Verdict.Severity)
	assert.NotEmpty(t, s.c.Climb.Because)
	assert.Empty(t, s.c.Climb.Taken, "ana, who has it, is asleep: the ladder decides who is told")
	assert.False(t, s.c.Climb.Due().IsZero())
	s.replay()
}
