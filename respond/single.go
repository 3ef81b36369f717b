package respond

import (
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
)

// answersOnce reports whether a place takes one answer to each item, as most review sites do: a person gives it, it says
// where the conversation goes on, and what we say later takes its place.
func (s *step) answersOnce(place Twin) bool {
	venue, _ := s.r.Venue(place.Channel)
	return venue.RepliesPerItem == 1
}

// namesRoad reports whether a draft has to say where the conversation goes on in private: what asks for something in
// public, for it is told in private alone, and the only answer to a customer who may want more than thanks.
func (s *step) namesRoad(d *Draft) bool {
	if d.Visibility != mention.Public || d.For != 0 || d.beside() {
		return false
	}
	return len(d.Asks) > 0 || s.answersOnce(s.c.twin(s.from(d.Answers))) && s.c.Verdict.Aim != triage.Praise
}

// onlyAnswerTo is what a word of ours answers where it is the only answer; nothing elsewhere, where nobody asks.
func (s *step) onlyAnswerTo(answers mention.Ref, private bool) mention.Ref {
	if private || !s.answersOnce(s.c.twin(s.from(answers))) {
		return mention.Ref{}
	}
	return answers
}

// revises is our answer that a draft takes the place of: the one that stands where there is but one.
func (s *step) revises(d Draft) mention.Ref {
	to := s.onlyAnswerTo(d.Answers, d.Visibility == mention.Private)
	if to.IsZero() {
		return mention.Ref{}
	}
	for _, m := range s.c.Messages {
		if m.Ours && !m.Gone && m.To == to && !m.Ref.IsZero() {
			return m.Ref
		}
	}
	return mention.Ref{}
}
