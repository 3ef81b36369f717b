package triage

import (
	"regexp"
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage/ask"
)

// folding is how the words of conditions are compared with texts: as subjects are.
var folding = lexis.Folding{}

func (c *compiler) words(path string, w ask.Words) node {
	if len(w.Any) == 0 && len(w.All) == 0 {
		c.problems.Add(path, "has no words")
	}
	n := node{
		op: opWords, yes: w.Negated,
		any: c.entries(spec.Join(path, "any"), w.Any),
		all: c.entries(spec.Join(path, "all"), w.All),
	}
	if w.Negated {
		n.op = opSeen
	}
	return n
}

// entries gives each entry its pattern; the same entry in two places is one pattern. Whether an entry can be looked for
// is said when the automaton is made.
func (c *compiler) entries(path string, entries []string) []int {
	ids := make([]int, len(entries))
	for i, entry := range entries {
		text, stem := strings.CutSuffix(strings.TrimSpace(entry), "*")
		key := lexis.Pattern{Text: folding.Fold(strings.TrimSpace(text)), Stem: stem}
		if key.Text == "" {
			key.Text = text // what is wrong with it is said in its own words
		}
		id, ok := c.patterns[key]
		if !ok {
			id = len(c.automaton)
			c.patterns[key] = id
			c.automaton = append(c.automaton, lexis.Pattern{ID: id, Text: text, Stem: stem})
			c.paths = append(c.paths, spec.Index(path, i))
		}
		ids[i] = id
	}
	return ids
}

// together compiles a Phrase or a Near.
func (c *compiler) together(path string, o op, t ask.Together, least, farthest int) node {
	ids := c.entries(spec.Join(path, "words"), t.Words)
	if len(ids) < 2 || len(ids) > most {
		c.problems.Add(spec.Join(path, "words"), "are %d: it takes 2 to %d to stand together", len(ids), most)
		ids = ids[:min(len(ids), most)]
	}
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			c.problems.Add(spec.Index(spec.Join(path, "words"), i), "%q is there twice", t.Words[i])
		}
	}
	if t.Within < least || t.Within > farthest {
		c.problems.Add(spec.Join(path, "within"), "%d words are not %d to %d", t.Within, least, farthest)
	}
	return node{op: o, yes: t.Negated, all: ids, n: t.Within}
}

// longestPattern is how long an expression may be, in bytes.
const longestPattern = 1000

func (c *compiler) pattern(path, text string) node {
	n := node{op: opPattern, name: "pattern", list: []string{text}}
	if len(text) > longestPattern {
		c.problems.Add(path, "is %d bytes long, at most %d", len(text), longestPattern)
		return node{}
	}
	expression, err := regexp.Compile(text)
	if err != nil {
		c.problems.Add(path, "%v", err)
		return node{}
	}
	if expression.MatchString("") {
		c.problems.Add(path, "fits a text of nothing, and so every text")
	}
	n.extra = &extra{expression: expression}
	return n
}
