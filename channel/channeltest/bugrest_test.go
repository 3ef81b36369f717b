package channeltest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

var processes atomic.Int64

var bugsOfTheRest = []bug{
	{"what went out is found elsewhere", "find-sent", finding(func(r channel.Receipt, err error) (channel.Receipt, error) {
		r.Ref.ID += "0"
		return r, err
	})},
	{"what never went out is found nowhere", "find-never", finding(func(channel.Receipt, error) (channel.Receipt, error) {
		return channel.Receipt{}, nil
	})},
	{"what was lost is found not to be there", "find-lost", func(p *platform) {
		lost := map[channel.Key]bool{}
		p.send = func(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
			r, err := p.Channel.Send(ctx, out)
			alone.Lock()
			defer alone.Unlock()
			lost[out.Key] = err != nil
			return r, err
		}
		p.find = func(ctx context.Context, key channel.Key) (channel.Receipt, error) {
			if lost[key] {
				return channel.Receipt{}, &channel.Error{Code: channel.ErrNotFound, Op: "find"}
			}
			return p.Channel.Find(ctx, key)
		}
	}},
	{"what was read is read again from memory", "read-now", func(p *platform) {
		known := map[mention.Ref]mention.Mention{}
		p.read = func(ctx context.Context, ref mention.Ref) (mention.Mention, error) {
			if m, ok := known[ref]; ok {
				return m, nil
			}
			m, err := p.Channel.Read(ctx, ref)
			known[ref] = m
			return m, err
		}
	}},
	{"what is gone is read as empty", "read-gone", func(p *platform) {
		p.read = func(ctx context.Context, ref mention.Ref) (mention.Mention, error) {
			m, err := p.Channel.Read(ctx, ref)
			if errors.Is(err, channel.ErrGone) {
				return mention.Mention{Ref: ref}, nil
			}
			return m, err
		}
	}},
	{"reading may have been applied", "asking-does-nothing", func(p *platform) {
		p.read = func(ctx context.Context, ref mention.Ref) (mention.Mention, error) {
			m, err := p.Channel.Read(ctx, ref)
			var e *channel.Error
			if errors.As(err, &e) {
				e.MaybeApplied = true
			}
			return m, err
		}
	}},
	{"the second act fails", "moderate-twice", func(p *platform) {
		acted := map[channel.Key]bool{}
		p.moderate = func(ctx context.Context, act channel.Moderation) (channel.Receipt, error) {
			if acted[act.Key] {
				return channel.Receipt{}, &channel.Error{Code: channel.ErrConflict, Op: "moderate"}
			}
			acted[act.Key] = true
			return p.Channel.Moderate(ctx, act)
		}
	}},
	{"the reason is left out", "moderate-reason", func(p *platform) {
		p.moderate = func(ctx context.Context, act channel.Moderation) (channel.Receipt, error) {
			act.Reason = ""
			return p.Channel.Moderate(ctx, act)
		}
	}},
	{"what it does not know it hides", "moderate-unknown", func(p *platform) {
		p.moderate = func(ctx context.Context, act channel.Moderation) (channel.Receipt, error) {
			act.Act = "hide"
			return p.Channel.Moderate(ctx, act)
		}
	}},
	{"an act whose answer is lost is called certain", "moderate-lost", func(p *platform) {
		p.moderate = func(ctx context.Context, act channel.Moderation) (channel.Receipt, error) {
			r, err := p.Channel.Moderate(ctx, act)
			return r, certain(err)
		}
	}},
	{"keys of posts are not passed on", "publish-key-twice", func(p *platform) {
		p.publish = func(ctx context.Context, post channel.Post) (channel.Receipt, error) {
			post.Key += channel.Key(fmt.Sprint("/", processes.Add(1)))
			return p.Channel.Publish(ctx, post)
		}
	}},
	{"a post whose answer is lost is called certain", "publish-lost", func(p *platform) {
		p.publish = func(ctx context.Context, post channel.Post) (channel.Receipt, error) {
			r, err := p.Channel.Publish(ctx, post)
			return r, certain(err)
		}
	}},
	{"what is not ours is said to be revised", "revise-only-ours", func(p *platform) {
		p.revise = func(ctx context.Context, ref mention.Ref, post channel.Post) (channel.Receipt, error) {
			r, err := p.Channel.Revise(ctx, ref, post)
			if errors.Is(err, channel.ErrNotFound) {
				return r, nil
			}
			return r, err
		}
	}},
	{"a revision is a new post", "revise-in-place", func(p *platform) {
		p.revise = func(ctx context.Context, _ mention.Ref, post channel.Post) (channel.Receipt, error) {
			return p.Channel.Publish(ctx, post)
		}
	}},
	{"closing twice is a mistake", "close-twice", func(p *platform) {
		closed := make(chan struct{})
		p.end = func() error { close(closed); return nil }
	}},
	{"close lets them wait", "close-while-fetching", func(p *platform) {
		p.fetch = func(_ context.Context, after channel.Cursor, limit int) (channel.Page, error) {
			return p.Channel.Fetch(context.Background(), after, limit)
		}
	}},
	{"a goroutine goes on", "no-goroutine-left", func(p *platform) {
		go func() { <-released }()
	}},
}

