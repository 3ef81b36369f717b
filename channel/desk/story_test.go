package desk_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/gate"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

func encode(t testing.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return string(data)
}

func TestAPostIsAnsweredAndItsEchoIsNoNews(t *testing.T) {
	for _, row := range []struct {
		reason string
		lacks  []string
	}{
		{"echoes name the key", nil},
		{"echoes are nameless", []string{"echo keys"}},
		{"nothing comes back", []string{"echoes"}},
	} {
		t.Run(row.reason, func(t *testing.T) { answered(t, newHouse(t, &memory.Channel{Lacks: row.lacks})) })
	}
}

func answered(t *testing.T, h *house) {
	post := h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	assert.Equal(t, []string{"ana"}, h.pager.members(), "the owner is told")
	h.approve("1", "We are sorry about your bag.")
	assert.Empty(t, h.sends(), "Do decides; the tick carries out")
	h.after(time.Minute)
	require.Len(t, h.sends(), 1)
	assert.Equal(t, post, h.sends()[0].To)
	h.after(time.Minute)
	c := h.only()
	assert.Equal(t, 1, c.Ours, "the echo of our own reply is not an answer given elsewhere")
	assert.True(t, c.Owed.IsZero())
	_, entries, err := h.desk.Case(t.Context(), "", c.ID)
	require.NoError(t, err)
	for _, e := range entries {
		assert.NotEqual(t, "answered_elsewhere", e.Event.Kind())
	}
	h.world.Reply(h.sends()[0].Ref, said("eva", "it is still not here"))
	h.after(time.Minute)
	assert.Equal(t, 2, h.only().Theirs, "an answer to our message joins its case")
	h.replays()
}

func TestItemsTwiceAreNothingTwice(t *testing.T) {
	for _, row := range []struct {
		reason string
		faults []memory.Fault
		again  func(h *house, item channel.Item)
	}{
		{"the same item by a webhook", nil, func(h *house, item channel.Item) {
			require.NoError(h.t, h.desk.Handle(h.t.Context(), "", item))
		}},
		{"the same mention under another item id", nil, func(h *house, item channel.Item) {
			item.ID += " by another road"
			require.NoError(h.t, h.desk.Handle(h.t.Context(), "", item))
		}},
		{"the source brings it again", []memory.Fault{{Op: "fetch", Call: 2, What: memory.Duplicate}}, func(*house, channel.Item) {}},
	} {
		h := newHouse(t, &memory.Channel{Faults: row.faults})
		ref := h.world.Post(said("eva", "Fjordwing lost my bag"))
		h.tick()
		before := encode(t, h.only())
		m, _ := h.world.Look(ref)
		row.again(h, channel.Item{ID: ref.ID + "/created/0", Kind: channel.Created, Mention: m})
		h.after(time.Second)
		assert.Equal(t, before, encode(t, h.only()), row.reason)
		assert.Len(t, h.pager.members(), 1, row.reason)
	}
}

func TestWhatChangedSinceTheApprovalIsNotAnswered(t *testing.T) {
	edits := func(w *memory.Channel, p mention.Ref) { w.Edit(p, "Fjordwing found my bag") }
	removes := func(w *memory.Channel, p mention.Ref) { w.Delete(p) }
	answers := func(w *memory.Channel, p mention.Ref) { w.Elsewhere(p, "colleague", "on it") }
	for _, row := range []struct {
		reason  string
		lacks   []string
		meets   func(w *memory.Channel, post mention.Ref)
		outcome string
		entry   string
	}{
		{"the customer edited it", nil, edits, "undelivered changed", "edited"},
		{"edited, and only the reader knows", []string{"fetch"}, edits, "undelivered changed", "edited"},
		{"the customer removed it", nil, removes, "undelivered gone", "removed"},
		{"removed, and only the reader knows", []string{"fetch"}, removes, "undelivered gone", "removed"},
		{"edited, and only the platform itself knows", []string{"fetch", "read"}, edits, "undelivered changed", ""},
		{"a colleague answered in the platform's own app", nil, answers, "undelivered answered", "answered_elsewhere"},
	} {
		h := newHouse(t, &memory.Channel{Lacks: row.lacks})
		post := h.world.Post(said("eva", "Fjordwing lost my bag"))
		m, _ := h.world.Look(post)
		require.NoError(t, h.desk.Handle(t.Context(), "", channel.Item{ID: post.ID + "/created/0", Kind: channel.Created, Mention: m}))
		h.tick()
		h.approve("1", "We are sorry about your bag.")
		row.meets(h.world, post)
		told := len(h.pager.members())
		h.after(time.Minute)
		assert.Empty(t, h.sends(), row.reason)
		assert.Equal(t, []string{row.outcome}, h.outcomes("send"), row.reason)
		assert.Greater(t, len(h.pager.members()), told, "%s: a person is told", row.reason)
		_, entries, err := h.desk.Case(t.Context(), "", h.only().ID)
		require.NoError(t, err)
		var kinds []string
		for _, e := range entries {
			kinds = append(kinds, e.Event.Kind())
		}
		if row.entry != "" {
			assert.Contains(t, kinds, row.entry, row.reason)
		}
		h.replays()
	}
}

