package respond

import (
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/moderation"
	"github.com/reputekit/reputation/respond/privacy"
	"github.com/reputekit/reputation/triage"
)

// moderate decides what becomes of the mention itself, and asks for it. What is said in private nobody else can read: it
// is only kept whole where a clause says so.
func (s *step) moderate(ref mention.Ref, private bool, v triage.Verdict) {
	m := s.r.composer.Moderate(s.item(ref, v))
	s.preserveFor(m)
	s.concerns = append(s.concerns, m)
	if private {
		return
	}
	s.looksAt(ref, m)
	if m.Report {
		s.ask(m.Reason, effect.Moderate{Ref: ref, Act: effect.Report, Reason: m.Clause}, 0)
	}
	if m.Act == effect.Keep || m.Act == "" {
		return
	}
	s.ask(m.Reason, effect.Moderate{Ref: ref, Act: m.Act, Reason: m.Clause}, 0)
	s.say("%s %s: %s", m.Act, ref, m.Reason)
}

// moderateAgain asks for what the new verdict wants done with the mention itself, if the old one did not.
func (s *step) moderateAgain(m mention.Mention, was triage.Verdict, shows []sensitive.Span) {
	judged := *s.c.Verdict
	judged.Private = shows
	before := s.r.composer.Moderate(s.item(m.Ref, was))
	after := s.r.composer.Moderate(s.item(m.Ref, judged))
	if before.Act != after.Act || before.Report != after.Report || !before.Preserve && after.Preserve {
		s.moderate(m.Ref, m.IsPrivate(), judged)
	}
}

// takeDown does with each of the customer's messages that is still there what a person's word on him wants done, and was
// not done with it before.
func (s *step) takeDown(v triage.Verdict) {
	for _, m := range s.c.Messages {
		if m.Ours || m.Gone || m.Ref.IsZero() {
			continue
		}
		before := s.r.composer.Moderate(s.item(m.Ref, *s.c.Verdict))
		after := s.r.composer.Moderate(s.item(m.Ref, v))
		if before.Act != after.Act || before.Report != after.Report {
			s.moderate(m.Ref, m.Private, v)
		}
	}
}

// concerned tells those whom a clause names, where the hierarchy has a member or a team of that name, unless it is he who
// acts, or he is told of the case in this step already.
func (s *step) concerned() {
	for _, m := range s.concerns {
		for _, name := range m.Tell {
			for _, id := range s.called(name) {
				if id != s.e.By && !s.tells(id) {
					s.let(id, "for "+name+": "+m.Reason)
				}
			}
		}
	}
	s.concerns = nil
}

// called are the members of a name: himself, or those of a team who are on duty.
func (s *step) called(name string) (ids []string) {
	if s.member(name) {
		return []string{name}
	}
	team, _ := s.r.directory.Team(name)
	for _, id := range team.Members {
		if s.member(id) && s.r.directory.OnDuty(id, s.now) {
			ids = append(ids, id)
		}
	}
	return ids
}

// preserveFor keeps the case whole where a clause says so: who threatens people, or lays a snare, deletes what he wrote.
// A member releases it.
func (s *step) preserveFor(m moderation.Decision) {
	if !m.Preserve || s.c.Preserve != nil {
		return
	}
	matter := strings.TrimSuffix(m.Reason, ".") + " (clause " + m.Clause + ")"
	s.setPreserve(privacy.Preserve{Who: s.owner(), Matter: matter, Since: s.now})
	s.say("preserved until a member releases it: %s", matter)
	if e := s.c.Erasure; e != nil && e.Done.IsZero() {
		s.deferErasure(*e)
	}
}

// tells reports whether a member is told of the case in this step.
func (s *step) tells(id string) bool {
	return slices.ContainsFunc(s.asked, func(e effect.Effect) bool {
		t, ok := e.Body.(effect.Tell)
		return ok && t.Member == id && !t.Relief
	})
}
