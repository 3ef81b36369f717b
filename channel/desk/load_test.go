package desk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
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

func TestAPromiseThatIsMissedIsRememberedOfItsAuthor(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	id := h.only().ID
	promise := func(request string, within time.Duration) string {
		t.Helper()
		p := event.Promised{Promise: event.Promise{What: "call", Due: h.now.Add(within)}}
		require.NoError(t, h.desk.Say(t.Context(), "", id, "ana", request, p))
		c, _, err := h.desk.Case(t.Context(), "", id)
		require.NoError(t, err)
		return c.Promises[len(c.Promises)-1].ID
	}
	kept, given := promise("1", time.Hour), promise("2", 2*time.Hour)
	promise("3", 3*time.Hour)
	require.NoError(t, h.desk.Say(t.Context(), "", id, "ana", "4", event.Kept{Promise: kept}))
	require.NoError(t, h.desk.Say(t.Context(), "", id, "ana", "5", event.Missed{Promise: given}))
	broken := func() int {
		t.Helper()
		m := said("eva", "Fjordwing lost another bag")
		m.Thread = fmt.Sprint("thread ", h.now)
		h.world.Post(m)
		h.after(time.Second)
		_, entries, err := h.desk.Case(t.Context(), "", id)
		require.NoError(t, err)
		last := 0
		for c, err := range h.desk.Cases(t.Context(), desk.CaseQuery{}) {
			require.NoError(t, err)
			if c.ID != id {
				_, entries, err = h.desk.Case(t.Context(), "", c.ID)
				require.NoError(t, err)
			}
			for _, e := range entries {
				if rec, ok := e.Event.Body.(event.Received); ok {
					last = max(last, rec.History.Broken)
				}
			}
		}
		return last
	}
	assert.Equal(t, 1, broken(), "one was kept, one given up, one is owed")
	h.after(4 * time.Hour)
	assert.Equal(t, 2, broken(), "its time is over")
	h.after(24 * time.Hour)
	assert.Equal(t, 2, broken(), "each counts once")
	h.replays()
}
