package desk

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

// Handle takes in one item that did not come by a poll. When it returns nil the item is stored, and nothing of it is lost
// any more: that is the moment to acknowledge a webhook. It is worked on at once; what cannot be finished now the next
// Tick takes up. An item that is known is no error, and is worked on again only if it was parked. It fails with
// channel.ErrInvalid for an item without an id or a channel, with channel.ErrRateLimited when Limits.Handles are under way,
// with ErrClosed after Drain, and when the store fails: nothing of it is stored then, and whoever brought it brings it again.
func (d *Desk) Handle(ctx context.Context, tenant string, item channel.Item) error {
	if err := d.enter(); err != nil {
		return err
	}
	defer d.leave()
	defer d.handling.Add(-1)
	if d.handling.Add(1) > int64(d.opt.Limits.Handles) {
		return &channel.Error{Code: channel.ErrRateLimited, Op: "handle", Reason: "too many at once", RetryAfter: time.Second}
	}
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
	d.backlog.Add(1)
	d.opt.Meter.Count("items", name, 1)
	if d.opt.Channels[name] != nil {
		if err := d.heardFrom(ctx, name, 1, false, nil); err != nil { // the item is stored: that is what the caller asked for
			d.opt.Logger.WarnContext(ctx, "that a source was heard is not stored", "channel", name, "error", err)
		}
	}
	if _, err := d.consume(ctx, in); err != nil {
		d.opt.Logger.WarnContext(ctx, "item waits", "channel", name, "item", item.ID, "error", err)
	}
	d.wake()
	return nil
}

// pagesAtOnce bounds what one poll takes in, so that a source that always has more leaves time for the rest.
const pagesAtOnce = 64

// poll takes in what a source has, and reports whether there is more at once. A page may take as long as patience lets
// it; 0: as long as ctx. The error is the store's; what a source fails with is logged and asked again later.
func (d *Desk) poll(ctx context.Context, name string, patience time.Duration) (more bool, err error) {
	c := d.opt.Channels[name]
	if !c.Describe().Fetches || d.hushed(name) || d.full() {
		return false, nil
	}
	cursor, err := d.opt.Store.Cursor(ctx, name)
	if err != nil {
		return false, err
	}
	asked, giveUp := context.WithCancel(ctx)
	defer giveUp()
	reset := func() {}
	if patience > 0 {
		timer := time.AfterFunc(patience, giveUp)
		defer timer.Stop()
		reset = func() { timer.Reset(patience) }
	}
	pages := 0
	for page, err := range c.Pages(asked, cursor) {
		if err != nil {
			return false, d.deaf(ctx, name, err)
		}
		if err := d.store(ctx, name, page, cursor); err != nil {
			return false, err
		}
		if err := d.heardFrom(ctx, name, len(page.Items), page.Gap, nil); err != nil {
			return false, err
		}
		cursor, more = page.Next, page.More
		if pages++; pages == pagesAtOnce || d.stopping(ctx) || d.full() {
			break
		}
		reset()
	}
	return more, nil
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
	d.backlog.Add(int64(len(page.Items)))
	d.opt.Meter.Count("items", name, len(page.Items))
	d.wake()
	return nil
}

// deaf is what follows when a source cannot be heard.
func (d *Desk) deaf(ctx context.Context, name string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	d.opt.Logger.WarnContext(ctx, "source cannot be heard", "channel", name, "error", codeOf(err))
	if bad := d.heardFrom(ctx, name, 0, false, err); bad != nil {
		return bad
	}
	if channel.Classify(err) == channel.Rewind {
		return d.opt.Store.Commit(ctx, Commit{Cursors: map[string]channel.Cursor{name: ""}})
	}
	if wait := min(after(err), longest); wait > 0 {
		d.mu.Lock()
		d.quiet[name] = d.now().Add(wait)
		d.mu.Unlock()
	}
	return nil
}

// full says whether so much waits that no source is asked for more.
func (d *Desk) full() bool { return d.backlog.Load() >= int64(d.opt.Limits.Backlog) }

// hushed says whether a source wants not to be asked yet.
func (d *Desk) hushed(name string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now().Before(d.quiet[name])
}

// consume works on one item until it needs no more work, and reports whether it did: somebody else may be at it, or it
// came too early.
func (d *Desk) consume(ctx context.Context, in Inbound) (did bool, err error) {
	if !d.claim(in.name()) {
		return false, nil
	}
	defer d.release(in.name())
	err = d.handled(ctx, in)
	if errors.Is(err, errEarly) {
		return false, nil
	}
	if err == nil {
		d.backlog.Add(-1)
		d.opt.Meter.Count("worked", string(in.Item.Kind), 1)
		d.opt.Meter.Took("age", in.Channel, d.now().Sub(in.At))
	}
	return err == nil, err
}

// name is what an item is claimed by.
func (in Inbound) name() string { return "item/" + in.Tenant + "/" + in.Channel + "/" + in.Item.ID }

// shard is whose item it is: what one author writes is worked on in order, and meets in his tally and in his cases.
func (in Inbound) shard() string {
	m := in.Item.Mention
	if who := m.Author.Key(); who != "" {
		return in.Channel + "/" + who
	}
	return in.Channel + "/" + m.Ref.ID
}

func (d *Desk) handled(ctx context.Context, in Inbound) error {
	done := in
	done.Done = true
	err := d.atomically(ctx, in.shard(), func(w *work) error {
		stored, err := d.opt.Store.Item(ctx, in.Tenant, in.Channel, in.Item.ID)
		if err != nil || stored.Done && stored.Parked == "" {
			return err // or somebody has worked on it before
		}
		w.commit.Inbox = []Inbound{done}
		return w.route(ctx, in)
	})
	var bad *stepError
	switch {
	case errors.Is(err, ErrKnown): // somebody has worked on it before
	case errors.As(err, &bad): // and it will never work: a person looks at it
		done.Parked = bad.Error()
		d.park(ctx, in, bad)
	default:
		return err
	}
	return d.opt.Store.Commit(ctx, Commit{Inbox: []Inbound{done}})
}

// park logs that an item waits for a person. Why something could not be decoded a platform says in words of its own: that
// is stored beside the item, and not logged.
func (d *Desk) park(ctx context.Context, in Inbound, bad error) {
	d.opt.Meter.Count("parked", in.Channel, 1)
	why := "undecodable"
	if in.Item.Kind != channel.Undecodable {
		why = bad.Error()
	}
	d.opt.Logger.ErrorContext(ctx, "item is parked", "channel", in.Channel, "item", in.Item.ID, "error", why)
}

// inbox works on what waits there, and reports how much it was. An item that cannot be finished now holds up no other.
func (d *Desk) inbox(ctx context.Context, workers int) (int, error) {
	done := progress[string]{left: map[string]bool{}}
	for {
		waiting, err := d.opt.Store.Inbox(ctx, batch+len(done.left))
		if err != nil {
			return done.n, err
		}
		if len(waiting) < batch+len(done.left) { // this is all that waits
			d.backlog.Store(int64(len(waiting)))
		}
		before := done.n
		waiting = slices.DeleteFunc(waiting, func(in Inbound) bool { return done.left[in.name()] })
		atOnce(workers, waiting, Inbound.shard, func(in Inbound) {
			if done.down() || d.stopping(ctx) {
				return
			}
			did, err := d.consume(ctx, in)
			done.add(in.name(), did, err)
		})
		if done.n == before || done.down() {
			return done.n, done.first()
		}
	}
}

// batch is how much is taken out of the store at once.
const batch = 256
