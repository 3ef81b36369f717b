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
}

// meant is a person's reading of what the customer said.
func (s *step) meant(b event.Meant) error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	on, ok := signs[b.Said]
	if !ok {
		return s.refuse("%q is no meaning", b.Said)
	}
	move, ok := s.sign(on)
	if !ok {
		return s.refuse("%s changes nothing while the conversation is %s", b.Said, s.c.Stage)
	}
	s.follow(move, b.Said)
	return nil
}

// follow does what a meaning asks for beside the move itself.
func (s *step) follow(move followup.Move, said event.Meaning) {
	s.say("the customer's word: %s", said)
	switch {
	case said == event.Thanks: // owes no answer
		s.discharge()
	case move.To == followup.Surveying || move.To == followup.Closed:
		s.standDown()
		s.withdraw(event.Answered)
	case move.To == followup.Fulfilling:
		s.startClock(escalation.Update, s.now)
	case move.Owed:
		s.owe()
	}
}

// spoken counts a talk by telephone or in a branch: it answers the customer, and what he said moves the conversation.
func (s *step) spoken(b event.Spoken) error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	on, known := signs[b.Said]
	if !known && b.Said != "" {
		return s.refuse("%q is no meaning", b.Said)
	}
	s.addMessage(Message{Ours: true, Private: true, At: s.now, Hash: hash(b.Summary)})
	s.withdraw(event.Answered)
	s.settle(s.lastOfTheirs(), followup.AtIt)
	if known {
		if move, ok := s.sign(on); ok {
			s.follow(move, b.Said)
		}
	}
	return nil
}

// discharge says that no answer is owed: nobody is told of it any more. What else we owe stays owed.
func (s *step) discharge() {
	s.setOwed(time.Time{})
	s.setClocks(running(s.c.Clocks, escalation.FirstReply, escalation.NextReply))
	s.standOff()
	if s.c.Stage == followup.Working || s.c.Stage == followup.Fulfilling {
		if len(s.c.Clocks) == 0 {
			s.startClock(escalation.Update, s.now)
		}
	}
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
	case b.Code == "":
		return s.refuse("a waiver needs a reason code")
	case s.c.Owed.IsZero():
		return s.refuse("nothing is owed")
	case s.c.Verdict.Rank.Life:
		return s.refuse("danger to life is never waived")
	}
	s.ch.Waived++
	s.c.Waived++
	s.sign(followup.Settled)
	s.discharge()
	s.say("waived by %s: %s", s.e.By, b.Code)
	return nil
}

// fulfilled says that what the customer accepted was carried out. Whether it is over is his to say.
func (s *step) fulfilled() error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	if _, ok := s.sign(followup.Fulfilled); !ok {
		return s.refuse("nothing was accepted that could be fulfilled: the conversation is %s", s.c.Stage)
	}
	s.startClock(escalation.Update, s.now) // the customer does not know yet
	s.propose()
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
	v := *s.c.Verdict
	if v.Legitimacy == l && (l == triage.Genuine || !s.c.Stage.Live()) {
		s.nothing = true
		return nil
	}
	v.Legitimacy = l
	s.setVerdict(v)
	s.say("%s, says %s", l, s.e.By)
	on := followup.FoundGenuine
	if l == triage.Fake {
		on = followup.FoundFake
		s.withdraw(event.Refused)
		if m, ok := s.answerable(); ok {
			s.moderate(m.Ref, m.Private, v)
		}
	}
	if move, ok := s.sign(on); ok && move.Owed {
		s.owe()
	}
	return nil
}
