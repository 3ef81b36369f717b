package desk_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/respond/event"
)

// A far store takes its time, so that whoever reads at one instant commits at one instant; it counts.
type far struct {
	memstore.Store
	slow          atomic.Bool
	rows, commits atomic.Int64
}

func (f *far) Row(ctx context.Context, at desk.Address) (desk.Row, error) {
	f.rows.Add(1)
	return f.Store.Row(ctx, at)
}

func (f *far) Commit(ctx context.Context, c desk.Commit) error {
	if f.slow.Load() {
		time.Sleep(time.Millisecond)
	}
	f.commits.Add(1)
	return f.Store.Commit(ctx, c)
}

func TestManyTakeCasesAtOnce(t *testing.T) {
	const many = 64
	for _, row := range []struct {
		reason string
		by     func(n int) string
	}{
		{"all of them one member", func(int) string { return "ana" }},
		{"two members", func(n int) string { return []string{"ana", "ben"}[n%2] }},
	} {
		synctest.Test(t, func(t *testing.T) {
			store := &far{}
			h := newHouse(t, &memory.Channel{})
			h.store = store
			h.open()
			for n := range many {
				h.world.Post(said(fmt.Sprint("customer ", n), "Fjordwing lost my bag"))
			}
			h.tick()
			queue, err := h.desk.Queue(t.Context(), "")
			require.NoError(t, err)
			require.Len(t, queue, many)
			store.slow.Store(true)
			store.commits.Store(0)
			var all sync.WaitGroup
			for n, c := range queue {
				all.Go(func() {
					assert.NoError(t, h.desk.Say(t.Context(), "", c.ID, row.by(n), fmt.Sprint(n), event.Taken{}), row.reason)
				})
			}
			all.Wait()
			store.slow.Store(false)
			assert.LessOrEqual(t, store.commits.Load(), int64(3*many), "%s: they queue, and do not storm", row.reason)
			h.world.Post(said("the next one", "Fjordwing lost my bag"))
			h.after(time.Second)
			load := 0
			for _, n := range h.received()["the next one"].Load {
				load += n
			}
			assert.Equal(t, many, load, "%s: each is counted", row.reason)
			h.replays()
		})
	}
}

func TestWhoeverWaitsInLineMayLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &far{}
		h := newHouse(t, &memory.Channel{})
		h.store = store
		h.open()
		const many = 20
		for n := range many {
			h.world.Post(said(fmt.Sprint("customer ", n), "Fjordwing lost my bag"))
		}
		h.tick()
		queue, err := h.desk.Queue(t.Context(), "")
		require.NoError(t, err)
		store.slow.Store(true)
		var all sync.WaitGroup
		var left atomic.Int64
		for n, c := range queue {
			all.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
				defer cancel()
				if err := h.desk.Say(ctx, "", c.ID, "ana", fmt.Sprint(n), event.Taken{}); err != nil {
					assert.ErrorIs(t, err, context.DeadlineExceeded)
					left.Add(1)
				}
			})
		}
		all.Wait()
		assert.Positive(t, left.Load(), "some had to wait for longer than they would")
		for n, c := range queue {
			require.NoError(t, h.desk.Say(t.Context(), "", c.ID, "ana", fmt.Sprint(n), event.Taken{}), "nobody stands in the way")
		}
		h.replays()
	})
}

func TestAnEventReadsItsCaseOnce(t *testing.T) {
	store := &far{}
	h := newHouse(t, &memory.Channel{})
	h.store = store
	h.open()
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	id := h.only().ID
	store.rows.Store(0)
	require.NoError(t, h.desk.Say(t.Context(), "", id, "ana", "1", event.Taken{}))
	assert.EqualValues(t, 3, store.rows.Load(), "the case, what its author was sent, what members have")
	require.ErrorIs(t, h.desk.Say(t.Context(), "", "nobody", "ana", "2", event.Taken{}), desk.ErrAbsent)
}
