package memory

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

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

// A cursor is "at-" and a place in the news, and after an Expire also how often there was one: "at-12-1".
const cursorPrefix = "at-"

func (c *Channel) cursor(at int) channel.Cursor {
	s := cursorPrefix + strconv.Itoa(at)
	if c.expired > 0 {
		s += "-" + strconv.Itoa(c.expired)
	}
	return channel.Cursor(s)
}

// place is where a cursor stands.
func (c *Channel) place(cursor channel.Cursor) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	digits, _, _ := strings.Cut(strings.TrimPrefix(string(cursor), cursorPrefix), "-")
	at, err := strconv.Atoi(digits)
	if err != nil || at < 0 || at > len(c.news) || c.cursor(at) != cursor {
		return 0, &channel.Error{Code: channel.ErrCursorExpired, Op: "fetch", Reason: "not a cursor of this world, or an old one"}
	}
	return at, nil
}

// Fetch implements channel.Source.
func (c *Channel) Fetch(ctx context.Context, after channel.Cursor, limit int) (channel.Page, error) {
	trouble, err := c.begin(ctx, "fetch")
	if err != nil {
		return channel.Page{}, err
	}
	defer c.lock()()
	at, err := c.place(after)
	if err != nil {
		return channel.Page{}, err
	}
	page := channel.Page{Gap: at < c.lost && after != ""}
	at = max(at, c.lost)
	end := len(c.news)
	if limit > 0 {
		end = min(end, at+limit)
	}
	from := at
	switch trouble.What {
	case Delay:
		end = at
	case Duplicate:
		from = max(c.lost, at-2)
	case Gap:
		page.Gap = true
	case Poison:
		page.Items = append(page.Items, channel.Item{ID: "poison/" + strconv.Itoa(at), Kind: channel.Undecodable,
			Raw: []byte{'{', 0xff}, Reason: "not JSON"})
	case FailAfter:
		return channel.Page{}, lost("fetch")
	}
	page.Items = append(page.Items, c.news[from:end]...)
	if trouble.What == Reorder {
		slices.Reverse(page.Items)
	}
	page.Next, page.More = c.cursor(end), end < len(c.news) && trouble.What != Delay
	return page, nil
}

// Send implements channel.Sender.
func (c *Channel) Send(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
	return c.write(ctx, Sent{Op: "send", Key: out.Key, To: out.To, Account: out.Account, Visibility: out.Visibility,
		Text: out.Text}, func(s *Sent) error {
		p, v := c.posts[out.To], c.venue()
		switch {
		case p == nil:
			return &channel.Error{Code: channel.ErrNotFound, Op: "send"}
		case p.gone:
			return &channel.Error{Code: channel.ErrGone, Op: "send"}
		case p.mention.Revision != out.IfRevision:
			return &channel.Error{Code: channel.ErrConflict, Op: "send", Reason: "it was edited"}
		case !v.Fits(out.Text):
			return &channel.Error{Code: channel.ErrTooLong, Op: "send"}
		case v.ReplyWindow > 0 && c.clock().Sub(p.mention.PostedAt) > v.ReplyWindow.Std():
			return &channel.Error{Code: channel.ErrWindowClosed, Op: "send", Reason: "its author wrote too long ago"}
		case v.RepliesPerItem > 0 && p.replies >= v.RepliesPerItem:
			return &channel.Error{Code: channel.ErrConflict, Op: "send", Reason: "it is answered already"}
		}
		p.replies++
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
			if w := c.venue().EditWindow; w > 0 && c.clock().Sub(old.mention.PostedAt) > w.Std() {
				return &channel.Error{Code: channel.ErrWindowClosed, Op: "revise"}
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
	return c.write(ctx, Sent{Op: "moderate", Key: act.Key, Ref: act.Ref, To: act.Ref, Text: act.Act,
		Reason: act.Reason}, func(*Sent) error {
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
	if trouble.What == FailAfter {
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
	case trouble.What == FailAfter:
		return mention.Mention{}, lost("read")
	case p == nil:
		return mention.Mention{}, &channel.Error{Code: channel.ErrNotFound, Op: "read"}
	case trouble.What == Stale:
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
	r, err := c.done(s, do)
	switch {
	case err != nil:
		return channel.Receipt{}, err
	case trouble.What == FailAfter:
		return channel.Receipt{}, lost(s.Op)
	case trouble.What == Slow:
		if err := wait(ctx, trouble.After); err != nil { // it is done, and who asked for it has gone
			return channel.Receipt{}, &channel.Error{Code: channel.ErrUnavailable, Op: s.Op, Reason: "no answer in time",
				MaybeApplied: true, Err: err}
		}
	}
	return r, nil
}

func (c *Channel) done(s Sent, do func(*Sent) error) (channel.Receipt, error) {
	defer c.lock()()
	if n, known := c.keys[s.Key]; known && c.can("keys") {
		first := c.sent[n]
		if first.Op != s.Op || first.To != s.To || first.Text != s.Text || first.Visibility != s.Visibility {
			return channel.Receipt{}, &channel.Error{Code: channel.ErrConflict, Op: s.Op, Reason: "this key went out with another body"}
		}
		return channel.Receipt{Ref: first.Ref, At: first.At}, nil
	}
	if err := c.allowed(s.Op); err != nil {
		return channel.Receipt{}, err
	}
	s.At = c.clock()
	if err := do(&s); err != nil {
		return channel.Receipt{}, err
	}
	c.keys[s.Key] = len(c.sent)
	c.sent = append(c.sent, s)
	return channel.Receipt{Ref: s.Ref, At: s.At}, nil
}

// allowed says whether one more write may be made, and counts it.
func (c *Channel) allowed(op string) error {
	if c.banned {
		return &channel.Error{Code: channel.ErrForbidden, Op: op, Reason: "the account is banned"}
	}
	if c.Rate <= 0 {
		return nil
	}
	now := c.clock()
	c.writes = slices.DeleteFunc(c.writes, func(t time.Time) bool { return !t.After(now.Add(-time.Hour)) })
	if len(c.writes) >= c.Rate {
		return &channel.Error{Code: channel.ErrRateLimited, Op: op, RetryAfter: c.writes[0].Add(time.Hour).Sub(now)}
	}
	c.writes = append(c.writes, now)
	return nil
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

// lost is the error of an answer that did not come. Only what writes can have done something.
func lost(op string) error {
	asks := op == "fetch" || op == "find" || op == "read"
	return &channel.Error{Code: channel.ErrUnavailable, Op: op, Reason: "the answer was lost", MaybeApplied: !asks}
}
