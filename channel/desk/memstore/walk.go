package memstore

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/mention"
)

// walk gives what was copied out of the store, until the context is done.
func walk[T any](ctx context.Context, list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, x := range list {
			if err := ctx.Err(); err != nil {
				var zero T
				yield(zero, err)
				return
			}
			if !yield(x, nil) {
				return
			}
		}
	}
}

// Entries implements desk.Store. What is committed during the walk is not seen by it.
func (s *Store) Entries(ctx context.Context, at desk.Address) iter.Seq2[desk.Entry, error] {
	s.mu.RLock()
	out := slices.Clone(s.trails[at])
	s.mu.RUnlock()
	for i := range out {
		out[i].Body = slices.Clone(out[i].Body)
	}
	return walk(ctx, out)
}

// Outbox implements desk.Store. What is committed during the walk is not seen by it.
func (s *Store) Outbox(ctx context.Context, q desk.OutboxQuery) iter.Seq2[desk.Outbound, error] {
	s.mu.RLock()
	var out []desk.Outbound
	add := func(o *desk.Outbound) {
		if wanted(o, q) {
			c := *o
			c.Body = slices.Clone(o.Body)
			out = append(out, c)
		}
	}
	switch {
	case q.Key != "":
		if at, ok := s.byKey[q.Key]; ok {
			add(s.outbox[at])
		}
	case q.Open:
		for _, at := range s.open {
			add(s.outbox[at])
		}
	default:
		for _, o := range s.outbox {
			add(o)
		}
	}
	s.mu.RUnlock()
	return walk(ctx, out)
}

func wanted(o *desk.Outbound, q desk.OutboxQuery) bool {
	return (q.Tenant == "" || q.Tenant == o.Tenant) && (q.ID == "" || q.ID == o.ID) && (q.Key == "" || q.Key == o.Key) &&
		(!q.Open || o.State != desk.Settled) && (len(q.Effects) == 0 || slices.Contains(q.Effects, o.Effect))
}

// Inbox implements desk.Store.
func (s *Store) Inbox(ctx context.Context, limit int) ([]desk.Inbound, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []desk.Inbound
	for _, at := range s.waiting[:min(limit, len(s.waiting))] {
		in := *s.inbox[at]
		in.Item = cloned(in.Item)
		out = append(out, in)
	}
	return out, ctx.Err()
}

// Cursor implements desk.Store.
func (s *Store) Cursor(ctx context.Context, name string) (channel.Cursor, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.cursors[name], ctx.Err()
}

// Text implements desk.Store.
func (s *Store) Text(ctx context.Context, tenant string, ref mention.Ref) (desk.Text, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	list := s.texts[textKey{tenant, ref}]
	if len(list) == 0 {
		return desk.Text{}, fmt.Errorf("%s: %w", ref, desk.ErrAbsent)
	}
	return list[len(list)-1], ctx.Err()
}
