package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// resting is a case in which an answer is out and nothing is owed but news.
func resting(t *testing.T) *story {
	s := opened(t)
	s.sent(tuesday.Add(time.Minute), event.Drafted{Text: sorry})
	return s
}

func TestNotesMoveNothing(t *testing.T) {
	s := resting(t)
	before := s.c.Due()
	for _, text := range []string{"one", "two", "three", "four"} {
		entry := s.do(tuesday.Add(time.Hour), "ben", event.Noted{Text: text})
		assert.Empty(t, entry.Effects)
		assert.Equal(t, text, entry.Change.Note.Text, "all of them stand in the trail")
	}
	assert.Equal(t, before, s.c.Due())
	require.Len(t, s.c.Notes, 3, "the last three in the case")
	assert.Equal(t, "four", s.c.Notes[2].Text)
	assert.ErrorContains(t, s.refused(tuesday, "ben", event.Noted{Text: " "}), "empty")
	assert.ErrorContains(t, s.refused(tuesday, event.Customer, event.Noted{Text: "x"}), "no member")
	s.replay()
}

func TestASnoozeNeverGoesOverAnObjective(t *testing.T) {
	s := resting(t)
	require.Len(t, s.c.Clocks, 1, "news are owed")
	due := s.c.Clocks[0].Due
	assert.ErrorContains(t, s.refused(tuesday.Add(time.Hour), "ana", event.Snoozed{Until: due.Add(time.Minute)}), "update is due")
	s.do(tuesday.Add(time.Hour), "ana", event.Snoozed{Until: due.Add(-time.Minute), Why: "the part comes at noon"})
	assert.Equal(t, due.Add(-time.Minute), s.c.Due())
	entries := s.elapse(due.Add(-time.Minute))
	require.Len(t, entries, 1)
	assert.NotEmpty(t, members(entries[0]), "its time is over: the owner is told")
	assert.Nil(t, s.c.Snooze)

	s.do(s.c.At, "ana", event.Snoozed{Until: due})
	s.do(s.c.At.Add(time.Second), event.Customer, event.Received{Mention: post("2", "@Fjordwing hello?", s.c.At)})
	assert.Nil(t, s.c.Snooze, "a word of the customer wakes it")
	assert.ErrorContains(t, s.refused(s.c.At, "ana", event.Snoozed{Until: due}), "comes first", "and nobody snoozes what is owed")
	assert.ErrorContains(t, s.refused(s.c.At, "ana", event.Woken{}), "not put aside")
	s.replay()

	s = resting(t)
	s.do(tuesday.Add(time.Hour), "ana", event.Snoozed{Until: due})
	s.do(tuesday.Add(time.Hour), "ana", event.Promised{Promise: event.Promise{What: "call", Due: due.Add(-time.Hour)}})
	assert.Nil(t, s.c.Snooze, "a promise that falls due before wakes it too")
	s.do(tuesday.Add(time.Hour), "ana", event.Snoozed{Until: due.Add(-2 * time.Hour)})
	s.do(tuesday.Add(time.Hour), "ben", event.Woken{})
	assert.Nil(t, s.c.Snooze)
	s.replay()
}

func TestWatchersAreToldOfWhatTheyAskedFor(t *testing.T) {
	s := resting(t)
	s.do(tuesday.Add(time.Hour), "ana", event.Taken{})
	s.do(tuesday.Add(time.Hour), "cleo", event.Watched{For: []event.News{event.TheyWrote, event.HasClosed, event.WasMissed}})
	s.do(tuesday.Add(time.Hour), "ben", event.Watched{For: []event.News{event.WasNoted}})
	told := func(by string, body event.Body) (out []string) {
		entry := s.do(s.c.At.Add(time.Minute), by, body)
		for _, e := range entry.Effects {
			if tell, ok := e.Body.(effect.Tell); ok && !tell.Relief && tell.Member != "ana" {
				out = append(out, tell.Member)
				assert.Contains(t, e.Because, "asked to be told")
			}
		}
		return out
	}
	assert.Equal(t, []string{"ben"}, told("ana", event.Noted{Text: "the crew knows"}))
	assert.Empty(t, told("ben", event.Noted{Text: "and the desk"}), "nobody is told of what he did himself")
	assert.Equal(t, []string{"cleo"}, told(event.Customer, event.Received{Mention: post("2", "@Fjordwing hello?", s.c.At)}))
	assert.Empty(t, told("ana", event.Waived{Code: "duplicate"}), "nobody asked for that")
	assert.Equal(t, []string{"cleo"}, told("ana", event.Meant{Said: event.Ends}))
	require.Equal(t, followup.Closed, s.c.Stage)
	s.do(s.c.At, "ben", event.Watched{})
	assert.Len(t, s.c.Watchers, 1, "nothing is an end of it")
	assert.ErrorContains(t, s.refused(s.c.At, "ben", event.Watched{For: []event.News{"rain"}}), "no news")
	s.replay()
}

