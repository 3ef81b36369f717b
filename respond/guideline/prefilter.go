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

// needed is what must stand in a folded text: one of the strings. No strings is no condition.
type needed []string

func (n needed) in(folded string) bool {
	if len(n) == 0 {
		return true
	}
	for _, s := range n {
		if strings.Contains(folded, s) {
			return true
		}
	}
	return false
}

// needs reads a pattern that regexp has taken.
func needs(pattern string) needed {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	return analyse(re.Simplify()).condition()
}

// A gist is what is known of all that an expression can match: the exact strings, or strings of which each match has one.
type gist struct {
	exact []string // nil: not known; every match is one of these
	some  needed   // where exact is not known
}

const (
	mostExact = 24 // strings of one expression that are multiplied out
	mostSome  = 80 // strings that are looked for
	mostClass = 10 // runes of a class that are written out
)

func (g gist) condition() needed {
	if g.exact == nil {
		return g.some
	}
	if len(g.exact) > mostSome || slices.Contains(g.exact, "") {
		return nil
	}
	return needed(g.exact)
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
		return gist{some: analyse(re.Sub[0]).condition()}
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

// analyseConcat multiplies neighbours out as long as they are few, and keeps the best condition of what lies between.
func analyseConcat(subs []*syntax.Regexp) gist {
	run, whole := []string{""}, true
	var best needed
	for _, sub := range subs {
		g := analyse(sub)
		if g.exact != nil && len(run)*len(g.exact) <= mostExact {
			run = times(run, g.exact)
			continue
		}
		whole = false
		best = better(best, gist{exact: run}.condition())
		best = better(best, g.some)
		run = []string{""}
		if g.exact != nil {
			run = g.exact
		}
	}
	if whole {
		return gist{exact: run}
	}
	return gist{some: better(best, gist{exact: run}.condition())}
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

func analyseAlternate(subs []*syntax.Regexp) gist {
	all := gist{exact: []string{}}
	for _, sub := range subs {
		g := analyse(sub)
		condition := g.condition()
		if len(condition) == 0 && g.exact == nil {
			return gist{}
		}
		if all.exact != nil && g.exact != nil && len(all.exact)+len(g.exact) <= mostSome {
			all.exact = distinct(append(all.exact, g.exact...))
			continue
		}
		if all.exact != nil {
			all = gist{some: all.condition()}
		}
		if len(condition) == 0 || len(all.some) == 0 && sub != subs[0] {
			return gist{}
		}
		all.some = distinct(append(all.some, condition...))
	}
	if len(all.some) > mostSome {
		return gist{}
	}
	return all
}

// better is the condition that fewer texts meet: longer strings first, then fewer of them.
func better(a, b needed) needed {
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

func shortestOf(n needed) int {
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
