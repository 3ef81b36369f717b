package triage

import (
	"fmt"
	"slices"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage/signal"
)

// saysEvidence begins what a piece of evidence did, and nothing that a rule did.
const saysEvidence = "evidence"

func (c *compiler) evidence(e Evidence) {
	seen := map[string]bool{}
	if e.Doubtful < 0 {
		c.problems.Add("legitimacy.doubtful", "%d is below 0: everybody would be doubtful", e.Doubtful)
	}
	for i, item := range e.Items {
		path := spec.Index("legitimacy.items", i)
		c.name(spec.Join(path, "name"), "piece of evidence", item.Name, seen)
		if item.Weight == 0 {
			c.problems.Add(spec.Join(path, "weight"), "evidence of weight 0 says nothing")
		}
		c.inEvidence = true
		when := c.when(path, item.When)
		c.inEvidence = false
		c.judge.evidence = append(c.judge.evidence, clause{
			name: item.Name, when: when, weight: item.Weight,
			did:   [3]string{fmt.Sprintf("%s, weight %d", saysEvidence, item.Weight)},
			reads: when.some(0, func(n *node, _ int) bool { return n.readsText() }),
			lacks: when.some(0, func(n *node, below int) bool { return n.readsText() && below > 0 }),
			weak:  item.Weight > 0 && !when.some(0, func(n *node, below int) bool { return !n.isGroup() && !n.isWeak(below) }),
		})
	}
}

// isWeak reports whether a leaf of evidence, below so many Nots, only says that the host does not know the author, or
// that the text reads as gibberish.
func (n *node) isWeak(below int) bool {
	switch n.op {
	case opCustomer:
		return n.yes == (below%2 == 1)
	case opGiven:
		return below%2 == 1 || slices.Equal(n.list, []string{"no"})
	case opSignal, opObserved, opScored:
		return n.name == signal.Gibberish
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
		strong = strong || e.weight > 0 && !e.weak
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
