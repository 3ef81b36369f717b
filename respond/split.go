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
	"github.com/reputekit/reputation/triage"
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
	case s.c.beingPaid(id):
		return s.refuse("what was offered to %s is being paid: part them when it is known whether it was", id)
	}
	was, c := s.c, s.c
	gone := was.cameWith(id)
	mine, theirs := was.sides(id)
	own, twins := was.part(was.parting(i, true), stood{})
	c.Twins = nonEmpty(slices.DeleteFunc(twins, func(t Twin) bool { return slices.Contains(gone, t.Case) }))
	c.stand(own)
	var anew bool
	c.Owed, c.Clocks, anew = was.owes(was.Twins[i].At, mine, theirs, was.debts(i), was.debtsOf(i))
	c.Clocks = append(c.Clocks, newsOf(own.Clocks)...)
	c.Messages, c.Theirs, c.Ours = counted(was, mine, theirs)
	c.Keys = slices.DeleteFunc(slices.Clone(c.Keys), was.leadsTo(gone, theirs))
	c = withoutTheirs(c, was.Twins[i], gone)
	stays := func(ref mention.Ref) bool {
		return slices.ContainsFunc(mine, func(m Message) bool { return m.Ref == ref })
	}
	c.Heard = nonEmpty(slices.DeleteFunc(slices.Clone(c.Heard), func(h Heard) bool { return !stays(h.Mention.Ref) }))
	if o := c.Open; o != nil && !stays(o.Ref) {
		c.Open, c.Verdict = lastOpen(mine), unplaced(c.Verdict)
	}
	if d := c.Draft; d != nil && !stays(d.Answers) {
		c.Draft = nil
	}
	c.Apart = c.apartFrom(id)
	s.goesOwnWay(c, was.Hold, anew && !own.talk.same(was.stands().talk))
	if s.c.Owed.IsZero() && !was.Owed.IsZero() {
		s.standOff()
	}
	if !alike(redacted(was.Verdict), redacted(s.c.Verdict)) {
		s.rewalk()
	}
	s.say("%s is another's after all, says %s: it goes on by itself", id, s.e.By)
	s.put(s.c)
	s.ch.Moved = was.movedTo(gone)
	return nil
}

// goOnAgain takes up the case where it ended, with what was said on its side since.
func (s *step) goOnAgain(b event.Split) error {
	var c Case
	m := s.c.Merged
	switch err := json.Unmarshal(b.Case, &c); {
	case m == nil || m.Was == nil:
		return s.refuse("it was never merged into another")
	case b.Into != m.Into:
		return s.refuse("it ended in %s", m.Into)
	case err != nil || c.ID != s.c.ID || c.Tenant != s.c.Tenant || c.Merged != nil || c.Verdict == nil ||
		c.Channel != s.c.Channel || c.Account != s.c.Account || c.Author.Key() != s.c.Author.Key():
		return s.refuse("what was brought is not this case: %s holds nothing of it, or something of his is on its way there",
			m.Into)
	}
	s.notBefore(c.At)
	c.Seq, c.At, c.Known = s.c.Seq, s.c.At, s.c.Known
	s.goesOwnWay(c, m.Was.Hold, b.Wrote)
	if b.Untold && s.c.Stage.Live() && s.unwatched() {
		s.openClimb()
	}
	s.say("it is not the person of %s after all, says %s: it goes on", m.Into, s.e.By)
	s.put(s.c)
	s.ch.Spends, s.ch.Gave = c.spentSince(m.Was), c.gaveSince(m.Was)
	return nil
}

// goesBack is one that ended in this case as it goes on again. ok is false where it cannot: this case says why.
func (c Case) goesBack(other Case) (back Case, wrote, untold, ok bool) {
	m := other.Merged
	i := slices.IndexFunc(c.Twins, func(t Twin) bool { return t.Case == other.ID && t.Via == "" })
	if m == nil || m.Was == nil || m.Into != c.ID || i < 0 || c.onItsWay() || c.beingPaid(other.ID) {
		return Case{}, false, false, false
	}
	mine, theirs := c.sides(other.ID)
	back = *m.Was
	own, _ := c.part(c.parting(i, false), back.stands())
	back.stand(own)
	back = takesBack(back, c, i)
	back = saidSince(back, c, theirs)
	back.Owed, back.Clocks, wrote = c.owes(m.At, theirs, mine, []stood{m.Was.stands()}, c.debts(i))
	back.Clocks = append(back.Clocks, newsOf(own.Clocks)...)
	back.Draft = draftAgain(back, c, i)
	back.At, back.Known, back.Climb = c.At, nil, nil
	back.Apart = back.apartFrom(c.ID)
	switch k := m.Was.Climb; {
	case k == nil || k.Over:
	case k.Taken != "":
		back.Climb = k // whoever had it has it again
	default:
		untold = c.Climb == nil || c.Climb.Taken == ""
	}
	return back, wrote && !own.talk.same(c.stands().talk), untold, true
}

