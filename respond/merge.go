package respond

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// A Merger is where a case ended that is of the same person as another. Nothing happens in it any more: whoever has
// something for it brings it to the case Into.
type Merger struct {
	Into string    `json:"into"` // the case that goes on
	By   string    `json:"by"`
	At   time.Time `json:"at"` // UTC
	Was  *Case     `json:"was,omitempty"`
}

// A Twin is the same person elsewhere: the place and the name by which a case that was merged into this one knew him.
type Twin struct {
	Case    string         `json:"case"`
	Via     string         `json:"via,omitempty"` // it came with this other one
	Channel string         `json:"channel"`
	Account string         `json:"account,omitempty"` // ours, that answers him there
	Author  mention.Author `json:"author"`
	Keys    []string       `json:"keys,omitempty"`

	At     time.Time `json:"at"`               // when it was merged, UTC
	Given  []string  `json:"given,omitempty"`  // names of what the host said of the other, and not of this one
	Awaits []string  `json:"awaits,omitempty"` // keys of what it waited for
	Draft  string    `json:"draft,omitempty"`  // its draft, by id, if the case goes on with that one

	Before  *stood `json:"before,omitempty"`  // where this case stood before it came
	Brought *stood `json:"brought,omitempty"` // and where the other did
}

// Merge returns the two events that make two cases of one person one: this one goes on, other ends in it. A person asks
// for it, or routing does, where keys of one mention lead to both. Decide both, and store both entries, both cases and
// the moved keys in one commit; where either is refused, neither happens. Each trail replays by itself.
//
//	mine, theirs, err := c.Merge(other, "ana", "the same booking", now)
//	c, _, err = respond.Step(rules, c, mine, now)
//	other, _, err = respond.Step(rules, other, theirs, now)
//
// The error is that other cannot be written as JSON.
func (c Case) Merge(other Case, by, note string, at time.Time) (mine, theirs event.Event, err error) {
	data, err := json.Marshal(other)
	count := strconv.Itoa(c.Seq) + "/" + strconv.Itoa(other.Seq)
	mine = event.Event{ID: event.MergedID("merged", c.ID, other.ID, count), At: at, By: by,
		Body: event.Merged{From: other.ID, Case: data, Note: note}}
	theirs = event.Event{ID: event.MergedID("merged", other.ID, c.ID, count), At: at, By: by,
		Body: event.Merged{Into: c.ID, Note: note}}
	return mine, theirs, err
}

// Split returns the two events that undo a Merge: other goes on again by itself, with what was said on its side since.
// Decide both and store them in one commit, as with Merge. Where they cannot be parted now, both are refused.
func (c Case) Split(other Case, by, note string, at time.Time) (mine, theirs event.Event, err error) {
	count := strconv.Itoa(c.Seq) + "/" + strconv.Itoa(other.Seq)
	mine = event.Event{ID: event.MergedID("split", c.ID, other.ID, count), At: at, By: by,
		Body: event.Split{From: other.ID, Note: note}}
	split := event.Split{Into: c.ID, Note: note}
	back, wrote, untold, ok := c.goesBack(other)
	if ok {
		split.Wrote, split.Untold = wrote, untold
		split.Case, err = json.Marshal(back)
	}
	theirs = event.Event{ID: event.MergedID("split", other.ID, c.ID, count), At: at, By: by, Body: split}
	return mine, theirs, err
}

// endedElsewhere refuses what is brought to a case that was merged into another, and says where it goes.
func (s *step) endedElsewhere() error {
	if s.c.Merged == nil {
		return nil
	}
	switch s.e.Body.(type) {
	case event.Split, event.Erased, event.Purged:
		return nil
	case event.Merged: // it is meant for both of two, and no other
		return s.refuse("the case was merged into %s: merge that one", s.c.Merged.Into)
	}
	return &RefusedError{
		Event: s.e.Kind(), Into: s.c.Merged.Into,
		Reason: fmt.Sprintf("the case was merged into %s: bring it there", s.c.Merged.Into),
	}
}

