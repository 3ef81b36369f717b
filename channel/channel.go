package channel

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/reputekit/reputation/channel/gate"
	"github.com/reputekit/reputation/mention"
)

// A Channel is a connector with everything around it that a host relies on: abilities and lengths are checked before
// the platform is asked, a pause holds at the moment of sending, every error is an *Error. It is safe for concurrent
// use; what it does not document it passes on to the connector.
type Channel struct {
	connector Connector
	about     Description
	gate      gate.Gate
	opt       Options
	life      context.Context // done after Close
	end       context.CancelFunc
}

// Options may all be left out.
type Options struct {
	Interceptors []gate.Interceptor // around every call, the first outermost
	Now          func() time.Time   // the clock for pauses and NotAfter; nil: time.Now
	Limit        int                // items Pages asks for at once; 0: 200
}

// New wraps a connector. It fails with ErrInvalid if the description has no name or declares an ability that the
// connector does not implement.
func New(c Connector, opt Options) (*Channel, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Limit <= 0 {
		opt.Limit = 200
	}
	ch := &Channel{connector: c, about: own(c.Describe()), opt: opt}
	if ch.about.Venue.Channel == "" {
		return nil, &Error{Code: ErrInvalid, Reason: "the description has no Venue.Channel"}
	}
	if missing := undone(c, ch.about); missing != "" {
		return nil, &Error{Code: ErrInvalid, Reason: ch.Name() + " declares what it does not implement: " + missing}
	}
	ch.life, ch.end = context.WithCancel(context.Background())
	return ch, nil
}

// own returns a description that shares nothing with the connector.
func own(d Description) Description {
	d.Hears, d.Venue.Visibilities = slices.Clone(d.Hears), slices.Clone(d.Venue.Visibilities)
	return d
}

// undone names the abilities that are declared and not implemented.
func undone(c Connector, d Description) string {
	_, source := c.(Source)
	_, sender := c.(Sender)
	_, finder := c.(Finder)
	_, reader := c.(Reader)
	_, moderator := c.(Moderator)
	_, publisher := c.(Publisher)
	_, receiver := c.(Receiver)
	var out []string
	for _, x := range []struct {
		name      string
		says, can bool
	}{
		{"Fetches", d.Fetches, source}, {"Sends", d.Sends, sender}, {"Finds", d.Finds, finder},
		{"Reads", d.Reads, reader}, {"Moderates", d.Moderates, moderator}, {"Publishes", d.Publishes, publisher},
		{"Receives", d.Receives, receiver},
	} {
		if x.says && !x.can {
			out = append(out, x.name)
		}
	}
	return strings.Join(out, ", ")
}

// Name is the name that mentions and venues call the channel by.
func (c *Channel) Name() string { return c.about.Venue.Channel }

// Describe returns what the connector said of itself when it was wrapped.
func (c *Channel) Describe() Description { return own(c.about) }

// Send answers an item. Beyond what Sender says it fails with ErrUnsupported for a visibility the venue has not,
// ErrTooLong, ErrWindowClosed after NotAfter, and ErrPaused while a pause holds replies.
func (c *Channel) Send(ctx context.Context, out Outgoing) (Receipt, error) {
	if out.Visibility == "" {
		out.Visibility = mention.Public
	}
	to, err := c.own(out.To)
	if err == nil {
		out.To = to
		err = c.sendable(out)
	}
	if err != nil {
		return Receipt{}, wrapped("send", true, err)
	}
	sender, ok := c.connector.(Sender)
	if !ok || !c.about.Sends {
		return Receipt{}, lacks("send")
	}
	return written(ctx, c, "send", out.Key, func(ctx context.Context) (Receipt, error) {
		now := c.opt.Now()
		if !out.NotAfter.IsZero() && now.After(out.NotAfter) {
			return Receipt{}, &Error{Code: ErrWindowClosed, Op: "send", Reason: "too late since " +
				out.NotAfter.UTC().Format(time.RFC3339)}
		}
		if err := c.open("send", now, true); err != nil {
			return Receipt{}, err
		}
		return sender.Send(ctx, out)
	})
}

