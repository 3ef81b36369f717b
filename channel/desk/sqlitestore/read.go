package sqlitestore

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/mention"
)

// The questions, each with the index that answers it; a test looks at the plans.
const (
	queryRow  = "SELECT head, body, sum FROM rows WHERE tenant = ? AND kind = ? AND id = ?"
	queryFind = "SELECT kind, id FROM keys WHERE tenant = ? AND key = ?"
	queryDue  = `SELECT head, body, sum, tenant, kind, id FROM rows INDEXED BY rows_due
		WHERE due <= ? ORDER BY due, tenant, kind, id LIMIT ?`
	queryRows = `SELECT head, body, sum, tenant, kind, id FROM rows INDEXED BY rows_queue
		WHERE tenant = ? AND kind = ? AND (queue, id) > (?, ?) ORDER BY queue, id`
	queryLabel = `SELECT r.head, r.body, r.sum, r.tenant, r.kind, r.id FROM labels l CROSS JOIN rows r
		ON r.tenant = l.tenant AND r.kind = l.kind AND r.id = l.id
		WHERE l.tenant = ? AND l.kind = ? AND l.label = ? AND (l.queue, l.id) > (?, ?) ORDER BY l.queue, l.id`
	queryEntries = "SELECT head, body, sum FROM entries WHERE tenant = ? AND kind = ? AND id = ? ORDER BY seq"
	queryInbox   = "SELECT head, body, sum FROM inbox INDEXED BY inbox_waiting WHERE waiting = 1 ORDER BY place LIMIT ?"
	queryParked  = "SELECT head, body, sum FROM inbox INDEXED BY inbox_parked WHERE tenant = ? AND waiting = 2"
	queryItem    = "SELECT head, body, sum FROM inbox WHERE tenant = ? AND channel = ? AND item = ?"
	queryCursor  = "SELECT cursor FROM cursors WHERE name = ?"
	queryLoose   = `SELECT head, body, sum FROM texts INDEXED BY texts_author
		WHERE tenant = ? AND channel = ? AND author = ? AND author <> '' ORDER BY ref, rev`
	queryText = "SELECT head, body, sum FROM texts WHERE tenant = ? AND channel = ? AND ref = ? ORDER BY rev DESC LIMIT 1"
)

// read asks one short question. As many are asked at once as there are connections kept.
func (s *Store) read(ctx context.Context, ask func(*statements) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case s.seats <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	case <-s.quit:
		return ErrClosed
	}
	defer func() { <-s.seats }()
	if err := s.usable(); err != nil {
		return err
	}
	if err := ask(s.gets); err != nil {
		return s.broke(err)
	}
	return nil
}

// record reads one record; absent is what it is called when there is none.
func (s *Store) record(ctx context.Context, text string, args []any, absent func() string) (r record, err error) {
	err = s.read(ctx, func(p *statements) error {
		found, err := p.one(text, args, &r.head, &r.body, &r.sum)
		if err == nil && !found {
			err = fmt.Errorf("%s: %w", absent(), desk.ErrAbsent)
		}
		return err
	})
	return r, err
}

// Row implements desk.Store.
func (s *Store) Row(ctx context.Context, at desk.Address) (desk.Row, error) {
	r, err := s.record(ctx, queryRow, []any{at.Tenant, at.Kind, at.ID}, func() string { return at.Kind + " " + at.ID })
	if err != nil {
		return desk.Row{}, err
	}
	row, err := r.row(at)
	return row, s.broke(err)
}

// Find implements desk.Store.
func (s *Store) Find(ctx context.Context, tenant string, keys []string) (desk.Address, error) {
	at := desk.Address{Tenant: tenant}
	err := s.read(ctx, func(p *statements) error {
		for _, k := range keys {
			if found, err := p.one(queryFind, []any{tenant, k}, &at.Kind, &at.ID); found || err != nil {
				return err
			}
		}
		return fmt.Errorf("no row for %d keys: %w", len(keys), desk.ErrAbsent)
	})
	if err != nil {
		return desk.Address{}, err
	}
	return at, nil
}

// Due implements desk.Store.
func (s *Store) Due(ctx context.Context, until time.Time, limit int) ([]desk.Row, error) {
	var out []desk.Row
	err := s.read(ctx, func(p *statements) error {
		return p.each(queryDue, []any{instant(until), limit}, func(scan func(...any) error) (bool, error) {
			r, err := scanRow(scan)
			out = append(out, r)
			return true, err
		})
	})
	return out, err
}

func scanRow(scan func(...any) error) (desk.Row, error) {
	var r record
	var at desk.Address
	if err := scan(&r.head, &r.body, &r.sum, &at.Tenant, &at.Kind, &at.ID); err != nil {
		return desk.Row{}, err
	}
	return r.row(at)
}

