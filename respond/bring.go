package respond

import (
	"maps"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/tally"
)

// brought is what another case of the same person brings to this one, so that it can go with him when they are parted.
func brought(c, other Case, at time.Time) Twin {
	twin := Twin{
		Case: other.ID, Channel: other.Channel, Account: other.Account, Author: other.Author, Keys: other.Keys,
		At: at, Owed: c.Owed, Clocks: c.Clocks,
		Before: &stood{Stage: c.Stage, Outcome: c.Outcome, Offer: c.Offer, Remedy: c.Remedy, Then: c.Stage,
			Incident: c.Incident, Held: c.Hold != nil},
	}
	if reach(other) > reach(c) {
		twin.Before.Then = other.Stage
	}
	for _, p := range other.Promises {
		twin.Promises = append(twin.Promises, p.ID)
	}
	for _, a := range other.Awaited {
		twin.Awaits = append(twin.Awaits, a.Key)
	}
	for _, name := range slices.Sorted(maps.Keys(other.Given)) {
		if _, mine := c.Given[name]; !mine {
			twin.Given = append(twin.Given, name)
		}
	}
	if o := other.Remedy; o != nil && dealing.Merge(c.Dealings, other.Dealings).Remedy.ID == o.ID {
		twin.Remedy = o.ID
	}
	return twin
}

// bothKnown is what the host says of the customer in both, and who he is to us. What keeps messages from him is never
// lost.
func bothKnown(c, other Case) (map[string]string, triage.Standing) {
	given, _ := merged(guarding(other.Given, c.Given), c.Given)
	given, _ = merged(given, other.Given)
	standing := c.Standing
	if o := other.Standing; standing == "" || o == triage.Press || o == triage.Employee && standing != triage.Press {
		standing = o
	}
	return given, standing
}

// guarding are the values of one that keep messages from the customer, where those of the other do not.
func guarding(one, than map[string]string) map[string]string {
	out := map[string]string{}
	for _, name := range []string{givenSilent, givenUnderAge} {
		if v := one[name]; v != "" && v != "no" && (than[name] == "" || than[name] == "no") {
			out[name] = v
		}
	}
	if one[givenSurveyed] > than[givenSurveyed] { // days, as 2026-06-16
		out[givenSurveyed] = one[givenSurveyed]
	}
	return out
}

// bothDealt is what both promised, offered and know. A bar that came from the other is the other's: the row of this
// case's author says nothing of it.
func bothDealt(c, other Case) dealing.Dealings {
	bars := slices.Clone(other.Bars)
	for i, b := range bars {
		if !slices.ContainsFunc(other.Twins, func(t Twin) bool { return t.Case == b.Case }) {
			bars[i].Case = other.ID
		}
	}
	dealt := other.Dealings
	dealt.Bars = bars
	return dealing.Merge(c.Dealings, dealt)
}

// owing is how much hangs on a stage, the least first: of two the case goes on from the later one. It is never written
// to.
var owing = []followup.Stage{
	followup.Closed, followup.Surveying, followup.Dormant, followup.Answered, followup.Confirming, followup.Asking,
	followup.Fresh, followup.Proposed, followup.Working, followup.Fulfilling,
}

// reach is how much hangs on where a case stands. A first message that is owed no answer wants nothing.
func reach(c Case) int {
	if c.Stage == followup.Fresh && c.Owed.IsZero() {
		return slices.Index(owing, followup.Dormant)
	}
	return slices.Index(owing, c.Stage)
}

// goesOnFrom takes the stage on which more hangs, and the offer that goes with what is still to be paid or answered.
func (s *step) goesOnFrom(was, other Case) {
	switch {
	case reach(other) > reach(was):
		s.c.Stage, s.c.Outcome, s.c.Waits = other.Stage, "", other.Waits
		if other.Offer != "" || !was.Stage.Live() {
			s.c.Offer = other.Offer
		}
	case s.c.Waits == nil:
		s.c.Waits = other.Waits
	}
	if o := other.Remedy; o != nil && s.c.Remedy.ID == o.ID && other.Offer != "" {
		s.c.Offer = other.Offer
	}
}

