package respond

import (
	"fmt"
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/triage"
)

// What the host says of a customer that keeps messages here which nobody asked for.
const (
	givenSilent   = "do_not_contact" // any value but no
	givenUnderAge = "under_age"      // any value but no
	givenSurveyed = "surveyed"       // the day of his last survey: 2026-06-16
	givenAccount  = "account"        // gone: his account on the channel is no more
)

// The tags of a policy that do.
const (
	tagInjury  = "injury"
	tagDeath   = "death"
	tagAbused  = "abused"
	tagMinor   = "minor"
	tagBereave = "bereavement"
)

// surveyRest is how long a customer is left alone after a survey.
const surveyRest = 90 * 24 * time.Hour

// circumstances are what the case knows of the customer when something that nobody asked for could go to him. Whether it
// is his daytime is looked at in bars, for reminders alone.
func (s *step) circumstances() followup.Circumstances {
	v, given := s.c.Verdict, s.c.Given
	tagged := func(tags ...string) bool {
		return slices.ContainsFunc(tags, func(t string) bool { return slices.Contains(v.Tags, t) })
	}
	is := func(m event.Mark) bool { return slices.Contains(s.c.Marks, m) }
	yes := func(name string) bool { return given[name] != "" && given[name] != "no" }
	return followup.Circumstances{
		Life: v.Rank.Life, Safety: v.Rank.Safety || is(event.Unsafe), Harm: tagged(tagInjury, tagDeath) || is(event.Harmed),
		Bereaved: tagged(tagBereave) || is(event.Bereaved), Abusive: tagged(tagAbused) || is(event.Abused),
		UnderAge:     tagged(tagMinor) || yes(givenUnderAge) || is(event.UnderAge),
		DoNotContact: yes(givenSilent) || s.silent() || s.c.Outcome == followup.Withdrawn, // who ended it said stop
		Erasing:      s.c.Erasure != nil && s.c.Erasure.Done.IsZero(),
		IncidentOpen: s.c.Incident, PostGone: s.lastGone(), AccountGone: given[givenAccount] == "gone" || is(event.AccountGone),
		Press: s.c.Standing == triage.Press, Employee: s.c.Standing == triage.Employee || is(event.Related),
		AskedSomething: s.hasAsked(), InPrivate: s.private(), InWindow: s.inWindow(), Daytime: true, KnownChannel: true,
		SurveyedLately: s.surveyedLately(), MayInvite: s.invites(),
	}
}

// bars returns which messages that nobody asked for may not go to the customer now, and why, where these are wanted.
func (s *step) bars(wanted followup.Requests) (followup.Requests, string) {
	c := s.circumstances()
	c.Daytime = !wanted.Has(followup.SendReminder) || s.isDay()
	return c.Barred(s.c.state())
}

// isDay reports whether it is daytime where the customer is.
func (s *step) isDay() bool { return !s.daytime(s.r.zoneOf(s.c.Given)).After(s.now) }

// inWindow reports whether the platform still lets us write to him.
func (s *step) inWindow() bool {
	venue, _ := s.r.Venue(s.place().Channel)
	for _, m := range slices.Backward(s.c.Messages) {
		if !m.Ours {
			return venue.ReplyWindow <= 0 || s.now.Sub(m.At) <= venue.ReplyWindow.Std()
		}
	}
	return false
}

// silent reports whether somebody said that he is not to be written to.
func (s *step) silent() bool {
	_, contact := s.barFrom(event.Contact)
	_, engage := s.barFrom(event.Engage)
	return contact || engage
}

// invites reports whether he may be asked to tell how it ended: where the platform allows it, and not near a goodwill.
func (s *step) invites() bool {
	venue, known := s.r.Venue(s.place().Channel)
	return known && venue.Invites && (s.c.Gave.IsZero() || !s.now.Before(s.c.Gave.Add(apart)))
}

func (s *step) surveyedLately() bool {
	if !s.c.Surveyed.IsZero() && s.now.Before(s.c.Surveyed.Add(surveyRest)) {
		return true
	}
	said := s.c.Given[givenSurveyed]
	if said == "" {
		return false
	}
	at, err := time.Parse(time.DateOnly, said)
	return err == nil && s.now.Sub(at) < surveyRest
}

// unasked are the messages that nobody asked for, in words. It is never written to.
var unasked = [...]struct {
	ask  followup.Requests
	name string
}{
	{followup.SendReminder, "a reminder"}, {followup.NewsByTimer, "a word that nothing is new"},
	{followup.AskIfOver, "the question whether it is over"}, {followup.SendSurvey, "a survey"},
	{followup.Invite, "an invitation to tell how it ended"},
}

// barred returns which of these may not go to the customer now, and says why.
func (s *step) barred(asks followup.Requests) followup.Requests {
	barred, why := s.bars(asks)
	if barred&asks != 0 {
		for _, x := range unasked {
			if barred&asks&x.ask != 0 {
				s.say("%s is left out: %s", x.name, why)
			}
		}
	}
	return barred
}

