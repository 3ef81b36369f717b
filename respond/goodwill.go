package respond

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/tally"
)

// apart is how long an invitation to tell how it ended, and goodwill, keep from each other: no review is bought.
const apart = 30 * 24 * time.Hour

// noGoodwill says why no goodwill goes to this customer now; empty when it may. It looks at the harm and at what was
// said, never at followers, stars or what a survey brought.
func (s *step) noGoodwill(b event.Drafted, visibility mention.Visibility) string {
	if barred, why := s.circumstances().Barred(s.c.state()); barred&followup.Unasked == followup.Unasked {
		return why // what bars reminders and surveys alone is no reason
	}
	switch {
	case s.litigates():
		return "the law was spoken of"
	case visibility != mention.Private:
		return "it is offered in private"
	case len(b.Asks) > 0, b.Proposes, b.Settles, b.TakenUp, len(b.Promises) > 0:
		return "it is a message of its own, for nothing in return"
	case !s.c.Owed.IsZero():
		return "an answer is owed first"
	case s.c.Mended.IsZero():
		return "nothing is mended yet, and no offer accepted"
	case !s.c.Invited.IsZero() && s.now.Before(s.c.Invited.Add(apart)):
		return "he was invited to tell how it ended on " + s.c.Invited.Format(time.DateOnly)
	}
	if why := s.noGesture(b.Play, b.Offer); why != "" {
		return why
	}
	return s.aboveCeiling(b.Offer)
}

// litigates reports whether the matter is one of law.
func (s *step) litigates() bool {
	v := s.c.Verdict
	return s.c.Standing == triage.Litigant || v.Standing == triage.Litigant || slices.Contains(v.Tags, "legal") ||
		slices.ContainsFunc(s.c.Marks, func(m event.Mark) bool { return m == event.Legal })
}

// aboveCeiling says why a sum is more than one customer is given in a year; empty when it is not.
func (s *step) aboveCeiling(o *event.Offer) string {
	if o.Sum.Minor == 0 {
		return ""
	}
	most, ok := s.r.specs.Dealings.Ceiling(o.Sum.Currency)
	switch {
	case !ok:
		return "the house has no ceiling for a customer in " + o.Sum.Currency
	case s.e.Tallies == nil:
		return "nobody has said what he was given this year"
	}
	year := s.now.AddDate(-1, 0, 0)
	given := o.Sum.Minor
	var seen []string
	for _, list := range [][]tally.Spend{s.c.Spends, s.e.Tallies.Customer.Gifts} {
		for _, x := range list {
			if x.Goodwill && x.Currency == o.Sum.Currency && x.At.After(year) && !slices.Contains(seen, x.ID) {
				seen, given = append(seen, x.ID), given+x.Minor
			}
		}
	}
	if given > most.Minor || given < o.Sum.Minor {
		return "with it he is given more than " + most.String() + " in a year"
	}
	return ""
}