func TestAnAnswerThatIsLost(t *testing.T) {
	for _, row := range []struct {
		reason  string
		lacks   []string
		what    memory.Trouble
		sends   int
		outcome string
	}{
		{"done, and the platform can be asked", nil, memory.FailAfter, 1, "delivered"},
		{"not done, and the platform can be asked", nil, memory.Vanish, 1, "delivered"},
		{"done, and the same key is safe", []string{"find"}, memory.FailAfter, 1, "delivered"},
		{"not done, and the same key is safe", []string{"find"}, memory.Vanish, 1, "delivered"},
		{"done, and its echo tells", []string{"find", "keys"}, memory.FailAfter, 1, "delivered"},
		{"done, and a nameless echo of the same words tells", []string{"find", "keys", "echo keys"}, memory.FailAfter, 1, "delivered"},
		{"not done, and nobody can know", []string{"find", "keys"}, memory.Vanish, 0, "uncertain"},
		{"refused at first", nil, memory.FailBefore, 1, "delivered"},
		{"too fast at first", nil, memory.Throttled, 1, "delivered"},
		{"the login was renewed", nil, memory.LoggedOut, 1, "delivered"},
	} {
		h := newHouse(t, &memory.Channel{Lacks: row.lacks, Faults: []memory.Fault{{Op: "send", Call: 1, What: row.what}}})
		h.world.Post(said("eva", "Fjordwing lost my bag"))
		h.tick()
		h.approve("1", "We are sorry about your bag.")
		for range 10 {
			h.after(time.Minute)
		}
		assert.Len(t, h.sends(), row.sends, row.reason)
		assert.Equal(t, []string{row.outcome}, h.outcomes("send"), row.reason)
		h.replays()
	}
}

func TestAnUncertainReplyWaitsForAPerson(t *testing.T) {
	h := newHouse(t, &memory.Channel{Lacks: []string{"find", "keys"}, Faults: []memory.Fault{{Op: "send", What: memory.Vanish}}})
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	h.approve("1", "We are sorry about your bag.")
	told := len(h.pager.members())
	h.after(time.Minute)
	assert.Greater(t, len(h.pager.members()), told, "a person is told")
	id := h.only().ID
	var key string
	for o, err := range h.desk.Outbox(t.Context(), desk.OutboxQuery{Open: true}) {
		require.NoError(t, err)
		key = o.Key
	}
	h.after(24 * time.Hour)
	assert.Equal(t, []string{"uncertain"}, h.outcomes("send"), "time makes nothing certain")
	require.NoError(t, h.do("2", "ana", id, event.Undelivered{Key: key, Reason: event.Failed}))
	assert.Equal(t, []string{"undelivered failed"}, h.outcomes("send"))
	err := h.do("3", "ana", id, event.Delivered{Key: key})
	assert.ErrorIs(t, err, respond.ErrRefused, "what is settled is settled")
}

