package memory_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
)

func TestWhatThePlatformDoesToUs(t *testing.T) {
	for _, row := range []struct {
		reason string
		do     func(*memory.Channel)
		undo   func(*memory.Channel)
		code   channel.Code
		fetch  bool // fetching fails as well
	}{
		{"our account is banned", (*memory.Channel).Ban, (*memory.Channel).Pardon, channel.ErrForbidden, false},
		{"the login is another", (*memory.Channel).Rotate, (*memory.Channel).LogIn, channel.ErrUnauthenticated, true},
	} {
		var w memory.Channel
		c := open(t, &w)
		out := channel.Outgoing{Key: "k", To: w.Post(said("eva", "hello")), Text: "hello to you"}
		row.do(&w)
		_, err := c.Send(t.Context(), out)
		require.ErrorIs(t, err, row.code, row.reason)
		_, err = c.Fetch(t.Context(), "", 3)
		assert.Equal(t, row.fetch, err != nil, row.reason)
		row.undo(&w)
		_, err = c.Send(t.Context(), out)
		require.NoError(t, err, row.reason)
		assert.Len(t, w.Sent(), 1, row.reason)
	}
}

func TestCursorsThatExpire(t *testing.T) {
	var w memory.Channel
	c := open(t, &w)
	w.Post(said("eva", "one"))
	_, old := heard(t, c, "")
	w.Expire()
	w.Post(said("eva", "two"))
	_, err := c.Fetch(t.Context(), old, 3)
	require.ErrorIs(t, err, channel.ErrCursorExpired)
	assert.Equal(t, channel.Rewind, channel.Classify(err))
	all, next := heard(t, c, "")
	assert.Len(t, all, 2)
	again, _ := heard(t, c, next)
	assert.Empty(t, again, "the new cursors hold")
}

func TestWhatIsLostIsAGap(t *testing.T) {
	var w memory.Channel
	c := open(t, &w)
	w.Post(said("eva", "one"))
	_, at := heard(t, c, "")
	w.Post(said("eva", "two"))
	w.Lose()
	w.Post(said("eva", "three"))
	page, err := c.Fetch(t.Context(), at, 3)
	require.NoError(t, err)
	assert.True(t, page.Gap)
	require.Len(t, page.Items, 1)
	assert.Equal(t, "three", page.Items[0].Mention.Text)
	page, err = c.Fetch(t.Context(), page.Next, 3)
	require.NoError(t, err)
	assert.False(t, page.Gap, "one hole is one gap")
}

func TestARateIsABucketOfAnHour(t *testing.T) {
	w := memory.Channel{Rate: 2}
	w.SetNow(noon)
	c := open(t, &w)
	assert.Equal(t, 2, c.Describe().PerHour)
	to := w.Post(said("eva", "hello"))
	say := func(n int) error {
		_, err := c.Send(t.Context(), channel.Outgoing{Key: channel.Key(fmt.Sprint(n)), To: to, Text: "hello"})
		return err
	}
	require.NoError(t, say(1))
	w.SetNow(noon.Add(20 * time.Minute))
	require.NoError(t, say(2))
	var e *channel.Error
	require.ErrorAs(t, say(3), &e)
	assert.Equal(t, channel.ErrRateLimited, e.Code)
	assert.Equal(t, 40*time.Minute, e.RetryAfter, "when the first is an hour old")
	require.NoError(t, say(1), "a known key costs nothing")
	w.SetNow(noon.Add(time.Hour))
	require.NoError(t, say(3))
	require.ErrorIs(t, say(4), channel.ErrRateLimited)
}

func TestPrivateWords(t *testing.T) {
	var w memory.Channel
	ref := w.Message(said("eva", "my booking is 44-1092"))
	m, _ := w.Look(ref)
	assert.Equal(t, mention.Private, m.Visibility)
	assert.Equal(t, mention.Message, m.Kind)
	m, _ = w.Look(w.Reply(ref, said("eva", "and my name")))
	assert.True(t, m.IsPrivate())
}

