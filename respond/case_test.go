package respond_test

import (
	"encoding/json"
	"strings"
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

func TestOpening(t *testing.T) {
	rules := shippedRules(t)
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, rules, m)
	entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
	assert.Equal(t, "cancellation", s.c.Verdict.Category)
	assert.Equal(t, followup.Fresh, s.c.Stage)
	assert.Equal(t, tuesday, s.c.Owed, "we owe an answer from here on")
	require.Len(t, s.c.Clocks, 1)
	assert.Equal(t, escalation.FirstReply, s.c.Clocks[0].Objective)
	assert.Equal(t, tuesday.Add(time.Hour), s.c.Clocks[0].Due, "10:00 in Madrid, one open hour")
	require.NotNil(t, s.c.Draft, "the playbook proposes an answer")
	assert.Equal(t, "play:ask-booking", s.c.Draft.By)
	assert.Empty(t, asked[effect.Send](entry), "nothing goes out without a person")
	assert.Len(t, asked[effect.Tell](entry), 1, "the owner is told")
	s.replay()
}

func TestOnlyWhatThePolicyOpens(t *testing.T) {
	rules := shippedRules(t)
	m := post("1", "lovely weather in Bergen", tuesday)
	s := newStory(t, rules, m)
	err := s.refused(tuesday, event.Customer, event.Received{Mention: m})
	assert.ErrorContains(t, err, "no case is opened")
	s.do(tuesday, "ana", event.Received{Mention: m})
	assert.Equal(t, 1, s.c.Theirs, "a member may open one all the same")
}

func TestSarcasmIsNotThanked(t *testing.T) {
	rules := shippedRules(t)
	for _, row := range []struct{ reason, text, play string }{
		{"real praise is thanked", "Great flight with Fjordwing today, the crew was wonderful, thank you!", "play:thank"},
		{"praise before a cancelled flight is no praise", "Great job @Fjordwing, third cancelled flight this month", "play:ask-booking"},
	} {
		m := private(post("1", row.text, tuesday))
		s := newStory(t, rules, m)
		s.do(tuesday, event.Customer, event.Received{Mention: m})
		require.NotNil(t, s.c.Draft, row.reason)
		assert.Equal(t, row.play, s.c.Draft.By, row.reason)
	}
}

func TestCrisisPagesForAllItsCasesOnce(t *testing.T) {
	m := post("1", "Fjordwng is down, cannot check in", tuesday)
	s := newStory(t, shippedRules(t), m)
	entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
	assert.Len(t, asked[effect.Join](entry), 1, "the incident pages")
	assert.Empty(t, asked[effect.Tell](entry), "the case itself pages nobody")
	assert.Equal(t, mention.Misspelled, s.c.Verdict.Hits[0].Spelling)
	entries := s.elapse(tuesday.Add(15 * time.Minute))
	require.Len(t, entries, 1)
	assert.Equal(t, 1, s.c.Breaches, "an answer that was missed is counted")
	assert.Empty(t, entries[0].Effects, "and 40 cases that miss theirs are not 40 pages")
	entries = s.elapse(tuesday.Add(25 * time.Hour))
	require.Len(t, entries, 1)
	assert.Empty(t, asked[effect.Tell](entries[0]), "nor a day later")
	joins := asked[effect.Join](entries[0])
	require.Len(t, joins, 1, "but a case is never forgotten: it asks its incident, which pages when it was over")
	assert.True(t, joins[0].Again)
	s.replay()
}

func TestOldPostsPageNobody(t *testing.T) {
	for _, row := range []struct {
		reason   string
		posted   time.Time
		backfill bool
	}{
		{"three days old", tuesday.Add(-72 * time.Hour), false},
		{"from the past of a channel", tuesday.Add(-time.Hour), true},
	} {
		text := "Fjordwing is down"
		if !row.backfill {
			text += " and a passenger is unconscious"
		}
		m := post("1", text, row.posted)
		s := newStory(t, shippedRules(t), m)
		entry := s.do(tuesday, event.Customer, event.Received{Mention: m, Backfill: row.backfill})
		assert.Empty(t, entry.Effects, row.reason)
		assert.True(t, s.c.Owed.IsZero(), row.reason)
		assert.False(t, s.c.Due().IsZero(), "%s: but it is not forgotten", row.reason)
		s.do(tuesday, "ana", event.Taken{})
		assert.False(t, s.c.Owed.IsZero(), "%s: a person takes it up, and a clock runs", row.reason)
		s.replay()
	}
}

func TestUndeliveredPageGoesOn(t *testing.T) {
	m := post("1", "a passenger is unconscious on Fjordwing 12", tuesday)
	s := newStory(t, shippedRules(t), m)
	entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
	assert.Equal(t, triage.Life, s.c.Verdict.Category)
	assert.Nil(t, s.c.Draft, "no template where a life is in danger")
	tells := asked[effect.Tell](entry)
	require.Len(t, tells, 1)
	assert.Equal(t, "cleo", tells[0].Member)
	entry = s.do(tuesday, event.Channel, event.Undelivered{Key: keyOf[effect.Tell](t, entry), Reason: event.Failed})
	assert.NotEmpty(t, asked[effect.Tell](entry), "a page that was not delivered is never silence")
	err := s.refused(tuesday, "ana", event.Waived{Code: "duplicate"})
	assert.ErrorContains(t, err, "life")
	s.replay()
}

