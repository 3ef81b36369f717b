package triage

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage/ask"
	"github.com/reputekit/reputation/triage/signal"
)

// A Judge says what mentions are, by one policy. It is immutable and safe for concurrent use.
type Judge struct {
	matcher    *mention.Matcher // nil: the policy asks about no subject
	core       map[string]bool  // the subjects that are not watched widely
	lists      *signal.Lists
	slots      []source // every signal that is known, by name
	scorers    []Scorer
	versions   map[string]string // of the scorers, by name
	text       *lexis.Automaton  // every word and phrase of every rule; nil when there is none
	patterns   int
	entries    []string  // by pattern, as it is written
	woken      [][]int32 // by pattern: the clauses that may hold when it is in the text
	always     []uint64
	categories map[string]Category
	evidence   []clause
	rules      []clause // the policy's rules in order
	doubtful   int
	lazy       bool
}

// A clause is a rule or a piece of evidence with its condition compiled.
type clause struct {
	name  string
	when  node
	woken *node // the clause is looked at when this holds, which is the whole of when or one of all in it; nil for none
	then  Then
	did   [3]string // what it did: gave its category, found it given; empty where another category has to be named

	weight int
	reads  bool // evidence that looks at the text
	lacks  bool // ... at what it does not say
	weak   bool // ... at what never decides alone
}

// Compile checks the policy as a whole and makes a Judge of it. The matcher is the one whose hits the Judge will be
// given; it may be nil when no condition asks about a subject. Of options at most the first is looked at; none is the
// zero Options.
//
// The error is of type spec.Problems and has everything that is wrong, each with its path: names missing or used twice;
// categories, subjects, signals, scorers, channels, zones and words of an enumeration that nobody knows; conditions
// that are empty or hold two things at once; words that fold to nothing, expressions that are no RE2, gaps and ranges
// that cannot be; evidence that looks at sentiment or stars; anything that would lower the category life; categories
// that no rule gives; and rules that can never fire, because their conditions exclude each other or because an earlier
// rule stops on all that they hold for.
func (p Policy) Compile(m *mention.Matcher, options ...Options) (*Judge, error) {
	var o Options
	if len(options) > 0 {
		o = options[0]
	}
	c := &compiler{
		judge: &Judge{matcher: m, categories: map[string]Category{}, versions: map[string]string{},
			doubtful: p.Legitimacy.Doubtful, lazy: o.Lazy},
		patterns: map[lexis.Pattern]int{}, folding: lexis.Folding{StripAccents: p.IgnoreAccents},
		channels: o.Channels, zone: o.Zone, effort: mostEffort,
	}
	if c.zone == nil {
		c.zone = ask.Zone
	}
	c.sources(p.Signals, o.Scorers)
	c.categories(p.Categories)
	c.evidence(p.Legitimacy)
	c.rules(p.Rules)
	c.unused(p.Categories)
	c.build(o.Lists)
	if err := c.problems.Err(); err != nil {
		return nil, err
	}
	return c.judge, nil
}

// A compiler gathers what is wrong and what the Judge is made of.
type compiler struct {
	problems  spec.Problems
	judge     *Judge
	automaton []lexis.Pattern       // by number
	paths     []string              // where each stands first
	patterns  map[lexis.Pattern]int // their numbers
	folding   lexis.Folding         // how words are compared with texts
	channels  []string
	scorers   []string // names of the judge's
	zone      func(string) (*time.Location, error)

	depth      int  // of the condition in hand
	count      int  // of conditions
	lost       bool // what is left of the rule is not looked at: it has no end
	root       int  // length of the path of its rule, with the point behind it
	inEvidence bool // it belongs to a piece of evidence
	effort     int  // what is left for comparing conditions
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

// unused finds the categories that no rule gives. Life needs no rule.
func (c *compiler) unused(list []Category) {
	given := map[string]bool{Life: true, "": true}
	for i := range c.judge.rules {
		given[c.judge.rules[i].then.Category] = true
	}
	for i, k := range list {
		if !given[k.Name] {
			c.problems.Add(spec.Index("categories", i), "category %q is given by no rule", k.Name)
			given[k.Name] = true
		}
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

func (c *compiler) rules(rules []Rule) {
	seen := map[string]bool{}
	for i, r := range rules {
		path := spec.Index("rules", i)
		c.name(spec.Join(path, "name"), "rule", r.Name, seen)
		when := c.when(path, r.When)
		c.then(spec.Join(path, "then"), r.Then)
		r.Then.Tags = slices.Clone(r.Then.Tags)
		k := clause{name: r.Name, when: when, then: r.Then}
		for _, did := range []int{gave, found} {
			k.did[did] = k.then.saying(did, "", c.judge.categories)
		}
		c.shadowed(path, &k)
		c.judge.rules = append(c.judge.rules, k)
	}
}

// when compiles the condition of a rule or a piece of evidence.
func (c *compiler) when(path string, w Condition) node {
	c.root, c.lost = len(path)+1, false
	return c.condition(spec.Join(path, "when"), w)
}

// then checks what a rule asks for.
func (c *compiler) then(path string, t Then) {
	if t.Category != "" {
		c.category(spec.Join(path, "category"), t.Category)
	}
	c.severity(spec.Join(path, "severity"), t.Severity)
	oneOf(c, spec.Join(path, "aim"), "aim", t.Aim, append(aims(), "")...)
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
func (c *compiler) build(lists *signal.Lists) {
	j := c.judge
	if j.matcher != nil {
		j.core = map[string]bool{}
		for _, s := range j.matcher.Subjects() {
			j.core[s.Name] = s.Focus != mention.Wide
		}
	}
	var err error
	j.patterns = len(c.automaton)
	for _, p := range c.automaton {
		entry := p.Text
		if p.Stem {
			entry += "*"
		}
		j.entries = append(j.entries, entry)
	}
	if len(c.automaton) > 0 {
		j.text, err = lexis.Compile(c.automaton, c.folding)
		c.patternProblems(err)
	}
	if j.lists = lists; lists == nil && len(c.problems) == 0 { // they take time, and a policy with problems needs none
		j.lists, err = signal.New()
		c.problems.Merge("", err)
	}
	j.woken = make([][]int32, len(c.automaton))
	j.always = make([]uint64, bitWords(len(j.evidence)+len(j.rules)))
	for i := range len(j.evidence) + len(j.rules) {
		k := j.clause(i)
		needs, ok := k.when.needs()
		if !ok {
			setBit(j.always, i)
		}
		k.woken = k.when.wakes(needs)
		for _, p := range needs {
			j.woken[p] = append(j.woken[p], int32(i))
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
