package policytest

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/reputekit/reputation/triage"
)

// A bench is a suite made ready: two judges of the same policy, and what asks about single conditions.
type bench struct {
	suite  Suite
	judge  *triage.Judge // tells why
	first  func(triage.Input) triage.Verdict
	second func(triage.Input) triage.Verdict
	probe  *probe // nil until a case fails

	probeErr error
}

func newBench(s Suite) (*bench, error) {
	one, err := s.Policy.Compile(s.Matcher, s.Options)
	if err != nil {
		return nil, err
	}
	two, err := s.Policy.Compile(s.Matcher, s.Options)
	if err != nil {
		return nil, err
	}
	b := &bench{suite: s, judge: one, first: one.Judge, second: two.Judge}
	if s.Judge != nil {
		b.first, b.second = s.Judge, s.Judge
	}
	return b, nil
}

// A trial is one case judged for the first time.
type trial struct {
	in      triage.Input
	verdict triage.Verdict
	bytes   []byte // of the verdict
	asked   []byte // of the input, before
	shaky   string // what a later judging gave otherwise; empty when all was the same
}

func (b *bench) run() Report {
	s := b.suite
	policy := bytesOf(s.Policy)
	trials := make([]trial, len(s.Cases))
	for i := range s.Cases {
		t := &trials[i]
		t.in = s.Cases[i].input(s.Matcher)
		t.asked = bytesOf(t.in)
		t.verdict = b.first(t.in)
		t.bytes = bytesOf(t.verdict)
		t.again("judged by a second judge of the same policy", b.second)
	}
	for i := len(trials) - 1; i >= 0; i-- {
		trials[i].again("judged again when all other cases had been judged", b.first)
	}
	report := Report{Cases: len(s.Cases), Fired: uses(s.Policy)}
	for i := range trials {
		report.count(&trials[i].verdict)
		if f, failed := b.failure(&s.Cases[i], &trials[i]); failed {
			report.Failures = append(report.Failures, f)
		}
	}
	if !bytes.Equal(policy, bytesOf(s.Policy)) {
		report.Failures = append(report.Failures, Failure{Reason: "the policy", Lesson: "  was altered by judging\n"})
	}
	if s.EveryRule {
		for _, u := range report.Fired {
			if u.Cases == 0 {
				report.Failures = append(report.Failures, unfired(u))
			}
		}
	}
	return report
}

// again judges a second time and notes what differs.
func (t *trial) again(when string, judge func(triage.Input) triage.Verdict) {
	data := bytesOf(judge(t.in))
	switch {
	case t.shaky != "":
	case !bytes.Equal(t.asked, bytesOf(t.in)):
		t.shaky = "the input was altered: " + firstDifference(t.asked, bytesOf(t.in))
	case !bytes.Equal(t.bytes, data):
		t.shaky = when + ", the verdict was another: " + firstDifference(t.bytes, data)
	}
}

// firstDifference shows where two texts part.
func firstDifference(a, b []byte) string {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	from := max(0, at-20)
	cut := func(x []byte) string {
		return strings.ToValidUTF8(string(x[from:min(len(x), at+40)]), "?")
	}
	return fmt.Sprintf("first `%s`, then `%s`", cut(a), cut(b))
}
