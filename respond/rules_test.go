package respond_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/when"
)

func TestSpecsRoundTrip(t *testing.T) {
	s := specs(t)
	data, err := json.Marshal(s)
	require.NoError(t, err)
	var back respond.Specs
	require.NoError(t, spec.Decode(data, &back))
	assert.Equal(t, s, back, "what is written is what is read")
}

func TestVersionSaysWhatDecided(t *testing.T) {
	one := shippedRules(t)
	assert.Equal(t, one.Version(), shippedRules(t).Version(), "the same specifications have the same version")
	s := specs(t)
	s.Policy.Rules[0].Then.Tags = []string{"new"}
	other, err := respond.NewRules(s, respond.Options{})
	require.NoError(t, err)
	assert.NotEqual(t, one.Version(), other.Version())
}

// A model that reads one signal, and says which training it is of.
type model string

func (model) Signals() []string { return []string{"tone"} }

func (model) Score(dst []signal.Reading, _, _ string) []signal.Reading {
	return append(dst, signal.Reading{Name: "tone", Value: 900})
}

func (m model) Checksum() string { return string(m) }

func TestAModelOfTheHouse(t *testing.T) {
	s := specs(t)
	s.Policy.Signals = []triage.Source{{Name: "tone", By: "scorer:ours"}}
	s.Policy.Rules = append(s.Policy.Rules, triage.Rule{Name: "tone",
		When: when.Signal("tone", when.Min(500)), Then: triage.Then{Tags: []string{"toned"}}})
	version := func(m model) string {
		rules, err := respond.NewRules(s, respond.Options{Scorers: map[string]triage.Scorer{"ours": m}})
		require.NoError(t, err)
		v := respond.Judge(rules, event.Received{Mention: post("1", "Fjordwing cancelled my flight", tuesday)}, tuesday)
		assert.Contains(t, v.Tags, "toned", "the model is asked")
		return rules.Version()
	}
	assert.Equal(t, version("a"), version("a"))
	assert.NotEqual(t, version("a"), version("b"), "another training may decide otherwise")
	_, err := respond.NewRules(s, respond.Options{})
	assert.ErrorContains(t, err, "policy.signals[0]", "a model that nobody binds is a problem")
}

func TestRulesReportAllProblems(t *testing.T) {
	s := specs(t)
	s.Watchlist.Subjects[0].Misspellings = 9
	s.Hierarchy.Plans[1].Categories = []string{"outtage"}
	s.Playbook.Plays[0].For.Categories = []string{"prise"}
	s.Playbook.Plays[1].For.Channels = []string{"fax"}
	s.Venues = append(s.Venues, s.Venues[0])
	s.Followup.Zone = "Europe/Oz"
	s.Followup.Reminders = []spec.Duration{spec.Of(time.Hour), spec.Of(time.Hour)}
	_, err := respond.NewRules(s, respond.Options{})
	var problems spec.Problems
	require.ErrorAs(t, err, &problems)
	for _, path := range []string{
		"watchlist.subjects[0].misspellings", "hierarchy.plans[1].categories[0]", "playbook.plays[0].for.categories[0]",
		"playbook.plays[1].for.channels[0]", "venues[2]", "followup.zone", "followup.reminders[1]",
	} {
		found := false
		for _, p := range problems {
			found = found || p.Path == path
		}
		assert.True(t, found, "no problem at %s in:\n%s", path, err)
	}
}

func TestEmptySpecsAreProblems(t *testing.T) {
	_, err := respond.NewRules(respond.Specs{}, respond.Options{})
	var problems spec.Problems
	assert.ErrorAs(t, err, &problems, "never a panic")
}

