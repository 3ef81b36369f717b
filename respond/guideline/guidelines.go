package guideline

import (
	"embed"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/reputekit/reputation/mention/spec"
)

// builtin holds the rules that every playbook has, a row each, a file for each language and one for all of them:
// columns as the first line of each says.
//
//go:embed rules/*.tsv
var builtin embed.FS

// Guidelines are what replies are held to: the built-in rules but for those that are switched off, and the house's own.
// The built-in rules are R01 to R38, in English, Spanish and German.
type Guidelines struct {
	Off   []string `json:"off,omitempty"`   // ids of built-in rules; R20 and R31 cannot be switched off
	Rules []Rule   `json:"rules,omitempty"` // beside the built-in ones
}

// A Rule is one rule as data. Its two examples are tried at Compile where its kind is about the text alone: the bad one
// must be found, the good one must not.
type Rule struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Level Level  `json:"level,omitempty"` // error, or warning (also when empty)
	// ErrorWhen is the condition under which a warning is an error, in the words of When; empty is never.
	ErrorWhen string `json:"error_when,omitempty"`
	// When is the condition under which the rule is read; empty is always. It is made of: all, public, crisis, complaint,
	// safety, press, doubtful, regulated, courtesy (neither of the last three in public, nor safety), fault_confirmed,
	// anger_rose, first_reply, last_part, statement, wants_contact, moves_private, asks, connected, private_found,
	// third_turn, stage:a,b. ! turns a name round, & and | join them: "statement | stage:working & !press".
	When string `json:"when,omitempty"`
	// Kind is what the pattern means.
	//
	//	absent       it must not match (also when empty); a group named "it" is what is marked
	//	require      it must match somewhere
	//	max:N        it may match N times
	//	near         of two patterns with ~N~ between, both must not match within N bytes of each other
	//	conditional  of two patterns with => between, what the first matches must have the second within 40 bytes
	//	pii          private data by its shape, and what the scene says is private
	//	overlap      the text must share a word with what the customer said, and no insult, injury or crime
	//	similar      the text must not be an earlier answer over again
	//	number       money that is promised must be within the scene's limit
	//	facts        what is claimed must be a fact of the scene
	//
	// The last five take no pattern.
	Kind    string `json:"kind,omitempty"`
	Pattern string `json:"pattern,omitempty"` // RE2, as package regexp reads it
	Unless  string `json:"unless,omitempty"`  // absent only: what may not stand in the 40 bytes before a match
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
	isError func(*Scene) bool
	applies func(*Scene) bool
	wants   bool // something to be there, rather than not
	find    finder
}

// languages are the files of the built-in rules, and the languages they are for.
var languages = [...]struct{ file, lang string }{{"any", ""}, {"en", "en"}, {"es", "es"}, {"de", "de"}}

// builtinRules reads the embedded rows.
func builtinRules() []Rule {
	var out []Rule
	for _, l := range languages {
		data, _ := builtin.ReadFile("rules/" + l.file + ".tsv") // a test reads each of them
		for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
			f := append(strings.Split(line, "\t"), make([]string, 12)...)
			out = append(out, Rule{ID: f[0], Name: f[1], Level: Level(f[2]), ErrorWhen: f[3], When: f[4], Kind: f[5],
				Pattern: f[6], Unless: f[7], Bad: f[8], Good: f[9], Lang: l.lang, Why: f[10], Suggest: f[11]})
		}
	}
	slices.SortStableFunc(out, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// Compile adds the house's rules to the built-in ones. The error is a spec.Problems that names everything at once with
// its path: off[0], rules[3].pattern. With an error too there is a Linter, of the rules that are sound, so that what is
// wrong with a text can be told in the same list.
func (g Guidelines) Compile() (*Linter, error) {
	var problems spec.Problems
	out, voices := &Linter{rows: map[string][]*rule{}}, readVoices()
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
		case slices.Index(g.Off, id) < i:
			problems.Add(path, "rule %s stands here a second time", id)
		}
	}
	for _, r := range given {
		if !slices.Contains(g.Off, r.ID) {
			out.add("builtin", r, voices[r.Lang], &problems)
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
		out.add(path, r, voices[r.Lang], &problems)
	}
	return out, problems.Err()
}

// add compiles one row, whose language has the voice v, or none.
func (l *Linter) add(path string, given Rule, v *voice, problems *spec.Problems) {
	before := len(*problems)
	r := &rule{Rule: given, isError: func(*Scene) bool { return given.Level == Error }}
	var err error
	switch given.Level {
	case Error, Warning, "":
	default:
		problems.Add(spec.Join(path, "level"), "%q is none of error, warning", given.Level)
	}
	if given.ErrorWhen != "" && given.Level != Error {
		if r.isError, err = condition(given.ErrorWhen); err != nil {
			problems.Add(spec.Join(path, "error_when"), "%v", err)
		}
	}
	if r.applies, err = condition(given.When); err != nil {
		problems.Add(spec.Join(path, "when"), "%v", err)
	}
	if given.Lang != "" {
		if base, err := language.ParseBase(given.Lang); err != nil || base.String() != given.Lang {
			problems.Add(spec.Join(path, "lang"), "%q is not a base language such as en", given.Lang)
		}
	}
	r.compile(path, v, problems)
	if len(*problems) > before {
		return
	}
	if path != "builtin" { // whose examples are tried by the tests
		r.tryExamples(path, problems)
	}
	if l.rows[r.ID] == nil {
		l.ids = append(l.ids, r.ID)
	}
	l.rows[r.ID] = append(l.rows[r.ID], r)
}

// tryExamples holds a rule to its own examples.
func (r *rule) tryExamples(path string, problems *spec.Problems) {
	if r.Pattern == "" {
		return
	}
	finds := func(text string) bool { return len(r.find(newReading(text), &Scene{})) > 0 }
	if r.Bad != "" && !finds(r.Bad) {
		problems.Add(spec.Join(path, "bad"), "the pattern does not find the bad example %q", r.Bad)
	}
	if r.Good != "" && finds(r.Good) {
		problems.Add(spec.Join(path, "good"), "the pattern finds the good example %q", r.Good)
	}
}
