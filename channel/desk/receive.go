package desk

import (
	"context"
	"errors"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

// Handle takes in one item that did not come by a poll. When it returns nil the item is stored, and nothing of it is lost
// any more: that is the moment to acknowledge a webhook. It is worked on at once; what cannot be finished now the next
// Tick takes up. An item that is known is no error. It fails with ErrInvalid for an item without an id or a channel, with
// ErrClosed after Drain, and when the store fails.
func (d *Desk) Handle(ctx context.Context, tenant string, item channel.Item) error {
	if err := d.enter(); err != nil {
		return err
	}
	defer d.leave()
	if err := d.begin(ctx); err != nil {
		return err
	}
	name := item.Mention.Ref.Channel
	if c := d.opt.Channels[name]; c != nil {
		item = c.Accept(item)
	} else {
		item.ID, item.Mention = mention.Clean(item.ID), item.Mention.Canonical()
	}
	if item.ID == "" || name == "" {
		return &channel.Error{Code: channel.ErrInvalid, Op: "handle", Reason: "the item names no id or no channel"}
	}
	in := Inbound{Tenant: tenant, Channel: name, Item: item, At: d.now()}
	if in.Item.Mention.ReceivedAt.IsZero() {
		in.Item.Mention.ReceivedAt = in.At
	}
	if err := d.opt.Store.Commit(ctx, Commit{Inbox: []Inbound{in}}); err != nil {
		return err
	}
	if _, err := d.consume(ctx, in); err != nil {
		d.opt.Logger.WarnContext(ctx, "item waits", "channel", name, "item", item.ID, "error", err)
	}
	d.wake()
	return nil
}

// poll takes in everything that a source has. The error is the store's; what a source fails with is logged and asked
// again later.
func (d *Desk) poll(ctx context.Context, name string) error {
	c := d.opt.Channels[name]
	if !c.Describe().Fetches || d.now().Before(d.quietUntil(name)) {
		return nil
	}
	cursor, err := d.opt.Store.Cursor(ctx, name)
	if err != nil {
		return err
	}
	for page, err := range c.Pages(ctx, cursor) {
		if err != nil {
			return d.deaf(ctx, name, err)
		}
		if page.Gap {
			d.opt.Logger.WarnContext(ctx, "something between two pages is lost", "channel", name)
		}
		if err := d.store(ctx, name, page, cursor); err != nil {
			return err
		}
		cursor = page.Next
		if d.stopping(ctx) {
			break
		}
	}
	return nil
}

// store puts a page's items and its cursor into one commit.
func (d *Desk) store(ctx context.Context, name string, page channel.Page, before channel.Cursor) error {
	if len(page.Items) == 0 && page.Next == before {
		return nil
	}
	now := d.now()
	c := Commit{Cursors: map[string]channel.Cursor{name: page.Next}}
	for _, item := range page.Items {
		c.Inbox = append(c.Inbox, Inbound{Tenant: d.opt.Tenant(item.Mention), Channel: name, Item: item, At: now})
	}
	if err := d.opt.Store.Commit(ctx, c); err != nil {
		return err
	}
	d.wake()
	return nil
}

// deaf is what follows when a source cannot be heard.
func (d *Desk) deaf(ctx context.Context, name string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	d.opt.Logger.WarnContext(ctx, "source cannot be heard", "channel", name, "error", err)
	if channel.Classify(err) == channel.Rewind {
		return d.opt.Store.Commit(ctx, Commit{Cursors: map[string]channel.Cursor{name: ""}})
	}
	var e *channel.Error
	if errors.As(err, &e) && e.RetryAfter > 0 {
		d.mu.Lock()
		d.quiet[name] = d.now().Add(e.RetryAfter)
		d.mu.Unlock()
	}
	return nil
}

// consume works on one item until it needs no more work, unless somebody else is at it.
func (d *Desk) consume(ctx context.Context, in Inbound) (did bool, err error) {
	what := "item/" + in.Tenant + "/" + in.Channel + "/" + in.Item.ID
	if !d.claim(what) {
		return false, nil
	}
	defer d.release(what)
	return true, d.handled(ctx, in)
}

func (d *Desk) handled(ctx context.Context, in Inbound) error {
	done := in
	done.Done = true
	err := d.atomically(ctx, func(w *work) error {
		w.commit.Inbox = []Inbound{done}
		return w.route(ctx, in)
	})
	var bad *stepError
	switch {
	case errors.Is(err, ErrKnown): // somebody has worked on it before
	case errors.As(err, &bad): // and it will never work: a person looks at it
		d.opt.Logger.ErrorContext(ctx, "item is parked", "channel", in.Channel, "item", in.Item.ID, "error", bad)
		done.Parked = bad.Error()
	default:
		return err
	}
	return d.opt.Store.Commit(ctx, Commit{Inbox: []Inbound{done}})
}

// inbox works on what waits there, and reports how much it was.
func (d *Desk) inbox(ctx context.Context) (int, error) {
	total := 0
	for {
		waiting, err := d.opt.Store.Inbox(ctx, batch)
		if err != nil {
			return total, err
		}
		n := 0
		for _, in := range waiting {
			if d.stopping(ctx) {
				return total + n, nil
			}
			did, err := d.consume(ctx, in)
			if err != nil {
				return total + n, err
			}
			if did {
				n++
			}
		}
		total += n
		if n == 0 || len(waiting) < batch {
			return total, nil
		}
	}
}

// batch is how much is taken out of the store at once.
const batch = 256
