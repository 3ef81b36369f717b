package event

import (
	"slices"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage/tally"
)

// Tallies are what the rows that live across cases said just before an event. Whoever brings the event reads them, so that
// a replay sees what was seen. Nil is: nobody has looked.
type Tallies struct {
	Customer tally.Courtesy `json:"customer,omitzero"` // of the case's author
	Spent    []tally.Spent  `json:"spent,omitempty"`   // of every member whose authority has a limit a day or a month
}

func (t *Tallies) canonical() *Tallies {
	if t == nil {
		return nil
	}
	c := t.Customer
	c.Surveyed, c.Invited, c.Gave = instant(c.Surveyed), instant(c.Invited), instant(c.Gave)
	c.Bars, c.Gifts = slices.Clone(c.Bars), slices.Clone(c.Gifts)
	for i := range c.Bars {
		b := &c.Bars[i]
		clean(&b.From, &b.Reason, &b.Owner, &b.Case)
		b.Since, b.Until = instant(b.Since), instant(b.Until)
	}
	for i := range c.Gifts {
		g := &c.Gifts[i]
		clean(&g.ID, &g.Member, &g.Case, &g.Currency)
		g.At = instant(g.At)
	}
	out := &Tallies{Customer: c, Spent: slices.Clone(t.Spent)}
	for i := range out.Spent {
		s := &out.Spent[i]
		s.Member, s.Scope, s.Currency = mention.Clean(s.Member), mention.Clean(s.Scope), mention.Clean(s.Currency)
		s.Since = instant(s.Since)
	}
	return out
}