// merged makes two cases one, on the side of one of them.
func (s *step) merged(b event.Merged) error {
	switch {
	case !s.byMember() && s.e.By != event.Host:
		return s.refuse("%q merges nothing: a member does, or routing", s.e.By)
	case (b.Into == "") == (b.From == "") || b.Into == s.c.ID || b.From == s.c.ID:
		return s.refuse("a case is merged with one other: name it")
	case s.e.By == event.Host && slices.Contains(s.c.Apart, b.Into+b.From):
		return s.refuse("a person parted it from %s: only a person makes them one again", b.Into+b.From)
	case s.onItsWay():
		return s.refuse("an answer is on its way: merge when it is known whether it went out")
	case b.Into != "":
		s.mergeInto(b)
		return nil
	}
	return s.mergeFrom(b)
}

// mergeInto ends the case in another. What it was is kept, for a Split.
func (s *step) mergeInto(b event.Merged) {
	was := s.c
	if c := s.c.Climb; c != nil && !c.Over {
		s.climb(escalation.Move{Kind: escalation.StoodOff, By: s.e.By})
	}
	s.say("merged into %s by %s: it goes on there", b.Into, s.e.By)
	s.put(Case{
		Tenant: was.Tenant, ID: was.ID, Seq: was.Seq, At: was.At, Opened: was.Opened, Channel: was.Channel,
		Account: was.Account, Author: was.Author, Verdict: was.Verdict, Stage: followup.Closed, Outcome: followup.Merged,
		Theirs: was.Theirs, Ours: was.Ours, Breaches: was.Breaches, Waived: was.Waived, Reopens: was.Reopens,
		Known: was.Known, Access: was.Access, Apart: was.Apart, rest: was.rest,
		Merged: &Merger{Into: b.Into, By: s.e.By, At: s.now, Was: &was},
	})
}

// put makes another case of this one, whole.
func (s *step) put(c Case) {
	s.ch = Change{Whole: &c}
	s.c = c
}

// mergeFrom takes in what another case holds and owes.
func (s *step) mergeFrom(b event.Merged) error {
	var other Case
	if err := json.Unmarshal(b.Case, &other); err != nil {
		return s.refuse("the other case cannot be read: %v", err)
	}
	if err := s.fits(b.From, other); err != nil {
		return err
	}
	s.notBefore(other.At)
	was := s.c
	c := s.c
	c.stand(was.stands().with(other.brings()))
	c.Twins = append(slices.Clone(c.Twins), brought(was, other, s.now))
	for _, t := range other.Twins {
		t.Via, t.Before, t.Brought = other.ID, nil, nil // it goes back with the other, which knows
		c.Twins = append(c.Twins, t)
	}
	for _, k := range other.Keys {
		c.lead(k)
	}
	c.Given = bothGiven(c, other)
	c = bothSaid(c, other)
	c = bothOwe(c, other)
	for _, a := range other.Awaited {
		if a.Kind == tellKind && a.Page >= 0 {
			a.Page = past
		}
		c.Awaited = append(slices.Clone(c.Awaited), a)
	}
	s.c = c
	s.goesOn(was, other)
	s.say("%s was merged into it by %s: the same person", other.ID, s.e.By)
	s.put(s.c)
	return nil
}

// fits says why a case cannot be merged into this one.
func (s *step) fits(id string, other Case) error {
	switch {
	case other.ID != id || other.Tenant != s.c.Tenant || other.Seq == 0:
		return s.refuse("what was brought is not the case %s", id)
	case other.Merged != nil:
		return s.refuse("%s was merged into %s already", id, other.Merged.Into)
	case slices.ContainsFunc(s.c.Twins, func(t Twin) bool { return t.Case == id }):
		return s.refuse("%s was merged into it already", id)
	case slices.ContainsFunc(other.Awaited, func(a Awaited) bool { return isWord(a.Kind) }):
		return s.refuse("an answer of %s is on its way: merge when it is known whether it went out", id)
	case other.nameless() || s.c.nameless():
		return s.refuse("of one of them nobody is named any more")
	}
	return nil
}

