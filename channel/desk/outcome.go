package desk

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/reputekit/reputation/respond/event"
)

// outcome stores what became of a request, in one commit with the events that say so. The world has changed already, so
// a store that fails is asked again before the outcome is left to be found out later.
func (d *Desk) outcome(ctx context.Context, o Outbound, outcome event.Body, news func(context.Context, *work) error) error {
	ctx = context.WithoutCancel(ctx)
	for n := 1; ; n++ {
		err := d.atomically(ctx, o.ID, func(w *work) error {
			if news != nil {
				if err := news(ctx, w); err != nil {
					return err
				}
			}
			return w.settle(ctx, o, outcome)
		})
		switch {
		case errors.Is(err, ErrKnown) && news != nil: // the news was known before: the outcome is not
			news = nil
		case errors.Is(err, errNoRules): // the rules went away meanwhile: the case must hear of it when they are back
			return d.later(ctx, o, o.State, time.Minute, err)
		case errors.Is(err, ErrKnown), errors.As(err, new(*stepError)):
			d.opt.Logger.ErrorContext(ctx, "outcome changes nothing", "key", o.Key, "effect", o.Effect, "error", err)
			return d.atomically(ctx, o.ID, func(w *work) error { return w.shelve(ctx, o, outcome) })
		case err == nil || n >= 3:
			return err
		}
	}
}

// settle brings the outcome to the row that asked, and settles the request. One that was settled meanwhile, by its echo
// for instance, is.
func (w *work) settle(ctx context.Context, o Outbound, outcome event.Body) error {
	stored, err := w.d.one(ctx, o.Key)
	if err != nil || stored.State == Settled {
		return err
	}
	o.Revision = stored.Revision
	return w.settleBy(ctx, o, event.Event{
		ID: event.OutcomeID(o.Key, outcome, o.Attempts), At: w.now, By: event.Channel, Body: outcome,
	})
}

// settleBy does so with an event that says who knows.
func (w *work) settleBy(ctx context.Context, o Outbound, e event.Event) error {
	if _, err := w.step(ctx, o.Address, e); err != nil {
		return err
	}
	out := settled(o, e.Body, w.now)
	if e.Kind() == uncertain && w.awaits[o.Key] {
		// It waits for a person's word, and so does its lane. Where the row has taken it for not done, no word is heard any
		// more, and what stands behind must not wait for one.
		out.State, out.Settled = Uncertain, time.Time{}
	}
	same := func(x Outbound) bool { return x.Key == out.Key } // it was blanked with the others
	w.commit.Outbox = append(slices.DeleteFunc(w.commit.Outbox, same), out)
	if text, ok := madeBy(o, out.Ref); ok {
		w.commit.Texts = append(w.commit.Texts, text)
	}
	return nil
}

// shelve settles a request whose outcome the row that asked does not want to hear: it holds up its lane no longer.
func (w *work) shelve(ctx context.Context, o Outbound, outcome event.Body) error {
	stored, err := w.d.one(ctx, o.Key)
	if err != nil || stored.State == Settled {
		return err
	}
	o.Revision = stored.Revision
	w.commit.Outbox = append(w.commit.Outbox, settled(o, outcome, w.now))
	return nil
}

// Outcomes by name, as they stand in Outbound.Outcome.
var (
	delivered = event.Event{Body: event.Delivered{}}.Kind()
	uncertain = event.Event{Body: event.Uncertain{}}.Kind()
)

// settled is the request with its outcome.
func settled(o Outbound, outcome event.Body, now time.Time) Outbound {
	o.State, o.Settled, o.Next = Settled, now, time.Time{}
	o.Outcome = event.Event{Body: outcome}.Kind()
	switch b := outcome.(type) {
	case event.Delivered:
		o.Ref = b.Ref
	case event.Undelivered:
		o.Outcome += " " + string(b.Reason)
	}
	return o
}
