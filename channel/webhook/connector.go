package webhook

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

var _ interface {
	channel.Receiver
	channel.Sender
	channel.Publisher
	channel.Moderator
} = (*Connector)(nil)

// A Connector is one remote side that speaks the events of this package. It holds nothing open and is safe for
// concurrent use.
type Connector struct {
	opt func() Options // a function, so that no print shows what is in it
}

// Options say who the remote side is. Venue.Channel is required, and Secrets or To.
type Options struct {
	Venue     mention.Venue
	Secrets   []Secret      // with which the remote side signs, one or, while they are rotated, several; none: it tells us nothing
	Token     Secret        // for the challenge of platforms that ask by GET with hub.challenge; zero: there is none
	To        Remote        // where replies go; the zero Remote: nowhere
	Remembers time.Duration // how long the remote side answers a known Idempotency-Key with its first answer
	Limit     int           // bytes of a delivery; 0: 1 MiB
}

// New checks the options: it fails with ErrInvalid for a venue without a name, for a URL that is not http or https, and
// where there is neither a secret nor a URL.
func New(opt Options) (*Connector, error) {
	if opt.Venue.Channel == "" {
		return nil, &channel.Error{Code: channel.ErrInvalid, Op: "new", Reason: "the venue has no channel"}
	}
	for _, s := range opt.Secrets {
		if s.empty() {
			return nil, &channel.Error{Code: channel.ErrInvalid, Op: "new", Reason: "a secret is empty"}
		}
	}
	if opt.To.URL != "" || len(opt.Secrets) == 0 {
		if err := opt.To.check("new"); err != nil {
			return nil, err
		}
	}
	opt.Limit = cmp.Or(opt.Limit, 1<<20)
	return &Connector{opt: func() Options { return opt }}, nil
}

// Describe implements channel.Connector.
func (c *Connector) Describe() channel.Description {
	opt := c.opt()
	v, speaks := opt.Venue, opt.To.URL != ""
	d := channel.Description{Venue: v, Receives: len(opt.Secrets) > 0, Sends: speaks, Publishes: speaks,
		Moderates: speaks && (v.Hide || v.Delete || v.Report)}
	if speaks {
		d.Remembers = opt.Remembers
	}
	if d.Receives {
		d.Hears = []channel.ItemKind{channel.Created, channel.Edited, channel.Deleted, channel.Hidden, channel.Echo,
			channel.Undecodable}
	}
	return d
}

// heard is what a delivery says.
type heard struct {
	Type string `json:"type"`
	Data struct {
		Items []json.RawMessage `json:"items"`
	} `json:"data"`
}

// Receive implements channel.Receiver. An event of another type than items.heard is a delivery without items.
func (c *Connector) Receive(ctx context.Context, in channel.Inbound) (channel.Delivery, error) {
	opt := c.opt()
	if err := ctx.Err(); err != nil {
		return channel.Delivery{}, &channel.Error{Code: channel.ErrUnavailable, Op: "receive", Reason: "not begun", Err: err}
	}
	if len(in.Body) > opt.Limit {
		return channel.Delivery{}, refuse(channel.ErrTooLong, "more than "+strconv.Itoa(opt.Limit)+" bytes")
	}
	if in.Method == http.MethodGet {
		return opt.challenged(in)
	}
	id, err := Verify(in.Header, in.Body, in.At, opt.Secrets...)
	if err != nil {
		return channel.Delivery{}, err
	}
	var h heard
	if err := json.Unmarshal(in.Body, &h); err != nil || h.Type == "" {
		return channel.Delivery{}, refuse(channel.ErrInvalid, "it is signed, and no event")
	}
	d := channel.Delivery{ID: id}
	if h.Type == "items.heard" {
		for n, raw := range h.Data.Items {
			d.Items = append(d.Items, item(opt.Venue.Channel, id+"/"+strconv.Itoa(n), raw))
		}
	}
	return d, nil
}

// item reads one item. One that cannot be read is kept as it came.
func item(name, place string, raw json.RawMessage) channel.Item {
	var i channel.Item
	if err := json.Unmarshal(raw, &i); err != nil {
		i = channel.Item{Kind: channel.Undecodable, Raw: raw, Reason: "no item"}
	}
	if i.ID == "" {
		i.ID = mention.Key("webhook", name, place)
	}
	i.Mention.Ref.Channel = name
	return i
}

// challenged answers the GET by which some platforms ask whether we are who is meant to be told.
func (opt Options) challenged(in channel.Inbound) (channel.Delivery, error) {
	answer := in.Query.Get("hub.challenge")
	switch {
	case opt.Token.empty():
		return channel.Delivery{}, refuse(channel.ErrInvalid, "nobody is challenged here")
	case in.Query.Get("hub.mode") != "subscribe" || answer == "":
		return channel.Delivery{}, refuse(channel.ErrInvalid, "a GET that is no challenge")
	case !opt.Token.is(in.Query.Get("hub.verify_token")):
		return channel.Delivery{}, refuse(channel.ErrBadSignature, "the token is another")
	}
	return channel.Delivery{Answer: []byte(answer)}, nil
}
