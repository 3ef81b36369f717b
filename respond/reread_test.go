package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// What a customer writes counts as a plain message until a person says what it means. Then it means that from the
// beginning: the case goes on from where it stood before he wrote.
func TestAWordMeansWhatItMeantFromTheBeginning(t *testing.T) {
	at := tuesday
	after := func(d event.Drafted) *story {
		s := opened(t)
		s.sent(at.Add(time.Minute), d)
		return s
	}
	asking := event.Drafted{Text: "Tell us by direct message which flight it was.", Asks: []string{"order"}}
	offer := event.Drafted{Text: "We can seat you on Friday.", Proposes: true}
	for _, row := range []struct {
		reason string
		s      *story
		meant  event.Meant
		stage  followup.Stage
		owed   bool
		plain  followup.Stage // until it is read
	}{
		{"details that we asked for let us work", after(asking), event.Meant{Said: event.GivesDetails},
			followup.Working, true, followup.Fresh},
		{"some are missing: we ask for those alone", after(asking), event.Meant{Said: event.GivesDetails, Missing: []string{"date"}},
			followup.Asking, true, followup.Fresh},
		{"thanks is not what we asked for, and owes no answer", after(asking), event.Meant{Said: event.Thanks},
			followup.Asking, false, followup.Fresh},
		{"a yes wants the remedy", after(offer), event.Meant{Said: event.Accepts}, followup.Fulfilling, false, followup.Working},
		{"a no is negotiated", after(offer), event.Meant{Said: event.Declines}, followup.Working, true, followup.Working},
	} {
		row.s.writes(at.Add(time.Hour), "2", "well then")
		assert.Equal(t, row.plain, row.s.c.Stage, row.reason)
		row.s.do(at.Add(2*time.Hour), "ana", row.meant)
		assert.Equal(t, row.stage, row.s.c.Stage, row.reason)
		assert.Equal(t, row.owed, !row.s.c.Owed.IsZero(), row.reason)
		if row.owed {
			assert.Equal(t, at.Add(time.Hour), row.s.c.Owed, "%s: owed since he wrote, not since somebody read it", row.reason)
		}
		row.s.replay()
	}
}

func TestThanksDoNotReopen(t *testing.T) {
	s := opened(t)
	s.do(tuesday.Add(time.Minute), "ana", event.Meant{Said: event.Over})
	s.elapse(tuesday.Add(30 * 24 * time.Hour))
	require.Equal(t, followup.Resolved, s.c.Outcome)
	again := s.c.At.Add(time.Hour)
	s.writes(again, "2", "that was the best help I have had in a long while")
	require.Equal(t, 1, s.c.Reopens, "nobody knows yet that it is thanks")
	s.do(again.Add(time.Minute), "ana", event.Meant{Said: event.Thanks})
	assert.Equal(t, followup.Closed, s.c.Stage)
	assert.Equal(t, followup.Resolved, s.c.Outcome)
	assert.Zero(t, s.c.Reopens)
	assert.Empty(t, s.pagesUntil(again.Add(48*time.Hour)), "and nobody is paged for it")
	s.replay()
}

func TestWhatTheMachineRefuses(t *testing.T) {
	s := opened(t)
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Waived{}), "reason code")
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Fulfilled{}), "nothing was accepted")
	var no *respond.RefusedError
	assert.ErrorAs(t, s.refused(tuesday, "ana", event.Fulfilled{}), &no)
}
