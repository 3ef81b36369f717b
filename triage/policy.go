package triage

import (
	"slices"
	"strings"
)

// A Policy is what a person writes: the categories of the house, the evidence on who is genuine, and rules in order.
// It is plain data; Compile turns it into a Judge.
type Policy struct {
	Categories []Category `json:"categories"`
	Legitimacy Evidence   `json:"legitimacy,omitzero"`
	Signals    []Source   `json:"signals,omitempty"`
	Rules      []Rule     `json:"rules"`

	// IgnoreAccents makes devolucion and devolución one word in conditions, as the Watchlist field of the name does for
	// subjects. A Pattern sees the text as it was written.
	IgnoreAccents bool `json:"ignore_accents,omitempty"`
}

// A Source declares a signal that is not built in, so that conditions may name it. One by a scorer is read by it; any
// other is read outside and arrives in Input.Observed. The built-in signals (package signal) need no declaration.
type Source struct {
	Name string `json:"name"`
	By   string `json:"by,omitempty"` // scorer:tone is Options.Scorers["tone"]; anything else is for the reader
}

// Life is the reserved category of danger to people. It stands before every other, whatever the order of the rules, and
// no rule, hold or quiet hour lowers it. Every policy has it without naming it.
const Life = "life"

// A Category is one of the host's own kinds of matter: cancellations, website down, praise.
type Category struct {
	Name     string   `json:"name"`
	Severity Severity `json:"severity,omitempty"` // the least a mention of this category is
	Safety   bool     `json:"safety,omitempty"`   // somebody may be hurt, though not now: ranks behind life only
	Crisis   bool     `json:"crisis,omitempty"`   // a mention of it opens (or joins) an incident
	Exposure bool     `json:"exposure,omitempty"` // private data or an impostor stands in public: ranks behind safety only
	Duty     bool     `json:"duty,omitempty"`     // a regulator's clock runs
}

// A Rule says what a mention becomes when its condition holds. Rules are read in order: the first that names a
// category gives it, the highest severity asked for wins, tags add up, the last handling named before a Stop stays.
type Rule struct {
	Name string    `json:"name"`
	When Condition `json:"when"`
	Then Then      `json:"then"`
	Note string    `json:"note,omitempty"` // for the reader of the policy
}

// Then is what a rule asks for. Empty fields ask for nothing.
type Then struct {
	Category string   `json:"category,omitempty"`
	Severity Severity `json:"severity,omitempty"`
	Aim      Aim      `json:"aim,omitempty"`
	Tags     []string `json:"tags,omitempty"`
	Handling Handling `json:"handling,omitempty"`
	Stop     bool     `json:"stop,omitempty"` // no later rule is read, except those of the category life
}

// Evidence is what speaks against a mention being what it claims. Weights of the conditions that hold are added up;
// at Doubtful the mention is doubtful. Only a person ever says fake. A Doubtful of 0 turns the whole off.
//
// Compile refuses conditions that look at sentiment or stars. A text of fewer than three words is no evidence, whatever
// a condition finds in it; one in a language without lists is none by what it does not say; what nobody knows is none.
// That the host does not know the author, or that the text reads as gibberish, never makes doubtful alone, nor both
// together, nor with where and when it was said: beside them something else must speak against the author.
type Evidence struct {
	Items    []EvidenceItem `json:"items,omitempty"`
	Doubtful int            `json:"doubtful,omitempty"`
}

// An EvidenceItem is one named piece of evidence.
type EvidenceItem struct {
	Name   string    `json:"name"`
	When   Condition `json:"when"`
	Weight int       `json:"weight"` // negative speaks for the author
}

// Outside returns the declared signals that no scorer here reads, in their order: they arrive in Input.Observed.
func (p Policy) Outside() []Source {
	return slices.DeleteFunc(slices.Clone(p.Signals), func(s Source) bool { return strings.HasPrefix(s.By, byScorer) })
}