func TestWhatTheVenueAllows(t *testing.T) {
	venue := mention.Venue{Channel: "stars", Max: 10, RepliesPerItem: 1, ReplyWindow: spec.Of(time.Hour),
		EditWindow: spec.Of(time.Minute)}
	w := memory.Channel{Venue: venue}
	w.SetNow(noon)
	one, two := w.Post(said("eva", "one")), w.Post(said("jo", "two"))
	send := func(key, text string, to mention.Ref) error {
		_, err := w.Send(t.Context(), channel.Outgoing{Key: channel.Key(key), To: to, Text: text})
		return err
	}
	require.ErrorIs(t, send("a", "12345678901", one), channel.ErrTooLong)
	require.NoError(t, send("a", "1234567890", one))
	require.ErrorIs(t, send("b", "again", one), channel.ErrConflict, "one reply for each review")
	w.SetNow(noon.Add(time.Hour + time.Second))
	require.ErrorIs(t, send("c", "late", two), channel.ErrWindowClosed)
	r, err := w.Publish(t.Context(), channel.Post{Key: "p", Text: "news"})
	require.NoError(t, err)
	w.SetNow(noon.Add(2 * time.Hour))
	_, err = w.Revise(t.Context(), r.Ref, channel.Post{Key: "q", Text: "old"})
	require.ErrorIs(t, err, channel.ErrWindowClosed)
}

func TestPagesThatGoWrong(t *testing.T) {
	for _, row := range []struct {
		what  memory.Trouble
		kinds string
	}{
		{memory.Reorder, "created/3 created/2 created/1"},
		{memory.Poison, "undecodable/ created/1 created/2 created/3"},
		{memory.Slow, "created/1 created/2 created/3"},
	} {
		synctest.Test(t, func(t *testing.T) {
			var w memory.Channel
			c := open(t, &w)
			for range 3 {
				w.Post(said("eva", "hello"))
			}
			w.Break(memory.Fault{Op: "fetch", What: row.what, After: time.Minute})
			begun := time.Now()
			page, err := c.Fetch(t.Context(), "", 3)
			require.NoError(t, err)
			var kinds []string
			for _, item := range page.Items {
				kinds = append(kinds, string(item.Kind)+"/"+item.Mention.Ref.ID)
			}
			assert.Equal(t, row.kinds, strings.Join(kinds, " "), "%s", row.what)
			assert.Equal(t, row.what == memory.Slow, time.Since(begun) == time.Minute)
			page, err = c.Fetch(t.Context(), "", 3)
			require.NoError(t, err)
			assert.Equal(t, "1", page.Items[0].Mention.Ref.ID, "%s: only once", row.what)
		})
	}
}

func TestASlowAnswerOfAWriteIsNoFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var w memory.Channel
		out := channel.Outgoing{Key: "k", To: w.Post(said("eva", "hello")), Text: "hello to you"}
		w.Break(memory.Fault{Op: "send", What: memory.Slow, After: time.Hour})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_, err := w.Send(ctx, out)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, channel.FindOut, channel.Classify(err))
		assert.Len(t, w.Sent(), 1, "it is out")
		ctx, cancel = context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		w.Break(memory.Fault{Op: "read", What: memory.Slow, After: time.Hour})
		_, err = w.Read(ctx, out.To)
		assert.Equal(t, channel.Retry, channel.Classify(err), "what only asks has done nothing")
	})
}

// listener is a test that fails or does not.
type listener struct {
	failed bool
	end    func()
	said   string
}

func (l *listener) Helper()                         {}
func (l *listener) Cleanup(f func())                { l.end = f }
func (l *listener) Failed() bool                    { return l.failed }
func (l *listener) Logf(format string, args ...any) { l.said += fmt.Sprintf(format, args...) }

func TestAFailingTestShowsItsScript(t *testing.T) {
	l := &listener{}
	script := memory.Play(l, 7, 50, 300)
	assert.Equal(t, memory.Script(7, 50, 300), script)
	l.end()
	assert.Empty(t, l.said, "a test that passes says nothing")
	l.failed = true
	l.end()
	assert.Contains(t, l.said, "memory.Script(7, 50, 300)")
	for _, f := range script {
		assert.Contains(t, l.said, f.String())
	}
}
