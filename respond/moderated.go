package respond

import (
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/moderation"
	"github.com/reputekit/reputation/triage"
)

// actModerate is the authority to decide on what stands in public. Where the hierarchy gives it to nobody, every member has
// it.
const actModerate = "moderate"

// check is the objective of a person's look at what a machine took away.
const check escalation.Objective = "check"

// item is what is decided about: what was judged of a message, where it stands, how many near copies there are, and whether a
// person has confirmed them as spam.
func (s *step) item(ref mention.Ref, v triage.Verdict) moderation.Item {
	venue, _ := s.r.Venue(ref.Channel)
	x := moderation.Item{Verdict: v, Venue: venue}
	if rec, ok := s.e.Body.(event.Received); ok && rec.Mention.Ref == ref {
		x.Copies, x.Confirmed = rec.Copies.Size, rec.Copies.Spam
	} else if h := s.heard(ref); h != nil {
		x.Copies, x.Confirmed = h.Copies.Size, h.Copies.Spam
	}
	if judged, ok := s.e.Body.(event.Judged); ok {
		x.Confirmed = x.Confirmed || judged.Group
	}
	return x
}

// looksAt has a person look at what a machine decided: in time at what it took away, and at once at what the place cannot
// do.
func (s *step) looksAt(ref mention.Ref, m moderation.Decision) {
	if h := s.heard(ref); h != nil && h.Old {
		return // it pages nobody
	}
	if m.Unable {
		s.tellOwner("the place cannot take %s away (clause %s): a person must", ref, m.Clause)
	}
	if m.Check <= 0 {
		return
	}
	k := escalation.Clock{Objective: check, Start: s.now, Due: s.now.Add(m.Check.Std()), Elapsed: true,
		Because: "a person looks whether " + ref.String() + " was rightly taken away"}
	s.setClocks(append(running(s.c.Clocks, check), k))
	s.say("a person looks at it by %s, and may restore it", k.Due.Format(time.RFC3339))
}

// looked ends the wait for a person's look: whoever acts in the case has seen what was taken away.
func (s *step) looked() {
	is := func(k escalation.Clock) bool { return k.Objective == check }
	if s.byMember() && slices.ContainsFunc(s.was.Clocks, is) && slices.ContainsFunc(s.c.Clocks, is) {
		s.setClocks(running(s.c.Clocks, check))
	}
}

// moderated is a member's decision on a message. Nobody takes an opinion away: what is hidden, deleted or reported breaks a
// rule of the house.
func (s *step) moderated(b event.Moderated) error {
	i := s.message(b.Ref)
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case i < 0 || s.c.Messages[i].Ours:
		return s.refuse("the case has no message %s", b.Ref)
	case s.c.Messages[i].Private:
		return s.refuse("%s was said in private: nobody else can read it", b.Ref)
	case s.c.Messages[i].Gone:
		return s.refuse("its author removed %s", b.Ref)
	case strings.TrimSpace(b.Reason) == "" || len(b.Reason) > longestOffer:
		return s.refuse("it needs a reason, of at most %d bytes", longestOffer)
	}
	if err := s.r.may(actModerate, s.e.By, s.matter(), s.now); err != nil {
		return s.refuse("%s", err)
	}
	act, x := effect.Act(b.Act), s.item(b.Ref, *s.c.Verdict)
	m := s.r.composer.Moderate(x)
	looked := func(k escalation.Clock) bool { return k.Objective == check }
	can := map[effect.Act]bool{
		effect.Keep: x.Venue.Hide, effect.Hide: x.Venue.Hide, effect.Delete: x.Venue.Delete, effect.Report: x.Venue.Report,
	}
	switch able, known := can[act]; {
	case !known:
		return s.refuse("%q is none of keep, hide, delete, report", b.Act)
	case !able:
		return s.refuse("%s cannot do that", b.Ref.Channel)
	case act != effect.Keep && m.Act == effect.Keep && !m.Unable && !slices.ContainsFunc(s.c.Clocks, looked):
		return s.refuse("it breaks no rule of the house (clause %s), and stays", m.Clause)
	}
	s.ask("decided by "+s.e.By, effect.Moderate{Ref: b.Ref, Act: act, Reason: m.Clause}, aside)
	s.say("%s %s, says %s: %s", act, b.Ref, s.e.By, b.Reason)
	return nil
}
