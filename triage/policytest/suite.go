package policytest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
)

// A Suite is a policy and the cases it is tested with.
type Suite struct {
	Policy    triage.Policy
	Matcher   *mention.Matcher // of the watchlist that goes with the policy; nil is none
	Options   triage.Options   // as the policy is compiled with
	Cases     []Case
	EveryRule bool // a rule or piece of evidence that no case fires is a failure

	// Judge stands in for the judge that the policy compiles to, for hosts that wrap it; nil is the policy's own.
	Judge func(triage.Input) triage.Verdict
}

// Check judges every case and compares. Each is judged by two judges compiled from the same policy, by the first of
// them once more when all others have been judged, and must give the same bytes each time, with its input and the
// policy unchanged.
//
// The error is of type spec.Problems and is about the suite itself: a policy that does not compile, no cases, cases
// without a reason or with one that is used already, wants that are empty or name categories, rules and values that the
// policy does not have. What a policy gets wrong is in the Report.
func (s Suite) Check() (Report, error) {
	s, err := s.ready()
	if err != nil {
		return Report{}, err
	}
	if err := s.problems(); err != nil {
		return Report{}, err
	}
	b, err := newBench(s)
	if err != nil {
		return Report{}, err
	}
	return b.run(), nil
}

// ready gives the suite with the word lists of the signals, which are read once for all the judges it takes.
func (s Suite) ready() (Suite, error) {
	if s.Options.Lists != nil {
		return s, nil
	}
	var err error
	s.Options.Lists, err = signal.New()
	return s, err
}

// Run is Check within a test: every failure is an error of its own, and what no case fires is logged, or an error with
// EveryRule.
func (s Suite) Run(t testing.TB) {
	t.Helper()
	report, err := s.Check()
	if err != nil {
		t.Fatalf("the suite itself is wrong:\n%v", err)
	}
	report.tell(t, s.EveryRule)
}

func (r Report) tell(t testing.TB, everyRule bool) {
	t.Helper()
	for _, f := range r.Failures {
		t.Errorf("%s", f)
	}
	if silent := r.Unfired(); len(silent) > 0 && !everyRule {
		t.Log(r.Coverage())
	}
}

// RunFile is Run with the cases of a file added to those of the suite. With update, what the failing cases of the file
// want is replaced by what was decided, the file is written again with all else in it as it was, and no such case
// fails: read the difference before you keep it. A case without a want is filled in.
func (s Suite) RunFile(t testing.TB, path string, update bool) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	cases, err := Read(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s:\n%v", path, err)
	}
	if s, err = s.ready(); err != nil {
		t.Fatal(err)
	}
	if update {
		changed, err := s.update(data, cases)
		if err != nil {
			t.Fatalf("%s:\n%v", path, err)
		}
		if !bytes.Equal(data, changed) {
			if err := os.WriteFile(path, changed, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if cases, err = Read(bytes.NewReader(changed)); err != nil {
			t.Fatalf("%s:\n%v", path, err)
		}
	}
	s.Cases = slices.Concat(s.Cases, cases)
	s.Run(t)
}

// problems finds what is wrong with the suite before anything is judged.
func (s Suite) problems() error {
	var p spec.Problems
	_, err := s.Policy.Compile(s.Matcher, s.Options)
	p.Merge("policy", err)
	if len(s.Cases) == 0 {
		p.Add("cases", "are none: nothing would be tested")
	}
	known := namesOf(s.Policy)
	first := map[string]string{}
	for i := range s.Cases {
		c := &s.Cases[i]
		before := len(p)
		path := spec.Index("cases", i)
		switch earlier, twice := first[c.Reason]; {
		case c.Reason == "":
			p.Add(spec.Join(path, "reason"), "a case says what it shows")
		case twice:
			p.Add(spec.Join(path, "reason"), "%q is the reason of %s already", c.Reason, earlier)
		default:
			first[c.Reason] = path
		}
		if c.Text != "" && c.Mention.Text != "" {
			p.Add(spec.Join(path, "text"), "stands beside mention.text: one of them is needed")
		}
		known.check(&p, spec.Join(path, "want"), &c.Want)
		if c.line > 0 {
			for k := before; k < len(p); k++ {
				p[k].Message += fmt.Sprintf(" (line %d)", c.line)
			}
		}
	}
	return p.Err()
}

// names are what a want may name.
type names struct {
	categories, rules, tags []string
}

func namesOf(p triage.Policy) names {
	n := names{categories: []string{None, triage.Life}}
	for _, c := range p.Categories {
		n.categories = append(n.categories, c.Name)
	}
	for _, e := range p.Legitimacy.Items {
		n.rules = append(n.rules, e.Name)
	}
	for _, r := range p.Rules {
		n.rules = append(n.rules, r.Name)
		n.tags = append(n.tags, r.Then.Tags...)
	}
	return n
}

func (n names) check(p *spec.Problems, path string, w *Want) {
	if w.isEmpty() {
		p.Add(path, "wants nothing: name a category, severity, aim, tags, legitimacy, handling, fired or silent rules")
	}
	one := func(field, what, value string, known ...string) {
		if value != "" && !slices.Contains(known, value) {
			p.Add(spec.Join(path, field), "%s", spelled(what, value, known))
		}
	}
	one("category", "category", w.Category, n.categories...)
	among := func(field, value string, known ...string) {
		if value != "" && !slices.Contains(known, value) {
			p.Add(spec.Join(path, field), "%q is none of %s", value, strings.Join(known, ", "))
		}
	}
	among("aim", string(w.Aim), None, string(triage.Complaint), string(triage.Praise), string(triage.Question),
		string(triage.Lead), string(triage.Nothing))
	among("legitimacy", string(w.Legitimacy), string(triage.Genuine), string(triage.Unverified), string(triage.Doubtful))
	among("handling", string(w.Handling), string(triage.Ignore), string(triage.Record), string(triage.Open))
	for i, tag := range w.Tags {
		one(spec.Index("tags", i), "tag", tag, n.tags...)
	}
	for i, rule := range w.Fired {
		one(spec.Index("fired", i), "rule", rule, n.rules...)
	}
	for i, rule := range w.Silent {
		one(spec.Index("silent", i), "rule", rule, n.rules...)
		if slices.Contains(w.Fired, rule) {
			p.Add(spec.Join(path, spec.Index("silent", i)), "rule %q is to fire as well", rule)
		}
	}
}

// bytesOf is a value as it would be stored.
func bytesOf(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		return []byte(err.Error())
	}
	return data
}
