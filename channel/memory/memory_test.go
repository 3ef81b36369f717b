package memory_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func said(author, text string) mention.Mention {
	return mention.Mention{Author: mention.Author{Handle: author}, Text: text}
}

func open(t *testing.T, w *memory.Channel) *channel.Channel {
	t.Helper()
	c, err := channel.New(w, channel.Options{Now: func() time.Time { return noon }, Limit: 3})
	require.NoError(t, err)
	return c
}

// heard is everything from a cursor on, as "kind id rev".
func heard(t *testing.T, c *channel.Channel, from channel.Cursor) (out []string, at channel.Cursor) {
	t.Helper()
	at = from
	for page, err := range c.Pages(t.Context(), from) {
		require.NoError(t, err)
		for _, item := range page.Items {
			out = append(out, fmt.Sprintf("%s %s %d", item.Kind, item.Mention.Ref.ID, item.Mention.Revision))
		}
		at = page.Next
	}
	return out, at
}

func TestTheWorldIsHeardOnceAndInOrder(t *testing.T) {
	var w memory.Channel
	w.SetNow(noon)
	c := open(t, &w)
	all, start := heard(t, c, "")
	assert.Empty(t, all)
	assert.NotEmpty(t, start, "an idle source has a cursor too")
	first := w.Post(said("eva", "one"))
	second := w.Reply(first, said("jo", "two"))
	w.Edit(first, "one and a half")
	w.Elsewhere(second, "colleague", "three")
	w.Hide(second)
	w.Delete(first)
	w.Garble([]byte("{"))
	want := []string{"created 1 0", "created 2 0", "edited 1 1", "echo 3 0", "hidden 2 0", "deleted 1 0", "undecodable  0"}
	all, end := heard(t, c, start)
	assert.Equal(t, want, all)
	again, _ := heard(t, c, end)
	assert.Empty(t, again, "what was heard is not heard again")
	all, _ = heard(t, c, "")
	assert.Equal(t, want, all, "and from the beginning it is the same")
	_, err := c.Fetch(t.Context(), "somebody else's", 3)
	assert.ErrorIs(t, err, channel.ErrCursorExpired)
	m, _ := w.Look(second)
	assert.Equal(t, "1", m.Parent)
	assert.Equal(t, noon, m.PostedAt)
	assert.False(t, w.Edit(first, "x") || w.Delete(first) || w.Hide(second), "what is gone does not change")
}

func TestAPlatformThatCountsNoRevisions(t *testing.T) {
	w := memory.Channel{Lacks: []string{"revisions"}}
	c := open(t, &w)
	ref := w.Post(said("eva", "one"))
	w.Edit(ref, "two")
	w.Edit(ref, "three")
	ids := map[string]bool{}
	for page, err := range c.Pages(t.Context(), "") {
		require.NoError(t, err)
		for _, item := range page.Items {
			ids[item.ID] = true
			assert.Zero(t, item.Mention.Revision)
		}
	}
	assert.Len(t, ids, 3, "an edit is an item of its own all the same")
	m, err := c.Read(t.Context(), ref)
	require.NoError(t, err)
	assert.Equal(t, "three", m.Text)
}

func TestKeys(t *testing.T) {
	for _, row := range []struct {
		reason string
		lacks  []string
		sent   int
		other  error
	}{
		{"a platform that takes keys", nil, 1, channel.ErrConflict},
		{"one that does not", []string{"keys"}, 3, nil},
	} {
		w := memory.Channel{Lacks: row.lacks}
		c := open(t, &w)
		out := channel.Outgoing{Key: "k", To: w.Post(said("eva", "hello")), Text: "hello to you"}
		first, err := c.Send(t.Context(), out)
		require.NoError(t, err)
		second, err := c.Send(t.Context(), out)
		require.NoError(t, err, row.reason)
		assert.Equal(t, row.lacks == nil, first.Ref == second.Ref, row.reason)
		out.Text = "another body"
		_, err = c.Send(t.Context(), out)
		assert.ErrorIs(t, err, row.other, row.reason)
		assert.Len(t, w.Sent(), row.sent, row.reason)
	}
}

func TestWhatCannotBeAnswered(t *testing.T) {
	var w memory.Channel
	c := open(t, &w)
	edited, gone := w.Post(said("eva", "a")), w.Post(said("eva", "b"))
	w.Edit(edited, "c")
	w.Delete(gone)
	for _, row := range []struct {
		reason string
		to     mention.Ref
		code   channel.Code
	}{
		{"it was edited since", edited, channel.ErrConflict},
		{"it was removed", gone, channel.ErrGone},
		{"it never was", mention.Ref{Channel: "memory", ID: "99"}, channel.ErrNotFound},
	} {
		_, err := c.Send(t.Context(), channel.Outgoing{Key: "k", To: row.to, Text: "hello"})
		assert.ErrorIs(t, err, row.code, row.reason)
		assert.Equal(t, channel.GiveUp, channel.Classify(err), row.reason)
	}
	assert.Empty(t, w.Sent())
}

