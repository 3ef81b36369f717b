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
		if a.Page >= 0 {
			s.climb(escalation.Move{Kind: escalation.Reached, Page: a.Page})
		}
	case surveyKind:
		s.asks(a)
		return s.answered(b.Ref)
	case sendKind:
		return s.answered(b.Ref)
	case grantKind:
		s.paid(a.Key, b.Ref.ID)
	case redactKind:
		if d := s.c.Draft; d != nil && d.Stale == event.Gone && d.Approved != "" && !s.onItsWay() {
			s.setDraft(Draft{}) // it was on its way when what it answered was removed, and may repeat it
		}
	}
	return nil
}

// answered is what an answer of ours changes once it is out.
func (s *step) answered(ref mention.Ref) error {
	d := s.c.Draft
	if i := s.message(ref); i >= 0 && !s.c.Messages[i].Ours {
		ref = mention.Ref{} // a channel that names what was answered, not the answer
	}
	if d == nil {
		s.addMessage(Message{Ref: ref, Ours: true, At: s.now})
		return s.settle(mention.Ref{}, followup.AtIt)
	}
	from := s.from(d.Answers)
	s.addMessage(Message{
		Ref: ref, From: from, Ours: true, Private: d.Visibility == mention.Private, At: s.now, Hash: hash(d.Text),
		To: s.onlyAnswerTo(d.Answers, d.Visibility == mention.Private),
	})
	s.leadsHere(ref, from)
	s.told(*d)
	// What we ask for comes in private, and so does the answer to what we said there.
	private := len(d.Asks) > 0 || d.Visibility == mention.Private
	if p := s.c.twin(from); private && p.Author.Key() != "" {
		s.addKey(privateKey(s.c.Tenant, p.Channel, p.Account, p.Author.Key()))
	}
	if s.carried(*d) {
		s.setDraft(Draft{}) // it answers nothing, and moves nothing
		return nil
	}
	if d.For != 0 {
		return s.carriedOut(*d)
	}
	if play := d.Play; play != s.c.Play {
		s.ch.Play, s.c.Play = &play, play
	}
	on := followup.AtIt
	switch {
	case len(d.Asks) > 0:
		on = followup.Asked
	case d.Line: // which proposes as well: what is said last
		on = followup.DrewLine
	case d.Proposes:
		on = followup.Offered
	case d.Settles:
		on = followup.Settled
	case s.c.Stage == followup.Dormant && s.c.Owed.IsZero():
		on = followup.ReachedOut
	}
	answers, on := d.Answers, s.line(d, on)
	s.setDraft(Draft{})
	return s.settle(answers, on)
}

// settle tells the machine of a word of ours that is out. What the customer wrote after the message that was answered is
// still unanswered, and its clock runs from its own instant. A word that asks for details asks for them in private: its
// lint has seen to that.
func (s *step) settle(answers mention.Ref, on followup.Sign) error {
	later := s.unansweredAfter(answers)
	counted := slices.ContainsFunc(s.c.Clocks, func(k escalation.Clock) bool {
		return k.Breached && (k.Objective == escalation.FirstReply || k.Objective == escalation.NextReply)
	})
	if _, err := s.sign(on, followup.Private|followup.Authorised|followup.Highest); err != nil {
		s.say("it is out all the same: %s", err)
		if _, err := s.sign(followup.AtIt, 0); err != nil {
			return err
		}
	}
	if !s.c.Stage.Live() {
		return nil
	}
	if later.IsZero() {
		s.standOff()
		return nil
	}
	s.since = later
	_, err := s.sign(followup.Wrote, 0)
	if s.since = (time.Time{}); err != nil || s.c.Owed.IsZero() {
		return err
	}
	s.startClock(escalation.NextReply, later)
	if len(s.missed(!counted)) > 0 && !s.inHand() { // it was over before it began: no tick will say so
		s.pageMissed()
	}
	return nil
}

// standOff tells whoever was told that he need do nothing any more: what is owed from here on has a clock of its own.
// Who has the case keeps it, and where a life is in danger nothing but a person who takes it silences its pages.
func (s *step) standOff() {
	if c := s.c.Climb; c != nil && c.Taken == "" && !c.Over && !s.c.Verdict.Rank.Life {
		s.climb(escalation.Move{Kind: escalation.StoodOff, By: s.e.By})
	}
}

// unansweredAfter is the instant of the first message of the customer behind the one that was answered; zero when
// there is none, or when nothing was owed: what was waived, thanked for or over by the customer's word stays so. What
// came before we owed is no part of what we owe. When the answered message is so long ago that the case has forgotten
// it, all that it remembers came after it.
func (s *step) unansweredAfter(answers mention.Ref) time.Time {
	if s.c.Owed.IsZero() || answers.IsZero() {
		return time.Time{}
	}
	for _, m := range s.c.Messages[s.message(answers)+1:] {
		switch {
		case m.Ours || m.Gone:
		case m.At.Before(s.c.Owed):
			return s.c.Owed
		default:
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
	case sendKind, surveyKind:
		s.unsent(a, b)
	case moderateKind:
		s.tellOwner("the place could not carry out the moderation (%s): a person must", b.Reason)
	case approveKind:
		s.say("the question for consent did not arrive: the draft waits in the queue")
	case joinKind:
		s.leave()
	case redactKind, eraseKind:
		s.tellOwner("what must go could not be dropped (%s): a person must", b.Reason)
	case grantKind:
		s.unpaid(a.Key, unsentBecause[b.Reason])
	}
	return nil
}

// bounced sends a page that did not arrive on to the next contact, or up the ladder.
func (s *step) bounced(a Awaited) {
	switch a.Page {
	case aside:
		s.rouse()
	case told:
		s.say("a colleague could not be told: nobody waits for it")
	case past:
		s.say("a page of the ladder before did not arrive: another has been told since")
	default:
		s.climb(escalation.Move{Kind: escalation.Bounced, Page: a.Page})
	}
}

// unsent keeps an answer that did not go out, and tells a person why.
func (s *step) unsent(a Awaited, b event.Undelivered) {
	if d := s.c.Draft; d != nil {
		kept := *d
		kept.Approved, kept.Consents = "", nil
		s.withhold(kept)
		switch b.Reason {
		case event.Changed, event.Gone, event.Answered, event.Refused, event.Graver, event.Held, event.Unverified:
			kept.Stale = b.Reason
		}
		s.setDraft(kept)
	}
	if a.Withdrawn != "" && !s.c.Stage.Live() {
		s.say("an approved answer stayed here: the case is closed")
		return // nobody wants it, and nobody is waited for
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
	event.Refused:  "a person said no to it",
	event.Graver:   "what the customer wrote since is graver",
	event.TooMany:  "he was sent too many of late, and two machines may be talking",
	event.Held:     "the case is held since",

	event.Unverified: "a fact that it rests on has expired, or is not so",
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
	switch a.Kind {
	case joinKind:
		s.leave()
	case moderateKind:
		s.tellOwner("nobody knows whether the moderation was carried out: look at the place")
	case sendKind, surveyKind:
		if a.Kind == surveyKind {
			s.asks(a) // nobody is asked twice
		}
		s.tellOwner("nobody knows whether an answer went out: look at the conversation, and say what you see")
	case grantKind:
		s.unsure(a.Key)
	}
	return nil
}
