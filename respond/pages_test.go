package respond_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
)

// A climb is part of most entries. What it says of a page stands in the trail once, and what became of it beside.
func TestAPageIsToldOnce(t *testing.T) {
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, shippedRules(t), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	for range 6 { // up the ladder, and round the fallback
		for _, a := range s.c.Awaited {
			if a.Kind == "tell" && a.Page >= 0 {
				s.do(s.c.At, event.Channel, event.Delivered{Key: a.Key})
			}
		}
		s.elapse(s.c.Due())
	}
	require.Greater(t, len(s.c.Climb.Pages), 3)
	var all strings.Builder
	for _, e := range s.trail {
		all.WriteString(encode(t, e.Change))
	}
	told := strings.Count(all.String(), `"contact":`)
	assert.Equal(t, s.c.Climb.Sent, told, "each page stands in the changes once")
	for _, e := range s.trail {
		if e.Event.Kind() == "delivered" {
			assert.Contains(t, encode(t, e.Change), `"became":{"`, "that it arrived is a word")
		}
	}
	folded := s.start
	for _, e := range s.trail {
		folded = respond.Apply(folded, e)
	}
	assert.Equal(t, s.c.Climb, folded.Climb, "and the fold has them all")
}
