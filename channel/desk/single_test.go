package desk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/respond/event"
)

// Where a platform takes one answer to each item, what we say later takes the place of it; a platform that cannot revise
// says so, and a person is told.
func TestALaterAnswerTakesThePlaceOfTheOnlyOne(t *testing.T) {
	for _, row := range []struct {
		reason string
		lacks  []string
		ops    []string
		stands string
	}{
		{"it is revised", nil, []string{"send", "revise"}, "We have found it. Call us on +34 2, we send it today."},
		{"the platform cannot", []string{"publish"}, []string{"send"}, "We are sorry. Call us on +34 2, we look for it today."},
	} {
		world := &memory.Channel{Lacks: row.lacks}
		world.Venue = world.Describe().Venue
		world.Venue.RepliesPerItem = 1
		h := newHouse(t, world)
		s := specs()
		s.Venues[0] = world.Venue
		h.rules = compile(t, s)
		h.world.Post(said("eva", "Fjordwing lost my bag"))
		h.tick()
		id := h.only().ID
		for _, text := range []string{
			"We are sorry. Call us on +34 2, we look for it today.", "We have found it. Call us on +34 2, we send it today.",
		} {
			h.now = h.now.Add(time.Minute)
			require.NoError(t, h.do("draft "+text, "ana", id, event.Drafted{Text: text}), row.reason)
			require.NoError(t, h.do("yes "+text, "ben", id, event.Approved{Draft: h.only().Draft.ID}), row.reason)
			h.tick()
		}
		var ops []string
		text := ""
		for _, x := range h.world.Sent() {
			if x.Op == "send" || x.Op == "revise" {
				ops, text = append(ops, x.Op), x.Text
			}
		}
		assert.Equal(t, row.ops, ops, row.reason)
		assert.Equal(t, row.stands, text, row.reason)
		if row.lacks != nil {
			assert.NotNil(t, h.only().Draft, "%s: it stays here", row.reason)
		}
		h.replays()
	}
}
