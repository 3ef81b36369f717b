package channel_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/gate"
	"github.com/reputekit/reputation/mention"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// fake is a connector whose one answer a test chooses. It counts how often the platform was asked.
type fake struct {
	about channel.Description
	err   error
	ref   mention.Ref
	page  channel.Page
	calls int
}

func (f *fake) Describe() channel.Description { return f.about }

func (f *fake) Send(context.Context, channel.Outgoing) (channel.Receipt, error) {
	f.calls++
	return channel.Receipt{Ref: f.ref}, f.err
}

func (f *fake) Publish(context.Context, channel.Post) (channel.Receipt, error) {
	f.calls++
	return channel.Receipt{Ref: f.ref}, f.err
}

func (f *fake) Revise(context.Context, mention.Ref, channel.Post) (channel.Receipt, error) {
	f.calls++
	return channel.Receipt{Ref: f.ref}, f.err
}

func (f *fake) Fetch(context.Context, channel.Cursor, int) (channel.Page, error) {
	f.calls++
	return f.page, f.err
}

func speaker() *fake {
	return &fake{about: channel.Description{
		Venue: mention.Venue{Channel: "chirp", Max: 20, Visibilities: []mention.Visibility{mention.Public}},
		Sends: true, Publishes: true, Fetches: true,
	}}
}

func over(t *testing.T, f *fake, around ...gate.Interceptor) *channel.Channel {
	t.Helper()
	c, err := channel.New(f, channel.Options{Now: func() time.Time { return noon }, Interceptors: around})
	require.NoError(t, err)
	return c
}

func reply() channel.Outgoing {
	return channel.Outgoing{Key: "k1", To: mention.Ref{Channel: "chirp", ID: "1"}, Text: "We are on it."}
}

func TestNewWantsAnHonestDescription(t *testing.T) {
	for _, row := range []struct {
		reason string
		about  channel.Description
		says   string
	}{
		{"it has no name", channel.Description{}, "no Venue.Channel"},
		{"it cannot find", channel.Description{Venue: mention.Venue{Channel: "chirp"}, Finds: true, Sends: true}, "Finds"},
		{"it cannot read or moderate", channel.Description{Venue: mention.Venue{Channel: "chirp"}, Reads: true, Moderates: true},
			"Reads, Moderates"},
	} {
		_, err := channel.New(&fake{about: row.about}, channel.Options{})
		require.ErrorIs(t, err, channel.ErrInvalid, row.reason)
		assert.ErrorContains(t, err, row.says, row.reason)
	}
}

func TestWhatIsRefusedBeforeThePlatformIsAsked(t *testing.T) {
	for _, row := range []struct {
		reason string
		change func(*channel.Outgoing)
		code   channel.Code
	}{
		{"no key: it could not be sent again safely", func(o *channel.Outgoing) { o.Key = "" }, channel.ErrInvalid},
		{"it answers nothing", func(o *channel.Outgoing) { o.To.ID = "" }, channel.ErrInvalid},
		{"no words", func(o *channel.Outgoing) { o.Text = " \n" }, channel.ErrInvalid},
		{"not UTF-8", func(o *channel.Outgoing) { o.Text = "\xff" }, channel.ErrInvalid},
		{"a NUL", func(o *channel.Outgoing) { o.Text = "a\x00b" }, channel.ErrInvalid},
		{"21 of 20", func(o *channel.Outgoing) { o.Text = strings.Repeat("é", 21) }, channel.ErrTooLong},
		{"the venue has no private messages", func(o *channel.Outgoing) { o.Visibility = mention.Private }, channel.ErrUnsupported},
		{"too late", func(o *channel.Outgoing) { o.NotAfter = noon.Add(-time.Second) }, channel.ErrWindowClosed},
	} {
		f := speaker()
		out := reply()
		row.change(&out)
		_, err := over(t, f).Send(t.Context(), out)
		require.ErrorIs(t, err, row.code, row.reason)
		assert.Zero(t, f.calls, row.reason)
		assert.NotEqual(t, channel.FindOut, channel.Classify(err), "%s: certainly not sent", row.reason)
	}
	f := speaker()
	out := reply()
	out.Text, out.NotAfter = strings.Repeat("é", 20), noon
	_, err := over(t, f).Send(t.Context(), out)
	require.NoError(t, err, "20 of 20, at the last instant")
}

