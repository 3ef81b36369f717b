package sqlitestore_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/sqlitestore"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/incident"
)

var errFails = errors.New("this call fails")

// A troubled store fails every nth call, whichever it is.
type troubled struct {
	desk.Store
	every int

	mu    sync.Mutex
	calls int
}

func (s *troubled) fails() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calls++; s.every > 0 && s.calls%s.every == 0 {
		return errFails
	}
	return nil
}

func (s *troubled) Commit(ctx context.Context, c desk.Commit) error {
	if err := s.fails(); err != nil {
		return err
	}
	return s.Store.Commit(ctx, c)
}

func (s *troubled) Row(ctx context.Context, at desk.Address) (desk.Row, error) {
	if err := s.fails(); err != nil {
		return desk.Row{}, err
	}
	return s.Store.Row(ctx, at)
}

func (s *troubled) Find(ctx context.Context, tenant string, keys []string) (desk.Address, error) {
	if err := s.fails(); err != nil {
		return desk.Address{}, err
	}
	return s.Store.Find(ctx, tenant, keys)
}

func (s *troubled) Due(ctx context.Context, until time.Time, limit int) ([]desk.Row, error) {
	if err := s.fails(); err != nil {
		return nil, err
	}
	return s.Store.Due(ctx, until, limit)
}

func (s *troubled) Ready(ctx context.Context, rank int, until time.Time, limit int) ([]desk.Outbound, error) {
	if err := s.fails(); err != nil {
		return nil, err
	}
	return s.Store.Ready(ctx, rank, until, limit)
}

func (s *troubled) Inbox(ctx context.Context, limit int) ([]desk.Inbound, error) {
	if err := s.fails(); err != nil {
		return nil, err
	}
	return s.Store.Inbox(ctx, limit)
}

func (s *troubled) Text(ctx context.Context, tenant string, ref mention.Ref) (desk.Text, error) {
	if err := s.fails(); err != nil {
		return desk.Text{}, err
	}
	return s.Store.Text(ctx, tenant, ref)
}

func (s *troubled) Outbox(ctx context.Context, q desk.OutboxQuery) iter.Seq2[desk.Outbound, error] {
	if err := s.fails(); err != nil {
		return func(yield func(desk.Outbound, error) bool) { yield(desk.Outbound{}, err) }
	}
	return s.Store.Outbox(ctx, q)
}

// worked is a day's work in small: twelve customers write and are answered. Who fails tries again with the same ids.
func worked(t *testing.T, d *desk.Desk, s desk.Store, clock *time.Time, all *acknowledged) {
	t.Helper()
	for n := range 12 {
		item := said(platforms[n%3], fmt.Sprintf("0-0-%d", n))
		for tries := 0; ; tries++ {
			require.Less(t, tries, 200, item.ID)
			err := d.Handle(t.Context(), "", item)
			if err == nil {
				err = answer(t.Context(), d, s, item.Mention.Ref, func(request, id string) { all.requests[request] = id })
			}
			if err == nil || errors.Is(err, respond.ErrRefused) { // it went out already
				break
			}
			*clock = clock.Add(time.Second)
			_ = d.Tick(t.Context())
		}
		all.items = append(all.items, item.Mention.Ref)
	}
}

func TestAStoreThatFailsEveryNthCall(t *testing.T) {
	for _, every := range []int{21, 34, 55} {
		t.Run(fmt.Sprint(every), func(t *testing.T) {
			dir := t.TempDir()
			s := opened(t, filepath.Join(dir, "desk.sqlite"), sqlitestore.Options{})
			bad := &troubled{Store: s, every: every}
			clock := noon
			d, err := newDesk(bad, dir, func() time.Time { return clock }, nil)
			require.NoError(t, err)
			all := &acknowledged{requests: map[string]string{}}
			worked(t, d, s, &clock, all)
			for range 60 {
				clock = clock.Add(10 * time.Minute)
				_ = d.Tick(t.Context())
			}
			bad.every = 0
			for range 12 {
				clock = clock.Add(10 * time.Minute)
				require.NoError(t, d.Tick(t.Context()))
			}
			nothingLost(t, d, s, all)
			nothingTwice(t, s, dir)
			replays(t, s, desk.KindCase, respond.New, respond.Apply)
			replays(t, s, desk.KindIncident, incident.New, incident.Apply)
		})
	}
}

// TestTheClockGoesBackADay, while the desk is down: what waited for an instant of the day before does not wait for it again.
func TestTheClockGoesBackADay(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "desk.sqlite")
	clock := noon
	s, err := sqlitestore.Open(path, sqlitestore.Options{})
	require.NoError(t, err)
	d, err := newDesk(s, dir, func() time.Time { return clock }, nil)
	require.NoError(t, err)
	all := &acknowledged{requests: map[string]string{}}
	worked(t, d, s, &clock, all)
	require.NoError(t, s.Close()) // nothing has gone out yet

	clock = clock.Add(-24 * time.Hour)
	s = opened(t, path, sqlitestore.Options{})
	d, err = newDesk(s, dir, func() time.Time { return clock }, func(channel.Key) {})
	require.NoError(t, err)
	for range 6 {
		require.NoError(t, d.Tick(t.Context()))
		clock = clock.Add(10 * time.Minute)
	}
	nothingLost(t, d, s, all)
	nothingTwice(t, s, dir)
	replays(t, s, desk.KindCase, respond.New, respond.Apply)
}
