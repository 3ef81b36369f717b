package desk_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
)

// twins are two cases, and what opened them.
func (h *house) twins() (eva, work respond.Case, first, other mention.Ref) {
	h.t.Helper()
	first = h.world.Post(said("eva", "Fjordwing lost my bag"))
	other = h.world.Post(said("eva_work", "Fjordwing lost my bag, again"))
	h.tick()
	eva, work = h.cases()["eva"], h.cases()["eva_work"]
	require.NotEmpty(h.t, work.ID)
	return eva, work, first, other
}

// What becomes of a message that came while two cases were one is told to the case that it went with.
func TestAMessageGoesWithItsCase(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	eva, work, _, other := h.twins()
	require.NoError(t, h.do("m", "ana", eva.ID, event.Merged{From: work.ID}))
	again := h.world.Reply(other, said("eva_work", "hello? Fjordwing?"))
	third := h.world.Reply(other, said("eva_work", "is nobody there, Fjordwing?"))
	h.after(time.Minute)
	require.Equal(t, 4, h.cases()["eva"].Theirs)
	require.NoError(t, h.do("s", "ana", eva.ID, event.Split{From: work.ID}))
	require.Equal(t, 3, h.cases()["eva_work"].Theirs)

	h.world.Edit(third, "Fjordwing: is nobody there at all?")
	h.world.Delete(again)
	h.after(time.Minute)
	c := h.cases()["eva_work"]
	revisions, gone := map[mention.Ref]int{}, map[mention.Ref]bool{}
	for _, m := range c.Messages {
		revisions[m.Ref], gone[m.Ref] = m.Revision, m.Gone
	}
	assert.True(t, gone[again], "its author removed it")
	assert.Equal(t, 1, revisions[third], "and changed another")
	assert.Equal(t, "Fjordwing: is nobody there at all?", c.Open.Text)
	h.replays()
}

// What he answers to a word of ours that went out while they were one comes to his own case.
func TestAnAnswerToOurWordGoesWithItsCase(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	eva, work, _, other := h.twins()
	require.NoError(t, h.do("m", "ana", eva.ID, event.Merged{From: work.ID}))
	h.world.Reply(other, said("eva_work", "hello? Fjordwing?"))
	h.after(time.Minute)
	h.approveCase(h.load(eva.ID), "We are sorry, and look for your bag.")
	h.after(time.Minute)
	sent := h.sends()
	require.Len(t, sent, 1)
	require.NoError(t, h.do("s", "ana", eva.ID, event.Split{From: work.ID}))
	before := h.load(eva.ID).Theirs
	h.world.Reply(sent[0].Ref, said("eva_work", "thank you"))
	h.after(time.Minute)
	assert.Equal(t, before, h.load(eva.ID).Theirs)
	assert.Equal(t, 3, h.load(work.ID).Theirs)
	for id := range map[string]bool{eva.ID: true, work.ID: true} {
		row, err := h.store.Row(t.Context(), desk.Address{Kind: desk.KindCase, ID: id})
		require.NoError(t, err)
		assert.ElementsMatch(t, h.load(id).Keys, row.Keys, "the store leads where the case says")
	}
	h.replays()
}

// Whoever was parted by a person is not made one again by a message that belongs to both.
func TestWhatAPersonPartedNoMessageJoins(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	eva, work, first, other := h.twins()
	require.NoError(t, h.do("m", "ana", eva.ID, event.Merged{From: work.ID}))
	require.NoError(t, h.do("s", "ana", eva.ID, event.Split{From: work.ID}))
	_ = first
	_ = other
	for name, id := range map[string]string{"eva": eva.ID, "eva_work": work.ID} {
		_, err := h.desk.Verify(t.Context(), "", id)
		require.NoError(t, err, name)
	}
	e := event.Event{ID: "routed", At: h.now, By: event.Host, Body: event.Merged{From: work.ID, Note: "a message of his belongs to both"}}
	assert.ErrorContains(t, h.desk.Do(t.Context(), "", eva.ID, e), "parted")
	require.NoError(t, h.do("m2", "ana", eva.ID, event.Merged{From: work.ID}), "a person may")
	h.replays()
}

