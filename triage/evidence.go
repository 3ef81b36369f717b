package triage

import (
	"fmt"
	"slices"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage/signal"
)

// saysEvidence begins what a piece of evidence did, and nothing that a rule did.
const saysEvidence = "evidence"

// heaviest is the most that one piece of evidence weighs, so that sums stay numbers.
const heaviest = 1_000_000

func (c *compiler) evidence(e Evidence) {
	seen := map[string]bool{}
	if e.Doubtful < 0 {
		c.problems.Add("legitimacy.doubtful", "%d is below 0: everybody would be doubtful", e.Doubtful)
	}
	for i, item := range e.Items {
		path := spec.Index("legitimacy.items", i)
		c.name(spec.Join(path, "name"), "piece of evidence", item.Name, seen)
		if w := item.Weight; w == 0 {
			c.problems.Add(spec.Join(path, "weight"), "evidence of weight 0 says nothing")
		} else if w < -heaviest || w > heaviest {
			c.problems.Add(spec.Join(path, "weight"), "%d is not within -%d to %d", w, heaviest, heaviest)
		}
		c.inEvidence = true
		when := c.when(path, item.When)
		c.inEvidence = false
		c.judge.evidence = append(c.judge.evidence, clause{
			name: item.Name, when: when, weight: item.Weight,
			did:   [3]string{fmt.Sprintf("%s, weight %d", saysEvidence, item.Weight)},
			reads: when.some(0, func(n *node, _ int) bool { return n.readsText() }),
			lacks: when.some(0, func(n *node, below int) bool { return n.readsText() && below > 0 }),
			weak:  item.Weight > 0 && when.some(0, func(n *node, below int) bool { return n.isWeak(below) }),
		})
	}
}

// isWeak reports whether a leaf of evidence, below so many Nots, only says that the host does not know the author, or
// that the text reads as gibberish.
func (n *node) isWeak(below int) bool {
	not := below%2 == 1
	switch n.op {
	case opCustomer:
		return n.yes == not
	case opGiven:
		none := len(n.list) > 0 && !slices.ContainsFunc(n.list, func(v string) bool { return v != "no" && v != "0" })
		return not || none || n.isNumber() && n.has(0)
	case opContacts, opOpenCases:
		return n.has(0) != not
	case opSignal, opObserved, opScored:
		return n.name == signal.Gibberish
	}
	return false
}

// isCircumstance reports whether a leaf only says where, when and how something was said.
func (n *node) isCircumstance() bool {
	switch n.op {
	case opPublic, opKind, opChannel, opLang, opAddressed, opPlace, opHours:
		return true
	}
	return false
}

// decides reports whether of what holds in a piece of weak evidence, below so many Nots, something is not weak.
func (s *scene) decides(n *node, below int) bool {
	if !n.isGroup() {
		return !n.isWeak(below) && !n.isCircumstance()
	}
	if n.op == opNot {
		below++
	}
	for i := range n.kids {
		if k := &n.kids[i]; (below > 0 || n.op == opAll || s.holds(k)) && s.decides(k, below) {
			return true
		}
	}
	return false
}

// fewWords is how many words a text must have to be evidence.
const fewWords = 3

// weigh reads the evidence and says who the author is.
func (s *scene) weigh() {
	j := s.judge
	sum, strong := 0, false
	for i := range j.evidence {
		e := &j.evidence[i]
		if !hasBit(s.awake, i) || !s.speaks(e) {
			continue
		}
		if yes, known := s.weighs(&e.when); !yes || !known {
			continue
		}
		sum += e.weight
		strong = strong || e.weight > 0 && (!e.weak || s.decides(&e.when, 0))
		s.because(&e.when, s.reason(e.name, e.did[0]))
	}
	s.v.Legitimacy = Unverified
	if is, _ := knownCustomer(s.in.Given); is {
		s.v.Legitimacy = Genuine
	} else if j.doubtful > 0 && sum >= j.doubtful && strong {
		s.v.Legitimacy = Doubtful
	}
}

// speaks reports whether the text says enough to be evidence of this kind.
func (s *scene) speaks(e *clause) bool {
	if !e.reads {
		return true
	}
	text := s.read()
	return text.Words() >= fewWords && (!e.lacks || text.Lang() != "")
}

func feels(name string) bool {
	id, ok := signal.Lookup(name)
	return ok && id.Feels()
}

// fair refuses, within evidence, what looks at a person's feelings, or at what is only found later.
func (c *compiler) fair(path string, w Condition) {
	switch {
	case w.Rating != nil:
		c.problems.Add(path, "evidence on who is genuine never looks at stars")
	case w.Sentiment != nil:
		c.problems.Add(path, "evidence on who is genuine never looks at sentiment")
	case w.Signal != nil && feels(w.Signal.Name):
		c.problems.Add(path, "evidence on who is genuine never looks at %s", w.Signal.Name)
	case w.Legitimacy != nil:
		c.problems.Add(path, "evidence is what legitimacy is made of")
	case w.Aim != nil:
		c.problems.Add(path, "the aim is found by the rules, after the evidence")
	}
}
