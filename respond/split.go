package respond

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// parted undoes a merging, on the side of one of the two.
func (s *step) parted(b event.Split) error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy: only a person parts what was one", s.e.By)
	case (b.Into == "") == (b.From == ""):
		return s.refuse("a case is parted from one other: name it")
	case b.From != "":
		return s.partFrom(b.From)
	}
	return s.goOnAgain(b)
}

// partFrom leaves to the other what is its own.
func (s *step) partFrom(id string) error {
	i := slices.IndexFunc(s.c.Twins, func(t Twin) bool { return t.Case == id })
	switch {
	case i < 0:
		return s.refuse("%s was never merged into it", id)
	case s.c.Twins[i].Via != "":
		return s.refuse("%s came with %s: part that one first", id, s.c.Twins[i].Via)
	case s.onItsWay():
		return s.refuse("an answer is on its way: part them when it is known whether it went out")
	case s.c.beingPaid(s.c.Twins[i]):
		return s.refuse("what %s had offered is being paid: part them when it is known whether it was", id)
	}
	mine, theirs := s.c.sides(id)
	c := s.c
	before, twin := c.Owed, c.Twins[i]
	c.Owed, c.Clocks = left(c, twin.At, mine, theirs, twin.Owed, twin.Clocks)
	c.Messages, c.Theirs, c.Ours = counted(c, mine, theirs)
	c.Promises = slices.DeleteFunc(slices.Clone(c.Promises), func(p dealing.Promise) bool {
		return slices.Contains(twin.Promises, p.ID)
	})
	c.Clocks = promised(c)
	for _, t := range c.Twins {
		if t.Case == id || t.Via == id {
			c.Keys = slices.DeleteFunc(slices.Clone(c.Keys), func(k string) bool { return slices.Contains(t.Keys, k) })
		}
	}
	gone := []string{id}
	for _, t := range c.Twins {
		if t.Via == id {
			gone = append(gone, t.Case)
		}
	}
	c.Twins = slices.DeleteFunc(slices.Clone(c.Twins), func(t Twin) bool { return slices.Contains(gone, t.Case) })
	c = goesBack(c, twin, gone)
	c.Facts = verifiedWithout(c, gone)
	stays := func(ref mention.Ref) bool {
		return slices.ContainsFunc(mine, func(m Message) bool { return m.Ref == ref })
	}
	c.Heard = slices.DeleteFunc(slices.Clone(c.Heard), func(h Heard) bool { return !stays(h.Mention.Ref) })
	if o := c.Open; o != nil && !stays(o.Ref) {
		c.Open = lastOpen(mine)
	}
	if d := c.Draft; d != nil && !stays(d.Answers) {
		c.Draft = nil
	}
	c.Unread = nil
	held := s.c.Hold.cause()
	s.c = c
	if held != "" && s.c.Hold == nil {
		s.unpause(held)
	}
	if s.c.Owed.IsZero() && !before.IsZero() {
		s.standOff()
	}
	s.say("%s is another's after all, says %s: it goes on by itself", id, s.e.By)
	s.put(s.c)
	return nil
}

// left is what one side owes by itself: what it owed before the two were one, if nobody has answered since, else from the
// first word on that he said on its side since then and nobody answered. Where what is owed is older than what is
// remembered, neither side loses it.
func left(c Case, merged time.Time, mine, other []Message, owed time.Time, clocks []escalation.Clock,
) (time.Time, []escalation.Clock) {
	first := since(c, merged, mine)
	switch {
	case c.Owed.IsZero():
	case !owed.IsZero() && !c.Owed.After(owed):
		return owed, clocks
	case !first.IsZero():
		return later(first, c.Owed), c.Clocks
	case since(c, merged, other).IsZero() && c.Owed.After(merged):
		return c.Owed, c.Clocks
	}
	return time.Time{}, running(c.Clocks, escalation.FirstReply, escalation.NextReply)
}

