package respond

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/reputekit/reputation/escalation/duty"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage/tally"
)

// A parting is what one of two that were one has to itself.
type parting struct {
	twin  int                    // which of the twins leaves
	id    string                 // of the one that it is about
	stays bool                   // it is the case in which they were one
	last  bool                   // the last word was said on its side
	spoke bool                   // its customer wrote since
	alone bool                   // and nobody else's did
	mine  func(from string) bool // whether what has this origin is its own
}

// parting is what one of two that were one has to itself: the case in which they were, or the one that came to it as i.
func (c Case) parting(i int, stays bool) parting {
	gone := c.cameWith(c.Twins[i].Case)
	p := parting{twin: i, id: c.ID, stays: stays}
	p.mine = func(from string) bool { return slices.Contains(gone, from) != stays }
	if !stays {
		p.id = c.Twins[i].Case
	}
	mine, theirs := c.sides(c.Twins[i].Case)
	here, there := wrote(mine, c.debts(i)), wrote(theirs, c.debtsOf(i))
	if p.spoke, p.alone = here, !there; !stays {
		p.spoke, p.alone = there, !here
	}
	if n := len(c.Messages); n > 0 {
		p.last = p.mine(c.Messages[n-1].From)
	} else {
		p.last = stays
	}
	if o := c.Remedy; o != nil && (c.Stage == followup.Proposed || c.Stage == followup.Fulfilling) {
		p.last = p.mine(o.From) // it stands there for what was offered
	}
	return p
}

// part is where one side stands by itself: own, as it stood before. Where others were merged after the one that leaves,
// it is as if that had never come, and so it is for what they will find when they leave.
func (c Case) part(p parting, own stood) (stood, []Twin) {
	twins := slices.Clone(c.Twins)
	t := twins[p.twin]
	if t.Before == nil || t.Brought == nil { // past its time, and forgotten
		if p.stays {
			own = c.stands()
		}
		return own, twins
	}
	if p.stays {
		own = *t.Before
	}
	then := t.Before.with(*t.Brought)
	for j := p.twin + 1; j < len(twins); j++ {
		x := twins[j]
		if x.Via != "" || x.Before == nil || x.Brought == nil {
			continue
		}
		between := p
		between.last, between.spoke = p.stays, true
		own = between.apart(*x.Before, then, own)
		then = x.Before.with(*x.Brought)
		if p.stays {
			before := own
			twins[j].Before = &before
			own = own.with(*x.Brought)
		}
	}
	return p.apart(c.stands(), then, own), twins
}

// debts is what the case owed itself before one came to it, and what those brought that came later; debtsOf what that
// one brought.
func (c Case) debts(i int) (list []stood) {
	if b := c.Twins[i].Before; b != nil {
		list = append(list, *b)
	}
	for _, t := range c.Twins[i+1:] {
		if t.Via == "" && t.Brought != nil {
			list = append(list, *t.Brought)
		}
	}
	return list
}

func (c Case) debtsOf(i int) []stood {
	if b := c.Twins[i].Brought; b != nil {
		return []stood{*b}
	}
	return nil
}

// wrote reports whether the customer's last word on one side is newer than what was known when the two became one.
func wrote(side []Message, before []stood) bool {
	m := lastOpen(side)
	return m != nil && !slices.ContainsFunc(before, func(x stood) bool {
		return x.Last == m.Ref && x.Revision == m.Revision
	})
}

