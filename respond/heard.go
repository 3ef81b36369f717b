package respond

import (
	"reflect"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/group"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/tally"
)

// A Heard is what a message was judged with, so that it can be judged again when more is known. The case keeps that of
// the open message, and of an earlier one as long as signals are awaited that were asked for it.
type Heard struct {
	// Mention is without what the case holds elsewhere: an author who is the case's own, and the text of the open message.
	Mention  mention.Mention  `json:"mention"`
	Observed []signal.Reading `json:"observed,omitempty"` // by others, so far
	Absent   []string         `json:"absent,omitempty"`   // signals that nobody could read
	History  tally.Reading    `json:"history,omitzero"`
	Copies   group.Reading    `json:"copies,omitzero"`
	Surges   []string         `json:"surges,omitempty"`
	Thread   tally.Thread     `json:"thread,omitzero"`
	Beside   []string         `json:"beside,omitempty"` // what others had who are read beside it, by playbook.Hash
	Old      bool             `json:"old,omitempty"`    // from the past: pages nobody
}

// How much of what was heard a case keeps.
const (
	keptHeard   = 4 // messages before the open one
	keptSignals = 64
	longestHear = 16_384 // bytes of media and links
)

// lacks reports whether a signal has not been read, nor found to be absent.
func (h *Heard) lacks(name string) bool {
	return !slices.Contains(h.Absent, name) &&
		!slices.ContainsFunc(h.Observed, func(r signal.Reading) bool { return r.Name == name })
}

// heard is what a message was judged with; nil when that is not here any more.
func (s *step) heard(ref mention.Ref) *Heard {
	if i := slices.IndexFunc(s.c.Heard, func(h Heard) bool { return h.Mention.Ref == ref }); i >= 0 {
		return &s.c.Heard[i]
	}
	return nil
}

func (s *step) setHeard(list []Heard) {
	if list == nil {
		list = []Heard{}
	}
	s.ch.Heard = &list
	s.c.Heard = list
}

// hear keeps what a message was judged with. It is called before the message becomes the open one: of the one that was
// it keeps the text, as long as signals of it are awaited.
func (s *step) hear(b event.Received, m mention.Mention, thread tally.Thread, old bool) {
	var list []Heard
	for _, h := range s.c.Heard {
		if h.Mention.Ref == m.Ref || !s.wanting(h) {
			continue
		}
		if o := s.c.Open; o != nil && o.Ref == h.Mention.Ref {
			h.Mention.Text = o.Text
		}
		if len(h.Mention.Text) <= longestDraft {
			list = append(list, h)
		}
	}
	list = list[max(0, len(list)-keptHeard):]
	h := Heard{
		Mention: m, Observed: newest(keptSignals, b.Observed), History: b.History, Copies: b.Copies,
		Surges: newest(keptSignals, b.Surges), Beside: newest(keptSignals, b.Beside), Thread: thread, Old: old,
	}
	h.Mention.Text = ""
	if place, _ := s.c.knows(m); m.Author == place.Author {
		h.Mention.Author = mention.Author{}
	}
	if size(m) > longestHear {
		h.Mention.Media, h.Mention.Links = nil, nil
	}
	s.setHeard(append(list, h))
}

// wanting reports whether signals of a message are awaited.
func (s *step) wanting(h Heard) bool {
	asked := func(a Awaited) bool { return a.Kind == observeKind }
	return slices.ContainsFunc(s.c.Awaited, asked) &&
		slices.ContainsFunc(s.r.outside, func(x triage.Source) bool { return h.lacks(x.Name) })
}

// hush forgets what a closed case need not judge again: all but the open message.
func (s *step) hush() {
	other := func(h Heard) bool { return s.c.Open == nil || h.Mention.Ref != s.c.Open.Ref }
	if slices.ContainsFunc(s.c.Heard, other) {
		s.setHeard(slices.DeleteFunc(slices.Clone(s.c.Heard), other))
	}
}

// unhear forgets the words of a message that was removed.
func (s *step) unhear(ref mention.Ref) {
	if s.heard(ref) != nil {
		gone := func(h Heard) bool { return h.Mention.Ref == ref }
		s.setHeard(slices.DeleteFunc(slices.Clone(s.c.Heard), gone))
	}
}

