package respond

import (
	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/strategy"
)

// actAdmit is the authority to confirm that a fault is ours, or in part ours. Without it nobody confirms one.
const actAdmit = "admit"

// assessed keeps what a member says of the situation, and how it is to be spoken of. Who confirms a fault of ours needs
// authority for it; who takes that back needs none.
func (s *step) assessed(b event.Assessed) error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case max(len(b.Part), len(b.Evidence)) > keptNote:
		return s.refuse("part and evidence have at most %d bytes each", keptNote)
	case s.c.nameless():
		return s.refuse("nothing of the person is kept here any more")
	}
	x, err := strategy.Assess(b, s.e.By, s.now)
	if err != nil {
		return s.refuse("%s", err)
	}
	if x.Apology.Kind != strategy.Sympathy {
		if err := s.r.directory.Authorize(escalation.Ask{Act: actAdmit, By: s.e.By, Matter: s.matter(), At: s.now}); err != nil {
			return s.refuse("%s", err)
		}
	}
	s.ch.Assessed, s.c.Assessed = &x, &x
	s.say("%s: %s", x.Advice.Strategy, x.Advice.Because)
	s.say("sorry for %s, by %s", x.Apology.For, x.Apology.Kind)
	return nil
}
