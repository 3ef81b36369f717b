package respond

import (
	"maps"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/tally"
)

// Judge returns the verdict on a mention as a case would have it: a caller asks before it opens one. Handling says
// whether a case is to be opened.
func Judge(r *Rules, in event.Received, now time.Time) triage.Verdict {
	e, err := event.Event{ID: "judged", Body: in}.Canonical()
	if err == nil {
		in = e.Body.(event.Received)
	}
	m := in.Mention
	m.Addressed = r.matcher.Addressed(&m)
	v, _ := judge(r, in, m, tally.Thread{}, mention.Instant(now))
	return v
}

// judge takes a mention of which it is known whom it speaks to. It also says whether it is from the past: older at receipt
// than its plan's Fresh, or backfill. Such a mention is judged at its own instant. Backfill that puts a life in danger and is
// younger than Fresh is not from the past.
func judge(r *Rules, in event.Received, m mention.Mention, thread tally.Thread, now time.Time) (v triage.Verdict, old bool) {
	ti := triage.Input{
		Mention: &m, Hits: r.matcher.MatchMention(nil, &m), At: now,
		Given: in.Given, Standing: in.Standing, Observed: in.Observed, History: in.History,
		Thread: thread, Copies: in.Copies, Surges: in.Surges,
	}
	v = r.judge.Judge(ti)
	if m.PostedAt.IsZero() {
		return bounded(v), in.Backfill
	}
	fresh := r.directory.Fresh(r.directory.Assign(matterOf(v, m, in.Given), now).Plan)
	age := now.Sub(m.PostedAt)
	if old = age > fresh || in.Backfill && !v.Rank.Life; old { // danger to life that is hours old may be danger now
		ti.At = m.PostedAt
		v = r.judge.Judge(ti)
	}
	return bounded(v), old
}

// givenLocation is the name under which the host says at which of its places it was: an id that plans may name.
const givenLocation = "location"

// matterOf is what the hierarchy is asked about a mention.
func matterOf(v triage.Verdict, m mention.Mention, given map[string]string) escalation.Matter {
	matter := escalation.Matter{
		Category: v.Category, Tags: v.Tags, Severity: v.Severity, Life: v.Rank.Life, Standing: v.Standing,
		Location: given[givenLocation], Country: m.Place.Country, Lang: m.Lang, Kind: m.Kind, Addressed: m.Addressed,
	}
	for _, h := range v.Hits {
		if h.Kind != mention.Competitor {
			matter.Brand = h.Subject
			break
		}
	}
	return matter
}

// thread is what a mention that joins the case is judged with.
func (s *step) thread() tally.Thread {
	t := tally.Thread{Message: s.c.Theirs + 1, Answered: s.c.Ours > 0}
	switch {
	case s.c.Seq == 0:
	case !s.c.Owed.IsZero():
		t.Waiting = tally.ForUs
	case s.c.Waits != nil && s.c.Stage != followup.Answered:
		t.Waiting = tally.ForCustomer
	default:
		t.Waiting = tally.ForNobody
	}
	return t
}