func TestACrisisIsOneIncidentAndHoldsPosts(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	for _, who := range []string{"eva", "jo", "kim", "lea"} {
		h.world.Post(said(who, "Fjordwing is down, I cannot check in"))
	}
	h.tick()
	var all []incident.Incident
	for in, err := range h.desk.Incidents(t.Context(), "") {
		require.NoError(t, err)
		all = append(all, in)
	}
	require.Len(t, all, 1, "one crisis is one incident")
	assert.Equal(t, 4, all[0].Cases)
	assert.Equal(t, []string{"ana"}, h.pager.members(), "and one page")
	campaign := channel.Post{Key: "spring", Text: "Spring is here!"}
	_, err := h.gate.Publish(t.Context(), campaign)
	var pause *gate.Pause
	require.ErrorAs(t, err, &pause, "the campaign is stopped at the moment of sending")
	assert.Equal(t, morning.Add(2*time.Hour), pause.Until)
	h.open()
	h.tick()
	_, err = h.gate.Publish(t.Context(), campaign)
	require.ErrorIs(t, err, channel.ErrPaused, "a desk that begins again holds what was held")
	require.NoError(t, h.do("1", "ana", all[0].ID, event.Dismissed{Note: "one airport only"}))
	h.tick()
	_, err = h.gate.Publish(t.Context(), campaign)
	require.NoError(t, err, "dismissed: posts go again")
	h.replays()
}

func TestAPageThatComesBackGoesOn(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.pager.refuses = "ana"
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	assert.Equal(t, []string{"ana", "ben"}, h.pager.members(), "the next level has it at once")
}

func TestOnlyWhatThePolicyOpensIsACase(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	ref := h.world.Post(said("eva", "Fjordwing and the weather"))
	h.world.Post(said("jo", "nothing about anybody"))
	h.tick()
	queue, err := h.desk.Queue(t.Context(), "")
	require.NoError(t, err)
	assert.Empty(t, queue)
	m, _ := h.world.Look(ref)
	e := event.Event{ID: event.RequestID("1"), By: "ana", Body: event.Received{Mention: m}}
	require.NoError(t, h.desk.Do(t.Context(), "", "", e))
	require.NoError(t, h.desk.Do(t.Context(), "", "", e), "the same request again")
	assert.Equal(t, 1, h.only().Theirs, "a member may open one all the same, once")
}

func TestPoisonBlocksNothing(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Garble([]byte("\xff\x00{"))
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	assert.Equal(t, 1, h.only().Theirs)
	left, err := h.store.Inbox(t.Context(), 10)
	require.NoError(t, err)
	assert.Empty(t, left, "what cannot be read is parked, and not tried for ever")
}

func TestWhatDoRefuses(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	id := h.only().ID
	var refused *respond.RefusedError
	require.ErrorAs(t, h.do("1", "zoe", id, event.Taken{}), &refused, "nobody of that name is in the hierarchy")
	require.ErrorIs(t, h.do("2", "ana", "no such case", event.Taken{}), desk.ErrAbsent)
	require.NoError(t, h.do("3", "ana", id, event.Taken{}))
	before := encode(t, h.only())
	require.NoError(t, h.do("3", "ana", id, event.Taken{}), "the same request is no error")
	assert.Equal(t, before, encode(t, h.only()))
	require.NoError(t, h.desk.Drain(t.Context()))
	assert.True(t, errors.Is(h.do("4", "ana", id, event.Taken{}), desk.ErrClosed))
}

func TestTenantsDoNotMeet(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	for _, tenant := range []string{"north", "south"} {
		m := said("eva", "Fjordwing is down")
		m.Ref = mention.Ref{Channel: "memory", ID: "shared"}
		require.NoError(t, h.desk.Handle(t.Context(), tenant, channel.Item{ID: "1", Kind: channel.Created, Mention: m}))
	}
	h.tick()
	var ids []string
	for _, tenant := range []string{"north", "south", ""} {
		for c, err := range h.desk.Cases(t.Context(), desk.CaseQuery{Tenant: tenant}) {
			require.NoError(t, err)
			assert.Equal(t, tenant, c.Tenant)
			ids = append(ids, c.ID)
		}
	}
	require.Len(t, ids, 2)
	assert.NotEqual(t, ids[0], ids[1])
}
