package respond_test

import (
	"fmt"
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
)

var statement = event.Told{Version: 1, Text: "Check-in is down since 10:00 CEST. Our desks check you in. Next news at 12:00 CEST."}

// down is a case of an outage that its incident holds.
func down(t *testing.T) *story {
	t.Helper()
	m := post("1", "Fjordwing is down, cannot check in", tuesday)
	s := newStory(t, shippedRules(t), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	s.do(tuesday.Add(5*time.Minute), event.Host, event.JoinedIncident{Incident: "i", Told: statement})
	require.Equal(t, followup.HoldIncident, s.c.Hold.Kind)
	return s
}

func TestAnIncidentHoldsItsCases(t *testing.T) {
	s := down(t)
	assert.Empty(t, s.c.Clocks[0].Next(), "what we owe stands still")
	for _, e := range s.elapse(tuesday.Add(3 * 24 * time.Hour)) {
		assert.Empty(t, e.Effects, "and the case pages nobody by itself")
	}
	assert.Zero(t, s.c.Breaches, "a breach belongs to the incident alone")

	at := s.c.At.Add(time.Hour)
	s.writes(at, "2", "any news?")
	require.NotNil(t, s.c.Draft)
	assert.Equal(t, statement.Text, s.c.Draft.Text, "who writes gets the statement")
	assert.Equal(t, followup.GiveStatement, s.c.Draft.For)
	entry := s.do(at, "cleo", event.Approved{Draft: s.c.Draft.ID})
	s.do(at, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry)})
	assert.Equal(t, 1, s.c.Hold.Had)
	s.writes(at.Add(time.Hour), "3", "hello?")
	assert.Nil(t, s.c.Draft, "once per version")

	from := at.Add(5 * time.Hour)
	s.do(at.Add(2*time.Hour), event.Host, event.IncidentOver{Incident: "i", From: from})
	assert.Nil(t, s.c.Hold)
	assert.False(t, s.c.Owed.IsZero(), "he is owed a word of his own")
	for _, k := range s.c.Clocks {
		assert.True(t, k.Next().After(from), "and its clock runs from when his turn is: %s", k.Because)
	}
	s.replay()
}

func TestNothingHoldsDangerToLife(t *testing.T) {
	m := post("1", "a passenger is unconscious on Fjordwing 12", tuesday)
	s := newStory(t, shippedRules(t), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	entry, err := s.try(tuesday, s.event(tuesday, event.Host, event.JoinedIncident{Incident: "i"}))
	require.NoError(t, err)
	assert.Zero(t, entry.Seq)
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.HeldByCounsel{}), "danger to life")

	held := down(t)
	held.writes(tuesday.Add(time.Hour), "2", "a passenger here is unconscious")
	assert.Nil(t, held.c.Hold, "a danger that comes later ends the hold")
	assert.False(t, held.c.Climb.Due().IsZero(), "and pages")
	held.replay()
}

func TestCounselLooksAtEveryWord(t *testing.T) {
	s := opened(t)
	s.do(tuesday, "cleo", event.HeldByCounsel{Matter: "Dana v. Fjordwing"})
	assert.NotEmpty(t, s.c.Draft.Stale, "what was prepared stays here")
	s.do(tuesday, "ben", event.Drafted{Text: "We are sorry about the cancelled flight."})
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID}), "only what cleo allows")
	s.do(tuesday, "cleo", event.Approved{Draft: s.c.Draft.ID})

	s = opened(t)
	s.do(tuesday, "cleo", event.HeldByCounsel{Matter: "m"})
	s.do(tuesday, "ana", event.Meant{Said: event.Over})
	assert.Equal(t, followup.Fresh, s.c.Stage, "an end needs counsel's word")
	s.do(tuesday, "cleo", event.Meant{Said: event.Over})
	assert.Equal(t, followup.Surveying, s.c.Stage)
	assert.Nil(t, s.c.Hold)
	assert.ErrorContains(t, s.refused(tuesday, "cleo", event.ReleasedByCounsel{}), "does not hold")
	s.replay()

	s = opened(t)
	s.sent(tuesday, event.Drafted{Text: "We look into it and write here by Friday, 18:00 CEST."})
	s.do(tuesday, "cleo", event.HeldByCounsel{Matter: "m"})
	s.writes(tuesday.Add(time.Hour), "2", "all sorted now, thank you, you can close this")
	require.Equal(t, event.Over, s.c.Unread.Said)
	require.Equal(t, followup.Working, s.c.Stage, "signals say so, and counsel has not")
	s.do(tuesday.Add(2*time.Hour), "ana", event.Meant{Said: event.Over})
	assert.Equal(t, followup.Working, s.c.Stage, "ana is not counsel")
	s.do(tuesday.Add(3*time.Hour), "cleo", event.Meant{Said: event.Over})
	assert.Equal(t, followup.Surveying, s.c.Stage, "counsel agrees with the signals")
	s.replay()
}

