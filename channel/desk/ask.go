package desk

import (
	"context"
	"errors"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// observes is the carrier of a question to the Observer. It is given the words, which no request carries.
func (d *Desk) observes(o Outbound, b effect.Observe) carrier {
	if d.opt.Observer == nil {
		return without("there is no Observer")
	}
	return carrier{check: none, repeatable: true, page: true, do: func(ctx context.Context) (event.Body, error) {
		text, err := d.opt.Store.Text(ctx, o.Tenant, b.Ref)
		if err != nil && !errors.Is(err, ErrAbsent) {
			return nil, err
		}
		read, err := d.opt.Observer.Observe(ctx, o.Tenant, channel.Key(o.Key), text.Text, b)
		read.Key, read.Ref, read.Revision = o.Key, b.Ref, b.Revision
		return read, err
	}}
}

// looksUp is the carrier of a question to Customers.
func (d *Desk) looksUp(o Outbound, b effect.Lookup) carrier {
	if d.opt.Customers == nil {
		return without("there are no Customers")
	}
	return carrier{check: none, repeatable: true, page: true, do: func(ctx context.Context) (event.Body, error) {
		known, err := d.opt.Customers.Lookup(ctx, o.Tenant, channel.Key(o.Key), b)
		known.Key = o.Key
		return known, err
	}}
}

// grants is the carrier of what is paid: once, or a person is asked.
func (d *Desk) grants(o Outbound, b effect.Grant) carrier {
	denied := func(reason event.Reason, detail string) event.Body {
		return event.Denied{Key: o.Key, Detail: string(reason) + ": " + detail}
	}
	if d.opt.Granter == nil {
		c := without("there is no Granter")
		c.failed = denied
		return c
	}
	keyed := func(ask func(context.Context) (event.Granted, error)) func(context.Context) (event.Body, error) {
		return func(ctx context.Context) (event.Body, error) {
			paid, err := ask(ctx)
			paid.Key, paid.Reference = o.Key, mention.Clean(paid.Reference)
			return paid, classified(err)
		}
	}
	key := channel.Key(o.Key)
	return carrier{
		check: none, failed: denied,
		do: keyed(func(ctx context.Context) (event.Granted, error) { return d.opt.Granter.Grant(ctx, o.Tenant, key, b) }),
		find: keyed(func(ctx context.Context) (event.Granted, error) {
			return d.opt.Granter.Find(ctx, o.Tenant, key)
		}),
	}
}

// classified is an error of a port that may have paid: a bare code is an answer, but for the one that says there was none.
func classified(err error) error {
	var code channel.Code
	if errors.As(err, new(*channel.Error)) || !errors.As(err, &code) {
		return err
	}
	return &channel.Error{Code: code, Op: "grant", MaybeApplied: code == channel.ErrUnavailable}
}

// surveys is the carrier of a question to the customer: a private reply, under the same rules as any other.
func (d *Desk) surveys(o Outbound, b effect.Survey) carrier {
	c := d.sends(o, effect.Send{
		Draft: b.Draft, Channel: b.Channel, To: b.To, Account: b.Account, Author: b.Author, Visibility: mention.Private,
		Text: b.Text, NotAfter: b.NotAfter,
	})
	if c.wanted != nil { // what it goes to may have been edited or removed since: the question is about something else
		c.check = func(ctx context.Context) (objection, error) { return d.begun().unwanted(ctx, o) }
	}
	return c
}
