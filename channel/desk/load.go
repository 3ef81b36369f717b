package desk

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/reputekit/reputation/mention"
)

// loadOf names the row of how many open cases each member of a tenant has.
func loadOf(tenant string) Address {
	return Address{Tenant: tenant, Kind: KindTally, ID: mention.Key("load", tenant)}
}

// loads reads it.
func (w *work) loads(ctx context.Context, tenant string) (load map[string]int, row *Row, err error) {
	if row, err = w.row(ctx, loadOf(tenant)); err != nil || len(row.State) == 0 {
		return nil, row, err
	}
	if err := json.Unmarshal(row.State, &load); err != nil {
		return nil, row, &stepError{fmt.Errorf("tally %s cannot be read: %w", row.ID, err)}
	}
	return load, row, nil
}

// burdened is the member who has a case that lives.
func (f facet) burdened() string {
	if !f.live {
		return ""
	}
	return f.taken
}

// burden moves one case from a member to another; either may be nobody.
func (w *work) burden(ctx context.Context, tenant, from, to string) error {
	if from == to {
		return nil
	}
	load, row, err := w.loads(ctx, tenant)
	if err != nil {
		return err
	}
	if load == nil {
		load = map[string]int{}
	}
	if from != "" {
		if load[from]--; load[from] <= 0 {
			delete(load, from)
		}
	}
	if to != "" {
		load[to]++
	}
	if row.State, err = json.Marshal(load); err != nil {
		return &stepError{err}
	}
	w.changed(row.Address)
	return nil
}
