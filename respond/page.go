package respond

import (
	"fmt"
	"slices"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
)

// alarm tells whoever must know: the incident of a crisis category, else the case's own ladder. One crisis is one page,
// not one for each of its cases. Danger to life always climbs a ladder of its own. crisis is what the word that alarms
// says itself: that the case was one once is no reason to suspect a crisis anew.
func (s *step) alarm(crisis bool) {
	life := s.c.Verdict.Rank.Life
	if crisis && !s.c.Incident {
		s.join(false)
	}
	if s.c.Incident && !life {
		return
	}
	has := ""
	if s.inHand() {
		has = s.c.Climb.Taken
	}
	if has != "" && !life {
		return // somebody has it, and is there: a graver word reaches him in the case itself
	}
	s.openClimb()
	called := func(p escalation.Page) bool { return p.Member == has }
	if c, ok := s.colleague(has); ok && !slices.ContainsFunc(s.c.Climb.Pages, called) {
		s.ask("a life is in danger in the case that "+has+" had: others are called",
			s.tell(has, c.Kind, c.Address, told, true), told)
	}
}

// unwatched reports whether nobody hears of the case, and no incident tells for it: nobody has it, or who has it has left
// or gone home. What he would read in the morning its ladder tells whoever is there, and holds where nobody is.
func (s *step) unwatched() bool {
	c := s.c.Climb
	return !s.c.Incident && (c == nil || c.Over || c.Taken != "" && !s.inHand())
}

// join brings the case to the incident of its category.
func (s *step) join(again bool) {
	s.setIncident(true)
	m := s.matter()
	j := effect.Join{
		Case: s.c.ID, Category: m.Category, Severity: m.Severity, Brand: m.Brand,
		Country: m.Country, Lang: m.Lang, Life: m.Life, Again: again,
	}
	j.Mention = s.lastOfTheirs()
	s.ask("category "+m.Category+" is a crisis category", j, aside)
	s.say("joins the incident of %s, which pages once for all its cases", m.Category)
}

// leave takes the case out of an incident that did not take it: from here on it pages for itself.
func (s *step) leave() {
	s.setIncident(false)
	s.say("the incident did not take the case: it pages for itself")
	if s.c.Stage.Live() {
		s.rouse()
	}
}

// openClimb begins a walk up the ladder of the case's plan.
func (s *step) openClimb() {
	s.forgetPages()
	climb, pages := s.r.directory.Open(s.calmed(), s.now)
	s.setClimb(climb)
	s.because = append(s.because, climb.Because...)
	s.pages(pages)
}

// calmed is the matter as somebody is told of it: a crisis that is over wakes nobody. Who may answer it stays as it was.
func (s *step) calmed() escalation.Matter {
	m := s.matter()
	if s.c.Calm && !m.Life {
		m.Severity = min(m.Severity, triage.Serious)
	}
	return m
}

// forgetPages parts the climb before from the one that begins, which numbers its pages from 0 again: what becomes of an
// old page must not count for a new one.
func (s *step) forgetPages() {
	if list, changed := Awaiting(s.c.Awaited).Past(); changed {
		s.setAwaited(list)
	}
	for i := range s.asked { // in this very step
		if s.asked[i].Kind() == tellKind && s.await[i].Page >= 0 {
			s.await[i].Page = past
		}
	}
}

// rouse hands the case to its ladder, unless that is telling somebody already.
func (s *step) rouse() {
	switch c := s.c.Climb; {
	case c == nil || c.Over:
		s.openClimb()
	case c.Taken != "":
		s.climb(escalation.Move{Kind: escalation.Released})
	}
}

// climb moves the walk up the ladder.
func (s *step) climb(m escalation.Move) {
	if s.c.Climb == nil {
		return
	}
	climb, pages := s.r.directory.Climb(*s.c.Climb, m, s.now)
	s.setClimb(climb)
	s.pages(pages)
}

// pages turns the ladder's pages into requests.
func (s *step) pages(pages []escalation.Page) {
	for _, p := range pages {
		s.ask(p.Because, s.tell(p.Member, p.Kind, p.Address, p.N, p.Relief), p.N)
	}
}

func (s *step) tell(member, contact, address string, page int, relief bool) effect.Tell {
	t := effect.Tell{
		Member: member, Contact: contact, Address: address, Page: page,
		Subject: "case", ID: s.c.ID, Relief: relief,
	}
	if v := s.c.Verdict; v != nil {
		t.Category, t.Severity = v.Category, v.Severity
	}
	for _, k := range s.c.Clocks {
		if !k.Breached && (t.Due.IsZero() || k.Due.Before(t.Due)) {
			t.Due = k.Due
		}
	}
	return t
}

