package event

import (
	"slices"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/tally"
)

// Observed says what was read from outside in a message that the case holds: the answer to an Observe, in whole or in
// part, in time or late. Its ID is an OutcomeID of the key.
type Observed struct {
	Key      string           `json:"key,omitempty"` // of the Observe that it answers
	Ref      mention.Ref      `json:"ref"`           // the message that was read
	Revision int              `json:"revision,omitempty"`
	Signals  []signal.Reading `json:"signals,omitempty"`
	Absent   []string         `json:"absent,omitempty"` // signals that nobody can read here: they are not waited for
}

// Known says what the host knows of the customer: the answer to a Lookup, or told without being asked. What it names
// replaces what was known under that name; the rest stays. With nothing in it nobody knows him.
type Known struct {
	Key      string            `json:"key,omitempty"` // of the Lookup that it answers
	Given    map[string]string `json:"given,omitempty"`
	Standing triage.Standing   `json:"standing,omitempty"`
	History  *tally.Reading    `json:"history,omitempty"` // of the customer on all his channels, where that is known
}

func (Observed) kind() string { return "observed" }

func (Known) kind() string { return "known" }

// canonicalLearned is canonical for what is learned of a message and its author afterwards.
func canonicalLearned(b Body) Body {
	switch b := b.(type) {
	case Observed:
		b.Ref, b.Signals, b.Absent = ref(b.Ref), readings(b.Signals), cleaned(b.Absent)
		return b
	case Known:
		b.Given, b.Standing = given(b.Given), triage.Standing(mention.Clean(string(b.Standing)))
		if b.History != nil {
			history := *b.History
			b.History = &history
		}
		return b
	}
	return canonicalPrivacy(b)
}

func readings(in []signal.Reading) []signal.Reading {
	out := slices.Clone(in)
	for i := range out {
		clean(&out[i].Name)
		out[i].Spans = slices.Clone(out[i].Spans)
	}
	return out
}
