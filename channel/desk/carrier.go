package desk

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

// A carrier is how one request is carried out.
type carrier struct {
	// check says why it must not be done after all.
	check func(context.Context) (objection, error)

	// do does it.
	do func(context.Context) (mention.Ref, error)

	// find says whether it was done; nil: nobody can.
	find func(context.Context) (mention.Ref, error)

	// remembers is for how long after an attempt, of which nobody knows what came, the same key may be given again.
	remembers time.Duration

	// repeatable: done twice it is done once, or twice is better than not at all.
	repeatable bool

	// page: a failure is at once an outcome, because the ladder goes on to the next contact.
	page bool
}

// An objection is why a request must not go out, with what was learnt about the world on the way.
type objection struct {
	reason event.Reason
	detail string
	news   func(context.Context, *work) error
}

func none(context.Context) (objection, error) { return objection{}, nil }

// carrier finds the port for a request.
func (d *Desk) carrier(o Outbound, body effect.Body) carrier {
	key := channel.Key(o.Key)
	nothing := func(do func(context.Context) error) func(context.Context) (mention.Ref, error) {
		return func(ctx context.Context) (mention.Ref, error) { return mention.Ref{}, do(ctx) }
	}
	switch b := body.(type) {
	case effect.Tell:
		return carrier{check: none, repeatable: true, page: true,
			do: nothing(func(ctx context.Context) error { return d.opt.Notifier.Tell(ctx, o.Tenant, key, b) })}
	case effect.Approve:
		return carrier{check: none, repeatable: true, page: true,
			do: nothing(func(ctx context.Context) error { return d.opt.Notifier.Approve(ctx, o.Tenant, key, b) })}
	case effect.Hold:
		return carrier{check: none, repeatable: true,
			do: nothing(func(ctx context.Context) error { return port(d.opt.Scheduler.Hold(ctx, o.Tenant, b)) })}
	case effect.Resume:
		return carrier{check: none, repeatable: true,
			do: nothing(func(ctx context.Context) error { return port(d.opt.Scheduler.Resume(ctx, o.Tenant, b)) })}
	case effect.Moderate:
		return d.moderates(key, b)
	case effect.Send:
		return d.sends(o, key, b)
	case effect.Publish:
		return d.publishes(key, b)
	}
	return without("nothing carries out a " + o.Effect)
}

// without is the carrier of what has no port.
func without(what string) carrier {
	return carrier{repeatable: true, check: func(context.Context) (objection, error) {
		return objection{reason: event.Failed, detail: what}, nil
	}}
}

// port is an error of a port whose calls may be repeated.
func port(err error) error {
	if err == nil || errors.As(err, new(*channel.Error)) {
		return err
	}
	return &channel.Error{Code: channel.ErrUnavailable, Op: "hold", Reason: "the scheduler failed", Err: err}
}

func (d *Desk) moderates(key channel.Key, b effect.Moderate) carrier {
	c := d.opt.Channels[b.Ref.Channel]
	if c == nil {
		return without("there is no channel " + b.Ref.Channel)
	}
	return carrier{check: none, repeatable: true, do: func(ctx context.Context) (mention.Ref, error) {
		_, err := c.Moderate(ctx, channel.Moderation{Key: key, Ref: b.Ref, Act: string(b.Act), Reason: b.Reason})
		return mention.Ref{}, err // nothing of ours was made
	}}
}

// remembered is the carrier of what a channel takes a key for.
func remembered(c *channel.Channel, key channel.Key, check func(context.Context) (objection, error),
	do func(context.Context) (channel.Receipt, error),
) carrier {
	out := carrier{
		check: check, remembers: c.Describe().Remembers,
		do: func(ctx context.Context) (mention.Ref, error) {
			r, err := do(ctx)
			return r.Ref, err
		},
	}
	if c.Describe().Finds {
		out.find = func(ctx context.Context) (mention.Ref, error) {
			r, err := c.Find(ctx, key)
			return r.Ref, err
		}
	}
	return out
}

