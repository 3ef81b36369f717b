package desk

import (
	"context"
	"errors"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// A carrier is how one request is carried out.
type carrier struct {
	// check says why it must not be done after all. It may ask the world.
	check func(context.Context) (objection, error)

	// wanted says so too, in the commit that stores that it is tried; nil: nobody can have changed his mind.
	wanted func(context.Context, *work) (objection, error)

	// do does it, and says what came of it.
	do func(context.Context) (event.Body, error)

	// find says what came of it; nil: nobody can.
	find func(context.Context) (event.Body, error)

	// failed is the outcome of what was certainly not done; nil: an Undelivered.
	failed func(event.Reason, string) event.Body

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

// undone is the outcome of what was certainly not done.
func (c carrier) undone(o Outbound, reason event.Reason, detail string) event.Body {
	if c.failed != nil {
		return c.failed(reason, detail)
	}
	return event.Undelivered{Key: o.Key, Reason: reason, Detail: detail}
}

// carrier finds the port for a request.
func (d *Desk) carrier(o Outbound, body effect.Body) carrier {
	key := channel.Key(o.Key)
	done := func(do func(context.Context) error) func(context.Context) (event.Body, error) {
		return func(ctx context.Context) (event.Body, error) { return event.Delivered{Key: o.Key}, do(ctx) }
	}
	switch b := body.(type) {
	case effect.Tell:
		return carrier{check: none, repeatable: true, page: true, wanted: d.wantedBy(o),
			do: done(func(ctx context.Context) error { return d.opt.Notifier.Tell(ctx, o.Tenant, key, b) })}
	case effect.Approve:
		return carrier{check: none, repeatable: true, page: true,
			do: done(func(ctx context.Context) error { return d.opt.Notifier.Approve(ctx, o.Tenant, key, b) })}
	case effect.Hold:
		return carrier{check: none, repeatable: true,
			do: done(func(ctx context.Context) error { return port(d.opt.Scheduler.Hold(ctx, o.Tenant, b)) })}
	case effect.Resume:
		return carrier{check: none, repeatable: true,
			do: done(func(ctx context.Context) error { return port(d.opt.Scheduler.Resume(ctx, o.Tenant, b)) })}
	case effect.Moderate:
		return d.moderates(o, b)
	case effect.Send:
		return d.sends(o, b)
	case effect.Survey:
		return d.surveys(o, b)
	case effect.Publish:
		return d.publishes(o, b)
	case effect.Observe:
		return d.observes(o, b)
	case effect.Lookup:
		return d.looksUp(o, b)
	case effect.Grant:
		return d.grants(o, b)
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

func (d *Desk) moderates(o Outbound, b effect.Moderate) carrier {
	c := d.opt.Channels[b.Ref.Channel]
	if c == nil {
		return without("there is no channel " + b.Ref.Channel)
	}
	act := channel.Moderation{Key: channel.Key(o.Key), Ref: b.Ref, Act: string(b.Act), Reason: b.Reason}
	return carrier{check: none, repeatable: true, do: func(ctx context.Context) (event.Body, error) {
		_, err := c.Moderate(ctx, act)
		return event.Delivered{Key: o.Key}, err // nothing of ours was made
	}}
}

// remembered is the carrier of what a channel takes a key for.
func remembered(c *channel.Channel, o Outbound, check func(context.Context) (objection, error),
	do func(context.Context) (channel.Receipt, error),
) carrier {
	made := func(r channel.Receipt, err error) (event.Body, error) {
		return event.Delivered{Key: o.Key, Ref: r.Ref}, err
	}
	out := carrier{
		check: check, remembers: c.Describe().Remembers,
		do: func(ctx context.Context) (event.Body, error) { return made(do(ctx)) },
	}
	if c.Describe().Finds {
		out.find = func(ctx context.Context) (event.Body, error) { return made(c.Find(ctx, channel.Key(o.Key))) }
	}
	return out
}

func (d *Desk) publishes(o Outbound, b effect.Publish) carrier {
	c := d.opt.Channels[b.Channel]
	if c == nil {
		return without("there is no channel " + b.Channel)
	}
	post := channel.Post{Key: channel.Key(o.Key), Account: b.Account, Text: b.Text, Statement: true}
	carried := remembered(c, o, none, func(ctx context.Context) (channel.Receipt, error) {
		if !b.Revise.IsZero() {
			r, err := c.Revise(ctx, b.Revise, post)
			if err == nil || channel.Classify(err) != channel.GiveUp {
				return r, err
			}
		}
		return c.Publish(ctx, post) // the platform cannot revise it, or not any more: the news goes out all the same
	})
	carried.wanted = d.wantedBy(o)
	return carried
}
