package storetest_test

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"sync"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
	"github.com/reputekit/reputation/mention"
)

// flawed is a memstore with a bug: what is not nil is done in place of what the store does.
type flawed struct {
	*memstore.Store
	mu      sync.Mutex // of what a bug remembers
	commit  func(context.Context, desk.Commit) error
	row     func(context.Context, desk.Address) (desk.Row, error)
	find    func(context.Context, string, []string) (desk.Address, error)
	due     func(context.Context, time.Time, int) ([]desk.Row, error)
	rows    func(context.Context, desk.RowQuery) iter.Seq2[desk.Row, error]
	entries func(context.Context, desk.Address) iter.Seq2[desk.Entry, error]
	outbox  func(context.Context, desk.OutboxQuery) iter.Seq2[desk.Outbound, error]
	ready   func(context.Context, int, time.Time, int) ([]desk.Outbound, error)
	inbox   func(context.Context, int) ([]desk.Inbound, error)
	item    func(context.Context, string, string, string) (desk.Inbound, error)
	cursor  func(context.Context, string) (channel.Cursor, error)
	text    func(context.Context, string, mention.Ref) (desk.Text, error)
}

func (f *flawed) Commit(ctx context.Context, c desk.Commit) error {
	if f.commit != nil {
		return f.commit(ctx, c)
	}
	return f.Store.Commit(ctx, c)
}

func (f *flawed) Row(ctx context.Context, at desk.Address) (desk.Row, error) {
	if f.row != nil {
		return f.row(ctx, at)
	}
	return f.Store.Row(ctx, at)
}

func (f *flawed) Find(ctx context.Context, tenant string, keys []string) (desk.Address, error) {
	if f.find != nil {
		return f.find(ctx, tenant, keys)
	}
	return f.Store.Find(ctx, tenant, keys)
}

func (f *flawed) Due(ctx context.Context, until time.Time, limit int) ([]desk.Row, error) {
	if f.due != nil {
		return f.due(ctx, until, limit)
	}
	return f.Store.Due(ctx, until, limit)
}

func (f *flawed) Rows(ctx context.Context, q desk.RowQuery) iter.Seq2[desk.Row, error] {
	if f.rows != nil {
		return f.rows(ctx, q)
	}
	return f.Store.Rows(ctx, q)
}

func (f *flawed) Entries(ctx context.Context, at desk.Address) iter.Seq2[desk.Entry, error] {
	if f.entries != nil {
		return f.entries(ctx, at)
	}
	return f.Store.Entries(ctx, at)
}

func (f *flawed) Outbox(ctx context.Context, q desk.OutboxQuery) iter.Seq2[desk.Outbound, error] {
	if f.outbox != nil {
		return f.outbox(ctx, q)
	}
	return f.Store.Outbox(ctx, q)
}

func (f *flawed) Ready(ctx context.Context, rank int, until time.Time, limit int) ([]desk.Outbound, error) {
	if f.ready != nil {
		return f.ready(ctx, rank, until, limit)
	}
	return f.Store.Ready(ctx, rank, until, limit)
}

func (f *flawed) Inbox(ctx context.Context, limit int) ([]desk.Inbound, error) {
	if f.inbox != nil {
		return f.inbox(ctx, limit)
	}
	return f.Store.Inbox(ctx, limit)
}

func (f *flawed) Item(ctx context.Context, tenant, name, id string) (desk.Inbound, error) {
	if f.item != nil {
		return f.item(ctx, tenant, name, id)
	}
	return f.Store.Item(ctx, tenant, name, id)
}

func (f *flawed) Cursor(ctx context.Context, name string) (channel.Cursor, error) {
	if f.cursor != nil {
		return f.cursor(ctx, name)
	}
	return f.Store.Cursor(ctx, name)
}

func (f *flawed) Text(ctx context.Context, tenant string, ref mention.Ref) (desk.Text, error) {
	if f.text != nil {
		return f.text(ctx, tenant, ref)
	}
	return f.Store.Text(ctx, tenant, ref)
}

// altered stores commits that were changed on the way.
func altered(change func(s *memstore.Store, c *desk.Commit)) func(*flawed) {
	return func(f *flawed) {
		f.commit = func(ctx context.Context, c desk.Commit) error {
			c.Rows, c.Entries = slices.Clone(c.Rows), slices.Clone(c.Entries)
			change(f.Store, &c)
			return f.Store.Commit(ctx, c)
		}
	}
}

// stored is the revision that a row has.
func stored(s *memstore.Store, at desk.Address) int {
	r, _ := s.Row(context.Background(), at)
	return r.Revision
}

// everywhere is more than any limit of the suite.
const everywhere = 1 << 20

// slowly is Ready by a walk, with the bugs of whoever wrote the walk.
func slowly(f *flawed, heads func(desk.Outbound) (head, takes bool), order func(a, b desk.Outbound) int) {
	f.ready = func(ctx context.Context, rank int, until time.Time, limit int) (out []desk.Outbound, err error) {
		taken := map[string]bool{}
		for o := range f.Store.Outbox(ctx, desk.OutboxQuery{Open: true}) {
			head, takes := heads(o)
			if head && !taken[o.Lane] && o.Rank == rank && !o.Next.After(until) {
				out = append(out, o)
			}
			taken[o.Lane] = taken[o.Lane] || takes && !(o.Next.After(until) && order == nil)
		}
		if order == nil {
			order = byNext
		}
		slices.SortStableFunc(out, order)
		return out[:min(limit, len(out))], nil
	}
}

func byNext(a, b desk.Outbound) int {
	return cmp.Compare(a.Next.UnixMilli(), b.Next.UnixMilli())
}

func isDigit(b []byte) bool { return len(b) == 1 && b[0] >= '0' && b[0] <= '9' }

func inTurn[T any](all []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, x := range all {
			if !yield(x, nil) {
				return
			}
		}
	}
}
