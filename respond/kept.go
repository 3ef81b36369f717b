package respond

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/privacy"
)

// redactWithin is how soon our copy of what its author removed goes.
const redactWithin = 24 * time.Hour

// shutOut says why a member may not act in the case: he may not see it. Where nobody who may is a member any more it
// shuts out nobody, so that no customer waits for a name.
func (s *step) shutOut() error {
	if !s.byMember() || s.c.Sees(s.e.By) || !slices.ContainsFunc(s.c.Access.To, s.member) {
		return nil
	}
	return s.refuse("the case is restricted to %v: %s may not see it", s.c.Access.To, s.e.By)
}

// restricted says who may see the case from now on.
func (s *step) restricted(b event.Restricted) error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	for _, id := range b.To {
		if !s.member(id) {
			return s.refuse("%q is no member: nobody could see the case", id)
		}
	}
	if len(b.To) == 0 && s.c.Access == nil || s.c.Access != nil && slices.Equal(b.To, s.c.Access.To) {
		s.nothing = true
		return nil
	}
	access := privacy.Restriction{}
	if len(b.To) > 0 {
		access = privacy.Restriction{To: b.To, By: s.e.By, Since: s.now}
	}
	s.ch.Access = &access
	s.c.Access = set(s.c.Access, &access, access.By == "")
	s.say("%s says who sees the case: %v", s.e.By, b.To)
	return nil
}

// preserved keeps what the case holds, whatever becomes of it elsewhere.
func (s *step) preserved(b event.Preserved) error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case b.Matter == "":
		return s.refuse("preserving wants a matter: the file, the court")
	case s.c.Preserve != nil:
		return s.refuse("it is preserved since %s for %s, by %s",
			s.c.Preserve.Since.Format(time.RFC3339), s.c.Preserve.Matter, s.c.Preserve.Who)
	}
	s.setPreserve(privacy.Preserve{Who: s.e.By, Matter: b.Matter, Since: s.now})
	s.say("preserved for %s by %s: nothing of it is purged, redacted or erased", b.Matter, s.e.By)
	if e := s.c.Erasure; e != nil && e.Done.IsZero() {
		s.deferErasure(*e)
	}
	return nil
}

// released ends it. What waited happens now.
func (s *step) released() error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case s.c.Preserve == nil:
		return s.refuse("nothing of it is preserved")
	}
	s.setPreserve(privacy.Preserve{})
	s.say("%s releases it: what waited happens now", s.e.By)
	var gone []mention.Ref
	for _, m := range s.c.Messages {
		if m.Gone && !m.Ours {
			gone = append(gone, m.Ref)
			s.blank(m.Ref)
		}
	}
	s.redact(gone)
	if e := s.c.Erasure; e != nil && e.Done.IsZero() {
		now := *e
		now.Deferred = ""
		s.setErasure(now)
		s.ask("it waited for the release", effect.Erase{Case: s.c.ID, NotAfter: now.Due}, aside)
	}
	return nil
}

// redact asks that our copies of removed messages go, unless they are preserved.
func (s *step) redact(refs []mention.Ref) {
	switch p := s.c.Preserve; {
	case len(refs) == 0:
	case p != nil:
		s.say("our copy stays: preserved for %s by %s", p.Matter, p.Who)
	default:
		s.ask("the customer removed it", effect.Redact{Refs: refs, NotAfter: s.now.Add(redactWithin)}, aside)
	}
}

// blank takes the words of a removed message out of the case, unless they are preserved.
func (s *step) blank(ref mention.Ref) {
	if s.c.Preserve != nil {
		return
	}
	s.unquote(ref)
	s.unhear(ref)
	if i := s.message(ref); i >= 0 && s.c.Messages[i].Hash != "" {
		m := s.c.Messages[i]
		m.Hash = ""
		s.addMessage(m)
	}
	if o := s.c.Open; o != nil && o.Ref == ref && (o.Text != "" || o.Hash != "") {
		gone := *o
		gone.Text, gone.Hash = "", ""
		s.ch.Open, s.c.Open = &gone, &gone
	}
}

// erasureAsked takes the wish of the person that what is kept of him goes.
func (s *step) erasureAsked(b event.ErasureAsked) error {
	switch e := s.c.Erasure; {
	case !s.byMember() && s.e.By != event.Host:
		return s.refuse("%q has not made sure who asks: a member does, or the host", s.e.By)
	case e != nil && e.Done.IsZero():
		s.nothing = true
		return nil
	}
	e := privacy.Erasure{Asked: s.now, Due: privacy.Month(s.now), By: s.e.By, Request: b.Request}
	s.say("the person asks that what is kept of him goes: due %s", e.Due.Format(time.RFC3339))
	if s.c.Preserve != nil {
		s.deferErasure(e)
		return nil
	}
	s.setErasure(e)
	s.ask("the person asked for it", effect.Erase{Case: s.c.ID, NotAfter: e.Due}, aside)
	return nil
}

// deferErasure lets an erasure wait for the end of a matter, and tells who preserves it.
func (s *step) deferErasure(e privacy.Erasure) {
	p := s.c.Preserve
	e.Deferred = "preserved since " + p.Since.Format(time.RFC3339) + " for " + p.Matter + ", by " + p.Who
	s.setErasure(e)
	s.tellMember(p.Who, "an erasure waits for your matter: release it when it is over")
}

