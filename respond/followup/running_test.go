package followup_test

import (
	"github.com/reputekit/reputation/respond/followup"
)

// A conversation is a state with what runs in it: the least of a case that the machine needs around it.
type conversation struct {
	followup.State
	owed  bool
	wait  followup.WaitKind
	clock followup.Clock
}

// due reports whether something falls due: an answer that is owed has its objective.
func (c conversation) due() bool { return c.owed || c.wait != "" || c.clock != "" }

// waits is the wait that a sign of time is the end of.
var waits = map[followup.Sign]followup.WaitKind{
	followup.RestedOut: followup.Rest, followup.RemindersOut: followup.Remind, followup.SurveyOut: followup.Survey,
	followup.RevisitOut: followup.Revisit, followup.LapsedOut: followup.Lapse, followup.LookedOut: followup.Look,
}

// step brings a sign to a conversation, as a case does.
func (c conversation) step(machine followup.Machine, on followup.Sign, g followup.Given) (conversation, followup.Move, error) {
	if c.owed {
		g.Facts |= followup.StillOwed
	}
	s, m, err := machine.Step(c.State, on, g)
	if err != nil {
		return c, m, err
	}
	c.State = s
	if c.wait != "" && waits[on] == c.wait {
		c.wait = "" // whatever comes of it, it is not waited for again
	}
	if !m.Keep {
		c.wait, c.clock = "", ""
	}
	if m.Wait != "" {
		c.wait = m.Wait
	}
	if m.Clock != "" {
		c.clock = m.Clock
	}
	if m.Asks.Has(followup.Discharge) {
		c.owed = false
	}
	c.owed = c.owed || m.Owed
	if !c.Stage.Live() {
		c.wait, c.clock, c.owed = "", "", false
	}
	return c, m, nil
}

// atRest is a conversation in this state, with what usually runs there.
func atRest(s followup.State) conversation {
	c := conversation{State: s}
	switch s.Stage {
	case followup.Fresh:
		c.owed = true
	case followup.Answered:
		c.wait = followup.Rest
	case followup.Asking, followup.Proposed, followup.Confirming:
		c.wait = followup.Remind
	case followup.Working:
		c.clock = followup.News
	case followup.Fulfilling:
		c.clock = followup.Remedy
	case followup.Surveying:
		c.wait = followup.Survey
	case followup.Dormant:
		c.wait = followup.Revisit
	}
	if s.Hold != "" && s.Stage.Live() {
		c.wait = followup.Look
	}
	return c
}
