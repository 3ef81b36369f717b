package policytest

import (
	"slices"
	"strconv"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

// A probe tells of every single condition of a policy whether it holds. It is a policy itself, of one rule for each
// condition, so that conditions mean here what they mean there.
type probe struct {
	judge   *triage.Judge
	clauses []clause
	policy  triage.Policy // in the making
}

// A clause is a rule, or a piece of evidence, as a tree of conditions.
type clause struct {
	name     string
	then     triage.Then
	weight   int // of evidence
	evidence bool
	root     part
}

// A part is one condition of a clause.
type part struct {
	path      string // below the rule: when.all[1]
	condition triage.Condition
	rule      string // of the probe: it fires when the condition holds
	kids      []part
}

func newProbe(p triage.Policy, matcher *mention.Matcher, o triage.Options) (*probe, error) {
	x := &probe{policy: triage.Policy{
		Legitimacy: p.Legitimacy, Signals: p.Signals, IgnoreAccents: p.IgnoreAccents,
	}}
	for _, e := range p.Legitimacy.Items {
		x.clauses = append(x.clauses, clause{
			name: e.Name, weight: e.Weight, evidence: true, root: x.part("when", e.When),
		})
	}
	for _, r := range p.Rules {
		x.clauses = append(x.clauses, clause{name: r.Name, then: r.Then, root: x.part("when", r.When)})
		if r.Then.Aim != "" { // conditions of later rules may ask for it
			x.add(r.When, triage.Then{Aim: r.Then.Aim})
		}
	}
	var err error
	x.judge, err = x.policy.Compile(matcher, o)
	return x, err
}

func (x *probe) part(path string, w triage.Condition) part {
	p := part{path: path, condition: w, rule: x.add(w, triage.Then{Tags: []string{"held"}})}
	kids := func(name string, of []triage.Condition) {
		for i, kid := range of {
			p.kids = append(p.kids, x.part(spec.Index(spec.Join(path, name), i), kid))
		}
	}
	switch {
	case w.All != nil:
		kids("all", w.All)
	case w.Any != nil:
		kids("any", w.Any)
	case w.AtLeast != nil:
		kids("at_least.of", w.AtLeast.Of)
	}
	return p
}

// add adds a rule to the probe and returns its name.
func (x *probe) add(w triage.Condition, then triage.Then) string {
	name := strconv.Itoa(len(x.policy.Rules))
	x.policy.Rules = append(x.policy.Rules, triage.Rule{Name: name, When: w, Then: then})
	return name
}

// An answer is what held in one input.
type answer struct {
	in      triage.Input
	verdict triage.Verdict // of the policy that is tested
	held    map[string]triage.Reason
}

func (x *probe) answer(in triage.Input, v triage.Verdict) answer {
	a := answer{in: in, verdict: v, held: map[string]triage.Reason{}}
	for _, r := range x.judge.Judge(in).Reasons {
		a.held[r.Rule] = r // evidence that bears a number for a name is overwritten: rules come later
	}
	return a
}

func (a answer) holds(p *part) bool {
	_, ok := a.held[p.rule]
	return ok
}

// lacking is what would have to change for a condition to hold: the fewest single conditions, in order.
func (a answer) lacking(p *part) []*part {
	if a.holds(p) {
		return nil
	}
	var each [][]*part // by kid that does not hold
	for i := range p.kids {
		if missing := a.lacking(&p.kids[i]); len(missing) > 0 {
			each = append(each, missing)
		}
	}
	byLength := func(x, y []*part) int { return len(x) - len(y) }
	switch w := &p.condition; {
	case w.All != nil:
		return slices.Concat(each...)
	case w.Any != nil && len(each) > 0:
		slices.SortStableFunc(each, byLength)
		return each[0]
	case w.AtLeast != nil:
		slices.SortStableFunc(each, byLength)
		missing := w.AtLeast.N - (len(p.kids) - len(each))
		return slices.Concat(each[:min(max(0, missing), len(each))]...)
	}
	return []*part{p}
}

// having are the single conditions that hold, in order; below a Not there are none to show.
func (a answer) having(p *part) []*part {
	switch {
	case p.condition.Not != nil:
		return nil
	case len(p.kids) > 0:
		var out []*part
		for i := range p.kids {
			out = append(out, a.having(&p.kids[i])...)
		}
		return out
	case a.holds(p):
		return []*part{p}
	}
	return nil
}
