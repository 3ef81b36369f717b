package respond

import (
	"errors"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
)

// An Unread is the case as it was before the customer's last word, which counts as a plain message, or as what signals
// say that it means, until somebody says so.
type Unread struct {
	At         time.Time         `json:"at"`             // of that word
	Said       event.Meaning     `json:"said,omitempty"` // what signals say that it means
	Stage      followup.Stage    `json:"stage,omitempty"`
	Outcome    followup.Outcome  `json:"outcome,omitempty"`
	Offer      followup.Offer    `json:"offer,omitempty"`
	Legitimacy triage.Legitimacy `json:"legitimacy,omitempty"`
	Reopens    int               `json:"reopens,omitempty"`
	Owed       time.Time         `json:"owed,omitzero"`
}

// state is the case as the follow-up machine sees it.
func (c *Case) state() followup.State {
	st := followup.State{Stage: c.Stage, Outcome: c.Outcome, Offer: c.Offer}
	if c.Hold != nil {
		st.Hold = c.Hold.Kind
	}
	if c.Verdict != nil {
		st.Legitimacy = c.Verdict.Legitimacy
	}
	return st
}

// move is what a move of the machine makes of the case. Entries fold it again: it sees nothing but the move.
func (c *Case) move(m followup.Move) {
	st := c.state().After(m)
	c.Stage, c.Outcome, c.Offer = st.Stage, st.Outcome, st.Offer
	if m.Reopens {
		c.Reopens++
	}
	if m.To != followup.Confirming {
		c.Asked = 0
	}
	if m.Asks.Has(followup.AskIfOver) {
		c.Asked++
	}
	if m.From != m.To && (m.From == followup.Fulfilling || m.From == followup.Answered) {
		c.Left = true
	}
}

// reread takes the case back to before the customer's last word: that word is read only now.
func (c *Case) reread() {
	u := c.Unread
	if u == nil {
		return
	}
	c.Stage, c.Outcome, c.Offer, c.Reopens = u.Stage, u.Outcome, u.Offer, u.Reopens
	c.Unread = nil
}

// sign tells the follow-up machine what happened, and does what its move asks for. A sign that came late or twice moves
// nothing; one that is not possible is refused with the reason.
func (s *step) sign(on followup.Sign, known followup.Facts) (followup.Move, error) {
	before, was := s.c.state(), s.unread()
	given := followup.Given{Facts: known | s.facts(on)}
	after, m, err := followup.Step(before, on, given)
	if m.Asks&followup.Unasked != 0 {
		given.Barred, given.ByItself = s.barred(m.Asks), s.byItself()
		after, m, err = followup.Step(before, on, given)
	}
	var no *followup.RefusedError
	if errors.As(err, &no) {
		return m, s.refuse("%s", no.Reason)
	}
	if m == (followup.Move{From: m.From, On: m.On, To: m.To, Keep: true}) {
		return m, nil
	}
	switch {
	case on == followup.Wrote || on == followup.Triaged:
		s.setUnread(was)
	case before != after || !m.Keep:
		s.setUnread(Unread{})
	}
	if after.Legitimacy != before.Legitimacy {
		v := *s.c.Verdict
		v.Legitimacy = after.Legitimacy
		s.setVerdict(v)
	}
	s.hold(before.Hold, after.Hold)
	left := s.c.Left
	s.ch.Moves = append(s.ch.Moves, m)
	s.c.move(m)
	if s.c.Left && !left {
		s.mayInvite()
	}
	s.moved(m)
	return m, nil
}

// moved starts and ends what runs, in the order in which the machine wants it.
func (s *step) moved(m followup.Move) {
	if m.Asks.Has(followup.Discharge) {
		s.setOwed(time.Time{})
		s.stop(escalation.FirstReply, escalation.NextReply)
	}
	n, look := 0, s.looks(m)
	switch w := s.c.Waits; {
	case w != nil && (m.On == followup.RemindersOut || m.On == followup.LookedOut):
		n = w.N + 1
	case m.On == followup.RevisitOut:
		n = 1 // the days until the revisit are part of the days until the lapse
	}
	if !m.Keep {
		s.wait("", 0)
		s.stop(escalation.Update, escalation.Resolve)
	}
	switch {
	case look != nil:
		s.setWait(*look)
	case m.Wait != "":
		s.wait(m.Wait, n)
	}
	if m.To == followup.Closed {
		s.wait("", 0)
	}
	switch m.Clock {
	case followup.News:
		s.startClock(escalation.Update, s.now)
	case followup.Remedy:
		s.startClock(escalation.Resolve, s.now)
	}
	if m.Owed {
		s.owe()
	}
	if m.To == followup.Closed || m.To == followup.Surveying && m.From != m.To {
		s.standDown()
		if m.To == followup.Surveying {
			s.withdraw(event.Answered)
		}
	}
	if m.To == followup.Closed {
		s.close()
	}
	if m.To == followup.Dormant && m.From != m.To {
		s.unremind() // what nobody allowed in time does not go out weeks later
	}
	s.requests(m)
}

