package desk

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/privacy"
	"github.com/reputekit/reputation/respond/trail"
)

// leaveParted takes a person who is erased out of the cases that his was one with until they were parted. What is
// preserved there stays, and so does that he was.
func (w *work) leaveParted(ctx context.Context, c respond.Case, p privacy.Person) error {
	for _, id := range c.Apart {
		at := Address{Tenant: c.Tenant, Kind: KindCase, ID: id}
		row, err := w.row(ctx, at)
		switch {
		case err != nil:
			return err
		case row.Revision == 0 || len(row.State) == 0:
			continue
		}
		_, err = w.step(ctx, at, event.Event{
			ID: mention.Key("erased beside", id, c.ID, w.now.Format(time.RFC3339Nano)), At: w.now, By: event.Host,
			Body: event.Erased{Of: &p},
		})
		if err != nil && !errors.Is(err, respond.ErrRefused) {
			return err
		}
	}
	return nil
}

// leaveTrail takes another person out of a case's trail and requests: of what was written while the two were one, and of
// whatever names him, there stays how the case moved.
func (w *work) leaveTrail(ctx context.Context, row *Row, out stepped, e event.Event, links []trail.Link, entries []respond.Entry,
	drop *drop,
) error {
	at := row.Address
	erased := trail.Erased{By: e.By, Because: drop.because, State: out.state}
	one := false
	for _, entry := range entries {
		one = one || joins(entry.Event.Body, drop.of.Cases)
		data, err := json.Marshal(entry)
		if err == nil && (one || drop.of.NamedIn(string(data))) {
			data, err = json.Marshal(respond.Withheld(entry))
		}
		if err != nil {
			return &stepError{err}
		}
		one = one && !parts(entry.Event.Body, drop.of.Cases)
		erased.Kept = append(erased.Kept, data)
	}
	if err := w.bare(row, &out, links, erased); err != nil {
		return err
	}
	for o, err := range w.d.opt.Store.Outbox(ctx, OutboxQuery{Tenant: at.Tenant, ID: at.ID}) {
		if err != nil {
			return err
		}
		if isBlank(o) || !drop.of.NamedIn(string(o.Body)) && !drop.of.Has(o.Ref) {
			continue
		}
		blank, err := blanked(o, w.now)
		if err != nil {
			return &stepError{err}
		}
		w.commit.Outbox = append(w.commit.Outbox, blank)
	}
	w.commit.Erased = append(w.commit.Erased, Erasure{Address: at, Texts: drop.of.Refs})
	return w.take(ctx, at, row, out, e.ID)
}

// joins and parts say that one of some cases became part of the case, and that it is so no more.
func joins(b event.Body, cases []string) bool {
	m, ok := b.(event.Merged)
	return ok && slices.Contains(cases, m.From)
}

func parts(b event.Body, cases []string) bool {
	s, ok := b.(event.Split)
	return ok && slices.Contains(cases, s.From)
}