// erased leaves nothing of the person in the case. It ends as withdrawn, unless it has ended.
func (s *step) erased(b event.Erased) error {
	if b.Of != nil {
		return s.erasedBeside(*b.Of)
	}
	e := s.c.Erasure
	switch p := s.c.Preserve; {
	case b.Of != nil:
		return s.refuse("a case is one person's: whose it is, is not said again")
	case !s.byMember() && s.e.By != event.Host:
		return s.refuse("%q erases nothing: a member does, or the host", s.e.By)
	case p != nil:
		return s.refuse("it is preserved since %s for %s, by %s", p.Since.Format(time.RFC3339), p.Matter, p.Who)
	case e == nil && s.c.Merged != nil: // it was asked for in the case that goes on
		e = &privacy.Erasure{Asked: s.now, Due: s.now, By: s.e.By}
	case e == nil:
		return s.refuse("nobody asked for it: it begins with who asked, and when")
	case !e.Done.IsZero():
		s.nothing = true
		return nil
	}
	if s.c.Stage.Live() {
		if _, err := s.sign(followup.Ended, followup.ByPerson); err != nil {
			return err
		}
	}
	s.standDown()
	done := *e
	done.Done = s.now
	s.c.Erasure = &done
	s.forget()
	s.say("erased: what is left is what the case was, and how it ended")
	return nil
}

// erasedBeside leaves nothing here of another, whose case was one with this one until they were parted; of a person without
// cases no more goes than what he removed.
func (s *step) erasedBeside(p privacy.Person) error {
	his := func(id string) bool { return slices.Contains(p.Cases, id) }
	s.e.Body = event.Erased{}
	switch m := s.c.Preserve; {
	case !s.byMember() && s.e.By != event.Host:
		return s.refuse("%q erases nothing: a member does, or the host", s.e.By)
	case m != nil:
		return s.refuse("it is preserved since %s for %s, by %s", m.Since.Format(time.RFC3339), m.Matter, m.Who)
	case len(p.Cases) > 0 && !slices.ContainsFunc(s.c.Apart, his):
		s.nothing = true
		return nil
	}
	c := s.c
	c.Apart = nonEmpty(slices.DeleteFunc(slices.Clone(c.Apart), his))
	c.Notes = nonEmpty(slices.DeleteFunc(slices.Clone(c.Notes), func(n dealing.Note) bool { return p.NamedIn(n.Text) }))
	if p.NamedIn(c.Said) {
		c.Said = ""
	}
	if h := c.Handover; h != nil && p.NamedIn(h.Theirs+" "+h.Ours+" "+h.Note+" "+h.Last) {
		c.Handover = nil
	}
	if m := c.Merged; m != nil && m.Was != nil {
		merged, was := *m, m.Was.unsaid(p)
		merged.Was, c.Merged = &was, &merged
	}
	s.say("what is kept here of another, or was removed where they are one, goes")
	s.put(c)
	return nil
}

// unsaid is the case without the words of messages.
func (c Case) unsaid(p privacy.Person) Case {
	c.Messages = slices.Clone(c.Messages)
	for i := range c.Messages {
		if p.Has(c.Messages[i].Ref) {
			c.Messages[i].Hash = ""
		}
	}
	c.Heard = nonEmpty(slices.DeleteFunc(slices.Clone(c.Heard), func(h Heard) bool { return p.Has(h.Mention.Ref) }))
	if o := c.Open; o != nil && p.Has(o.Ref) {
		open := *o
		open.Text, open.Hash = "", ""
		c.Open = &open
	}
	return c
}

// forget puts the redacted case in the place of the case. Requests on their way are not wanted any more.
func (s *step) forget() {
	out, _ := s.c.Redacted()
	out.Climb, out.Clocks, out.Waits, out.Owed, out.Incident = nil, nil, nil, time.Time{}, false
	s.ch = Change{Moves: s.ch.Moves, Whole: &out}
	s.c = out
	s.because = nil
}

// erasureDue warns of an erasure that is not done, a week before it is due and when it is.
func (s *step) erasureDue() {
	e := s.c.Erasure
	if e == nil || e.Next().After(s.now) || e.Next().IsZero() {
		return
	}
	warned := *e
	for next := warned.Next(); !next.IsZero() && !next.After(s.now); next = warned.Next() {
		warned.Warned++ // a late tick tells once of both
	}
	s.setErasure(warned)
	s.tellOwner("an erasure is due %s and is not done", e.Due.Format(time.RFC3339))
}

func (s *step) setErasure(e privacy.Erasure) {
	s.ch.Erasure, s.c.Erasure = &e, &e
}

func (s *step) setPreserve(p privacy.Preserve) {
	s.ch.Preserve = &p
	s.c.Preserve = set(s.c.Preserve, &p, p.Who == "")
}

// tellMember lets one member know, when he is there; else the case's owner.
func (s *step) tellMember(id, why string) {
	if s.r.directory.OnDuty(id, s.now) && s.reach(id, why, aside) {
		s.because = append(s.because, why)
		return
	}
	s.tellOwner("%s", why)
}