func size(m mention.Mention) (n int) {
	for _, x := range m.Media {
		n += len(x.URL) + len(x.Alt) + len(x.Text)
	}
	for _, l := range m.Links {
		n += len(l)
	}
	return n
}

func newest[T any](n int, list []T) []T { return slices.Clone(list[max(0, len(list)-n):]) }

// observed takes what others read in a message, in time or late.
func (s *step) observed(b event.Observed) error {
	i := s.message(b.Ref)
	if i < 0 || s.c.Messages[i].Ours {
		return s.refuse("the case has no message %s", b.Ref)
	}
	if m := s.c.Messages[i]; m.Revision != b.Revision || m.Gone {
		s.settles(b.Key, "it was read in words that stand no more")
		return nil
	}
	h := s.heard(b.Ref)
	if h == nil {
		s.settles(b.Key, "its words are no longer here to be judged again")
		return nil
	}
	was := *h
	now := was
	now.Observed, now.Absent = slices.Clone(was.Observed), slices.Clone(was.Absent)
	for _, r := range newest(keptSignals, b.Signals) {
		now.Observed = slices.DeleteFunc(now.Observed, func(x signal.Reading) bool { return x.Name == r.Name })
		r.Spans = first(r.Spans)
		now.Observed = append(now.Observed, r)
	}
	now.Observed = now.Observed[max(0, len(now.Observed)-keptSignals):]
	for _, name := range b.Absent {
		if slices.ContainsFunc(s.r.outside, func(x triage.Source) bool { return x.Name == name }) && now.lacks(name) {
			now.Absent = append(now.Absent, name)
			s.say("nobody can read %s here", name)
		}
	}
	complete := !slices.ContainsFunc(s.r.outside, func(x triage.Source) bool { return now.lacks(x.Name) })
	same := reflect.DeepEqual(was, now)
	if same && !(complete && s.asksOthers(b.Key)) {
		s.nothing = true
		return nil
	}
	if complete {
		s.settles(b.Key, "")
		s.nothing = false
	}
	if !same {
		list := slices.Clone(s.c.Heard)
		list[slices.IndexFunc(list, func(x Heard) bool { return x.Mention.Ref == b.Ref })] = now
		s.setHeard(list)
		s.judgeAgain(now)
	}
	s.proposeAfterAll()
	return nil
}

// settles ends the wait for an answer, if there is one; why says that the answer changed nothing.
func (s *step) settles(key, why string) {
	if !s.asksOthers(key) {
		s.nothing = true
		return
	}
	s.settleAwaited(key)
	if why != "" {
		s.say("what was observed changes nothing: %s", why)
		s.proposeAfterAll()
	}
}

// known takes what the host knows of the customer, in time or late.
func (s *step) known(b event.Known) error {
	asked := s.asksOthers(b.Key)
	given, standing := s.c.Given, s.c.Standing
	s.know(event.Received{Given: b.Given, Standing: b.Standing})
	changed := !reflect.DeepEqual(given, s.c.Given) || standing != s.c.Standing
	var h *Heard
	if s.c.Open != nil {
		h = s.heard(s.c.Open.Ref)
	}
	if h != nil && b.History != nil && h.History != *b.History {
		list := slices.Clone(s.c.Heard)
		i := slices.IndexFunc(list, func(x Heard) bool { return x.Mention.Ref == h.Mention.Ref })
		list[i].History = *b.History
		s.setHeard(list)
		h, changed = &s.c.Heard[i], true
	}
	if !asked && !changed {
		s.nothing = true
		return nil
	}
	if asked {
		s.settleAwaited(b.Key)
	}
	if changed && h != nil {
		s.judgeAgain(*h)
	}
	if len(b.Given) == 0 && b.Standing == "" && b.History == nil {
		s.say("nobody knows the customer")
	}
	s.proposeAfterAll()
	return nil
}

