package triage

import (
	"slices"

	"github.com/reputekit/reputation/mention/spec"
)

// What is found here is sound and not complete: what is reported can never fire, and a rule may never fire for reasons
// that are not found. Conditions are compared two by two, by what they say.

const (
	// manyTogether is how many conditions under one all are compared with each other.
	manyTogether = 64
	// mostEffort is how many pairs are compared for one policy; then nothing more is found.
	mostEffort = 2_000_000
)

// contradictions finds what can never hold together.
func (c *compiler) contradictions(path string, all []node) {
	all = all[:min(len(all), manyTogether)]
	for i := range all {
		for k := range all[:i] {
			if why := c.excludes(&all[i], &all[k]); why != "" {
				c.problems.Add(spec.Index(path, i), "can never hold beside [%d], which %s", k, why)
				break
			}
		}
	}
}

// excludes says why two conditions cannot hold at once; empty when they may.
func (c *compiler) excludes(a, b *node) string {
	if c.effort--; c.effort < 0 {
		return ""
	}
	if why := c.excludedBy(a, b); why != "" {
		return why
	}
	if why := c.excludedBy(b, a); why != "" {
		return why
	}
	if a.op != b.op || a.name != b.name || a.isGroup() {
		return ""
	}
	switch {
	case a.isNumber() && b.isNumber():
		if a.min > b.max || b.min > a.max {
			return "leaves no number"
		}
	case a.isYesNo():
		if a.yes != b.yes {
			return "is the opposite"
		}
	case a.isChoice() && len(a.list) > 0 && len(b.list) > 0:
		if !slices.ContainsFunc(a.list, func(v string) bool { return slices.Contains(b.list, v) }) {
			return "shares no value with it"
		}
	}
	return ""
}

// excludedBy looks for the reason in what the group a is made of.
func (c *compiler) excludedBy(a, b *node) (why string) {
	switch a.op {
	case opNot:
		if c.implies(b, &a.kids[0]) {
			return "is the opposite"
		}
	case opAll:
		for i := range a.kids {
			if why = c.excludes(&a.kids[i], b); why != "" {
				return why
			}
		}
	case opAny, opAtLeast:
		left := len(a.kids)
		for i := range a.kids {
			if w := c.excludes(&a.kids[i], b); w != "" {
				why = w
				left--
			}
		}
		if left < max(1, a.n) {
			return why
		}
	}
	return ""
}

func (n *node) isYesNo() bool {
	return n.op == opPublic || n.op == opVerified || n.op == opAnswered || n.op == opCustomer
}

// isChoice reports whether the node asks for one value out of several, of something that has one value at a time.
func (n *node) isChoice() bool {
	switch n.op {
	case opChannel, opKind, opLang, opAddressed, opStanding, opLegitimacy, opAim, opWaiting, opGiven:
		return true
	}
	return false
}

// implies reports whether b holds whenever a does.
func (c *compiler) implies(a, b *node) bool {
	if c.effort--; c.effort < 0 {
		return false
	}
	some := func(is func(k int) bool, n int) (count int) {
		for k := range n {
			if is(k) {
				count++
			}
		}
		return count
	}
	if a.op == opNot && b.op == opNot {
		return c.implies(&b.kids[0], &a.kids[0])
	}
	switch n := len(a.kids); a.op { // what a is made of: all of it, or each way in which it can hold
	case opAny:
		return n > 0 && some(func(k int) bool { return c.implies(&a.kids[k], b) }, n) == n
	case opAtLeast:
		// among any so many of them is one that implies b
		if some(func(k int) bool { return !c.implies(&a.kids[k], b) }, n) < a.n {
			return true
		}
	}
	switch n := len(b.kids); b.op {
	case opAll:
		return n > 0 && some(func(k int) bool { return c.implies(a, &b.kids[k]) }, n) == n
	case opAny:
		if some(func(k int) bool { return c.implies(a, &b.kids[k]) }, n) > 0 {
			return true
		}
	case opAtLeast:
		if some(func(k int) bool { return c.implies(a, &b.kids[k]) }, n) >= b.n {
			return true
		}
	case opNot:
		if c.excludes(a, &b.kids[0]) != "" {
			return true
		}
	}
	if a.op == opAll {
		return some(func(k int) bool { return c.implies(&a.kids[k], b) }, len(a.kids)) > 0
	}
	return !a.isGroup() && !b.isGroup() && c.covers(b, a)
}

// covers reports whether the leaf b holds whenever the leaf a does.
func (c *compiler) covers(b, a *node) bool {
	if a.op == opAbout && b.op == opAboutKind && c.judge.matcher != nil {
		subject, ok := c.judge.matcher.Subject(a.list[0])
		return ok && string(subject.Kind) == b.list[0]
	}
	if (a.op == opWords || a.op == opSeen) && (b.op == opWords || b.op == opSeen) {
		return (a.op == opWords || b.op == opSeen) && wordsCover(b, a)
	}
	if a.op != b.op || a.name != b.name || a.op == opNone {
		return false
	}
	if a.isYesNo() {
		return a.yes == b.yes
	}
	within := func(in []string) bool {
		return !slices.ContainsFunc(a.list, func(v string) bool { return !slices.Contains(in, v) })
	}
	switch a.op {
	case opPhrase, opNear:
		return slices.Equal(a.all, b.all) && a.n <= b.n && (b.yes || !a.yes)
	case opGiven:
		if len(b.list) == 0 && !b.isNumber() {
			return true
		}
		if a.isNumber() || b.isNumber() {
			return a.isNumber() && b.isNumber() && b.min <= a.min && a.max <= b.max
		}
		return len(a.list) > 0 && within(b.list)
	case opMedia, opSurge, opPrivate:
		return slices.Contains(b.list, anything) || within(b.list)
	case opHours:
		return a.list[0] == b.list[0] // days, times and zone as they are written
	}
	if a.isNumber() {
		return b.min <= a.min && a.max <= b.max
	}
	return within(b.list) // values, subjects, kinds, patterns
}

// wordsCover reports whether the words of b are there whenever those of a are: each that all of b asks for is asked for
// by a, and all that a is content with contents b.
func wordsCover(b, a *node) bool {
	asked := func(p int) bool { return slices.Contains(a.all, p) || len(a.any) == 1 && a.any[0] == p }
	if slices.ContainsFunc(b.all, func(p int) bool { return !asked(p) }) {
		return false
	}
	if len(b.any) == 0 || slices.ContainsFunc(b.any, asked) {
		return true
	}
	return len(a.any) > 0 && !slices.ContainsFunc(a.any, func(p int) bool { return !slices.Contains(b.any, p) })
}

// shadowed finds an earlier rule that stops on all that a rule holds for. Rules of the category life are read in any
// case. What aim and legitimacy are may change between two rules, so conditions on the aim say nothing across them.
func (c *compiler) shadowed(path string, k *clause) {
	if k.then.Category == Life || k.when.asksAim() {
		return
	}
	for i := range c.judge.rules {
		earlier := &c.judge.rules[i]
		if earlier.then.Stop && !earlier.when.asksAim() && c.implies(&k.when, &earlier.when) {
			c.problems.Add(spec.Join(path, "when"), "is never read: rules[%d] stops on all that it holds for", i)
			return
		}
	}
}

func (n *node) asksAim() bool { return n.some(0, func(n *node, _ int) bool { return n.op == opAim }) }
