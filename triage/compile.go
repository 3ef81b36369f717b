package triage

import (
	"errors"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage/signal"
)

// A Judge says what mentions are, by one policy. It is immutable and safe for concurrent use.
type Judge struct {
	matcher    *mention.Matcher // nil: the policy asks about no subject
	lists      *signal.Lists
	text       *lexis.Automaton // every word and phrase of every rule; nil when there is none
	patterns   int
	woken      [][]int // by pattern: the clauses that may hold when it is in the text
	always     []uint64
	categories map[string]Category
	rules      []clause // the policy's rules in order
	evidence   []clause
	doubtful   int
}

// A clause is a rule or a piece of evidence with its condition compiled.
type clause struct {
	name    string
	when    node
	then    Then
	weight  int
	absence bool // evidence by what a text does not say
}

// Compile checks the policy as a whole and makes a Judge of it. The matcher is the one whose hits the Judge will be
// given; it may be nil when no condition asks about a subject. The error is of type spec.Problems and has everything
// that is wrong, each with its path: names missing or used twice, categories, subjects, signals and words of an
// enumeration that nobody knows, conditions that are empty, hold two things at once or can never hold, words that fold
// to nothing, evidence that looks at sentiment or stars, and anything that would lower the category life.
func (p Policy) Compile(m *mention.Matcher) (*Judge, error) {
	c := &compiler{
		judge:    &Judge{matcher: m, categories: map[string]Category{}, doubtful: p.Legitimacy.Doubtful},
		patterns: map[lexis.Pattern]int{},
		signals:  map[string]bool{signal.Sentiment: true, signal.Praise: true, signal.Question: true},
	}
	c.sources(p.Signals)
	c.categories(p.Categories)
	c.evidence(p.Legitimacy)
	c.rules(p.Rules)
	c.build()
	if err := c.problems.Err(); err != nil {
		return nil, err
	}
	return c.judge, nil
}

// A compiler gathers what is wrong and what the Judge is made of.
type compiler struct {
	problems  spec.Problems
	judge     *Judge
	signals   map[string]bool
	automaton []lexis.Pattern       // by number
	paths     []string              // where each stands first
	patterns  map[lexis.Pattern]int // their numbers

	depth      int  // of the condition in hand
	inEvidence bool // it belongs to a piece of evidence
}

func (c *compiler) sources(sources []Source) {
	for i, s := range sources {
		path := spec.Join(spec.Index("signals", i), "name")
		switch {
		case s.Name == "":
			c.problems.Add(path, "a signal needs a name")
		case c.signals[s.Name]:
			c.problems.Add(path, "signal %q is built in or declared twice", s.Name)
		}
		c.signals[s.Name] = true
	}
}

func (c *compiler) categories(list []Category) {
	c.judge.categories[Life] = Category{Name: Life, Severity: Crisis}
	seen := map[string]bool{}
	for i, k := range list {
		path := spec.Index("categories", i)
		c.name(spec.Join(path, "name"), "category", k.Name, seen)
		c.severity(spec.Join(path, "severity"), k.Severity)
		if k.Name == Life {
			if k.Severity != Crisis && k.Severity != Routine {
				c.problems.Add(spec.Join(path, "severity"), "%s is always a crisis, never %s", Life, k.Severity)
			}
			k.Severity = Crisis
		}
		c.judge.categories[k.Name] = k
	}
}

// name checks that a name is there, is plain, and is not used before.
func (c *compiler) name(path, what, name string, seen map[string]bool) {
	switch {
	case name == "":
		c.problems.Add(path, "a %s needs a name", what)
	case name != strings.TrimSpace(name):
		c.problems.Add(path, "%s %q has blanks at its ends", what, name)
	case seen[name]:
		c.problems.Add(path, "%s %q is there twice", what, name)
	}
	seen[name] = true
}

func (c *compiler) severity(path string, s Severity) {
	if s < Routine || s > Crisis {
		c.problems.Add(path, "%d is no severity", int(s))
	}
}

