package guideline

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Most texts match no rule at all, and a regular expression is a slow way to learn that. So each pattern says which
// letters must stand in a text before it can match, and those are looked for first. Text and letters are folded the
// same way, so that the answer is never a wrong no.

// foldRune is the smallest of the runes that RE2 holds equal when case does not count: K, k and the Kelvin sign are K.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return least
}

// fold folds a text. Invalid bytes become U+FFFD, as RE2 reads them.
func fold(s string) string { return strings.Map(foldRune, s) }

// A reading is one text, read once for all rules.
type reading struct {
	text   string
	folded string
	pairs  [pairSets]uint64 // which pairs of neighbouring bytes the folded text has; several pairs share a bit
	parts  []sentence       // nil until somebody asks
}

const pairSets = 64

func newReading(text string) *reading {
	x := &reading{text: text, folded: fold(text)}
	for i := 1; i < len(x.folded); i++ {
		p := pairOf(x.folded[i-1], x.folded[i])
		x.pairs[p/64] |= 1 << (p % 64)
	}
	return x
}

func pairOf(a, b byte) uint16 { return (uint16(a)*37 + uint16(b)) % (64 * pairSets) }

// A literal is a string that is looked for in the folded text.
type literal struct {
	is    string
	pairs []uint16
}

func newLiteral(s string) literal {
	l := literal{is: s}
	for i := 1; i < len(s); i++ {
		l.pairs = append(l.pairs, pairOf(s[i-1], s[i]))
	}
	return l
}

// in looks at the pairs first, and most literals are told from most texts by them.
func (l literal) in(x *reading) bool {
	for _, p := range l.pairs {
		if x.pairs[p/64]&(1<<(p%64)) == 0 {
			return false
		}
	}
	return strings.Contains(x.folded, l.is)
}

// needed is what must stand in a folded text before a pattern can match: of each list one string. None is no condition.
type needed [][]literal

func (n needed) in(x *reading) bool {
	for _, any := range n {
		if !slices.ContainsFunc(any, func(l literal) bool { return l.in(x) }) {
			return false
		}
	}
	return true
}

// needs reads a pattern that regexp has taken.
func needs(pattern string) needed {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	var out needed
	for _, some := range analyse(re.Simplify()).conditions() {
		var literals []literal
		for _, s := range some {
			literals = append(literals, newLiteral(s))
		}
		out = append(out, literals)
	}
	return out
}

// A gist is what is known of all that an expression can match: the exact strings, or lists of which each match has one
// string at least.
type gist struct {
	exact []string   // nil: not known; every match is one of these
	all   [][]string // where exact is not known
}

const (
	mostExact = 24 // strings of one expression that are multiplied out
	mostSome  = 80 // strings of one list
	mostLists = 4  // lists of one expression
	mostClass = 10 // runes of a class that are written out
)

func (g gist) conditions() [][]string {
	switch {
	case g.exact == nil:
		return g.all
	case len(g.exact) > mostSome || slices.Contains(g.exact, ""):
		return nil
	}
	return [][]string{g.exact}
}

// best is the list that tells most texts from a match.
func (g gist) best() []string {
	var out []string
	for _, list := range g.conditions() {
		out = better(out, list)
	}
	return out
}

func analyse(re *syntax.Regexp) gist {
	switch re.Op {
	case syntax.OpLiteral:
		return gist{exact: []string{fold(string(re.Rune))}}
	case syntax.OpCharClass:
		return gist{exact: classOf(re)}
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return gist{exact: []string{""}}
	case syntax.OpCapture:
		return analyse(re.Sub[0])
	case syntax.OpPlus:
		return gist{all: analyse(re.Sub[0]).conditions()}
	case syntax.OpQuest:
		if g := analyse(re.Sub[0]); g.exact != nil && len(g.exact) < mostExact {
			return gist{exact: distinct(append(slices.Clone(g.exact), ""))}
		}
	case syntax.OpConcat:
		return analyseConcat(re.Sub)
	case syntax.OpAlternate:
		return analyseAlternate(re.Sub)
	}
	return gist{}
}

// classOf writes a small class out.
func classOf(re *syntax.Regexp) []string {
	var out []string
	for i := 0; i+1 < len(re.Rune); i += 2 {
		if re.Rune[i+1]-re.Rune[i] >= 2*mostClass {
			return nil
		}
		for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
			out = append(out, string(foldRune(r)))
		}
	}
	if out = distinct(out); len(out) > mostClass {
		return nil
	}
	return out
}

// analyseConcat multiplies neighbours out as long as they are few, and keeps the conditions of what lies between.
func analyseConcat(subs []*syntax.Regexp) gist {
	run, whole := []string{""}, true
	var all [][]string
	for _, sub := range subs {
		g := analyse(sub)
		if g.exact != nil && len(run)*len(g.exact) <= mostExact {
			run = times(run, g.exact)
			continue
		}
		whole = false
		all = append(all, gist{exact: run}.conditions()...)
		all = append(all, g.all...)
		run = []string{""}
		if g.exact != nil {
			run = g.exact
		}
	}
	if whole {
		return gist{exact: run}
	}
	all = append(all, gist{exact: run}.conditions()...)
	slices.SortStableFunc(all, func(a, b []string) int { return shortestOf(b) - shortestOf(a) })
	return gist{all: all[:min(len(all), mostLists)]}
}

func times(a, b []string) []string {
	var out []string
	for _, x := range a {
		for _, y := range b {
			out = append(out, x+y)
		}
	}
	return distinct(out)
}

// analyseAlternate has one list: the best of each branch, joined.
func analyseAlternate(subs []*syntax.Regexp) gist {
	exact, some := []string{}, []string{}
	for _, sub := range subs {
		g := analyse(sub)
		if exact != nil && g.exact != nil && len(exact)+len(g.exact) <= mostSome {
			exact = append(exact, g.exact...)
		} else {
			exact = nil
		}
		if best := g.best(); best != nil && some != nil {
			some = append(some, best...)
		} else {
			some = nil
		}
	}
	switch {
	case exact != nil:
		return gist{exact: distinct(exact)}
	case some == nil || len(distinct(some)) > mostSome:
		return gist{}
	}
	return gist{all: [][]string{distinct(some)}}
}

// better is the list that fewer texts meet: longer strings first, then fewer of them.
func better(a, b []string) []string {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0:
		return a
	}
	if x, y := shortestOf(a), shortestOf(b); x != y {
		if x > y {
			return a
		}
		return b
	}
	if len(a) <= len(b) {
		return a
	}
	return b
}

func shortestOf(n []string) int {
	least := len(n[0])
	for _, s := range n {
		least = min(least, len(s))
	}
	return least
}

// distinct sorts strings and leaves each once.
func distinct(all []string) []string {
	slices.Sort(all)
	return slices.Compact(all)
}
