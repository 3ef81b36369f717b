package respond

import (
	"slices"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention/spec"
)

// wantsMore adds a consent to a draft that needs more than one, and asks the next. It reports whether one is missing.
func (s *step) wantsMore(d *Draft) bool {
	d.Consents = append(slices.Clone(d.Consents), s.e.By)
	need := s.consents(*d)
	if len(d.Consents) >= need {
		if need == 1 {
			d.Consents = nil
		}
		return false
	}
	s.setDraft(*d)
	s.has(s.e.By)
	s.say("%s consents: %d of %d", s.e.By, len(d.Consents), need)
	s.askConsent(*d)
	return true
}

// consents is how many people must allow a draft: as many as its play or the matter's plan says, one where neither does.
func (s *step) consents(d Draft) int {
	need := 1
	if play, ok := s.r.composer.Play(d.Play); ok {
		need = max(need, play.Approvals)
	}
	return max(need, s.r.directory.Approvals(s.matter()))
}

// checkApprovals wants that there are as many people as an answer needs.
func (r *Rules) checkApprovals(problems *spec.Problems) {
	var all []string
	for _, m := range r.specs.Hierarchy.Members {
		if !m.Left && slices.ContainsFunc(m.Authority, func(a escalation.Authority) bool { return a.Act == actApprove }) {
			all = append(all, m.ID)
		}
	}
	for i, p := range r.specs.Hierarchy.Plans {
		if p.Approvals > len(all) {
			problems.Add(spec.Join(spec.Index("hierarchy.plans", i), "approvals"), "%d people must allow an answer, and %d may",
				p.Approvals, len(all))
		}
	}
	for i, p := range r.specs.Playbook.Plays {
		may := all
		for _, t := range r.specs.Hierarchy.Teams {
			if t.ID == p.Approve {
				may = slices.DeleteFunc(slices.Clone(all), func(id string) bool { return !slices.Contains(t.Members, id) })
			}
		}
		if slices.Contains(all, p.Approve) {
			may = []string{p.Approve}
		}
		if path := spec.Join(spec.Index("playbook.plays", i), "approvals"); p.Approvals > len(may) {
			problems.Add(path, "%d people must allow it, and %d may", p.Approvals, len(may))
		} else if p.Approvals > 0 && p.Unattended {
			problems.Add(path, "what goes out by itself is allowed by nobody")
		}
	}
}
