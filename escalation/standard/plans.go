package standard

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

// A House is what the plans name. Owner, Ladder and Hours are ids of the hierarchy.
type House struct {
	Owner   string
	Backups []string
	Ladder  string
	Life    string // the ladder for danger to people; empty means Ladder
	Hours   string // the calendar of open hours
}

// The categories that the plans speak of, besides triage.Life. Name those of your policy so, or alter the plans.
const (
	Impostor = "impostor"  // somebody who looks like us
	DataLeak = "data_leak" // private data lies open
	Question = "question"
	Lead     = "lead" // somebody who would buy
)

// Plans are the plans to begin with, as the package comment shows them. One is for everything that has no other, and one
// for life, as a hierarchy must have.
func Plans(h House) []escalation.Plan {
	life, urgent := h.Life, minutes(15)
	if life == "" {
		life = h.Ladder
	}
	calm := []triage.Severity{triage.Routine, triage.Elevated}
	notToUs := []mention.Addressed{mention.AboutUs, mention.Overheard}
	plans := []escalation.Plan{
		{ID: "life", Categories: []string{triage.Life}, Ladder: life, Objectives: objectives(minutes(5), hourly())},
		{ID: "exposed", Categories: []string{Impostor, DataLeak}, Objectives: objectives(urgent, daily())},
		{ID: "exposed-crisis", Categories: []string{Impostor, DataLeak}, Severities: []triage.Severity{triage.Crisis},
			Objectives: objectives(urgent, hourly())},
		{ID: "crisis", Severities: []triage.Severity{triage.Crisis}, Objectives: objectives(urgent, hourly())},
		{ID: "press", Severities: []triage.Severity{triage.Routine, triage.Elevated, triage.Serious},
			Standings: []triage.Standing{triage.Press}, Objectives: objectives(minutes(30), daily())},
		{ID: "asked", Categories: []string{Question, Lead}, Severities: calm,
			Kinds: []mention.Kind{mention.Post, mention.Comment, mention.Review, ""}, Objectives: objectives(openHours(4), daily())},
		{ID: "asked-elsewhere", Categories: []string{Question, Lead}, Severities: calm, Addressed: notToUs,
			Kinds: []mention.Kind{mention.Post, mention.Comment, ""}, Objectives: objectives(nil, daily())},
		{ID: "asked-by-press", Categories: []string{Question, Lead}, Severities: calm,
			Standings: []triage.Standing{triage.Press}, Objectives: objectives(minutes(30), daily())},
		{ID: "serious", Severities: []triage.Severity{triage.Serious}, Objectives: objectives(minutes(60), daily())},
		{ID: "serious-elsewhere", Severities: []triage.Severity{triage.Serious}, Addressed: notToUs,
			Kinds: []mention.Kind{mention.Post, mention.Comment, ""}, Objectives: objectives(nil, daily())},
		{ID: "review", Kinds: []mention.Kind{mention.Review}, Objectives: objectives(daily(), daily())},
		{ID: "elsewhere", Kinds: []mention.Kind{mention.Post, mention.Comment, ""}, Addressed: notToUs,
			Objectives: objectives(nil, daily())},
		{ID: "rest", Objectives: objectives(openHours(1), daily())},
	}
	for i := range plans {
		p := &plans[i]
		p.Owner, p.Backups, p.Hours = h.Owner, slices.Clone(h.Backups), h.Hours
		if p.Ladder == "" {
			p.Ladder = h.Ladder
		}
	}
	return plans
}

func hourly() *escalation.Duration { return minutes(60) }

// daily is the next day on which the house opens, by the same time of day.
func daily() *escalation.Duration { return &escalation.Duration{Days: 1} }

// objectives are an answer to what is said, first and next, and news. Without a reply a person decides.
func objectives(reply, update *escalation.Duration) map[escalation.Objective]escalation.Duration {
	o := map[escalation.Objective]escalation.Duration{escalation.Update: *update}
	if reply != nil {
		o[escalation.FirstReply], o[escalation.NextReply] = *reply, *reply
	}
	return o
}

func minutes(n int) *escalation.Duration {
	return &escalation.Duration{Within: spec.Of(time.Duration(n) * time.Minute), Elapsed: true}
}

func openHours(n int) *escalation.Duration {
	return &escalation.Duration{Within: spec.Of(time.Duration(n) * time.Hour)}
}