// own is a reference with the channel's name in it. One that names another channel is refused.
func (c *Channel) own(ref mention.Ref) (mention.Ref, error) {
	if ref.Channel != "" && ref.Channel != c.Name() {
		return ref, &Error{Code: ErrInvalid, Reason: "it stands on " + ref.Channel + ", not on " + c.Name()}
	}
	ref.Channel = c.Name()
	return ref, nil
}

func (c *Channel) sendable(out Outgoing) error {
	if out.To.ID == "" {
		return &Error{Code: ErrInvalid, Reason: "it answers nothing: To is empty"}
	}
	if v := c.about.Venue.Visibilities; len(v) > 0 && !slices.Contains(v, out.Visibility) {
		return &Error{Code: ErrUnsupported, Reason: fmt.Sprintf("%s cannot speak %s", c.Name(), out.Visibility)}
	}
	return c.text(out.Key, out.Text)
}

// text checks what every text that leaves must be.
func (c *Channel) text(key Key, text string) error {
	switch {
	case key == "":
		return &Error{Code: ErrInvalid, Reason: "no key"}
	case strings.TrimSpace(text) == "":
		return &Error{Code: ErrInvalid, Reason: "no text"}
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return &Error{Code: ErrInvalid, Reason: "the text is not valid UTF-8 without NUL"}
	case !c.about.Venue.Fits(text):
		return &Error{Code: ErrTooLong, Reason: fmt.Sprintf("%d of at most %d", c.about.Venue.Length(text), c.about.Venue.Max)}
	}
	return nil
}

// Publish puts out a post of our own. It fails with ErrPaused while posts are held, unless it is a Statement; what was
// held does not go out by itself afterwards.
func (c *Channel) Publish(ctx context.Context, post Post) (Receipt, error) {
	return c.post(ctx, "publish", post, func(ctx context.Context, p Publisher) (Receipt, error) {
		return p.Publish(ctx, post)
	})
}

// Revise changes a post of ours in place, under the same rules as Publish.
func (c *Channel) Revise(ctx context.Context, ours mention.Ref, post Post) (Receipt, error) {
	ours, err := c.own(ours)
	if err != nil {
		return Receipt{}, wrapped("revise", true, err)
	}
	return c.post(ctx, "revise", post, func(ctx context.Context, p Publisher) (Receipt, error) {
		return p.Revise(ctx, ours, post)
	})
}

func (c *Channel) post(ctx context.Context, op string, post Post,
	do func(context.Context, Publisher) (Receipt, error),
) (Receipt, error) {
	if err := c.text(post.Key, post.Text); err != nil {
		return Receipt{}, wrapped(op, true, err)
	}
	publisher, ok := c.connector.(Publisher)
	if !ok || !c.about.Publishes {
		return Receipt{}, lacks(op)
	}
	return written(ctx, c, op, post.Key, func(ctx context.Context) (Receipt, error) {
		if err := c.open(op, c.opt.Now(), post.Statement); err != nil {
			return Receipt{}, err
		}
		return do(ctx, publisher)
	})
}

// Moderate does one act on an item. No pause holds it. It fails with ErrUnsupported for an act the venue has not.
func (c *Channel) Moderate(ctx context.Context, act Moderation) (Receipt, error) {
	if act.Key == "" || act.Ref.ID == "" || act.Act == "" {
		return Receipt{}, &Error{Code: ErrInvalid, Op: "moderate", Reason: "Key, Ref and Act are required"}
	}
	ref, err := c.own(act.Ref)
	if err != nil {
		return Receipt{}, wrapped("moderate", true, err)
	}
	act.Ref = ref
	moderator, ok := c.connector.(Moderator)
	if !ok || !c.about.Moderates {
		return Receipt{}, lacks("moderate")
	}
	v := c.about.Venue
	if act.Act == "hide" && !v.Hide || act.Act == "delete" && !v.Delete || act.Act == "report" && !v.Report {
		return Receipt{}, &Error{Code: ErrUnsupported, Op: "moderate", Reason: c.Name() + " cannot " + act.Act}
	}
	return written(ctx, c, "moderate", act.Key, func(ctx context.Context) (Receipt, error) {
		return moderator.Moderate(ctx, act)
	})
}
