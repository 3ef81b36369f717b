package followup

import (
	"slices"

	"github.com/reputekit/reputation/triage"
)

// A Move is one row of the machine: from a stage, on a sign, if its guard holds, to a stage, with what runs there. An
// empty facet stays as it was. What was waited for, and the clocks on news and remedies, end with a move, and what it
// names begins; Keep lets run what it does not name. What we owe in words ends with the request Discharge alone.
type Move struct {
	From       Stage             `json:"from"`
	On         Sign              `json:"on"`
	If         Guard             `json:"if,omitzero"`
	To         Stage             `json:"to"`
	Outcome    Outcome           `json:"outcome,omitempty"`
	Hold       Hold              `json:"hold,omitempty"`
	Legitimacy triage.Legitimacy `json:"legitimacy,omitempty"`
	Offer      Offer             `json:"offer,omitempty"`
	Owed       bool              `json:"owed,omitempty"`    // we owe the customer an answer from here on
	Reopens    bool              `json:"reopens,omitempty"` // it had ended, or seemed to
	Wait       WaitKind          `json:"wait,omitempty"`    // what is waited for there
	Clock      Clock             `json:"clock,omitempty"`   // what we owe beside an answer
	Keep       bool              `json:"keep,omitempty"`
	Plain      bool              `json:"plain,omitempty"` // not listed here, so it counts as a plain message
	Asks       Requests          `json:"asks,omitempty"`
	ByItself   Requests          `json:"by_itself,omitempty"` // of these, what goes out without a person
}

// Given is what Step must be told beside the facets.
type Given struct {
	Facts    Facts
	Barred   Requests // messages nobody asked for that may not go out: see Circumstances
	ByItself Requests // messages nobody asked for that the play lets out without a person
}

// Step returns the state after a sign, and the move that leads there. It never alters its argument.
//
// A sign of the customer that the machine does not list counts as Wrote. A sign of our people that it does not list, or
// whose guard does not hold, is refused with a *RefusedError. A sign of the world or of time that it does not list
// moves nothing: it came late, or twice.
func Step(s State, on Sign, g Given) (after State, m Move, err error) {
	err = machine.step(&s, on, &g, &m)
	return s, m, err
}

// A Table is a machine as its rows.
type Table []Move

// Moves returns the whole machine, by stage and sign.
func Moves() Table { return slices.Clone(machine.rows) }
