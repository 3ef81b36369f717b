package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// working is a case in which we have answered once and are at it; a promise of a member stands in it.
func pledged(t *testing.T, p event.Promise) *story {
	s := opened(t)
	s.sent(tuesday.Add(time.Minute), event.Drafted{Text: "We are sorry about the cancelled flight."})
	s.do(tuesday.Add(2*time.Minute), "ana", event.Promised{Promise: p})
	require.Len(t, s.c.Promises, 1)
	return s
}

func clocks(s *story, o escalation.Objective) (out []escalation.Clock) {
	for _, k := range s.c.Clocks {
		if k.Objective == o {
			out = append(out, k)
		}
	}
	return out
}

func TestAPromiseHasAClockAndIsBrokenOnce(t *testing.T) {
	due := tuesday.Add(30 * time.Hour)
	s := pledged(t, event.Promise{What: "call about the refund", Due: due})
	id := s.c.Promises[0].ID
	require.Len(t, clocks(s, escalation.Promise), 1)
	assert.Equal(t, due, clocks(s, escalation.Promise)[0].Due)
	s.sent(tuesday.Add(time.Hour), event.Drafted{Text: "We are still looking for a seat on the next flight, and write here by 18:00."})
	require.Len(t, clocks(s, escalation.Promise), 1, "an answer does not keep a promise that is no news")
	before := s.c.Breaches
	s.elapse(due.Add(-time.Minute))
	missedBefore := s.c.Breaches - before
	s.elapse(due)
	assert.Equal(t, dealing.Missed, s.c.Promises[0].State)
	assert.Equal(t, before+missedBefore+1, s.c.Breaches, "a breach")
	s.elapse(due.Add(8 * time.Hour))
	var missed int
	for _, e := range s.trail {
		for _, k := range e.Change.Missed {
			if k.Objective == escalation.Promise {
				missed++
			}
		}
	}
	assert.Equal(t, 1, missed, "a promise is broken once")
	s.do(due.Add(49*time.Hour), "ana", event.Kept{Promise: id})
	assert.Equal(t, dealing.Missed, s.c.Promises[0].State, "kept late stays missed")
	assert.False(t, s.c.Promises[0].Late.IsZero())
	assert.Empty(t, clocks(s, escalation.Promise))
	s.replay()
}

func TestHowPromisesEnd(t *testing.T) {
	due := tuesday.Add(30 * time.Hour)
	for _, row := range []struct {
		reason   string
		news     bool
		body     event.Body
		by       string
		at       time.Time
		state    dealing.PromiseState
		breaches int
	}{
		{"a member kept it", false, event.Kept{}, "ana", due.Add(-time.Hour), dealing.Kept, 0},
		{"a member knows before that it will not be", false, event.Missed{}, "ana", due.Add(-time.Hour), dealing.Missed, 1},
		{"kept when its time was over, before anybody noticed", false, event.Kept{}, "ana", due.Add(time.Hour), dealing.Missed, 1},
		{"a talk keeps news that were promised", true, event.Spoken{Summary: "called"}, "ana", due.Add(-time.Hour), dealing.Kept, 0},
		{"a colleague in the platform's own app does",
			true, event.AnsweredElsewhere{Ref: mention.Ref{Channel: "chirp", ID: "77"}}, event.Channel, due.Add(-time.Hour),
			dealing.Kept, 0},
		{"an automatic answer does not",
			true, event.AnsweredElsewhere{Ref: mention.Ref{Channel: "chirp", ID: "78"}, Automatic: true}, event.Channel,
			due.Add(-time.Hour), dealing.Open, 0},
		{"the customer's word that it is over releases us", false, event.Meant{Said: event.Over}, "ana", due.Add(-time.Hour),
			dealing.Released, 0},
	} {
		s := pledged(t, event.Promise{What: "call", Due: due, News: row.news})
		id := s.c.Promises[0].ID
		before := len(missedPromises(s))
		switch b := row.body.(type) {
		case event.Kept:
			b.Promise = id
			row.body = b
		case event.Missed:
			b.Promise = id
			row.body = b
		}
		s.do(row.at, row.by, row.body)
		require.NotEmpty(t, s.c.Promises, row.reason)
		assert.Equal(t, row.state, s.c.Promises[0].State, row.reason)
		assert.Equal(t, row.breaches, len(missedPromises(s))-before, row.reason)
		s.elapse(due.Add(time.Hour))
		if row.state != dealing.Open {
			assert.Equal(t, row.breaches, len(missedPromises(s))-before, "%s, and no clock runs on", row.reason)
		}
		s.replay()
	}
}

func missedPromises(s *story) (out []escalation.Clock) {
	for _, e := range s.trail {
		for _, k := range e.Change.Missed {
			if k.Objective == escalation.Promise {
				out = append(out, k)
			}
		}
	}
	return out
}

func TestADraftPromisesWhenItIsOut(t *testing.T) {
	s := opened(t)
	due := tuesday.Add(5 * time.Hour)
	draft := event.Drafted{Text: "We are sorry about the cancelled flight. I will write here by three.",
		Promises: []event.Promise{{What: "write", Due: due, News: true}}}
	s.do(tuesday, "ana", draft)
	assert.Empty(t, s.c.Promises, "a draft promises nothing yet")
	id := s.c.Draft.ID
	assert.ErrorContains(t, s.refused(due, "ana", event.Approved{Draft: id}), "broken when it is made", "allowed too late")
	entry := s.do(tuesday.Add(time.Minute), "ana", event.Approved{Draft: id})
	ref := mention.Ref{Channel: "chirp", ID: "o"}
	s.do(tuesday.Add(2*time.Minute), event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry), Ref: ref})
	require.Len(t, s.c.Promises, 1)
	assert.Equal(t, "ana", s.c.Promises[0].By)
	assert.Equal(t, dealing.Open, s.c.Promises[0].State, "the word that makes it does not keep it")
	s.sent(tuesday.Add(time.Hour), event.Drafted{Text: "We found a seat on the next flight for you. Your ticket comes by 18:00."})
	assert.Equal(t, dealing.Kept, s.c.Promises[0].State, "the next word does")
	s.replay()
}

func TestPromisesThatAreNone(t *testing.T) {
	s := opened(t)
	soon := tuesday.Add(time.Hour)
	for _, row := range []struct {
		reason, by, says string
		p                event.Promise
	}{
		{"a machine promises nothing", event.Clock, "no member", event.Promise{What: "call", Due: soon}},
		{"nothing is promised", "ana", "what is promised", event.Promise{Due: soon}},
		{"no instant", "ana", "broken when it is made", event.Promise{What: "call"}},
		{"in the past", "ana", "broken when it is made", event.Promise{What: "call", Due: tuesday}},
		{"in another life", "ana", "too far", event.Promise{What: "call", Due: tuesday.AddDate(2, 0, 0)}},
	} {
		assert.ErrorContains(t, s.refused(tuesday, row.by, event.Promised{Promise: row.p}), row.says, row.reason)
	}
	for range 20 {
		s.do(tuesday, "ana", event.Promised{Promise: event.Promise{What: "call", Due: soon}})
	}
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Promised{Promise: event.Promise{What: "call", Due: soon}}), "more than 20")
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Kept{Promise: "x"}), "no such promise")
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Missed{Promise: "x"}), "no such promise")
	s.elapse(soon)
	assert.Len(t, missedPromises(s), 20, "twenty that fell due at once are twenty")
	s.replay()
}
