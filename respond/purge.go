package respond

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/privacy"
)

// Forget says which classes of what a Dormant or Closed case holds are past their time, and when to ask again; the zero
// instant is never. They are counted from the last thing that was said. While the case is preserved, or lives, it is none.
// The host drops the rows of these classes and brings a Purged that names them; with privacy.Trail the case goes whole.
func (r *Rules) Forget(c Case, now time.Time) (due []privacy.Class, next time.Time) {
	if c.Preserve != nil || c.Seq == 0 || c.Stage != followup.Dormant && c.Stage != followup.Closed {
		return nil, time.Time{}
	}
	ended := c.ended()
	for _, class := range r.specs.Retention.Due(ended, now) {
		if !slices.Contains(c.Purged, class) {
			due = append(due, class)
		}
	}
	if len(due) > 0 {
		return due, mention.Instant(now)
	}
	return nil, r.specs.Retention.Next(ended, c.Purged)
}

// ended is when the last thing was said.
func (c Case) ended() time.Time {
	ended := c.Opened
	for _, m := range c.Messages {
		if m.At.After(ended) {
			ended = m.At
		}
	}
	return ended
}

// nameless reports whether nobody is named in the case any more: who writes in it next begins anew.
func (c *Case) nameless() bool {
	return slices.Contains(c.Purged, privacy.Author) || c.Erasure != nil && !c.Erasure.Done.IsZero()
}

// purged drops the classes that are past their time.
func (s *step) purged(b event.Purged) error {
	due, _ := s.r.Forget(s.c, s.now)
	for _, class := range b.Classes {
		if !slices.Contains(due, class) {
			return s.refuse("%s is not past its time, is gone, or is preserved", class)
		}
	}
	if len(b.Classes) == 0 {
		s.nothing = true
		return nil
	}
	s.say("past their time: %v", b.Classes)
	gone := append(slices.Clone(s.c.Purged), b.Classes...)
	if !slices.ContainsFunc(b.Classes, s.c.holds) {
		s.ch.Purged, s.c.Purged = &gone, gone
		return nil
	}
	s.c.Purged = gone
	out := s.c
	for _, class := range b.Classes {
		out = out.without(class)
	}
	s.put(out)
	return nil
}

// holds reports whether the case itself holds something of a class.
func (c Case) holds(class privacy.Class) bool {
	if m := c.Merged; m != nil && m.Was != nil && m.Was.holds(class) {
		return true
	}
	switch class {
	case privacy.Raw:
		return false
	case privacy.Media:
		return slices.ContainsFunc(c.Heard, func(h Heard) bool { return len(h.Mention.Media)+len(h.Mention.Links) > 0 })
	case privacy.Private:
		return c.Verdict != nil && len(c.Verdict.Private) > 0
	case privacy.Survey:
		return c.Survey != nil
	}
	return true
}

// without is the case less one class. Who said something and what he said go together with all that names him.
func (c Case) without(class privacy.Class) Case {
	if m := c.Merged; m != nil && m.Was != nil {
		was := m.Was.without(class)
		c.Merged = &Merger{Into: m.Into, By: m.By, At: m.At, Was: &was}
	}
	switch class {
	case privacy.Trail:
		c, _ = c.Redacted()
	case privacy.Text, privacy.Author:
		was := c
		c, _ = c.Redacted()
		c.Purged, c.Hold = was.Purged, was.Hold
		if class == privacy.Text { // the conversation still leads here, wherever he writes
			c.Author, c.Keys, c.Given, c.Messages = was.Author, was.Keys, was.Given, unhashed(was.Messages)
			c.Twins = slices.Clone(was.Twins)
			for i := range c.Twins {
				c.Twins[i].Before, c.Twins[i].Brought = nil, nil
			}
		} else { // the rest is counted from it
			c.Messages = []Message{{At: was.ended()}}
		}
	case privacy.Survey:
		c.Survey = nil
	case privacy.Media:
		c.Heard = slices.Clone(c.Heard)
		for i := range c.Heard {
			c.Heard[i].Mention.Media, c.Heard[i].Mention.Links = nil, nil
		}
	case privacy.Private:
		if v := c.Verdict; v != nil && len(v.Private) > 0 {
			without := *v
			without.Private = nil
			c.Verdict = &without
		}
	}
	return c
}

func unhashed(list []Message) []Message {
	list = slices.Clone(list)
	for i := range list {
		list[i].Hash, list[i].Text = "", ""
	}
	return list
}

// anew lets who wrote in a case that was erased begin in it like anybody else.
func (s *step) anew() {
	if s.c.Erasure != nil && !s.c.Erasure.Done.IsZero() {
		s.ch.Erasure, s.c.Erasure = &privacy.Erasure{}, nil
	}
	s.keepAgain()
}

// again begins the time of every class anew where something is said in a case of which some are gone: they have something
// to keep again. A case that names nobody waits for a customer, who begins anew.
func (s *step) again() {
	switch s.e.Body.(type) {
	case event.Purged, event.Erased, event.ErasureAsked, event.Preserved, event.Released, event.Restricted, event.Elapsed:
		return
	case event.Received, event.Edited, event.AnsweredElsewhere, event.Surveyed:
	default:
		if !s.byMember() {
			return
		}
	}
	if !s.c.nameless() {
		s.keepAgain()
	}
}

func (s *step) keepAgain() {
	if len(s.c.Purged) > 0 {
		s.ch.Purged, s.c.Purged = &[]privacy.Class{}, nil
	}
}
