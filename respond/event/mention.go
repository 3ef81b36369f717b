package event

import (
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/group"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/tally"
)

// Received says that a mention came in. The readings of the tallies travel with it, so that a replay sees what was
// seen.
type Received struct {
	Mention  mention.Mention   `json:"mention"`
	Given    map[string]string `json:"given,omitempty"`    // what the host knows of the author
	Standing triage.Standing   `json:"standing,omitempty"` // who the author is, when the host knows
	Observed []signal.Reading  `json:"observed,omitempty"` // signals from outside
	History  tally.Reading     `json:"history,omitzero"`   // the author's tally just before
	Copies   group.Reading     `json:"copies,omitzero"`    // what the tally of near copies said
	Surges   []string          `json:"surges,omitempty"`   // the series that surge now
	Told     Told              `json:"told,omitzero"`      // what the incident that holds the case has told the public
	Incident string            `json:"incident,omitempty"` // the declared incident of its category: it holds the case from the first
	Beside   []string          `json:"beside,omitempty"`   // our newest answers to others beneath the same post, by playbook.Hash
	Load     map[string]int    `json:"load,omitempty"`     // open cases that each member has, by his id
	Backfill bool              `json:"backfill,omitempty"` // from the past of a channel: pages nobody, but for life, fresh
}

// Edited says that the author changed a mention that the case holds.
type Edited struct {
	Mention mention.Mention `json:"mention"` // the new revision
}

// Removed says that a mention is gone. It carries no text.
type Removed struct {
	Ref mention.Ref `json:"ref"`
}

// AnsweredElsewhere says that somebody answered outside the desk, in the platform's own app for instance.
type AnsweredElsewhere struct {
	Ref       mention.Ref `json:"ref"`                 // the answer
	Answers   mention.Ref `json:"answers,omitzero"`    // what it answers
	Automatic bool        `json:"automatic,omitempty"` // an automatic answer stops no clock
}

// Spoken says that somebody spoke with the customer by telephone or in a branch.
type Spoken struct {
	Summary string   `json:"summary"`
	Said    Meaning  `json:"said,omitempty"`    // what the customer said, in one word
	Missing []string `json:"missing,omitempty"` // gives_details: what we asked for and he did not give

	Corrects bool `json:"corrects,omitempty"` // he was told what he had been told and is not so
}

// Meaning is what a customer's message means for the matter. The empty meaning is a plain message.
type Meaning string

// What a customer's message can mean. Below the plan's threshold only a person says so.
const (
	Thanks       Meaning = "thanks"        // owes no answer and is not "over"
	Over         Meaning = "over"          // the customer says that it is over
	Accepts      Meaning = "accepts"       // the offer
	Declines     Meaning = "declines"      // the offer
	GivesDetails Meaning = "gives_details" // what we asked for
	StillBroken  Meaning = "still_broken"  // it is not mended
	Ends         Meaning = "ends"          // he wants no more of it, without its being over

	RefusesDetails Meaning = "refuses_details" // he will not give what we asked for
	ThreatensLaw   Meaning = "threatens_law"   // with a lawyer, a court, an authority
)

func (Received) kind() string { return "received" }

func (Edited) kind() string { return "edited" }

func (Removed) kind() string { return "removed" }

func (AnsweredElsewhere) kind() string { return "answered_elsewhere" }

func (Spoken) kind() string { return "spoken" }
