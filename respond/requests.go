package respond

import (
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/followup"
)

// requests carries out what a move asks for beside clocks and waits.
func (s *step) requests(m followup.Move) {
	has := m.Asks.Has
	if has(followup.Raise) {
		s.escalate("")
	}
	if has(followup.Nudge) || has(followup.NudgeCounsel) {
		s.nudge(m)
	}
	if has(followup.SendReminder) {
		s.draftReminder(s.c.Waits.N - 1)
	}
}

// nudge reminds whoever has the case of it. The cases of an incident don't ask one by one: they ask it, which pages once
// for all of them.
func (s *step) nudge(m followup.Move) {
	switch {
	case m.On != followup.LookedOut:
		s.pageMissed()
	case s.c.Incident && !s.c.Verdict.Rank.Life:
		s.join(true)
	case !s.c.Owed.IsZero():
		s.tellOwner("an answer is owed since %s, and its time is over", s.c.Owed.Format(time.RFC3339))
	default:
		s.tellOwner("nothing is owed here and nothing is waited for: look whether that is right")
	}
}

// escalate sends the case one level up its ladder.
func (s *step) escalate(because string) {
	if c := s.c.Climb; c == nil || c.Over {
		s.openClimb()
	}
	s.climb(escalation.Move{Kind: escalation.Escalated, By: s.e.By, Because: because})
}
