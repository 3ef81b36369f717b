package respond

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/triage/tally"
)

// brought is what another case of the same person brings to this one, so that it can go with him when they are parted.
func brought(c, other Case, at time.Time) Twin {
	before, theirs := c.stands(), other.brings()
	theirs.Notes, theirs.Watchers = nil, nil // they go back with it
	twin := Twin{
		Case: other.ID, Channel: other.Channel, Account: other.Account, Author: other.Author, Keys: other.Keys,
		At: at, Before: &before, Brought: &theirs,
	}
	for _, a := range other.Awaited {
		twin.Awaits = append(twin.Awaits, a.Key)
	}
	for _, name := range slices.Sorted(maps.Keys(other.Given)) {
		if _, mine := c.Given[name]; !mine {
			twin.Given = append(twin.Given, name)
		}
	}
	if d := other.Draft; d != nil && bothWrite(c.Draft, d) == d {
		twin.Draft = d.ID
	}
	return twin
}

// bothGiven is what the host says of the customer in both. What keeps messages from him is never lost.
func bothGiven(c, other Case) map[string]string {
	given, _ := merged(guarding(other.Given, c.Given), c.Given)
	given, _ = merged(given, other.Given)
	return given
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

// bothDealt is what both promised, offered and know. What came from the other is the other's.
func bothDealt(c, other Case) Case {
	theirs := other.Dealings
	theirs.Promises, theirs.Gifts = slices.Clone(theirs.Promises), slices.Clone(theirs.Gifts)
	for i, p := range theirs.Promises {
		theirs.Promises[i].From = cmp.Or(p.From, other.ID)
	}
	for i, g := range theirs.Gifts {
		theirs.Gifts[i].From = cmp.Or(g.From, other.ID)
	}
	stands := c.stands()
	c.Dealings = dealing.Merge(c.Dealings, theirs)
	c.stand(stands) // of what there is one of, that is known
	return c
}

// cameWith are the case that was merged into this one and those that had been merged into it.
func (c *Case) cameWith(id string) []string {
	gone := []string{id}
	for _, t := range c.Twins {
		if t.Via == id {
			gone = append(gone, t.Case)
		}
	}
	return gone
}

// apartFrom are the cases that it was parted from, with one more.
func (c *Case) apartFrom(id string) []string {
	before := slices.DeleteFunc(slices.Clone(c.Apart), func(x string) bool { return x == id })
	return newest(keptApart, append(before, id))
}

// beingPaid reports whether what was offered to a twin is being paid now, so that nobody can say yet how it ends.
func (c *Case) beingPaid(id string) bool {
	gone := c.cameWith(id)
	paying := func(o dealing.Offer) bool {
		return slices.Contains(gone, o.From) && (o.State == dealing.Paying || o.State == dealing.Uncertain)
	}
	return c.Remedy != nil && paying(*c.Remedy) || slices.ContainsFunc(c.Gifts, paying)
}

// onItsWay reports whether an answer to the customer is.
func (c *Case) onItsWay() bool {
	return slices.ContainsFunc(c.Awaited, func(a Awaited) bool { return isWord(a.Kind) })
}

// leadsTo tells the keys that lead to those who leave: those that they brought, those of our messages to them, and those
// of their private threads.
func (c *Case) leadsTo(gone []string, theirs []Message) func(key string) bool {
	keys := map[string]bool{}
	for _, t := range c.Twins {
		if !slices.Contains(gone, t.Case) {
			continue
		}
		for _, k := range append(c.keysOf(t, theirs), t.Keys...) {
			keys[k] = true
		}
	}
	for _, k := range c.keysOf(c.self(), nil) {
		delete(keys, k)
	}
	return func(key string) bool { return keys[key] }
}

// keysOf are the keys that our messages to somebody led to, and his private thread.
func (c *Case) keysOf(t Twin, messages []Message) (keys []string) {
	author := t.Author.Key()
	if author == "" {
		return nil
	}
	for _, m := range messages {
		if m.Ours && m.From == t.Case && !m.Ref.IsZero() {
			keys = append(keys, messageKey(c.Tenant, m.Ref, author))
		}
	}
	return append(keys, privateKey(c.Tenant, t.Channel, t.Account, author))
}

// withoutTheirs takes out of a case what others brought to it, and what they were promised and given in it.
func withoutTheirs(c Case, t Twin, gone []string) Case {
	theirs := func(from string) bool { return slices.Contains(gone, from) }
	c.Given = maps.Clone(c.Given)
	maps.DeleteFunc(c.Given, func(name, _ string) bool { return slices.Contains(t.Given, name) })
	if len(c.Given) == 0 {
		c.Given = nil
	}
	c.Promises = nonEmpty(slices.DeleteFunc(slices.Clone(c.Promises), func(p dealing.Promise) bool { return theirs(p.From) }))
	c.Gifts = nonEmpty(slices.DeleteFunc(slices.Clone(c.Gifts), func(o dealing.Offer) bool { return theirs(o.From) }))
	c.Spends = nonEmpty(slices.DeleteFunc(slices.Clone(c.Spends), func(x tally.Spend) bool { return theirs(x.Case) }))
	c.Awaited = nonEmpty(slices.DeleteFunc(slices.Clone(c.Awaited), func(a Awaited) bool { return slices.Contains(t.Awaits, a.Key) }))
	c.Facts = verifiedWithout(c, gone)
	return c
}

// movedTo are the offers that are no longer counted in the row of this case's author: they were made to another.
func (c *Case) movedTo(gone []string) (ids []string) {
	for _, x := range c.Spends {
		t := c.twin(x.Case)
		if slices.Contains(gone, x.Case) && (t.Channel != c.Channel || t.Author.Key() != c.Author.Key()) {
			ids = append(ids, x.ID)
		}
	}
	return ids
}

// takesBack gives a case that goes on again what became of its own while it was part of another, as its twin there.
func takesBack(c, other Case, i int) Case {
	t, mine := other.Twins[i], other.cameWith(c.ID)
	own := func(from string) bool { return slices.Contains(mine, from) }
	here := func(from string) string {
		if from == c.ID {
			return ""
		}
		return from
	}
	waits := func(key string) bool {
		return slices.ContainsFunc(other.Awaited, func(a Awaited) bool { return a.Key == key })
	}
	c.Awaited = nonEmpty(slices.DeleteFunc(slices.Clone(c.Awaited), func(a Awaited) bool {
		return a.Kind == tellKind || !waits(a.Key)
	}))
	given := guarding(other.Given, c.Given)
	for _, name := range t.Given {
		if v := other.Given[name]; v != "" {
			given[name] = v // said of him since
		}
	}
	if c.Given, _ = merged(given, c.Given); len(c.Given) == 0 {
		c.Given = nil
	}
	if o := c.Remedy; o != nil {
		offer := *o
		offer.From = here(o.From)
		c.Remedy = &offer
	}
	promises, gifts := slices.Clone(c.Promises), slices.Clone(c.Gifts)
	c.Promises, c.Gifts = nil, nil
	for _, p := range other.Promises {
		if own(p.From) {
			p.From = here(p.From)
			c.Promises = append(c.Promises, p)
		}
	}
	for _, o := range other.Gifts {
		if own(o.From) {
			o.From = here(o.From)
			c.Gifts = append(c.Gifts, o)
		}
	}
	c.Promises = unlessThere(promises, c.Promises, func(p dealing.Promise) string { return p.ID })
	c.Gifts = unlessThere(gifts, c.Gifts, func(o dealing.Offer) string { return o.ID })
	c.Spends = nonEmpty(slices.DeleteFunc(slices.Clone(other.Spends), func(x tally.Spend) bool { return !own(x.Case) }))
	c.Facts = verifiedAgain(c, other)
	return c
}

// unlessThere are those of before that nobody remembered, and then those that are there.
func unlessThere[T any](before, there []T, id func(T) string) []T {
	gone := slices.DeleteFunc(before, func(x T) bool {
		return slices.ContainsFunc(there, func(y T) bool { return id(x) == id(y) })
	})
	return nonEmpty(append(gone, there...))
}

// spentSince is what the customer was given while his case was part of another, for his own row.
func (c Case) spentSince(was *Case) (list []tally.Spend) {
	for _, x := range c.Spends {
		if !slices.ContainsFunc(was.Spends, func(y tally.Spend) bool { return y.ID == x.ID }) {
			list = append(list, x)
		}
	}
	return list
}

// gaveSince is when he was given something out of goodwill since; zero: he was not.
func (c Case) gaveSince(was *Case) (at time.Time) {
	for _, o := range c.Gifts {
		made := o.State != dealing.Allowed && o.State != dealing.Withheld
		if made && !slices.ContainsFunc(was.Gifts, func(y dealing.Offer) bool { return y.ID == o.ID }) {
			at = later(at, o.Since)
		}
	}
	return at
}

// saidSince gives a case that goes on again what was said on its side while it was part of another.
func saidSince(c, other Case, theirs []Message) Case {
	ours := false
	for _, x := range theirs {
		if x.From == c.ID {
			x.From = ""
		}
		known := func(y Message) bool { return y.Ref == x.Ref && y.At.Equal(x.At) }
		if !slices.ContainsFunc(c.Messages, known) {
			ours = ours || x.Ours
		} else if x.Ref.IsZero() {
			continue
		}
		c = applyMessage(c, x) // new, or its newer revision
	}
	for _, t := range append([]Twin{c.self()}, c.Twins...) {
		for _, k := range c.keysOf(t, c.Messages) {
			if slices.Contains(other.Keys, k) {
				c.lead(k)
			}
		}
	}
	of := func(ref mention.Ref) *Message {
		i := slices.IndexFunc(theirs, func(x Message) bool { return x.Ref == ref && !ref.IsZero() })
		if i < 0 {
			return nil
		}
		return &theirs[i]
	}
	switch o, last := other.Open, lastOpen(c.Messages); {
	case o != nil && of(o.Ref) != nil:
		open := *o
		c.Open = &open
	case last != nil && (c.Open == nil || c.Open.Ref != last.Ref || c.Open.Revision != last.Revision || last.Gone):
		c.Open, c.Verdict = last, unplaced(c.Verdict) // its words are not here any more
	}
	c.Heard = nonEmpty(slices.DeleteFunc(slices.Clone(other.Heard), func(h Heard) bool { return of(h.Mention.Ref) == nil }))
	if ours {
		c.Said, c.Play = other.Said, other.Play
	}
	return c
}

// draftAgain is the draft of a case that goes on again: what answers a message of its own, and its old one unless that
// went on in the other, or answers what was answered since.
func draftAgain(c, other Case, i int) *Draft {
	stays := func(d *Draft) bool {
		return d != nil && slices.ContainsFunc(c.Messages, func(m Message) bool { return m.Ref == d.Answers && !m.Ref.IsZero() })
	}
	switch d := c.Draft; {
	case stays(other.Draft):
		return other.Draft
	case d == nil || d.ID == other.Twins[i].Draft || c.Owed.IsZero():
		return nil
	case c.Open != nil && d.Answers != c.Open.Ref && d.byMachine():
		return nil
	}
	return c.Draft
}
