package respond

import (
	"fmt"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/followup"
)

// elapsed looks at what has fallen due by now. Coming early, late or twice it does nothing wrong: every part looks at
// its own instant.
func (s *step) elapsed() error {
	due := s.c.Due()
	if due.IsZero() || due.After(s.now) {
		s.nothing = true
		return nil
	}
	if err := s.breach(); err != nil {
		return err
	}
	s.heardEnough()
	s.erasureDue()
	s.dutiesDue()
	if c := s.c.Climb; c != nil && !c.Due().IsZero() && !c.Due().After(s.now) {
		s.climb(escalation.Move{Kind: escalation.TimeUp})
	}
	if w := s.c.Waits; w != nil && !w.At.After(s.now) {
		if err := s.waited(*w); err != nil {
			return err
		}
	}
	return s.invite() // the last: a case that ends at this instant takes its other drafts with it
}

// breach counts what was missed and tells the machine of it, and makes sure that somebody hears of it.
func (s *step) breach() error {
	for _, o := range s.missed(true) {
		m, err := s.sign(missedOf[o], 0)
		if err != nil {
			return err
		}
		if m.Asks&(followup.Nudge|followup.Raise) == 0 { // the machine has no word for it here: a person hears of it all the same
			s.pageMissed()
		}
	}
	return nil
}

// missedOf is the sign of each objective that was missed; every other is news. It is never written to.
var missedOf = map[escalation.Objective]followup.Sign{
	escalation.FirstReply: followup.ReplyMissed, escalation.NextReply: followup.ReplyMissed,
	escalation.Update: followup.NewsMissed, escalation.Resolve: followup.RemedyMissed,
}

// missed marks what was missed, and returns it. Each is a breach, unless it is one that was counted before.
func (s *step) missed(counts bool) (missed []escalation.Objective) {
	clocks := running(s.c.Clocks)
	changed := false
	for i, k := range clocks {
		after, reached := k.Elapse(s.now)
		if len(reached) == 0 {
			continue
		}
		clocks[i], changed = after, true
		if !after.Breached {
			s.warn(k, reached[len(reached)-1])
			continue
		}
		missed = append(missed, k.Objective)
		if counts {
			s.ch.Missed = append(s.ch.Missed, after)
			s.c.Breaches++
		}
		s.say("%s was due %s and is missed", k.Objective, k.Due.Format(time.RFC3339))
	}
	if changed {
		s.setClocks(clocks)
	}
	return missed
}

func (s *step) pageMissed() {
	if s.c.Incident && !s.c.Verdict.Rank.Life {
		s.say("its incident pages for all its cases: this one pages nobody by itself")
		return
	}
	s.rouse()
}

// inHand reports whether somebody who is on duty has the case.
func (s *step) inHand() bool {
	c := s.c.Climb
	return c != nil && !c.Over && c.Taken != "" && s.r.directory.OnDuty(c.Taken, s.now)
}

// waited is the end of a wait on the customer. Whatever comes of it, it is not waited for again.
func (s *step) waited(w followup.Wait) error {
	if late := s.notYet(w); late {
		return nil
	}
	_, err := s.sign(outOf[w.Kind], 0)
	if s.c.Waits != nil && *s.c.Waits == w {
		s.wait("", 0)
	}
	return err
}

// outOf is the sign of each wait that is over. It is never written to.
var outOf = map[followup.WaitKind]followup.Sign{
	followup.Rest: followup.RestedOut, followup.Survey: followup.SurveyOut, followup.Revisit: followup.RevisitOut,
	followup.Lapse: followup.LapsedOut, followup.Remind: followup.RemindersOut, followup.Look: followup.LookedOut,
}

// notYet moves the end of a wait into the day: a reminder into the customer's, a look into ours unless a life is in
// danger.
func (s *step) notYet(w followup.Wait) bool {
	switch {
	case w.Kind == followup.Look && !s.c.Verdict.Rank.Life:
		at := s.lookAt()
		if !at.After(s.now) {
			return false
		}
		w.At = at
		s.say("a look is due, and waits for the day")
	case w.Kind == followup.Remind && w.N < len(s.r.followup.Reminders):
		zone := s.r.zoneOf(s.c.Given)
		at := s.unaskedAt(followup.SendReminder)
		if !at.After(s.now) {
			return false
		}
		wanted, clock := "the customer's daytime", "15:04"
		if s.isDay() {
			wanted = "somebody who may let it out"
		}
		if at.Sub(s.now) >= 24*time.Hour || at.In(zone).Day() != s.now.In(zone).Day() {
			clock = "Mon 15:04"
		}
		w.Because = fmt.Sprintf("reminder %d of %d fell due at %s and waits for %s, %s (%s)", w.N+1,
			len(s.r.followup.Reminders), s.now.In(zone).Format(clock), wanted, at.In(zone).Format(clock), zone)
		w.At = at
		s.say("%s", w.Because)
	default:
		return false
	}
	s.setWait(w)
	return true
}

// lookAt is when a look that is due may be: now, or when the next day begins. What counsel holds is looked at on business
// days: in the open hours of the case's plan, where it has none on weekdays.
func (s *step) lookAt() time.Time {
	if h := s.c.Hold; h == nil || h.Kind != followup.HoldCounsel {
		return s.daytime(s.r.home)
	}
	calendar, _ := s.r.directory.Hours(s.plan())
	if calendar == nil {
		calendar = s.r.weekdays
	}
	at, ok := calendar.Next(s.now)
	if !ok {
		return s.now
	}
	return mention.Instant(at)
}

// daytime is now, or the beginning of the next daytime in a zone.
func (s *step) daytime(zone *time.Location) time.Time {
	calendar, err := s.r.daytime.Compile(zone)
	if err != nil {
		return s.now // NewRules has compiled the same week: only its zone differs
	}
	at, ok := calendar.Next(s.now)
	if !ok {
		return s.now
	}
	return mention.Instant(at)
}

func (s *step) lastGone() bool {
	ref := s.lastOfTheirs()
	for _, m := range s.c.Messages {
		if m.Ref == ref {
			return m.Gone
		}
	}
	return false
}

// private reports whether our last word to the customer was said in private.
func (s *step) private() bool {
	for i := len(s.c.Messages) - 1; i >= 0; i-- {
		if m := s.c.Messages[i]; m.Ours {
			return m.Private
		}
	}
	return false
}

// warn says that an objective will be missed soon, to whoever has the case and is there. It wakes nobody: what was not
// taken is told of by its ladder.
func (s *step) warn(k escalation.Clock, percent int) {
	why := fmt.Sprintf("%d %% of the time for %s have passed: it is due %s", percent, k.Objective, k.Due.Format(time.RFC3339))
	if s.inHand() {
		s.tellOwner("%s", why)
		return
	}
	s.say("%s", why)
}
