package channeltest_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/channeltest"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// platform is channel/memory with what a connector to a real platform has besides: webhooks and a Close. Bugs are
// planted by putting another function in the place of an honest one.
type platform struct {
	*memory.Channel

	describe func() channel.Description
	fetch    func(context.Context, channel.Cursor, int) (channel.Page, error)
	send     func(context.Context, channel.Outgoing) (channel.Receipt, error)
	find     func(context.Context, channel.Key) (channel.Receipt, error)
	read     func(context.Context, mention.Ref) (mention.Mention, error)
	moderate func(context.Context, channel.Moderation) (channel.Receipt, error)
	publish  func(context.Context, channel.Post) (channel.Receipt, error)
	revise   func(context.Context, mention.Ref, channel.Post) (channel.Receipt, error)
	receive  func(context.Context, channel.Inbound) (channel.Delivery, error)
	end      func() error

	life context.Context
}

func open(w *memory.Channel) *platform {
	life, end := context.WithCancel(context.Background())
	p := &platform{Channel: w, life: life, fetch: w.Fetch, send: w.Send, find: w.Find, read: w.Read, moderate: w.Moderate,
		publish: w.Publish, revise: w.Revise, receive: receive, end: func() error { end(); return nil }}
	p.describe = func() channel.Description {
		d := w.Describe()
		d.Receives = true
		return d
	}
	return p
}

func (p *platform) Describe() channel.Description { return p.describe() }

func (p *platform) Fetch(ctx context.Context, after channel.Cursor, limit int) (channel.Page, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(p.life, cancel)()
	page, err := p.fetch(ctx, after, limit)
	if p.life.Err() != nil {
		return channel.Page{}, &channel.Error{Code: channel.ErrClosed, Op: "fetch"}
	}
	return page, err
}

func (p *platform) Send(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
	if p.life.Err() != nil {
		return channel.Receipt{}, &channel.Error{Code: channel.ErrClosed, Op: "send"}
	}
	return p.send(ctx, out)
}

func (p *platform) Publish(ctx context.Context, post channel.Post) (channel.Receipt, error) {
	if p.life.Err() != nil {
		return channel.Receipt{}, &channel.Error{Code: channel.ErrClosed, Op: "publish"}
	}
	return p.publish(ctx, post)
}

func (p *platform) Find(ctx context.Context, k channel.Key) (channel.Receipt, error) {
	return p.find(ctx, k)
}

func (p *platform) Read(ctx context.Context, ref mention.Ref) (mention.Mention, error) {
	return p.read(ctx, ref)
}

func (p *platform) Moderate(ctx context.Context, act channel.Moderation) (channel.Receipt, error) {
	return p.moderate(ctx, act)
}

func (p *platform) Revise(ctx context.Context, ref mention.Ref, post channel.Post) (channel.Receipt, error) {
	return p.revise(ctx, ref, post)
}

func (p *platform) Receive(ctx context.Context, in channel.Inbound) (channel.Delivery, error) {
	return p.receive(ctx, in)
}

func (p *platform) Close() error { return p.end() }

// The keys of the platform's pushes.
const (
	first  = "first-key-of-the-platform"
	second = "second-key-of-the-platform"
	token  = "token-of-the-platform"
)

func sign(key, at string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(key))
	_, _ = mac.Write(append([]byte(at+"."), body...))
	return hex.EncodeToString(mac.Sum(nil))
}

// receive is how an honest connector understands a push of this platform: one item in each.
func receive(_ context.Context, in channel.Inbound) (channel.Delivery, error) {
	if in.Method == http.MethodGet {
		if in.Query.Get("token") != token {
			return channel.Delivery{}, &channel.Error{Code: channel.ErrBadSignature, Op: "receive"}
		}
		return channel.Delivery{Answer: []byte(in.Query.Get("challenge"))}, nil
	}
	if err := verified(in, first, second); err != nil {
		return channel.Delivery{}, err
	}
	return decoded(in)
}

