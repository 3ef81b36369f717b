package triage

import (
	"slices"

	"github.com/reputekit/reputation/mention"
)

// An op is what a compiled condition does. They stand in the order of what they cost, apart from the groups.
type op uint8

const (
	opNone op = iota // holds never; only a policy with problems has it
	opPublic
	opWords // the text has been read by then: a look at bits
	opRating
	opFollowers
	opContacts
	opAuthorDays
	opKind
	opAddressed
	opLegitimacy
	opStanding
	opChannel
	opLang
	opSignal
	opAboutKind
	opAbout
	opPrivate
	opGiven
	opNot
	opAll
	opAny
	opAtLeast
)

// A node is one compiled condition.
type node struct {
	op             op
	kids           []node
	n              int      // at least so many
	any, all       []int    // patterns
	yes            bool     // public, or negated words count
	name           string   // of the signal, the given key, else of the field
	list           []string // values
	min, max       int
	hasMin, hasMax bool
}

// cost orders conditions so that the cheap ones decide first.
func (n *node) cost() int {
	cost := int(n.op)
	for i := range n.kids {
		cost += n.kids[i].cost()
	}
	return cost
}

// needs gives patterns of which at least one must be in the text for the condition to hold; ok is false when it can
// hold without any.
func (n *node) needs() (patterns []int, ok bool) {
	switch n.op {
	case opWords:
		if len(n.any) > 0 {
			return n.any, true
		}
		return n.all[:min(1, len(n.all))], len(n.all) > 0
	case opAll:
		for i := range n.kids {
			if p, has := n.kids[i].needs(); has && (!ok || len(p) < len(patterns)) {
				patterns, ok = p, true
			}
		}
		return patterns, ok
	case opAny, opAtLeast:
		for i := range n.kids {
			p, has := n.kids[i].needs()
			if !has {
				return nil, false
			}
			patterns = append(slices.Clip(patterns), p...)
		}
		return patterns, len(n.kids) > 0
	}
	return nil, false
}

// readsAbsence reports whether the condition can hold because the text does not say something.
func (n *node) readsAbsence(below bool) bool {
	if n.op == opWords || n.op == opSignal || n.op == opPrivate {
		return below
	}
	return slices.ContainsFunc(n.kids, func(k node) bool { return k.readsAbsence(below || n.op == opNot) })
}

// holds evaluates a condition.
func (s *scene) holds(n *node) bool {
	switch n.op {
	case opAll:
		for i := range n.kids {
			if !s.holds(&n.kids[i]) {
				return false
			}
		}
		return true
	case opAny:
		for i := range n.kids {
			if s.holds(&n.kids[i]) {
				return true
			}
		}
		return false
	case opNot:
		return !s.holds(&n.kids[0])
	case opAtLeast:
		missing := n.n
		for i := range n.kids {
			if s.holds(&n.kids[i]) {
				missing--
			}
			if missing <= 0 {
				return true
			}
		}
		return false
	case opWords:
		return s.hasWords(n)
	case opPublic:
		return !s.mention.IsPrivate() == n.yes
	case opPrivate:
		return slices.ContainsFunc(s.private, n.isClass)
	case opAbout, opAboutKind:
		return slices.ContainsFunc(s.hits, n.isAbout)
	case opGiven:
		v, ok := s.in.Given[n.name]
		return ok && (len(n.list) == 0 || slices.Contains(n.list, v))
	case opRating, opFollowers, opContacts, opAuthorDays, opSignal:
		v, ok := s.number(n)
		return ok && n.min <= v && v <= n.max
	}
	return n.op != opNone && slices.Contains(n.list, s.value(n.op))
}

// isAbout reports whether a hit is what an About names.
func (n *node) isAbout(h mention.Hit) bool {
	if n.op == opAboutKind {
		return string(h.Kind) == n.list[0]
	}
	return h.Subject == n.list[0]
}

// number is what a range is compared with.
func (s *scene) number(n *node) (v int, ok bool) {
	switch n.op {
	case opRating:
		return s.mention.Rating.PerMille()
	case opFollowers:
		return s.mention.Author.Followers, true
	case opContacts:
		return s.in.History.Contacts, true
	case opAuthorDays:
		since := s.mention.Author.Since
		if since.IsZero() || s.in.At.IsZero() {
			return 0, false
		}
		return max(0, int(s.in.At.Sub(since).Hours()/24)), true
	case opSignal:
		for _, r := range s.readings {
			if r.Name == n.name {
				return r.Value, true
			}
		}
	}
	return 0, false
}

// value is what a list of values is compared with; empty when nobody knows, which is in no list.
func (s *scene) value(o op) string {
	switch o {
	case opChannel:
		return s.mention.Ref.Channel
	case opKind:
		if s.mention.Kind == "" {
			return string(mention.Post)
		}
		return string(s.mention.Kind)
	case opLang:
		return baseLang(s.mention.Lang)
	case opAddressed:
		return string(s.mention.Addressed)
	case opStanding:
		return string(s.in.Standing)
	case opLegitimacy:
		return string(s.legitimacy)
	}
	return ""
}