// looks is the look at a held case that is waited for already: whatever happens meanwhile does not put it off.
func (s *step) looks(m followup.Move) *followup.Wait {
	w := s.c.Waits
	if s.c.Hold == nil || m.Hold != "" || m.Wait != followup.Look || m.On == followup.LookedOut ||
		w == nil || w.Kind != followup.Look {
		return nil
	}
	return w
}

// stop ends the clocks of these objectives.
func (s *step) stop(objectives ...escalation.Objective) {
	stops := func(k escalation.Clock) bool { return slices.Contains(objectives, k.Objective) }
	if slices.ContainsFunc(s.c.Clocks, stops) {
		s.setClocks(running(s.c.Clocks, objectives...))
	}
}

// facts are what the case knows of itself that a guard may ask.
func (s *step) facts(on followup.Sign) followup.Facts {
	var f followup.Facts
	is := func(holds bool, fact followup.Facts) {
		if holds {
			f |= fact
		}
	}
	c := &s.c
	is(s.byMember(), followup.ByPerson)
	is(!c.Owed.IsZero(), followup.StillOwed)
	is(c.Waits != nil && c.Waits.N < len(s.r.followup.Reminders), followup.RemindersLeft)
	is(c.Asked > 1, followup.AskedAgain)
	switch on {
	case followup.Declined:
		is(s.authorised(), followup.Authorised)
	case followup.DrewLine:
		is(s.highest(s.e.By), followup.Highest)
	}
	if v := c.Verdict; v != nil {
		is(v.Rank.Life, followup.Life)
		is(v.Severity >= triage.Serious || s.r.followup.Drawn(c.ID), followup.Grave)
	}
	is(c.Hold != nil && c.Hold.Kind == followup.HoldCounsel && c.Hold.By == s.e.By, followup.CounselAgrees)
	return f
}

// authorised reports whether whoever has the case may grant anything in it: without, a no goes up.
func (s *step) authorised() bool { return s.mayPromise(s.owner()).Minor > 0 }

// highest reports whether nobody in the house may grant more than a member.
func (s *step) highest(id string) bool {
	mine := s.mayPromise(id)
	for _, m := range s.r.specs.Hierarchy.Members {
		if more := s.mayPromise(m.ID); !m.Left && more.Currency == mine.Currency && more.Minor > mine.Minor {
			return false
		}
	}
	return true
}

// reads takes the customer's last word for what it means, as if nobody had taken it for a plain message before.
func (s *step) reads(on followup.Sign, known followup.Facts) (followup.Move, error) {
	owed := s.c.Owed
	if u := s.c.Unread; u != nil {
		s.earlier = s.c.Clocks // lists are replaced, never written to
		if s.since = owed; owed.IsZero() && u.Said != "" {
			s.since = u.At // signals had it that he wanted no answer
		}
		s.ch.Reread = true
		legitimacy := u.Legitimacy
		before := u.Owed
		s.c.reread()
		if v := s.c.Verdict; v.Legitimacy != legitimacy {
			back := *v
			back.Legitimacy = legitimacy
			s.setVerdict(back)
		}
		if before.IsZero() {
			s.setOwed(time.Time{})
			s.stop(escalation.FirstReply, escalation.NextReply)
		}
	}
	m, err := s.sign(on, known)
	s.earlier, s.since = nil, time.Time{}
	if err == nil && !owed.IsZero() && s.c.Owed.IsZero() {
		s.standOff()
	}
	return m, err
}

// unread is the case as it is now, for when what was just said turns out to mean more.
func (s *step) unread() Unread {
	u := Unread{At: s.now, Stage: s.c.Stage, Outcome: s.c.Outcome, Offer: s.c.Offer, Reopens: s.c.Reopens, Owed: s.c.Owed}
	if s.c.Verdict != nil {
		u.Legitimacy = s.c.Verdict.Legitimacy
	}
	return u
}

func (s *step) setUnread(u Unread) {
	if s.c.Unread == nil && u.At.IsZero() {
		return
	}
	s.ch.Unread = &u
	s.c.Unread = set(s.c.Unread, &u, u.At.IsZero())
}
