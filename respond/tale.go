package respond

import (
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// consented is a member's word that the customer allows his story to be told.
func (s *step) consented(b event.Consented) error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case b.By == "" || b.Words == "" || b.Scope == "":
		return s.refuse("a consent says whose it is, in which words it was given, and for what")
	case max(len(b.By), len(b.Words), len(b.Scope)) > longestNote:
		return s.refuse("a consent has at most %d bytes", longestNote)
	case b.At.After(s.now):
		return s.refuse("nobody has consented in the future")
	}
	if b.At.IsZero() {
		b.At = s.now
	}
	s.deal(func(d *dealing.Dealt) {
		d.Consent = &dealing.Consent{By: b.By, At: b.At, Words: cutTo(b.Words, keptNote), Scope: cutTo(b.Scope, keptNote), Heard: s.e.By}
	})
	return nil
}

// recanted takes a consent back: by the customer himself, or by a member who heard him.
func (s *step) recanted(b event.ConsentWithdrawn) error {
	switch k := s.c.Consent; {
	case !s.byMember() && s.e.By != event.Customer:
		return s.refuse("%q is neither a member nor the customer", s.e.By)
	case k == nil:
		return s.refuse("there is no consent")
	case !k.Withdrawn.IsZero():
		s.nothing = true
		return nil
	}
	k := *s.c.Consent
	k.Withdrawn = s.now
	s.deal(func(d *dealing.Dealt) { d.Consent = &k })
	s.tellOwner("the customer took back his consent: his story is told no more, and taken down where it was")
	return nil
}

// Story returns the customer's consent that his story is told in public. It may be told while ok, and stops when it is
// not: why says what is missing.
func (c Case) Story() (consent dealing.Consent, why string, ok bool) {
	switch k := c.Consent; {
	case k == nil:
		return dealing.Consent{}, "the customer has not consented", false
	case !k.Withdrawn.IsZero():
		return *k, "the customer took it back", false
	case c.Outcome != followup.Resolved:
		return *k, "it is not resolved by the customer's own word", false
	default:
		return *k, "", true
	}
}
