package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/tally"
	"github.com/reputekit/reputation/triage/when"
)

// inquires declares two signals that others read, and asks for the customer's order.
func inquires(s *respond.Specs) {
	s.Policy.Signals = []triage.Source{{Name: "fury", By: "vendor"}, {Name: "picture", By: "reader"}}
	s.Policy.Rules = append([]triage.Rule{
		{Name: "on fire", When: when.Signal("picture", when.Min(900)), Then: triage.Then{Category: triage.Life}},
		{Name: "joke", When: when.Signal("fury", when.Max(-500)), Then: triage.Then{Category: "question", Severity: triage.Routine}},
		{Name: "press", When: when.Standing(triage.Press), Then: triage.Then{Severity: triage.Serious}},
		{Name: "again", When: when.Contacts(when.Min(2)), Then: triage.Then{Tags: []string{"again"}, Severity: triage.Serious}},
	}, s.Policy.Rules...)
	for i := range s.Policy.Categories {
		if c := &s.Policy.Categories[i]; c.Name == "outage" {
			c.Crisis = false
		}
	}
	s.Policy.Rules = append(s.Policy.Rules, triage.Rule{
		Name: "fury", When: when.Signal("fury", when.Min(800)), Then: triage.Then{Severity: triage.Crisis},
	})
	s.Inquiry.Lookup = []string{"order", "tier"}
}

// asking opens a case under rules that inquire, and gives the keys of what it asks.
func asking(t *testing.T, text string) (s *story, observe, lookup string) {
	t.Helper()
	m := post("1", text, tuesday)
	s = newStory(t, changed(t, inquires), m)
	entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
	return s, keyOf[effect.Observe](t, entry), keyOf[effect.Lookup](t, entry)
}

func reads(key, name string, value int) event.Observed {
	return event.Observed{Key: key, Ref: mention.Ref{Channel: "chirp", ID: "1"}, Signals: []signal.Reading{{Name: name, Value: value}}}
}

func TestRulesThatDeclareNothingAskNobody(t *testing.T) {
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, shippedRules(t), m)
	entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
	assert.Empty(t, asked[effect.Observe](entry))
	assert.Empty(t, asked[effect.Lookup](entry))
	assert.NotNil(t, s.c.Draft, "the answer is drafted at once")
}

func TestAFirstAnswerWaitsAndAPageDoesNot(t *testing.T) {
	s, _, _ := asking(t, "@Fjordwing you cancelled my flight")
	entry := s.trail[0]
	observe, lookup := asked[effect.Observe](entry)[0], asked[effect.Lookup](entry)[0]
	assert.Equal(t, []triage.Source{{Name: "fury", By: "vendor"}, {Name: "picture", By: "reader"}}, observe.Signals)
	assert.Equal(t, []string{"order", "tier"}, lookup.Names)
	assert.Equal(t, "u-dana", lookup.Author.ID)
	until := tuesday.Add(10 * time.Second)
	assert.Equal(t, until, observe.Until)
	assert.Equal(t, until, s.c.Due(), "the case looks again when the wait is over")
	assert.Len(t, asked[effect.Tell](entry), 1, "a page never waits")
	assert.Nil(t, s.c.Draft, "the first answer does")
	require.Len(t, s.c.Clocks, 1)
	assert.Equal(t, tuesday.Add(time.Hour), s.c.Clocks[0].Due, "and our clock runs from the first word on")

	entries := s.elapse(until)
	require.Len(t, entries, 1)
	require.NotNil(t, s.c.Draft, "nobody knew anything in time: the answer waits no longer")
	assert.Equal(t, "play:ask-booking", s.c.Draft.By)
	s.replay()
}

func TestAPersonWaitsForNothing(t *testing.T) {
	s, observe, lookup := asking(t, "@Fjordwing you cancelled my flight")
	s.do(tuesday.Add(time.Second), "ana", event.Drafted{Text: "We are sorry about the cancelled flight. I look for a seat today."})
	entry := s.do(tuesday.Add(2*time.Second), "ana", event.Approved{Draft: s.c.Draft.ID})
	assert.Len(t, asked[effect.Send](entry), 1)
	draft := s.c.Draft.ID
	s.do(tuesday.Add(3*time.Second), event.Host, reads(observe, "fury", 0))
	s.do(tuesday.Add(3*time.Second), event.Host, event.Known{Key: lookup, Given: map[string]string{"order": "FJ7K2Q"}})
	assert.Equal(t, draft, s.c.Draft.ID, "what a person wrote is not replaced")
}

