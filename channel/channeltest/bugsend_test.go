package channeltest_test

import (
	"context"
	"errors"
	"fmt"
	"html"
	"slices"
	"sync"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

var bugsOfSenders = []bug{
	{"replies go to the last one who spoke", "reply-arrives", replying(func(out *channel.Outgoing) { out.To.ID = "1" })},
	{"replies go to the thread's beginning", "reply-in-thread", func(p *platform) {
		p.send = func(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
			if m, there := p.Look(out.To); there {
				out.To.ID = m.Root()
			}
			return p.Channel.Send(ctx, out)
		}
	}},
	{"a private reply is published", "private-stays-private", replying(func(out *channel.Outgoing) { out.Visibility = mention.Public })},
	{"words are escaped", "odd-letters-sent", replying(func(out *channel.Outgoing) { out.Text = html.EscapeString(out.Text) })},
	{"words are cut one letter early", "too-long", replying(func(out *channel.Outgoing) {
		out.Text = out.Text[:min(len(out.Text), venue.Max-1)]
	})},
	{"a closed window is a wrong call", "window-closed", refusing(channel.ErrWindowClosed, channel.ErrInvalid)},
	{"what is gone is answered", "answer-to-gone", func(p *platform) {
		p.send = failing(p, func(err error) error {
			if errors.Is(err, channel.ErrGone) {
				return nil
			}
			return err
		})
	}},
	{"the revision is not looked at", "answer-to-changed", func(p *platform) {
		p.send = func(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
			if m, there := p.Look(out.To); there {
				out.IfRevision = m.Revision
			}
			return p.Channel.Send(ctx, out)
		}
	}},
	{"a ban is a matter of time", "banned", refusing(channel.ErrForbidden, channel.ErrUnavailable)},
	{"keys are not passed on", "key-twice", func(p *platform) {
		n := 0
		p.send = replied(p, func(out *channel.Outgoing) {
			n++
			out.Key += channel.Key(fmt.Sprint("/", n))
		})
	}},
	{"another body gets the first receipt", "key-other-body", func(p *platform) {
		p.send = failing(p, func(err error) error {
			if errors.Is(err, channel.ErrConflict) {
				return nil
			}
			return err
		})
	}},
	{"a key is bound to its words alone", "key-other-place", func(p *platform) {
		to := map[channel.Key]mention.Ref{}
		p.send = replied(p, func(out *channel.Outgoing) {
			if first, known := to[out.Key]; known {
				out.To = first
			}
			to[out.Key] = out.To
		})
	}},
	{"keys are looked at first and kept afterwards", "key-race", checkThenAct},
	{"keys are kept by the process", "key-survives", func(p *platform) {
		begun := fmt.Sprint("/", processes.Add(1))
		p.send = replied(p, func(out *channel.Outgoing) { out.Key += channel.Key(begun) })
	}},
	{"the same words are the same reply", "two-keys", replying(func(out *channel.Outgoing) { out.Key = channel.Key(out.Text) })},
	{"a lost answer is called certain", "answer-lost", func(p *platform) {
		p.send = failing(p, func(err error) error {
			var e *channel.Error
			if errors.As(err, &e) && e.Err == nil {
				e.MaybeApplied = false
			}
			return err
		})
	}},
	{"after a lost answer it gives another key", "answer-lost-key", func(p *platform) {
		lost := false
		p.send = func(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
			alone.Lock()
			if lost {
				out.Key += "/again"
			}
			alone.Unlock()
			r, err := p.Channel.Send(ctx, out)
			alone.Lock()
			defer alone.Unlock()
			lost = err != nil
			return r, err
		}
	}},
	{"who gives up is told that nothing was done", "cancelled-in-flight", func(p *platform) {
		p.send = failing(p, func(err error) error {
			if errors.Is(err, context.Canceled) {
				return &channel.Error{Code: channel.ErrUnavailable, Op: "send", Err: context.Canceled}
			}
			return err
		})
	}},
	{"a write does not look whether it is still wanted", "cancelled-before", func(p *platform) {
		p.send = func(_ context.Context, out channel.Outgoing) (channel.Receipt, error) {
			return p.Channel.Send(context.Background(), out)
		}
	}},
	{"a limit is waited for and tried again", "rate-limit", func(p *platform) {
		p.send = func(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
			r, err := p.Channel.Send(ctx, out)
			if errors.Is(err, channel.ErrRateLimited) {
				time.Sleep(time.Second)
				return p.Channel.Send(ctx, out)
			}
			return r, err
		}
	}},
	{"how long a limit lasts is kept to itself", "rate-limit", spoilt(func(e *channel.Error) { e.RetryAfter = 0 })},
	{"how long a limit lasts is invented", "rate-limit-unsaid", spoilt(func(e *channel.Error) { e.RetryAfter += time.Minute })},
	{"errors have no code", "login-expired", func(p *platform) {
		p.send = failing(p, func(err error) error {
			if err != nil {
				return errBoom
			}
			return nil
		})
	}},
	{"a source beyond its limit has nothing new", "rate-limit-fetch", quiet(channel.ErrRateLimited)},
	{"a source without a login has nothing new", "login-expired-fetch", quiet(channel.ErrUnauthenticated)},
	{"close only marks", "use-after-close", func(p *platform) { p.end = func() error { return nil } }},
}

func replied(p *platform, change func(*channel.Outgoing),
) func(context.Context, channel.Outgoing) (channel.Receipt, error) {
	return func(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
		alone.Lock()
		change(&out)
		alone.Unlock()
		return p.Channel.Send(ctx, out)
	}
}

func replying(change func(*channel.Outgoing)) func(*platform) {
	return func(p *platform) { p.send = replied(p, change) }
}

func failing(p *platform, change func(error) error) func(context.Context, channel.Outgoing) (channel.Receipt, error) {
	return func(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
		r, err := p.Channel.Send(ctx, out)
		return r, change(err)
	}
}

// spoilt is a sender whose errors are changed.
func spoilt(change func(*channel.Error)) func(*platform) {
	return func(p *platform) {
		p.send = failing(p, func(err error) error {
			var e *channel.Error
			if errors.As(err, &e) {
				change(e)
			}
			return err
		})
	}
}

func refusing(code, as channel.Code) func(*platform) {
	return spoilt(func(e *channel.Error) {
		if e.Code == code {
			e.Code = as
		}
	})
}

func finding(change func(channel.Receipt, error) (channel.Receipt, error)) func(*platform) {
	return func(p *platform) {
		p.find = func(ctx context.Context, key channel.Key) (channel.Receipt, error) {
			return change(p.Channel.Find(ctx, key))
		}
	}
}

func verifying(verify func(channel.Inbound) error) func(*platform) {
	return func(p *platform) {
		p.receive = func(ctx context.Context, in channel.Inbound) (channel.Delivery, error) {
			if in.Method == "GET" {
				return receive(ctx, in)
			}
			if err := verify(in); err != nil {
				return channel.Delivery{}, err
			}
			return decoded(in)
		}
	}
}

func delivering(change func(*channel.Delivery)) func(*platform) {
	return func(p *platform) {
		p.receive = func(ctx context.Context, in channel.Inbound) (channel.Delivery, error) {
			d, err := receive(ctx, in)
			change(&d)
			return d, err
		}
	}
}

// byTime is a source that goes on after an instant.
func byTime(p *platform) {
	p.fetch = func(ctx context.Context, after channel.Cursor, limit int) (channel.Page, error) {
		var since time.Time
		if after != "" {
			var err error
			if since, err = time.Parse(time.RFC3339, string(after)); err != nil {
				return channel.Page{}, &channel.Error{Code: channel.ErrCursorExpired, Op: "fetch", Err: err}
			}
		}
		page, err := p.Channel.Fetch(ctx, "", 0)
		if err != nil {
			return page, err
		}
		later := slices.DeleteFunc(page.Items, func(i channel.Item) bool { return !i.Mention.PostedAt.After(since) })
		page.More = limit > 0 && len(later) > limit
		if page.More {
			later = later[:limit]
		}
		page.Items, page.Next = later, channel.Cursor(since.Format(time.RFC3339))
		if len(later) > 0 {
			page.Next = channel.Cursor(later[len(later)-1].Mention.PostedAt.Format(time.RFC3339))
		}
		return page, nil
	}
}

// checkThenAct keeps keys in a map that two can look at before either writes.
func checkThenAct(p *platform) {
	var mu sync.Mutex
	sent := map[channel.Key]channel.Receipt{}
	n := 0
	p.send = func(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
		mu.Lock()
		r, known := sent[out.Key]
		mu.Unlock()
		if known {
			return r, nil
		}
		time.Sleep(time.Millisecond) // the platform takes its time
		key := out.Key
		mu.Lock()
		n++
		out.Key += channel.Key(fmt.Sprint("/", n))
		mu.Unlock()
		r, err := p.Channel.Send(ctx, out)
		mu.Lock()
		defer mu.Unlock()
		sent[key] = r
		return r, err
	}
}

// mute takes away what writes.
func mute(d *channel.Description) {
	d.Sends, d.Finds, d.Publishes, d.Moderates, d.Remembers = false, false, false, false, 0
}

// hang never answers while its world lasts.
func hang(context.Context, channel.Outgoing) (channel.Receipt, error) {
	<-released
	return channel.Receipt{}, errBoom
}