func TestDraftsThatCannotGoOut(t *testing.T) {
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, shippedRules(t), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m, Given: map[string]string{"order": "FJ7K2Q"}})
	for _, row := range []struct{ reason, by, text, rule string }{
		{"nobody confirmed the fault", "ana", "This was our mistake.", "R05"},
		{"the booking is private", "ana", "Your booking FJ7K2Q is rebooked.", "R20"},
		{"he would write it in public", "ana", "Reply here with your order number.", "R18"},
		{"a slot was left open", "ana", "Hi {{name}}, we are on it.", "R31"},
	} {
		s.do(tuesday, row.by, event.Drafted{Text: row.text})
		var rules []string
		for _, f := range s.c.Draft.Findings {
			rules = append(rules, f.Rule)
			assert.Equal(t, row.text[f.Start:f.End], s.c.Draft.Text[f.Start:f.End])
		}
		assert.Contains(t, rules, row.rule, row.reason)
		err := s.refused(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID})
		var refused *respond.RefusedError
		require.ErrorAs(t, err, &refused)
		assert.NotEmpty(t, refused.Findings, row.reason)
	}
	s.do(tuesday, "ben", event.Drafted{Text: "We are sorry about the cancelled flight."})
	id := s.c.Draft.ID
	assert.ErrorContains(t, s.refused(tuesday, "ben", event.Approved{Draft: id}), "ana", "ben has no authority; who has is named")
	assert.ErrorContains(t, s.refused(tuesday, "zoe", event.Approved{Draft: id}), "no member")
	s.do(tuesday, "ben", event.Drafted{Text: "We are sorry about the flight."})
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Approved{Draft: id}), "changed", "what was read is not what would be sent")
	s.do(tuesday, "ana", event.Rejected{Draft: s.c.Draft.ID, Reason: "too short"})
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID}), "stale")
	s.do(tuesday, "ana", event.Drafted{Text: strings.Repeat("We are sorry. ", 30)})
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID}), "280")
	s.replay()
}

// approved brings a case to where an approved answer is on its way, and returns its key.
func approved(t *testing.T) (*story, string) {
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, shippedRules(t), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	s.do(tuesday, "ana", event.Drafted{Text: "We are sorry about the cancelled flight."})
	entry := s.do(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID})
	key := keyOf[effect.Send](t, entry)
	_, wanted := s.c.Wants(key)
	require.True(t, wanted)
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Drafted{Text: "Another."}), "twice")
	return s, key
}

func TestWhatStopsAnApprovedAnswer(t *testing.T) {
	edited := post("1", "@Fjordwing you cancelled my flight. Edit: solved, thanks", tuesday)
	edited.Revision = 1
	for _, row := range []struct {
		reason string
		body   event.Body
		why    event.Reason
	}{
		{"the customer edited his post", event.Edited{Mention: edited}, event.Changed},
		{"the customer removed it", event.Removed{Ref: edited.Ref}, event.Gone},
		{"a colleague answered in the platform's own app",
			event.AnsweredElsewhere{Ref: mention.Ref{Channel: "chirp", ID: "77"}, Answers: edited.Ref}, event.Answered},
	} {
		s, key := approved(t)
		s.do(tuesday.Add(time.Minute), event.Channel, row.body)
		why, wanted := s.c.Wants(key)
		assert.False(t, wanted, row.reason)
		assert.Equal(t, row.why, why, row.reason)
		entry := s.do(tuesday.Add(time.Minute), event.Channel, event.Undelivered{Key: key, Reason: row.why})
		assert.NotEmpty(t, asked[effect.Tell](entry), "%s: a person is told", row.reason)
		assert.Zero(t, len(asked[effect.Send](entry)), row.reason)
		if s.c.Draft != nil {
			assert.ErrorContains(t, s.refused(tuesday.Add(time.Hour), "ana", event.Approved{Draft: s.c.Draft.ID}), "stale", row.reason)
		}
		s.replay()
	}
}

func TestAnAnswerThatMayHaveGoneOut(t *testing.T) {
	s, key := approved(t)
	entry := s.do(tuesday, event.Channel, event.Uncertain{Key: key, Detail: "time-out"})
	assert.NotEmpty(t, asked[effect.Tell](entry), "a person is told")
	_, wanted := s.c.Wants(key)
	assert.False(t, wanted, "it is never sent again blindly")
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID}), "on its way")
	s.do(tuesday, "ana", event.Delivered{Key: key})
	assert.Equal(t, 1, s.c.Ours, "a person looked, and says that it is there")
	s.replay()
}

