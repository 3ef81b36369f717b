package desk

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

// join brings a case to the live incident of its category, or opens one, and tells the case so, in one commit.
func (d *Desk) join(ctx context.Context, o Outbound, b effect.Join) error {
	err := d.atomically(ctx, o.ID, func(w *work) error {
		at, err := d.opt.Store.Find(ctx, o.Tenant, []string{incident.Key(o.Tenant, b.Category)})
		if errors.Is(err, ErrAbsent) {
			at, err = Address{Tenant: o.Tenant, Kind: KindIncident, ID: incident.ID(o.Tenant, b.Category, b.Case)}, nil
		}
		if err != nil {
			return err
		}
		if _, err := w.step(ctx, at, event.Event{
			ID: mention.Key("event", "joined", o.Key), At: o.Asked, By: event.Host,
			Body: event.Joined{Case: b.Case, Category: b.Category, Severity: b.Severity, Brand: b.Brand, Country: b.Country,
				Lang: b.Lang, Life: b.Life, Mention: b.Mention, Again: b.Again},
		}); err != nil {
			return err
		}
		return w.settle(ctx, o, event.Delivered{Key: o.Key})
	})
	if errors.As(err, new(*stepError)) || errors.Is(err, ErrKnown) {
		return d.outcome(ctx, o, event.Undelivered{Key: o.Key, Reason: event.Failed, Detail: "the incident refused it"}, nil)
	}
	return err
}

// wantedBy asks the incident that asked for it whether a request is still to be carried out: the desk may have slept since.
// It is nil for a request of anything else.
func (d *Desk) wantedBy(o Outbound) func(context.Context, *work) (objection, error) {
	if o.Kind != KindIncident {
		return nil
	}
	return func(ctx context.Context, w *work) (objection, error) {
		row, err := w.row(ctx, o.Address)
		if err != nil {
			return objection{}, err
		}
		var in incident.Incident
		var e effect.Effect
		if json.Unmarshal(row.State, &in) != nil || json.Unmarshal(o.Body, &e) != nil {
			return objection{}, nil // who cannot be asked has not said no
		}
		if b, ok := e.Body.(effect.Tell); ok && b.Relief && b.Page >= 0 {
			if heard, err := w.heardOf(ctx, o, b.Member); err != nil || !heard {
				return objection{reason: event.TooLate, detail: "he was never told"}, err
			}
		}
		if why, ok := in.Wants(e); !ok {
			return objection{reason: why, detail: "the incident no longer wants it"}, nil
		}
		return objection{}, nil
	}
}

// heardOf reports whether a member may have been paged by an incident: who was not need not be told that he need do nothing.
func (w *work) heardOf(ctx context.Context, o Outbound, member string) (bool, error) {
	q := OutboxQuery{Tenant: o.Tenant, ID: o.ID, Effects: []string{o.Effect}}
	for x, err := range w.d.opt.Store.Outbox(ctx, q) {
		if err != nil {
			return false, err
		}
		if b, ok := decoded(x).(effect.Tell); ok && b.Member == member && !b.Relief && x.Attempts > 0 {
			return true, nil
		}
	}
	return false, nil
}