// write drafts a message that nobody asked for, for a person to allow. It goes out by itself only where its play says so
// and the machine lets it.
func (s *step) write(ask followup.Requests, byItself bool) {
	if !s.c.Owed.IsZero() && ask != followup.SendReminder {
		s.say("%s is left out: he is owed an answer, and has it there", nameOf(ask))
		return
	}
	if d := s.c.Draft; s.busy() || d != nil && d.Stale == "" && d.For != 0 {
		s.say("%s is left out: another word of ours is under way", nameOf(ask))
		if !s.onItsWay() && d != nil && d.For != 0 {
			s.askConsent(*d) // nobody has looked at it yet
		}
		return
	}
	if s.c.Open == nil {
		return
	}
	d, ok := s.compose(ask)
	if !ok {
		return
	}
	s.lint(&d)
	s.setDraft(d)
	if byItself && len(d.Findings) == 0 {
		s.send(d.By, fmt.Sprintf("play %s lets it go out without a person", d.Play))
		return
	}
	name := nameOf(ask)
	if w := s.c.Waits; ask == followup.SendReminder && w != nil {
		name = fmt.Sprintf("reminder %d of %d", w.N, len(s.r.followup.Reminders))
	}
	s.say("%s is drafted for a person to approve", name)
	s.askConsent(d)
}

// compose writes the words of a message that nobody asked for. Without a play for them a person is told.
func (s *step) compose(ask followup.Requests) (Draft, bool) {
	play, ok := s.r.unasked(ask)
	if ask == followup.SendReminder {
		play, ok = s.reminding()
	}
	if !ok {
		s.without(ask)
		return Draft{}, false
	}
	situation, visibility := s.situation(), mention.Private
	venue, _ := s.r.Venue(s.place().Channel)
	var text playbook.Text
	var err error
	switch ask {
	case followup.SendReminder:
		text, err = s.r.composer.Remind(play.ID, situation, venue, s.slots(play))
	case followup.NewsByTimer, followup.AskIfOver:
		visibility = playVisibility(play, situation.Visibility == mention.Private)
		fallthrough
	default:
		text, err = s.r.composer.Write(play.ID, situation, venue, s.slots(play))
	}
	if err != nil {
		s.say("%s is left out: %s", nameOf(ask), s.reasonOf(err))
		s.without(ask)
		return Draft{}, false
	}
	d := s.draft(text.Body, visibility)
	d.By, d.Play, d.For = byPlay+play.ID, play.ID, ask
	return d, true
}

// without tells a person what the playbook has no words for. What can be left out is left out.
func (s *step) without(ask followup.Requests) {
	switch ask {
	case followup.SendReminder:
		s.tellOwner("the customer is silent, and the playbook has no reminder that can be written: write one")
	case followup.NewsByTimer: // who has the case hears of the miss, and what to write
		s.say("the playbook has no words for it that he has not had")
	case followup.AskIfOver:
		if play, _ := s.r.composer.Choose(s.situation()); slices.Contains(play.For.Stages, s.c.Stage.String()) {
			s.propose() // a play for just this
			return
		}
		s.say("%s is left out: the playbook has no words for it", nameOf(ask))
	default:
		s.say("%s is left out: the playbook has no words for it", nameOf(ask))
	}
}

// unasked is the play that speaks for a message that nobody asked for.
func (r *Rules) unasked(ask followup.Requests) (playbook.Play, bool) {
	id, ok := r.asks[ask]
	if !ok {
		return playbook.Play{}, false
	}
	return r.composer.Play(id)
}

func nameOf(ask followup.Requests) string {
	for _, x := range unasked {
		if x.ask == ask {
			return x.name
		}
	}
	return ask.String()
}

// byItself are the messages that nobody asked for which their plays let out without a person, where a machine may write
// at all.
func (s *step) byItself() (out followup.Requests) {
	if !s.mild() || s.c.Incident || s.answersOnce(s.place()) {
		return 0
	}
	for _, x := range unasked {
		if p, ok := s.r.unasked(x.ask); ok && p.Unattended {
			out |= x.ask
		}
	}
	if s.remindsAlone() {
		out |= followup.SendReminder
	}
	return out
}

// mayInvite sets when the customer will be invited to tell how it ended. It is at the same point for everybody, whatever
// they answered to anything, and only where the platform allows it and the playbook has words.
func (s *step) mayInvite() {
	venue, _ := s.r.Venue(s.place().Channel)
	if _, words := s.r.unasked(followup.Invite); words && venue.Invites {
		s.setInvite(s.now.Add(s.r.followup.Invite.Std()))
	}
}

func (s *step) setInvite(at time.Time) { s.ch.Invite, s.c.Invite = &at, at }

// invite asks for the invitation when its time has come, in the customer's daytime and when somebody is there who lets it
// out. While another word of ours is under way, he is owed one, or the case is held or in an incident it waits.
func (s *step) invite() error {
	if s.c.Invite.IsZero() || s.c.Invite.After(s.now) {
		return nil
	}
	if at := s.unaskedAt(followup.Invite); at.After(s.now) {
		s.setInvite(at)
		return nil
	}
	suspended := s.c.Incident || s.c.Hold != nil || !s.c.Owed.IsZero() // it is put off, not lost
	if d := s.c.Draft; suspended || s.onItsWay() || d != nil && d.Stale == "" {
		s.setInvite(s.now.Add(24 * time.Hour))
		return nil
	}
	s.setInvite(time.Time{})
	_, err := s.sign(followup.InviteOut, followup.SamePoint)
	return err
}
