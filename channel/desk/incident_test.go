package desk_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

// sleepy is a store that hands out no requests while the house sleeps: it was ended between deciding and doing.
type sleepy struct {
	desk.Store
	asleep bool
}

func (s *sleepy) Ready(ctx context.Context, rank int, until time.Time, limit int) ([]desk.Outbound, error) {
	if s.asleep {
		return nil, nil
	}
	return s.Store.Ready(ctx, rank, until, limit)
}

// A desk that decided to page, slept, and finds that it is over pages nobody: neither for it, nor to call it off.
func TestNobodyIsPagedForWhatIsOver(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	s := &sleepy{Store: h.store}
	h.store = s
	h.open()
	h.world.Post(said("eva", "Fjordwing is down, I cannot check in"))
	h.tick()
	require.Equal(t, []string{"ana"}, h.pager.members())
	id := h.incident().ID
	s.asleep = true
	h.after(11 * time.Minute)
	require.Contains(t, h.outcomes("tell"), "waiting", "ben is to be told")
	require.NoError(t, h.do("1", "ana", id, event.Dismissed{Note: "one gate only"}))
	h.after(3 * time.Hour)
	s.asleep = false
	for range 30 {
		h.after(time.Second)
	}
	require.Equal(t, incident.Dismissed, h.incident().State)
	var bens []string
	for _, x := range h.pager.told {
		if x.Subject == "incident" && x.Member == "ben" {
			bens = append(bens, x.ID)
		}
	}
	assert.Empty(t, bens, "ben heard nothing of it, and need not now")
	assert.NotContains(t, h.outcomes("tell"), "waiting", "and it holds up nothing")
	h.replays()
}
