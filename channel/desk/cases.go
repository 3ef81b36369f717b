package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"iter"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/trail"
	"github.com/reputekit/reputation/triage"
)

// holds tells the cases of an incident that it holds them.
func (d *Desk) holds(ctx context.Context, o Outbound, b effect.HoldCases) error {
	in, cases, err := d.casesOf(ctx, o, b.Case, incident.Members)
	if err != nil {
		return err
	}
	held := event.JoinedIncident{Incident: b.Incident, Told: in.Told()}
	for _, id := range cases {
		if err := d.tellCase(ctx, o, id, held); err != nil {
			return err
		}
	}
	return d.atomically(ctx, o.ID, func(w *work) error { return w.shelve(ctx, o, event.Delivered{Key: o.Key}) })
}

// releases tells the cases of an incident that it lets them go, and each from when its clock runs.
func (d *Desk) releases(ctx context.Context, o Outbound, b effect.ReleaseCases) error {
	in, cases, err := d.casesOf(ctx, o, b.Case, incident.Members)
	if err != nil {
		return err
	}
	rules := d.rules(o.Tenant) // further has asked for them
	waiting := make([]incident.Waiting, len(cases))
	for i, id := range cases {
		row, err := d.opt.Store.Row(ctx, Address{Tenant: o.Tenant, Kind: KindCase, ID: id})
		if err != nil && !errors.Is(err, ErrAbsent) {
			return err
		}
		waiting[i] = incident.Waiting{Case: id, Priority: triage.Priority(row.Queue)} // the queue is by priority
	}
	for i, from := range incident.Spread(rules, in, waiting, b.Pace, o.Asked) {
		if err := d.tellCase(ctx, o, cases[i], event.IncidentOver{Incident: b.Incident, From: from}); err != nil {
			return err
		}
	}
	return d.outcome(ctx, o, event.Delivered{Key: o.Key}, nil)
}

// informs tells the cases of an incident what it has verified, and what of it is not so.
func (d *Desk) informs(ctx context.Context, o Outbound, b effect.InformCases) error {
	in, cases, err := d.casesOf(ctx, o, b.Case, incident.Everybody)
	if err != nil {
		return err
	}
	for _, id := range cases {
		if err := d.tellCase(ctx, o, id, event.Informed{Incident: b.Incident, Facts: in.Verified()}); err != nil {
			return err
		}
	}
	return d.atomically(ctx, o.ID, func(w *work) error { return w.shelve(ctx, o, event.Delivered{Key: o.Key}) })
}

// casesOf is the incident that asked, and the case that it asks for, or those of its trail that are meant.
func (d *Desk) casesOf(ctx context.Context, o Outbound, one string, which func(iter.Seq[incident.Entry]) []string,
) (in incident.Incident, cases []string, err error) {
	row, err := d.opt.Store.Row(ctx, o.Address)
	if err != nil {
		return in, nil, err
	}
	if err := json.Unmarshal(row.State, &in); err != nil {
		return in, nil, err
	}
	if one != "" {
		return in, []string{one}, nil
	}
	var failed error
	links := d.chain(ctx, o.Address)
	cases = which(func(yield func(incident.Entry) bool) {
		for e, err := range trail.Entries[incident.Change](nameOf(o.Address), links.walk) {
			if failed = err; err != nil || !yield(e) {
				return
			}
		}
	})
	return in, cases, cmp.Or(links.err, failed)
}

// tellCase brings one case what its incident says, in a commit of its own. A case that is gone, or has no ear for it, is
// left as it is: the others must not wait for it.
func (d *Desk) tellCase(ctx context.Context, o Outbound, id string, body event.Body) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	err := d.atomically(ctx, id, func(w *work) error {
		_, err := w.step(ctx, Address{Tenant: o.Tenant, Kind: KindCase, ID: id}, event.Event{
			ID: event.HeldID(o.Key, id), At: mention.Instant(o.Asked), By: event.Host, Body: body,
		})
		return err
	})
	if errors.Is(err, ErrKnown) || errors.As(err, new(*stepError)) && !errors.Is(err, errNoRules) {
		return nil
	}
	return err
}