func (c *compiler) evidence(e Evidence) {
	seen := map[string]bool{}
	if e.Doubtful < 0 {
		c.problems.Add("legitimacy.doubtful", "%d is below 0: everybody would be doubtful", e.Doubtful)
	}
	for i, item := range e.Items {
		path := spec.Index("legitimacy.items", i)
		c.name(spec.Join(path, "name"), "piece of evidence", item.Name, seen)
		if item.Weight == 0 {
			c.problems.Add(spec.Join(path, "weight"), "evidence of weight 0 says nothing")
		}
		c.inEvidence = true
		when := c.condition(spec.Join(path, "when"), item.When)
		c.inEvidence = false
		c.judge.evidence = append(c.judge.evidence, clause{
			name: item.Name, when: when, weight: item.Weight, absence: when.readsAbsence(false),
		})
	}
}

func (c *compiler) rules(rules []Rule) {
	seen := map[string]bool{}
	for i, r := range rules {
		path := spec.Index("rules", i)
		c.name(spec.Join(path, "name"), "rule", r.Name, seen)
		when := c.condition(spec.Join(path, "when"), r.When)
		c.then(spec.Join(path, "then"), r.Then)
		for k, earlier := range rules[:i] {
			if earlier.Then.Stop && r.Then.Category != Life && same(earlier.When, r.When) {
				c.problems.Add(spec.Join(path, "when"), "is never read: rules[%d] stops on the same condition", k)
				break
			}
		}
		r.Then.Tags = sortedOnce(r.Then.Tags)
		c.judge.rules = append(c.judge.rules, clause{name: r.Name, when: when, then: r.Then})
	}
}

// then checks what a rule asks for.
func (c *compiler) then(path string, t Then) {
	if t.Category != "" {
		c.category(spec.Join(path, "category"), t.Category)
	}
	c.severity(spec.Join(path, "severity"), t.Severity)
	oneOf(c, spec.Join(path, "aim"), "aim", t.Aim, "", Complaint, Praise, Question, Lead, Nothing)
	oneOf(c, spec.Join(path, "handling"), "handling", t.Handling, "", Ignore, Record, Open)
	for i, tag := range t.Tags {
		if tag == "" {
			c.problems.Add(spec.Index(spec.Join(path, "tags"), i), "a tag needs a name")
		}
	}
	if t.Category == "" && t.Severity == Routine && t.Aim == "" && len(t.Tags) == 0 && t.Handling == "" && !t.Stop {
		c.problems.Add(path, "asks for nothing")
	}
	if t.Category == Life {
		if t.Severity != Routine && t.Severity != Crisis {
			c.problems.Add(spec.Join(path, "severity"), "%s is always a crisis, never %s", Life, t.Severity)
		}
		if t.Handling != "" && t.Handling != Open {
			c.problems.Add(spec.Join(path, "handling"), "%s always opens a case", Life)
		}
	}
}

func (c *compiler) category(path, name string) {
	if _, ok := c.judge.categories[name]; ok {
		return
	}
	for _, known := range sortedKeys(c.judge.categories) {
		if strings.EqualFold(known, name) {
			c.problems.Add(path, "category %q is not among the categories; %q is", name, known)
			return
		}
	}
	c.problems.Add(path, "category %q is not among the categories", name)
}

// build makes the automaton, and notes which clauses each word wakes. A clause that can hold without any word in the
// text is always looked at.
func (c *compiler) build() {
	j := c.judge
	lists, err := signal.New()
	c.problems.Merge("", err)
	j.lists = lists
	j.patterns = len(c.automaton)
	if len(c.automaton) > 0 {
		j.text, err = lexis.Compile(c.automaton, folding)
		c.patternProblems(err)
	}
	j.woken = make([][]int, len(c.automaton))
	j.always = make([]uint64, bitWords(len(j.evidence)+len(j.rules)))
	for i := range len(j.evidence) + len(j.rules) {
		needs, ok := j.clause(i).when.needs()
		if !ok {
			setBit(j.always, i)
		}
		for _, p := range needs {
			j.woken[p] = append(j.woken[p], i)
		}
	}
}

// patternProblems notes what is wrong with patterns where they stand in the policy.
func (c *compiler) patternProblems(err error) {
	var found spec.Problems
	if !errors.As(err, &found) {
		c.problems.Merge("", err)
		return
	}
	for _, p := range found {
		for i, path := range c.paths {
			if p.Path == spec.Index("", i) {
				p.Path = path
				break
			}
		}
		c.problems.Add(p.Path, "%s", p.Message)
	}
}

// clause numbers the evidence first and the rules after it: the order in which they are read.
func (j *Judge) clause(i int) *clause {
	if i < len(j.evidence) {
		return &j.evidence[i]
	}
	return &j.rules[i-len(j.evidence)]
}