// What an awaited effect has for the number of a page when it is none of the climb's.
const (
	aside = -1 // it never was one
	past  = -2 // it was one of a climb before
	told  = -3 // it tells a colleague something that nobody waits for
)

// tellOwner lets whoever has the case know of something that he must decide. When neither he nor who acts for him is on
// duty the ladder decides who is told, and when: it knows what is worth a night.
func (s *step) tellOwner(format string, args ...any) {
	why := fmt.Sprintf(format, args...)
	s.because = append(s.because, why)
	id := s.owner()
	if !s.r.directory.OnDuty(id, s.now) || !s.reach(id, why, aside) {
		s.rouse()
	}
}

// reach tells a member something that no ladder told him, where he is reached first. It reports whether there is such a
// place.
func (s *step) reach(id, why string, page int) bool {
	c, ok := s.r.directory.Contact(id, 0)
	if ok {
		s.ask(why, s.tell(id, c.Kind, c.Address, page, false), page)
	}
	return ok
}

// owner is who has the case: who took it, if he is on duty, else who acts for it now, else the point person.
func (s *step) owner() string {
	if c := s.c.Climb; c != nil && c.Taken != "" && s.r.directory.OnDuty(c.Taken, s.now) {
		return c.Taken
	}
	a := s.r.directory.Assign(s.matter(), s.now)
	if a.Acting != "" {
		return a.Acting
	}
	return a.Owner
}

// taken gives the case to the member the event is by.
func (s *step) taken() error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	c := s.c.Climb
	if !s.c.Stage.Live() && (c == nil || c.Over) { // while somebody is still told of it, it can be taken
		return s.refuse("the case is closed (%s)", s.c.Outcome)
	}
	if c != nil && !c.Over && c.Taken == s.e.By {
		s.nothing = true
		return nil
	}
	if c == nil || c.Over {
		s.forgetPages()
		climb, _ := s.r.directory.Open(s.calmed(), s.now)
		climb.Pages, climb.Sent, climb.Telling = nil, 0, 0 // nobody was told, so nobody need be told that it is taken
		s.setClimb(climb)
	}
	s.climb(escalation.Move{Kind: escalation.Took, By: s.e.By})
	if s.c.Stage == followup.Fresh && s.c.Owed.IsZero() { // an old post that a person takes up after all
		s.wait("", 0)
		s.owe()
	}
	return nil
}

// settleAwaited takes an effect off the list of what is awaited.
func (s *step) settleAwaited(key string) (Awaited, bool) {
	a, rest, ok := Awaiting(s.c.Awaited).Settled(key)
	if ok {
		s.setAwaited(rest)
	}
	return a, ok
}

// withdraw makes sure that no answer on its way goes out any more.
func (s *step) withdraw(why event.Reason) {
	out := func(a Awaited) bool { return isWord(a.Kind) && a.Withdrawn == "" }
	if slices.ContainsFunc(s.c.Awaited, out) {
		list := slices.Clone(s.c.Awaited)
		for i := range list {
			if out(list[i]) {
				list[i].Withdrawn = why
			}
		}
		s.setAwaited(list)
	}
	if d := s.c.Draft; d != nil && d.Stale == "" {
		stale := *d
		stale.Stale = why
		s.setDraft(stale)
	}
}

// The kinds of effect whose outcomes a case tells apart.
var (
	sendKind     = effect.Effect{Body: effect.Send{}}.Kind()
	tellKind     = effect.Effect{Body: effect.Tell{}}.Kind()
	approveKind  = effect.Effect{Body: effect.Approve{}}.Kind()
	moderateKind = effect.Effect{Body: effect.Moderate{}}.Kind()
	redactKind   = effect.Effect{Body: effect.Redact{}}.Kind()
	eraseKind    = effect.Effect{Body: effect.Erase{}}.Kind()
	joinKind     = effect.Effect{Body: effect.Join{}}.Kind()
	surveyKind   = effect.Effect{Body: effect.Survey{}}.Kind()
	grantKind    = effect.Effect{Body: effect.Grant{}}.Kind()
)

// isWord reports whether an effect of this kind says something to the customer.
func isWord(kind string) bool { return kind == sendKind || kind == surveyKind }
