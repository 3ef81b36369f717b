package memory

import (
	"context"
	"strconv"
	"strings"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

// What a Channel can do; Lacks takes it away.
var _ interface {
	channel.Source
	channel.Sender
	channel.Finder
	channel.Reader
	channel.Moderator
	channel.Publisher
} = (*Channel)(nil)

const cursorPrefix = "at-"

// Fetch implements channel.Source.
func (c *Channel) Fetch(ctx context.Context, after channel.Cursor, limit int) (channel.Page, error) {
	trouble, err := c.begin(ctx, "fetch")
	if err != nil {
		return channel.Page{}, err
	}
	defer c.lock()()
	at := 0
	if after != "" {
		n, err := strconv.Atoi(strings.TrimPrefix(string(after), cursorPrefix))
		if err != nil || n < 0 || n > len(c.news) || !strings.HasPrefix(string(after), cursorPrefix) {
			return channel.Page{}, &channel.Error{Code: channel.ErrCursorExpired, Op: "fetch", Reason: "not a cursor of this world"}
		}
		at = n
	}
	end := len(c.news)
	if limit > 0 {
		end = min(end, at+limit)
	}
	page := channel.Page{}
	switch trouble {
	case Delay:
		end = at
	case Duplicate:
		at = max(0, at-2)
	case Gap:
		page.Gap = true
	case FailAfter:
		return channel.Page{}, lost("fetch")
	}
	page.Items = append(page.Items, c.news[at:end]...)
	page.Next, page.More = channel.Cursor(cursorPrefix+strconv.Itoa(end)), end < len(c.news) && trouble != Delay
	return page, nil
}

// Send implements channel.Sender.
func (c *Channel) Send(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
	return c.write(ctx, Sent{Op: "send", Key: out.Key, To: out.To, Account: out.Account, Visibility: out.Visibility,
		Text: out.Text}, func(s *Sent) error {
		p := c.posts[out.To]
		switch {
		case p == nil:
			return &channel.Error{Code: channel.ErrNotFound, Op: "send"}
		case p.gone:
			return &channel.Error{Code: channel.ErrGone, Op: "send"}
		case p.mention.Revision != out.IfRevision:
			return &channel.Error{Code: channel.ErrConflict, Op: "send", Reason: "it was edited"}
		}
		m := mention.Mention{Author: mention.Author{Handle: "us"}, Account: out.Account, Visibility: out.Visibility, Text: out.Text}
		c.inThread(out.To, &m)
		c.speak(s, m)
		return nil
	})
}

// Publish implements channel.Publisher.
func (c *Channel) Publish(ctx context.Context, p channel.Post) (channel.Receipt, error) {
	return c.write(ctx, Sent{Op: "publish", Key: p.Key, Account: p.Account, Visibility: mention.Public, Text: p.Text},
		func(s *Sent) error {
			c.speak(s, mention.Mention{Author: mention.Author{Handle: "us"}, Account: p.Account, Text: p.Text})
			return nil
		})
}

// Revise implements channel.Publisher.
func (c *Channel) Revise(ctx context.Context, ours mention.Ref, p channel.Post) (channel.Receipt, error) {
	return c.write(ctx, Sent{Op: "revise", Key: p.Key, To: ours, Account: p.Account, Visibility: mention.Public, Text: p.Text},
		func(s *Sent) error {
			old := c.posts[ours]
			if old == nil || old.gone || !old.ours {
				return &channel.Error{Code: channel.ErrNotFound, Op: "revise"}
			}
			old.before = old.mention
			old.mention.Text = p.Text
			old.mention.Revision++
			s.Ref = ours
			if c.can("echoes") {
				c.hear(channel.Echo, old.mention, c.echoKey(p.Key))
			}
			return nil
		})
}

// Moderate implements channel.Moderator.
func (c *Channel) Moderate(ctx context.Context, act channel.Moderation) (channel.Receipt, error) {
	return c.write(ctx, Sent{Op: "moderate", Key: act.Key, Ref: act.Ref, To: act.Ref, Text: act.Act}, func(*Sent) error {
		p, v := c.posts[act.Ref], c.venue()
		switch {
		case p == nil:
			return &channel.Error{Code: channel.ErrNotFound, Op: "moderate"}
		case act.Act == "hide" && v.Hide:
			c.hide(act.Ref)
		case act.Act == "delete" && v.Delete:
			c.remove(act.Ref)
		case act.Act == "report" && v.Report, act.Act == "keep":
		default:
			return &channel.Error{Code: channel.ErrUnsupported, Op: "moderate", Reason: act.Act}
		}
		return nil
	})
}

// Find implements channel.Finder.
func (c *Channel) Find(ctx context.Context, key channel.Key) (channel.Receipt, error) {
	trouble, err := c.begin(ctx, "find")
	if err != nil {
		return channel.Receipt{}, err
	}
	defer c.lock()()
	if trouble == FailAfter {
		return channel.Receipt{}, lost("find")
	}
	n, known := c.keys[key]
	if !known {
		return channel.Receipt{}, &channel.Error{Code: channel.ErrNotFound, Op: "find"}
	}
	return channel.Receipt{Ref: c.sent[n].Ref, At: c.sent[n].At}, nil
}

// Read implements channel.Reader.
func (c *Channel) Read(ctx context.Context, ref mention.Ref) (mention.Mention, error) {
	trouble, err := c.begin(ctx, "read")
	if err != nil {
		return mention.Mention{}, err
	}
	defer c.lock()()
	p := c.posts[ref]
	switch {
	case trouble == FailAfter:
		return mention.Mention{}, lost("read")
	case p == nil:
		return mention.Mention{}, &channel.Error{Code: channel.ErrNotFound, Op: "read"}
	case trouble == Stale:
		return p.before, nil
	case p.gone:
		return mention.Mention{}, &channel.Error{Code: channel.ErrGone, Op: "read"}
	}
	return p.mention, nil
}

// write does one thing to the world, once for each key.
func (c *Channel) write(ctx context.Context, s Sent, do func(*Sent) error) (channel.Receipt, error) {
	trouble, err := c.begin(ctx, s.Op)
	if err != nil {
		return channel.Receipt{}, err
	}
	defer c.lock()()
	if n, known := c.keys[s.Key]; known && c.Describe().Remembers > 0 {
		first := c.sent[n]
		if first.Op != s.Op || first.To != s.To || first.Text != s.Text || first.Visibility != s.Visibility {
			return channel.Receipt{}, &channel.Error{Code: channel.ErrConflict, Op: s.Op, Reason: "this key went out with another body"}
		}
		return channel.Receipt{Ref: first.Ref, At: first.At}, nil
	}
	s.At = c.clock()
	if err := do(&s); err != nil {
		return channel.Receipt{}, err
	}
	c.keys[s.Key] = len(c.sent)
	c.sent = append(c.sent, s)
	if trouble == FailAfter {
		return channel.Receipt{}, lost(s.Op)
	}
	return channel.Receipt{Ref: s.Ref, At: s.At}, nil
}

// speak makes an item of ours and lets it come back as an echo.
func (c *Channel) speak(s *Sent, m mention.Mention) {
	m.Ref, m.PostedAt = c.ref(), s.At
	s.Ref = m.Ref
	c.posts[m.Ref] = &post{mention: m, before: m, ours: true}
	if c.can("echoes") {
		c.hear(channel.Echo, m, c.echoKey(s.Key))
	}
}

// echoKey is what an echo says of the key: many platforms say nothing.
func (c *Channel) echoKey(key channel.Key) channel.Key {
	if !c.can("echo keys") {
		return ""
	}
	return key
}

func lost(op string) error {
	return &channel.Error{Code: channel.ErrUnavailable, Op: op, Reason: "the answer was lost", MaybeApplied: op != "fetch"}
}