// received takes a mention in: it opens the case or joins it.
func (s *step) received(b event.Received) error {
	m := b.Mention
	if m.Ref.Channel == "" || m.Ref.ID == "" {
		return s.refuse("the mention has no reference: a channel and an id tell it from others")
	}
	first := s.c.Seq == 0 || s.c.nameless()
	place, known := s.c.knows(m)
	if !first && !known {
		return s.refuse("the mention is of another channel or author: a case is the conversation with one customer")
	}
	if i := s.message(m.Ref); i >= 0 {
		if s.c.Messages[i].Revision >= m.Revision {
			s.nothing = true
			return nil
		}
		s.know(b)
		b.Given, b.Standing = s.c.Given, s.c.Standing
		return s.revised(b, true)
	}
	m.Addressed = s.r.matcher.Addressed(&m)
	thread := s.thread()
	verdict, old := judge(s.r, b, m, thread, s.now)
	if first {
		if verdict.Handling != triage.Open && !s.byMember() {
			return s.refuse("the policy says %s: no case is opened, unless a member asks for it", verdict.Handling)
		}
		s.open(m)
	}
	s.know(b)
	s.newStatement(b.Told)
	turn := turnOf(m, s.now)
	turn.From, turn.Old = place.Case, old
	before := !first && old && s.c.Open != nil && s.c.Open.At.After(turn.At)
	shows := verdict.Private
	if before { // the case's places of private data are those in the text of the open message
		verdict.Private, verdict.Hits = s.c.Verdict.Private, s.c.Verdict.Hits
	}
	if !first {
		verdict.Legitimacy = s.doubted(verdict.Legitimacy)
	}
	alarmed := s.raise(verdict, first)
	if !first && place.Case == "" {
		s.leadsOn(m)
	}
	s.addMessage(turn)
	if !before {
		s.hear(b, m, thread, old)
		s.setOpen(m)
	}
	judged := *s.c.Verdict
	judged.Private = shows
	s.moderate(m.Ref, m.IsPrivate(), judged)
	if old {
		s.say("from %s: counted at its own time, pages nobody", m.PostedAt.Format(time.RFC3339))
		if first {
			s.wait(followup.Lapse, 0)
		}
		return nil
	}
	s.unremind()
	move, err := s.hears(verdict, m, first)
	if err != nil {
		return err
	}
	if s.c.Stage == followup.Closed {
		return nil // he is one of a group that a person has confirmed as spam: no customer is behind it
	}
	if u := s.c.Unread; u != nil && u.Said != "" && s.c.Owed.IsZero() && s.c.Stage != followup.Fulfilling {
		return nil // he wants no answer, so none is proposed and nobody is told
	}
	if !first {
		s.contacted(verdict)
	}
	alone := (first || !alarmed) && s.mayGoAlone() && s.answersAlone()
	if !alone {
		s.graver(alarmed, verdict.Crisis)
	}
	s.inquire(first || move.Reopens, true)
	s.propose()
	if move.On == followup.Triaged && s.c.Hold.cause() != "" && s.c.Draft == nil {
		s.giveStatement() // where no play holds him in his own language
	}
	if alone && !s.onItsWay() {
		s.graver(alarmed, verdict.Crisis)
	}
	return nil
}

// message is the place of a message by its reference, -1 when the case does not remember it.
func (s *step) message(ref mention.Ref) int {
	return slices.IndexFunc(s.c.Messages, func(x Message) bool { return x.Ref == ref && !ref.IsZero() })
}

// open gives the case what it has from the first mention on.
func (s *step) open(m mention.Mention) {
	s.ch.Opening = &Opening{Channel: m.Ref.Channel, Account: m.Account, Author: m.Author}
	s.anew()
	s.c.Channel, s.c.Account, s.c.Author = m.Ref.Channel, m.Account, m.Author
	for _, k := range Keys(s.c.Tenant, m) {
		s.addKey(k)
	}
}

// leadsOn makes the conversation of a mention that joins lead here; where the platform names no root of it, also what it
// answers, and what is written beneath.
func (s *step) leadsOn(m mention.Mention) {
	if m.Author.Key() == "" {
		return
	}
	keys := Keys(s.c.Tenant, m)
	if m.Thread != "" || m.IsPrivate() {
		keys = keys[len(keys)-1:]
	}
	for _, k := range keys {
		s.addKey(k)
	}
}

// know keeps what the host says of the author.
func (s *step) know(b event.Received) {
	if len(b.Given) > 0 {
		given, left := merged(b.Given, s.c.Given)
		if left > 0 {
			s.say("%d values that the host gave are left out: a case keeps %d, of %d bytes each", left, keptGiven, longestGiven)
		}
		s.ch.Given, s.c.Given = given, given
	}
	if b.Standing != "" {
		s.ch.Standing, s.c.Standing = b.Standing, b.Standing
	}
}

// merged is what is known now: the new values, then the old ones, each in the order of their names, as many as a case
// keeps. It also says how many are left out.
func merged(news, olds map[string]string) (map[string]string, int) {
	all := maps.Clone(news)
	names := slices.Sorted(maps.Keys(news))
	for _, name := range slices.Sorted(maps.Keys(olds)) {
		if _, newer := news[name]; !newer {
			all[name] = olds[name]
			names = append(names, name)
		}
	}
	out := map[string]string{}
	for _, name := range names {
		if len(name)+len(all[name]) <= longestGiven && len(out) < keptGiven {
			out[name] = all[name]
		}
	}
	return out, len(all) - len(out)
}