func verified(in channel.Inbound, keys ...string) error {
	if len(in.Body) > 1<<20 {
		return &channel.Error{Code: channel.ErrTooLong, Op: "receive"}
	}
	at := in.Header.Get("X-Time")
	seconds, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		return &channel.Error{Code: channel.ErrInvalid, Op: "receive", Reason: "no X-Time"}
	}
	if age := in.At.Sub(time.Unix(seconds, 0)); age > 5*time.Minute || age < -5*time.Minute {
		return &channel.Error{Code: channel.ErrBadSignature, Op: "receive", Reason: "too old or too new"}
	}
	for _, key := range keys {
		if hmac.Equal([]byte(sign(key, at, in.Body)), []byte(in.Header.Get("X-Signature"))) {
			return nil
		}
	}
	return &channel.Error{Code: channel.ErrBadSignature, Op: "receive"}
}

func decoded(in channel.Inbound) (channel.Delivery, error) {
	var item channel.Item
	if err := json.Unmarshal(in.Body, &item); err != nil {
		return channel.Delivery{}, &channel.Error{Code: channel.ErrInvalid, Op: "receive", Reason: "no item"}
	}
	return channel.Delivery{ID: in.Header.Get("X-Time"), Items: []channel.Item{item}}, nil
}

var venue = mention.Venue{Channel: "memory", Ours: true, Max: 280, Hide: true, Delete: true, Report: true, Threads: true,
	ReplyWindow: spec.Of(24 * time.Hour), Visibilities: []mention.Visibility{mention.Public, mention.Private}}

// harness is the platform's world, behind a connector that plant may have spoilt.
func harness(plant func(*platform)) channeltest.Harness {
	var w *memory.Channel
	var pushed channel.Cursor
	h := channeltest.Harness{
		Reset: func() {
			w, pushed = &memory.Channel{Venue: venue}, ""
			w.SetNow(noon)
		},
		Open: func() channel.Connector {
			p := open(w)
			plant(p)
			return p
		},
		Post:        func(m mention.Mention) mention.Ref { return w.Post(m) },
		Reply:       func(to mention.Ref, m mention.Mention) mention.Ref { return w.Reply(to, m) },
		Message:     func(m mention.Mention) mention.Ref { return w.Message(m) },
		Edit:        func(ref mention.Ref, text string) { w.Edit(ref, text) },
		Delete:      func(ref mention.Ref) { w.Delete(ref) },
		Hide:        func(ref mention.Ref) { w.Hide(ref) },
		Elsewhere:   func(to mention.Ref, text string) mention.Ref { return w.Elsewhere(to, "colleague", text) },
		Garble:      func() { w.Garble([]byte("{")) },
		Expire:      func() { w.Expire() },
		Lose:        func() { w.Lose() },
		CloseWindow: func(mention.Ref) { w.SetNow(noon.Add(25 * time.Hour)) },
		Ban:         func() { w.Ban() },
		LogOut:      func() { w.Rotate() },
		LogIn:       func() { w.LogIn() },
		LoseAnswer:  func(op string) { w.Break(memory.Fault{Op: op, What: memory.FailAfter}) },
		Hang:        func(op string) { w.Break(memory.Fault{Op: op, What: memory.Slow, After: 24 * time.Hour}) },
		Throttle: func(op string, after time.Duration) {
			w.Break(memory.Fault{Op: op, What: memory.Throttled, After: after})
		},
		Done: func() (out []channeltest.Done) {
			for _, s := range w.Sent() {
				out = append(out, channeltest.Done{Op: s.Op, Ref: s.Ref, To: s.To, Visibility: s.Visibility, Text: s.Text,
					Reason: s.Reason})
			}
			return out
		},
		Challenge: func() (channel.Inbound, []byte) {
			return channel.Inbound{Method: http.MethodGet, At: noon,
				Query: url.Values{"token": {token}, "challenge": {"17"}}}, []byte("17")
		},
		Secrets: []string{first, second, token},
	}
	h.Push = func(seal channeltest.Seal) (out []channel.Inbound) {
		page, err := w.Fetch(context.Background(), pushed, 0)
		if err != nil {
			return nil
		}
		pushed = page.Next
		key := map[channeltest.Seal]string{channeltest.Good: first, channeltest.Next: second, channeltest.Wrong: "guessed"}[seal]
		for _, item := range page.Items {
			body, err := json.Marshal(item)
			if err != nil {
				body = nil
			}
			at := strconv.FormatInt(noon.Unix(), 10)
			out = append(out, channel.Inbound{Method: http.MethodPost, At: noon, Body: body,
				Header: http.Header{"X-Time": {at}, "X-Signature": {sign(key, at, body)}}})
		}
		return out
	}
	return h
}

var errBoom = errors.New("boom")
