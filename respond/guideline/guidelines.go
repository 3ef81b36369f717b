package guideline

import (
	_ "embed" // the rules
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/reputekit/reputation/mention/spec"
)

// builtin are the rules that every playbook has, a row each: columns as the first line says.
//
//go:embed rules.tsv
var builtin string

// Guidelines are what replies are held to: the built-in rules but for those that are switched off, and the house's own.
// The built-in rules are R05 fault-admission, R14 vague-time, R15 time-without-zone, R18 ask-private-in-public, R20
// private-data-public and R31 unfilled-slot.
type Guidelines struct {
	Off   []string `json:"off,omitempty"`   // ids of built-in rules; R20 and R31 cannot be switched off
	Rules []Rule   `json:"rules,omitempty"` // beside the built-in ones
}

// A Rule is one rule as data. Its two examples are tried at Compile: the bad one must be found, the good one
// must not.
type Rule struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Level Level  `json:"level,omitempty"` // error, warning (also when empty), or "error in crisis, else warning"
	When  string `json:"when,omitempty"`  // all (also when empty), public, private, crisis, fault!=confirmed, scope=public,crisis
	// Kind is what the pattern means: absent (also when empty), what it matches (or its group named "it") must not be
	// there; conditional, what matches the part before => must be followed within 40 bytes of the same line by what
	// matches the part behind; pii, private data, which takes no pattern.
	Kind    string `json:"kind,omitempty"`
	Pattern string `json:"pattern,omitempty"` // RE2, as package regexp reads it
	Bad     string `json:"bad,omitempty"`
	Good    string `json:"good,omitempty"`
	Lang    string `json:"lang,omitempty"` // base language of the pattern; empty is every language
	Why     string `json:"why"`
	Suggest string `json:"suggest,omitempty"`
}

// neverOff are the rules that stand for laws: no private data in public, no unfilled slot.
var neverOff = []string{"R20", "R31"}

// A rule is a compiled Rule.
type rule struct {
	Rule
	crisisOnly bool // an error in a crisis, else a warning
	applies    func(*Scene) bool
	find       finder
}

// whens are the conditions that a rule can have.
var whens = map[string]func(*Scene) bool{
	"all":                 func(*Scene) bool { return true },
	"public":              (*Scene).isPublic,
	"private":             func(sc *Scene) bool { return !sc.isPublic() },
	"crisis":              func(sc *Scene) bool { return sc.Crisis },
	"scope=public,crisis": func(sc *Scene) bool { return sc.isPublic() || sc.Crisis },
	"fault!=confirmed":    func(sc *Scene) bool { return !sc.FaultConfirmed },
}

// levels are the ways to write a level: error, and error only in a crisis.
var levels = map[Level]struct{ isError, crisisOnly bool }{
	"E": {isError: true}, Error: {isError: true}, "W": {}, Warning: {},
	"E in crisis, else W": {true, true}, "error in crisis, else warning": {true, true},
}

// builtinRules reads the embedded rows.
func builtinRules() []Rule {
	var out []Rule
	lines := strings.Split(strings.TrimSpace(builtin), "\n")
	for _, line := range lines[1:] {
		f := append(strings.Split(line, "\t"), make([]string, 11)...)
		out = append(out, Rule{ID: f[0], Name: f[1], Level: Level(f[2]), When: f[3], Kind: f[4], Pattern: f[5],
			Bad: f[6], Good: f[7], Lang: f[8], Why: f[9], Suggest: f[10]})
	}
	return out
}

// Compile adds the house's rules to the built-in ones. The error is a spec.Problems that names everything at once with
// its path: off[0], rules[3].pattern. With an error too there is a Linter, of the rules that are sound, so that what is
// wrong with a text can be told in the same list.
func (g Guidelines) Compile() (*Linter, error) {
	var problems spec.Problems
	out := &Linter{rows: map[string][]*rule{}}
	given := builtinRules()
	var ids []string
	for _, r := range given {
		ids = append(ids, r.ID)
	}
	for i, id := range g.Off {
		path := spec.Index("off", i)
		switch {
		case !slices.Contains(ids, id):
			problems.Add(path, "there is no rule %q", id)
		case slices.Contains(neverOff, id):
			problems.Add(path, "rule %s cannot be switched off: it keeps private data and open slots from customers", id)
		}
	}
	for _, r := range given {
		if !slices.Contains(g.Off, r.ID) {
			out.add("builtin", r, &problems)
		}
	}
	for i, r := range g.Rules {
		path := spec.Index("rules", i)
		switch {
		case r.ID == "" || r.Name == "" || r.Why == "":
			problems.Add(path, "a rule needs an id, a name and a why")
		case slices.Contains(ids, r.ID):
			problems.Add(spec.Join(path, "id"), "rule %s is built in: choose another id, or switch that one off", r.ID)
		}
		out.add(path, r, &problems)
	}
	return out, problems.Err()
}

// add compiles one row.
func (l *Linter) add(path string, given Rule, problems *spec.Problems) {
	before := len(*problems)
	r := &rule{Rule: given}
	level, ok := levels[orElse(given.Level, Warning)]
	if !ok {
		problems.Add(spec.Join(path, "level"), "%q is none of error, warning, error in crisis, else warning", given.Level)
	}
	r.Level, r.crisisOnly = Warning, level.crisisOnly
	if level.isError {
		r.Level = Error
	}
	if r.applies = whens[orElse(given.When, "all")]; r.applies == nil {
		problems.Add(spec.Join(path, "when"), "%q is not a condition that the guidelines know", given.When)
	}
	if given.Lang != "" {
		if base, err := language.ParseBase(given.Lang); err != nil || base.String() != given.Lang {
			problems.Add(spec.Join(path, "lang"), "%q is not a base language such as en", given.Lang)
		}
	}
	var err error
	switch orElse(given.Kind, "absent") {
	case "absent":
		r.find, err = absent(given.Pattern)
	case "conditional":
		r.find, err = conditional(given.Pattern)
	case "pii":
		r.find = privateData
	default:
		problems.Add(spec.Join(path, "kind"), "%q is none of absent, conditional, pii", given.Kind)
	}
	if err != nil {
		problems.Add(spec.Join(path, "pattern"), "%v", err)
	}
	if len(*problems) > before {
		return
	}
	r.tryExamples(path, problems)
	if l.rows[r.ID] == nil {
		l.ids = append(l.ids, r.ID)
	}
	l.rows[r.ID] = append(l.rows[r.ID], r)
}

// tryExamples holds a rule to its own examples.
func (r *rule) tryExamples(path string, problems *spec.Problems) {
	if r.Bad != "" && r.Kind != "pii" && len(r.find(r.Bad, fold(r.Bad), &Scene{})) == 0 {
		problems.Add(spec.Join(path, "bad"), "the pattern does not find the bad example %q", r.Bad)
	}
	if r.Good != "" && r.Kind != "pii" && len(r.find(r.Good, fold(r.Good), &Scene{})) > 0 {
		problems.Add(spec.Join(path, "good"), "the pattern finds the good example %q", r.Good)
	}
}

func orElse[S ~string](s, otherwise S) S {
	if s == "" {
		return otherwise
	}
	return s
}
