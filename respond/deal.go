package respond

import (
	"slices"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage/tally"
)

// deals decides on what is promised, offered and paid, on what a customer is not to be sent, and on what our people say
// among themselves.
func (s *step) deals() error {
	switch b := s.e.Body.(type) {
	case event.Promised:
		return s.promised(b)
	case event.Kept:
		return s.kept(b)
	case event.Missed:
		return s.gaveUp(b)
	case event.Granted:
		return s.granted(b)
	case event.Denied:
		return s.denied(b)
	case event.Barred:
		return s.bar(b)
	case event.Unbarred:
		return s.unbar(b)
	case event.Marked:
		return s.marked(b)
	case event.Moderated:
		return s.moderated(b)
	}
	return s.inside()
}

// inside decides on what our people say among themselves.
func (s *step) inside() error {
	switch b := s.e.Body.(type) {
	case event.Begun:
		return s.begun()
	case event.Noted:
		return s.noted(b)
	case event.Snoozed:
		return s.snoozed(b)
	case event.Woken:
		return s.woken()
	case event.HandedOver:
		return s.handedOver(b)
	case event.Watched:
		return s.watched(b)
	case event.Established:
		return s.established(b)
	case event.Retracted:
		return s.retracted(b)
	case event.Informed:
		return s.informed(b)
	case event.Assessed:
		return s.assessed(b)
	case event.Consented:
		return s.consented(b)
	case event.ConsentWithdrawn:
		return s.recanted(b)
	}
	return s.refuse("a case knows no event of this kind")
}

// deal alters the dealings.
func (s *step) deal(change func(*dealing.Dealt)) {
	d := s.ch.Dealt
	change(&d)
	s.ch.Dealt = d
	s.c.Dealings = dealing.Apply(s.was.Dealings, s.ch.Dealt)
}

// learn takes in what the tallies say of the customer: a word that was said in another case of his holds in this one. What
// was said here holds until it ends, for tallies may lag.
func (s *step) learn() {
	t := s.e.Tallies
	if t == nil {
		return
	}
	here := func(b tally.Bar) bool {
		return b.Case == s.c.ID || slices.ContainsFunc(s.c.Twins, func(t Twin) bool { return t.Case == b.Case })
	}
	now := tally.Courtesy{Bars: slices.DeleteFunc(slices.Clone(s.c.Bars), func(b tally.Bar) bool { return !here(b) })}
	for _, b := range t.Customer.Bars {
		if !here(b) && (b.From == event.Contact || b.From == event.Engage) {
			now = now.Bar(b)
		}
	}
	now = now.Read(s.now)
	if !slices.Equal(now.Bars, s.c.Bars) {
		bars := append([]tally.Bar{}, now.Bars...)
		s.deal(func(d *dealing.Dealt) { d.Bars = &bars })
	}
	c := t.Customer
	if c.Surveyed.After(s.c.Surveyed) || c.Invited.After(s.c.Invited) || c.Gave.After(s.c.Gave) {
		s.deal(func(d *dealing.Dealt) { d.Surveyed, d.Invited, d.Gave = c.Surveyed, c.Invited, c.Gave })
	}
}

// afterwards does what follows from a step whatever it was: promises are kept, missed or let go, an offer is accepted or
// declined, the owner changes, who watches is told.
func (s *step) afterwards() {
	if s.c.Verdict == nil || s.ch.Whole != nil {
		return
	}
	s.concerned()
	s.negotiated()
	s.standing()
	s.keepPromises()
	s.goOn()
	s.looked()
	s.owners()
	s.wake()
	s.news()
}

// signed reports whether the machine read a sign in this step as what it is, not as a plain message.
func (s *step) signed(on followup.Sign) bool {
	return slices.ContainsFunc(s.ch.Moves, func(m followup.Move) bool { return m.On == on && !m.Plain })
}

// colleague is where a member is reached who has not left.
func (s *step) colleague(id string) (escalation.Contact, bool) {
	c, ok := s.r.directory.Contact(id, 0)
	return c, ok && s.member(id)
}

// let tells a colleague something that nobody waits for: when he cannot be reached nobody else is told.
func (s *step) let(id, because string) {
	if s.member(id) {
		s.reach(id, because, told)
	}
}

// checkDealings checks the house's courtesies.
func (r *Rules) checkDealings(problems *spec.Problems) {
	problems.Merge("dealings", r.specs.Dealings.Check())
	r.checkApprovals(problems)
}
