package respond

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/playbook"
)

// A Hold keeps the case where it is: its incident speaks for it, or counsel looks at every word.
type Hold struct {
	Kind  followup.Hold `json:"kind"`
	Of    string        `json:"of,omitempty"` // the incident's id, or counsel's matter
	By    string        `json:"by,omitempty"` // counsel: the member
	Since time.Time     `json:"since"`
	Says  event.Told    `json:"says,omitzero"` // incident: what it told the public last
	Had   int           `json:"had,omitempty"` // incident: the version of it that the customer has had
}

// cause is why clocks stand still under it; empty when they do not.
func (h *Hold) cause() string {
	if h == nil || h.Kind != followup.HoldIncident {
		return ""
	}
	return "incident " + h.Of
}

func (s *step) setHold(h Hold) {
	if s.c.Hold == nil && h.Kind == "" {
		return
	}
	s.ch.Hold = &h
	s.c.Hold = set(s.c.Hold, &h, h.Kind == "")
}

// hold takes the hold that the machine wants, with what the event said of it: clocks stand still for an incident, and
// run again when it lets go. What was on its way stays here.
func (s *step) hold(before, after followup.Hold) {
	if cause := s.c.Hold.cause(); cause != "" && after != before {
		s.unpause(cause)
	}
	switch {
	case after == before:
		return
	case after == "":
		s.setHold(Hold{})
		return
	}
	s.setHold(s.held)
	if !s.holdingWords() {
		s.withdraw(event.Held)
	}
	if cause := s.c.Hold.cause(); cause != "" {
		s.pause(cause)
	}
}

// holdingWords reports whether the draft is a holding play's, prepared for just this: an incident does not call it back.
func (s *step) holdingWords() bool {
	d := s.c.Draft
	if d == nil || s.c.Hold.cause() == "" {
		return false
	}
	play, ok := s.r.composer.Play(d.Play)
	return ok && play.Mode == playbook.Holding && d.byMachine()
}

// pause makes what we owe stand still. Nothing stops calendar days.
func (s *step) pause(cause string) {
	clocks := running(s.c.Clocks)
	for i := range clocks {
		clocks[i] = clocks[i].Pause(cause, s.now)
	}
	s.setClocks(clocks)
}

// unpause lets what we owe run again, from when the incident says.
func (s *step) unpause(cause string) {
	plan, clocks := s.plan(), running(s.c.Clocks)
	for i := range clocks {
		clocks[i] = s.r.directory.Resume(plan, clocks[i], cause, s.begins())
	}
	s.setClocks(clocks)
}

// begins is when a clock begins that nothing else delays: now, or when the incident that lets many cases go says.
func (s *step) begins() time.Time {
	if s.turn.After(s.now) {
		return s.turn
	}
	return s.now
}

// joinedIncident says that a declared incident holds the case, or what it tells the public now. Danger to life is never
// held, nor what counsel holds already.
func (s *step) joinedIncident(b event.JoinedIncident) error {
	if h := s.c.Hold; h != nil && h.Kind == followup.HoldIncident && h.Of == b.Incident {
		s.nothing = !s.newStatement(b.Told)
		return nil
	}
	s.held = Hold{Kind: followup.HoldIncident, Of: b.Incident, Since: s.now, Says: b.Told}
	if _, err := s.sign(followup.JoinedIncident, 0); err != nil {
		return err
	}
	if s.c.Hold == nil || s.c.Hold.Of != b.Incident {
		s.nothing = true // it goes on by itself
		return nil
	}
	s.setIncident(true)
	s.setCalm(false)
	s.standOff()
	s.say("held by incident %s, which speaks for it", b.Incident)
	return nil
}

// newStatement keeps what the incident tells the public now, and reports whether that is new.
func (s *step) newStatement(t event.Told) bool {
	h := s.c.Hold
	if h.cause() == "" || t.Version <= h.Says.Version {
		return false
	}
	newer := *h
	newer.Says = t
	s.setHold(newer)
	return true
}

