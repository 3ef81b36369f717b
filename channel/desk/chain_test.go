package desk_test

import (
	"bytes"
	"context"
	"iter"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/respond/trail"
)

// A forger is a store whose trails somebody has written to.
type forger struct {
	desk.Store
	spoil func([]desk.Entry) []desk.Entry
}

func (m *forger) Entries(ctx context.Context, at desk.Address) iter.Seq2[desk.Entry, error] {
	return func(yield func(desk.Entry, error) bool) {
		var all []desk.Entry
		for e, err := range m.Store.Entries(ctx, at) {
			if err != nil {
				yield(e, err)
				return
			}
			all = append(all, e)
		}
		for _, e := range m.spoil(all) {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func TestVerifyNamesTheFirstBrokenEntry(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	h.approve("1", "We are looking for it.")
	h.tick()
	h.replays()
	c := h.only()
	tip, err := h.desk.Verify(t.Context(), "", c.ID)
	require.NoError(t, err)
	require.Equal(t, c.Seq, tip.Seq)
	require.Greater(t, c.Seq, 4)
	_, err = h.desk.Verify(t.Context(), "", "nobody's")
	require.ErrorIs(t, err, desk.ErrAbsent)

	for _, x := range []struct {
		reason string
		spoil  func([]desk.Entry) []desk.Entry
		seq    int
		fault  trail.Fault
	}{
		{"a word in a body was changed", func(all []desk.Entry) []desk.Entry {
			all[2].Body = bytes.Replace(all[2].Body, []byte("ben"), []byte("eve"), 1)
			return all
		}, 3, trail.Altered},
		{"an entry is gone", func(all []desk.Entry) []desk.Entry { return append(all[:1:1], all[2:]...) }, 2, trail.Missing},
		{"the last one is gone", func(all []desk.Entry) []desk.Entry { return all[:len(all)-1] }, c.Seq, trail.Truncated},
		{"what was said is gone, and nobody erased it", func(all []desk.Entry) []desk.Entry {
			all[0].Link = all[0].Bared()
			return all
		}, 1, trail.Stripped},
		{"somebody wrote one more", func(all []desk.Entry) []desk.Entry {
			more, _, err := tip.Append(tip.At, salt(trail.Name{}, 1), all[0].Body)
			require.NoError(t, err)
			return append(all, desk.Entry{Address: all[0].Address, Seq: tip.Seq + 1, Link: more})
		}, c.Seq + 1, trail.Forged},
	} {
		inner := h.store
		h.store = &forger{inner, x.spoil}
		h.open()
		_, err := h.desk.Verify(t.Context(), "", c.ID)
		var broken *trail.BrokenError
		require.ErrorAs(t, err, &broken, x.reason)
		assert.Equal(t, x.seq, broken.Seq, x.reason)
		assert.Equal(t, x.fault, broken.Fault, x.reason)
		if x.fault == trail.Altered {
			_, _, err = h.desk.Case(t.Context(), "", c.ID)
			assert.ErrorAs(t, err, &broken, "a screen is not shown what was altered")
		}
		h.store = inner
	}
}

// Who can write to the store writes the row's tip too: only a tip that was kept elsewhere shows it.
func TestAnAnchorShowsATailThatWasCutOff(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	early := h.store
	c := h.only()
	before, err := h.desk.Verify(t.Context(), "", c.ID)
	require.NoError(t, err)
	h.approve("1", "We are looking for it.")
	anchor, err := h.desk.Verify(t.Context(), "", c.ID, before)
	require.NoError(t, err, "an anchor of before holds")
	at := desk.Address{Kind: desk.KindCase, ID: c.ID}
	row, err := early.Row(t.Context(), at)
	require.NoError(t, err)
	row.Tip = before
	require.NoError(t, h.store.Commit(t.Context(), desk.Commit{Rows: []desk.Row{row}}))
	h.store = &forger{h.store, func(all []desk.Entry) []desk.Entry { return all[:before.Seq] }}
	h.open()
	_, err = h.desk.Verify(t.Context(), "", c.ID)
	require.NoError(t, err, "row and trail fit together")
	_, err = h.desk.Verify(t.Context(), "", c.ID, anchor)
	var broken *trail.BrokenError
	require.ErrorAs(t, err, &broken)
	assert.Equal(t, trail.Truncated, broken.Fault)
}

func TestSaltsAreDrawnAnew(t *testing.T) {
	var salts [][]byte
	for range 2 {
		h := newHouse(t, &memory.Channel{})
		h.ports = func(o *desk.Options) { o.Salt = nil }
		h.open()
		h.world.Post(said("eva", "Fjordwing lost my bag"))
		h.tick()
		for _, l := range h.links(h.only().ID) {
			require.Len(t, l.Salt, trail.SaltSize)
			for _, other := range salts {
				require.NotEqual(t, other, l.Salt)
			}
			salts = append(salts, l.Salt)
		}
	}
}
