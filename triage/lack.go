package triage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Lacks says why a rule, or a piece of evidence, of this name did not fire on an input: one line for every condition that
// does not hold and would have to, with its path below the rule, what it wants and what there is:
//
//	when.all[1].followers: followers 300, wants >= 10000
//
// Of several of which one would do, each is told of. It is nil when the rule fired, and one line when there is no such
// rule, or when it holds and was not read because an earlier one stopped.
func (j *Judge) Lacks(in Input, rule string) []string {
	var s scene
	s.judgeAll(j, in)
	return s.lacks(rule)
}

func (s *scene) lacks(rule string) []string {
	j := s.judge
	stopped := ""
	known := false
	var lacks []string
	s.v.Aim = "" // as it was when each rule was read
	for i := range len(j.evidence) + len(j.rules) {
		k := j.clause(i)
		evidence := i < len(j.evidence)
		fired := slices.ContainsFunc(s.v.Reasons, func(r Reason) bool {
			return r.Rule == k.name && evidence == r.isEvidence()
		})
		if k.name == rule {
			if fired {
				return nil
			}
			known = true
			lacks = append(lacks, s.lackOf(k, evidence, stopped)...)
		}
		if !fired {
			continue
		}
		if s.v.Aim == "" {
			s.v.Aim = k.then.Aim
		}
		if k.then.Stop && stopped == "" {
			stopped = k.name
		}
	}
	if !known {
		return []string{"the policy has no rule " + strconv.Quote(rule)}
	}
	return lacks
}

func (s *scene) lackOf(k *clause, evidence bool, stopped string) (out []string) {
	if evidence {
		if !s.speaks(k) {
			return []string{fmt.Sprintf("when: the text has %d words that can be read, too few to be evidence", s.legible())}
		}
		if yes, known := s.weighs(&k.when); !yes && !known && s.holds(&k.when) {
			return []string{"when: what nobody knows is no evidence"}
		}
	}
	s.lack(&k.when, &out)
	if len(out) == 0 && stopped != "" {
		out = []string{"it holds, but rule " + stopped + " stopped before it"}
	}
	return out
}

// legible is how many words of the text are in a language that is known.
func (s *scene) legible() int {
	if text := s.read(); text.Lang() != "" {
		return text.Words()
	}
	return 0
}

// lack tells of the leaves that keep a condition from holding.
func (s *scene) lack(n *node, out *[]string) {
	if s.holds(n) {
		return
	}
	switch n.op {
	case opAll, opAny, opAtLeast:
		if n.op == opAtLeast {
			hold := 0
			for i := range n.kids {
				if s.holds(&n.kids[i]) {
					hold++
				}
			}
			*out = append(*out, fmt.Sprintf("%s: %d hold, wants %d of %d", n.path, hold, n.n, len(n.kids)))
		}
		kids := make([]*node, len(n.kids))
		for i := range n.kids {
			kids[i] = &n.kids[i]
		}
		slices.SortStableFunc(kids, func(a, b *node) int { return a.place - b.place }) // as they are written
		for _, k := range kids {
			s.lack(k, out)
		}
	case opNot:
		var r Reason
		s.because(&n.kids[0], &r)
		saw := strings.TrimSpace(r.saw(s.mention.Text))
		*out = append(*out, strings.TrimSpace(fmt.Sprintf("%s: holds, and must not %s", n.kids[0].path, saw)))
	default:
		*out = append(*out, n.path+": "+s.lackOfLeaf(n))
	}
}

func (s *scene) lackOfLeaf(n *node) string {
	switch n.op {
	case opWords, opSeen:
		return s.lackOfWords(n)
	case opPhrase, opNear:
		missing := s.missing(n.all, s.seen)
		switch {
		case len(missing) > 0:
			return "the text lacks " + quote(missing)
		case n.yes || s.togetherAnyhow(n) == "":
			return "its words stand too far apart, or in another order"
		}
		return s.togetherAnyhow(n)
	case opAbout:
		return "it does not name " + n.list[0]
	case opAboutKind:
		return "it names no " + n.list[0]
	case opPattern:
		return "the text does not fit " + n.list[0]
	case opPrivate:
		return "the text holds no private data of class " + n.list[0]
	case opMedia, opSurge, opHours:
		return n.name + ": not " + strings.Join(n.list, " or ")
	}
	_, known := s.leaf(n)
	if n.isNumber() {
		if v, _ := s.number(n); known {
			return n.name + " " + strconv.Itoa(v) + ", wants " + n.wants
		}
		return n.name + " is not known, wants " + n.wants
	}
	return s.lackOfValue(n, known)
}

func (s *scene) lackOfValue(n *node, known bool) string {
	wants := strings.Join(n.list, " or ")
	if n.isYesNo() {
		wants = map[bool]string{true: "yes", false: "no"}[n.yes]
		if known {
			return n.name + " " + map[bool]string{true: "no", false: "yes"}[n.yes] + ", wants " + wants
		}
	}
	is := s.value(n.op)
	if n.op == opGiven {
		is = s.in.Given[n.name]
		if wants == "" {
			wants = "any value"
		}
	}
	if n.op == opPlace {
		return "place: not " + wants
	}
	if !known {
		return n.name + " is not known, wants " + wants
	}
	return fmt.Sprintf("%s %s, wants %s", n.name, is, wants)
}

func (s *scene) lackOfWords(n *node) string {
	if !hasWords(s.seen, n) {
		if missing := s.missing(n.all, s.seen); len(missing) > 0 {
			return "the text lacks " + quote(missing)
		}
		return "the text has none of " + quote(s.missing(n.any, s.seen))
	}
	// all is there, but negated
	there := s.missing(slices.Concat(n.any, n.all), s.counted())
	there = slices.DeleteFunc(there, func(e string) bool { return slices.Contains(s.missing(n.any, s.seen), e) })
	return quote(there) + " is there, but negated"
}

// togetherAnyhow says that the words of a Phrase or a Near stand as asked, but negated; empty when they do not.
func (s *scene) togetherAnyhow(n *node) string {
	anyhow := *n
	anyhow.yes = true
	if s.together(&anyhow, nil) {
		return "its words stand as asked, but negated"
	}
	return ""
}

// missing are the entries that are not in a set.
func (s *scene) missing(patterns []int, set []uint64) (out []string) {
	for _, p := range patterns {
		if !hasBit(set, p) {
			out = append(out, s.judge.entries[p])
		}
	}
	return out
}

func quote(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = strconv.Quote(w)
	}
	return strings.Join(quoted, ", ")
}
