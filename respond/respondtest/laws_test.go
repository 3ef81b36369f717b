package respondtest_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation/duty"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/respond/respondtest"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/when"
)

// stories is how many random stories the laws are held to; REPUTATION_LONG asks for all of them.
func stories() int {
	if os.Getenv("REPUTATION_LONG") == "1" {
		return 100_000
	}
	if raceOn {
		return 500
	}
	return 5_000
}

func TestLaws(t *testing.T) {
	houses := map[string]*respond.Rules{
		"the house": house(t), "machines speak": changed(t, unattended), "others are asked": changed(t, inquires),
		"nobody asked for it": changed(t, unasked),
	}
	for name, rules := range houses {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			respondtest.Laws(t, rules, stories()/len(houses)+1)
		})
	}
}

// unattended lets thanks go out without a person.
func unattended(s *respond.Specs) { s.Playbook.Plays[0].Unattended = true }

// unasked has words that nobody asked for, lets them out without a person, and reports to an authority.
func unasked(s *respond.Specs) {
	say := func(id, text string, stages ...string) playbook.Play {
		return playbook.Play{
			ID: id, For: playbook.Scope{Stages: stages}, Mode: playbook.Private, Unattended: true,
			Texts: map[string][]string{"en": {text}},
		}
	}
	s.Playbook.Unasked = map[string]playbook.Play{
		"news_by_timer": say("no-news", "There is no news yet about your matter. I write to you again tomorrow.", "working"),
		"ask_if_over":   say("well", "It is done on our side. Is all well with you now?", "confirming"),
		"send_survey":   say("how", "How content are you with what we did, from 1 to 5?", "surveying"),
		"invite":        say("tell", "If you like, tell others how it ended.", "answered"),
	}
	for i := range s.Venues {
		s.Venues[i].Invites = true
	}
	owner := s.Hierarchy.Plans[0].Owner
	for _, c := range s.Policy.Categories {
		s.Duties.Duties = append(s.Duties.Duties, duty.Duty{
			Name: "notice of " + c.Name, Trigger: duty.Trigger{Categories: []string{c.Name}}, Within: spec.Of(72 * time.Hour), Owner: owner,
		})
	}
}

// inquires asks others for signals, and for who the customer is.
func inquires(s *respond.Specs) {
	unattended(s)
	s.Policy.Signals = []triage.Source{{Name: "fury", By: "vendor"}}
	s.Policy.Rules = append(s.Policy.Rules, triage.Rule{
		Name: "fury", When: when.Signal("fury", when.Min(800)), Then: triage.Then{Severity: triage.Crisis},
	})
	s.Inquiry.Lookup = []string{"order", "tier"}
}

// The random stories come everywhere: else they prove too little.
func TestRandomStoriesComeEverywhere(t *testing.T) {
	rules := house(t)
	written, happened, stages, states := map[string]int{}, map[string]int{}, map[followup.Stage]int{}, map[incident.State]int{}
	for seed := range uint64(250) {
		story := respondtest.Random(rules, seed)
		require.Equal(t, story, respondtest.Random(rules, seed), "the same seed, the same story")
		for line := range strings.Lines(story) {
			if _, step, ok := strings.Cut(line, " ? "); ok {
				written[strings.Fields(step)[0]]++
			}
		}
		result, err := respondtest.Play(rules, story)
		require.NoError(t, err)
		for _, c := range result.Cases {
			for _, e := range c.Entries {
				for _, m := range e.Change.Moves {
					stages[m.To]++
				}
				happened["case "+e.Event.Kind()]++
			}
		}
		for _, in := range result.Incidents {
			for _, e := range in.Entries {
				states[e.Change.State]++
				happened["incident "+e.Event.Kind()]++
			}
		}
	}
	for _, kind := range event.Kinds() {
		assert.NotZero(t, written[kind], "no story has an event of kind %s", kind)
	}
	for _, kind := range []string{"established", "retracted", "assessed"} {
		assert.NotZero(t, happened["case "+kind], "in no case anything was ever %s", kind)
	}
	for _, s := range []followup.Stage{followup.Fresh, followup.Answered, followup.Asking, followup.Working, followup.Proposed,
		followup.Fulfilling, followup.Surveying, followup.Dormant, followup.Closed} {
		assert.NotZero(t, stages[s], "no story comes to %s", s)
	}
	for _, s := range []incident.State{incident.Suspected, incident.Declared, incident.Contained, incident.Dismissed, incident.Resolved,
		incident.Examined} {
		assert.NotZero(t, states[s], "no incident is ever %s", s)
	}
	t.Logf("happened: %v", happened)
	t.Logf("stages: %v, incidents: %v", stages, states)
}

// A planted bug is found, and what is left of the story that found it says what it is.
func TestAPlantedBugIsShrunk(t *testing.T) {
	rules := house(t)
	for _, bug := range respondtest.Bugs {
		found := &failed{}
		func() {
			defer func() { _ = recover() }() // as Fatalf leaves a test
			respondtest.LawsWith(found, rules, 2000, bug.Apply)
		}()
		require.Contains(t, found.text, bug.Law, bug.Name)
		story := found.text[strings.Index(found.text, "\nat ")+1:]
		lines := strings.Split(strings.TrimSpace(story), "\n")
		assert.LessOrEqual(t, len(lines), bug.Lines, "%s: it could be shorter:\n%s", bug.Name, story)
		assert.NotContains(t, strings.ReplaceAll(story, " ? elapsed", ""), " ? ", "%s: every step is sure", bug.Name)
		t.Logf("%s:\n%s", bug.Name, story)
		_, err := respondtest.Play(rules, story)
		var step *respondtest.StepError
		assert.False(t, errors.As(err, &step) && step.Law != "", "%s: without the bug no law is broken: %v", bug.Name, err)
	}
}

// failed is a test that a harness fails.
type failed struct{ text string }

func (f *failed) Helper() {}

func (f *failed) Fatalf(format string, args ...any) {
	f.text = fmt.Sprintf(format, args...)
	panic(f)
}
