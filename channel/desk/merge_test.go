package desk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// cases are all there are, by the handle of their author.
func (h *house) cases() map[string]respond.Case {
	h.t.Helper()
	out := map[string]respond.Case{}
	for c, err := range h.desk.Cases(h.t.Context(), desk.CaseQuery{}) {
		require.NoError(h.t, err)
		out[c.Author.Handle] = c
	}
	return out
}

func TestTwoCasesOfOnePerson(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	first := h.world.Post(said("eva_work", "Fjordwing lost my bag, again"))
	h.tick()
	eva, work := h.cases()["eva"], h.cases()["eva_work"]
	require.NoError(t, h.do("r1", "ana", eva.ID, event.Merged{From: work.ID}))
	require.NoError(t, h.do("r1", "ana", eva.ID, event.Merged{From: work.ID}), "a request that is repeated counts once")
	assert.Error(t, h.do("r2", "ana", eva.ID, event.Merged{From: work.ID}), "what is one cannot be made one")
	assert.Equal(t, followup.Merged, h.cases()["eva_work"].Outcome)

	again := said("eva_work", "hello?")
	again.Thread, again.Parent = first.ID, first.ID
	h.world.Post(again)
	h.after(time.Minute)
	assert.Equal(t, 3, h.cases()["eva"].Theirs, "what he writes by either name comes to the one that goes on")
	require.NoError(t, h.do("r3", "ben", work.ID, event.Taken{}), "and so does what a colleague with an old screen does")
	assert.Equal(t, "ben", h.cases()["eva"].Climb.Taken)

	require.NoError(t, h.do("r4", "ana", eva.ID, event.Split{From: work.ID}))
	for name, theirs := range map[string]int{"eva": 1, "eva_work": 2} {
		c := h.cases()[name]
		assert.Equal(t, theirs, c.Theirs, name)
		assert.False(t, c.Owed.IsZero(), "%s: what was owed is owed", name)
		assert.Nil(t, c.Merged)
	}
	h.world.Post(again)
	h.after(time.Minute)
	assert.Equal(t, 3, h.cases()["eva_work"].Theirs, "his keys lead to his own case again")
	h.replays()
}
