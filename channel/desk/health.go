package desk

import (
	"context"
	"time"
)

// Health is how a desk is. It carries no person's data, so that it can be shown to a watch outside.
type Health struct {
	At        time.Time `json:"at"`
	OK        bool      `json:"ok"` // it takes in and carries out, and nothing is late
	Draining  bool      `json:"draining,omitempty"`
	Waiting   time.Time `json:"waiting,omitzero"`    // since when the oldest item waits that nobody has worked on
	Due       time.Time `json:"due,omitzero"`        // when the first row is due, or was
	Open      int       `json:"open,omitempty"`      // requests without an outcome
	Uncertain int       `json:"uncertain,omitempty"` // of them: those that wait for a person's word
	Oldest    time.Time `json:"oldest,omitzero"`     // when the oldest of the others was asked for

	Heard    map[string]time.Time `json:"heard,omitempty"`    // when a channel last brought an item
	Troubles map[string]string    `json:"troubles,omitempty"` // by channel: source silent, login expired, something is lost
}

// late is how long anything may be due before the desk is not well.
const late = 5 * time.Minute

// Health says how the desk is. It costs what is open. It fails when the store does.
func (d *Desk) Health(ctx context.Context) (h Health, err error) {
	d.mu.Lock()
	h = Health{At: d.now(), Draining: d.draining}
	d.mu.Unlock()
	items, err := d.opt.Store.Inbox(ctx, 1)
	if err != nil {
		return h, err
	}
	for _, in := range items {
		h.Waiting = in.At
	}
	due, err := d.opt.Store.Due(ctx, endOfTime, 1)
	if err != nil {
		return h, err
	}
	for _, r := range due {
		h.Due = r.Due
	}
	for o, err := range d.opt.Store.Outbox(ctx, OutboxQuery{Open: true}) {
		if err != nil {
			return h, err
		}
		h.Open++
		switch {
		case o.State == Uncertain:
			h.Uncertain++
		case h.Oldest.IsZero() || o.Asked.Before(h.Oldest):
			h.Oldest = o.Asked
		}
	}
	h.Heard, h.Troubles = d.sources()
	h.OK = !h.Draining && !overdue(h.Waiting, h.At) && !overdue(h.Due, h.At)
	return h, nil
}

// overdue says whether an instant is so long past that something is wrong.
func overdue(t, now time.Time) bool { return !t.IsZero() && now.Sub(t) > late }

// beats is how often the beat goes out.
const beats = time.Minute

// beat tells the watch outside that the desk lives. When it is not well it keeps silent: that is the alarm.
func (d *Desk) beat(ctx context.Context) (int, time.Time, error) {
	next := d.now().Add(beats)
	h, err := d.Health(ctx)
	if err != nil {
		return 0, next, err
	}
	if !h.Due.IsZero() {
		d.opt.Meter.Level("late", "desk", max(0, h.At.Sub(h.Due).Milliseconds()))
	}
	if d.opt.Beat == nil || !h.OK {
		if !h.OK {
			d.opt.Logger.ErrorContext(ctx, "the desk is not well", "waiting", h.Waiting, "due", h.Due, "open", h.Open)
		}
		return 0, next, nil
	}
	_, err = patiently(ctx, d, func(ctx context.Context) (struct{}, error) { return struct{}{}, d.opt.Beat(ctx, h) })
	if err != nil {
		d.opt.Logger.WarnContext(ctx, "the beat did not go out", "error", codeOf(err))
	}
	return 0, next, nil
}
