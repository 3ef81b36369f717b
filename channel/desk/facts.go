package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/incident"
)

// What the house took back somebody may have been told, in a case that nothing will ever happen in again. So whenever a
// tenant's facts are others than before, all cases and incidents that have said one, or are about to, are told to look.

// labelClaims is what rows are found by that have told somebody a fact of the house that stands, or rest on facts.
const labelClaims = "claims"

func tellsOfHouse(list []fact.Record) bool {
	return slices.ContainsFunc(list, func(x fact.Record) bool { return x.House && !x.Said.IsZero() && x.Retracted.IsZero() })
}

// claimsOf is the label of a case; empty where it claims nothing.
func claimsOf(c respond.Case) string {
	if tellsOfHouse(c.Facts) || c.Draft != nil && c.Draft.Stale == "" && len(c.Draft.Rests) > 0 {
		return labelClaims
	}
	return ""
}

// claimsIn is that of an incident.
func claimsIn(in incident.Incident) []string {
	if tellsOfHouse(in.Facts) {
		return []string{labelClaims}
	}
	return nil
}

// A recall is how far the cases of a tenant have been told of its facts.
type recall struct {
	read  bool
	told  string // the facts that all of them know of
	now   string // those that they are being told of
	kind  string // of the rows that are told, and the place of the last one that was
	queue string
	id    string
}

// toldOf is what is stored of it.
type toldOf struct {
	Facts string `json:"facts"`
}

func recallAt(tenant string) Address {
	return Address{Tenant: tenant, Kind: KindTally, ID: mention.Key("facts of the house", tenant)}
}

// recallAtOnce is how many rows are told before other work is looked at.
const recallAtOnce = 64

// asFarAs names the facts of a house as far as others rest on them; empty for a house that has none.
func asFarAs(l fact.Ledger, now time.Time) string {
	if len(l) == 0 {
		return ""
	}
	var parts []string
	for _, f := range l {
		if _, gone := l.Gone(f, now); !gone {
			parts = append(parts, f.Name, f.Says)
		}
	}
	return mention.Key(parts...)
}

// recalls tells cases and incidents of facts of their house that have changed, some of them, and reports how many.
func (d *Desk) recalls(ctx context.Context) (n int, err error) {
	d.mu.Lock()
	tenants := slices.Sorted(maps.Keys(d.recall))
	d.mu.Unlock()
	for _, tenant := range tenants {
		told, bad := d.recalled(ctx, tenant)
		n, err = n+told, errors.Join(err, bad)
	}
	return n, err
}

func (d *Desk) recalled(ctx context.Context, tenant string) (n int, err error) {
	rules := d.rules(tenant)
	if rules == nil || !d.claim("facts/"+tenant) {
		return 0, nil
	}
	defer d.release("facts/" + tenant)
	d.mu.Lock()
	x := *d.recall[tenant]
	d.mu.Unlock()
	now := asFarAs(rules.Specs().Facts, d.now())
	if !x.read {
		if x.told, err = d.toldOf(ctx, tenant); err != nil {
			return 0, err
		}
		x.read = true
	}
	if x.told != now {
		if x.kind == "" || x.now != now {
			x.now, x.kind, x.queue, x.id = now, KindCase, "", ""
		}
		n, err = d.recallSome(ctx, tenant, &x)
	}
	d.mu.Lock()
	d.recall[tenant] = &x
	d.mu.Unlock()
	return n, err
}

func (d *Desk) toldOf(ctx context.Context, tenant string) (string, error) {
	row, err := d.opt.Store.Row(ctx, recallAt(tenant))
	if err != nil {
		return "", ignoreAbsent(err)
	}
	var t toldOf
	if err := json.Unmarshal(row.State, &t); err != nil {
		return "", fmt.Errorf("tally %s cannot be read: %w", row.ID, err)
	}
	return t.Facts, nil
}

// recallSome tells the next rows. When it has come to the end it stores that all of them know.
func (d *Desk) recallSome(ctx context.Context, tenant string, x *recall) (n int, err error) {
	var rows []Row
	q := RowQuery{Tenant: tenant, Kind: x.kind, Label: labelClaims, Queue: x.queue, ID: x.id}
	for row, err := range d.opt.Store.Rows(ctx, q) {
		if err != nil {
			return 0, err
		}
		if rows = append(rows, row); len(rows) == recallAtOnce {
			break
		}
	}
	for _, row := range rows {
		if err := d.recallOne(ctx, row.Address, x.now); err != nil {
			return n, err
		}
		x.queue, x.id = row.Queue, row.ID
		n++
	}
	switch {
	case len(rows) == recallAtOnce:
		return n, nil
	case x.kind == KindCase:
		x.kind, x.queue, x.id = KindIncident, "", ""
		return n + 1, nil
	}
	err = d.atomically(ctx, "", func(w *work) error {
		row, err := w.row(ctx, recallAt(tenant))
		if err != nil {
			return err
		}
		if row.State, err = json.Marshal(toldOf{Facts: x.now}); err != nil {
			return &stepError{err}
		}
		w.changed(row.Address)
		return nil
	})
	if err == nil {
		x.told = x.now
	}
	return n, err
}

// recallOne tells one row. One that has no ear for it is left as it is.
func (d *Desk) recallOne(ctx context.Context, at Address, facts string) error {
	err := d.atomically(ctx, at.ID, func(w *work) error {
		row, err := w.row(ctx, at)
		if err != nil {
			return err
		}
		id := event.InformedID(facts, at.ID+"/"+strconv.Itoa(row.Revision)) // facts may be again what they were before
		_, err = w.step(ctx, at, event.Event{ID: id, At: w.now, By: event.Host, Body: event.Informed{}})
		return err
	})
	if errors.Is(err, ErrKnown) || errors.As(err, new(*stepError)) && !errors.Is(err, errNoRules) {
		return nil
	}
	return err
}
