package desk

import (
	"context"
	"errors"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

// A carrier is how one request is carried out.
type carrier struct {
	// check says why it must not be done after all. It may ask the world.
	check func(context.Context) (objection, error)

	// wanted says so too, in the commit that stores that it is tried; nil: nobody can have changed his mind.
	wanted func(context.Context, *work) (objection, error)

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
				Lang: b.Lang, Life: b.Life, Mention: b.Mention, Again: b.Again},
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
