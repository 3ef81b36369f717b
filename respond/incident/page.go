package incident

import (
	"slices"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
)

// aside marks an effect that is no page of the climb.
const aside = -1

// kept bounds what an incident waits for: the oldest is forgotten first.
const kept = 64

func (s *step) openClimb() {
	climb, pages := s.r.Directory().Open(s.matter(), s.now)
	s.ch.Climb, s.in.Climb = &climb, &climb
	for _, why := range climb.Because {
		s.say("%s", why)
	}
	s.page(pages)
}

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
		s.ask(p.Because, effect.Tell{
			Member: p.Member, Contact: p.Kind, Address: p.Address, Page: p.N, Relief: p.Relief,
			Subject: "incident", ID: s.in.ID, Category: s.in.Matter.Category, Severity: triage.Crisis, Due: s.in.Due(),
		}, p.N)
	}
}

// settle takes an effect off the list of what is awaited.
func (s *step) settle(key string) (respond.Awaited, bool) {
	i := slices.IndexFunc(s.in.Awaited, func(a respond.Awaited) bool { return a.Key == key })
	if i < 0 {
		return respond.Awaited{}, false
	}
	a := s.in.Awaited[i]
	list := slices.Delete(slices.Clone(s.in.Awaited), i, i+1)
	s.ch.Awaited, s.in.Awaited = &list, list
	return a, true
}

func (s *step) delivered(b event.Delivered) error {
	a, ok := s.settle(b.Key)
	if !ok {
		return s.refuse("no effect with key %s is awaited", b.Key)
	}
	switch {
	case a.Kind == tellKind && a.Page != aside:
		s.climb(escalation.Move{Kind: escalation.Reached, Page: a.Page})
	case a.Kind == publishKind && s.in.Statement != nil && !b.Ref.IsZero():
		p := *s.in.Statement
		p.Posts = append(slices.Clip(p.Posts), b.Ref)
		s.ch.Statement, s.in.Statement = &p, &p
	}
	return nil
}

func (s *step) undelivered(key, why string) error {
	a, ok := s.settle(key)
	if !ok {
		return s.refuse("no effect with key %s is awaited", key)
	}
	switch {
	case a.Kind == tellKind && a.Page != aside:
		s.climb(escalation.Move{Kind: escalation.Bounced, Page: a.Page})
	case a.Kind == approveKind:
		s.say("the question for consent did not arrive (%s)", why)
	default:
		s.say("a %s did not work: %s", a.Kind, why)
		s.again()
	}
	return nil
}

// entry is the finished decision. Only here do effects get their keys.
func (s *step) entry() Entry {
	effects := effect.Keyed("incident", s.in.ID, s.e.ID, s.asked)
	if len(effects) > 0 {
		list := slices.Clone(s.in.Awaited)
		for i, e := range effects {
			list = append(list, respond.Awaited{Key: e.Key, Kind: e.Kind(), Page: s.pages[i], At: s.now})
		}
		if len(list) > kept {
			list = list[len(list)-kept:]
		}
		s.ch.Awaited = &list
	}
	return Entry{
		Seq: s.in.Seq + 1, At: s.now, Event: s.e, Rules: s.r.Version(),
		Change: s.ch, Effects: effects, Because: s.because,
	}
}

// The kinds of effect whose outcomes an incident tells apart.
var (
	tellKind    = effect.Effect{Body: effect.Tell{}}.Kind()
	approveKind = effect.Effect{Body: effect.Approve{}}.Kind()
	publishKind = effect.Effect{Body: effect.Publish{}}.Kind()
)
