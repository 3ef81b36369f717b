package desk

import (
	"context"
	"errors"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// Tick does everything that is due, once, in the caller's goroutine and in one order: it asks every source, works on the
// inbox, wakes what fell due and carries out the outbox, until nothing is left to do at this instant. Late and double
// ticks do no harm. It fails with ErrClosed after Drain, when the store fails, and when ctx is done; what could not be
// done stays where it is for the next Tick. What a channel or a port fails with is stored, logged and tried again when its
// time comes; Tick does not return it.
func (d *Desk) Tick(ctx context.Context) error {
	if err := d.enter(); err != nil {
		return err
	}
	defer d.leave()
	if err := d.begin(ctx); err != nil {
		return err
	}
	for _, name := range d.names {
		if err := d.poll(ctx, name); err != nil {
			return err
		}
	}
	asleep := asleep{}
	for !d.stopping(ctx) {
		n, err := d.inbox(ctx)
		if err != nil {
			return err
		}
		woken, _, err := d.elapse(ctx, asleep)
		if err != nil {
			return err
		}
		carried, _, err := d.carry(ctx, func(string) bool { return true })
		if err != nil {
			return err
		}
		if n+woken+carried == 0 {
			break
		}
	}
	return ctx.Err()
}

// asleep are the rows that were woken at an instant and had nothing to do: they are not woken again for it.
type asleep map[Address]time.Time

// elapse wakes every case and incident that is due, and reports how many did something, and when the next one is due.
func (d *Desk) elapse(ctx context.Context, asleep asleep) (n int, next time.Time, err error) {
	for !d.stopping(ctx) {
		now := d.now()
		rows, err := d.opt.Store.Due(ctx, now, batch+len(asleep))
		if err != nil {
			return n, next, err
		}
		woken := 0
		for _, r := range rows {
			if asleep[r.Address].Equal(r.Due) || d.stopping(ctx) {
				continue
			}
			did, err := d.elapsed(ctx, r)
			if err != nil {
				return n, next, err
			}
			woken++
			if did {
				n++
			} else {
				asleep[r.Address] = r.Due
			}
		}
		if woken == 0 {
			break
		}
	}
	later, err := d.opt.Store.Due(ctx, endOfTime, 1+len(asleep))
	for _, r := range later {
		if !asleep[r.Address].Equal(r.Due) {
			next = sooner(next, r.Due)
		}
	}
	return n, next, err
}

// endOfTime is after everything that can fall due.
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// elapsed wakes one row, and reports whether it did something.
func (d *Desk) elapsed(ctx context.Context, r Row) (did bool, err error) {
	err = d.atomically(ctx, func(w *work) error {
		did, err = w.step(ctx, r.Address, event.Event{
			ID: event.ElapsedID(r.ID, r.Due), At: mention.Instant(r.Due), By: event.Clock, Body: event.Elapsed{Due: r.Due},
		})
		return err
	})
	switch {
	case errors.Is(err, ErrKnown):
		return false, nil
	case errors.As(err, new(*stepError)):
		d.opt.Logger.ErrorContext(ctx, "row cannot be woken", "kind", r.Kind, "id", r.ID, "error", err)
		return false, nil
	}
	return did, err
}

// begin is done once, before anything else: our own gates hold again what was held when the process ended.
func (d *Desk) begin(ctx context.Context) error {
	d.mu.Lock()
	done := d.armed || !d.own
	d.mu.Unlock()
	if done {
		return nil
	}
	kinds := []string{kindHold, kindResume}
	for o, err := range d.opt.Store.Outbox(ctx, OutboxQuery{Effects: kinds}) {
		if err != nil {
			return err
		}
		if o.State != Settled {
			continue
		}
		switch b := decoded(o).(type) {
		case effect.Hold:
			err = d.opt.Scheduler.Hold(ctx, o.Tenant, b)
		case effect.Resume:
			err = d.opt.Scheduler.Resume(ctx, o.Tenant, b)
		}
		if err != nil {
			return err
		}
	}
	d.mu.Lock()
	d.armed = true
	d.mu.Unlock()
	return nil
}

func (d *Desk) quietUntil(name string) time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.quiet[name]
}
