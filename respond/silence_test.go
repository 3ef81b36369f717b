package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
)

// night is 03:00 in Madrid: ana sleeps, ben and cleo have no hours.
var night = time.Date(2026, 6, 17, 1, 0, 0, 0, time.UTC)

// members are who is told by an entry, reliefs left out.
func members(e respond.Entry) (told []string) {
	for _, tell := range asked[effect.Tell](e) {
		if !tell.Relief {
			told = append(told, tell.Member)
		}
	}
	return told
}

// A ladder that begins anew counts its pages from 0 again.
func TestAnOldPageIsNotANewOne(t *testing.T) {
	for _, row := range []struct {
		reason string
		old    func(key string) event.Body
	}{
		{"an old page that arrives does not make the new one arrive",
			func(key string) event.Body { return event.Delivered{Key: key} }},
		{"an old page that does not arrive is not the new one",
			func(key string) event.Body { return event.Undelivered{Key: key, Reason: event.Failed} }},
	} {
		m := post("1", "@Fjordwing you cancelled my flight", tuesday)
		s := newStory(t, shippedRules(t), m)
		old := keyOf[effect.Tell](t, s.do(tuesday, event.Customer, event.Received{Mention: m}))
		graver := post("2", "a passenger is unconscious", tuesday.Add(time.Second))
		entry := s.do(tuesday.Add(time.Second), event.Customer, event.Received{Mention: graver})
		require.Equal(t, []string{"cleo"}, members(entry), "a ladder of its own for life")
		again := s.do(tuesday.Add(2*time.Second), event.Channel, row.old(old))
		assert.Empty(t, members(again), row.reason)
		bounced := s.do(tuesday.Add(3*time.Second), event.Channel,
			event.Undelivered{Key: keyOf[effect.Tell](t, entry), Reason: event.Failed})
		assert.NotEmpty(t, members(bounced), "%s: the new one that bounces goes on at once", row.reason)
		s.replay()
	}
}

func TestAnIncidentThatDoesNotTakeTheCase(t *testing.T) {
	for _, row := range []struct {
		reason string
		body   func(key string) event.Body
	}{
		{"it refused", func(key string) event.Body { return event.Undelivered{Key: key, Reason: event.Failed} }},
		{"nobody knows", func(key string) event.Body { return event.Uncertain{Key: key} }},
	} {
		m := post("1", "Fjordwing is down", night)
		s := newStory(t, shippedRules(t), m)
		entry := s.do(night, event.Customer, event.Received{Mention: m})
		require.Empty(t, members(entry))
		entry = s.do(night, event.Host, row.body(keyOf[effect.Join](t, entry)))
		assert.Equal(t, []string{"ben"}, members(entry), "%s: the case pages for itself", row.reason)
		assert.False(t, s.c.Incident, row.reason)
		s.replay()
	}
}

func TestFortyOneCasesOfOneIncident(t *testing.T) {
	told := 0
	rules := shippedRules(t)
	for range 41 {
		m := post("1", "Fjordwing is down", night)
		s := newStory(t, rules, m)
		s.do(night, event.Customer, event.Received{Mention: m})
		told += len(s.pagesUntil(night.Add(72 * time.Hour)))
		assert.False(t, s.c.Due().IsZero(), "no case is forgotten")
		for _, e := range s.trail {
			for range asked[effect.Join](e) {
				assert.True(t, e.Event.Kind() == "received" || e.At.Hour() >= 7 && e.At.Hour() < 17, "looked at by day: %s", e.At)
			}
		}
		entry := s.do(night.Add(73*time.Hour), "cleo", event.Taken{})
		assert.Empty(t, asked[effect.Tell](entry), "who was told nothing need not be told that it is taken")
	}
	assert.Zero(t, told, "one page, and that is the incident's")
}