// incidentOver says that the incident lets the case go: the customer is owed a word of his own.
func (s *step) incidentOver(b event.IncidentOver) error {
	if !s.c.Incident || s.c.Hold.cause() != "" && s.c.Hold.Of != b.Incident {
		s.nothing = true
		return nil
	}
	s.turn = mention.Instant(b.From)
	s.setIncident(false)
	s.setCalm(true)
	if s.c.Hold.cause() == "" {
		s.say("incident %s is over", b.Incident)
		s.resumes()
		return nil
	}
	_, err := s.sign(followup.IncidentOver, 0)
	s.afresh()
	return err
}

// afresh gives who answers a case that its incident let go as long as for one that comes then: what was left of a clock that
// stood still is minutes, and of many they would all be missed, one after the other, in the night in which it was over.
func (s *step) afresh() {
	plan, clocks := s.plan(), running(s.c.Clocks)
	for i, k := range clocks {
		if k.Breached || k.Objective != escalation.FirstReply && k.Objective != escalation.NextReply {
			continue
		}
		if next := s.r.clock(plan, k.Objective, s.begins()); next.Due.After(k.Due) {
			clocks[i] = next
			s.say("%s is due %s: %s", k.Objective, next.Due.Format(time.RFC3339), next.Because)
		}
	}
	s.setClocks(clocks)
}

// resumes lets a case page for itself again that an incident never held: its clocks ran, and what was missed meanwhile was
// told to nobody. Of many that are let go at once each waits for its turn.
func (s *step) resumes() {
	answers := func(k escalation.Clock) bool {
		return !k.Breached && (k.Objective == escalation.FirstReply || k.Objective == escalation.NextReply)
	}
	switch {
	case s.c.Owed.IsZero() || s.inHand() || slices.ContainsFunc(s.c.Clocks, answers):
	case s.turn.After(s.now):
		s.setWait(followup.Wait{Kind: followup.Look, At: s.turn})
		s.say("an answer is owed since %s: whoever has the case is told when its turn comes, %s",
			s.c.Owed.Format(time.RFC3339), s.turn.Format(time.RFC3339))
	default:
		s.say("an answer is owed since %s, and its time is over: the case pages for itself", s.c.Owed.Format(time.RFC3339))
		s.rouse()
	}
}

// heldByCounsel says that a member looks at every word from here on.
func (s *step) heldByCounsel(b event.HeldByCounsel) error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	if h := s.c.Hold; h != nil && h.Kind == followup.HoldCounsel {
		if h.By == s.e.By && h.Of == b.Matter {
			s.nothing = true
			return nil
		}
		other := *h
		other.By, other.Of = s.e.By, b.Matter
		s.setHold(other)
		return nil
	}
	s.held = Hold{Kind: followup.HoldCounsel, Of: b.Matter, By: s.e.By, Since: s.now}
	_, err := s.sign(followup.HeldByCounsel, 0)
	return err
}

// releasedByCounsel says that a member lets the case go.
func (s *step) releasedByCounsel() error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	_, err := s.sign(followup.ReleasedByCounsel, 0)
	return err
}

// counsel is the member who looks at every word; empty when nobody does.
func (s *step) counsel() string {
	if h := s.c.Hold; h != nil && h.Kind == followup.HoldCounsel && s.member(h.By) {
		return h.By
	}
	return ""
}

// rebased computes plan, owner, ladder and clocks anew, by the rules as they are now. A breach stays one.
func (s *step) rebased(b event.Rebased) error {
	if !s.byMember() && s.e.By != event.Host {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	plan, clocks := s.plan(), running(s.c.Clocks)
	for i, k := range clocks {
		if next, ok := s.r.directory.Rebase(plan, k, s.now); ok {
			clocks[i] = next
			s.say("%s is due %s: %s", k.Objective, next.Due.Format(time.RFC3339), next.Because)
		}
	}
	s.setClocks(clocks)
	s.climb(escalation.Move{Kind: escalation.Rebased, Matter: s.calmed()})
	s.say("computed anew by %s, by plan %s: %s", s.e.By, plan, b.Why)
	return nil
}