// setOpen makes a message the one that we answer next.
func (s *step) setOpen(m mention.Mention) {
	l := turnOf(m, s.now)
	l.Text, l.Lang, l.Rating = m.Text, m.Lang, m.Rating
	l.Country, l.Lat, l.Lon = m.Place.Country, m.Place.Lat, m.Place.Lon
	l.Kind, l.Addressed = m.Kind, m.Addressed
	s.ch.Open = &l
	s.c.Open = &l
}

// owe starts the clock on which we owe an answer, unless one runs: it runs from the first unanswered word.
func (s *step) owe() {
	s.unremind()
	if !s.c.Owed.IsZero() || s.waivedBefore() {
		return
	}
	s.setOwed(s.now)
	if !s.since.IsZero() { // its word was taken for a plain one before
		s.setOwed(s.since)
	}
	objective := escalation.FirstReply
	if s.c.Ours > 0 {
		objective = escalation.NextReply
	}
	s.startClock(objective, s.begins())
}

// unremind keeps here what nobody asked for: nobody is reminded of what he has just answered, or while he waits for us.
func (s *step) unremind() {
	if d := s.c.Draft; d != nil && d.For&followup.Unasked != 0 {
		s.withdraw(event.TooLate)
	}
}

// startClock starts an objective of the case's plan, once.
func (s *step) startClock(o escalation.Objective, from time.Time) {
	if i := slices.IndexFunc(s.earlier, func(k escalation.Clock) bool { return k.Objective == o }); i >= 0 {
		s.setClocks(append(running(s.c.Clocks, o), s.earlier[i]))
		return
	}
	clock := s.r.clock(s.plan(), o, from)
	if cause := s.c.Hold.cause(); cause != "" {
		clock = clock.Pause(cause, from)
	}
	s.setClocks(append(running(s.c.Clocks, o), clock))
	s.say("%s is due %s: %s", o, clock.Due.Format(time.RFC3339), clock.Because)
}

// plan is the plan that the case runs on now.
func (s *step) plan() string {
	return s.r.directory.Assign(s.matter(), s.now).Plan
}

func (s *step) matter() escalation.Matter {
	var m mention.Mention
	if o := s.c.Open; o != nil {
		m = mention.Mention{Lang: o.Lang, Place: mention.Place{Country: o.Country}, Kind: o.Kind, Addressed: o.Addressed}
	}
	matter := matterOf(*s.c.Verdict, m, s.c.Given)
	if rec, ok := s.e.Body.(event.Received); ok {
		matter.Load = rec.Load
	}
	return matter
}

// triaged is what is known of the first message beside its verdict: that a declared incident of its category speaks for it
// from the first, and that a person has confirmed its copies as spam.
func (s *step) triaged() (known followup.Facts) {
	b, ok := s.e.Body.(event.Received)
	if !ok {
		return 0
	}
	if b.Incident != "" && s.c.Verdict.Crisis {
		known |= followup.Crisis
		s.held = Hold{Kind: followup.HoldIncident, Of: b.Incident, Since: s.now, Says: b.Told}
	}
	if b.Copies.Spam && !s.c.Verdict.Crisis {
		known |= followup.SpamGroup
		s.say("one of a group of copies that a person has confirmed as spam")
	}
	return known
}

// byMember reports whether the event is the doing of a person on our side.
func (s *step) byMember() bool { return s.member(s.e.By) }

// member reports whether somebody is a member, and has not left.
func (s *step) member(id string) bool { return s.r.directory.Stays(id) }

// turnOf is the customer's turn without its text. What says that it was written in the future was written now.
func turnOf(m mention.Mention, now time.Time) Message {
	at := m.PostedAt
	if at.IsZero() || at.After(now) {
		at = now
	}
	return Message{Ref: m.Ref, Revision: m.Revision, Private: m.IsPrivate(), At: at, Hash: hash(m.Text)}
}

// hash is how a message is recognised without its text.
func hash(text string) string {
	return playbook.Hash(text)
}
