package respond

import (
	"maps"
	"slices"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/followup"
)

// Apply returns the case after an entry. It sees no rules and cannot fail: folding a trail gives the stored case again,
// under any later rules. It never alters its argument. An entry that decided nothing (Seq 0) changes nothing.
func Apply(c Case, e Entry) Case {
	if e.Seq == 0 {
		return c
	}
	ch := e.Change
	if ch.Whole != nil {
		c = *ch.Whole
		c.Seq, c.At, c.Known = e.Seq, e.At, c.Known.With(e.Event.ID)
		if ch.Awaited != nil {
			c.Awaited = nonEmpty(*ch.Awaited)
		}
		c.Waits = set(c.Waits, ch.Waits, ch.Waits != nil && *ch.Waits == followup.Wait{})
		return c
	}
	c.Seq, c.At = e.Seq, e.At
	if c.Opened.IsZero() {
		c.Opened = e.At
	}
	c.Known = c.Known.With(e.Event.ID)
	if o := ch.Opening; o != nil {
		c.Channel, c.Account, c.Author = o.Channel, o.Account, o.Author
	}
	for _, k := range ch.Keys {
		c.lead(k)
	}
	if ch.Given != nil {
		c.learn(ch)
		c.Given = maps.Clone(ch.Given)
	}
	if ch.Standing != "" {
		c.Standing = ch.Standing
	}
	if ch.Reread {
		c.reread()
	}
	for _, m := range ch.Moves {
		c.move(m)
		c.mend(m, e.At)
	}
	c.Hold = set(c.Hold, ch.Hold, ch.Hold != nil && ch.Hold.Kind == "")
	if m := ch.Message; m != nil {
		if d := c.Draft; m.Ours && d != nil && m.Hash == hash(d.Text) {
			c.Said = cutTo(d.Text, keptWords)
		}
		c = applyMessage(c, *m)
	}
	c.facets(ch)
	if ch.Play != nil {
		c.Play = *ch.Play
	}
	if ch.Invite != nil {
		c.Invite = *ch.Invite
	}
	if ch.Duties != nil {
		c.Duties = nonEmpty(*ch.Duties)
	}
	c.Breaches += len(ch.Missed)
	c.Waived += ch.Waived
	c.Preserve = set(c.Preserve, ch.Preserve, ch.Preserve != nil && ch.Preserve.Who == "")
	c.Access = set(c.Access, ch.Access, ch.Access != nil && ch.Access.By == "")
	c.Erasure = set(c.Erasure, ch.Erasure, ch.Erasure != nil && ch.Erasure.By == "")
	if ch.Facts != nil {
		c.Facts = nonEmpty(*ch.Facts)
	}
	c.Assessed = set(c.Assessed, ch.Assessed, ch.Assessed != nil && ch.Assessed.By == "")
	if ch.Purged != nil {
		c.Purged = nonEmpty(*ch.Purged)
	}
	c.Dealings = dealing.Apply(c.Dealings, ch.Dealt)
	c.had()
	if ch.Incident != nil {
		c.Incident = *ch.Incident
	}
	if ch.Calm != nil {
		c.Calm = *ch.Calm
	}
	return c
}

