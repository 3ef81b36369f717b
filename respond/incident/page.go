package incident

import (
	"slices"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// What an awaited effect has for the number of a page when it is none of the climb's. A publication has the number of
// its post.
const (
	aside   = -1 // it never was one
	past    = -2 // it was one of a climb before
	handing = -3 // it offers the command
)

// kept bounds what an incident remembers: the events that it knows, and the effects that it waits for.
const kept = 64

// openClimb begins a walk up the ladder. It numbers its pages from 0 again, so what becomes of the pages before must not
// count for the new ones.
func (s *step) openClimb() {
	s.forgetPages()
	climb, pages := s.r.Directory().Open(s.matter(), s.now)
	s.ch.Climb, s.in.Climb = &climb, &climb
	for _, why := range climb.Because {
		s.say("%s", why)
	}
	s.page(pages)
}

// quietClimb is a walk up the ladder that somebody takes at once: nobody is told.
func (s *step) quietClimb() {
	s.forgetPages()
	climb, _ := s.r.Directory().Open(s.matter(), s.now)
	climb.Pages, climb.Sent, climb.Telling = nil, 0, 0
	s.ch.Climb, s.in.Climb = &climb, &climb
}

func (s *step) forgetPages() {
	if list, changed := respond.Awaiting(s.in.Awaited).Past(); changed {
		s.setAwaited(list)
	}
	for i := range s.asked { // in this very step
		if s.asked[i].Kind() == tellKind {
			s.pages[i] = past
		}
	}
}

func (s *step) setAwaited(list []respond.Awaited) { s.ch.Awaited, s.in.Awaited = written(list), list }

func (s *step) climb(m escalation.Move) {
	if s.in.Climb == nil {
		return
	}
	climb, pages := s.r.Directory().Climb(*s.in.Climb, m, s.now)
	s.ch.Climb, s.in.Climb = &climb, &climb
	s.page(pages)
}

func (s *step) page(pages []escalation.Page) {
	for _, p := range pages {
		t := s.tell(p.Member, p.Kind, p.Address, p.N)
		t.Relief = p.Relief
		s.ask(p.Because, t, p.N)
	}
}

func (s *step) tell(member, contact, address string, page int) effect.Tell {
	return effect.Tell{
		Member: member, Contact: contact, Address: address, Page: page, Subject: "incident", ID: s.in.ID,
		Category: s.in.Matter.Category, Severity: s.matter().Severity, Due: s.in.Due(),
	}
}

// settle takes an effect off the list of what is awaited.
func (s *step) settle(key string) (respond.Awaited, bool) {
	a, rest, ok := respond.Awaiting(s.in.Awaited).Settled(key)
	if ok {
		s.setAwaited(rest)
	}
	return a, ok
}

func (s *step) delivered(b event.Delivered) error {
	a, ok := s.settle(b.Key)
	if !ok {
		return s.refuse("no effect with key %s is awaited", b.Key)
	}
	switch {
	case a.Kind == tellKind && a.Page >= 0:
		s.climb(escalation.Move{Kind: escalation.Reached, Page: a.Page})
	case a.Kind == publishKind:
		s.stands(a.Page, b.Ref)
	}
	return nil
}

func (s *step) undelivered(key, why string) error {
	a, ok := s.settle(key)
	if !ok {
		return s.refuse("no effect with key %s is awaited", key)
	}
	switch {
	case a.Kind == tellKind && a.Page == handing:
		if h := s.in.Handing; h != nil && h.At.Equal(a.At) { // not of an offer before it
			s.notHanded(undeliveredPage)
		}
	case a.Kind == tellKind && a.Page < 0:
		s.say("a page of the ladder before did not arrive (%s): another has been told since", why)
	case a.Kind == tellKind:
		s.climb(escalation.Move{Kind: escalation.Bounced, Page: a.Page})
	case a.Kind == approveKind:
		s.say("the question for consent did not arrive (%s)", why)
		if d := s.in.Draft; d != nil && !d.Rejected && !d.Until.IsZero() {
			s.askNext(*d)
		}
	default:
		s.say("a %s did not work: %s", a.Kind, why)
		if a.Kind == publishKind {
			s.stands(a.Page, mention.Ref{})
			if why == string(event.TooLate) { // it was not wanted any more, and who wants it no more knows
				return nil
			}
		}
		s.rouse()
	}
	return nil
}

// uncertain says that nobody knows whether something was done. What may stand in public is not published a second time
// blindly: a person looks, and says Delivered or Undelivered.
func (s *step) uncertain(key string) error {
	i := slices.IndexFunc(s.in.Awaited, func(a respond.Awaited) bool { return a.Key == key })
	if i < 0 || s.in.Awaited[i].Kind != publishKind {
		return s.undelivered(key, "nobody knows whether it was done")
	}
	list := slices.Clone(s.in.Awaited)
	list[i].Uncertain = true
	s.setAwaited(list)
	s.say("nobody knows whether the statement is out at one account: look there, and say what you see")
	s.rouse()
	return nil
}

// entry is the finished decision. Only here do effects get their keys.
func (s *step) entry() Entry {
	effects := effect.Keyed("incident", s.in.ID, s.e.ID, s.asked)
	if len(effects) > 0 {
		list := slices.Clone(s.in.Awaited)
		for i, e := range effects {
			if e.Kind() == holdKind || e.Kind() == informKind {
				continue // a case that was not told answers for itself: nothing is to be done here
			}
			list = append(list, respond.Awaited{Key: e.Key, Kind: e.Kind(), Page: s.pages[i], At: s.now})
		}
		s.setAwaited(respond.Awaiting(list).Newest(kept, neverForgotten))
	}
	return Entry{
		Seq: s.in.Seq + 1, At: s.now, Event: s.e, Rules: s.r.Version(),
		Change: s.ch, Effects: effects, Because: s.because,
	}
}

// neverForgotten are publications, and that the cases were let go: were that to fail, their customers would wait for ever.
func neverForgotten(kind string) bool { return kind == publishKind || kind == releaseKind }

// The kinds of effect whose outcomes an incident tells apart.
var (
	tellKind    = effect.Effect{Body: effect.Tell{}}.Kind()
	approveKind = effect.Effect{Body: effect.Approve{}}.Kind()
	publishKind = effect.Effect{Body: effect.Publish{}}.Kind()
	holdKind    = effect.Effect{Body: effect.HoldCases{}}.Kind()
	informKind  = effect.Effect{Body: effect.InformCases{}}.Kind()
	releaseKind = effect.Effect{Body: effect.ReleaseCases{}}.Kind()
)
