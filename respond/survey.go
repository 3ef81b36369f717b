package respond

import (
	"slices"

	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// surveyed is what the customer answered when he was asked how it was. A bad answer reopens.
func (s *step) surveyed(b event.Surveyed) error {
	bad, ok := b.Bad()
	if !ok {
		return s.refuse("%d is no answer on the scale %q, version %q", b.Score, b.Scale, b.Version)
	}
	if s.awaits(b.Key, surveyKind) { // he answers before we know that it is out
		a, _ := s.settleAwaited(b.Key)
		s.asks(a)
		if d := s.c.Draft; d != nil && d.For.Has(followup.SendSurvey) {
			s.setDraft(Draft{})
		}
	}
	asked := s.c.Survey
	switch {
	case b.Key != "" && (asked == nil || asked.Key != b.Key):
		return s.refuse("the case asked nothing with key %s", b.Key)
	case b.Key != "" && (asked.Scale != b.Scale || asked.Version != b.Version):
		return s.refuse("he was asked %s %s: scales are never mixed", asked.Scale, asked.Version)
	case b.Key != "" && !asked.Answered.IsZero():
		s.nothing = true
		return nil
	}
	answered := dealing.Survey{Key: b.Key, Scale: b.Scale, Version: b.Version, At: s.now, Answered: s.now, Score: b.Score, Bad: bad}
	if b.Key != "" {
		answered.At = asked.At
	}
	s.deal(func(d *dealing.Dealt) { d.Survey, d.Surveyed = &answered, s.now })
	known := followup.Good
	if bad {
		known = 0
	}
	s.say("the customer's answer to the survey: %d (%s)", b.Score, b.Scale)
	move, err := s.sign(followup.Surveyed, known)
	if err == nil && move.Owed {
		s.graver(false, false)
	}
	return err
}

// awaits reports whether the outcome of a request of this kind is awaited.
func (s *step) awaits(key, kind string) bool {
	return slices.ContainsFunc(s.c.Awaited, func(a Awaited) bool { return a.Key == key && a.Kind == kind })
}

// asks says that a survey is out: he is asked once in 90 days, here and in every other case of his.
func (s *step) asks(a Awaited) {
	plan := s.r.followup
	s.deal(func(d *dealing.Dealt) {
		d.Survey = &dealing.Survey{Key: a.Key, Scale: event.Scale(plan.Scale), Version: plan.Version, At: s.now}
		d.Surveyed = s.now
	})
}