// goesOwnWay lets a case go on by itself, when it was one with another until now. What its customer wrote since moves
// it where it stands again; what is owed has a clock, and somebody who is told; a closed case leaves nothing behind.
func (s *step) goesOwnWay(c Case, held *Hold, wrote bool) {
	c.Clocks = promised(c)
	s.c, s.was, s.ch = c, c, Change{}
	if cause := held.cause(); cause != "" && c.Hold.cause() == "" {
		s.unpause(cause)
	}
	if !c.Owed.IsZero() && (!c.Stage.Live() || wrote) {
		if _, err := s.sign(followup.Wrote, 0); err != nil {
			s.say("%s", err)
		}
	}
	s.recall()
	if !s.c.Stage.Live() {
		s.standDown()
		s.setWait(followup.Wait{})
		s.close()
		return
	}
	if s.c.Owed.IsZero() {
		return
	}
	s.unremind()
	if len(replyOf(s.c.Clocks)) == 0 {
		objective := escalation.FirstReply
		if s.c.Ours > 0 {
			objective = escalation.NextReply
		}
		s.startClock(objective, s.c.Owed)
	}
	if s.unwatched() {
		s.openClimb()
	}
}

// owes is what one side owes by itself: what it owed before the two were one, if nobody has answered since, else from
// the first word on that he said on its side since then and nobody answered, which is anew. Where neither can be shown
// to be whom an answer is owed, neither side loses it.
func (c Case) owes(merged time.Time, mine, other []Message, debts, others []stood,
) (owed time.Time, clocks []escalation.Clock, anew bool) {
	if c.Owed.IsZero() {
		return time.Time{}, nil, false
	}
	if d, ok := oldest(c.Owed, debts); ok {
		return d.Owed, asTheyAre(replyOf(d.Clocks), c.Clocks), false
	}
	if first := since(c, merged, mine); !first.IsZero() {
		return later(first, c.Owed), replyOf(c.Clocks), true
	}
	if _, ok := oldest(c.Owed, others); ok || !since(c, merged, other).IsZero() {
		return time.Time{}, nil, false
	}
	return c.Owed, replyOf(c.Clocks), true
}

// oldest is the oldest of debts that is still owed, where something is since then.
func oldest(since time.Time, debts []stood) (d stood, ok bool) {
	for _, x := range debts {
		if !x.Owed.IsZero() && !x.Owed.Before(since) && (!ok || x.Owed.Before(d.Owed)) {
			d, ok = x, true
		}
	}
	return d, ok
}

// asTheyAre are clocks as they have become: what was missed since is missed.
func asTheyAre(clocks, now []escalation.Clock) []escalation.Clock {
	out := slices.Clone(clocks)
	for i, k := range out {
		j := slices.IndexFunc(now, func(x escalation.Clock) bool {
			return x.Objective == k.Objective && x.Start.Equal(k.Start) && x.Due.Equal(k.Due)
		})
		if j >= 0 {
			out[i] = now[j]
		}
	}
	return out
}

// replyOf are the clocks of an answer, newsOf those of where the conversation stands.
func replyOf(clocks []escalation.Clock) []escalation.Clock {
	return slices.DeleteFunc(slices.Clone(clocks), func(k escalation.Clock) bool {
		return k.Objective != escalation.FirstReply && k.Objective != escalation.NextReply
	})
}

func newsOf(clocks []escalation.Clock) []escalation.Clock {
	return slices.DeleteFunc(slices.Clone(clocks), func(k escalation.Clock) bool {
		return k.Objective != escalation.Update && k.Objective != escalation.Resolve
	})
}

// promised are the clocks of a case with those of its own promises, and of nobody else's.
func promised(c Case) []escalation.Clock {
	clocks := running(c.Clocks, escalation.Promise)
	for _, p := range c.Promises {
		if p.State == dealing.Open {
			clocks = append(clocks, p.Clock())
		}
	}
	return nonEmpty(clocks)
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

// unplaced is a verdict of which the places of private data are in a text that is not here.
func unplaced(v *triage.Verdict) *triage.Verdict {
	if v == nil {
		return nil
	}
	out := *v
	out.Private = nil
	return &out
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
		if !m.Ours && !m.At.Before(merged) && unanswered(c, m) {
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
