package desk

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

func (d *Desk) sends(o Outbound, b effect.Send) carrier {
	c := d.opt.Channels[b.Channel]
	if c == nil {
		return without("there is no channel " + b.Channel)
	}
	out := channel.Outgoing{
		Key: channel.Key(o.Key), To: b.To, Account: b.Account, Author: b.Author, Visibility: b.Visibility, Text: b.Text,
		IfRevision: b.IfRevision, NotAfter: b.NotAfter,
	}
	unwanted := func(ctx context.Context, w *work) (objection, error) { return w.unwanted(ctx, o) }
	check := func(ctx context.Context) (objection, error) {
		if why, err := unwanted(ctx, d.begun()); err != nil || why.reason != "" {
			return why, err
		}
		return d.overtaken(ctx, c, o, b, &out)
	}
	carried := remembered(c, o, check, func(ctx context.Context) (channel.Receipt, error) {
		if late := !out.NotAfter.IsZero() && d.now().After(out.NotAfter); late || b.Revises.IsZero() {
			return c.Send(ctx, out)
		}
		post := channel.Post{Key: out.Key, Account: out.Account, Text: out.Text, Statement: true} // no pause of posts holds an answer
		r, err := c.Revise(ctx, b.Revises, post)
		if err == nil || channel.Classify(err) != channel.GiveUp {
			return r, err
		}
		return c.Send(ctx, out) // a platform that takes the newest answer for the only one, or says that it cannot
	})
	carried.wanted = func(ctx context.Context, w *work) (objection, error) {
		if why, err := w.unwanted(ctx, o); err != nil || why.reason != "" {
			return why, err
		}
		return w.spend(ctx, o, b)
	}
	return carried
}

// unwanted asks the case whether the reply may still go out. What is stored in the same commit is stored only if the case
// has not changed since.
func (w *work) unwanted(ctx context.Context, o Outbound) (objection, error) {
	row, err := w.row(ctx, o.Address)
	if err != nil {
		return objection{}, err
	}
	if len(row.State) == 0 {
		return objection{reason: event.Failed, detail: "there is no such case"}, nil
	}
	var c respond.Case
	if err := json.Unmarshal(row.State, &c); err != nil {
		return objection{reason: event.Failed, detail: "the case cannot be read"}, nil
	}
	w.changed(o.Address)
	reason, ok := c.Wants(o.Key)
	switch {
	case ok:
		return objection{}, nil
	case reason == "":
		reason = event.Failed
	}
	return objection{reason: reason, detail: "the case no longer wants it"}, nil
}

// overtaken asks the channel whether what the reply answers is still there and unchanged.
func (d *Desk) overtaken(ctx context.Context, c *channel.Channel, o Outbound, b effect.Send, out *channel.Outgoing,
) (objection, error) {
	text, err := d.opt.Store.Text(ctx, o.Tenant, b.To)
	if err != nil && !errors.Is(err, ErrAbsent) {
		return objection{}, err
	}
	known := err == nil
	if text.Uncounted {
		out.IfRevision = 0 // the number is ours: the platform knows none
	}
	if !c.Describe().Reads {
		return objection{}, nil
	}
	m, err := patiently(ctx, d, func(ctx context.Context) (mention.Mention, error) { return c.Read(ctx, b.To) })
	switch {
	case errors.Is(err, channel.ErrUnsupported): // this kind of item nobody can read: as if there were no Reader
		return objection{}, nil
	case errors.Is(err, channel.ErrGone), errors.Is(err, channel.ErrNotFound):
		return objection{reason: event.Gone, news: func(ctx context.Context, w *work) error {
			return w.gone(ctx, o.Address, b.To, Inbound{At: w.now})
		}}, nil
	case err != nil:
		return objection{}, err
	}
	uncounted := text.Uncounted || known && m.Revision == 0 && b.IfRevision == 0 && text.Rev == 0
	switch {
	case uncounted && (m.Truncated || m.Text == text.Text), !uncounted && m.Revision <= b.IfRevision:
		return objection{}, nil
	case uncounted:
		m.Revision = text.Rev + 1 // changed by a platform that does not count
	}
	m.ReceivedAt = d.now()
	return objection{reason: event.Changed, news: func(ctx context.Context, w *work) error {
		return w.revised(ctx, Text{Address: o.Address, Uncounted: uncounted}, m)
	}}, nil
}
