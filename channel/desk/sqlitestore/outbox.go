package sqlitestore

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel/desk"
)

// putOutbound stores a request, and says anew who stands first in its lane.
func (p *statements) putOutbound(o *preparedOutbound) error {
	out, rec := o.out, o.record
	open, uncertain := out.State != desk.Settled, out.State == desk.Uncertain
	if o.place == 0 {
		_, err := p.exec(`INSERT INTO outbox (key, tenant, kind, id, revision, effect, lane, rank, next, open, uncertain, head, body, sum)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			out.Key, out.Tenant, out.Kind, out.ID, out.Revision, out.Effect, out.Lane, out.Rank, instant(out.Next), open, uncertain,
			rec.head, rec.body, rec.sum)
		if err != nil || !open {
			return err
		}
		return p.lead(out.Lane)
	}
	if _, err := p.exec(`UPDATE outbox SET tenant = ?1, kind = ?2, id = ?3, revision = ?4, effect = ?5, rank = ?6, next = ?7, open = ?8,
		uncertain = ?9, head = ?10, body = ?11, sum = ?12, lane = ?13, first = iif(?8 AND NOT ?9 AND lane = ?13, first, NULL)
		WHERE place = ?14`,
		out.Tenant, out.Kind, out.ID, out.Revision, out.Effect, out.Rank, instant(out.Next), open, uncertain,
		rec.head, rec.body, rec.sum, out.Lane, o.place); err != nil {
		return err
	}
	if o.lane != out.Lane {
		if err := p.lead(o.lane); err != nil {
			return err
		}
	}
	return p.lead(out.Lane)
}

// lead marks the request that stands first in a lane, unless it is uncertain. One that stood first before is the first or
// the second now, or was unmarked when it changed.
func (p *statements) lead(lane string) error {
	var mark, unmark []int64
	n := 0
	err := p.each(`SELECT place, uncertain, first IS NOT NULL FROM outbox INDEXED BY outbox_lane
		WHERE lane = ? AND open = 1 ORDER BY place LIMIT 2`, []any{lane}, func(scan func(...any) error) (bool, error) {
		var place int64
		var uncertain, marked bool
		if err := scan(&place, &uncertain, &marked); err != nil {
			return false, err
		}
		switch first := n == 0 && !uncertain; {
		case first && !marked:
			mark = append(mark, place)
		case !first && marked:
			unmark = append(unmark, place)
		}
		n++
		return true, nil
	})
	for _, place := range mark {
		if err == nil {
			_, err = p.exec("UPDATE outbox SET first = 1 WHERE place = ?", place)
		}
	}
	for _, place := range unmark {
		if err == nil {
			_, err = p.exec("UPDATE outbox SET first = NULL WHERE place = ?", place)
		}
	}
	return err
}

// queryReady finds what is ready.
const queryReady = `SELECT head, body, sum FROM outbox INDEXED BY outbox_ready
	WHERE first = 1 AND rank = ? AND next <= ? ORDER BY next, place LIMIT ?`

// Ready implements desk.Store.
func (s *Store) Ready(ctx context.Context, rank int, until time.Time, limit int) ([]desk.Outbound, error) {
	var out []desk.Outbound
	err := s.read(ctx, func(p *statements) error {
		return p.each(queryReady, []any{rank, instant(until), limit}, func(scan func(...any) error) (bool, error) {
			o, err := scanOutbound(scan)
			out = append(out, o)
			return true, err
		})
	})
	return out, err
}

func scanOutbound(scan func(...any) error) (desk.Outbound, error) {
	var r record
	if err := scan(&r.head, &r.body, &r.sum); err != nil {
		return desk.Outbound{}, err
	}
	return r.outbound()
}

// queryOutbox finds what a query asks for, by the narrowest of the indexes.
func queryOutbox(q desk.OutboxQuery) (text string, args []any) {
	by, where := "", []string{}
	narrow := func(index, condition string, more ...any) {
		if by == "" && index != "" {
			by = " INDEXED BY " + index
		}
		where, args = append(where, condition), append(args, more...)
	}
	if q.Key != "" {
		by = " " // the one of its uniqueness
		narrow("", "key = ?", q.Key)
	}
	if q.ID != "" {
		narrow("outbox_of", "id = ?", q.ID)
	}
	if q.Open {
		narrow("outbox_open", "open = 1")
	}
	if len(q.Effects) > 0 {
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(q.Effects)), ", ")
		effects := slices.Compact(slices.Sorted(slices.Values(q.Effects)))
		narrow("outbox_effect", "effect IN ("+marks[:3*len(effects)-2]+")")
		for _, e := range effects {
			args = append(args, e)
		}
	}
	if q.Tenant != "" {
		narrow("outbox_tenant", "tenant = ?", q.Tenant)
	}
	text = "SELECT head, body, sum FROM outbox" + by
	if len(where) > 0 {
		text += " WHERE " + strings.Join(where, " AND ")
	}
	return text + " ORDER BY place", args
}

// Outbox implements desk.Store. What is committed during the walk is not seen by it.
func (s *Store) Outbox(ctx context.Context, q desk.OutboxQuery) iter.Seq2[desk.Outbound, error] {
	text, args := queryOutbox(q)
	return walk(ctx, s, text, args, scanOutbound)
}
