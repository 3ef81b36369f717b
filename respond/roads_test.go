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
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
)

// A walk is one way through the machine, as a case goes it: each step is an hour after the one before.
type walk struct {
	reason string
	begins string // what the customer writes first; empty is the usual complaint
	steps  []string
	stage  followup.Stage
	ends   followup.Outcome
	then   func(t *testing.T, s *story) // what else is true there
}

// walks lead from a mention to every kind of end, by the rows of the roads that people meet.
var walks = []walk{
	{reason: "asked, told, proposed, accepted, fulfilled, over", steps: []string{
		"asks", "writes", "gives", "proposes", "writes", "accepts", "fulfilled", "says", "writes", "over", "week",
	}, stage: followup.Closed, ends: followup.Resolved},
	{reason: "over by itself before anybody answered", steps: []string{"writes", "over", "week"},
		stage: followup.Closed, ends: followup.Resolved},
	{reason: "a good answer to the survey closes it at once", steps: []string{"says", "writes", "over", "content"},
		stage: followup.Closed, ends: followup.Resolved},
	{reason: "a bad answer opens it again", steps: []string{"says", "writes", "over", "unhappy"}, stage: followup.Working,
		then: func(t *testing.T, s *story) { assert.Equal(t, 1, s.c.Reopens) }},
	{reason: "a bad answer after the end opens it, too", steps: []string{"says", "writes", "over", "week", "unhappy"},
		stage: followup.Working, then: func(t *testing.T, s *story) { assert.False(t, s.c.Owed.IsZero()) }},
	{reason: "an answer that leaves nothing owed", steps: []string{"settles", "week"},
		stage: followup.Closed, ends: followup.WasAnswered},
	{reason: "a word after that answer is answered anew", steps: []string{"settles", "writes"}, stage: followup.Fresh},
	{reason: "two reminders, then silence, then nothing", steps: []string{"asks", "month", "season"},
		stage: followup.Closed, ends: followup.Lapsed},
	{reason: "some details are missing: asked for those", steps: []string{"asks", "writes", "gives some"}, stage: followup.Asking,
		then: func(t *testing.T, s *story) {
			assert.Contains(t, strings.Join(s.trail[len(s.trail)-1].Because, "; "), "missing")
		}},
	{reason: "he will not tell: we go on without", steps: []string{"asks", "writes", "withholds"}, stage: followup.Working},
	{reason: "declined: it goes up where nobody may give more", steps: []string{"proposes", "writes", "declines"},
		stage: followup.Working, then: func(t *testing.T, s *story) {
			assert.Equal(t, followup.OfferDeclined, s.c.Offer)
			assert.Positive(t, s.c.Climb.Level, "nobody here has anything to negotiate with")
		}},
	{reason: "our last word is not accepted, and he ends it", steps: []string{
		"proposes", "writes", "declines", "line", "writes", "declines", "ends",
	}, stage: followup.Closed, ends: followup.Unhappy},
	{reason: "our last word is said once more, and never closes the case", steps: []string{
		"proposes", "writes", "declines", "line", "writes", "declines",
	}, stage: followup.Proposed, then: func(t *testing.T, s *story) {
		assert.Equal(t, followup.OfferRestated, s.c.Offer)
		assert.False(t, s.c.Owed.IsZero())
	}},
	{reason: "our last word is accepted after all", steps: []string{"proposes", "writes", "declines", "line", "writes", "accepts"},
		stage: followup.Fulfilling},
	{reason: "what he accepted could not be done", steps: []string{"proposes", "writes", "accepts", "failed"}, stage: followup.Working,
		then: func(t *testing.T, s *story) { assert.Positive(t, s.c.Climb.Level, "it goes up") }},
	{reason: "it is done and still broken", steps: []string{"proposes", "writes", "accepts", "fulfilled", "says", "writes", "broken"},
		stage: followup.Working, then: func(t *testing.T, s *story) { assert.Equal(t, 1, s.c.Reopens) }},
	{reason: "he wants no more of us", steps: []string{"says", "writes", "ends"}, stage: followup.Closed, ends: followup.Withdrawn},
	{reason: "and says so once more: nobody writes to him", steps: []string{"says", "writes", "ends", "writes", "ends"},
		stage: followup.Closed, ends: followup.Withdrawn,
		then: func(t *testing.T, s *story) { assert.Equal(t, "yes", s.c.Given["do_not_contact"]) }},
	{reason: "a fake, by a person's word", steps: []string{"fake"}, stage: followup.Closed, ends: followup.NotGenuine},
	{reason: "a fake who writes again is looked at", steps: []string{"fake", "writes"}, stage: followup.Fresh,
		then: func(t *testing.T, s *story) {
			assert.Equal(t, triage.Doubtful, s.c.Verdict.Legitimacy)
			require.NotNil(t, s.c.Waits)
			assert.Equal(t, followup.Look, s.c.Waits.Kind)
		}},
	{reason: "no fake after all: we apologise", steps: []string{"fake", "genuine"}, stage: followup.Fresh,
		then: func(t *testing.T, s *story) { assert.False(t, s.c.Owed.IsZero()) }},
	{reason: "a dormant case is looked at, and written to by a person", begins: "my card is 4111 1111 1111 1111 Fjordwing",
		steps: []string{"asks", "month", "month", "says"}, stage: followup.Confirming},
	{reason: "the dormant wakes with what we asked for", steps: []string{"asks", "month", "writes", "gives"}, stage: followup.Working},
	{reason: "the post is gone: not an ending", steps: []string{"says", "gone"}, stage: followup.Working},
	{reason: "he can be reached nowhere: dormant, and nobody is written to", steps: []string{"asks", "lost"}, stage: followup.Dormant},
	{reason: "he can be reached elsewhere", steps: []string{"asks", "elsewhere"}, stage: followup.Asking},
	{reason: "news that were promised are owed though nothing be new", steps: []string{"taken", "says", "week"}, stage: followup.Working,
		then: func(t *testing.T, s *story) {
			assert.Greater(t, s.c.Breaches, 1, "each is a breach of its own")
			assert.False(t, s.c.Clocks[0].Next().IsZero(), "and the next are owed")
			assert.Equal(t, escalation.Update, s.c.Clocks[0].Objective)
		}},
	{reason: "waived: nothing is owed, and it lapses", steps: []string{"waived", "season"}, stage: followup.Closed, ends: followup.Lapsed},
	{reason: "up, and down again", steps: []string{"up", "down"}, stage: followup.Working},
	{reason: "held by counsel until released", steps: []string{"says", "counsel", "writes", "released", "writes", "over", "week"},
		stage: followup.Closed, ends: followup.Resolved},
	{reason: "a threat of law stays where it is", steps: []string{"asks", "writes", "threatens"}, stage: followup.Asking},
}