func TestLaterWordsStayUnanswered(t *testing.T) {
	s, key := approved(t)
	later := post("2", "@Fjordwing and my bag is gone", tuesday.Add(2*time.Minute))
	s.do(tuesday.Add(2*time.Minute), event.Customer, event.Received{Mention: later})
	s.do(tuesday.Add(3*time.Minute), event.Channel, event.Delivered{Key: key, Ref: mention.Ref{Channel: "chirp", ID: "o"}})
	assert.Equal(t, later.PostedAt, s.c.Owed, "the answer was to the first message: the second is still owed one")
	require.Len(t, s.c.Clocks, 2, "the news that our word promised, and an answer to his later one")
	assert.Equal(t, escalation.NextReply, s.c.Clocks[1].Objective)
	s.replay()
}

func TestSilenceIsNotResolved(t *testing.T) {
	at := time.Date(2026, 6, 16, 1, 20, 0, 0, time.UTC) // 03:20 in Madrid
	m := private(post("1", "you cancelled my flight, what now?", at))
	s := newStory(t, shippedRules(t), m)
	s.do(at, event.Customer, event.Received{Mention: m})
	s.sent(at, event.Drafted{Text: "We are sorry. Send your booking reference here.", Play: "ask-booking", Asks: []string{"order"}})
	require.Equal(t, followup.Asking, s.c.Stage)

	night := at.Add(72 * time.Hour)
	entries := s.elapse(night)
	require.Len(t, entries, 1)
	assert.Empty(t, entries[0].Effects, "at 03:20 nothing goes out")
	assert.Contains(t, s.c.Waits.Because, "09:00")
	morning := time.Date(2026, 6, 19, 7, 0, 0, 0, time.UTC)
	assert.Equal(t, morning, s.c.Due(), "09:00 in Madrid")

	entries = s.elapse(morning)
	require.Len(t, entries, 1)
	require.NotNil(t, s.c.Draft, "a reminder is drafted")
	assert.Equal(t, followup.SendReminder, s.c.Draft.For)
	assert.Len(t, asked[effect.Approve](entries[0]), 1, "for a person to approve: a timer never writes by itself")
	assert.Empty(t, asked[effect.Send](entries[0]))
	assert.Equal(t, followup.Asking, s.c.Stage)

	s.elapse(at.Add(40 * 24 * time.Hour))
	assert.Equal(t, followup.Dormant, s.c.Stage)
	s.elapse(at.Add(200 * 24 * time.Hour))
	assert.Equal(t, followup.Closed, s.c.Stage)
	assert.Equal(t, followup.Lapsed, s.c.Outcome, "silence is never counted as resolved")
	s.replay()
}

func TestTheCustomersWord(t *testing.T) {
	s, key := approved(t)
	s.do(tuesday, event.Channel, event.Delivered{Key: key, Ref: mention.Ref{Channel: "chirp", ID: "o"}})
	s.do(tuesday, event.Customer, event.Received{Mention: post("3", "all sorted now", tuesday)})
	assert.ErrorContains(t, s.refused(tuesday, event.Clock, event.Meant{Said: event.Over}), "no member")
	s.do(tuesday, "ana", event.Meant{Said: event.Over})
	assert.Equal(t, followup.Surveying, s.c.Stage)
	assert.True(t, s.c.Owed.IsZero())
	s.elapse(tuesday.Add(30 * 24 * time.Hour))
	assert.Equal(t, followup.Resolved, s.c.Outcome)
	assert.True(t, s.c.Due().IsZero(), "a closed case wants nothing")

	again := s.c.At.Add(time.Hour)
	s.do(again, event.Customer, event.Received{Mention: post("4", "it broke again", again)})
	assert.Equal(t, 1, s.c.Reopens)
	assert.Empty(t, s.c.Outcome)
	assert.NotEmpty(t, s.c.Clocks, "a clock runs again")
	s.replay()
}

func TestModerationLooksAtTheDataOnly(t *testing.T) {
	rules := shippedRules(t)
	var acts []effect.Moderate
	for i, row := range []struct {
		text string
		star int
	}{
		{"Best airline ever, Fjordwing! Paid with 4111 1111 1111 1111", 5},
		{"Never flown with Fjordwing but it is awful. 4111 1111 1111 1111", 1},
	} {
		m := post("r"+string(rune('1'+i)), row.text, tuesday)
		m.Rating = mention.Rating{Value: row.star, Best: 5}
		s := newStory(t, rules, m)
		entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
		require.Len(t, asked[effect.Moderate](entry), 1)
		acts = append(acts, asked[effect.Moderate](entry)[0])
	}
	assert.Equal(t, effect.Hide, acts[0].Act)
	assert.Equal(t, acts[0].Act, acts[1].Act, "the stars do not change the act")
	assert.Equal(t, acts[0].Reason, acts[1].Reason)
}

func TestUnknownMembersOfAStoredCaseAreKept(t *testing.T) {
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, shippedRules(t), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	stored := strings.TrimSuffix(encode(t, s.c), "}") + `,"mood":{"by":"a newer host","score":3}}`
	var c respond.Case
	require.NoError(t, json.Unmarshal([]byte(stored), &c))
	next, _, err := respond.Step(s.rules, c, s.event(tuesday, "ana", event.Taken{}), tuesday)
	require.NoError(t, err)
	assert.Contains(t, encode(t, next), `"mood":{"by":"a newer host","score":3}`)
}
