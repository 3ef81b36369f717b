package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/trail"
)

// A CaseQuery says which cases of one tenant are wanted: all of them, unless it says more.
type CaseQuery struct {
	Tenant  string
	Live    bool             // only those that live
	Stages  []followup.Stage // only in one of these; followup.Fresh is one
	Channel string           // only of one author: the channel he writes on
	Author  string           // and his mention.Author.Key
	Member  string           // only those that this member has taken
	After   string           // only what comes behind this case, the last one of the page before
}

// label is what the store finds what is wanted, the narrowest first; more than one is not asked for.
func (q CaseQuery) label() string {
	switch {
	case q.Author != "":
		return labelAuthor + authorID(q.Tenant, q.Channel, mention.Author{ID: q.Author})
	case q.Member != "":
		return labelMember + q.Member
	case len(q.Stages) == 1:
		return labelStage + string(q.Stages[0])
	}
	return ""
}

func (q CaseQuery) wants(c respond.Case) bool {
	return (!q.Live || c.Stage.Live()) && (len(q.Stages) == 0 || slices.Contains(q.Stages, c.Stage)) &&
		(q.Member == "" || takenBy(c) == q.Member)
}

// Queue returns the live cases of a tenant, what comes first first: by priority, and within one by what is due.
func (d *Desk) Queue(ctx context.Context, tenant string) ([]respond.Case, error) {
	var out []respond.Case
	for c, err := range d.Cases(ctx, CaseQuery{Tenant: tenant, Live: true}) {
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// Cases walks the cases that the query asks for, the live ones first, as in Queue. Whoever shows a page of them stops
// walking, and goes on with CaseQuery.After. An error ends the walk.
func (d *Desk) Cases(ctx context.Context, q CaseQuery) iter.Seq2[respond.Case, error] {
	return func(yield func(respond.Case, error) bool) {
		rows := RowQuery{Tenant: q.Tenant, Kind: KindCase, Label: q.label()}
		if q.After != "" {
			last, err := d.opt.Store.Row(ctx, Address{Tenant: q.Tenant, Kind: KindCase, ID: q.After})
			if err != nil {
				yield(respond.Case{}, err)
				return
			}
			rows.Queue, rows.ID = last.Queue, last.ID
		}
		for r, err := range d.opt.Store.Rows(ctx, rows) {
			if err == nil && q.Live && !strings.HasPrefix(r.Queue, queueLive) {
				return // what does not live stands behind
			}
			var c respond.Case
			if err == nil {
				err = json.Unmarshal(r.State, &c)
			}
			if err == nil && !q.wants(c) {
				continue
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// Incidents walks all incidents of a tenant, the live ones first. An error ends the walk.
func (d *Desk) Incidents(ctx context.Context, tenant string) iter.Seq2[incident.Incident, error] {
	return states[incident.Incident](d.opt.Store.Rows(ctx, RowQuery{Tenant: tenant, Kind: KindIncident}))
}

// Case returns one case with its trail, which was verified on the way: the entries since it was erased last, if it was. It
// fails with ErrAbsent, and with a *trail.BrokenError that names the first entry that is not as it was stored.
func (d *Desk) Case(ctx context.Context, tenant, id string) (c respond.Case, entries []respond.Entry, err error) {
	at := Address{Tenant: tenant, Kind: KindCase, ID: id}
	row, err := d.opt.Store.Row(ctx, at)
	if err != nil {
		return c, nil, err
	}
	if err := json.Unmarshal(row.State, &c); err != nil {
		return c, nil, fmt.Errorf("case %s: %w", id, err)
	}
	links := d.chain(ctx, at)
	for e, err := range trail.Entries[respond.Change](nameOf(at), links.walk) {
		if err != nil {
			return c, nil, fmt.Errorf("case %s: %w", id, cmp.Or(links.err, err))
		}
		entries = append(entries, e)
	}
	return c, entries, links.err
}

// Trail walks the entries of a case or an incident as they were stored, oldest first: the links of a chain, which package
// trail renders, replays and exports. Of what was erased the heads are left. An error ends the walk; ErrAbsent is one.
func (d *Desk) Trail(ctx context.Context, tenant, id string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		at, err := d.begun().find(ctx, tenant, id)
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
