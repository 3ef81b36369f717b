package respond

import (
	"fmt"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
)

// escalated says that a member sends the case up, or gives it back to the level below.
func (s *step) escalated(on followup.Sign, why string) error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	s.why = why
	_, err := s.sign(on, 0)
	return err
}

// raiseLevel sends the case one level up its ladder.
func (s *step) raiseLevel() {
	if c := s.c.Climb; c == nil || c.Over {
		s.openClimb()
	}
	by := ""
	if s.byMember() {
		by = s.e.By
	}
	s.climb(escalation.Move{Kind: escalation.Escalated, By: by, Because: s.why})
}

// lowerLevel begins the ladder anew: the level below is told, and the one above need do nothing any more.
func (s *step) lowerLevel() {
	if c := s.c.Climb; c != nil && !c.Over {
		s.climb(escalation.Move{Kind: escalation.StoodOff, By: s.e.By})
	}
	s.openClimb()
	s.say("given back to the level below by %s: %s", s.e.By, s.why)
}

// contacted tells the ladder that the customer has come back, and that he abused whoever has the case, if he did.
func (s *step) contacted(v triage.Verdict) {
	if s.comesBack() {
		s.climb(escalation.Move{Kind: escalation.Contacted})
	}
	abusive := func(r signal.Reading) bool {
		switch r.Name {
		case signal.AbuseInsult, signal.AbuseSlur, signal.AbuseSexual, signal.AbuseThreat:
			return r.Value >= abusiveFrom
		}
		return false
	}
	if slices.ContainsFunc(v.Signals, abusive) {
		s.climb(escalation.Move{Kind: escalation.Abused})
	}
}

// comesBack reports whether the customer's last word is another contact: we had answered, or he had waited for an hour.
// Three lines in a row are one, and who answers what we asked him does not come back.
func (s *step) comesBack() bool {
	switch s.was.Stage {
	case followup.Asking, followup.Proposed, followup.Confirming, followup.Surveying:
		return false
	}
	n := len(s.c.Messages)
	return n > 1 && (s.c.Messages[n-2].Ours || s.c.Messages[n-1].At.Sub(s.c.Messages[n-2].At) >= time.Hour)
}

// abusiveFrom is how sure a signal must be, per mille, to count as abuse of whoever has the case.
const abusiveFrom = 700

// progressed tells the ladder that whoever has the case did something: he is not idle.
func (s *step) progressed() {
	if c := s.c.Climb; c != nil && !c.Over && !c.Idle.IsZero() && c.Taken == s.e.By {
		s.climb(escalation.Move{Kind: escalation.Progressed})
	}
}

// deferred says that a page waits, since its member is told of too much at once.
func (s *step) deferred(b event.Deferred) error {
	i := slices.IndexFunc(s.c.Awaited, func(a Awaited) bool { return a.Key == b.Key && a.Kind == tellKind })
	if i < 0 {
		return s.refuse("no page with key %s is awaited", b.Key)
	}
	a := s.c.Awaited[i]
	if c := s.c.Climb; c == nil || c.Urgent || a.Page < 0 {
		return s.refuse("this page is not held: crisis and life are told at once, and so is what is no page of the ladder")
	}
	s.climb(escalation.Move{Kind: escalation.Deferred, Page: a.Page, Until: b.Until})
	return nil
}

// task lets whoever has the case know what he has to do, unless it is he who acts and reads it in the answer.
func (s *step) task(format string, args ...any) {
	if s.byMember() && s.e.By == s.owner() {
		s.say(format, args...)
		return
	}
	s.tellOwner("%s", fmt.Sprintf(format, args...))
}
