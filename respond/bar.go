package respond

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage/tally"
)

// bar is a member's word that the customer is not to be contacted, or not to be engaged with.
func (s *step) bar(b event.Barred) error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy: a machine bars nobody", s.e.By)
	case b.From != event.Contact && b.From != event.Engage:
		return s.refuse("%q is neither %s nor %s", b.From, event.Contact, event.Engage)
	case b.Reason == "" || len(b.Reason) > longestOffer:
		return s.refuse("it needs a reason, of at most %d bytes", longestOffer)
	case !s.member(b.Owner):
		return s.refuse("it needs an owner who answers for it: %q is no member", b.Owner)
	case !b.Until.After(s.now) || b.Until.After(s.now.AddDate(5, 0, 0)):
		return s.refuse("it needs an end within five years: nothing is for ever")
	case b.From == event.Engage && s.c.Verdict.Rank.Life:
		return s.refuse("danger to life is always answered")
	}
	set := tally.Bar{From: b.From, Reason: b.Reason, Owner: b.Owner, Since: s.now, Until: b.Until, Case: s.c.ID}
	bars := slices.DeleteFunc(slices.Clone(s.c.Bars), func(x tally.Bar) bool { return x.From == b.From })
	bars = tally.Courtesy{Bars: bars}.Bar(set).Bars
	s.deal(func(d *dealing.Dealt) { d.Bars, d.Barred = &bars, append(d.Barred, set) })
	s.say("barred from %s until %s: %s; %s answers for it", b.From, b.Until.Format(time.DateOnly), b.Reason, b.Owner)
	if d := s.c.Draft; d != nil && (b.From == event.Engage || d.For&followup.Unasked != 0 || d.Offer != nil && d.Offer.Goodwill) {
		s.withdraw(event.Refused)
	}
	if b.From == event.Engage && !s.c.Owed.IsZero() {
		s.waiveFor(set)
		s.discharge()
	}
	return nil
}

// unbar lifts a bar before its time.
func (s *step) unbar(b event.Unbarred) error {
	_, barred := s.barFrom(b.From)
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case !barred:
		return s.refuse("he is not barred from %q", b.From)
	case b.Reason == "" || len(b.Reason) > longestOffer:
		return s.refuse("it needs a reason, of at most %d bytes", longestOffer)
	}
	bars := slices.DeleteFunc(slices.Clone(s.c.Bars), func(x tally.Bar) bool { return x.From == b.From })
	s.deal(func(d *dealing.Dealt) { d.Bars, d.Unbarred = &bars, append(d.Unbarred, b.From) })
	s.say("no longer barred from %s: %s", b.From, b.Reason)
	return nil
}

// barFrom is the bar of a kind that holds now.
func (s *step) barFrom(from string) (tally.Bar, bool) {
	return tally.Courtesy{Bars: s.c.Bars}.Barred(from, s.now)
}

// disengaged says why this customer is not answered; empty when he is. Danger to life is always answered, and so is who is
// barred by nobody: whoever answers for it has left.
func (s *step) disengaged() string {
	b, barred := s.barFrom(event.Engage)
	if !barred || !s.member(b.Owner) || s.c.Verdict != nil && s.c.Verdict.Rank.Life {
		return ""
	}
	return "he is not to be engaged with before " + b.Until.Format(time.DateOnly) + " (" + b.Reason + "): " + b.Owner +
		" answers for it"
}

// waivedBefore reports whether the answer that would be owed from here on was waived before, by whoever answers for not
// engaging with the customer. It is counted as every waiver is.
func (s *step) waivedBefore() bool {
	b, _ := s.barFrom(event.Engage)
	if s.disengaged() == "" {
		return false
	}
	s.waiveFor(b)
	return true
}

func (s *step) waiveFor(b tally.Bar) {
	s.ch.Waived++
	s.c.Waived++
	s.say("waived by %s: do_not_engage, %s", b.Owner, b.Reason)
}

// marked is a member's word on a circumstance of the customer.
func (s *step) marked(b event.Marked) error {
	switch has := slices.Contains(s.c.Marks, b.As); {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case !slices.Contains(event.Marks(), b.As):
		return s.refuse("%q is no circumstance: it is one of %v", b.As, event.Marks())
	case has == !b.Not:
		s.nothing = true
		return nil
	}
	marks := slices.DeleteFunc(event.Marks(), func(m event.Mark) bool {
		if m == b.As {
			return b.Not
		}
		return !slices.Contains(s.c.Marks, m)
	})
	s.deal(func(d *dealing.Dealt) { d.Marks = &marks })
	s.say("%s says: %s, %t", s.e.By, b.As, !b.Not)
	if d := s.c.Draft; d != nil && !b.Not && (d.For&followup.Unasked != 0 || d.Offer != nil && d.Offer.Goodwill) {
		s.withdraw(event.Refused)
	}
	return nil
}