// TestZonesReachTheTexts: a host with zone data of its own uses it for texts too, at Compile and when one is written.
func TestZonesReachTheTexts(t *testing.T) {
	s := specs(t)
	s.Playbook.Slots = append(s.Playbook.Slots, template.Slot{Name: "Due"}, template.Slot{Name: "Where"})
	play := &s.Playbook.Plays[0]
	play.Mode, play.PrivateTexts, play.Reminder = playbook.Public, nil, nil
	play.Texts = map[string][]string{s.Playbook.Locale: {`At {{clock .Due "Sea/Rig"}}{{if .Where}}, {{clock .Due .Where}}{{end}}.`}}
	_, err := respond.NewRules(s, respond.Options{})
	assert.ErrorContains(t, err, `zone "Sea/Rig" is not known`, "no machine has it")

	zone := func(name string) (*time.Location, error) {
		if name == "Sea/Rig" {
			return time.FixedZone("RIG", 5*3600), nil
		}
		return escalation.Zone(name)
	}
	rules, err := respond.NewRules(s, respond.Options{Zone: zone})
	require.NoError(t, err)
	slots := template.Slots{"Due": tuesday, "Where": "Sea/Rig"}
	text, err := rules.Composer().Write(play.ID, playbook.Situation{}, mention.Venue{}, slots)
	require.NoError(t, err)
	at := tuesday.Add(5*time.Hour).Format("15:04") + " RIG"
	assert.Equal(t, "At "+at+", "+at+".", text.Body)
}

func TestRulesMayChangeUnderOpenCases(t *testing.T) {
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, shippedRules(t), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	due := s.c.Clocks[0].Due

	changed := specs(t)
	changed.Hierarchy.Plans[2].Objectives[escalation.FirstReply] = escalation.Duration{Within: spec.Of(5 * time.Minute)}
	changed.Hierarchy.Plans[2].ID = "care-2"
	var err error
	s.rules, err = respond.NewRules(changed, respond.Options{})
	require.NoError(t, err)
	s.do(tuesday.Add(time.Minute), "ana", event.Taken{})
	assert.Equal(t, due, s.c.Clocks[0].Due, "what was computed stays")
	assert.Equal(t, s.rules.Version(), s.trail[1].Rules, "the entry says which rules decided")
	s.elapse(tuesday.Add(12 * time.Hour))
	s.replay()
}

// One mention in: what is decided, and what is asked of the world.
func Example() {
	var specs respond.Specs
	data, _ := os.ReadFile("testdata/specs.json")
	if err := spec.Decode(data, &specs); err != nil {
		fmt.Println(err)
		return
	}
	rules, err := respond.NewRules(specs, respond.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	m := mention.Mention{
		Ref: mention.Ref{Channel: "chirp", ID: "7"}, Author: mention.Author{Handle: "dana", Name: "Dana"}, Lang: "en",
		Text: "Great job @Fjordwng, third cancelled flight this month",
	}
	now := time.Date(2026, 6, 16, 9, 30, 0, 0, time.UTC)
	c := respond.New("", respond.CaseID(respond.Keys("", m)))
	c, entry, err := respond.Step(rules, c, event.Event{
		ID: event.ReceivedID(m), At: now, By: event.Customer, Body: event.Received{Mention: m},
	}, now)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Verdict.Category, "-", c.Verdict.Severity, "- draft by", c.Draft.By)
	fmt.Println("first reply due", c.Clocks[0].Due.Format("15:04"))
	for _, e := range entry.Effects {
		fmt.Println(e.Kind(), "-", e.Because)
	}
	// Output:
	// cancellation - elevated - draft by play:ask-booking
	// first reply due 10:30
	// tell - level 0: ana is on duty
	// approve - draft by play:ask-booking wants consent
}

// Whoever keeps cases without a desk routes by keys and opens by verdict.
func ExampleKeys() {
	m := mention.Mention{
		Ref: mention.Ref{Channel: "chirp", ID: "8"}, Parent: "7", Thread: "7", Author: mention.Author{ID: "u-1"},
	}
	keys := respond.Keys("acme", m)
	fmt.Println(len(keys), "keys, the strongest first")
	fmt.Println(respond.CaseID(keys) == respond.CaseID(keys[1:]), "- a case is named by the weakest")
	// Output:
	// 2 keys, the strongest first
	// true - a case is named by the weakest
}
