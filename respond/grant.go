package respond

import (
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
)

// granted says that what was offered is paid.
func (s *step) granted(b event.Granted) error {
	if err := s.answersGrant(b.Key); err != nil {
		return err
	}
	s.paid(b.Key, b.Reference)
	return nil
}

// denied says that it will not be.
func (s *step) denied(b event.Denied) error {
	if err := s.answersGrant(b.Key); err != nil {
		return err
	}
	s.unpaid(b.Key, "it was denied")
	return nil
}

// answersGrant takes a Grant off the list of what is awaited.
func (s *step) answersGrant(key string) error {
	for _, a := range s.c.Awaited {
		if a.Key == key && a.Kind == grantKind {
			s.settleAwaited(key)
			return nil
		}
	}
	return s.refuse("no payment with key %s is awaited", key)
}

func (s *step) paying(key string) (dealing.Offer, bool) {
	return s.offer(func(o dealing.Offer) bool { return o.Key == key && key != "" })
}

func (s *step) paid(key, reference string) {
	o, ok := s.paying(key)
	if !ok {
		s.say("an offer was paid that the case has forgotten")
		return
	}
	o.Paid = reference
	s.setOffer(o, dealing.Paid)
	if o.Goodwill {
		s.say("the goodwill is paid")
		return
	}
	s.tellOwner("what the customer accepted is paid: tell him, and say when it is done")
}

func (s *step) unpaid(key, why string) {
	o, ok := s.paying(key)
	if ok {
		s.setOffer(o, dealing.Denied)
		s.back(o.ID)
	}
	s.tellOwner("what we offered could not be paid (%s): a person must mend it, for the customer has our word", why)
}

// unsure leaves a payment of which nobody knows as it is: it counts as spent, and is never asked for again blindly.
func (s *step) unsure(key string) {
	if o, ok := s.paying(key); ok {
		s.setOffer(o, dealing.Uncertain)
	}
	s.tellOwner("nobody knows whether what we offered was paid: look, and say what you see")
}
