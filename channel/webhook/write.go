package webhook

import (
	"context"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

// A Reply is the data of reply.send, post.publish and post.revise.
type Reply struct {
	Key        channel.Key        `json:"key"`
	To         mention.Ref        `json:"to,omitzero"` // what it answers or revises
	Account    string             `json:"account,omitempty"`
	Author     string             `json:"author,omitempty"` // whom it answers
	Visibility mention.Visibility `json:"visibility,omitempty"`
	Text       string             `json:"text"`
	IfRevision int                `json:"if_revision,omitempty"` // of To
	NotAfter   time.Time          `json:"not_after,omitzero"`    // UTC
	Statement  bool               `json:"statement,omitempty"`
}

// An Act is the data of item.moderate.
type Act struct {
	Key    channel.Key `json:"key"`
	To     mention.Ref `json:"to"`
	Act    string      `json:"act"` // "keep", "hide", "delete", "report"
	Reason string      `json:"reason,omitempty"`
}

// made is how the remote side answers a write.
type made struct {
	ID string    `json:"id"`
	At time.Time `json:"at"`
}

// Send implements channel.Sender. An answer without an id is a receipt without a reference.
func (c *Connector) Send(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
	return c.write(ctx, "send", "reply.send", out.Key, Reply{Key: out.Key, To: out.To, Account: out.Account, Author: out.Author,
		Visibility: out.Visibility, Text: out.Text, IfRevision: out.IfRevision, NotAfter: mention.Instant(out.NotAfter)})
}

// Publish implements channel.Publisher.
func (c *Connector) Publish(ctx context.Context, p channel.Post) (channel.Receipt, error) {
	return c.write(ctx, "publish", "post.publish", p.Key, Reply{Key: p.Key, Account: p.Account, Text: p.Text,
		Statement: p.Statement})
}

// Revise implements channel.Publisher.
func (c *Connector) Revise(ctx context.Context, ours mention.Ref, p channel.Post) (channel.Receipt, error) {
	return c.write(ctx, "revise", "post.revise", p.Key, Reply{Key: p.Key, To: ours, Account: p.Account, Text: p.Text,
		Statement: p.Statement})
}

// Moderate implements channel.Moderator.
func (c *Connector) Moderate(ctx context.Context, act channel.Moderation) (channel.Receipt, error) {
	r, err := c.write(ctx, "moderate", "item.moderate", act.Key,
		Act{Key: act.Key, To: act.Ref, Act: act.Act, Reason: act.Reason})
	if err != nil {
		return channel.Receipt{}, err
	}
	r.Ref = act.Ref
	return r, nil
}

func (c *Connector) write(ctx context.Context, op, kind string, key channel.Key, data any) (channel.Receipt, error) {
	opt := c.opt()
	if opt.To.URL == "" {
		return channel.Receipt{}, &channel.Error{Code: channel.ErrUnsupported, Op: op, Reason: "there is nowhere to send it"}
	}
	if err := ctx.Err(); err != nil {
		return channel.Receipt{}, &channel.Error{Code: channel.ErrUnavailable, Op: op, Reason: "not begun", Err: err}
	}
	var m made
	if err := opt.To.post(ctx, op, kind, key, data, &m); err != nil {
		return channel.Receipt{}, err
	}
	r := channel.Receipt{At: mention.Instant(m.At)}
	if m.ID != "" {
		r.Ref = mention.Ref{Channel: opt.Venue.Channel, ID: mention.Clean(m.ID)}
	}
	return r, nil
}