func TestAHandoverNoteAtEachChangeOfOwner(t *testing.T) {
	s := resting(t)
	s.do(tuesday.Add(time.Hour), "ana", event.Taken{})
	assert.Nil(t, s.c.Handover, "nobody had it before")
	due := tuesday.Add(4 * time.Hour)
	s.do(tuesday.Add(time.Hour), "ana", event.Promised{Promise: event.Promise{What: "call about the refund", Due: due}})
	s.do(tuesday.Add(time.Hour), "ana", event.Noted{Text: "he likes mail"})
	entry := s.do(tuesday.Add(2*time.Hour), "ana", event.HandedOver{To: "ben", Note: "my shift ends"})
	assert.Equal(t, []string{"ben"}, members(entry), "he is told, and has it when he takes it")
	assert.Equal(t, "ana", s.c.Climb.Taken)
	s.do(tuesday.Add(3*time.Hour), "ben", event.Taken{})
	h := s.c.Handover
	require.NotNil(t, h)
	assert.Equal(t, "ana", h.From)
	assert.Equal(t, "ben", h.To)
	assert.Equal(t, "my shift ends", h.Note)
	assert.Equal(t, "call about the refund, by "+due.Format(time.RFC3339)+"\n", h.Promises)
	assert.Equal(t, due, h.Next)
	assert.Equal(t, "@Fjordwing you cancelled my flight", h.Theirs)
	assert.Equal(t, sorry, h.Ours)
	assert.Equal(t, "he likes mail", h.Last)
	s.do(tuesday.Add(3*time.Hour), "cleo", event.Taken{})
	assert.Equal(t, "ben", s.c.Handover.From, "at each change")
	assert.Equal(t, "cleo", s.c.Handover.To)
	assert.Empty(t, s.c.Handover.Note)
	for _, row := range []struct{ reason, by, to, says string }{
		{"to nobody", "cleo", "zoe", "no member"},
		{"to who has it", "ana", "cleo", "has the case"},
		{"by the customer", event.Customer, "ana", "no member"},
	} {
		assert.ErrorContains(t, s.refused(s.c.At, row.by, event.HandedOver{To: row.to}), row.says, row.reason)
	}
	s.replay()
}

func TestAStoryIsToldWhileTheCustomerConsents(t *testing.T) {
	s := resting(t)
	_, why, ok := s.c.Story()
	assert.False(t, ok, why)
	consent := event.Consented{By: "Dana, by mail", At: tuesday, Words: "of course", Scope: "first name, on the website"}
	for _, row := range []struct {
		reason, says string
		change       func(*event.Consented)
	}{
		{"nobody's", "whose", func(c *event.Consented) { c.By = "" }},
		{"without words", "words", func(c *event.Consented) { c.Words = "" }},
		{"for nothing", "for what", func(c *event.Consented) { c.Scope = "" }},
		{"in the future", "future", func(c *event.Consented) { c.At = tuesday.AddDate(1, 0, 0) }},
	} {
		c := consent
		row.change(&c)
		assert.ErrorContains(t, s.refused(tuesday.Add(time.Hour), "ana", c), row.says, row.reason)
	}
	s.do(tuesday.Add(time.Hour), "ana", consent)
	_, why, ok = s.c.Story()
	assert.False(t, ok)
	assert.Contains(t, why, "not resolved")
	s.do(tuesday.Add(2*time.Hour), "ana", event.Meant{Said: event.Over})
	s.elapse(tuesday.AddDate(0, 1, 0))
	require.Equal(t, followup.Resolved, s.c.Outcome)
	got, _, ok := s.c.Story()
	assert.True(t, ok)
	assert.Equal(t, "first name, on the website", got.Scope)
	entry := s.do(s.c.At, event.Customer, event.ConsentWithdrawn{})
	assert.NotEmpty(t, members(entry), "somebody takes it down")
	_, why, ok = s.c.Story()
	assert.False(t, ok)
	assert.Contains(t, why, "took it back")
	assert.ErrorContains(t, resting(t).refused(tuesday.Add(time.Hour), "ana", event.ConsentWithdrawn{}), "no consent")
	s.replay()
}
