package memstore

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/mention"
)

// walk gives copies of what was in the store when the walk was asked for, until the context is done. Nothing in the list
// is ever written to: what changes is replaced.
func walk[S, T any](ctx context.Context, list []S, copied func(S) T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, x := range list {
			if err := ctx.Err(); err != nil {
				var zero T
				yield(zero, err)
				return
			}
			if !yield(copied(x), nil) {
				return
			}
		}
	}
}

// Due implements desk.Store.
func (s *Store) Due(ctx context.Context, until time.Time, limit int) ([]desk.Row, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []desk.Row
	if s.due == nil {
		return nil, ctx.Err()
	}
	for _, at := range s.due.until(until, limit) {
		out = append(out, copied(s.rows[at]))
	}
	return out, ctx.Err()
}

// Rows implements desk.Store. What is committed during the walk is not seen by it.
func (s *Store) Rows(ctx context.Context, q desk.RowQuery) iter.Seq2[desk.Row, error] {
	s.mu.RLock()
	var out []*desk.Row
	add := func(r *desk.Row) {
		if behind := cmp.Or(strings.Compare(r.Queue, q.Queue), strings.Compare(r.ID, q.ID)); behind > 0 {
			out = append(out, r)
		}
	}
	if q.Label != "" {
		for at := range s.labels[label{q.Tenant, q.Kind, q.Label}] {
			add(s.rows[at])
		}
	} else {
		for at, r := range s.rows {
			if at.Tenant == q.Tenant && at.Kind == q.Kind {
				add(r)
			}
		}
	}
	s.mu.RUnlock()
	slices.SortFunc(out, func(a, b *desk.Row) int {
		return cmp.Or(strings.Compare(a.Queue, b.Queue), strings.Compare(a.ID, b.ID))
	})
	return walk(ctx, out, copied)
}

// Entries implements desk.Store. What is committed during the walk is not seen by it.
func (s *Store) Entries(ctx context.Context, at desk.Address) iter.Seq2[desk.Entry, error] {
	s.mu.RLock()
	out := slices.Clone(s.trails[at])
	s.mu.RUnlock()
	return walk(ctx, out, func(e desk.Entry) desk.Entry {
		e.Link = linked(e.Link)
		return e
	})
}

// Outbox implements desk.Store. What is committed during the walk is not seen by it.
func (s *Store) Outbox(ctx context.Context, q desk.OutboxQuery) iter.Seq2[desk.Outbound, error] {
	s.mu.RLock()
	var out []*desk.Outbound
	add := func(o *desk.Outbound) {
		if wanted(o, q) {
			out = append(out, o)
		}
	}
	places := func(list []int) {
		for _, at := range list {
			add(s.outbox[at])
		}
	}
	switch {
	case q.Key != "":
		if at, ok := s.byKey[q.Key]; ok {
			add(s.outbox[at])
		}
	case q.ID != "":
		places(s.byID[q.ID])
	case q.Open:
		places(s.open)
	default:
		for _, o := range s.outbox {
			add(o)
		}
	}
	s.mu.RUnlock()
	return walk(ctx, out, asked)
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
		out = append(out, came(s.inbox[at]))
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

// Loose implements desk.Store. What is committed during the walk is not seen by it.
func (s *Store) Loose(ctx context.Context, tenant, channel, author string) iter.Seq2[desk.Text, error] {
	var out []desk.Text
	s.mu.RLock()
	for at, list := range s.texts {
		if at.tenant != tenant || at.ref.Channel != channel || author == "" {
			continue
		}
		for _, t := range list {
			if t.ID == "" && t.Author == author {
				out = append(out, t)
			}
		}
	}
	s.mu.RUnlock()
	slices.SortFunc(out, func(a, b desk.Text) int { return cmp.Or(strings.Compare(a.Ref.ID, b.Ref.ID), a.Rev-b.Rev) })
	return walk(ctx, out, func(t desk.Text) desk.Text { return t })
}
