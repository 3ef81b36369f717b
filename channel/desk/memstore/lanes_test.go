package memstore_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
)

// slowly is what Ready wants to be: a walk over everything.
func slowly(all []desk.Outbound, rank int, until time.Time, limit int) (keys []string) {
	var heads []desk.Outbound
	lanes := map[string]bool{}
	for _, o := range all {
		if o.State == desk.Settled || lanes[o.Lane] {
			continue
		}
		lanes[o.Lane] = true
		if o.State != desk.Uncertain && o.Rank == rank && !o.Next.After(until) {
			heads = append(heads, o)
		}
	}
	slices.SortStableFunc(heads, func(a, b desk.Outbound) int { return a.Next.Compare(b.Next) })
	for _, o := range heads[:min(limit, len(heads))] {
		keys = append(keys, o.Key)
	}
	return keys
}

func TestReadyLikeASlowWalk(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	s := &memstore.Store{}
	var all []desk.Outbound
	states := []desk.State{desk.Waiting, desk.Waiting, desk.Trying, desk.Uncertain, desk.Settled, desk.Settled}
	for n := range 4000 {
		o := desk.Outbound{Address: at(fmt.Sprint(n % 7)), Key: fmt.Sprint(n), Effect: "tell"}
		i := len(all)
		if r.IntN(3) > 0 && len(all) > 0 {
			i = max(0, len(all)-1-r.IntN(min(60, len(all))))
			o = all[i]
		} else {
			all = append(all, o)
		}
		o.State, o.Rank = states[r.IntN(len(states))], r.IntN(3)
		if o.Lane == "" || r.IntN(20) == 0 {
			o.Lane = fmt.Sprint("lane ", r.IntN(30))
		}
		if o.Next = (time.Time{}); r.IntN(2) > 0 {
			o.Next = noon.Add(time.Duration(r.IntN(20)) * time.Minute)
		}
		require.NoError(t, s.Commit(t.Context(), desk.Commit{Outbox: []desk.Outbound{o}}))
		require.ErrorIs(t, s.Commit(t.Context(), desk.Commit{Outbox: []desk.Outbound{o}}), desk.ErrConflict)
		o.Revision++
		all[i] = o
		if n == 2000 {
			path := filepath.Join(t.TempDir(), "desk")
			require.NoError(t, s.Save(path))
			var err error
			s, err = memstore.Open(path)
			require.NoError(t, err)
		}
		rank, until, limit := r.IntN(3), noon.Add(time.Duration(r.IntN(25))*time.Minute), 1+r.IntN(12)
		ready, err := s.Ready(t.Context(), rank, until, limit)
		require.NoError(t, err)
		var got []string
		for _, o := range ready {
			got = append(got, o.Key)
		}
		require.Equal(t, slowly(all, rank, until, limit), got, "rank %d until %s, at most %d, after %d", rank, until, limit, n)
	}
	for _, id := range []string{"0", "3"} {
		var got, want []string
		for o, err := range s.Outbox(t.Context(), desk.OutboxQuery{ID: id, Open: true}) {
			require.NoError(t, err)
			got = append(got, o.Key)
		}
		for _, o := range all {
			if o.ID == id && o.State != desk.Settled {
				want = append(want, o.Key)
			}
		}
		require.Equal(t, want, got)
	}
}

func TestItemSaysWhatIsKnown(t *testing.T) {
	var s memstore.Store
	_, err := s.Item(t.Context(), "t", "c", "1")
	require.ErrorIs(t, err, desk.ErrAbsent)
	in := desk.Inbound{Tenant: "t", Channel: "c", Item: channel.Item{ID: "1", Raw: []byte("raw")}, At: noon}
	require.NoError(t, s.Commit(t.Context(), desk.Commit{Inbox: []desk.Inbound{in}}))
	got, err := s.Item(t.Context(), "t", "c", "1")
	require.NoError(t, err)
	require.Equal(t, in, got)
	_, err = s.Item(t.Context(), "another", "c", "1")
	require.ErrorIs(t, err, desk.ErrAbsent, "tenants do not meet")
	in.Done = true
	require.NoError(t, s.Commit(t.Context(), desk.Commit{Inbox: []desk.Inbound{in}}))
	got, err = s.Item(t.Context(), "t", "c", "1")
	require.NoError(t, err)
	require.True(t, got.Done)
	require.Nil(t, got.Item.Raw, "of what is done only that it is known is kept")
}
