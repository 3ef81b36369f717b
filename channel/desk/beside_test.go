package desk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/respond/playbook"
)

// TestOthersBeneathTheSamePost: what eva was told in public is known when max writes beneath the same post.
func TestOthersBeneathTheSamePost(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	root := h.world.Post(said("jo", "a word on airlines"))
	beneath := func(author string) {
		m := said(author, "Fjordwing lost my bag")
		m.Thread, m.Parent = root.ID, root.ID
		h.world.Post(m)
		h.after(time.Minute)
	}
	beneath("eva")
	const words = "We are sorry about your bag. I look for it now and write to you today."
	h.approveCase(h.cases()["eva"], words)
	h.after(time.Minute)
	require.Len(t, h.sends(), 1)
	beneath("max")
	assert.Equal(t, []string{playbook.Hash(words)}, h.received()["max"].Beside)
	assert.Empty(t, h.received()["eva"].Beside)
	h.replays()
}
