package desk

import (
	"context"
	"errors"
	"fmt"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
)

// Say is how a person has his say about a case, an incident or a source: Taken, Drafted, Approved, Spoken, any body of
// package event that a member can say. by is the member, and request the id that the host gave what he asked for: a request
// that is repeated counts once, and is no error. It fails as Do does; a *respond.RefusedError says why it cannot be.
func (d *Desk) Say(ctx context.Context, tenant, id, by, request string, body event.Body) error {
	return d.Do(ctx, tenant, id, event.Event{ID: event.RequestID(request), By: by, Body: body})
}

// Do brings in any event: what a person did at another instant than now, what the host has learned, what came of a request
// that was uncertain. Its ID says what it is: event.RequestID for what somebody asked for, so that it counts once however
// often it is brought; a known one is no error. A zero At becomes now. A Received with an empty id opens a case for a
// mention that the policy only records.
//
// It fails with a *respond.RefusedError, saying why, when the event is not possible now; with ErrAbsent when there is no
// such case or incident, with ErrClosed after Drain, and when the store fails. On an error nothing happened.
//
// After an Uncertain the person who looked says Delivered or Undelivered, of a grant Granted or Denied, with the key of the
// request. A Merged or Split is brought to both cases, in one commit, whichever it was said to: with From the
// case with this id goes on, or went on; with Into the one that it names. What else it brings is left out.
// Observed and Known come this way too, from whoever answered ErrLater.
func (d *Desk) Do(ctx context.Context, tenant, id string, e event.Event) error {
	if err := d.enter(); err != nil {
		return err
	}
	defer d.leave()
	if err := d.begin(ctx); err != nil {
		return err
	}
	if e.At.IsZero() {
		e.At = d.now()
	}
	err := d.atomically(ctx, id, func(w *work) error { return w.do(ctx, tenant, id, e) })
	if errors.Is(err, ErrKnown) {
		err = nil
	}
	var bad *stepError
	if errors.As(err, &bad) {
		return bad.err
	}
	if b, ok := e.Body.(event.Judged); ok && b.Group && err == nil {
		return d.judgeGroup(ctx, tenant, id, e)
	}
	return err
}

func (w *work) do(ctx context.Context, tenant, id string, e event.Event) error {
	if rec, ok := e.Body.(event.Received); ok && id == "" {
		rec.Mention = rec.Mention.Canonical()
		e.Body = rec
		return w.received(ctx, tenant, e, true)
	}
	at, err := w.find(ctx, tenant, id)
	if err != nil {
		return err
	}
	if key := outcomeKey(e.Body); key != "" {
		o, err := w.d.one(ctx, key)
		if err != nil {
			return err
		}
		if o.State != Uncertain || o.Address != at {
			return &stepError{&respond.RefusedError{Event: e.Kind(), Reason: "only an uncertain request needs a person's word"}}
		}
		return w.settleBy(ctx, o, e)
	}
	switch b := e.Body.(type) {
	case event.Merged:
		return w.pairOf(ctx, at, b.From, b.Into, e)
	case event.Split:
		return w.pairOf(ctx, at, b.From, b.Into, e)
	}
	if _, ok := e.Body.(event.ErasureAsked); ok && at.Kind == KindCase {
		return w.erasureAsked(ctx, at, e)
	}
	if b, ok := e.Body.(event.Judged); ok && b.Group && at.Kind == KindCase {
		if err := w.confirms(ctx, at); err != nil {
			return err
		}
	}
	_, err = w.step(ctx, at, e)
	return err
}

// outcomeKey is the key that an outcome names.
func outcomeKey(b event.Body) string {
	switch b := b.(type) {
	case event.Delivered:
		return b.Key
	case event.Undelivered:
		return b.Key
	case event.Uncertain:
		return b.Key
	case event.Granted:
		return b.Key
	case event.Denied:
		return b.Key
	}
	return ""
}

// find is the case, the incident or the source with an id.
func (w *work) find(ctx context.Context, tenant, id string) (Address, error) {
	at := Address{Tenant: tenant, ID: mention.Clean(id)}
	for _, at.Kind = range []string{KindCase, KindIncident, KindSource} {
		if row, err := w.row(ctx, at); err != nil || row.Revision > 0 {
			return at, err
		}
	}
	return at, fmt.Errorf("%s: %w", at.ID, ErrAbsent)
}
