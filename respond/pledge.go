package respond

import (
	"slices"
	"strconv"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// What a promise may be.
const (
	mostPromises   = 20 // that are owed at once
	longestPromise = 500
	farthest       = 366 * 24 * time.Hour
)

// promised is a promise that a member made by himself, by telephone for instance.
func (s *step) promised(b event.Promised) error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy: a machine promises nothing", s.e.By)
	}
	if !s.c.Stage.Live() || s.c.Stage == followup.Surveying {
		return s.refuse("the customer waits for nothing: the conversation is %s", s.c.Stage)
	}
	if err := s.mayPledge([]event.Promise{b.Promise}); err != nil {
		return err
	}
	s.vow(s.e.By, s.from(s.lastOfTheirs()), []event.Promise{b.Promise})
	return nil
}

// mayPledge says why these promises are none.
func (s *step) mayPledge(list []event.Promise) error {
	owed := 0
	for _, p := range s.c.Promises {
		if p.Owed() {
			owed++
		}
	}
	if owed+len(list) > mostPromises {
		return s.refuse("more than %d promises at once: nobody keeps so many", mostPromises)
	}
	for _, p := range list {
		switch {
		case p.What == "":
			return s.refuse("a promise says what is promised")
		case len(p.What) > longestPromise:
			return s.refuse("a promise has at most %d bytes", longestPromise)
		case !p.Due.After(s.now):
			return s.refuse("a promise for %s is broken when it is made", p.Due.Format(time.RFC3339))
		case p.Due.After(s.now.Add(farthest)):
			return s.refuse("a promise is for a year at most: %s is too far", p.Due.Format(time.RFC3339))
		}
	}
	return nil
}

// vow makes promises, each with its clock, to the customer of the case that one came from.
func (s *step) vow(by, from string, list []event.Promise) {
	for i, p := range list {
		made := dealing.Promise{
			ID: mention.Key("promise", s.c.ID, strconv.Itoa(s.c.Seq+1), strconv.Itoa(i)), What: p.What, By: by, At: s.now,
			Due: p.Due, News: p.News, From: from,
		}
		s.setPromise(made)
		s.setClocks(append(running(s.c.Clocks), made.Clock()))
		s.say("promised by %s for %s", by, p.Due.Format(time.RFC3339))
	}
}

func (s *step) setPromise(p dealing.Promise) {
	s.deal(func(d *dealing.Dealt) {
		d.Promises = append(slices.DeleteFunc(slices.Clone(d.Promises), func(x dealing.Promise) bool { return x.ID == p.ID }), p)
	})
}

// promise is one of the case's by its id.
func (s *step) promise(id string) (dealing.Promise, bool) {
	i := slices.IndexFunc(s.c.Promises, func(p dealing.Promise) bool { return p.ID == id })
	if i < 0 {
		return dealing.Promise{}, false
	}
	return s.c.Promises[i], true
}

// kept is a member's word that a promise was kept.
func (s *step) kept(b event.Kept) error {
	p, ok := s.promise(b.Promise)
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case !ok:
		return s.refuse("the case knows no such promise")
	case p.State == dealing.Released:
		return s.refuse("the customer released us from it")
	case !p.Owed():
		s.nothing = true
		return nil
	}
	s.keep(p)
	return nil
}

// keep ends a promise: in time, or late.
func (s *step) keep(p dealing.Promise) {
	if p.State == dealing.Open && s.now.After(p.Due) {
		p = s.breakPromise(p) // the tick that would have said so has not come yet
	}
	if p.State == dealing.Missed {
		p.Late = s.now
	} else {
		p.State, p.Ended = dealing.Kept, s.now
	}
	s.setPromise(p)
	s.dropClock(p)
	s.say("the promise for %s is %s", p.Due.Format(time.RFC3339), map[bool]string{true: "kept", false: "kept late"}[p.Late.IsZero()])
}