// leads are the words of a walk.
var leads = map[string]func(s *story, at time.Time){
	"writes": func(s *story, at time.Time) {
		s.do(at, event.Customer, event.Received{Mention: private(post(fmt.Sprint("w", s.n), "well then", at))})
	},
	"asks": func(s *story, at time.Time) {
		s.sent(at, event.Drafted{Text: "Send your booking reference here.", Asks: []string{"order"}})
	},
	"says": func(s *story, at time.Time) {
		s.sent(at, event.Drafted{Text: fmt.Sprint("We look into it and write here by Friday, 18:00 CEST. Part ", s.n)})
	},
	"settles": func(s *story, at time.Time) {
		s.sent(at, event.Drafted{Text: "Fog closed the airport until noon.", Settles: true})
	},
	"proposes": func(s *story, at time.Time) {
		s.sent(at, event.Drafted{Text: "We can seat you on Friday.", Proposes: true})
	},
	"line": func(s *story, at time.Time) {
		s.sent(at, event.Drafted{Text: "Friday is what we can do. You can turn to the board of appeal.", Line: true,
			Recourse: "the board of appeal"})
	},
	"week":   func(s *story, at time.Time) { s.elapse(at.AddDate(0, 0, 8)) },
	"month":  func(s *story, at time.Time) { s.elapse(at.AddDate(0, 0, 31)) },
	"season": func(s *story, at time.Time) { s.elapse(at.AddDate(0, 0, 120)) },
	"gives":  meant(event.GivesDetails),
	"gives some": func(s *story, at time.Time) {
		s.do(at, "ana", event.Meant{Said: event.GivesDetails, Missing: []string{"date"}})
	},
	"withholds": meant(event.RefusesDetails), "accepts": meant(event.Accepts), "declines": meant(event.Declines),
	"over": meant(event.Over), "ends": meant(event.Ends), "broken": meant(event.StillBroken),
	"threatens": meant(event.ThreatensLaw),
	"content":   done(event.Surveyed{Scale: event.NPS, Score: 9}), "unhappy": done(event.Surveyed{Scale: event.NPS, Score: 2}),
	"fulfilled": done(event.Fulfilled{}), "failed": done(event.FulfilFailed{}), "fake": done(event.Judged{Legitimacy: "fake"}),
	"taken": done(event.Taken{}), "genuine": done(event.Judged{Legitimacy: "genuine"}), "waived": done(event.Waived{Code: "chatter"}),
	"up": done(event.Escalated{Why: "beyond me"}), "down": done(event.Deescalated{}), "lost": done(event.ChannelLost{}),
	"elsewhere": done(event.ChannelLost{Other: "mail"}), "gone": done(event.Removed{Ref: mention.Ref{Channel: "chirp", ID: "1"}}),
	"counsel": done(event.HeldByCounsel{Matter: "m"}), "released": done(event.ReleasedByCounsel{}),
}