// What counsel holds is looked at each business day, whatever else falls due meanwhile, and whoever writes.
func TestCounselLooksEachBusinessDay(t *testing.T) {
	there := func(s *respond.Specs) { s.Hierarchy.Members[0].Calendar = "" } // ana is there at all hours
	m := private(post("1", "you cancelled my flight", tuesday))
	s := newStory(t, changed(t, there), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	s.sent(tuesday, event.Drafted{Text: "We look into it and write here by Friday, 18:00 CEST."})
	s.do(tuesday.Add(time.Hour), "cleo", event.HeldByCounsel{Matter: "m"})
	var looks []string
	for day := range 7 { // from Tuesday noon to Monday noon
		noon := tuesday.AddDate(0, 0, day).Add(4 * time.Hour)
		for _, e := range s.elapse(noon) {
			for _, x := range e.Effects {
				if tell, ok := x.Body.(effect.Tell); ok && tell.Member == "cleo" && strings.Contains(x.Because, "held since") {
					looks = append(looks, e.At.Format("Mon 15:04"))
				}
			}
		}
		s.writes(noon, fmt.Sprint("w", day), "and?")
		s.do(noon, "ana", event.Waived{Code: "counsel answers"}) // else the ladder tells of it every few minutes
	}
	assert.Equal(t, []string{"Wed 09:00", "Thu 09:00", "Fri 09:00", "Mon 06:00"}, looks, "in the open hours of the case's plan")
	assert.Greater(t, s.c.Breaches, 2, "while news were missed day by day")
	s.replay()

	s = newStory(t, changed(t, func(s *respond.Specs) {
		there(s)
		plan := &s.Hierarchy.Plans[2]
		plan.Hours = ""
		for name, o := range plan.Objectives {
			o.Elapsed = true
			plan.Objectives[name] = o
		}
	}), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	s.do(tuesday, "ana", event.Waived{Code: "chatter"})
	friday := tuesday.AddDate(0, 0, 3)
	s.do(friday, "cleo", event.HeldByCounsel{Matter: "m"})
	s.elapse(friday.AddDate(0, 0, 2))
	assert.Equal(t, "Mon 07:00", s.c.Waits.At.Format("Mon 15:04"), "without open hours on weekdays, from nine in Madrid on")
}

func TestAThreatOfLawTellsCounselAndIsTagged(t *testing.T) {
	counsel := changed(t, func(s *respond.Specs) {
		law := s.Hierarchy.Plans[2]
		law.ID, law.Owner, law.Tags = "law", "cleo", []string{"legal"}
		s.Hierarchy.Plans = append(s.Hierarchy.Plans, law)
	})
	for _, row := range []struct {
		reason string
		rules  *respond.Rules
		told   string
	}{
		{"the point person of the plan for legal matters", counsel, "cleo"},
		{"where there is no plan for it, the owner", shippedRules(t), "ana"},
	} {
		m := post("1", "@Fjordwing you cancelled my flight", tuesday)
		s := newStory(t, row.rules, m)
		s.do(tuesday, event.Customer, event.Received{Mention: m})
		s.sent(tuesday.Add(time.Minute), event.Drafted{Text: "Which flight was it?", Asks: []string{"order"}, Visibility: mention.Private})
		threat := private(post("2", "you will hear from my lawyer", tuesday.Add(2*time.Minute)))
		entry := s.do(tuesday.Add(2*time.Minute), event.Customer, event.Received{Mention: threat})
		assert.Contains(t, members(entry), row.told, row.reason)
		assert.Contains(t, s.c.Verdict.Tags, "legal", "signals that are sure say so at once: nobody need have read it")
		assert.Equal(t, followup.Asking, s.c.Stage, "stage and clocks stay")
		assert.False(t, s.c.Owed.IsZero(), "and he is owed an answer")
		s.do(tuesday.Add(3*time.Minute), "ana", event.Meant{Said: event.GivesDetails})
		assert.Equal(t, followup.Working, s.c.Stage, "a person may read it otherwise")
		s.replay()

		s = newStory(t, row.rules, m)
		s.do(tuesday, event.Customer, event.Received{Mention: m})
		s.writes(tuesday.Add(time.Minute), "2", "I know my rights")
		require.NotContains(t, s.c.Verdict.Tags, "legal")
		entry = s.do(tuesday.Add(2*time.Minute), "ben", event.Meant{Said: event.ThreatensLaw})
		assert.Contains(t, members(entry), row.told, "%s: read by a person", row.reason)
		assert.Equal(t, followup.Fresh, s.c.Stage)
		s.replay()

		m = post("1", "@Fjordwing you cancelled my flight, you will hear from my lawyer", tuesday)
		s = newStory(t, row.rules, m)
		entry = s.do(tuesday, event.Customer, event.Received{Mention: m})
		assert.Contains(t, members(entry), row.told, "%s: it is the first that he writes", row.reason)
		assert.Contains(t, s.c.Verdict.Tags, "legal")
		s.replay()
	}
}

func TestUpAndDownTheLadder(t *testing.T) {
	m := post("1", "a question for Fjordwing: is my flight cancelled?", tuesday)
	s := newStory(t, changed(t, func(s *respond.Specs) {
		queue := &s.Hierarchy.Ladders[1]
		queue.Levels = append(queue.Levels, escalation.Level{To: []string{"cleo"}, Wait: queue.Levels[0].Wait})
	}), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	assert.ErrorContains(t, s.refused(tuesday, "nobody", event.Escalated{}), "no member")
	entry := s.do(tuesday, "ana", event.Escalated{Why: "beyond me"})
	assert.Equal(t, []string{"cleo"}, members(entry))
	assert.Equal(t, followup.Working, s.c.Stage)
	entry = s.do(tuesday, "cleo", event.Deescalated{Why: "ana can do it"})
	assert.Contains(t, members(entry), "ana", "the level below is told")
	s.replay()
}

func TestTheThirdContactRisesALevel(t *testing.T) {
	s := opened(t)
	level := s.c.Climb.Level
	s.writes(tuesday.Add(10*time.Second), "2", "hello?")
	s.writes(tuesday.Add(20*time.Second), "3", "hello??")
	assert.Equal(t, level, s.c.Climb.Level, "three lines in a row are one contact")
	s.writes(tuesday.Add(2*time.Hour), "4", "still nothing")
	s.writes(tuesday.Add(5*time.Hour), "5", "third time")
	assert.NotEqual(t, level, s.c.Climb.Level)
	s.replay()
}

func TestAPageThatWaits(t *testing.T) {
	s := opened(t)
	key := keyOf[effect.Tell](t, s.trail[0])
	s.do(tuesday, event.Host, event.Deferred{Key: key, Until: tuesday.Add(30 * time.Minute)})
	assert.Equal(t, escalation.Held, s.c.Climb.Pages[0].State)
	assert.Empty(t, s.pagesUntil(tuesday.Add(20*time.Minute)), "it is not taken for lost")
	assert.ErrorContains(t, s.refused(tuesday, event.Host, event.Deferred{Key: "k"}), "no page")
	s.replay()
}

func TestRebased(t *testing.T) {
	s := opened(t)
	due := s.c.Clocks[0].Due
	quicker := changed(t, func(s *respond.Specs) {
		o := s.Hierarchy.Plans[2].Objectives[escalation.FirstReply]
		o.Within /= 2
		s.Hierarchy.Plans[2].Objectives[escalation.FirstReply] = o
	})
	s.rules = quicker
	assert.Equal(t, due, s.c.Clocks[0].Due, "what was computed stays")
	assert.ErrorContains(t, s.refused(tuesday, event.Customer, event.Rebased{}), "no member")
	s.do(tuesday, "ana", event.Rebased{Why: "a new plan"})
	assert.Equal(t, tuesday.Add(30*time.Minute), s.c.Clocks[0].Due)
	s.replay()
}

func TestAWarningReachesWhoHasIt(t *testing.T) {
	warned := func(s *respond.Specs) {
		o := s.Hierarchy.Plans[2].Objectives[escalation.FirstReply]
		o.Warn = []int{50}
		s.Hierarchy.Plans[2].Objectives[escalation.FirstReply] = o
	}
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, changed(t, warned), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	s.do(tuesday, "ana", event.Taken{})
	entries := s.elapse(tuesday.Add(30 * time.Minute))
	require.Len(t, entries, 1)
	assert.Equal(t, []string{"ana"}, members(entries[0]))
	assert.Contains(t, strings.Join(entries[0].Because, "; "), "50 %")
	assert.Zero(t, s.c.Breaches)
	s.replay()
}

// A duty runs from when the post reached us, whatever becomes of the case.
func TestARegulatorsClock(t *testing.T) {
	s := openedInPrivate(t, unasked)
	require.Len(t, s.c.Duties, 1)
	assert.Equal(t, tuesday.Add(72*time.Hour), s.c.Duties[0].Due)
	assert.Contains(t, members(s.trail[0]), "cleo", "who files it is told at once")
	s.do(tuesday, "ana", event.Meant{Said: event.Ends})
	require.Equal(t, followup.Closed, s.c.Stage)
	assert.False(t, s.c.Due().IsZero(), "the end of the case is not the end of the duty")
	assert.Equal(t, []string{"cleo"}, members(s.elapse(tuesday.Add(36 * time.Hour))[0]), "a warning at half of its time")
	assert.ErrorContains(t, s.refused(s.c.At, "cleo", event.Filed{Duty: "notice"}), "reference")
	assert.ErrorContains(t, s.refused(s.c.At, "cleo", event.Filed{Duty: "other", Reference: "A-1"}), "no duty")
	s.do(s.c.At, "cleo", event.Filed{Duty: "notice", Reference: "A-1"})
	assert.True(t, s.c.Due().IsZero())
	s.replay()
}

// A case that waited for an incident which nobody declared pages for itself again, in its turn.
func TestACaseThatWasNeverHeldGoesOn(t *testing.T) {
	for _, row := range []struct {
		reason string
		over   time.Duration // since it was written: the answer is owed within 15 minutes
		turn   time.Duration // since it is over
		taken  bool
		told   []string
		wait   time.Duration
	}{
		{"its answer was missed: at once", time.Hour, 0, false, []string{"ana"}, 0},
		{"and of many one after another", time.Hour, 30 * time.Minute, false, nil, 30 * time.Minute},
		{"somebody has it already", time.Hour, 0, true, nil, 0},
		{"its clock runs still, and will tell", 5 * time.Minute, 0, false, nil, 0},
	} {
		m := post("1", "Fjordwing is down, cannot check in", tuesday)
		s := newStory(t, shippedRules(t), m)
		s.do(tuesday, event.Customer, event.Received{Mention: m})
		if row.taken {
			s.do(tuesday.Add(time.Minute), "ana", event.Taken{})
		}
		at := tuesday.Add(row.over)
		s.elapse(at)
		over := event.IncidentOver{Incident: "i"}
		if row.turn > 0 {
			over.From = at.Add(row.turn)
		}
		entry := s.do(at, event.Host, over)
		assert.Equal(t, row.told, members(entry), row.reason)
		if row.wait > 0 {
			assert.Equal(t, at.Add(row.wait), s.c.Due(), row.reason)
			assert.Equal(t, []string{"16 09:30 ana"}, s.pagesUntil(s.c.Due()), row.reason)
		}
		s.replay()
	}
}

// What a person wrote, and can no longer go out, is told of to who has the case.
func TestADraftThatIsSpoilt(t *testing.T) {
	edit := post("1", "@Fjordwing you cancelled my flight, and my bag is lost", tuesday)
	edit.Revision = 1
	for _, row := range []struct {
		reason string
		body   event.Body
	}{
		{"the customer edited what it answers", event.Edited{Mention: edit}},
		{"the customer removed what it answers", event.Removed{Ref: mention.Ref{Channel: "chirp", ID: "1"}}},
	} {
		s := opened(t)
		s.do(tuesday, "ben", event.Drafted{Text: "Thank you for telling us. We are sorry about the cancelled flight. I will find a seat today."})
		entry := s.do(tuesday.Add(time.Minute), event.Channel, row.body)
		assert.Equal(t, []string{"ben"}, members(entry), row.reason)
		s.replay()
	}
}
