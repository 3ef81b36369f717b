package playbook

import (
	"slices"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

// A Gesture is goodwill that may be offered: a sum, or a thing. It needs nothing in return, is offered in private, in a
// message of its own, and never where somebody was hurt or the law is spoken of. Who may grant it is checked against the
// hierarchy when the playbook is compiled for a house, and once more when it is granted: a draft of the play that gives
// more, or another kind, is refused, and what another grants goes to him.
type Gesture struct {
	Kind  string           `json:"kind"`            // coupon, credit, vip, training, gift
	Sum   escalation.Money `json:"sum,omitzero"`    // the most that is offered
	Thing string           `json:"thing,omitempty"` // "a seat in the lounge"; a sum or a thing, or both
	By    string           `json:"by,omitempty"`    // the member or team who grants it; empty is whoever has the authority
}

func (p *Play) checkGestures(path string, problems *spec.Problems) {
	for i, g := range p.Gestures {
		at := spec.Index(path, i)
		if !slices.Contains([]string{"coupon", "credit", "vip", "training", "gift"}, g.Kind) {
			problems.Add(spec.Join(at, "kind"), "%q is none of coupon, credit, vip, training, gift", g.Kind)
		}
		switch {
		case g.Sum.Minor == 0 && g.Thing == "":
			problems.Add(at, "a gesture is a sum or a thing: this is neither")
		case g.Sum.Minor < 0:
			problems.Add(spec.Join(at, "sum"), "a gesture gives: the sum is negative")
		case g.Sum.Minor > 0 && len(g.Sum.Currency) != 3:
			problems.Add(spec.Join(at, "sum.currency"), "%q is not a currency: use an ISO 4217 code", g.Sum.Currency)
		}
	}
	switch {
	case len(p.Gestures) == 0:
	case p.For.hasLife():
		problems.Add(path, "no goodwill is offered where a life is in danger")
	case slices.Contains(p.For.Standings, triage.Litigant), slices.Contains(p.For.Standings, triage.Press),
		slices.Contains(p.For.Standings, triage.Employee):
		problems.Add(path, "no goodwill is offered to litigants, the press or employees")
	case slices.Contains(p.For.Legitimacies, triage.Fake), slices.Contains(p.For.Legitimacies, triage.Doubtful):
		problems.Add(path, "no goodwill is offered to doubtful or fake authors")
	}
}

// checkGrants holds what a play may offer against the authority of those who grant it: in every category of the play, at
// the lowest severity that it is for.
func (p *Play) checkGrants(path string, h House, problems *spec.Problems) {
	severity := triage.Routine
	if len(p.For.Severities) > 0 {
		severity = slices.Min(p.For.Severities)
	}
	categories := p.For.Categories
	if len(categories) == 0 {
		categories = []string{""}
	}
	for i, g := range p.Gestures {
		at := spec.Index(path, i)
		by := []string{g.By}
		if g.By != "" {
			var ok bool
			if by, ok = h.people(g.By); !ok {
				problems.Add(spec.Join(at, "by"), "%q is neither a member nor a team", g.By)
				continue
			}
		}
		for _, c := range categories {
			if h.isSafety(c) {
				problems.Add(at, "no goodwill is offered where somebody may be hurt: category %s", c)
				continue
			}
			if why := h.mayNotGrant(by, escalation.Matter{Category: c, Severity: severity}, g.Sum); why != "" {
				problems.Add(at, "%s", why)
			}
		}
	}
}
