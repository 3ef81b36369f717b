package triage

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage/ask"
)

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
		key := lexis.Pattern{Text: c.folding.Fold(strings.TrimSpace(text)), Stem: stem}
		if key.Text == "" {
			key.Text = text // what is wrong with it is said in its own words
		}
		id, ok := c.patterns[key]
		if !ok {
			id = len(c.automaton)
			c.patterns[key] = id
			c.automaton = append(c.automaton, lexis.Pattern{ID: id, Text: text, Stem: stem, Alike: lexis.AlikeLetters})
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

// isAnchored reports whether an expression asks for a border of the text, a line or a word. One that does not and fits a
// text of nothing finds nothing in every text.
func isAnchored(expression string) bool {
	tree, err := syntax.Parse(expression, syntax.Perl)
	return err == nil && asksBorder(tree)
}

func asksBorder(r *syntax.Regexp) bool {
	switch r.Op {
	case syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText, syntax.OpWordBoundary,
		syntax.OpNoWordBoundary:
		return true
	}
	return slices.ContainsFunc(r.Sub, asksBorder)
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
	if expression.MatchString("") && !isAnchored(text) {
		c.problems.Add(path, "fits a text of nothing, and so every text")
	}
	n.extra = &extra{expression: expression}
	return n
}