// Rows implements desk.Store. What is committed during the walk is not seen by it.
func (s *Store) Rows(ctx context.Context, q desk.RowQuery) iter.Seq2[desk.Row, error] {
	if q.Label != "" {
		return walk(ctx, s, queryLabel, []any{q.Tenant, q.Kind, q.Label, q.Queue, q.ID}, scanRow)
	}
	return walk(ctx, s, queryRows, []any{q.Tenant, q.Kind, q.Queue, q.ID}, scanRow)
}

// Entries implements desk.Store. What is committed during the walk is not seen by it.
func (s *Store) Entries(ctx context.Context, at desk.Address) iter.Seq2[desk.Entry, error] {
	return walk(ctx, s, queryEntries, []any{at.Tenant, at.Kind, at.ID}, func(scan func(...any) error) (desk.Entry, error) {
		var r record
		if err := scan(&r.head, &r.body, &r.sum); err != nil {
			return desk.Entry{}, err
		}
		return r.entry(at)
	})
}

// walk gives what a question finds, one after the other, each as it was when the walk began. It has a connection of its
// own, so that whoever walks can ask other questions meanwhile.
func walk[T any](ctx context.Context, s *Store, text string, args []any, scanned func(func(...any) error) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		left := false
		err := cmp.Or(ctx.Err(), s.usable())
		if err == nil {
			err = s.gets.each(text, args, func(scan func(...any) error) (bool, error) {
				if err := ctx.Err(); err != nil {
					return false, err
				}
				x, err := scanned(scan)
				if err == nil {
					left = !yield(x, nil)
				}
				return !left, err
			})
		}
		if err != nil && !left {
			var zero T
			yield(zero, s.broke(err))
		}
	}
}

// Inbox implements desk.Store.
func (s *Store) Inbox(ctx context.Context, limit int) ([]desk.Inbound, error) {
	var out []desk.Inbound
	err := s.read(ctx, func(p *statements) error {
		return p.each(queryInbox, []any{limit}, func(scan func(...any) error) (bool, error) {
			var r record
			if err := scan(&r.head, &r.body, &r.sum); err != nil {
				return false, err
			}
			in, err := r.inbound()
			out = append(out, in)
			return true, err
		})
	})
	return out, err
}

// Item implements desk.Store.
func (s *Store) Item(ctx context.Context, tenant, channel, id string) (desk.Inbound, error) {
	r, err := s.record(ctx, queryItem, []any{tenant, channel, id}, func() string { return "item " + id + " of " + channel })
	if err != nil {
		return desk.Inbound{}, err
	}
	in, err := r.inbound()
	return in, s.broke(err)
}

// Cursor implements desk.Store.
func (s *Store) Cursor(ctx context.Context, name string) (channel.Cursor, error) {
	var cursor string
	err := s.read(ctx, func(p *statements) error {
		_, err := p.one(queryCursor, []any{name}, &cursor)
		return err
	})
	return channel.Cursor(cursor), err
}

// Text implements desk.Store.
func (s *Store) Text(ctx context.Context, tenant string, ref mention.Ref) (desk.Text, error) {
	r, err := s.record(ctx, queryText, []any{tenant, ref.Channel, ref.ID}, ref.String)
	if err != nil {
		return desk.Text{}, err
	}
	t, err := r.text()
	return t, s.broke(err)
}

// Loose implements desk.Store.
func (s *Store) Loose(ctx context.Context, tenant, channel, author string) iter.Seq2[desk.Text, error] {
	return walk(ctx, s, queryLoose, []any{tenant, channel, author}, func(scan func(...any) error) (desk.Text, error) {
		var r record
		if err := scan(&r.head, &r.body, &r.sum); err != nil {
			return desk.Text{}, err
		}
		return r.text()
	})
}

// What stands in inbox.waiting.
const (
	itemDone   = 0
	itemWaits  = 1
	itemParked = 2
)

// putInbound stores an item. One that is known stays as it is, unless it is done or parked now.
func (p *statements) putInbound(in preparedInbound) error {
	over, waiting := "NOTHING", itemWaits
	switch {
	case in.in.Parked != "":
		waiting = itemParked
	case in.in.Done:
		waiting = itemDone
	}
	if waiting != itemWaits {
		over = "UPDATE SET waiting = excluded.waiting, head = excluded.head, body = excluded.body, sum = excluded.sum"
	}
	_, err := p.exec(`INSERT INTO inbox (tenant, channel, item, waiting, head, body, sum) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (tenant, channel, item) DO `+over,
		in.in.Tenant, in.in.Channel, in.in.Item.ID, waiting, in.record.head, in.record.body, in.record.sum)
	return err
}
