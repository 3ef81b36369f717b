package respond

import (
	"fmt"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
)

// elapsed looks at what has fallen due by now. Coming early, late or twice it does nothing wrong: every part looks at
// its own instant.
func (s *step) elapsed() error {
	due := s.c.Due()
	if due.IsZero() || due.After(s.now) {
		s.nothing = true
		return nil
	}
	s.breach()
	s.heardEnough()
	if c := s.c.Climb; c != nil && !c.Due().IsZero() && !c.Due().After(s.now) {
		s.climb(escalation.Move{Kind: escalation.TimeUp})
	}
	if w := s.c.Waits; w != nil && !w.At.After(s.now) {
		return s.waited(*w)
	}
	return nil
}

// breach marks every objective that was missed, once, and makes sure that somebody hears of it.
func (s *step) breach() {
	if s.missed() > 0 {
		s.pageMissed()
	}
}

// missed marks what was missed, and says how many.
func (s *step) missed() int {
	clocks := running(s.c.Clocks)
	missed := 0
	for i, k := range clocks {
		if k.Breached || k.Due.After(s.now) {
			continue
		}
		clocks[i].Breached = true
		missed++
		s.say("%s was due %s and is missed", k.Objective, k.Due.Format(time.RFC3339))
	}
	if missed > 0 {
		s.setClocks(clocks)
		s.ch.Breaches += missed
		s.c.Breaches += missed
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

// waited is the end of a wait on the customer.
func (s *step) waited(w followup.Wait) error {
	s.wait("", 0) // whatever comes of it, it is not waited for again
	switch w.Kind {
	case followup.Rest:
		s.sign(followup.RestedOut)
	case followup.Survey:
		s.sign(followup.SurveyOut)
	case followup.Lapse:
		s.sign(followup.LapsedOut)
	case followup.Look:
		s.look(w)
	case followup.Remind:
		s.remind(w)
	}
	return nil
}

// look asks a person to look at a case that nothing else would bring before one. It waits for the day, unless a life is
// in danger. The cases of an incident don't ask one by one: they ask it, which pages once for all of them.
func (s *step) look(w followup.Wait) {
	life := s.c.Verdict.Rank.Life
	if at := s.daytime(s.r.home); at.After(s.now) && !life {
		w.At = at
		s.say("a look is due, and waits for the day")
		s.setWait(w)
		return
	}
	s.wait(followup.Look, w.N+1)
	switch {
	case s.c.Incident && !life:
		s.join(true)
	case !s.c.Owed.IsZero():
		s.tellOwner("an answer is owed since %s, and its time is over", s.c.Owed.Format(time.RFC3339))
	default:
		s.tellOwner("nothing is owed here and nothing is waited for: look whether that is right")
	}
}

// remind asks for a reminder to be written to a customer who fell silent. It waits for his daytime, and is left out
// where a person would be ashamed of it.
func (s *step) remind(w followup.Wait) {
	plan := s.r.followup
	if w.N >= len(plan.Reminders) {
		s.say("%d reminders brought nothing", w.N)
		s.sign(followup.RemindersOut)
		return
	}
	zone := s.r.zoneOf(s.c.Given)
	if at := s.daytime(zone); at.After(s.now) {
		w.Because = fmt.Sprintf("reminder %d of %d fell due at %s and waits for the customer's daytime, %s (%s)", w.N+1,
			len(plan.Reminders), s.now.In(zone).Format("15:04"), at.In(zone).Format("15:04"), zone)
		w.At = at
		s.say("%s", w.Because)
		s.setWait(w)
		return
	}
	if why := s.noReminder(); why != "" {
		s.say("no reminder: %s", why)
		s.wait(followup.Remind, w.N+1)
		return
	}
	s.draftReminder(w.N)
	s.wait(followup.Remind, w.N+1)
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

// noReminder says why this customer is not reminded; empty when he may be.
func (s *step) noReminder() string {
	v := s.c.Verdict
	switch {
	case v.Rank.Life || v.Rank.Safety:
		return "life and safety are never reminded of"
	case v.Crisis && s.c.Incident:
		return "its incident is not over"
	case v.Legitimacy == triage.Doubtful || v.Legitimacy == triage.Fake:
		return "the author is " + string(v.Legitimacy)
	case s.c.Standing == triage.Press || s.c.Standing == triage.Employee:
		return "the author is " + string(s.c.Standing)
	case s.lastGone():
		return "the customer removed his message"
	case !s.private():
		return "nobody is reminded in public"
	case s.onItsWay():
		return "an answer is on its way"
	case s.c.Draft != nil && s.c.Draft.Stale == "":
		return "a draft waits already"
	}
	return ""
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

// draftReminder drafts the playbook's reminder for a person to approve. A timer never writes by itself.
func (s *step) draftReminder(n int) {
	situation := s.situation()
	play, _ := s.r.composer.Choose(situation)
	if said, ok := s.r.composer.Play(s.c.Play); ok {
		play = said // the reminder of what was asked, not of what would be asked now
	}
	venue, _ := s.r.Venue(s.c.Channel)
	text, err := s.r.composer.Remind(play.ID, situation, venue, s.slots(play))
	if err != nil {
		s.say("no reminder: %s", reasonOf(err))
		s.tellOwner("the customer is silent, and the playbook has no reminder that can be written: write one")
		return
	}
	d := s.draft(text.Body, mention.Private)
	d.By, d.Play, d.Reminder = byPlay+play.ID, play.ID, true
	s.lint(&d)
	s.setDraft(d)
	s.say("reminder %d of %d is drafted for a person to approve", n+1, len(s.r.followup.Reminders))
	s.askConsent(d)
}
