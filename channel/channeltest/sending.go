package channeltest

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

var sending = []rule{
	{"reply-arrives", "A reply goes out as it was given, to what it answers, and the receipt says where it stands.",
		[]need{sends, posts, done}, func(t *trial) {
			t.post("somebody else")
			to := t.post("hello")
			r := t.sent(t.answer("k1", to, "hello to you"))
			t.must(r.Ref.ID != "", "the receipt does not say where it stands")
			out := t.only("send")
			t.must(out.To.ID == to.ID, "it answers %q, wanted %q", out.To.ID, to.ID)
			t.must(out.Text == "hello to you", "it says %q", out.Text)
			t.must(out.Ref.ID == r.Ref.ID, "it stands at %q, and the receipt says %q", out.Ref.ID, r.Ref.ID)
		}},
	{"reply-in-thread", "An answer within a thread stands beneath what it answers, not beneath the thread's beginning.",
		[]need{sends, posts, replies, done}, func(t *trial) {
			root := t.post("root")
			child := t.h.Reply(root, says("child"))
			r := t.sent(t.answer("k1", child, "hello to you"))
			t.must(t.only("send").To.ID == child.ID, "it answers %q, wanted %q", t.only("send").To.ID, child.ID)
			if echo := about(t.maybe(), channel.Echo, r.Ref); len(echo) > 0 {
				m := echo[0].Mention
				t.must(m.Parent == child.ID && m.Root() == root.ID, "its echo stands beneath %q in %q", m.Parent, m.Root())
			}
		}},
	{"private-stays-private", "A private reply is not published, and a public one is not private.",
		[]need{sends, private, posts, done}, func(t *trial) {
			out := t.answer("k1", t.h.Message(says("my booking is 44-1092")), "We found it.")
			out.Visibility, out.Author = mention.Private, "u1"
			t.sent(out)
			t.must(t.only("send").Visibility == mention.Private, "a private reply went out %q", t.only("send").Visibility)
			open := t.answer("k2", t.post("hello"), "hello to you")
			open.Visibility = mention.Public
			t.sent(open)
			all := t.did("send")
			t.must(len(all) == 2 && all[1].Visibility != mention.Private, "a public reply went out in private")
		}},
	{"odd-letters-sent", "Marks of direction, joiners and line ends of a reply go out as they were approved.",
		[]need{sends, posts, done}, func(t *trial) {
			text := "a\u200d\u202eb\u202c\n👩\u200d👩\u200d👧 e\u0301 <b>&amp; %s \\n \"x\""
			if !t.d.Venue.Fits(text) {
				text = "e\u0301\u200d<&"
			}
			t.sent(t.answer("k1", t.post("hello"), text))
			t.must(t.only("send").Text == text, "it says %+q, wanted %+q", t.only("send").Text, text)
		}},
	{"too-long", "What is longer than the venue allows is not cut and not sent; what just fits is.",
		[]need{sends, posts, limited, done}, func(t *trial) {
			to := t.post("hello")
			fits := strings.Repeat("a", t.d.Venue.Max)
			for !t.d.Venue.Fits(fits) { // a measure that counts otherwise
				fits = fits[:len(fits)/2]
			}
			for t.d.Venue.Fits(fits + "a") {
				fits += "a"
			}
			c, err := channel.New(t.c, channel.Options{})
			t.ok("channel.New", err)
			_, err = c.Send(t.ctx, t.answer("k1", to, fits+"a"))
			t.failed("a reply that is too long", err, channel.ErrTooLong)
			t.must(len(t.did("send")) == 0, "it went out all the same")
			t.sent(t.answer("k2", to, fits))
			t.must(t.only("send").Text == fits, "what just fits went out with %d letters of %d", len(t.only("send").Text), len(fits))
		}},
	{"too-late", "What may not go out any more does not: checked at the moment of sending.",
		[]need{sends, posts, done}, func(t *trial) {
			c, err := channel.New(t.c, channel.Options{Now: func() time.Time { return instant }})
			t.ok("channel.New", err)
			out := t.answer("k1", t.post("hello"), "hello to you")
			out.NotAfter = instant.Add(-time.Second)
			_, err = c.Send(t.ctx, out)
			t.failed("a reply after NotAfter", err, channel.ErrWindowClosed)
			t.must(len(t.did("send")) == 0, "it went out all the same")
		}},
	{"window-closed", "What the platform no longer lets us answer fails with ErrWindowClosed.",
		[]need{sends, posts, closes, done}, func(t *trial) {
			to := t.post("hello")
			t.h.CloseWindow(to)
			t.refused(t.answer("k1", to, "hello to you"), channel.ErrWindowClosed)
		}},
	{"answer-to-gone", "What was removed cannot be answered: ErrGone or ErrNotFound, and nothing goes out.",
		[]need{sends, posts, removes, done}, func(t *trial) {
			to := t.post("hello")
			t.h.Delete(to)
			t.refused(t.answer("k1", to, "hello to you"), channel.ErrGone, channel.ErrNotFound)
			t.refused(t.answer("k2", mention.Ref{Channel: to.Channel, ID: "no-such-item"}, "hello"), channel.ErrGone,
				channel.ErrNotFound)
		}},
	{"answer-to-changed", "What was changed since the reply was written is not answered: ErrConflict, and nothing goes out.",
		[]need{sends, posts, edits, hears, done}, func(t *trial) {
			to := t.post("I like it")
			out := t.answer("k1", to, "Thank you!")
			out.IfRevision = t.one(t.heard(), channel.Created, to).Mention.Revision
			t.h.Edit(to, "I hate it")
			edited := t.one(t.heard(), channel.Edited, to).Mention
			if edited.Revision == out.IfRevision {
				t.skip("the platform does not count revisions")
			}
			t.refused(out, channel.ErrConflict)
			out.Key, out.IfRevision = "k2", edited.Revision
			t.sent(out)
		}},
	{"banned", "What our account may not do fails with ErrForbidden, and nothing goes out.",
		[]need{sends, posts, bans, done}, func(t *trial) {
			to := t.post("hello")
			t.h.Ban()
			t.refused(t.answer("k1", to, "hello to you"), channel.ErrForbidden)
		}},
}

