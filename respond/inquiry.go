package respond

import (
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
)

// An Inquiry is what a case asks others for when a message comes in, beside the external signals that the policy
// declares. The zero value asks for no record of the customer.
//
// A first answer that the playbook drafts may wait for both; pages, clocks, and what a person writes, never do. What comes
// after that is judged all the same: it may raise the severity at any time, and it lowers or re-categorises until
// a person has taken the case.
type Inquiry struct {
	// Lookup names what is wanted of the customer's record: order, tier. It is asked for when a case opens or opens
	// again, unless the host has given all of it.
	Lookup []string `json:"lookup,omitempty"`
	// Wait is how long a first answer waits, at most 10 minutes; zero means 10 s.
	Wait spec.Duration `json:"wait,omitempty"`
}

const (
	usualWait   = 10 * time.Second
	longestWait = 10 * time.Minute
)

// check wants names that are names, each once, and a wait that no customer would call silence.
func (q Inquiry) check(problems *spec.Problems) {
	for i, name := range q.Lookup {
		switch path := spec.Index("inquiry.lookup", i); {
		case strings.TrimSpace(name) == "" || mention.Clean(name) != name:
			problems.Add(path, "a name of the customer's record is missing")
		case slices.Contains(q.Lookup[:i], name):
			problems.Add(path, "%q is asked for twice", name)
		}
	}
	if w := q.Wait.Std(); w < 0 || w > longestWait {
		problems.Add("inquiry.wait", "a first answer waits between nothing and %s: %s does not", longestWait, q.Wait)
	}
}

// until is how long a first answer waits for what is asked now.
func (r *Rules) until(now time.Time) time.Time {
	if w := r.specs.Inquiry.Wait.Std(); w > 0 {
		return now.Add(w)
	}
	return now.Add(usualWait)
}

// inquire asks for the signals that others read, and, when the case opens or opens again, for the customer's record.
// waits says that the answer to this message is drafted afterwards.
func (s *step) inquire(opens, waits bool) {
	h := s.heard(s.c.Open.Ref)
	if h == nil || h.Old {
		return
	}
	until, place := s.r.until(s.now), s.place()
	ask := func(because string, b effect.Body) {
		s.ask(because, b, aside)
		if waits && s.c.Ours == 0 {
			s.await[len(s.await)-1].Until = until
		}
	}
	read := func(x triage.Source) bool { return !h.lacks(x.Name) }
	if wanted := slices.DeleteFunc(slices.Clone(s.r.outside), read); len(wanted) > 0 {
		ask("the policy declares signals that others read", effect.Observe{
			Ref: h.Mention.Ref, Revision: h.Mention.Revision, Signals: wanted, Until: until,
		})
	}
	given := func(name string) bool { return s.c.Given[name] != "" }
	if names := slices.DeleteFunc(slices.Clone(s.r.specs.Inquiry.Lookup), given); opens && len(names) > 0 {
		ask("the rules ask who the customer is", effect.Lookup{
			Ref: h.Mention.Ref, Account: place.Account, Author: place.Author, Names: names, Until: until,
		})
	}
}

// listens reports whether a first answer still waits for what others may say.
func (s *step) listens() bool {
	open := func(a Awaited) bool { return a.Until.After(s.now) }
	return s.c.Ours == 0 && (slices.ContainsFunc(s.c.Awaited, open) || slices.ContainsFunc(s.await, open))
}

// heardEnough ends the waiting of a first answer for what has not come by now. What comes later is heard all the same.
func (s *step) heardEnough() {
	list := slices.Clone(s.c.Awaited)
	over := false
	for i := range list {
		if u := list[i].Until; !u.IsZero() && !u.After(s.now) {
			list[i].Until, over = time.Time{}, true
			s.say("no word on %s by %s: a first answer waits no longer", list[i].Kind, u.Format(time.RFC3339))
		}
	}
	if over {
		s.setAwaited(list)
		s.proposeAfterAll()
	}
}

// waiting finds out whether a first answer waits, and whether it has for so long that it may have been overtaken.
func (s *step) waiting() {
	for _, a := range s.c.Awaited {
		if !a.Until.IsZero() {
			s.holding = true
			s.late = s.late || s.now.Sub(a.Until) > longestWait
		}
	}
}

// proposeAfterAll drafts the answer that waited, or anew what was drafted for a matter that turned out to be another. No
// machine sends the latter by itself. It drafts nothing where a person has, or where no answer is owed any more.
func (s *step) proposeAfterAll() {
	d := s.c.Draft
	overtaken := d != nil && d.byMachine() && d.Stale == event.Changed && s.ch.Draft != nil
	switch {
	case s.c.Owed.IsZero() || !s.c.Stage.Live() || !s.holding && !overtaken:
		return
	case d != nil && d.Stale == "":
		m, ok := s.answerable()
		if !d.byMachine() || ok && d.Answers == m.Ref && d.Revision == m.Revision {
			return
		}
	}
	s.late = s.late || !s.holding
	s.propose()
}

// asksOthers reports whether an effect is a question to others that still waits for its answer.
func (s *step) asksOthers(key string) bool {
	return slices.ContainsFunc(s.c.Awaited, func(a Awaited) bool {
		return a.Key == key && (a.Kind == observeKind || a.Kind == lookupKind)
	})
}

// noWord is a question that nobody will answer: nothing waits for it any more.
func (s *step) noWord(key, why string) bool {
	if !s.asksOthers(key) {
		return false
	}
	a, _ := s.settleAwaited(key)
	s.say("no word on %s: %s", a.Kind, why)
	s.proposeAfterAll()
	return true
}

var (
	observeKind = effect.Effect{Body: effect.Observe{}}.Kind()
	lookupKind  = effect.Effect{Body: effect.Lookup{}}.Kind()
)

// endsInquiry takes what became of a question to others, and reports whether the event was that. That a question arrived
// answers nothing.
func (s *step) endsInquiry() bool {
	s.waiting()
	switch b := s.e.Body.(type) {
	case event.Delivered:
		if s.asksOthers(b.Key) {
			s.nothing = true
			return true
		}
	case event.Undelivered:
		return s.noWord(b.Key, string(b.Reason))
	case event.Uncertain:
		return s.noWord(b.Key, "nobody knows whether the question arrived")
	}
	return false
}
