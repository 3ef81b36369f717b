package channel

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/reputekit/reputation/channel/gate"
)

// Inbound is one request that a platform sent us, as it came.
type Inbound struct {
	Method string // "POST" when empty; some platforms begin with a GET
	Query  url.Values
	Header http.Header
	Body   []byte    // the raw bytes: a signature is over them and not over what they mean
	At     time.Time // when it came, by our clock; its age is measured against it
}

// A Delivery is what an Inbound meant.
type Delivery struct {
	ID     string // the platform's id of the delivery, the same when it comes again; may be empty
	Items  []Item // may be none
	Answer []byte // what the platform wants to read back, a challenge for instance; nil: nothing
}

// Receive understands one Inbound, at the door like the items of a page. An empty At becomes now. Its items are stored
// before the platform is told that they came; package channel/webhook does both.
func (c *Channel) Receive(ctx context.Context, in Inbound) (Delivery, error) {
	receiver, ok := c.connector.(Receiver)
	if !ok || !c.about.Receives {
		return Delivery{}, lacks("receive")
	}
	if in.Method == "" {
		in.Method = http.MethodPost
	}
	if in.At.IsZero() {
		in.At = c.opt.Now()
	}
	about := gate.Call{Channel: c.Name(), Op: "receive"}
	d, err := call(ctx, c, about, false, func(ctx context.Context) (Delivery, error) { return receiver.Receive(ctx, in) })
	if err != nil {
		return Delivery{}, err
	}
	d.Items = c.accepted(d.Items, false)
	return d, nil
}
