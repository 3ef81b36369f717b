package desk_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

func TestHarmGoesBeforeWords(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	h.approve("1", "We are sorry about your bag.")
	h.world.Post(said("jo", "Fjordwing charged my card 4111 1111 1111 1111 twice"))
	h.after(time.Minute)
	var ops []string
	for _, s := range h.world.Sent() {
		ops = append(ops, s.Op)
	}
	assert.Equal(t, []string{"moderate", "send"}, ops, "the card is hidden first, though it was asked for later")
}

// scheduler is a Scheduler that cannot hold at first.
type scheduler struct {
	fails int
	did   []string
}

func (s *scheduler) Hold(context.Context, string, effect.Hold) error { return s.do("hold") }

func (s *scheduler) Resume(context.Context, string, effect.Resume) error { return s.do("resume") }

func (s *scheduler) do(what string) error {
	if what == "hold" && s.fails > 0 {
		s.fails--
		return errors.New("not now")
	}
	s.did = append(s.did, what)
	return nil
}

func TestALaneKeepsItsOrder(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	s := &scheduler{fails: 3}
	var err error
	h.desk, err = desk.New(desk.Options{
		Store: h.store, Rules: func(string) *respond.Rules { return h.rules }, Notifier: h.pager, Scheduler: s,
		Now: func() time.Time { return h.now }, Channels: map[string]*channel.Channel{h.gate.Name(): h.gate},
	})
	require.NoError(t, err)
	h.world.Post(said("eva", "Fjordwing is down"))
	h.tick()
	for in, err := range h.desk.Incidents(t.Context(), "") {
		require.NoError(t, err)
		require.NoError(t, h.do("1", "ana", in.ID, event.Dismissed{Note: "one gate only"}))
	}
	for range 10 {
		h.after(time.Minute)
	}
	assert.Equal(t, []string{"hold", "resume"}, s.did, "what was asked first is done first, however often it fails")
}

func TestAnAuthorIsRememberedAcrossHisCases(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	history := func() (out []event.Received) {
		for c, err := range h.desk.Cases(t.Context(), desk.CaseQuery{}) {
			require.NoError(t, err)
			_, entries, err := h.desk.Case(t.Context(), "", c.ID)
			require.NoError(t, err)
			for _, e := range entries {
				if r, ok := e.Event.Body.(event.Received); ok {
					out = append(out, r)
				}
			}
		}
		return out
	}
	open := func() map[string]int {
		out := map[string]int{}
		for _, r := range history() {
			out[r.Mention.Text] = r.History.Open
		}
		return out
	}
	for _, row := range []struct {
		reason, text string
		open         int
	}{
		{"somebody never heard of", "Fjordwing lost my bag", 0},
		{"with one open case", "Fjordwing lost my other bag", 1},
	} {
		h.now = h.now.Add(time.Hour)
		h.world.Post(said("eva", row.text))
		h.tick()
		assert.Equal(t, row.open, open()[row.text], row.reason)
	}
	var ids []string
	for c, err := range h.desk.Cases(t.Context(), desk.CaseQuery{}) {
		require.NoError(t, err)
		ids = append(ids, c.ID)
	}
	require.Len(t, ids, 2, "two conversations are two cases")
	require.NoError(t, h.do("1", "ana", ids[0], event.Meant{Said: event.Ends}))
	h.now = h.now.Add(time.Hour)
	h.world.Post(said("eva", "Fjordwing again"))
	h.tick()
	assert.Equal(t, 1, open()["Fjordwing again"], "a case that is closed is not open any more")
	for _, r := range history() {
		if r.Mention.Text == "Fjordwing again" {
			assert.Equal(t, 2, r.History.Contacts)
		}
	}
}

func TestARowThatCannotBeReadStopsNothing(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	broken := desk.Row{Address: desk.Address{Kind: desk.KindCase, ID: "broken"}, Due: h.now.Add(-time.Hour), State: []byte("{")}
	require.NoError(t, h.store.Commit(t.Context(), desk.Commit{Rows: []desk.Row{broken}}))
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	h.after(11 * time.Minute)
	assert.Equal(t, []string{"ana", "ben"}, h.pager.members(), "the others fall due as ever")
}

func TestAHoldingStatementGoesOutThroughThePause(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva", "Fjordwing is down"))
	h.tick()
	only := func() (out incident.Incident) {
		for in, err := range h.desk.Incidents(t.Context(), "") {
			require.NoError(t, err)
			out = in
		}
		return out
	}
	id := only().ID
	require.NoError(t, h.do("1", "ana", id, event.Declared{}))
	text := "Our website is down since 09:50 CET. We are working on it. News at 11:00 CET on status.fjordwing.example."
	require.NoError(t, h.do("2", "ben", id, event.Stated{Statement: event.Statement{
		Text: text, Next: morning.Add(time.Hour), Zone: "Europe/Madrid", Look: "status.fjordwing.example",
	}}))
	require.NoError(t, h.do("3", "ana", id, event.Approved{Draft: only().Draft.ID}))
	h.after(time.Minute)
	var published []string
	for _, s := range h.world.Sent() {
		published = append(published, s.Op+" "+s.Text)
	}
	assert.Equal(t, []string{"publish " + text}, published)
	_, err := h.gate.Publish(t.Context(), channel.Post{Key: "spring", Text: "Spring is here!"})
	require.ErrorIs(t, err, channel.ErrPaused, "and the campaign stays where it is")
}
