package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/incident"
)

// Queue returns the live cases of a tenant, what comes first first: by priority, and within one by what is due.
func (d *Desk) Queue(ctx context.Context, tenant string) ([]respond.Case, error) {
	var out []respond.Case
	for c, err := range d.Cases(ctx, tenant) {
		if err != nil {
			return nil, err
		}
		if !c.Stage.Live() {
			break
		}
		out = append(out, c)
	}
	return out, nil
}

// Cases walks all cases of a tenant, the live ones first, as in Queue. An error ends the walk.
func (d *Desk) Cases(ctx context.Context, tenant string) iter.Seq2[respond.Case, error] {
	return states[respond.Case](d.opt.Store.Rows(ctx, tenant, KindCase))
}

// Incidents walks all incidents of a tenant, the live ones first. An error ends the walk.
func (d *Desk) Incidents(ctx context.Context, tenant string) iter.Seq2[incident.Incident, error] {
	return states[incident.Incident](d.opt.Store.Rows(ctx, tenant, KindIncident))
}

// Case returns one case with its trail. It fails with ErrAbsent.
func (d *Desk) Case(ctx context.Context, tenant, id string) (c respond.Case, entries []respond.Entry, err error) {
	at := Address{Tenant: tenant, Kind: KindCase, ID: id}
	row, err := d.opt.Store.Row(ctx, at)
	if err != nil {
		return c, nil, err
	}
	if err := json.Unmarshal(row.State, &c); err != nil {
		return c, nil, fmt.Errorf("case %s: %w", id, err)
	}
	for stored, err := range d.opt.Store.Entries(ctx, at) {
		if err != nil {
			return c, nil, err
		}
		var e respond.Entry
		if err := json.Unmarshal(stored.Body, &e); err != nil {
			return c, nil, fmt.Errorf("case %s, entry %d: %w", id, stored.Seq, err)
		}
		entries = append(entries, e)
	}
	return c, entries, nil
}

// Trail walks the entries of a case or an incident as they were stored, oldest first. An error ends the walk; ErrAbsent
// is one.
func (d *Desk) Trail(ctx context.Context, tenant, id string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		at, err := d.find(ctx, tenant, id)
		if err != nil {
			yield(Entry{}, err)
			return
		}
		d.opt.Store.Entries(ctx, at)(yield)
	}
}

// Outbox walks requests with what became of them, in the order they were asked for. An error ends the walk.
func (d *Desk) Outbox(ctx context.Context, q OutboxQuery) iter.Seq2[Outbound, error] {
	return d.opt.Store.Outbox(ctx, q)
}

// states reads the states of rows.
func states[S any](rows iter.Seq2[Row, error]) iter.Seq2[S, error] {
	return func(yield func(S, error) bool) {
		for r, err := range rows {
			var s S
			if err == nil {
				err = json.Unmarshal(r.State, &s)
			}
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}
