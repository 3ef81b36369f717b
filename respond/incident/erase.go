package incident

import (
	"encoding/json"
	"slices"

	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/privacy"
)

// erased leaves nothing of one customer in the incident. How many cases it has stays, and so does all that is about the
// others. Whom it was about is not in the entry.
func (s *step) erased(b event.Erased) error {
	switch {
	case !s.byMember() && s.e.By != event.Host:
		return s.refuse("%q erases nothing: a member does, or the host", s.e.By)
	case b.Of == nil:
		return s.refuse("an incident is of many: of whom nothing is to be left is not said")
	}
	out, _, err := s.in.Redacted(*b.Of)
	if err != nil {
		return s.refuse("%s", err)
	}
	s.ch = Change{Whole: &out}
	s.in = out
	s.e.Body = event.Erased{Key: b.Key}
	s.say("one customer is erased: what is left of him is that there was a case")
	return nil
}

// Redacted returns the incident without what names a person or leads to him: references to his messages, and words of
// people that name him. Figures and instants stay. named is false when nothing did; the error is that of a member that a
// newer host wrote and that cannot be read.
func (in Incident) Redacted(p privacy.Person) (out Incident, named bool, err error) {
	data, err := json.Marshal(in)
	if err != nil {
		return in, false, err
	}
	data, named, err = without(data, p)
	if err != nil || !named {
		return in, false, err
	}
	if err := json.Unmarshal(data, &out); err != nil {
		return in, false, err
	}
	if d := out.Draft; d != nil && d.Statement.Text == "" {
		out.Draft = nil // nobody can consent to it any more
	}
	out.Facts = slices.DeleteFunc(out.Facts, func(x fact.Record) bool { return x.Says == "" })
	return out, true, nil
}

// Without returns an entry as it was stored, without what names a person or leads to him, for what the trail keeps when he
// is erased: see trail.Erased. Of a case of his there stays that it joined, how grave it was, and that somebody took it out
// again; of anything else the words that name him go. An entry that has none of it comes back as it was, and named is false.
func Without(entry []byte, p privacy.Person) (out []byte, named bool, err error) {
	if !near(entry, p) {
		return entry, false, nil
	}
	return without(entry, p)
}
