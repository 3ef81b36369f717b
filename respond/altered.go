package respond

import (
	"slices"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// edited takes the newer revision of a mention. What was written for the older one can no longer go out.
func (s *step) edited(b event.Edited) error {
	m := b.Mention.Canonical()
	i := slices.IndexFunc(s.c.Messages, func(x Message) bool { return x.Ref == m.Ref && !x.Ours })
	if i < 0 {
		return s.refuse("the case has no message %s", m.Ref)
	}
	was := s.c.Messages[i]
	if was.Revision >= m.Revision {
		s.nothing = true
		return nil
	}
	verdict, _ := judge(s.r, event.Received{Mention: m, Given: s.c.Given, Standing: s.c.Standing}, m, s.now)
	alarmed := s.raise(verdict, false)
	was.Revision, was.Hash = m.Revision, hash(m.Text)
	s.addMessage(was)
	if s.c.Open != nil && s.c.Open.Ref == m.Ref {
		s.setOpen(m)
		s.moderate(m.Ref)
	}
	if s.answers(m.Ref) {
		s.withdraw(event.Changed)
		s.say("the customer edited %s to revision %d: what was written for the older one stays here", m.Ref, m.Revision)
	}
	if alarmed {
		s.alarm()
	}
	return nil
}

// removed keeps that a message is gone. It is not an ending: the customer has not said that it is over.
func (s *step) removed(b event.Removed) error {
	i := slices.IndexFunc(s.c.Messages, func(x Message) bool { return x.Ref == b.Ref && !x.Ours })
	if i < 0 {
		return s.refuse("the case has no message %s", b.Ref)
	}
	m := s.c.Messages[i]
	if m.Gone {
		s.nothing = true
		return nil
	}
	m.Gone, m.Hash = true, ""
	s.addMessage(m)
	if s.answers(b.Ref) {
		s.withdraw(event.Gone)
	}
	if o := s.c.Open; o != nil && o.Ref == b.Ref {
		gone := *o
		gone.Text, gone.Hash, gone.Gone = "", "", true
		s.ch.Open, s.c.Open = &gone, &gone
	}
	s.say("the customer removed %s: not an ending", b.Ref)
	return nil
}

// answers reports whether the draft answers this message.
func (s *step) answers(ref mention.Ref) bool { return s.c.Draft != nil && s.c.Draft.Answers == ref }

// answeredElsewhere takes an answer that was given outside the desk: what is written here would answer twice.
func (s *step) answeredElsewhere(b event.AnsweredElsewhere) error {
	s.addMessage(Message{Ref: b.Ref, Ours: true, At: s.now})
	if !b.Ref.IsZero() {
		s.addKey(messageKey(s.c.Tenant, b.Ref, s.c.Author.Key()))
	}
	if b.Automatic {
		s.say("an automatic answer stops no clock")
		return nil
	}
	s.withdraw(event.Answered)
	answers := b.Answers
	if answers.IsZero() {
		answers = s.lastOfTheirs()
	}
	if !s.c.Stage.Live() {
		return nil
	}
	s.settle(answers, followup.AtIt)
	s.say("somebody answered elsewhere: drafts and consents are void")
	return nil
}