func TestAbilitiesNotDeclaredAreNotUsed(t *testing.T) {
	f := speaker()
	f.about.Sends, f.about.Publishes, f.about.Fetches = false, false, false
	c := over(t, f)
	_, send := c.Send(t.Context(), reply())
	_, publish := c.Publish(t.Context(), channel.Post{Key: "k", Text: "news"})
	_, revise := c.Revise(t.Context(), mention.Ref{ID: "1"}, channel.Post{Key: "k", Text: "news"})
	_, fetch := c.Fetch(t.Context(), "", 1)
	_, find := c.Find(t.Context(), "k")
	_, read := c.Read(t.Context(), mention.Ref{ID: "1"})
	_, moderate := c.Moderate(t.Context(), channel.Moderation{Key: "k", Ref: mention.Ref{ID: "1"}, Act: "hide"})
	for _, err := range []error{send, publish, revise, fetch, find, read, moderate} {
		require.ErrorIs(t, err, channel.ErrUnsupported)
	}
	assert.Zero(t, f.calls)
}

func TestClassify(t *testing.T) {
	for _, row := range []struct {
		reason string
		err    error
		want   channel.Advice
	}{
		{"no error", nil, ""},
		{"the platform is slow to trust us", &channel.Error{Code: channel.ErrRateLimited}, channel.Retry},
		{"it refused, and said so", &channel.Error{Code: channel.ErrUnavailable}, channel.Retry},
		{"it may have been done", &channel.Error{Code: channel.ErrUnavailable, MaybeApplied: true}, channel.FindOut},
		{"even a refusal can come too late", &channel.Error{Code: channel.ErrRateLimited, MaybeApplied: true}, channel.FindOut},
		{"the connector does not say", errors.New("boom"), channel.FindOut},
		{"gone", &channel.Error{Code: channel.ErrGone}, channel.GiveUp},
		{"another body", &channel.Error{Code: channel.ErrConflict}, channel.GiveUp},
		{"the login expired", &channel.Error{Code: channel.ErrUnauthenticated}, channel.LogIn},
		{"the cursor is too old", &channel.Error{Code: channel.ErrCursorExpired}, channel.Rewind},
		{"paused", &channel.Error{Code: channel.ErrPaused}, channel.Stop},
		{"closed", &channel.Error{Code: channel.ErrClosed}, channel.Stop},
		{"we were told to stop before it began", &channel.Error{Code: channel.ErrUnavailable, Err: context.Canceled}, channel.Stop},
	} {
		assert.Equal(t, row.want, channel.Classify(row.err), row.reason)
	}
}

func TestErrorsOfConnectors(t *testing.T) {
	for _, row := range []struct {
		reason string
		err    error
		want   channel.Advice
		code   channel.Code
	}{
		{"an error nobody classified: a write may have been done", errors.New("boom"), channel.FindOut, channel.ErrUnavailable},
		{"a context that ended while it was under way", context.DeadlineExceeded, channel.FindOut, channel.ErrUnavailable},
		{"a bare code is the platform's answer", channel.ErrGone, channel.GiveUp, channel.ErrGone},
		{"but for the one that says that there was none", channel.ErrUnavailable, channel.FindOut, channel.ErrUnavailable},
		{"one that says it all", &channel.Error{Code: channel.ErrForbidden, Reason: "blocked"}, channel.GiveUp, channel.ErrForbidden},
	} {
		f := speaker()
		f.err = row.err
		_, err := over(t, f).Send(t.Context(), reply())
		require.ErrorIs(t, err, row.code, row.reason)
		assert.Equal(t, row.want, channel.Classify(err), row.reason)
		var e *channel.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, "send", e.Op, row.reason)
	}
	f := speaker()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := over(t, f).Send(ctx, reply())
	assert.Equal(t, channel.Stop, channel.Classify(err), "nothing was begun")
	assert.Zero(t, f.calls)
}