// judgeAgain judges a message by what is known of it now. The clocks keep their start.
func (s *step) judgeAgain(h Heard) {
	m := h.Mention
	if m.Author == (mention.Author{}) {
		m.Author = s.c.twin(s.from(m.Ref)).Author
	}
	open := s.c.Open != nil && s.c.Open.Ref == m.Ref
	if open {
		m.Text = s.c.Open.Text
	}
	v, old := judge(s.r, event.Received{
		Mention: m, Given: s.c.Given, Standing: s.c.Standing, Observed: h.Observed, History: h.History, Copies: h.Copies,
		Surges: h.Surges, Backfill: h.Old,
	}, m, h.Thread, s.now)
	was := *s.c.Verdict
	shows := v.Private
	if !open {
		v.Private = was.Private
	}
	if s.c.Theirs > 1 {
		v.Legitimacy = s.doubted(v.Legitimacy)
	}
	alarmed := s.relight(v)
	s.moderateAgain(m, was, shows)
	if h.Old && old {
		return
	}
	s.reclock()
	if alarmed {
		s.owedAfterAll(m.Ref, was)
		s.alarm(v.Crisis)
	} else {
		s.rewalk()
	}
	if d := s.c.Draft; d != nil && d.byMachine() && d.Stale == "" && !s.onItsWay() && !same(was, *s.c.Verdict) {
		s.withdraw(event.Changed) // it was written for what the case is no more
	}
}

// owedAfterAll lets a word that nobody was to answer, and that speaks of danger to life as is known now, be owed an answer
// like any other: it was taken for thanks, or its author was not to be engaged with.
func (s *step) owedAfterAll(ref mention.Ref, was triage.Verdict) {
	if was.Rank.Life || !s.c.Verdict.Rank.Life || !s.c.Owed.IsZero() || s.lastOfTheirs() != ref || !s.lastIsTheirs() {
		return
	}
	if _, err := s.sign(followup.Wrote, 0); err != nil {
		s.say("%s", err)
	}
}

// lastIsTheirs reports whether the last word is the customer's.
func (s *step) lastIsTheirs() bool {
	n := len(s.c.Messages)
	return n > 0 && !s.c.Messages[n-1].Ours
}

// same reports whether a playbook would be asked the same.
func same(a, b triage.Verdict) bool {
	return a.Category == b.Category && a.Severity == b.Severity && a.Aim == b.Aim && a.Standing == b.Standing &&
		a.Legitimacy == b.Legitimacy && a.Crisis == b.Crisis && a.Rank.Tier == b.Rank.Tier
}

// relight makes the verdict the case's own where it may. Until a person has taken the case it may be milder, if it judges
// all that the customer said; danger to life, and what a person said of him, stay.
func (s *step) relight(v triage.Verdict) (alarmed bool) {
	was := *s.c.Verdict
	if s.mayLower() && v.Severity < was.Severity {
		v.Handling = was.Handling
		if was.Legitimacy == triage.Genuine || was.Legitimacy == triage.Fake {
			v.Legitimacy = was.Legitimacy
		}
		s.say("more is known: %s, %s, where it was %s, %s", v.Category, v.Severity, was.Category, was.Severity)
		s.setVerdict(v)
		return false
	}
	alarmed = s.raise(v, false)
	if now := *s.c.Verdict; !same(was, now) {
		s.say("more is known: %s, %s, where it was %s, %s", now.Category, now.Severity, was.Category, was.Severity)
	}
	return alarmed
}

func (s *step) mayLower() bool {
	return s.c.Theirs == 1 && !s.c.Verdict.Rank.Life && (s.c.Climb == nil || s.c.Climb.Taken == "") && s.c.Ours == 0
}

// reclock computes the running clocks of the answer by the plan that the matter has now, from their own start. Once a
// person has the case they only become shorter.
func (s *step) reclock() {
	clocks := slices.Clone(s.c.Clocks)
	changed := false
	for i, k := range clocks {
		if k.Breached || k.Objective != escalation.FirstReply && k.Objective != escalation.NextReply {
			continue
		}
		now, ok := s.r.directory.Rebase(s.plan(), k, s.now)
		if !ok || now.Due.Equal(k.Due) || now.Due.After(k.Due) && !s.mayLower() {
			continue
		}
		clocks[i], changed = now, true
		s.say("%s is due %s, from %s on: %s", k.Objective, now.Due.Format(time.RFC3339),
			now.Start.Format(time.RFC3339), now.Because)
	}
	if changed {
		s.setClocks(clocks)
	}
}

// rewalk hands the case to the ladder of its new plan. Who was told by the old one need do nothing any more.
func (s *step) rewalk() {
	c := s.c.Climb
	if c == nil || c.Over || c.Taken != "" || s.c.Incident || s.c.Verdict.Rank.Life ||
		s.r.directory.Assign(s.matter(), s.now).Plan == c.Plan {
		return
	}
	s.standOff()
	s.openClimb()
}
