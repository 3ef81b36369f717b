package respond

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/template"
)

// checkFacts wants facts of the house that are facts, and slots that a fact can fill.
func (r *Rules) checkFacts(problems *spec.Problems) {
	problems.Merge("facts", r.specs.Facts.Check())
	for i, slot := range r.specs.Playbook.Slots {
		if slot.Fact && strings.Contains(slot.Name, "[]") {
			problems.Add(spec.Join(spec.Index("playbook.slots", i), "fact"), "a fact is one sentence, and %s a list", slot.Name)
		}
	}
}

// ledger is what is verified: for the house, and for the case.
func (s *step) ledger() fact.Ledger { return fact.Of(s.c.Facts, s.r.specs.Facts) }

func (s *step) setFacts(list []fact.Record) {
	if list == nil {
		list = []fact.Record{}
	}
	s.ch.Facts, s.c.Facts = &list, list
}

// factSlots fills the slots that want a fact, and no other source does.
func (s *step) factSlots(slots template.Slots) {
	for _, slot := range s.r.specs.Playbook.Slots {
		if !slot.Fact {
			continue
		}
		delete(slots, slot.Name)
		if f, ok := s.ledger().Find(slot.Name, s.now); ok {
			slots[slot.Name] = f.Says
		}
	}
}

// isFact reports whether a slot wants a fact.
func (s *step) isFact(name string) bool {
	return slices.ContainsFunc(s.r.specs.Playbook.Slots, func(x template.Slot) bool { return x.Fact && x.Name == name })
}

// bothVerified is what was verified in either of two cases of one person.
func bothVerified(c, other Case) []fact.Record {
	list := slices.Clone(c.Facts)
	for _, x := range other.Facts {
		x.From = cmp.Or(x.From, other.ID)
		list = append(list, x)
	}
	slices.SortStableFunc(list, func(a, b fact.Record) int { return a.At.Compare(b.At) })
	return nonEmpty(fact.Keep(list, later(c.At, other.At)))
}

// verifiedWithout is what is left when others are parted from a case: nobody says of one what was verified of another.
func verifiedWithout(c Case, gone []string) []fact.Record {
	return nonEmpty(slices.DeleteFunc(slices.Clone(c.Facts), func(x fact.Record) bool { return slices.Contains(gone, x.From) }))
}

// verifiedAgain is what was verified in a case that goes on by itself, as it became while the two were one.
func verifiedAgain(c, other Case) []fact.Record {
	list := slices.Clone(c.Facts)
	for i, x := range list {
		from := cmp.Or(x.From, c.ID)
		j := slices.IndexFunc(other.Facts, func(y fact.Record) bool {
			return y.From == from && y.Name == x.Name && y.Says == x.Says && y.At.Equal(x.At)
		})
		if j >= 0 {
			list[i] = other.Facts[j]
			list[i].From = x.From
		}
	}
	return list
}