// certain is an error that says that nothing was done.
func certain(err error) error {
	var e *channel.Error
	if errors.As(err, &e) {
		e.MaybeApplied = false
	}
	return err
}

// released ends what a bug leaves running.
var released = make(chan struct{})

var bugsOfReceivers = []bug{
	{"nobody verifies", "push-wrong-key", func(p *platform) {
		p.receive = func(_ context.Context, in channel.Inbound) (channel.Delivery, error) { return decoded(in) }
	}},
	{"only the first key is good", "push-rotation", verifying(func(in channel.Inbound) error { return verified(in, first) })},
	{"only the second key is good", "push-good", verifying(func(in channel.Inbound) error { return verified(in, second) })},
	{"however old, it is heard", "push-old", verifying(func(in channel.Inbound) error {
		if in.At.After(noon.Add(time.Hour)) {
			in.At = noon
		}
		return verified(in, first, second)
	})},
	{"the future is heard", "push-future", verifying(func(in channel.Inbound) error {
		if in.At.Before(noon) {
			in.At = noon
		}
		return verified(in, first, second)
	})},
	{"only the beginning is signed", "push-altered", verifying(func(in channel.Inbound) error {
		if strings.HasSuffix(string(in.Body), " ") {
			in.Body = in.Body[:len(in.Body)-1]
		}
		return verified(in, first, second)
	})},
	{"what has no signature is trusted", "push-unsigned", verifying(func(in channel.Inbound) error {
		if in.Header.Get("X-Signature") == "" {
			return nil
		}
		return verified(in, first, second)
	})},
	{"ids are given on arrival", "push-replayed", delivering(func(d *channel.Delivery) {
		for i := range d.Items {
			d.Items[i].ID = fmt.Sprint("arrival ", processes.Add(1))
		}
	})},
	{"a push has ids of its own", "push-as-polled", delivering(func(d *channel.Delivery) {
		for i := range d.Items {
			d.Items[i].ID = "pushed/" + d.Items[i].ID
		}
	})},
	{"a challenge is not answered", "push-challenge", delivering(func(d *channel.Delivery) { d.Answer = nil })},
	{"what makes no sense is a panic", "push-senseless", verifying(func(in channel.Inbound) error {
		_ = in.Body[0]
		return verified(in, first, second)
	})},
	{"what is too large is read all the same", "push-too-large", verifying(func(in channel.Inbound) error {
		in.Body = in.Body[:min(len(in.Body), len(strings.TrimRight(string(in.Body), " ")))]
		return verified(in, first, second)
	})},
	{"an error shows the key", "no-secret-told", verifying(func(in channel.Inbound) error {
		if err := verified(in, first, second); err != nil {
			return &channel.Error{Code: channel.ErrBadSignature, Op: "receive", Reason: "wanted " + second}
		}
		return nil
	})},
}