func TestPauses(t *testing.T) {
	f := speaker()
	c := over(t, f)
	post := channel.Post{Key: "p", Text: "Spring is here!"}
	statement := channel.Post{Key: "s", Text: "We know.", Statement: true}
	for _, row := range []struct {
		reason                 string
		pauses                 []gate.Pause
		post, statement, reply bool
	}{
		{"nothing stands", nil, true, true, true},
		{"a pause of posts lets replies and statements through", []gate.Pause{{Who: "ana"}}, false, true, true},
		{"a pause of everything holds everything", []gate.Pause{{Who: "ana", Replies: true}}, false, false, false},
		{"it is over at its instant", []gate.Pause{{Who: "ana", Until: noon}}, true, true, true},
		{"it stands until its instant", []gate.Pause{{Who: "ana", Until: noon.Add(time.Millisecond)}}, false, true, true},
		{"the second of one person replaces the first", []gate.Pause{{Who: "ana", Replies: true}, {Who: "ana"}}, false, true, true},
		{"two people, two pauses", []gate.Pause{{Who: "ana", Replies: true}, {Who: "ben"}}, false, false, false},
	} {
		for _, p := range row.pauses {
			c.Pause(p)
		}
		_, err := c.Publish(t.Context(), post)
		assert.Equal(t, row.post, err == nil, row.reason)
		_, err = c.Publish(t.Context(), statement)
		assert.Equal(t, row.statement, err == nil, row.reason)
		_, err = c.Send(t.Context(), reply())
		assert.Equal(t, row.reply, err == nil, row.reason)
		if err != nil {
			var pause *gate.Pause
			require.ErrorAs(t, err, &pause)
			assert.Equal(t, "ana", pause.Who, "%s: who is asked to lift it", row.reason)
		}
		c.Resume("ana")
		c.Resume("ben")
		assert.Empty(t, c.Paused(), row.reason)
	}
}

func TestInterceptors(t *testing.T) {
	fail := errors.New("audit is full")
	for _, row := range []struct {
		reason string
		around gate.Interceptor
		answer error // of the connector
		calls  int
		want   channel.Advice
	}{
		{"it refuses: nothing was done", func(context.Context, gate.Call, func(context.Context) error) error { return fail },
			nil, 0, channel.Retry},
		{"it fails afterwards: something was", func(ctx context.Context, _ gate.Call, next func(context.Context) error) error {
			return errors.Join(next(ctx), fail)
		}, nil, 1, channel.FindOut},
		{"it swallows a failure: the failure stands", func(ctx context.Context, _ gate.Call, next func(context.Context) error) error {
			_ = next(ctx)
			return nil
		}, channel.ErrGone, 1, channel.GiveUp},
		{"it tries twice: there is one attempt", func(ctx context.Context, _ gate.Call, next func(context.Context) error) error {
			if next(ctx) != nil {
				return next(ctx)
			}
			return nil
		}, errors.New("boom"), 1, channel.FindOut},
		{"it forgets to call", func(context.Context, gate.Call, func(context.Context) error) error { return nil },
			nil, 0, channel.Retry},
		{"it lets pass", func(ctx context.Context, _ gate.Call, next func(context.Context) error) error { return next(ctx) },
			nil, 1, ""},
	} {
		f := speaker()
		f.err = row.answer
		_, err := over(t, f, row.around).Send(t.Context(), reply())
		assert.Equal(t, row.want, channel.Classify(err), row.reason)
		assert.Equal(t, row.calls, f.calls, row.reason)
	}
}

func TestAnInterceptorThatDoesNotWait(t *testing.T) {
	for _, row := range []struct {
		reason string
		begun  bool // when it leaves
		want   channel.Advice
	}{
		{"the platform is at it: nobody knows what comes of it", true, channel.FindOut},
		{"the platform was not asked, and is not asked any more", false, channel.Retry},
	} {
		f := &busy{fake: speaker(), asked: make(chan struct{}), goOn: make(chan struct{})}
		answers, left := make(chan error), make(chan struct{})
		c, err := channel.New(f, channel.Options{Interceptors: []gate.Interceptor{
			func(ctx context.Context, _ gate.Call, next func(context.Context) error) error {
				for range 2 {
					go func() {
						if !row.begun {
							<-left
						}
						answers <- next(ctx)
					}()
				}
				if row.begun {
					<-f.asked
				}
				return nil
			},
		}})
		require.NoError(t, err)
		_, err = c.Send(t.Context(), reply())
		assert.Equal(t, row.want, channel.Classify(err), "%s: %v", row.reason, err)
		close(left)
		close(f.goOn)
		one, other := <-answers, <-answers
		assert.Equal(t, row.begun, one == nil && other == nil, "%s: both get the one answer", row.reason)
		assert.Equal(t, row.begun, f.calls == 1, row.reason)
	}
}

