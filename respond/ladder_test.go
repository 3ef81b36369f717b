package respond_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
)

// patient is a house whose ladder takes a matter back from who is idle for an hour.
func patient(s *respond.Specs) { s.Hierarchy.Ladders[1].Idle = spec.Of(time.Hour) }

func TestWhoWorksIsNotIdle(t *testing.T) {
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, changed(t, patient), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	s.do(tuesday.Add(time.Minute), "ana", event.Taken{})
	idle := s.c.Climb.Idle
	require.False(t, idle.IsZero())
	s.do(tuesday.Add(50*time.Minute), "ana", event.Drafted{Text: "We are sorry about the cancelled flight."})
	assert.Equal(t, tuesday.Add(110*time.Minute), s.c.Climb.Idle, "a draft is progress")
	s.do(tuesday.Add(55*time.Minute), "cleo", event.Rejected{Draft: s.c.Draft.ID, Reason: "tone"})
	assert.Equal(t, tuesday.Add(110*time.Minute), s.c.Climb.Idle, "what another does is none of hers")
	s.replay()
}

func TestWhoIsAbusedIsOfferedRelief(t *testing.T) {
	s := opened(t)
	s.do(tuesday.Add(time.Minute), "ana", event.Taken{})
	for i := range 3 {
		assert.Equal(t, i, s.c.Climb.Abuse)
		at := tuesday.Add(time.Duration(i+2) * time.Minute)
		s.do(at, event.Customer, event.Received{Mention: post(fmt.Sprint("a", i), "you stupid idiot, you moron", at)})
	}
	offered := false
	for _, p := range s.c.Climb.Pages {
		offered = offered || p.Offer && p.Member == "ana"
	}
	assert.True(t, offered, "after the third, who has it is asked whether somebody else shall go on")
	s.replay()
}