// Neither side of a parting holds a word of the other: what stands in the trail of one is his.
func TestAPartingTellsNothingOfTheOther(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva", "Fjordwing lost my bag evatoken"))
	h.world.Post(said("eva_work", "Fjordwing lost my bag worktoken"))
	h.tick()
	eva, work := h.cases()["eva"], h.cases()["eva_work"]
	require.NoError(t, h.do("m", "ana", eva.ID, event.Merged{From: work.ID}))
	require.NoError(t, h.do("n", "ana", eva.ID, event.Noted{Text: "notetoken"}))
	require.NoError(t, h.do("s", "ana", eva.ID, event.Split{From: work.ID}))
	for _, link := range h.links(work.ID) {
		assert.NotContains(t, string(link.Body), "evatoken")
		assert.NotContains(t, string(link.Body), "notetoken")
	}
	assert.NotContains(t, encode(t, h.load(eva.ID)), "worktoken")
	h.replays()
}

// Whoever is erased is erased from the trail, too, of the case that his was one with for a while. Nothing else goes there.
func TestNothingIsLeftWhereHeWasOneWithAnother(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva.moss", "Fjordwing lost my bag evatoken"))
	other := h.world.Post(said("nils.holt", "Fjordwing lost my bag, too, firsttoken"))
	h.tick()
	eva, nils := h.cases()["eva.moss"], h.cases()["nils.holt"]
	require.NoError(t, h.do("before", "ana", eva.ID, event.Noted{Text: "beforetoken"}))
	require.NoError(t, h.do("m", "ana", eva.ID, event.Merged{From: nils.ID}))
	h.world.Reply(other, said("nils.holt", "Fjordwing, hello? secondtoken"))
	h.after(time.Minute)
	h.approveCase(h.load(eva.ID), "We are sorry, and look for your bag, nils.holt: secondtoken it is.")
	h.after(time.Minute)
	require.NoError(t, h.do("s", "ana", eva.ID, event.Split{From: nils.ID}))
	require.NoError(t, h.do("after", "ana", eva.ID, event.Noted{Text: "aftertoken"}))
	require.NoError(t, h.do("erase", event.Host, nils.ID, event.ErasureAsked{}))
	h.after(2 * time.Minute)
	require.False(t, h.load(nils.ID).Erasure.Done.IsZero())
	all := string(h.bytesOf())
	for _, token := range []string{"firsttoken", "secondtoken", "nils.holt"} {
		assert.NotContains(t, all, token)
	}
	for _, token := range []string{"evatoken", "beforetoken", "aftertoken", "eva.moss"} {
		assert.Contains(t, all, token, "what is another's stays")
	}
	assert.Empty(t, h.load(eva.ID).Apart)
	h.replays()
}

// A customer who is erased takes no message of another along that came while they were one.
func TestAnErasureLeavesAnothersMessages(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva.moss", "Fjordwing lost my bag evatoken"))
	other := h.world.Post(said("nils.holt", "Fjordwing lost my bag, too, firsttoken"))
	h.tick()
	eva, nils := h.cases()["eva.moss"], h.cases()["nils.holt"]
	require.NoError(t, h.do("m", "ana", eva.ID, event.Merged{From: nils.ID}))
	second := h.world.Reply(other, said("nils.holt", "Fjordwing, hello? secondtoken"))
	h.after(time.Minute)
	require.NoError(t, h.do("s", "ana", eva.ID, event.Split{From: nils.ID}))
	require.NoError(t, h.do("erase", event.Host, eva.ID, event.ErasureAsked{}))
	h.after(2 * time.Minute)
	all := string(h.bytesOf())
	for _, token := range []string{"evatoken", "eva.moss"} {
		assert.NotContains(t, all, token)
	}
	text, err := h.store.Text(t.Context(), "", second)
	require.NoError(t, err)
	assert.Contains(t, text.Text, "secondtoken")
	h.world.Delete(second)
	h.after(2 * time.Minute)
	assert.NotContains(t, string(h.bytesOf()), "secondtoken", "and it goes when he removes it")
	h.replays()
}