// keeping is about keys.
var keeping = []rule{
	{"key-twice", "A key again with the same body: the first receipt, and nothing goes out a second time.",
		[]need{sends, posts, takesKeys, done}, func(t *trial) {
			out := t.answer("k1", t.post("hello"), "hello to you")
			one, two := t.sent(out), t.sent(out)
			t.must(one.Ref == two.Ref, "the receipts name %q and %q", one.Ref.ID, two.Ref.ID)
			t.only("send")
		}},
	{"key-other-body", "A key again with another body: ErrConflict, and nothing goes out.",
		[]need{sends, posts, takesKeys, done}, func(t *trial) {
			out := t.answer("k1", t.post("hello"), "hello to you")
			t.sent(out)
			out.Text = "something else"
			_, err := t.send(out)
			t.failed("the same key with another text", err, channel.ErrConflict)
			t.must(t.only("send").Text == "hello to you", "it now says %q", t.only("send").Text)
		}},
	{"key-other-place", "A key is bound to what it answered: with another To it is ErrConflict.",
		[]need{sends, posts, takesKeys, done}, func(t *trial) {
			out := t.answer("k1", t.post("hello"), "hello to you")
			other := t.post("hello too")
			t.sent(out)
			out.To = other
			_, err := t.send(out)
			t.failed("the same key to another item", err, channel.ErrConflict)
			t.only("send")
		}},
	{"key-race", "Two calls at once with one key are one reply.",
		[]need{sends, posts, takesKeys, done}, func(t *trial) {
			out := t.answer("k1", t.post("hello"), "hello to you")
			var mu sync.Mutex
			var refs []mention.Ref
			t.each(8, func(int) {
				r, err := t.c.(channel.Sender).Send(t.ctx, out)
				if err != nil { // another is at it: that must be said, and it must not be final
					t.failed("one of several at once", err)
					advice := channel.Classify(err)
					t.must(advice == channel.FindOut || advice == channel.Retry, "one of several at once: %v", err)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				refs = append(refs, r.Ref)
			})
			t.must(len(refs) > 0, "all of them failed")
			t.must(len(slices.Compact(refs)) == 1, "they have %d receipts", len(slices.Compact(refs)))
			t.only("send")
		}},
	{"key-survives", "A new process that gives the key again gets the first receipt.",
		[]need{sends, posts, takesKeys, done}, func(t *trial) {
			out := t.answer("k1", t.post("hello"), "hello to you")
			one := t.sent(out)
			t.reopen()
			two := t.sent(out)
			t.must(one.Ref == two.Ref, "the receipts name %q and %q", one.Ref.ID, two.Ref.ID)
			t.only("send")
		}},
	{"two-keys", "Two keys are two replies, also with the same words.",
		[]need{sends, posts, done}, func(t *trial) {
			if t.d.Venue.RepliesPerItem == 1 {
				t.skip("one reply for each item")
			}
			to := t.post("hello")
			one, two := t.sent(t.answer("k1", to, "hello to you")), t.sent(t.answer("k2", to, "hello to you"))
			t.must(one.Ref != two.Ref, "both have one receipt")
			t.must(len(t.did("send")) == 2, "%d went out", len(t.did("send")))
		}},
}

// answer is a reply.
func (t *trial) answer(key channel.Key, to mention.Ref, text string) channel.Outgoing {
	visibility := mention.Public
	if v := t.d.Venue.Visibilities; len(v) > 0 && !slices.Contains(v, visibility) {
		visibility = v[0]
	}
	return channel.Outgoing{Key: key, To: to, Author: "u1", Text: text, Visibility: visibility}
}

func (t *trial) send(out channel.Outgoing) (r channel.Receipt, err error) {
	t.within("Send", func() { r, err = t.c.(channel.Sender).Send(t.ctx, out) })
	return r, err
}

// sent is the receipt of a reply that has to go out.
func (t *trial) sent(out channel.Outgoing) channel.Receipt {
	r, err := t.send(out)
	t.ok("Send", err)
	return r
}

// refused is a reply that must not go out, and whose error says so.
func (t *trial) refused(out channel.Outgoing, codes ...channel.Code) {
	_, err := t.send(out)
	t.failed("Send", err, codes...)
	t.undone("Send", err)
	t.must(len(t.did("send")) == 0, "it went out all the same")
}

// did is what the house did of one kind.
func (t *trial) did(op string) (out []Done) {
	for _, d := range t.h.Done() {
		if d.Op == op {
			out = append(out, d)
		}
	}
	return out
}

// only is the one thing of a kind that the house did.
func (t *trial) only(op string) Done {
	all := t.did(op)
	t.must(len(all) == 1, "the world has %d of %s, wanted 1", len(all), op)
	return all[0]
}

// maybe is what is heard, nothing by a connector that does not hear.
func (t *trial) maybe() []channel.Item {
	if !t.d.Fetches && (!t.d.Receives || t.h.Push == nil) {
		return nil
	}
	return t.heard()
}

// each calls from n goroutines at once, and ends the trial as the first of them did that failed.
func (t *trial) each(n int, call func(int)) {
	t.within("one of several calls at once", func() {
		var wg sync.WaitGroup
		begin := make(chan struct{})
		ends := make(chan any, n)
		for i := range n {
			wg.Go(func() {
				defer func() { ends <- recover() }()
				<-begin
				call(i)
			})
		}
		close(begin)
		wg.Wait()
		close(ends)
		for end := range ends {
			if end != nil {
				panic(end)
			}
		}
	})
}

// cancelled is a call whose context is done before it begins.
func (t *trial) cancelled() context.Context {
	ctx, cancel := context.WithCancel(t.ctx)
	cancel()
	return ctx
}
