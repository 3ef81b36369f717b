package desk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/desktest"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/escalation/throttle"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/event"
)

// told is how many pages each member has had.
func told(p *desktest.Pager) map[string]int {
	out := map[string]int{}
	for _, t := range p.Told() {
		if !t.Relief {
			out[t.Member]++
		}
	}
	return out
}

func TestPagesWaitForEachOther(t *testing.T) {
	h, p := newHouse(t, &memory.Channel{}), &desktest.Pager{}
	h.ports = func(o *desk.Options) {
		o.Notifier, o.Limits.Pages = p, throttle.Limit{Most: 2, Per: spec.Of(6 * time.Minute)}
	}
	h.open()
	for n := range 6 {
		h.world.Post(said(fmt.Sprint("customer ", n), "Fjordwing lost my bag"))
	}
	h.tick()
	require.Equal(t, map[string]int{"ana": 2}, told(p), "two, and four wait")
	h.world.Post(said("eva", "Fjordwing is down"))
	h.after(time.Second)
	require.Equal(t, map[string]int{"ana": 3}, told(p), "a crisis waits for nothing")
	h.after(3 * time.Minute)
	require.Equal(t, map[string]int{"ana": 3}, told(p), "no ladder takes what waits for lost")
	queue, err := h.desk.Queue(t.Context(), "")
	require.NoError(t, err)
	for _, c := range queue {
		if c.Climb != nil && c.Climb.Pages[0].State == "held" {
			require.NoError(t, h.desk.Say(t.Context(), "", c.ID, "ben", "mine", event.Taken{}))
			break
		}
	}
	h.after(3 * time.Minute)
	assert.Equal(t, 6, told(p)["ana"], "what somebody has taken is not told any more")
	assert.Equal(t, []int{3}, p.Digests(), "one message")
	queue, err = h.desk.Queue(t.Context(), "")
	require.NoError(t, err)
	for _, c := range queue {
		if c.Climb != nil && c.Climb.Taken == "" {
			assert.Equal(t, "delivered", string(c.Climb.Pages[0].State), "%s", c.Author.Handle)
		}
	}
	h.after(5 * time.Minute)
	assert.Positive(t, told(p)["ben"], "and the ladder goes on from there")
	h.replays()
}

func TestATogetherThatFailsGoesOnToTheNextLevel(t *testing.T) {
	h, p := newHouse(t, &memory.Channel{}), &desktest.Pager{}
	h.ports = func(o *desk.Options) {
		o.Notifier, o.Limits.Pages = p, throttle.Limit{Most: 1, Per: spec.Of(4 * time.Minute)}
	}
	h.open()
	for n := range 3 {
		h.world.Post(said(fmt.Sprint("customer ", n), "Fjordwing lost my bag"))
	}
	h.tick()
	p.Refuses = []string{"ana"}
	h.after(4 * time.Minute)
	h.tick()
	assert.Positive(t, told(p)["ben"], "ana did not answer")
	h.replays()
}