// bothSaid is what was said in both, in order.
func bothSaid(c, other Case) Case {
	list := slices.Clone(c.Messages)
	for _, m := range other.Messages {
		if m.From == "" {
			m.From = other.ID
		}
		list = append(list, m)
	}
	slices.SortStableFunc(list, func(a, b Message) int { return a.At.Compare(b.At) })
	c.Messages = list[max(0, len(list)-keptMessages):]
	c.Theirs, c.Ours = c.Theirs+other.Theirs, c.Ours+other.Ours
	c.Heard = newest(keptHeard+1, slices.Concat(other.Heard, c.Heard))
	if o := other.Open; o != nil && (c.Open == nil || o.At.After(c.Open.At)) {
		open := *o
		c.Open = &open
		c.Heard = newest(keptHeard+1, slices.Concat(c.Heard, other.Heard))
	}
	c.Draft = bothWrite(c.Draft, other.Draft)
	return c
}

// bothWrite is the draft of two: what a person wrote, the first's before the other's.
func bothWrite(mine, theirs *Draft) *Draft {
	for _, d := range []*Draft{mine, theirs} {
		if d != nil && !d.byMachine() && d.Stale == "" {
			return d
		}
	}
	return nil
}

// single are the objectives of which a case has one clock. It is never written to.
var single = []escalation.Objective{escalation.FirstReply, escalation.NextReply, escalation.Update, escalation.Resolve}

// bothOwe is what both owe: by every clock, the sooner one where both have it. Each promise has a clock of its own.
func bothOwe(c, other Case) Case {
	if c.Owed.IsZero() || !other.Owed.IsZero() && other.Owed.Before(c.Owed) {
		c.Owed = other.Owed // from the oldest unanswered word on
	}
	clocks := slices.Clone(c.Clocks)
	for _, k := range other.Clocks {
		i := slices.IndexFunc(clocks, func(x escalation.Clock) bool {
			return x.Objective == k.Objective &&
				(slices.Contains(single, k.Objective) || x.Start.Equal(k.Start) && x.Due.Equal(k.Due))
		})
		switch {
		case i < 0:
			clocks = append(clocks, k)
		case k.Due.Before(clocks[i].Due):
			clocks[i] = k
		}
	}
	c.Clocks = clocks
	c.Breaches = max(c.Breaches, other.Breaches)
	c = bothDealt(c, other)
	c.Facts = bothVerified(c, other)
	return c
}

// goesOn lets the conversation go on from where either stood, and tells who must know.
func (s *step) goesOn(was, other Case) {
	alarmed := false
	if v := other.Verdict; v != nil {
		graver := *s.c.Verdict
		if o := s.c.Open; o != nil && other.Open != nil && o.Ref == other.Open.Ref { // places are those in the open message
			graver.Private, graver.Hits, graver.Signals, graver.Reasons = v.Private, v.Hits, v.Signals, v.Reasons
		}
		s.c.Verdict, s.c.Hold = was.Verdict, cmp.Or(was.Hold, other.Hold)
		alarmed = s.rise(graver)
	}
	by := other.Climb
	if by != nil && !by.Over && by.Taken != "" && s.member(by.Taken) {
		s.has(by.Taken)
	}
	if by != nil && s.inHand() && s.c.Climb.Taken == by.Taken { // who has taken the graver one has both
		if alarmed {
			s.tighten()
		}
		return
	}
	if !s.c.Owed.IsZero() || by != nil && !by.Over && by.Taken == "" { // who was being told for it is told for this one
		s.graver(alarmed, other.Verdict != nil && other.Verdict.Crisis)
	}
}

// notBefore holds the step at the last instant of a case that comes to it: a clock that went back between the two must
// not make the case owe something from tomorrow on.
func (s *step) notBefore(at time.Time) {
	if at.After(s.now) {
		s.now = at
	}
}
