package respond

import (
	"slices"

	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
)

// handedOver gives the case to a colleague, who has it when he takes it.
func (s *step) handedOver(b event.HandedOver) error {
	_, ok := s.colleague(b.To)
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case !ok:
		return s.refuse("%q is no member who can be reached", b.To)
	case !s.c.Stage.Live():
		return s.refuse("the case is closed (%s)", s.c.Outcome)
	case !s.c.Sees(b.To):
		return s.refuse("the case is restricted to %v: %s may not see it", s.c.Access.To, b.To)
	case s.c.Climb != nil && !s.c.Climb.Over && s.c.Climb.Taken == b.To:
		return s.refuse("%s has the case", b.To)
	case len(b.Note) > longestNote:
		return s.refuse("a note has at most %d bytes", longestNote)
	}
	h := s.handover(s.e.By, "")
	h.Note = cutTo(b.Note, keptNote)
	s.deal(func(d *dealing.Dealt) { d.Handover = &h })
	s.reach(b.To, "given to "+b.To+" by "+s.e.By, aside)
	return nil
}

// owners writes the handover note at each change of owner.
func (s *step) owners() {
	c := s.c.Climb
	if c == nil || c.Over || c.Taken == "" || c.Taken == s.was.Had {
		return
	}
	given := s.c.Handover
	if s.was.Had == "" && given == nil {
		return // nobody had it before
	}
	h := s.handover(s.was.Had, c.Taken)
	if given != nil && given.To == "" {
		h.Note = given.Note
		if h.From == "" {
			h.From = given.From
		}
	}
	s.deal(func(d *dealing.Dealt) { d.Handover = &h })
	s.say("%s has it from %s: the handover note says what is owed", c.Taken, h.From)
}

// handover is what who takes the case must know.
func (s *step) handover(from, to string) dealing.Handover {
	next := s.nextOwed()
	h := dealing.Handover{
		From: from, To: to, At: s.now, Promises: s.owedPromises(), Next: next.Due, NextIs: string(next.Objective), Ours: s.c.Said,
	}
	if o := s.c.Open; o != nil {
		h.Theirs, h.TheirsAt = cutTo(o.Text, keptWords), o.At
	}
	for _, m := range slices.Backward(s.c.Messages) {
		if m.Ours {
			h.OursAt = m.At
			break
		}
	}
	if n := len(s.c.Notes); n > 0 {
		h.Last = s.c.Notes[n-1].Text
	}
	return h
}