func TestFaults(t *testing.T) {
	for _, row := range []struct {
		reason  string
		what    memory.Trouble
		advice  channel.Advice
		applied bool
	}{
		{"refused", memory.FailBefore, channel.Retry, false},
		{"done, and the answer is lost", memory.FailAfter, channel.FindOut, true},
		{"lost on the way", memory.Vanish, channel.FindOut, false},
		{"too fast", memory.Throttled, channel.Retry, false},
		{"the login expired", memory.LoggedOut, channel.LogIn, false},
		{"a trouble of reading", memory.Stale, "", true},
	} {
		w := memory.Channel{Faults: []memory.Fault{{Op: "send", Call: 2, What: row.what, After: time.Minute}}}
		c := open(t, &w)
		to := w.Post(said("eva", "hello"))
		_, err := c.Send(t.Context(), channel.Outgoing{Key: "first", To: to, Text: "hello"})
		require.NoError(t, err, "only the second call goes wrong")
		_, err = c.Send(t.Context(), channel.Outgoing{Key: "k", To: to, Text: "hello again"})
		assert.Equal(t, row.advice, channel.Classify(err), row.reason)
		_, err = c.Find(t.Context(), "k")
		assert.Equal(t, row.applied, err == nil, row.reason)
		if err != nil {
			assert.ErrorIs(t, err, channel.ErrNotFound, row.reason)
		}
	}
}

func TestFaultsOfFetching(t *testing.T) {
	for _, row := range []struct {
		reason string
		what   memory.Trouble
		items  int
		gap    bool
	}{
		{"nothing yet", memory.Delay, 0, false},
		{"the last come again", memory.Duplicate, 3, false},
		{"something is lost", memory.Gap, 1, true},
	} {
		w := memory.Channel{Faults: []memory.Fault{{Op: "fetch", Call: 2, What: row.what}}}
		c := open(t, &w)
		w.Post(said("eva", "one"))
		w.Post(said("eva", "two"))
		page, err := c.Fetch(t.Context(), "", 10)
		require.NoError(t, err)
		w.Post(said("eva", "three"))
		page, err = c.Fetch(t.Context(), page.Next, 10)
		require.NoError(t, err)
		assert.Len(t, page.Items, row.items, row.reason)
		assert.Equal(t, row.gap, page.Gap, row.reason)
		rest, _ := heard(t, c, page.Next)
		assert.Len(t, rest, map[bool]int{true: 1, false: 0}[row.what == memory.Delay], "%s: late is not lost", row.reason)
	}
}

func TestModeration(t *testing.T) {
	var w memory.Channel
	c := open(t, &w)
	ref := w.Post(said("eva", "4111 1111 1111 1111"))
	hide := channel.Moderation{Key: "h", Ref: ref, Act: "hide", Reason: "private-data"}
	for range 2 {
		_, err := c.Moderate(t.Context(), hide)
		require.NoError(t, err)
	}
	_, inSight := w.Look(ref)
	assert.False(t, inSight)
	assert.Len(t, w.Sent(), 1, "twice is once")
	theirs := memory.Channel{Venue: mention.Venue{Channel: "stars", Report: true, Max: 1000}}
	hide.Ref = theirs.Post(said("jo", "x"))
	_, err := open(t, &theirs).Moderate(t.Context(), hide)
	assert.ErrorIs(t, err, channel.ErrUnsupported, "a place that is not ours")
}

func TestRevise(t *testing.T) {
	var w memory.Channel
	c := open(t, &w)
	r, err := c.Publish(t.Context(), channel.Post{Key: "v1", Text: "We know.", Statement: true})
	require.NoError(t, err)
	_, err = c.Revise(t.Context(), r.Ref, channel.Post{Key: "v2", Text: "It is mended.", Statement: true})
	require.NoError(t, err)
	m, _ := w.Look(r.Ref)
	assert.Equal(t, "It is mended.", m.Text)
	_, err = c.Revise(t.Context(), w.Post(said("eva", "mine")), channel.Post{Key: "v3", Text: "no", Statement: true})
	assert.ErrorIs(t, err, channel.ErrNotFound, "only what is ours")
}

func TestScriptsComeFromTheirSeed(t *testing.T) {
	assert.Equal(t, memory.Script(7, 50, 300), memory.Script(7, 50, 300))
	assert.NotEqual(t, memory.Script(7, 50, 300), memory.Script(8, 50, 300))
	assert.Empty(t, memory.Script(7, 50, 0))
	assert.Equal(t, "send 3: fail after", memory.Fault{Op: "send", Call: 3, What: memory.FailAfter}.String())
	assert.Equal(t, "fetch every: delay", memory.Fault{Op: "fetch", What: memory.Delay}.String())
	w := memory.Channel{Faults: []memory.Fault{{Op: "read", What: memory.FailAfter}}}
	_, err := open(t, &w).Read(t.Context(), w.Post(said("eva", "x")))
	assert.True(t, errors.Is(err, channel.ErrUnavailable))
}
