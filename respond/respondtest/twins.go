package respondtest

import (
	"fmt"
	"maps"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
)

// twins makes two cases one, or two again: merged from=nils on=dana. Both hear of it, or neither.
func (p *player) twins(l line) error {
	d := map[string]string{}
	for _, w := range l.words {
		d[w.name] = w.value
	}
	mine, err := p.caseNamed(d["on"], p.subject)
	var theirs *life[respond.Case, respond.Change]
	if err == nil {
		theirs, err = p.caseNamed(d["from"], nil)
	}
	if err == nil && mine == theirs {
		err = fmt.Errorf("a case is merged with another")
	}
	if err != nil {
		if l.hope == either {
			return nil
		}
		return err
	}
	join := mine.now.Merge
	if l.verb == "split" {
		join = mine.now.Split
	}
	one, other, err := join(theirs.now, d["by"], d["note"], p.now)
	if err != nil {
		return err
	}
	if _, err := theirs.nature.decide(p.rules, theirs.now, other, p.now); err != nil {
		return p.hoped(l, theirs, short(other), err)
	}
	before := mine.now.Seq
	if err := p.bring(mine, one); err != nil || mine.now.Seq == before {
		return p.hoped(l, mine, short(one), err)
	}
	theirs.memory.heard(&mine.memory, l.verb == "merged", theirs.is)
	return p.hoped(l, theirs, other, p.bring(theirs, other))
}

// heard makes two remember alike what the customer said and who was told, of whom one goes on, or both go on again: what
// was said while they were one may be either's word, and what was said before is his who said it.
func (m *memory) heard(one *memory, merged bool, id string) {
	if merged {
		one.before[id] = one.over
		one.over = one.over || m.over
		maps.Copy(one.told, m.told) // who had it has it there
		return
	}
	m.over, one.over = m.over || one.over, one.over || one.before[id]
	maps.Copy(m.told, one.told)
}

// short is a merging without the case that it brings.
func short(e event.Event) event.Event {
	switch b := e.Body.(type) {
	case event.Merged:
		b.Case = nil
		e.Body = b
	case event.Split:
		b.Case = nil
		e.Body = b
	}
	return e
}

// caseNamed is a case by its name in the story; the one that is given, where there is no name.
func (p *player) caseNamed(name string, or being) (*life[respond.Case, respond.Change], error) {
	if name != "" {
		var err error
		if or, err = p.named(name); err != nil {
			return nil, err
		}
	}
	c, ok := or.(*life[respond.Case, respond.Change])
	if !ok {
		return nil, fmt.Errorf("two cases are merged: merged from=nils on=dana by=ana")
	}
	return c, nil
}
