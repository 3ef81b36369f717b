package incident

import (
	"time"

	"github.com/reputekit/reputation/escalation"
)

// elapsed looks at what has fallen due by now. Whether it goes on at all comes first: nobody is told of what is over in
// the same step, nor twice of what the ladder begins anew with.
func (s *step) elapsed() error {
	due := s.in.Due()
	if due.IsZero() || due.After(s.now) {
		s.nothing = true
		return nil
	}
	if s.unsaid() && !s.in.Confirm.After(s.now) {
		s.unconfirmed()
	}
	if c := s.in.Climb; c != nil && !c.Due().IsZero() && !c.Due().After(s.now) {
		s.climb(escalation.Move{Kind: escalation.TimeUp})
	}
	if h := s.in.Handing; h != nil && !h.Until.After(s.now) {
		s.notHanded("he had until " + h.Until.Format(time.RFC3339))
	}
	if d := s.in.Draft; d != nil && !d.Until.IsZero() && !d.Until.After(s.now) {
		s.askNext(*d)
	}
	if s.in.Speaks() && !s.in.Next.After(s.now) {
		s.silent()
	}
	return nil
}

// unsaid reports whether nobody has said what it is.
func (s *step) unsaid() bool { return s.in.State == Suspected || s.in.State == Crowd }

// silent is a declared crisis without a word to the public in time. A promise that was missed is a breach once; that the
// public still waits is told again and again, until somebody speaks or ends it.
func (s *step) silent() {
	switch p := s.in.Statement; {
	case p == nil:
		s.say("a crisis is declared, and the public has been told nothing")
	case p.Missed:
		s.say("the public still waits for the update of %s", p.Next.Format(time.RFC3339))
	default:
		missed := *p
		missed.Missed = true
		s.ch.Statement, s.in.Statement = &missed, &missed
		s.ch.Breaches = 1
		s.say("the update promised in public for %s is missed", p.Next.Format(time.RFC3339))
	}
	s.oweWord()
	s.rouse()
}

// oweWord sets when the public is owed the next word: as the plan says of updates, else within the hour.
func (s *step) oweWord() {
	dir := s.r.Directory()
	next := s.now.Add(time.Hour)
	if clock, ok := dir.Start(dir.Assign(s.matter(), s.now).Plan, escalation.Update, s.now); ok && clock.Due.After(s.now) {
		next = clock.Due
	}
	s.ch.Next, s.in.Next = &next, next
}

// unconfirmed asks once more, and lets go the second time. A crowd is asked about once: what nobody decides is left as
// it is. Where the house slept while somebody was still to be told, silence says nothing: he is told, and has as long.
func (s *step) unconfirmed() {
	slept := s.slept()
	switch {
	case slept:
		s.say("who was to be told meanwhile was not: asked again")
	case s.in.State == Crowd:
		s.end(Dismissed, "nobody decided about the crowd: what it wrote is left as it is")
		return
	case s.in.Asked > 0:
		s.end(Dismissed, "nobody confirmed it: back to normal")
		return
	default:
		s.say("nobody said what it is: asked again")
	}
	within := ConfirmWithin
	if s.in.State == Crowd {
		within = decideWithin
	}
	asked, confirm := s.in.Asked+1, s.now.Add(within)
	s.ch.Asked, s.in.Asked = &asked, asked
	s.ch.Confirm, s.in.Confirm = &confirm, confirm
	s.again()
}

// overslept is how late a telling is before the house counts as having slept: a tick that comes a little late is none.
const overslept = 5 * time.Minute

// slept reports whether the ladder was to tell somebody before the time to say what it is was up, and nobody woke it.
func (s *step) slept() bool {
	if s.in.Climb == nil {
		return false
	}
	due := s.in.Climb.Due()
	return !due.IsZero() && due.Before(s.in.Confirm) && s.now.Sub(due) > overslept
}

// again tells the ladder once more, from its beginning when nobody has taken it.
func (s *step) again() {
	if c := s.in.Climb; c != nil && !c.Over && c.Taken == "" {
		s.openClimb()
		return
	}
	s.rouse()
}

// rouse hands the incident to its ladder, unless that is telling somebody already.
func (s *step) rouse() {
	switch c := s.in.Climb; {
	case c == nil || c.Over:
		s.openClimb()
	case c.Taken != "":
		s.climb(escalation.Move{Kind: escalation.Released})
	}
}