// gaveUp is a member's word that a promise will not be kept in time.
func (s *step) gaveUp(b event.Missed) error {
	p, ok := s.promise(b.Promise)
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case !ok:
		return s.refuse("the case knows no such promise")
	case p.State == dealing.Missed:
		s.nothing = true
		return nil
	case p.State != dealing.Open:
		return s.refuse("the promise is %s", p.State)
	}
	s.setPromise(s.breakPromise(p))
	return nil
}

// breakPromise counts the breach, once, and marks the clock.
func (s *step) breakPromise(p dealing.Promise) dealing.Promise {
	clocks := running(s.c.Clocks)
	for i, k := range clocks {
		if p.Runs(k) && !k.Breached {
			clocks[i].Breached = true
			s.ch.Missed = append(s.ch.Missed, clocks[i])
			s.c.Breaches++
			s.setClocks(clocks)
			break
		}
	}
	p.State, p.Ended = dealing.Missed, s.now
	s.say("the promise for %s is missed", p.Due.Format(time.RFC3339))
	return p
}

// dropClock ends the clock of a promise.
func (s *step) dropClock(p dealing.Promise) {
	if i := slices.IndexFunc(s.c.Clocks, p.Runs); i >= 0 {
		s.setClocks(slices.Delete(running(s.c.Clocks), i, i+1))
	}
}

// keepPromises holds promises and clocks together. A word of ours keeps the news that were promised before it; a clock
// that was missed is a promise missed; nothing but the end of a conversation ends a promise unkept, and nothing pauses
// what was promised for an instant.
func (s *step) keepPromises() {
	for _, p := range s.c.Promises { // those as they were before the first of them is changed
		if p.News && p.Owed() && p.At.Before(s.now) && s.spoke() {
			s.keep(p)
			continue
		}
		if p.State != dealing.Open {
			continue
		}
		i := slices.IndexFunc(s.c.Clocks, p.Runs)
		switch {
		case !s.c.Stage.Live() || s.c.Stage == followup.Surveying:
			p.State, p.Ended = dealing.Released, s.now
			s.setPromise(p)
			s.dropClock(p)
			s.say("the promise for %s is let go: the conversation is %s", p.Due.Format(time.RFC3339), s.c.Stage)
		case i < 0:
			s.setClocks(append(running(s.c.Clocks), p.Clock()))
		case s.c.Clocks[i].Breached:
			p.State, p.Ended = dealing.Missed, s.now
			s.setPromise(p)
		case len(s.c.Clocks[i].Pauses) > 0 || !s.c.Clocks[i].Due.Equal(p.Due):
			clocks := running(s.c.Clocks)
			clocks[i] = p.Clock()
			s.setClocks(clocks)
		}
	}
}

// spoke reports whether a word of one of our people reached the customer in this step.
func (s *step) spoke() bool {
	if m := s.ch.Message; m == nil || !m.Ours {
		return false
	}
	switch b := s.e.Body.(type) {
	case event.AnsweredElsewhere:
		return !b.Automatic
	case event.Delivered:
		d := s.was.Draft
		return d == nil || d.For == 0 && !(d.byMachine() && d.Approved == d.By)
	case event.Spoken:
		return true
	}
	return false
}

// owedPromises are those that are owed, one a line, for who takes the case.
func (s *step) owedPromises() string {
	var lines []byte
	for _, p := range s.c.Promises {
		if !p.Owed() {
			continue
		}
		lines = append(lines, p.What+", by "+p.Due.Format(time.RFC3339)...)
		if p.State == dealing.Missed {
			lines = append(lines, " (missed)"...)
		}
		lines = append(lines, '\n')
	}
	return string(lines)
}

// nextOwed is what we owe next.
func (s *step) nextOwed() (next escalation.Clock) {
	for _, k := range s.c.Clocks {
		if !k.Breached && (next.Due.IsZero() || k.Due.Before(next.Due)) {
			next = k
		}
	}
	return next
}