// busy is a speaker that takes its time.
type busy struct {
	*fake
	asked, goOn chan struct{}
}

func (b *busy) Send(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
	close(b.asked)
	<-b.goOn
	return b.fake.Send(ctx, out)
}

func TestAnInterceptorCannotPassThePause(t *testing.T) {
	f := speaker()
	var c *channel.Channel
	c = over(t, f, func(ctx context.Context, _ gate.Call, next func(context.Context) error) error {
		c.Pause(gate.Pause{Who: "ana", Replies: true}) // somebody pauses while it waits for its turn
		return next(ctx)
	})
	_, err := c.Send(t.Context(), reply())
	require.ErrorIs(t, err, channel.ErrPaused)
	assert.Zero(t, f.calls)
}

func TestPagesAtTheDoor(t *testing.T) {
	f := speaker()
	f.page = channel.Page{Next: "c1", Backfill: true, Items: []channel.Item{
		{ID: "a", Kind: channel.Created, Mention: mention.Mention{Ref: mention.Ref{ID: "1"}, Text: "a\x00\xffb"}},
		{ID: "", Kind: channel.Created, Mention: mention.Mention{Ref: mention.Ref{ID: "2"}}},
		{ID: "c", Kind: channel.Created},
		{ID: "d", Kind: channel.Deleted, Raw: []byte("secret"),
			Mention: mention.Mention{Ref: mention.Ref{ID: "4"}, Account: "us", Text: "secret"}},
		{ID: "e", Kind: channel.Created,
			Mention: mention.Mention{Ref: mention.Ref{ID: "5"}, Text: "later", PostedAt: noon.AddDate(9000, 0, 0)}},
	}}
	page, err := over(t, f).Fetch(t.Context(), "", 10)
	require.NoError(t, err)
	m := page.Items[0].Mention
	assert.Equal(t, mention.Ref{Channel: "chirp", ID: "1"}, m.Ref)
	assert.Equal(t, "a\uFFFDb", m.Text)
	assert.Equal(t, noon, m.ReceivedAt)
	assert.True(t, page.Items[0].Backfill, "a page from the past marks its items")
	for _, item := range slices.Concat(page.Items[1:3], page.Items[4:]) {
		_, err := json.Marshal(item)
		require.NoError(t, err, "whatever it is, it can be stored")
		assert.Equal(t, channel.Undecodable, item.Kind, "an item that names itself or its mention badly is kept as it came")
		assert.NotEmpty(t, item.ID)
		assert.NotEmpty(t, item.Raw)
	}
	assert.Equal(t, mention.Mention{Ref: mention.Ref{Channel: "chirp", ID: "4"}, Account: "us", ReceivedAt: noon}, page.Items[3].Mention)
	assert.Nil(t, page.Items[3].Raw, "a deletion carries no text")
	for _, item := range page.Items {
		assert.Equal(t, item, over(t, f).Accept(item), "twice through the door is once")
	}
	f.page.Next = ""
	_, err = over(t, f).Fetch(t.Context(), "", 10)
	assert.ErrorIs(t, err, channel.ErrUnavailable, "a page without a cursor cannot be acknowledged")
}

func TestPagesEnd(t *testing.T) {
	f := speaker()
	f.page = channel.Page{Next: "c1", More: true}
	var errs []error
	for _, err := range over(t, f).Pages(t.Context(), "") {
		errs = append(errs, err)
	}
	require.Len(t, errs, 3, "c1, c1 again, and then the error")
	assert.ErrorContains(t, errs[2], "stands still", "more and no way forward is not for ever")
	f.err = channel.ErrUnauthenticated
	errs = nil
	for _, err := range over(t, f).Pages(t.Context(), "") {
		errs = append(errs, err)
	}
	require.Len(t, errs, 1, "an error ends it")
}

func TestErrorsReadWell(t *testing.T) {
	err := &channel.Error{Code: channel.ErrRateLimited, Op: "send", Reason: "300 an hour", RetryAfter: 30 * time.Second}
	assert.EqualError(t, err, "send: rate limited: 300 an hour (try again after 30s)")
	pause := &gate.Pause{Who: "ana", Why: "outage", Until: noon}
	err = &channel.Error{Code: channel.ErrPaused, Op: "publish", Err: pause}
	assert.EqualError(t, err, "publish: paused: held by ana: outage (until 2026-03-10T12:00:00Z)")
}