func (d *Desk) publishes(key channel.Key, b effect.Publish) carrier {
	c := d.opt.Channels[b.Channel]
	if c == nil {
		return without("there is no channel " + b.Channel)
	}
	post := channel.Post{Key: key, Account: b.Account, Text: b.Text, Statement: true}
	return remembered(c, key, none, func(ctx context.Context) (channel.Receipt, error) {
		if !b.Revise.IsZero() {
			r, err := c.Revise(ctx, b.Revise, post)
			if err == nil || channel.Classify(err) != channel.GiveUp {
				return r, err
			}
		}
		return c.Publish(ctx, post) // the platform cannot revise it, or not any more: the news goes out all the same
	})
}

func (d *Desk) sends(o Outbound, key channel.Key, b effect.Send) carrier {
	c := d.opt.Channels[b.Channel]
	if c == nil {
		return without("there is no channel " + b.Channel)
	}
	out := channel.Outgoing{
		Key: key, To: b.To, Account: b.Account, Author: b.Author, Visibility: b.Visibility, Text: b.Text,
		IfRevision: b.IfRevision, NotAfter: b.NotAfter,
	}
	check := func(ctx context.Context) (objection, error) {
		if why, err := d.unwanted(ctx, o); err != nil || why.reason != "" {
			return why, err
		}
		return d.overtaken(ctx, c, o, b)
	}
	return remembered(c, key, check, func(ctx context.Context) (channel.Receipt, error) { return c.Send(ctx, out) })
}

// unwanted asks the case whether the reply may still go out.
func (d *Desk) unwanted(ctx context.Context, o Outbound) (objection, error) {
	row, err := d.opt.Store.Row(ctx, o.Address)
	if err != nil {
		return objection{}, err
	}
	var c respond.Case
	if err := json.Unmarshal(row.State, &c); err != nil {
		return objection{reason: event.Failed, detail: "the case cannot be read"}, nil
	}
	reason, ok := c.Wants(o.Key)
	if !ok && reason == "" {
		reason = event.Failed
	}
	if ok {
		reason = ""
	}
	return objection{reason: reason, detail: "the case no longer wants it"}, nil
}

// overtaken asks the channel whether what the reply answers is still there and unchanged.
func (d *Desk) overtaken(ctx context.Context, c *channel.Channel, o Outbound, b effect.Send) (objection, error) {
	if !c.Describe().Reads {
		return objection{}, nil
	}
	m, err := patiently(ctx, d, func(ctx context.Context) (mention.Mention, error) { return c.Read(ctx, b.To) })
	if errors.Is(err, channel.ErrGone) || errors.Is(err, channel.ErrNotFound) {
		return objection{reason: event.Gone, news: func(ctx context.Context, w *work) error {
			return w.gone(ctx, o.Address, b.To, Inbound{At: w.now})
		}}, nil
	}
	if err != nil {
		return objection{}, err
	}
	text, err := d.opt.Store.Text(ctx, o.Tenant, b.To)
	if err != nil && !errors.Is(err, ErrAbsent) {
		return objection{}, err
	}
	if m.Revision == b.IfRevision && text.Rev == b.IfRevision && err == nil && !m.Truncated && m.Text != text.Text {
		m.Revision++ // changed by a platform that does not count
	}
	if m.Revision <= b.IfRevision {
		return objection{}, nil
	}
	m.ReceivedAt = d.now()
	return objection{reason: event.Changed, news: func(ctx context.Context, w *work) error {
		return w.revised(ctx, Text{Address: o.Address}, m)
	}}, nil
}

// join brings a case to the live incident of its category, or opens one, and tells the case so, in one commit.
func (d *Desk) join(ctx context.Context, o Outbound, b effect.Join) error {
	err := d.atomically(ctx, func(w *work) error {
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
				Lang: b.Lang, Life: b.Life, Mention: b.Mention},
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