func TestAnswersThatComeInTime(t *testing.T) {
	s, observe, lookup := asking(t, "@Fjordwing you cancelled my flight")
	s.do(tuesday.Add(time.Second), event.Host, event.Known{Key: lookup, Given: map[string]string{"order": "FJ7K2Q", "tier": "4"}})
	assert.Equal(t, map[string]string{"order": "FJ7K2Q", "tier": "4"}, s.c.Given)
	assert.Nil(t, s.c.Draft, "the signals are still out")
	s.do(tuesday.Add(2*time.Second), event.Host, reads(observe, "fury", 100))
	assert.Nil(t, s.c.Draft, "one of two")
	s.do(tuesday.Add(3*time.Second), event.Host, event.Observed{
		Key: observe, Ref: mention.Ref{Channel: "chirp", ID: "1"}, Absent: []string{"picture"}})
	assert.NotNil(t, s.c.Draft, "all that was asked is answered: no need to wait for the ten seconds")
	_, err := s.try(tuesday.Add(4*time.Second), event.Event{ID: "again", By: event.Host, Body: reads(observe, "fury", 100)})
	require.NoError(t, err)
	assert.Equal(t, "known", s.trail[1].Event.Kind())
	assert.Len(t, s.trail, 4, "what is known already is nothing to store")
	s.replay()
}

func TestWhatNobodyCanAnswerIsNotWaitedFor(t *testing.T) {
	s, observe, lookup := asking(t, "@Fjordwing you cancelled my flight")
	s.do(tuesday, event.Channel, event.Undelivered{Key: observe, Reason: event.Failed})
	assert.Nil(t, s.c.Draft)
	s.do(tuesday, event.Channel, event.Undelivered{Key: lookup, Reason: event.Failed})
	assert.NotNil(t, s.c.Draft, "nobody is there to ask: the answer is drafted at once")
}

func TestAQuestionThatArrivedIsNoAnswer(t *testing.T) {
	s, observe, _ := asking(t, "@Fjordwing you cancelled my flight")
	s.do(tuesday, event.Channel, event.Delivered{Key: observe})
	assert.Nil(t, s.c.Draft)
	s.do(tuesday.Add(time.Hour), event.Host, reads(observe, "fury", 900))
	assert.Equal(t, triage.Crisis, s.c.Verdict.Severity, "its answer is still heard")
}

func TestLateSignals(t *testing.T) {
	minute := tuesday.Add(time.Minute)
	for _, row := range []struct {
		reason   string
		text     string
		taken    bool
		name     string
		value    int
		category string
		severity triage.Severity
		due      time.Duration // of the first reply, from its start on
		pages    int
	}{
		{"a milder reading lowers what nobody has taken", "@Fjordwing you cancelled my flight", false,
			"fury", -800, "question", triage.Routine, time.Hour, 0},
		{"and lets what a person has taken stand", "@Fjordwing you cancelled my flight", true,
			"fury", -800, "cancellation", triage.Elevated, time.Hour, 0},
		{"a graver one raises it", "@Fjordwing you cancelled my flight", false,
			"fury", 900, "cancellation", triage.Crisis, time.Hour, 1},
		{"also after a person has taken it", "@Fjordwing you cancelled my flight", true,
			"fury", 900, "cancellation", triage.Crisis, time.Hour, 0},
		{"danger to life is danger whoever has it: it climbs a ladder of its own", "@Fjordwing you cancelled my flight", true,
			"picture", 950, triage.Life, triage.Crisis, 5 * time.Minute, 1},
		{"a milder category takes the case from the urgent plan", "Fjordwing is down", false,
			"fury", -800, "question", triage.Routine, time.Hour, 1},
	} {
		s, observe, _ := asking(t, row.text)
		if row.taken {
			s.do(tuesday.Add(30*time.Second), "ana", event.Taken{})
		}
		entry := s.do(minute, event.Host, reads(observe, row.name, row.value))
		assert.Equal(t, row.category, s.c.Verdict.Category, row.reason)
		assert.Equal(t, row.severity, s.c.Verdict.Severity, row.reason)
		require.Len(t, s.c.Clocks, 1, row.reason)
		assert.Equal(t, tuesday, s.c.Clocks[0].Start, "%s: clocks keep their start", row.reason)
		assert.Equal(t, tuesday.Add(row.due), s.c.Clocks[0].Due, row.reason)
		pages := 0
		for _, tell := range asked[effect.Tell](entry) {
			if !tell.Relief {
				pages++
			}
		}
		assert.Equal(t, row.pages, pages, "%s: %v", row.reason, entry.Because)
		s.replay()
	}
}