// promised are the clocks of a case with those of its own promises, and of nobody else's.
func promised(c Case) []escalation.Clock {
	clocks := running(c.Clocks, escalation.Promise)
	for _, p := range c.Promises {
		if p.State == dealing.Open {
			clocks = append(clocks, p.Clock())
		}
	}
	return clocks
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// lastOpen is the customer's last message, without its words: they went with the other, or are in the store.
func lastOpen(list []Message) *Message {
	for _, m := range slices.Backward(list) {
		if !m.Ours {
			return &m
		}
	}
	return nil
}

// goOnAgain takes up the case where it ended, with what was said on its side since.
func (s *step) goOnAgain(b event.Split) error {
	var other Case
	m := s.c.Merged
	switch err := json.Unmarshal(b.Case, &other); {
	case m == nil || m.Was == nil:
		return s.refuse("it was never merged into another")
	case err != nil || other.ID != m.Into || b.Into != m.Into:
		return s.refuse("what was brought is not the case %s that it ended in", m.Into)
	case !slices.ContainsFunc(other.Twins, func(t Twin) bool { return t.Case == s.c.ID }):
		return s.refuse("%s holds nothing of it any more", m.Into)
	}
	s.notBefore(other.At)
	c := *m.Was
	_, theirs := other.sides(s.c.ID)
	for i := range theirs {
		if theirs[i].From == s.c.ID {
			theirs[i].From = ""
		}
	}
	for _, x := range theirs {
		known := func(y Message) bool { return y.Ref == x.Ref && y.At.Equal(x.At) }
		if !x.Ref.IsZero() || !slices.ContainsFunc(c.Messages, known) {
			c = applyMessage(c, x) // new, or its newer revision
		}
		if x.Ours && c.Author.Key() != "" && !x.Ref.IsZero() {
			c.Keys = withKey(c.Keys, messageKey(c.Tenant, x.Ref, c.Author.Key()))
		}
	}
	if o := other.Open; o != nil && slices.ContainsFunc(theirs, func(x Message) bool { return x.Ref == o.Ref }) {
		c.Open = o
	}
	c = takesBack(c, other)
	c.Promises = slices.Clone(c.Promises)
	for i, p := range c.Promises { // as it became while the two were one
		if j := slices.IndexFunc(other.Promises, func(x dealing.Promise) bool { return x.ID == p.ID }); j >= 0 {
			c.Promises[i] = other.Promises[j]
		}
	}
	c.Facts = verifiedAgain(c, other)
	mine, _ := other.sides(s.c.ID)
	c.Owed, c.Clocks = left(other, m.At, theirs, mine, m.Was.Owed, m.Was.Clocks)
	c.Clocks = promised(c)
	c.Seq, c.At, c.Known, c.Climb, c.Access, c.Preserve = s.c.Seq, s.c.At, s.c.Known, nil, other.Access, other.Preserve
	c.Verdict = m.Was.Verdict
	s.c = c
	s.resume()
	s.say("it is not the person of %s after all, says %s: it goes on", m.Into, s.e.By)
	s.put(s.c)
	return nil
}

// resume starts what is owed from where it stood. What was answered while the two were one is answered.
func (s *step) resume() {
	if s.c.Owed.IsZero() {
		return
	}
	if !s.c.Stage.Live() {
		s.c.Stage, s.c.Outcome = followup.Working, ""
	}
	if len(s.c.Clocks) == 0 {
		objective := escalation.FirstReply
		if s.c.Ours > 0 {
			objective = escalation.NextReply
		}
		s.startClock(objective, s.c.Owed)
	}
	s.openClimb()
}

// sides parts the messages: those of the case itself, and those that came by another that was merged into it.
func (c Case) sides(id string) (mine, theirs []Message) {
	from := map[string]bool{id: true}
	for _, t := range c.Twins {
		if t.Via == id {
			from[t.Case] = true
		}
	}
	for _, m := range c.Messages {
		if from[m.From] {
			theirs = append(theirs, m)
		} else {
			mine = append(mine, m)
		}
	}
	return mine, theirs
}

// since is the first word of one side after the two were one that nobody answered; one answer answers both.
func since(c Case, merged time.Time, side []Message) time.Time {
	for _, m := range side {
		if !m.Ours && !m.Gone && m.At.After(merged) && unanswered(c, m) {
			return m.At
		}
	}
	return time.Time{}
}

// unanswered reports whether nothing of ours came after a message.
func unanswered(c Case, m Message) bool {
	return !slices.ContainsFunc(c.Messages, func(x Message) bool { return x.Ours && x.At.After(m.At) })
}

// counted is one side with its share of the counts: what is older than what is remembered stays where it is.
func counted(c Case, mine, theirs []Message) (list []Message, customers, ours int) {
	customers, ours = c.Theirs, c.Ours
	for _, m := range theirs {
		if m.Ours {
			ours--
		} else {
			customers--
		}
	}
	return mine, customers, ours
}
