package respond

import (
	"fmt"
	"time"

	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
)

// farthestSnooze is how long a case is put aside at most.
const farthestSnooze = 90 * 24 * time.Hour

// snoozed puts the case aside. What falls due in it comes first.
func (s *step) snoozed(b event.Snoozed) error {
	next := s.nextOwed()
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case !s.c.Stage.Live():
		return s.refuse("the case is closed (%s)", s.c.Outcome)
	case !b.Until.After(s.now) || b.Until.After(s.now.Add(farthestSnooze)):
		return s.refuse("a case is put aside until an instant within 90 days")
	case len(b.Why) > longestOffer:
		return s.refuse("why has at most %d bytes", longestOffer)
	case !s.c.Owed.IsZero():
		return s.refuse("an answer is owed since %s: it comes first", s.c.Owed.Format(time.RFC3339))
	case !next.Due.IsZero() && next.Due.Before(b.Until):
		return s.refuse("%s is due %s: nothing is put aside beyond it", next.Objective, next.Due.Format(time.RFC3339))
	case s.c.Verdict.Rank.Life:
		return s.refuse("danger to life is never put aside")
	}
	s.has(s.e.By)
	s.deal(func(d *dealing.Dealt) {
		d.Snooze = &dealing.Snooze{By: s.e.By, Since: s.now, Until: b.Until, Why: b.Why}
	})
	s.say("put aside by %s until %s", s.e.By, b.Until.Format(time.RFC3339))
	return nil
}

// woken takes the case up again.
func (s *step) woken() error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case s.c.Snooze == nil:
		return s.refuse("the case is not put aside")
	}
	s.unsnooze("taken up again by " + s.e.By)
	return nil
}

func (s *step) unsnooze(why string) {
	s.deal(func(d *dealing.Dealt) { d.Snooze = &dealing.Snooze{} })
	s.say("no longer put aside: %s", why)
}

// wake ends a snooze when its time is over, and before that when something comes that must not wait: a word of the
// customer, an objective that falls due before.
func (s *step) wake() {
	z := s.c.Snooze
	if z == nil {
		return
	}
	next := s.nextOwed()
	switch {
	case !s.c.Stage.Live():
		s.unsnooze("the case is closed")
	case s.c.Theirs > s.was.Theirs || !s.c.Owed.IsZero():
		s.unsnooze("the customer wrote")
	case !z.Until.After(s.now):
		s.unsnooze("its time is over")
		s.tellOwner("the case was put aside until now")
	case !next.Due.IsZero() && next.Due.Before(z.Until):
		s.unsnooze(fmt.Sprintf("%s is due %s", next.Objective, next.Due.Format(time.RFC3339)))
	}
}
