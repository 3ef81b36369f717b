package desk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

// Many who never wrote before, all at once: one person is asked once, whatever they are, and it is over when they are gone.
func TestACrowdOfStrangersAsksOnce(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	h.after(10 * 24 * time.Hour)
	before := len(h.pager.told)
	for i := range 20 { // who wrote before are no strangers
		h.world.Post(said("eva", fmt.Sprint("Fjordwing lost my bag, I say it for the time ", i)))
	}
	h.after(time.Minute)
	assert.Zero(t, h.incident().ID, "one who writes much is no crowd")
	for i := range 40 {
		h.world.Post(said(fmt.Sprint("stranger", i), "Fjordwing, I hear that you are not kind to birds"))
		h.after(20 * time.Second)
	}
	in := h.incident()
	require.Equal(t, incident.Crowd, in.State)
	assert.Equal(t, "Fjordwing", in.Matter.Brand)
	require.Len(t, in.Surges, 1)
	assert.Greater(t, in.Surges[0].Authors, 5)
	asked := 0
	for _, x := range h.pager.told[before:] {
		if x.Subject == "incident" {
			asked++
		}
	}
	assert.Positive(t, asked, "its owner is asked")
	h.open() // another process
	h.world.Post(said("stranger 99", "Fjordwing, I hear it too"))
	h.after(time.Minute)
	require.NoError(t, h.do("1", "ana", in.ID, event.Decided{Decision: "leave standing"}))
	told := len(h.pager.told)
	h.after(time.Minute)
	for range 40 {
		h.after(time.Hour)
	}
	in = h.incident()
	assert.Equal(t, incident.Dismissed, in.State)
	assert.Equal(t, "leave standing", in.Decision)
	assert.False(t, in.Surges[0].Until.IsZero(), "that it is over is known, by a desk that was started meanwhile")
	for _, x := range h.pager.told[told:] {
		assert.False(t, x.Subject == "incident" && !x.Relief, "and nobody is asked again")
	}
	h.replays()
}

// In a crisis strangers are no question of their own.
func TestStrangersInACrisisAreThatCrisis(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.tick()
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	h.after(10 * 24 * time.Hour)
	for i := range 40 {
		h.world.Post(said(fmt.Sprint("stranger", i), "Fjordwing is down"))
		h.after(20 * time.Second)
	}
	n := 0
	for in, err := range h.desk.Incidents(t.Context(), "") {
		require.NoError(t, err)
		n++
		assert.Equal(t, incident.Suspected, in.State)
		assert.Equal(t, 40, in.Cases)
		crowds := 0
		for _, x := range in.Surges {
			if x.Authors > 0 {
				crowds++
			}
		}
		assert.Equal(t, 1, crowds, "it knows of them")
	}
	assert.Equal(t, 1, n)
	h.replays()
}
