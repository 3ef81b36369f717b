package respond

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
)

// signs is what each meaning does to the conversation. It is never written to.
var signs = map[event.Meaning]followup.Sign{
	event.Thanks: followup.Thanked, event.Over: followup.SaidOver, event.Accepts: followup.Accepted,
	event.Declines: followup.Declined, event.GivesDetails: followup.GaveDetails,
	event.StillBroken: followup.StillBroken, event.Ends: followup.Ended,
	event.RefusesDetails: followup.RefusedDetails, event.ThreatensLaw: followup.ThreatenedLaw,
}

// meant is a person's reading of what the customer said last.
func (s *step) meant(b event.Meant) error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	on, ok := signs[b.Said]
	if !ok {
		return s.refuse("%q is no meaning", b.Said)
	}
	if err := s.wasLast(b.Of); err != nil {
		return err
	}
	said := s.now
	if i := s.message(s.lastOfTheirs()); i >= 0 {
		said = s.c.Messages[i].At
	}
	if err := s.stoodUntil(b.Said, said); err != nil {
		return err
	}
	pending := b.Said == event.Over && s.c.Hold != nil && s.c.Hold.Kind == followup.HoldCounsel
	if u := s.c.Unread; u != nil && u.Said == b.Said && !pending {
		s.nothing = true // signals said the same
		return nil
	}
	move, err := s.reads(on, complete(b.Missing))
	if err != nil {
		return err
	}
	s.follow(move, b.Said)
	return nil
}

// wasLast refuses what a member says who has not read the customer's last word.
func (s *step) wasLast(read mention.Ref) error {
	if last := s.lastOfTheirs(); !read.IsZero() && read != last {
		return s.refuse("the customer has written since %s: read %s first", read, last)
	}
	return nil
}

// complete says whether nothing of what we asked for is missing.
func complete(missing []string) followup.Facts {
	if len(missing) == 0 {
		return followup.Complete
	}
	return 0
}

// follow says what the customer's word was, and keeps here what it makes needless.
func (s *step) follow(move followup.Move, said event.Meaning) {
	s.say("the customer's word: %s", said)
	if move.To == followup.Closed {
		s.withdraw(event.Answered)
	}
}

// spoken counts a talk by telephone or in a branch: what he said moves the conversation, and the talk answers it.
func (s *step) spoken(b event.Spoken) error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	on, known := signs[b.Said]
	if !known && b.Said != "" {
		return s.refuse("%q is no meaning", b.Said)
	}
	if err := s.stoodUntil(b.Said, s.now); err != nil {
		return err
	}
	s.addMessage(Message{Ours: true, Private: true, At: s.now, Hash: hash(b.Summary)})
	s.withdraw(event.Answered)
	if b.Corrects {
		s.corrected()
	}
	if known {
		move, err := s.sign(on, complete(b.Missing))
		if err != nil {
			return err
		}
		s.follow(move, b.Said)
		if !move.Plain {
			s.discharge()
			return nil
		}
	}
	return s.settle(s.lastOfTheirs(), followup.AtIt)
}

// discharge says that no answer is owed: nobody is told of it any more. What else we owe stays owed.
func (s *step) discharge() {
	s.setOwed(time.Time{})
	s.stop(escalation.FirstReply, escalation.NextReply)
	s.standOff()
}

func (s *step) lastOfTheirs() mention.Ref {
	for _, m := range slices.Backward(s.c.Messages) {
		if !m.Ours {
			return m.Ref
		}
	}
	return mention.Ref{}
}

// waived says that we owe no answer, in the name of a person and with a reason code. A machine never waives.
func (s *step) waived(b event.Waived) error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy: a machine never waives", s.e.By)
	case s.c.Owed.IsZero():
		return s.refuse("nothing is owed")
	}
	if err := s.wasLast(b.Of); err != nil {
		return err
	}
	coded := followup.Facts(0)
	if b.Code != "" {
		coded = followup.Coded
	}
	if _, err := s.sign(followup.Waived, coded); err != nil {
		return err
	}
	s.ch.Waived++
	s.c.Waived++
	s.standOff()
	s.say("waived by %s: %s", s.e.By, b.Code)
	return nil
}

// fulfilled says what became of what the customer accepted. Whether it is over is his to say.
func (s *step) fulfilled(on followup.Sign) error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	if _, err := s.sign(on, 0); err != nil {
		return err
	}
	s.startClock(escalation.Update, s.now) // the customer does not know yet
	if d := s.c.Draft; d == nil || d.Stale != "" {
		s.propose()
	}
	return nil
}

// judged is a person's word on who the author is.
func (s *step) judged(b event.Judged) error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy: only a person says genuine or fake", s.e.By)
	}
	l := triage.Legitimacy(b.Legitimacy)
	if l != triage.Genuine && l != triage.Fake {
		return s.refuse("%q is neither genuine nor fake", b.Legitimacy)
	}
	if b.Group && l != triage.Fake {
		return s.refuse("of a group it is said that it is spam, and so fake: that somebody is genuine is said of him alone")
	}
	v := *s.c.Verdict
	if v.Legitimacy == l && (l == triage.Genuine || !s.c.Stage.Live()) {
		s.nothing = true
		return nil
	}
	s.say("%s, says %s", l, s.e.By)
	on := followup.FoundGenuine
	if l == triage.Fake {
		on = followup.FoundFake
		v.Legitimacy = l
		s.withdraw(event.Refused)
		s.takeDown(v)
	}
	_, err := s.sign(on, 0)
	return err
}

// channelLost says that the customer can no longer be reached where he wrote.
func (s *step) channelLost(b event.ChannelLost) error {
	other := followup.Facts(0)
	if b.Other != "" {
		other = followup.OtherChannel
		s.why = b.Other
	}
	s.withdraw(event.Gone)
	_, err := s.sign(followup.ChannelLost, other)
	return err
}