func meant(said event.Meaning) func(*story, time.Time) {
	return func(s *story, at time.Time) { s.do(at, "ana", event.Meant{Said: said}) }
}

func done(body event.Body) func(*story, time.Time) {
	return func(s *story, at time.Time) { s.do(at, "ana", body) }
}

// The machine has tests of its own; these are of the case that runs it, from the first mention to the end.
func TestRoadsThroughTheCase(t *testing.T) {
	rules := changed(t, func(s *respond.Specs) {
		s.Hierarchy.Members[0].Calendar = "" // ana is there at all hours
		queue := &s.Hierarchy.Ladders[1]
		queue.Levels = append(queue.Levels, escalation.Level{To: []string{"cleo"}, Wait: queue.Levels[0].Wait})
	})
	ends := map[followup.Outcome]bool{}
	for _, w := range walks {
		t.Run(w.reason, func(t *testing.T) {
			text := w.begins
			if text == "" {
				text = "@Fjordwing you cancelled my flight"
			}
			m := private(post("1", text, tuesday))
			s := newStory(t, rules, m)
			s.do(tuesday, "ana", event.Received{Mention: m}) // a member may open what the policy would not
			for _, step := range w.steps {
				require.Contains(t, leads, step)
				leads[step](s, s.c.At.Add(time.Hour))
				require.True(t, !s.c.Stage.Live() || !s.c.Due().IsZero(), "%s: a live case falls due", step)
			}
			assert.Equal(t, w.stage, s.c.Stage, s.script())
			assert.Equal(t, w.ends, s.c.Outcome, s.script())
			if w.then != nil {
				w.then(t, s)
			}
			ends[s.c.Outcome] = true
			s.replay()
		})
	}
	for _, end := range []followup.Outcome{followup.Resolved, followup.WasAnswered, followup.Lapsed, followup.Unhappy,
		followup.Withdrawn, followup.NotGenuine} {
		assert.True(t, ends[end], "no walk ends %s", end)
	}
}
