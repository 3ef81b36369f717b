package desk_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/memory"
)

func TestChangesForALiveScreen(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	ctx, hangUp := context.WithCancel(t.Context())
	changes := h.desk.Changes(ctx, "")
	others := h.desk.Changes(ctx, "another tenant")
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	id := h.only().ID
	for c := range changes {
		if c.Kind == desk.KindCase {
			assert.Equal(t, id, c.ID)
			assert.False(t, c.Missed)
			break
		}
	}
	for n := range 200 {
		h.world.Post(said(fmt.Sprint("customer ", n), "Fjordwing lost my bag"))
	}
	h.tick()
	seen := 0
	for range changes {
		if seen++; seen == 256 {
			break
		}
	}
	h.world.Post(said("max", "Fjordwing lost my bag"))
	h.tick()
	for c := range changes {
		assert.True(t, c.Missed, "who is slow is told that he missed something")
		break
	}
	for c := range changes {
		assert.False(t, c.Missed, "once")
		break
	}
	hangUp()
	for range others {
		t.Error("nothing of another tenant's")
	}
	require.NoError(t, h.desk.Drain(t.Context()))
}

func TestChangesEndWhenTheDeskDoes(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	changes := h.desk.Changes(t.Context(), "")
	require.NoError(t, h.desk.Drain(t.Context()))
	for range changes {
		t.Error("nothing happened")
	}
}