// learn keeps of whom the host said what is new: of who wrote the message that it came with, else the last one.
func (c *Case) learn(ch Change) {
	from := ""
	switch m := ch.Message; {
	case len(c.Twins) == 0:
		return
	case m != nil:
		from = m.From
	case c.Open != nil:
		if at := slices.IndexFunc(c.Messages, func(x Message) bool { return x.Ref == c.Open.Ref }); at >= 0 {
			from = c.Messages[at].From
		}
	}
	i := slices.IndexFunc(c.Twins, func(t Twin) bool { return t.Case == from })
	if i < 0 {
		return
	}
	c.Twins = slices.Clone(c.Twins)
	names := slices.Clone(c.Twins[i].Given)
	for _, name := range slices.Sorted(maps.Keys(ch.Given)) {
		if ch.Given[name] != c.Given[name] && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	c.Twins[i].Given = names
}

// facets sets what a change sets as a whole and a replay decodes late, as the list late has it.
func (c *Case) facets(ch Change) {
	if ch.Verdict != nil {
		c.Verdict = ch.Verdict
	}
	c.Unread = set(c.Unread, ch.Unread, ch.Unread != nil && ch.Unread.At.IsZero())
	c.Open = set(c.Open, ch.Open, ch.Open != nil && ch.Open.Ref.IsZero())
	if ch.Heard != nil {
		c.Heard = nonEmpty(*ch.Heard)
	}
	c.Draft = set(c.Draft, ch.Draft, ch.Draft != nil && ch.Draft.ID == "")
	c.climbs(ch.Climb, ch.Pages)
	c.Waits = set(c.Waits, ch.Waits, ch.Waits != nil && *ch.Waits == followup.Wait{})
	if ch.Owed != nil {
		c.Owed = *ch.Owed
	}
	if ch.Clocks != nil {
		c.Clocks = nonEmpty(*ch.Clocks)
	}
	if ch.Awaited != nil {
		c.Awaited = nonEmpty(*ch.Awaited)
	}
}

// climbs sets the climb with its pages.
func (c *Case) climbs(climb *escalation.Climb, p *pages) {
	was := c.Climb
	c.Climb = set(was, climb, climb != nil && climb.Ladder == "")
	if p == nil || c.Climb == nil {
		return
	}
	with := *c.Climb
	with.Pages = nil
	if was != nil {
		with.Pages = was.Pages
	}
	with.Pages = p.after(with.Pages)
	c.Climb = &with
}

// had keeps who has the case, for when nobody has it any more.
func (c *Case) had() {
	if k := c.Climb; k != nil && k.Taken != "" {
		c.Had = k.Taken
	}
}

// lead adds a routing key. The oldest of those that came with our answers is forgotten first: the conversation's own key,
// and that of a case that was merged into this one, still leads here.
func (c *Case) lead(key string) {
	if slices.Contains(c.Keys, key) {
		return
	}
	c.Keys = append(slices.Clone(c.Keys), key)
	if len(c.Keys) <= firstKeys+keptKeys {
		return
	}
	answers := func(key string) bool {
		return !slices.ContainsFunc(c.Twins, func(t Twin) bool {
			return slices.Contains(t.Keys[:min(len(t.Keys), firstKeys)], key)
		})
	}
	oldest := firstKeys + max(0, slices.IndexFunc(c.Keys[firstKeys:], answers))
	c.Keys = slices.Delete(c.Keys, oldest, oldest+1)
}

// applyMessage adds a turn, or replaces the revision of it that was there. The customer's last turn is never forgotten:
// it is what an answer answers.
func applyMessage(c Case, m Message) Case {
	at := slices.IndexFunc(c.Messages, func(x Message) bool { return x.Ref == m.Ref && !m.Ref.IsZero() })
	if at >= 0 {
		c.Messages = slices.Clone(c.Messages)
		c.Messages[at] = m
		return c
	}
	list := append(make([]Message, 0, len(c.Messages)+1), c.Messages...)
	if i := slices.IndexFunc(list, func(x Message) bool { return m.Old && x.At.After(m.At) }); i >= 0 {
		list = slices.Insert(list, i, m) // from the past: it is not what we answer next
	} else {
		list = append(list, m)
	}
	if len(list) > keptMessages {
		theirs := func(x Message) bool { return !x.Ours }
		oldest := 0
		if theirs(list[0]) && !slices.ContainsFunc(list[1:], theirs) {
			oldest = 1
		}
		list = slices.Delete(list, oldest, oldest+1)
	}
	c.Messages = list
	if m.Ours {
		c.Ours++
	} else {
		c.Theirs++
	}
	return c
}

// set is the facet after a change: the old one, the new one, or nothing when it was cleared.
func set[T any](old, changed *T, cleared bool) *T {
	switch {
	case changed == nil:
		return old
	case cleared:
		return nil
	}
	return changed
}

// nonEmpty keeps an empty list out of the JSON, so that cleared and never set are the same bytes.
func nonEmpty[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

// running is the case's clocks without those of these objectives.
func running(clocks []escalation.Clock, without ...escalation.Objective) []escalation.Clock {
	var left []escalation.Clock
	for _, k := range clocks {
		if !slices.Contains(without, k.Objective) {
			left = append(left, k)
		}
	}
	return left
}
