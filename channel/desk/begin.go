package desk

import (
	"context"
	"time"

	"github.com/reputekit/reputation/respond/effect"
)

// begin comes before everything else. Once, our own gates hold again what was held when the process ended; and whenever
// the clock has gone back, what waits for an instant that was counted from before is let go.
func (d *Desk) begin(ctx context.Context) error {
	d.beginning.Lock()
	defer d.beginning.Unlock()
	if !d.armed {
		waiting, err := d.opt.Store.Inbox(ctx, d.opt.Limits.Backlog)
		if err != nil {
			return err
		}
		d.backlog.Store(int64(len(waiting)))
	}
	if !d.armed && d.own {
		if err := d.hold(ctx); err != nil {
			return err
		}
	}
	now := d.now()
	if !d.armed || now.Before(d.latest.Add(-time.Minute)) {
		if err := d.letGo(ctx, now.Add(longest)); err != nil {
			return err
		}
		d.latest = now
	}
	d.armed = true
	if now.After(d.latest) {
		d.latest = now
	}
	return nil
}

// hold repeats what our own gates were told, in the order in which it was asked for.
func (d *Desk) hold(ctx context.Context) error {
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
	return nil
}

// letGo makes ready what waits for an instant that is further off than anything ever waits.
func (d *Desk) letGo(ctx context.Context, latest time.Time) error {
	var c Commit
	for o, err := range d.opt.Store.Outbox(ctx, OutboxQuery{Open: true}) {
		if err != nil {
			return err
		}
		if o.Next.After(latest) {
			o.Next = time.Time{}
			c.Outbox = append(c.Outbox, o)
		}
	}
	d.mu.Lock()
	clear(d.quiet)
	d.mu.Unlock()
	if len(c.Outbox) == 0 {
		return nil
	}
	return d.opt.Store.Commit(ctx, c)
}