func TestAClosedCaseLeavesItsIncident(t *testing.T) {
	m := post("1", "Fjordwing is down", tuesday)
	s := newStory(t, shippedRules(t), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	s.do(tuesday.Add(time.Minute), "ana", event.Meant{Said: event.Over})
	s.elapse(tuesday.Add(30 * 24 * time.Hour))
	require.Equal(t, followup.Closed, s.c.Stage)
	year := tuesday.AddDate(1, 0, 0)
	entry := s.do(year, event.Customer, event.Received{Mention: post("2", "my bag is gone", year)})
	assert.NotEmpty(t, members(entry), "the incident of last year pages nobody: the case does")
	assert.Empty(t, asked[effect.Join](entry), "and a bag is no reason to suspect a crisis")
	s.replay()
}

func TestALookIsByDay(t *testing.T) {
	at := time.Date(2026, 6, 16, 1, 0, 0, 0, time.UTC) // 03:00 in Madrid
	m := private(post("1", "@Fjordwing you cancelled my flight", at))
	s := newStory(t, shippedRules(t), m)
	s.do(at, event.Customer, event.Received{Mention: m})
	s.elapse(at.Add(8 * time.Hour)) // the answer is missed, and the ladder tells
	s.do(night, "cleo", event.Taken{})
	require.NotEmpty(t, s.pagesUntil(night.Add(6*24*time.Hour)), "and nobody answers all the same")
	for _, e := range s.trail {
		for _, x := range e.Effects {
			if tell, ok := x.Body.(effect.Tell); ok && tell.Page < 0 {
				assert.GreaterOrEqual(t, e.At.Hour(), 7, "nobody is woken to look whether something is right")
				assert.Contains(t, x.Because, "owed since", "and what is owed is not called nothing")
			}
		}
	}
	s.replay()
}

// What a customer writes at night in a case that somebody has is told to her when she is there, not when it is missed.
func TestWhoHasItHearsInTheMorning(t *testing.T) {
	m := private(post("1", "@Fjordwing you cancelled my flight", tuesday))
	s := newStory(t, shippedRules(t), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	s.sent(tuesday, event.Drafted{Text: "Send your booking reference here.", Asks: []string{"order"}})
	require.Equal(t, "ana", s.c.Climb.Taken)
	entry := s.do(night, event.Customer, event.Received{Mention: private(post("2", "it is FJ7K2Q", night))})
	assert.Empty(t, members(entry), "nobody is woken for it")
	assert.Equal(t, []string{"17 06:00 ana"}, s.pagesUntil(night.Add(5*time.Hour+time.Minute)), "she is told when she comes")
	assert.Zero(t, s.c.Breaches)
	s.do(s.c.At.Add(time.Minute), "ana", event.Taken{})
	assert.Nil(t, s.c.Handover, "and it never was anybody else's")
	s.replay()
}

func TestWhoWasNotToldIsNotRelieved(t *testing.T) {
	m := post("1", "Fjordwing is down", tuesday.Add(-72*time.Hour))
	s := newStory(t, shippedRules(t), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	entry := s.do(tuesday, "cleo", event.Taken{})
	assert.Empty(t, asked[effect.Tell](entry), "nobody was told of the old post, so nobody is told that cleo has it")
	s.replay()
}

func TestACaseThatPagesCanBeTaken(t *testing.T) {
	s, key := approved(t)
	s.do(tuesday, "ana", event.Judged{Legitimacy: "fake"})
	require.Equal(t, followup.Closed, s.c.Stage)
	entry := s.do(night, event.Channel, event.Undelivered{Key: key, Reason: event.Refused})
	assert.Empty(t, asked[effect.Tell](entry), "nobody is woken for an answer that nobody wants any more")
	assert.True(t, s.c.Due().IsZero())
	s.replay()

	s = opened(t)
	entry = s.do(tuesday, "ana", event.Judged{Legitimacy: "fake"})
	s.do(night, event.Channel, event.Undelivered{Key: keyOf[effect.Moderate](t, entry), Reason: event.Failed})
	require.Equal(t, followup.Closed, s.c.Stage)
	require.False(t, s.c.Due().IsZero(), "somebody is told, by the ladder")
	s.do(night, "cleo", event.Taken{})
	assert.True(t, s.c.Due().IsZero(), "and whoever takes it ends the pages")
	s.replay()
}

func TestAnUncertainModeration(t *testing.T) {
	m := post("1", "Fjordwing, my card is 4111 1111 1111 1111", tuesday)
	s := newStory(t, shippedRules(t), m)
	entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
	entry = s.do(tuesday, event.Channel, event.Uncertain{Key: keyOf[effect.Moderate](t, entry)})
	assert.NotEmpty(t, members(entry), "a card that may still stand in public is not silence")
}

func TestANoteThatBouncesTakesNothingAway(t *testing.T) {
	s, key := approved(t)
	require.Equal(t, "ana", s.c.Climb.Taken)
	entry := s.do(tuesday, event.Channel, event.Undelivered{Key: key, Reason: event.Failed})
	note := s.do(tuesday, event.Channel, event.Undelivered{Key: keyOf[effect.Tell](t, entry), Reason: event.Failed})
	assert.NotEqual(t, []string{"ana"}, members(note), "ana's telephone was just found dead")
	assert.NotEmpty(t, s.c.Climb.Because)
	assert.False(t, s.c.Due().IsZero())
	s.replay()
}

func TestLifeIsNotMuted(t *testing.T) {
	m := post("1", "a passenger is unconscious on Fjordwing 12", night)
	s := newStory(t, shippedRules(t), m)
	s.do(night, event.Customer, event.Received{Mention: m})
	require.Equal(t, triage.Life, s.c.Verdict.Category)
	s.do(night.Add(time.Second), event.Channel, elsewhere("e", "1"))
	assert.NotEmpty(t, s.pagesUntil(night.Add(time.Hour)), "a word in the platform's app does not silence the ladder of a life")
	s.do(night.Add(2*time.Hour), "cleo", event.Taken{})
	assert.Empty(t, s.c.Climb.Due())
	s.replay()
}

func TestWhoHasLeftDecidesNothing(t *testing.T) {
	s := specs(t)
	s.Hierarchy.Members[1].Left = true // ben
	rules, err := respond.NewRules(s, respond.Options{})
	require.NoError(t, err)
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	st := newStory(t, rules, m)
	st.do(tuesday, event.Customer, event.Received{Mention: m})
	for _, body := range []event.Body{event.Taken{}, event.Waived{Code: "x"}, event.Drafted{Text: "Hello."},
		event.Spoken{Summary: "called"}, event.Meant{Said: event.Over}, event.Judged{Legitimacy: "fake"}} {
		assert.ErrorContains(t, st.refused(tuesday, "ben", body), "no member")
	}
}

func TestAnEditToSomethingGraver(t *testing.T) {
	s := opened(t)
	s.do(tuesday, "ana", event.Meant{Said: event.Ends})
	require.Equal(t, followup.Closed, s.c.Stage)
	edit := post("1", "a passenger on my Fjordwing flight is unconscious", tuesday)
	edit.Revision = 1
	entry := s.do(tuesday.Add(time.Hour), event.Channel, event.Edited{Mention: edit})
	assert.Equal(t, []string{"cleo"}, members(entry))
	assert.False(t, s.c.Owed.IsZero(), "it is owed an answer, in a closed case too")
	assert.True(t, s.c.Stage.Live())
	s.replay()
}

func TestAnEditThatShowsACard(t *testing.T) {
	s := opened(t)
	s.writes(tuesday.Add(time.Minute), "2", "hello?")
	edit := post("1", "@Fjordwing you cancelled my flight, my card is 4111 1111 1111 1111", tuesday)
	edit.Revision = 1
	entry := s.do(tuesday.Add(2*time.Minute), event.Channel, event.Edited{Mention: edit})
	acts := asked[effect.Moderate](entry)
	require.Len(t, acts, 1, "a card is hidden in whichever message it is written")
	assert.Equal(t, mention.Ref{Channel: "chirp", ID: "1"}, acts[0].Ref)
	assert.Empty(t, s.c.Verdict.Private, "its place is none in the text of the open message")

	s.do(tuesday.Add(3*time.Minute), event.Channel, event.Removed{Ref: mention.Ref{Channel: "chirp", ID: "2"}})
	late := post("2", "hello? my number is 4111 1111 1111 1111", tuesday)
	late.Revision = 1
	entry, err := s.try(tuesday.Add(4*time.Minute), s.event(tuesday, event.Channel, event.Edited{Mention: late}))
	require.NoError(t, err)
	assert.Zero(t, entry.Seq, "an edit that comes after the removal brings no text back")
	assert.Empty(t, s.c.Open.Text)
	s.replay()
}

// What a play answers by itself wakes nobody, as long as it goes out.
func TestAnAnswerWithoutAPersonTellsNobody(t *testing.T) {
	m, rules := post("1", praise, tuesday), changed(t, alone)
	begin := func() (*story, string) {
		s := newStory(t, rules, m)
		entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
		assert.Empty(t, asked[effect.Tell](entry), "nobody need do anything")
		assert.NotEmpty(t, s.c.Clocks, "and the clock runs all the same")
		return s, keyOf[effect.Send](t, entry)
	}
	s, key := begin()
	entry := s.do(tuesday, event.Channel, event.Delivered{Key: key, Ref: mention.Ref{Channel: "chirp", ID: "o"}})
	assert.Empty(t, entry.Effects)
	assert.Equal(t, followup.Answered, s.c.Stage)
	s.replay()

	s, key = begin()
	entry = s.do(tuesday, event.Channel, event.Undelivered{Key: key, Reason: event.Failed})
	assert.NotEmpty(t, asked[effect.Tell](entry), "it did not go out: a person is told")
	s.replay()

	s, _ = begin()
	assert.NotEmpty(t, s.pagesUntil(tuesday.Add(8*time.Hour)), "nobody knows what became of it: its clock runs out, and a person is told")
	s.replay()
}
