package respond

import (
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// edited takes the newer revision of a mention. What was written for the older one can no longer go out.
func (s *step) edited(b event.Edited) error {
	return s.revised(event.Received{Mention: b.Mention, Given: s.c.Given, Standing: s.c.Standing}, false)
}

// revised is edited with what the host knows. seen says that somebody has seen the mention where it stands: a message
// that was taken for removed is there again. An edit alone, which may come late, brings no removed text back.
func (s *step) revised(b event.Received, seen bool) error {
	m := b.Mention
	i := s.message(m.Ref)
	if i < 0 || s.c.Messages[i].Ours {
		return s.refuse("the case has no message %s", m.Ref)
	}
	was := s.c.Messages[i]
	if was.Revision >= m.Revision || was.Gone && !seen {
		s.nothing = true
		return nil
	}
	thread := s.thread()
	thread.Message = max(1, s.c.Theirs) // it is one that we know
	m.Addressed = s.r.matcher.Addressed(&m)
	if h := s.heard(m.Ref); h != nil && !seen { // an edit comes without the tallies of the day
		b.History, b.Copies, b.Surges = h.History, h.Copies, h.Surges
	}
	verdict, old := judge(s.r, b, m, thread, s.now)
	shows := verdict.Private
	open := s.c.Open != nil && s.c.Open.Ref == m.Ref
	if !open { // the case's places of private data are those in the text of the open message
		verdict.Private = s.c.Verdict.Private
	}
	if s.c.Theirs > 1 {
		verdict.Legitimacy = s.doubted(verdict.Legitimacy)
	}
	alarmed := s.raise(verdict, false)
	was.Revision, was.Hash, was.Gone = m.Revision, hash(m.Text), false
	s.addMessage(was)
	if open {
		s.hear(b, m, thread, old)
		rerated := s.c.Open.Rating != m.Rating
		s.setOpen(m)
		if err := s.rerated(rerated); err != nil {
			return err
		}
	} else {
		s.unhear(m.Ref)
	}
	judged := *s.c.Verdict
	judged.Private = shows
	s.moderate(m.Ref, m.IsPrivate(), judged)
	if s.answers(m.Ref) {
		s.withdraw(event.Changed)
		s.say("the customer edited %s to revision %d: what was written for the older one stays here", m.Ref, m.Revision)
		s.spoilt("the customer edited what it answers, and the draft stays here: look at it again")
	}
	if alarmed && !b.Backfill { // an edit to something graver is a word like any other: it is owed an answer, and reopens
		if _, err := s.sign(followup.Wrote, 0); err != nil {
			return err
		}
		s.graver(true, verdict.Crisis)
	}
	if open {
		s.inquire(false, s.listens())
		if d := s.c.Draft; d != nil && d.byMachine() && d.Stale == event.Changed && !s.c.Owed.IsZero() && !b.Backfill {
			s.late = s.late || !s.holding // no machine sends by itself what is drafted anew
			s.propose()                   // what the playbook says to his new words
		}
	}
	return nil
}

// rerated keeps that the customer changed his stars.
func (s *step) rerated(changed bool) error {
	if !changed {
		return nil
	}
	s.say("the customer changed his rating: not an ending")
	_, err := s.sign(followup.RatingChanged, 0)
	return err
}

// removed keeps that a message is gone. It is not an ending: the customer has not said that it is over.
func (s *step) removed(b event.Removed) error {
	i := s.message(b.Ref)
	if i < 0 || s.c.Messages[i].Ours {
		return s.refuse("the case has no message %s", b.Ref)
	}
	m := s.c.Messages[i]
	if m.Gone {
		s.nothing = true
		return nil
	}
	m.Gone = true
	s.addMessage(m)
	if s.answers(b.Ref) {
		s.withdraw(event.Gone)
		s.spoilt("the customer removed what it answers, and the draft stays here: decide whether he is still owed a word")
	}
	if o := s.c.Open; o != nil && o.Ref == b.Ref {
		gone := *o
		gone.Gone = true
		s.ch.Open, s.c.Open = &gone, &gone
	}
	s.blank(b.Ref)
	s.redact([]mention.Ref{b.Ref})
	s.say("the customer removed %s: not an ending", b.Ref)
	_, err := s.sign(followup.PostGone, 0)
	return err
}

// spoilt tells whoever has the case that what was written in it cannot go out any more. What is on its way is told of
// when it comes back.
func (s *step) spoilt(why string) {
	if d := s.c.Draft; d.byMachine() || s.onItsWay() || s.c.Owed.IsZero() || !s.inHand() {
		return
	}
	s.let(s.c.Climb.Taken, why)
}

// answers reports whether the draft answers this message.
func (s *step) answers(ref mention.Ref) bool { return s.c.Draft != nil && s.c.Draft.Answers == ref }

// answeredElsewhere takes an answer that was given outside the desk: what is written here would answer twice.
func (s *step) answeredElsewhere(b event.AnsweredElsewhere) error {
	if i := s.message(b.Ref); i >= 0 {
		if !s.c.Messages[i].Ours {
			return s.refuse("%s is the customer's own message", b.Ref)
		}
		s.nothing = true // the echo of an answer that the case knows answers nothing that came since
		return nil
	}
	from := s.from(b.Answers)
	if b.Answers.IsZero() {
		from = s.from(s.lastOfTheirs())
	}
	private := s.c.Open != nil && s.c.Open.Private
	s.addMessage(Message{Ref: b.Ref, From: from, Ours: true, Private: private, At: s.now, To: s.onlyAnswerTo(b.Answers, private)})
	s.leadsHere(b.Ref, from)
	if b.Automatic {
		s.say("an automatic answer stops no clock")
		return nil
	}
	s.withdraw(event.Answered)
	if !s.c.Stage.Live() {
		return nil
	}
	if s.c.Owed.IsZero() {
		if err := s.besides(); err != nil {
			return err
		}
	} else {
		answers := b.Answers
		if s.message(answers) < 0 {
			answers = s.lastOfTheirs()
		}
		if err := s.settle(answers, followup.AtIt); err != nil {
			return err
		}
	}
	s.say("somebody answered elsewhere: drafts and consents are void")
	return nil
}

// besides is a word of ours where no answer was owed. It is news where we owe news, and an answer where nobody had
// answered yet, as beneath an old post; elsewhere it moves nothing and starts no clock.
func (s *step) besides() error {
	switch s.c.Stage {
	case followup.Fresh:
		_, err := s.sign(followup.Settled, 0)
		return err
	case followup.Working, followup.Fulfilling:
		return s.settle(s.lastOfTheirs(), followup.AtIt)
	}
	return nil
}

// leadsHere makes the customer's answer to a message of ours join the case. Who has no name cannot be told from others.
func (s *step) leadsHere(ours mention.Ref, from string) {
	if author := s.c.twin(from).Author.Key(); author != "" && !ours.IsZero() {
		s.addKey(messageKey(s.c.Tenant, ours, author))
	}
}
