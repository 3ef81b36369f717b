package channel_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/gate"
	"github.com/reputekit/reputation/mention"
)

// pushed is a connector that is told by its platform.
type pushed struct {
	in     channel.Inbound
	gives  channel.Delivery
	err    error
	closed int
}

func (p *pushed) Describe() channel.Description {
	return channel.Description{Venue: mention.Venue{Channel: "chirp"}, Receives: true, Moderates: true,
		Hears: []channel.ItemKind{channel.Created}}
}

func (p *pushed) Receive(_ context.Context, in channel.Inbound) (channel.Delivery, error) {
	p.in = in
	return p.gives, p.err
}

func (p *pushed) Moderate(context.Context, channel.Moderation) (channel.Receipt, error) {
	return channel.Receipt{}, nil
}

func (p *pushed) Close() error {
	p.closed++
	return nil
}

func TestReceive(t *testing.T) {
	p := &pushed{gives: channel.Delivery{ID: "d1", Answer: []byte("ok"), Items: []channel.Item{
		{ID: "a", Kind: channel.Created, Mention: mention.Mention{Ref: mention.Ref{ID: "1"}, Text: "a\x00\xffb"}},
		{ID: "b", Kind: "liked", Mention: mention.Mention{Ref: mention.Ref{ID: "1"}}},
	}}}
	var seen []gate.Call
	c, err := channel.New(p, channel.Options{Now: func() time.Time { return noon }, Interceptors: []gate.Interceptor{
		func(ctx context.Context, call gate.Call, next func(context.Context) error) error {
			seen = append(seen, call)
			return next(ctx)
		},
	}})
	require.NoError(t, err)
	d, err := c.Receive(t.Context(), channel.Inbound{Body: []byte("{}")})
	require.NoError(t, err)
	assert.Equal(t, http.MethodPost, p.in.Method)
	assert.Equal(t, noon, p.in.At, "what has no instant came now")
	assert.Equal(t, "a\uFFFDb", d.Items[0].Mention.Text)
	assert.Equal(t, mention.Ref{Channel: "chirp", ID: "1"}, d.Items[0].Mention.Ref)
	assert.Equal(t, channel.Undecodable, d.Items[1].Kind, "news of a kind that nobody knows is kept as it came")
	assert.Equal(t, "d1 ok", d.ID+" "+string(d.Answer))
	assert.Equal(t, []gate.Call{{Channel: "chirp", Op: "receive"}}, seen)
	p.err = channel.ErrBadSignature
	d, err = c.Receive(t.Context(), channel.Inbound{})
	require.ErrorIs(t, err, channel.ErrBadSignature)
	assert.Equal(t, channel.GiveUp, channel.Classify(err))
	assert.Empty(t, d.Items)
	_, err = over(t, speaker()).Receive(t.Context(), channel.Inbound{})
	assert.ErrorIs(t, err, channel.ErrUnsupported)
}

func TestWhatStandsElsewhereIsRefused(t *testing.T) {
	f := speaker()
	c := over(t, f)
	elsewhere := mention.Ref{Channel: "stars", ID: "1"}
	out := reply()
	out.To = elsewhere
	_, send := c.Send(t.Context(), out)
	_, revise := c.Revise(t.Context(), elsewhere, channel.Post{Key: "k", Text: "news"})
	m, err := channel.New(&pushed{}, channel.Options{})
	require.NoError(t, err)
	_, moderate := m.Moderate(t.Context(), channel.Moderation{Key: "k", Ref: elsewhere, Act: "keep"})
	for _, err := range []error{send, revise, moderate} {
		require.ErrorIs(t, err, channel.ErrInvalid)
		assert.Equal(t, channel.GiveUp, channel.Classify(err))
	}
	assert.Zero(t, f.calls)
	for _, act := range []string{"hide", "delete", "report"} {
		_, err := m.Moderate(t.Context(), channel.Moderation{Key: "k", Ref: mention.Ref{ID: "1"}, Act: act})
		assert.ErrorIs(t, err, channel.ErrUnsupported, "the venue has no "+act)
	}
	_, err = m.Moderate(t.Context(), channel.Moderation{Key: "k", Ref: mention.Ref{ID: "1"}, Act: "keep"})
	assert.NoError(t, err)
}

func TestADescriptionIsTheCallersOwn(t *testing.T) {
	c := over(t, speaker())
	c.Describe().Venue.Visibilities[0] = mention.Private
	assert.Equal(t, []mention.Visibility{mention.Public}, c.Describe().Venue.Visibilities)
}

// patient is a source that waits for news, and a sender that waits for an answer.
type patient struct {
	*fake
	asked chan struct{}
	goOn  chan struct{}
}

func (p *patient) Fetch(ctx context.Context, _ channel.Cursor, _ int) (channel.Page, error) {
	close(p.asked)
	<-ctx.Done()
	return channel.Page{}, ctx.Err()
}

func (p *patient) Send(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
	close(p.asked)
	<-p.goOn
	if ctx.Err() != nil {
		return channel.Receipt{}, ctx.Err()
	}
	return p.fake.Send(ctx, out)
}

func TestClose(t *testing.T) {
	p := &patient{fake: speaker(), asked: make(chan struct{}), goOn: make(chan struct{})}
	c, err := channel.New(p, channel.Options{})
	require.NoError(t, err)
	ended := make(chan error)
	go func() {
		_, err := c.Fetch(t.Context(), "", 1)
		ended <- err
	}()
	<-p.asked
	require.NoError(t, c.Close())
	err = <-ended
	require.ErrorIs(t, err, channel.ErrClosed, "who waits for news is woken")
	assert.Equal(t, channel.Stop, channel.Classify(err))
	_, err = c.Send(t.Context(), reply())
	require.ErrorIs(t, err, channel.ErrClosed)
	assert.Zero(t, p.calls)

	p = &patient{fake: speaker(), asked: make(chan struct{}), goOn: make(chan struct{})}
	c, err = channel.New(p, channel.Options{})
	require.NoError(t, err)
	go func() {
		_, err := c.Send(t.Context(), reply())
		ended <- err
	}()
	<-p.asked
	require.NoError(t, c.Close())
	close(p.goOn)
	require.NoError(t, <-ended, "a write under way is let finish")

	told := &pushed{}
	c, err = channel.New(told, channel.Options{})
	require.NoError(t, err)
	require.NoError(t, c.Close())
	require.NoError(t, c.Close(), "twice")
	assert.Equal(t, 2, told.closed)
	_, err = c.Receive(t.Context(), channel.Inbound{})
	assert.ErrorIs(t, err, channel.ErrClosed)
}
