package desk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/respond/event"
)

func TestWhatMembersHaveIsCounted(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	for n := range 3 {
		h.world.Post(said(fmt.Sprint("customer ", n), "Fjordwing lost my bag"))
	}
	h.tick()
	queue, err := h.desk.Queue(t.Context(), "")
	require.NoError(t, err)
	say := func(n int, request, by string, body event.Body) {
		t.Helper()
		require.NoError(t, h.desk.Say(t.Context(), "", queue[n].ID, by, request, body))
	}
	load := func() map[string]int {
		t.Helper()
		who := fmt.Sprint("new ", h.now)
		h.world.Post(said(who, "Fjordwing lost my bag"))
		h.after(time.Second)
		return h.received()[who].Load
	}
	assert.Empty(t, load(), "nobody has anything")
	say(0, "1", "ana", event.Taken{})
	say(1, "2", "ana", event.Taken{})
	say(2, "3", "ben", event.Taken{})
	assert.Equal(t, map[string]int{"ana": 2, "ben": 1}, load())
	say(1, "4", "ben", event.Taken{})
	assert.Equal(t, map[string]int{"ana": 1, "ben": 2}, load(), "a case that goes to another")
	say(0, "5", "ana", event.Judged{Legitimacy: "fake"})
	assert.Equal(t, map[string]int{"ben": 2}, load(), "and one that is over")
	h.replays()
}
