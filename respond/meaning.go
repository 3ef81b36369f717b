package respond

import (
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
)

// longestThanks is how many words a message may have that is read as thanks and nothing else. A longer one may hide what
// it thanks for, or ask for more.
const longestThanks = 6

// doubts are the signals that keep a message from being read without a person, and from which value on: whoever also asks
// or complains has not said the one thing only.
var doubts = [...]struct {
	name string
	from int
}{
	{signal.Question, 300}, {signal.Complaint, 300}, {signal.Anger, 300}, {signal.Urgency, 500}, {signal.Churn, 500},
	{signal.ReplyLaw, 300},
	{signal.LifeDanger, 300}, {signal.LifeInjury, 300}, {signal.LifeSelfHarm, 200}, {signal.LifeThreat, 300},
}

// hears lets a message move the conversation: the first as it was judged, a later one as a plain message or as what it
// says. Whatever signals made of it, a person may still read it otherwise.
func (s *step) hears(v triage.Verdict, m mention.Mention, first bool) (followup.Move, error) {
	said := s.read(v, m)
	if first || said == "" {
		on, known := followup.Wrote, followup.Facts(0)
		if s.c.Seq == 0 {
			on, known = followup.Triaged, s.triaged()
		}
		move, err := s.sign(on, known)
		if err == nil && said == event.ThreatensLaw {
			_, err = s.sign(followup.ThreatenedLaw, 0)
		}
		return move, err
	}
	before := s.unread()
	move, err := s.sign(signs[said], 0)
	if err != nil || move.Plain {
		return move, err
	}
	before.Said = said
	s.setUnread(before)
	s.follow(move, said)
	s.say("signals say so, and a person may read it otherwise")
	return move, nil
}

// read says what a message of the customer means, as far as the plan lets signals say so; empty leaves it to a person.
// What it gives is on the safe side: it never takes an answer from somebody who asks, complains or is in danger, and what
// he is asked for is read by a person, who alone knows whether it is complete.
func (s *step) read(v triage.Verdict, m mention.Mention) event.Meaning {
	plan := s.r.followup
	value := func(name string) int {
		for i := range v.Signals {
			if v.Signals[i].Name == name {
				return v.Signals[i].Value
			}
		}
		return 0
	}
	if value(signal.ReplyLaw) >= plan.Read { // it takes nothing from him, whatever else he says: counsel is told
		return event.ThreatensLaw
	}
	if s.c.Verdict.Rank.Life || v.Crisis || len(m.Media) > 0 {
		return ""
	}
	if stars, ok := m.Rating.PerMille(); ok && stars < 600 {
		return ""
	}
	for _, d := range doubts {
		if value(d.name) >= d.from {
			return ""
		}
	}
	offered := s.c.Stage == followup.Proposed && s.stoodUntil(event.Accepts, s.now) == nil
	switch {
	case value(signal.ReplyOver) >= plan.Over:
		return event.Over
	case offered && value(signal.ReplyDeclines) >= plan.Read && value(signal.ReplyAccepts) == 0:
		return event.Declines
	case offered && value(signal.ReplyAccepts) >= plan.Read && value(signal.ReplyDeclines) == 0:
		return event.Accepts
	case s.c.Stage == followup.Asking || !s.c.Owed.IsZero() || value(signal.ReplyGives) > 0:
		return ""
	case value(signal.ReplyThanks) >= plan.Read && onlyThanks(m.Text):
		return event.Thanks
	}
	return ""
}

// onlyThanks reports whether a text is too short to say more than that: handles are no words, and a figure or an address
// is something that was asked for.
func onlyThanks(text string) bool {
	words := 0
	for word := range strings.FieldsSeq(text) {
		switch {
		case strings.HasPrefix(word, "@"):
			continue
		case strings.ContainsAny(word, "0123456789/#"):
			return false
		}
		words++
	}
	return words <= longestThanks
}