// TestLifeIsNeverLowered: not by a machine that calls it a joke.
func TestLifeIsNeverLowered(t *testing.T) {
	s, observe, _ := asking(t, "a passenger is unconscious")
	s.do(tuesday.Add(time.Second), event.Host, reads(observe, "fury", -1000))
	assert.Equal(t, triage.Life, s.c.Verdict.Category)
	assert.True(t, s.c.Verdict.Rank.Life)
}

func TestSignalsOfAnEarlierMessage(t *testing.T) {
	s, observe, _ := asking(t, "@Fjordwing you cancelled my flight")
	s.writes(tuesday.Add(2*time.Second), "2", "hello?")
	s.do(tuesday.Add(time.Minute), event.Host, reads(observe, "picture", 950))
	assert.Equal(t, triage.Life, s.c.Verdict.Category, "it was said a message ago, and is as true as then")
	s.replay()
	err := s.refused(tuesday, event.Host, event.Observed{Ref: mention.Ref{Channel: "chirp", ID: "none"}})
	assert.ErrorContains(t, err, "no message")
}

func TestSignalsOfWordsThatStandNoMore(t *testing.T) {
	s, observe, _ := asking(t, "@Fjordwing you cancelled my flight")
	m := post("1", "@Fjordwing you cancelled my flight. Sorted.", tuesday)
	m.Revision = 1
	entry := s.do(tuesday.Add(time.Second), event.Customer, event.Edited{Mention: m})
	require.Len(t, asked[effect.Observe](entry), 1, "the new words are read anew")
	s.do(tuesday.Add(2*time.Second), event.Host, reads(observe, "picture", 950))
	assert.NotEqual(t, triage.Life, s.c.Verdict.Category, "it was read in the words before")
	late := reads(keyOf[effect.Observe](t, entry), "picture", 950)
	late.Revision = 1
	s.do(tuesday.Add(3*time.Second), event.Host, late)
	assert.Equal(t, triage.Life, s.c.Verdict.Category)
}

func TestWhoTheCustomerIs(t *testing.T) {
	s, _, lookup := asking(t, "@Fjordwing you cancelled my flight")
	s.do(tuesday.Add(time.Hour/2), event.Host, event.Known{Key: lookup, Standing: triage.Press})
	assert.Equal(t, triage.Press, s.c.Standing)
	assert.Equal(t, triage.Serious, s.c.Verdict.Severity, "a journalist, learned late, is a journalist")
	s.do(tuesday.Add(40*time.Minute), event.Host, event.Known{History: &tally.Reading{Contacts: 3}})
	assert.Contains(t, s.c.Verdict.Tags, "again", "told without being asked, it is heard too")
	entries := len(s.trail)
	_, err := s.try(tuesday.Add(time.Hour), event.Event{ID: "no news", By: event.Host, Body: event.Known{Standing: triage.Press}})
	require.NoError(t, err)
	assert.Len(t, s.trail, entries, "what is known already is nothing to store")
	s.replay()
}

func TestNothingIsAskedThatIsKnown(t *testing.T) {
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	rules := changed(t, inquires)
	s := newStory(t, rules, m)
	in := event.Received{Mention: m, Given: map[string]string{"order": "A", "tier": "1"},
		Observed: []signal.Reading{{Name: "fury"}, {Name: "picture"}}}
	entry := s.do(tuesday, event.Customer, in)
	assert.Empty(t, asked[effect.Observe](entry))
	assert.Empty(t, asked[effect.Lookup](entry))
	assert.NotNil(t, s.c.Draft, "and nothing is waited for")

	old := post("2", "@Fjordwing you cancelled my flight", tuesday.Add(-100*time.Hour))
	s = newStory(t, rules, old)
	entry = s.do(tuesday, event.Customer, event.Received{Mention: old})
	assert.Empty(t, entry.Effects, "the past asks for nothing")
}

func TestInquiryProblems(t *testing.T) {
	s := specs(t)
	s.Inquiry = respond.Inquiry{Lookup: []string{"order", " ", "order"}, Wait: spec.Of(time.Hour)}
	_, err := respond.NewRules(s, respond.Options{})
	for _, want := range []string{"inquiry.lookup[1]", "inquiry.lookup[2]", "inquiry.wait"} {
		assert.ErrorContains(t, err, want, "all problems at once")
	}
}