// goesBack takes out of a case what another brought to it.
func goesBack(c Case, t Twin, gone []string) Case {
	c.Given = maps.Clone(c.Given)
	maps.DeleteFunc(c.Given, func(name, _ string) bool { return slices.Contains(t.Given, name) })
	c.Bars = nonEmpty(slices.DeleteFunc(slices.Clone(c.Bars), func(b tally.Bar) bool { return slices.Contains(gone, b.Case) }))
	c.Spends = nonEmpty(slices.DeleteFunc(slices.Clone(c.Spends), func(x tally.Spend) bool { return slices.Contains(gone, x.Case) }))
	c.Awaited = nonEmpty(slices.DeleteFunc(slices.Clone(c.Awaited), func(a Awaited) bool { return slices.Contains(t.Awaits, a.Key) }))
	b := t.Before
	if b == nil {
		return c
	}
	c.Incident = c.Incident && b.Incident
	if !b.Held && c.Hold != nil && !c.Hold.Since.After(t.At) { // what held the other holds this one no more
		c.Hold = nil
	}
	if t.Remedy != "" && c.Remedy != nil && c.Remedy.ID == t.Remedy {
		c.Remedy, c.Offer = b.Remedy, b.Offer
	}
	if b.Then != b.Stage && c.Stage == b.Then { // nothing has moved it since
		c.Stage, c.Outcome, c.Offer, c.Waits = b.Stage, b.Outcome, b.Offer, nil
		c.Clocks = running(c.Clocks, escalation.Update, escalation.Resolve)
		for _, k := range t.Clocks {
			if k.Objective == escalation.Update || k.Objective == escalation.Resolve {
				c.Clocks = append(c.Clocks, k)
			}
		}
	}
	return c
}

// beingPaid reports whether what a twin had offered is being paid now, so that nobody can say yet in which case it ends.
func (c *Case) beingPaid(t Twin) bool {
	return t.Remedy != "" && c.Remedy != nil && c.Remedy.ID == t.Remedy &&
		(c.Remedy.State == dealing.Paying || c.Remedy.State == dealing.Uncertain)
}

// takesBack gives a case that goes on again what became of its own while it was part of another.
func takesBack(c, other Case) Case {
	waits := func(key string) bool {
		return slices.ContainsFunc(other.Awaited, func(a Awaited) bool { return a.Key == key })
	}
	c.Awaited = nonEmpty(slices.DeleteFunc(slices.Clone(c.Awaited), func(a Awaited) bool {
		return a.Kind == tellKind || !waits(a.Key)
	}))
	given, _ := merged(guarding(other.Given, c.Given), c.Given)
	if c.Given = given; len(given) == 0 {
		c.Given = nil
	}
	bars := tally.Courtesy{Bars: c.Bars}
	for _, b := range other.Bars {
		if b.From == event.Contact || b.Case == c.ID {
			b.Case = c.ID
			bars = bars.Bar(b)
		}
	}
	c.Bars = nonEmpty(bars.Bars)
	later := dealing.Apply(dealing.Dealings{}, dealing.Dealt{Surveyed: other.Surveyed, Invited: other.Invited, Gave: other.Gave})
	c.Dealings = dealing.Apply(c.Dealings, dealing.Dealt{Surveyed: later.Surveyed, Invited: later.Invited, Gave: later.Gave})
	i := slices.IndexFunc(other.Twins, func(t Twin) bool { return t.Case == c.ID })
	switch o := other.Remedy; {
	case c.Remedy == nil || i < 0 || other.Twins[i].Remedy != c.Remedy.ID:
	case o != nil && o.ID == c.Remedy.ID:
		c.Remedy, c.Offer = o, other.Offer
	default: // another was offered in its place
		replaced := *c.Remedy
		replaced.State = dealing.Replaced
		c.Remedy = &replaced
	}
	return c
}
