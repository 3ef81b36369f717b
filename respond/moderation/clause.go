package moderation

import (
	"maps"
	"slices"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/triage"
)

// A Clause is one row of the table: which items it is for, and what is done with them. It is for an item when each of
// its conditions that is set holds.
type Clause struct {
	ID string `json:"id"`

	Life       bool                `json:"life,omitempty"`       // somebody may be in danger
	Impostor   bool                `json:"impostor,omitempty"`   // the author poses as us or ours
	Private    []sensitive.Class   `json:"private,omitempty"`    // it shows data of one of these classes; "any"
	Only       bool                `json:"only,omitempty"`       // ... and of no other
	Signals    []string            `json:"signals,omitempty"`    // one of these is at Least or more
	Least      int                 `json:"least,omitempty"`      // per mille; 0 is 500
	Group      int                 `json:"group,omitempty"`      // it is one of so many near copies, or more
	Confirmed  bool                `json:"confirmed,omitempty"`  // a person confirmed the group that it is one of
	Staff      bool                `json:"staff,omitempty"`      // it names a member of staff
	Legitimacy []triage.Legitimacy `json:"legitimacy,omitempty"` // the author is one of these

	Act effect.Act `json:"act"`
	// Severe is the act where a signal of Signals is at 900 or more; empty is Act.
	Severe effect.Act `json:"severe,omitempty"`
	// Gentle means: only where the author can be told in private, and never more than to hide.
	Gentle   bool          `json:"gentle,omitempty"`
	Check    spec.Duration `json:"check,omitempty"`    // a person looks at it within this time, and may restore it
	Preserve bool          `json:"preserve,omitempty"` // the whole is kept for those who may need it
	Redact   bool          `json:"redact,omitempty"`   // of what is taken away a masked copy is kept
	Report   bool          `json:"report,omitempty"`   // it is reported to the platform beside the act
	Tell     []string      `json:"tell,omitempty"`     // who is told: security, manager

	Reason string `json:"reason"` // for the author and the public: it never says fake
	Reach  string `json:"reach"`  // how we speak to the author, or why we don't
	// Rule is the clause for customers, by base language: one sentence of the house rules. Clauses without one are not
	// on the page.
	Rule map[string]string `json:"rule,omitempty"`
}

// anyPrivate is private data of whatever class.
const anyPrivate sensitive.Class = "any"

// severe is the signal, per mille, from which Clause.Severe is the act.
const severe = 900

// removable are the signals for which a post may be taken away. None of them is a feeling about the brand.
var removable = []string{"abuse_slur", "abuse_sexual", "abuse_threat", "life_threat", "spam", "phishing", "malware"}

// An Item is what is decided about, and what is known of it.
type Item struct {
	Verdict   triage.Verdict
	Venue     mention.Venue
	Staff     bool // it names a member of staff
	Copies    int  // how many near copies there are, itself included
	Confirmed bool // a person confirmed that the group of copies is to go
	OpenCase  bool // the author has an open case
	Disagrees bool // words and rating say different things
}

func (c *Clause) fits(x *Item) bool {
	v := &x.Verdict
	switch {
	case c.Life && v.Category != triage.Life && !v.Rank.Life,
		c.Impostor && !slices.ContainsFunc(v.Hits, func(h mention.Hit) bool { return h.Spelling == mention.Impostor }),
		len(c.Private) > 0 && !c.shows(v.Private),
		len(c.Signals) > 0 && c.strongest(v) < c.least(),
		c.Group > 0 && x.Copies < c.Group,
		c.Confirmed && !x.Confirmed,
		c.Staff && !x.Staff,
		len(c.Legitimacy) > 0 && !slices.Contains(c.Legitimacy, v.Legitimacy):
		return false
	}
	return true
}

// surely is the signal, per mille, from which a thing is taken to be so.
const surely = 500

func (c *Clause) least() int {
	if c.Least == 0 {
		return surely
	}
	return c.Least
}

// strongest is the highest of the clause's signals, 0 when none was read.
func (c *Clause) strongest(v *triage.Verdict) (most int) {
	for _, r := range v.Signals {
		if slices.Contains(c.Signals, r.Name) {
			most = max(most, r.Value)
		}
	}
	return most
}

func (c *Clause) shows(spans []sensitive.Span) bool {
	named := func(s sensitive.Span) bool {
		return slices.Contains(c.Private, s.Class) || slices.Contains(c.Private, anyPrivate)
	}
	if c.Only && slices.ContainsFunc(spans, func(s sensitive.Span) bool { return !named(s) }) {
		return false
	}
	return slices.ContainsFunc(spans, named)
}

// unconditional reports whether the clause is for every item.
func (c *Clause) unconditional() bool {
	return !c.Life && !c.Impostor && !c.Confirmed && !c.Staff && c.Group == 0 &&
		len(c.Private)+len(c.Signals)+len(c.Legitimacy) == 0
}

// mayRemove reports whether there is a reason in the clause to take a post away: private data, an impostor, what harms
// others, or what a person found not legitimate.
func (c *Clause) mayRemove() bool {
	fake := len(c.Legitimacy) == 1 && c.Legitimacy[0] == triage.Fake
	harm := len(c.Signals) > 0 && !slices.ContainsFunc(c.Signals, func(s string) bool { return !slices.Contains(removable, s) })
	return len(c.Private) > 0 || c.Impostor || harm || fake
}

func (c Clause) clone() Clause {
	c.Private, c.Signals, c.Legitimacy = slices.Clone(c.Private), slices.Clone(c.Signals), slices.Clone(c.Legitimacy)
	c.Tell, c.Rule = slices.Clone(c.Tell), maps.Clone(c.Rule)
	return c
}
