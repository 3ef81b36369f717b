package policytest

import (
	"fmt"
	"strings"

	"github.com/reputekit/reputation/triage"
)

// A Report is what came of a suite.
type Report struct {
	Cases    int       `json:"cases"`              // that were judged
	Failures []Failure `json:"failures,omitempty"` // in the order of the cases
	Fired    []Use     `json:"fired"`              // the evidence and rules of the policy, in its order
}

// A Failure is one case that did not come out as wanted, and what there is to learn from it.
type Failure struct {
	Reason      string       `json:"reason"`         // of the case
	Line        int          `json:"line,omitempty"` // of its file, from 1; 0 when it comes from a Go table
	Differences []Difference `json:"differences,omitempty"`

	// For a person, in lines: what differs, who decided it on which words, which rule was nearest to giving what was
	// wanted and what it lacked, and the whole decision as triage.Judge.Explain tells it.
	Lesson string `json:"lesson"`
}

// String gives the failure as a test prints it.
func (f Failure) String() string {
	where := ""
	if f.Line > 0 {
		where = fmt.Sprintf("line %d: ", f.Line)
	}
	return where + f.Reason + "\n" + f.Lesson
}

// A Use says how often a rule, or a piece of evidence, fired.
type Use struct {
	Rule     string `json:"rule"`
	Evidence bool   `json:"evidence,omitempty"`
	Cases    int    `json:"cases"` // in which it fired
}

func uses(p triage.Policy) []Use {
	var out []Use
	for _, e := range p.Legitimacy.Items {
		out = append(out, Use{Rule: e.Name, Evidence: true})
	}
	for _, r := range p.Rules {
		out = append(out, Use{Rule: r.Name})
	}
	return out
}

// count adds what fired in a verdict. A piece of evidence may bear the name of a rule: evidence comes first.
func (r *Report) count(v *triage.Verdict) {
	for _, reason := range v.Reasons {
		for i := range r.Fired {
			if r.Fired[i].Rule == reason.Rule && r.Fired[i].Evidence == isEvidence(reason) {
				r.Fired[i].Cases++
			}
		}
	}
}

// isEvidence tells what a piece of evidence did from what a rule did.
func isEvidence(r triage.Reason) bool { return strings.HasPrefix(r.Did, "evidence, ") }

// Unfired are the rules and pieces of evidence that no case fired, in the policy's order.
func (r Report) Unfired() []string {
	var out []string
	for _, u := range r.Fired {
		if u.Cases == 0 {
			out = append(out, u.Rule)
		}
	}
	return out
}

// Coverage says in one line how much of the policy the cases reach, and what they do not.
func (r Report) Coverage() string {
	unfired := r.Unfired()
	text := fmt.Sprintf("%d cases fire %d of %d rules", r.Cases, len(r.Fired)-len(unfired), len(r.Fired))
	if len(unfired) > 0 {
		text += "; none fires " + strings.Join(unfired, ", ")
	}
	return text
}

// String gives the failures and the coverage.
func (r Report) String() string {
	var b strings.Builder
	for _, f := range r.Failures {
		b.WriteString(f.String())
	}
	b.WriteString(r.Coverage() + "\n")
	return b.String()
}
