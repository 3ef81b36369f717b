package respond

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// delivered says that something we asked for was done.
func (s *step) delivered(b event.Delivered) error {
	a, ok := s.settleAwaited(b.Key)
	if !ok {
		return s.refuse("no effect with key %s is awaited", b.Key)
	}
	switch a.Kind {
	case tellKind:
		if a.Page != aside {
			s.climb(escalation.Move{Kind: escalation.Reached, Page: a.Page})
		}
	case sendKind:
		s.answered(b.Ref)
	}
	return nil
}

// answered is what an answer of ours changes once it is out.
func (s *step) answered(ref mention.Ref) {
	d := s.c.Draft
	if d == nil {
		s.addMessage(Message{Ref: ref, Ours: true, At: s.now})
		s.settle(mention.Ref{}, followup.AtIt)
		return
	}
	s.addMessage(Message{
		Ref: ref, Ours: true, Private: d.Visibility == mention.Private, At: s.now, Hash: hash(d.Text),
	})
	if !ref.IsZero() {
		s.addKey(messageKey(s.c.Tenant, ref, s.c.Author.Key()))
	}
	if len(d.Asks) > 0 { // what we ask for comes in private
		s.addKey(privateKey(s.c.Tenant, s.c.Channel, s.c.Account, s.c.Author.Key()))
	}
	if d.Reminder {
		s.setDraft(Draft{}) // a reminder answers nothing, and moves nothing
		return
	}
	if play := d.Play; play != s.c.Play {
		s.ch.Play, s.c.Play = &play, play
	}
	on := followup.AtIt
	switch {
	case len(d.Asks) > 0:
		on = followup.Asked
	case d.Proposes:
		on = followup.Offered
	case d.Settles:
		on = followup.Settled
	}
	answers := d.Answers
	s.setDraft(Draft{})
	s.settle(answers, on)
}

// settle stops the clock that an answer stops. What the customer wrote after the message that was answered is still
// unanswered, and its clock runs from its own instant.
func (s *step) settle(answers mention.Ref, on followup.Sign) {
	s.setClocks(running(s.c.Clocks, escalation.FirstReply, escalation.NextReply, escalation.Update))
	later := s.unansweredAfter(answers)
	s.setOwed(later)
	s.sign(on)
	if !later.IsZero() {
		s.sign(followup.Wrote)
		s.startClock(escalation.NextReply, later)
		return
	}
	if c := s.c.Climb; c != nil && c.Taken == "" && !c.Over {
		s.climb(escalation.Move{Kind: escalation.StoodOff}) // answered: what is owed from here on has a clock of its own
	}
	if s.c.Stage == followup.Working || s.c.Stage == followup.Fulfilling {
		s.startClock(escalation.Update, s.now)
	}
}

// unansweredAfter is the instant of the first message of the customer behind the one that was answered; zero when
// there is none.
func (s *step) unansweredAfter(answers mention.Ref) time.Time {
	i := slices.IndexFunc(s.c.Messages, func(m Message) bool { return m.Ref == answers && !m.Ours })
	if i < 0 {
		return time.Time{}
	}
	for _, m := range s.c.Messages[i+1:] {
		if !m.Ours && !m.Gone {
			return m.At
		}
	}
	return time.Time{}
}

// undelivered says that something we asked for was certainly not done.
func (s *step) undelivered(b event.Undelivered) error {
	a, ok := s.settleAwaited(b.Key)
	if !ok {
		return s.refuse("no effect with key %s is awaited", b.Key)
	}
	switch a.Kind {
	case tellKind:
		s.bounced(a)
	case sendKind:
		s.unsent(b)
	case moderateKind:
		s.tellOwner("the place could not carry out the moderation (%s): a person must", b.Reason)
	case approveKind:
		s.say("the question for consent did not arrive: the draft waits in the queue")
	}
	return nil
}

// bounced sends a page that did not arrive on to the next contact, or up the ladder.
func (s *step) bounced(a Awaited) {
	if a.Page == aside {
		s.openClimb()
		return
	}
	s.climb(escalation.Move{Kind: escalation.Bounced, Page: a.Page})
}

// unsent keeps an answer that did not go out, and tells a person why.
func (s *step) unsent(b event.Undelivered) {
	if d := s.c.Draft; d != nil {
		kept := *d
		kept.Approved = ""
		switch b.Reason {
		case event.Changed, event.Gone, event.Answered:
			kept.Stale = b.Reason
		}
		s.setDraft(kept)
	}
	s.tellOwner("an approved answer was not sent: %s", unsentBecause[b.Reason])
}

// unsentBecause says each reason in a sentence. It is never written to.
var unsentBecause = map[event.Reason]string{
	event.Failed:   "the channel refused it",
	event.Changed:  "the customer edited what it answers",
	event.Gone:     "what it answers was removed",
	event.Answered: "somebody answered elsewhere",
	event.TooLate:  "its time was over",
	event.Paused:   "the channel is paused",
}

// uncertain says that nobody knows whether something was done. An answer is never sent again blindly: a person looks,
// and says Delivered or Undelivered.
func (s *step) uncertain(b event.Uncertain) error {
	i := slices.IndexFunc(s.c.Awaited, func(a Awaited) bool { return a.Key == b.Key })
	if i < 0 {
		return s.refuse("no effect with key %s is awaited", b.Key)
	}
	a := s.c.Awaited[i]
	if a.Kind == tellKind {
		s.settleAwaited(b.Key)
		s.bounced(a)
		return nil
	}
	list := slices.Clone(s.c.Awaited)
	list[i].Uncertain = true
	s.setAwaited(list)
	if a.Kind == sendKind {
		s.tellOwner("nobody knows whether an answer went out: look at the conversation, and say what you see")
	}
	return nil
}