// apart is where one of two stands that were one: own is where it stood before, then where both stood as one, now where
// they stand at last. What nothing changed since goes back. What changed stays with both, except for what can be but
// one customer's: where the conversation stands is his of whom the last word was, a graver verdict his who wrote.
func (p parting) apart(now, then, own stood) stood {
	out := own
	if p.last && (!now.talk.same(then.talk) || own.talk.same(now.talk)) {
		out.talk, out.Clocks, out.Mended = now.talk, now.Clocks, now.Mended
	}
	if p.spoke {
		out.Unread = nil
	}
	if !alike(redacted(now.Verdict), redacted(then.Verdict)) && (p.spoke || p.alone && p.last) {
		out.Verdict = now.Verdict
	}
	out.Bars = p.barred(now.Bars, then.Bars, own.Bars)
	out.Remedy = p.offered(now.Remedy, then.Remedy, own.Remedy)
	out.Hold, out.Incident = p.held(now, then, own)
	became(&out.Calm, now.Calm, then.Calm)
	became(&out.Standing, now.Standing, then.Standing)
	became(&out.Preserve, now.Preserve, then.Preserve)
	became(&out.Access, now.Access, then.Access)
	became(&out.Erasure, now.Erasure, then.Erasure)
	became(&out.Surveyed, now.Surveyed, then.Surveyed)
	became(&out.Invited, now.Invited, then.Invited)
	became(&out.Gave, now.Gave, then.Gave)
	if p.stays || alike(own.Survey, then.Survey) {
		became(&out.Survey, now.Survey, then.Survey)
	}
	if p.stays || alike(own.Consent, then.Consent) {
		became(&out.Consent, now.Consent, then.Consent)
	}
	if p.stays {
		became(&out.TakenUp, now.TakenUp, then.TakenUp)
		became(&out.Snooze, now.Snooze, then.Snooze)
		became(&out.Notes, now.Notes, then.Notes)
		became(&out.Watchers, now.Watchers, then.Watchers)
	}
	out.Marks = nonEmpty(slices.DeleteFunc(event.Marks(), func(m event.Mark) bool {
		is, was := slices.Contains(now.Marks, m), slices.Contains(then.Marks, m)
		return is == was && !slices.Contains(own.Marks, m) || is != was && !is
	}))
	out.Duties = p.files(now, then, own)
	return out
}

// became takes what a facet is now, if it changed since the two were one.
func became[T any](mine *T, now, then T) {
	if !alike(now, then) {
		*mine = now
	}
}

// alike compares as JSON does: one of two may have been stored, and the other not yet.
func alike(a, b any) bool {
	x, err := json.Marshal(a)
	y, bad := json.Marshal(b)
	return err == nil && bad == nil && bytes.Equal(x, y)
}

// offered is the offer that is this customer's. One in whose place another was offered holds no more.
func (p parting) offered(now, then, own *dealing.Offer) *dealing.Offer {
	switch {
	case now != nil && p.mine(now.From):
		return now
	case own == nil || then == nil || then.ID != own.ID || now == nil || now.ID == own.ID,
		own.State != dealing.Allowed && own.State != dealing.Made:
		return own
	}
	replaced := *own
	replaced.State = dealing.Replaced
	return &replaced
}

// barred is what this customer is not to be sent. That somebody is not to be contacted, said since, holds for both.
func (p parting) barred(now, then, own []tally.Bar) (list []tally.Bar) {
	for _, from := range []string{event.Contact, event.Engage} { // in the order of a tally.Courtesy
		is := func(b tally.Bar) bool { return b.From == from }
		i, before := slices.IndexFunc(now, is), slices.IndexFunc(then, is)
		switch mine := slices.IndexFunc(own, is); {
		case i >= 0 && (p.stays || from == event.Contact) && (before < 0 || now[i] != then[before]):
			b := now[i]
			b.Case = p.id
			list = append(list, b)
		case i >= 0 && p.mine(now[i].Case):
			list = append(list, now[i])
		case mine >= 0 && (i >= 0 || before < 0): // else it was lifted since
			list = append(list, own[mine])
		}
	}
	return list
}

// held is what holds it: what held it before, unless that has let go, and counsel who looks at every word since.
func (p parting) held(now, then, own stood) (*Hold, bool) {
	of := func(a, b *Hold) bool { return a != nil && b != nil && a.Kind == b.Kind && a.Of == b.Of }
	joined := own.Incident && now.Incident || p.stays && now.Incident && !then.Incident
	switch {
	case own.Hold != nil && of(own.Hold, now.Hold):
		return now.Hold, joined
	case own.Hold != nil && (of(own.Hold, then.Hold) || own.Hold.cause() != "" && !now.Incident):
		own.Hold = nil
	}
	if own.Hold == nil && now.Hold != nil && !of(now.Hold, then.Hold) && (p.stays || now.Hold.cause() == "") {
		return now.Hold, joined
	}
	return own.Hold, joined
}

// files are its regulators' clocks, as they became while the two were one, and those that began then.
func (p parting) files(now, then, own stood) (list []duty.Owed) {
	named := func(list []duty.Owed, o duty.Owed) int {
		return slices.IndexFunc(list, func(x duty.Owed) bool { return x.Duty == o.Duty })
	}
	for _, o := range own.Duties {
		if i := named(now.Duties, o); i >= 0 && now.Duties[i].Due.Equal(o.Due) {
			o = now.Duties[i]
		}
		list = append(list, o)
	}
	for _, o := range now.Duties {
		if named(list, o) < 0 && named(then.Duties, o) < 0 && (p.stays || p.spoke) {
			list = append(list, o)
		}
	}
	return list
}