// Whichever of two cases a parting or a merging is said to, both hear of it.
func TestBothHearOfItWhicheverItIsSaidTo(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	eva, work, _, other := h.twins()
	require.NoError(t, h.do("m", "ana", work.ID, event.Merged{Into: eva.ID}))
	require.NotNil(t, h.load(work.ID).Merged)
	require.Len(t, h.load(eva.ID).Twins, 1)
	require.NoError(t, h.do("m", "ana", work.ID, event.Merged{Into: eva.ID}), "a request that is repeated counts once")
	h.world.Reply(other, said("eva_work", "hello? Fjordwing?"))
	h.after(time.Minute)
	assert.Equal(t, 3, h.load(eva.ID).Theirs, "his word leads to the one that goes on")
	require.NoError(t, h.do("s", "ana", work.ID, event.Split{Into: eva.ID}))
	assert.Nil(t, h.load(work.ID).Merged)
	assert.Equal(t, 2, h.load(work.ID).Theirs)
	assert.Empty(t, h.load(eva.ID).Twins)
	data, err := json.Marshal(h.load(work.ID))
	require.NoError(t, err)
	require.NoError(t, h.do("by hand", "ana", eva.ID, event.Merged{From: work.ID, Case: data}))
	assert.NotNil(t, h.load(work.ID).Merged, "nobody is merged on one side alone")
	for name, body := range map[string]event.Body{
		"with nobody": event.Merged{}, "with itself": event.Merged{From: eva.ID}, "with nobody there": event.Merged{Into: "nowhere"},
		"from nobody": event.Split{}, "from who never was": event.Split{From: "nowhere"},
	} {
		assert.Error(t, h.do(name, "ana", eva.ID, body), name)
	}
	h.replays()
}

// What its author removes goes from every trail that holds it: while two cases are one, and after they were parted.
func TestWhatIsRemovedGoesFromBoth(t *testing.T) {
	for _, parted := range []bool{false, true} {
		h := newHouse(t, &memory.Channel{})
		h.world.Post(said("eva.moss", "Fjordwing lost my bag evatoken"))
		first := h.world.Post(said("nils.holt", "Fjordwing lost my bag, too, firsttoken"))
		h.tick()
		eva, nils := h.cases()["eva.moss"], h.cases()["nils.holt"]
		require.NoError(t, h.do("m", "ana", eva.ID, event.Merged{From: nils.ID}))
		second := h.world.Reply(first, said("nils.holt", "Fjordwing, hello? secondtoken"))
		third := h.world.Reply(first, said("nils.holt", "Fjordwing, hello? thirdtoken"))
		h.after(time.Minute)
		if parted {
			require.NoError(t, h.do("s", "ana", eva.ID, event.Split{From: nils.ID}))
		}
		h.world.Delete(first)
		h.world.Delete(second)
		h.after(2 * time.Minute)
		h.after(2 * time.Minute)
		all := string(h.bytesOf())
		for _, token := range []string{"firsttoken", "secondtoken"} {
			assert.NotContains(t, all, token, "parted: %t", parted)
		}
		for _, token := range []string{"evatoken", "thirdtoken"} {
			assert.Contains(t, all, token, "parted: %t", parted)
		}
		_, err := h.store.Text(t.Context(), "", third)
		require.NoError(t, err)
		if !parted {
			require.NoError(t, h.do("s", "ana", eva.ID, event.Split{From: nils.ID}))
			assert.NotContains(t, encode(t, h.load(nils.ID)), "firsttoken")
			assert.Contains(t, encode(t, h.load(nils.ID)), "thirdtoken")
		}
		h.replays()
	}
}
