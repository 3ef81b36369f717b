package insight

import (
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/followup"
)

// end counts how the case stands.
func (r *reader) end() {
	c := r.c
	if c.Seq == 0 {
		r.l.facts = nil
		return
	}
	l := &r.l
	l.restricted = l.restricted || !c.Sees(r.o.For)
	l.channel = c.Channel
	for _, name := range []string{c.Author.Name, c.Author.Handle} {
		if len(name) > 2 {
			l.text = strings.ReplaceAll(l.text, name, "...")
		}
	}
	if c.Verdict != nil {
		l.category = c.Verdict.Category
	}
	if c.Climb != nil {
		if l.owner = c.Climb.Taken; l.owner == "" {
			l.owner = c.Climb.Owner
		}
	}
	if !c.Owed.IsZero() {
		r.fact(c.Owed, replied, stillOpen, 0)
	}
	for _, k := range c.Clocks {
		if k.Objective == escalation.Update && !k.Breached {
			r.fact(k.Start, promised, stillOpen, 0)
		}
	}
	for _, p := range c.Promises {
		if p.State == dealing.Open {
			r.fact(p.At, pledged, stillOpen, 0)
		}
	}
	for _, d := range c.Duties {
		if d.Filed == nil {
			l.duties = append(l.duties, Duty{Name: d.Duty, Due: d.Due, Case: l.id, Late: d.Breached})
		}
	}
	switch {
	case c.Stage == followup.Dormant:
		r.fact(l.opened, ended, "dormant", 0)
	case c.Stage.Live():
		r.fact(l.opened, ended, "live", 0)
	default:
		r.fact(r.closedAt(), ended, string(c.Outcome), 0)
	}
	if c.Outcome == followup.Resolved && !r.over.IsZero() {
		r.took(lastResolution, r.over)
	}
	r.atFirst()
}

func (r *reader) closedAt() time.Time {
	if r.closed.IsZero() { // an erasure left it closed
		return r.c.At
	}
	return r.closed
}

// calm is how long nobody wrote again after an answer that settled it at the first contact.
const calm = 7 * 24 * time.Hour

// atFirst counts what one answer settled: by the customer's word, and apart from it by his silence.
func (r *reader) atFirst() {
	c := r.c
	switch {
	case c.Outcome == followup.Resolved && c.Reopens == 0 && r.wasOver && r.ours == 1: // what ended without us we did not settle
		r.fact(r.over, firstContact, "confirmed", 0)
	case c.Outcome != followup.WasAnswered && c.Outcome != followup.Lapsed:
	case c.Ours != 1 || c.Reopens > 0 || r.answer.IsZero() || !r.again.Before(r.answer):
	case !r.o.Until.IsZero() && r.o.Until.Before(r.answer.Add(calm)):
		r.fact(r.answer, firstContact, "pending", 0)
	default:
		r.fact(r.answer, firstContact, "quiet", 0)
	}
}
