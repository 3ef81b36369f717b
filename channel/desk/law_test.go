package desk_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
	"github.com/reputekit/reputation/channel/gate"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
)

func TestTwoRunsStoreTheSameBytes(t *testing.T) {
	for seed := range uint64(5) {
		var snapshots [][]byte
		for range 2 {
			store := &memstore.Store{}
			live(t, &memory.Channel{Faults: memory.Script(seed, 20, 200)}, &mortal{Store: store})
			path := filepath.Join(t.TempDir(), "desk")
			require.NoError(t, store.Save(path))
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			snapshots = append(snapshots, data)
		}
		require.Equal(t, string(snapshots[0]), string(snapshots[1]), "seed %d", seed)
	}
}

func TestTicksTooManyDoNothing(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	h.after(11 * time.Minute)
	before := encode(t, h.only())
	told := h.pager.members()
	for range 5 {
		h.tick()
	}
	h.now = h.now.Add(-24 * time.Hour)
	h.tick()
	assert.Equal(t, before, encode(t, h.only()), "double ticks and a clock that goes back change nothing")
	assert.Equal(t, told, h.pager.members())
}

func TestALateTickCatchesUp(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	h.after(48 * time.Hour)
	assert.Contains(t, h.pager.members(), "ben")
	assert.Equal(t, 1, h.only().Breaches, "one breach for one obligation, however late the tick is")
	assert.True(t, h.only().Due().After(h.now), "nothing is left due")
}

func TestAPauseOfPostsHoldsNoReply(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	h.approve("1", "We are sorry about your bag.")
	h.gate.Pause(gate.Pause{Who: "ana", Why: "a quiet hour"})
	h.after(time.Minute)
	assert.Len(t, h.sends(), 1)
}

func TestAPauseOfRepliesIsWaitedFor(t *testing.T) {
	h := newHouse(t, &memory.Channel{Faults: []memory.Fault{{Op: "send", Call: 1, What: memory.Throttled}}})
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	h.approve("1", "We are sorry about your bag.")
	h.gate.Pause(gate.Pause{Who: "ana", Why: "the wrong account", Until: h.now.Add(20 * time.Minute), Replies: true})
	for range 19 {
		h.after(time.Minute)
		require.Empty(t, h.sends())
	}
	h.after(2 * time.Minute)
	h.after(2 * time.Minute) // the platform wants to be asked once more
	assert.Len(t, h.sends(), 1, "it goes out when the pause is over, however often it was stopped")
	assert.Equal(t, []string{"delivered"}, h.outcomes("send"))
}

func TestWhatWeHideOurselvesIsNoNews(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	ref := h.world.Post(said("eva", "Fjordwing charged my card 4111 1111 1111 1111 twice"))
	h.tick()
	require.Equal(t, []string{"delivered"}, h.outcomes("moderate"))
	_, inSight := h.world.Look(ref)
	assert.False(t, inSight)
	h.after(time.Minute)
	c, entries, err := h.desk.Case(t.Context(), "", h.only().ID)
	require.NoError(t, err)
	for _, m := range c.Messages {
		assert.False(t, m.Gone, "the customer removed nothing")
	}
	for _, e := range entries {
		assert.NotEqual(t, "removed", e.Event.Kind())
	}
	h.world.Hide(h.world.Post(said("jo", "Fjordwing lost my bag")))
	h.after(time.Minute)
	gone := 0
	for c, err := range h.desk.Cases(t.Context(), desk.CaseQuery{}) {
		require.NoError(t, err)
		for _, m := range c.Messages {
			if m.Gone {
				gone++
			}
		}
	}
	assert.Equal(t, 1, gone, "what the platform hides by itself is out of sight, and is news")
}

func TestNewRefusesWhatCannotWork(t *testing.T) {
	gate, err := channel.New(&memory.Channel{}, channel.Options{})
	require.NoError(t, err)
	whole := desk.Options{
		Store: &memstore.Store{}, Rules: func(string) *respond.Rules { return nil }, Notifier: &pager{},
		Channels: map[string]*channel.Channel{"memory": gate},
	}
	_, err = desk.New(whole)
	require.NoError(t, err)
	for _, row := range []struct {
		reason string
		spoil  func(*desk.Options)
	}{
		{"nowhere to keep anything", func(o *desk.Options) { o.Store = nil }},
		{"nothing that decides", func(o *desk.Options) { o.Rules = nil }},
		{"nobody can be reached", func(o *desk.Options) { o.Notifier = nil }},
		{"a channel under another's name", func(o *desk.Options) { o.Channels = map[string]*channel.Channel{"chirp": gate} }},
		{"no channel under a name", func(o *desk.Options) { o.Channels = map[string]*channel.Channel{"memory": nil} }},
	} {
		o := whole
		row.spoil(&o)
		_, err := desk.New(o)
		assert.Error(t, err, row.reason)
	}
}

func TestItemsThatCannotBeWorkedOn(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	m := said("eva", "Fjordwing lost my bag")
	m.Ref = mention.Ref{Channel: "memory", ID: "1"}
	rules := h.rules
	h.rules = nil
	require.NoError(t, h.desk.Handle(t.Context(), "", channel.Item{ID: "1", Kind: channel.Created, Mention: m}), "it is stored")
	h.rules = rules
	require.NoError(t, h.desk.Handle(t.Context(), "", channel.Item{Kind: channel.Created, Mention: m}), "no id: undecodable")
	require.NoError(t, h.desk.Handle(t.Context(), "", channel.Item{ID: "3", Kind: "new kind", Mention: m}))
	h.tick()
	for c, err := range h.desk.Cases(t.Context(), desk.CaseQuery{}) {
		t.Errorf("none of them is a case: %s, %v", c.ID, err)
	}
	left, err := h.store.Inbox(t.Context(), 10)
	require.NoError(t, err)
	assert.Empty(t, left, "and none is tried for ever")
	m.Ref.Channel = ""
	require.ErrorIs(t, h.desk.Handle(t.Context(), "", channel.Item{ID: "4", Kind: channel.Created, Mention: m}), channel.ErrInvalid)
}
