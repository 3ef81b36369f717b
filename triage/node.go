package triage

import (
	"regexp"
	"slices"
	"time"
)

// An op is what a compiled condition does. They stand in the order of what they cost, apart from the groups.
type op uint8

const (
	opNone op = iota // holds never; only a policy with problems has it
	opPublic
	opVerified
	opAnswered
	opFollowers
	opAudience
	opContacts
	opOpenCases
	opBroken
	opMessage
	opDuplicates
	opRating
	opKind
	opAddressed
	opLegitimacy
	opStanding
	opWaiting
	opChannel
	opLang
	opObserved // a signal from outside
	opAuthorDays
	opSeen // words, negated or not: the text has been walked by then, it is a look at bits
	opAboutKind
	opAbout
	opMedia
	opPlace
	opSurge
	opCustomer
	opGiven
	opHours
	opWords  // some may be negated: the text is cut into words
	opSignal // the text is read
	opAim    // ... unless a rule has named one
	opPhrase
	opNear
	opPrivate // the text is searched
	opScored  // a model is asked
	opPattern // the text is walked by an expression
	opNot
	opAll
	opAny
	opAtLeast
)

// reading is where what costs a look at the whole text begins; a condition is put behind all that cost less.
const reading = opWords

// A node is one compiled condition.
type node struct {
	op  op
	yes bool // public, verified ...; negated words count
	bounds
	n        int // at least so many; words within
	slot     int // of the signal
	kids     []node
	any, all []int    // patterns
	list     []string // values
	name     string   // of the signal, the given key, else of the field
	path     string   // below the rule: when.all[1].words
	place    int      // among its siblings, as it is written
	extra    *extra
}

// An extra is what few conditions have.
type extra struct {
	expression *regexp.Regexp
	zone       *time.Location
	days       [7]bool // by time.Weekday
	from, to   int     // minutes of the day; a to of at most from is on the next day
}

// bounds are a range as it is compared.
type bounds struct {
	min, max       int
	hasMin, hasMax bool
	wants          string // ">= 10000"
}

func (b *bounds) has(v int) bool { return b.min <= v && v <= b.max }

// isNumber reports whether the node compares a number.
func (n *node) isNumber() bool {
	switch n.op {
	case opRating, opFollowers, opAudience, opContacts, opOpenCases, opBroken, opAuthorDays, opMessage, opDuplicates,
		opSignal, opObserved, opScored:
		return true
	case opGiven:
		return n.hasMin || n.hasMax
	}
	return false
}

func (n *node) isGroup() bool { return n.op >= opNot }

// cost orders conditions so that the cheap ones decide first.
func (n *node) cost() int {
	if !n.isGroup() {
		if n.op >= reading {
			return 1000 * int(n.op-reading+1)
		}
		return int(n.op)
	}
	cost := 1
	for i := range n.kids {
		cost += n.kids[i].cost()
	}
	return cost
}

// needs gives patterns of which at least one must be in the text for the condition to hold; ok is false when it can
// hold without any.
func (n *node) needs() (patterns []int, ok bool) {
	switch n.op {
	case opWords, opSeen:
		if len(n.any) > 0 {
			return n.any, true
		}
		return n.all[:min(1, len(n.all))], len(n.all) > 0
	case opPhrase, opNear:
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

// wakes is the node, or one of all in it, that holds if and only if one of these patterns is in the text; nil for none.
func (n *node) wakes(patterns []int) *node {
	switch {
	case n.op == opSeen && len(n.all) == 0 && len(patterns) > 0 && slices.Equal(n.any, patterns):
		return n
	case n.op == opAll:
		for i := range n.kids {
			if k := &n.kids[i]; k.op == opSeen && k.wakes(patterns) != nil {
				return k
			}
		}
	}
	return nil
}

// some reports whether the node or one below it is what is asked for; below says how often a Not stands above.
func (n *node) some(below int, is func(n *node, below int) bool) bool {
	if is(n, below) {
		return true
	}
	if n.op == opNot {
		below++
	}
	return slices.ContainsFunc(n.kids, func(k node) bool { return k.some(below, is) })
}

// readsText reports whether a leaf looks at what the text says.
func (n *node) readsText() bool {
	switch n.op {
	case opSeen, opWords, opPhrase, opNear, opPattern, opSignal, opScored, opPrivate, opAbout, opAboutKind:
		return true
	}
	return false
}
