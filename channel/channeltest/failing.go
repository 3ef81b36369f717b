package channeltest

import (
	"context"
	"errors"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

var failing = []rule{
	{"answer-lost", "A write whose answer is lost may have been applied, and its error says so.",
		[]need{sends, posts, breaks, done}, func(t *trial) {
			out := t.answer("k1", t.post("hello"), "hello to you")
			t.h.LoseAnswer("send")
			_, err := t.send(out)
			t.failed("a reply whose answer is lost", err)
			t.must(channel.Classify(err) == channel.FindOut, "it went out, and its error says %q: %v", channel.Classify(err), err)
			t.only("send")
		}},
	{"answer-lost-key", "After a lost answer the same key gives the first receipt.",
		[]need{sends, posts, takesKeys, breaks, done}, func(t *trial) {
			out := t.answer("k1", t.post("hello"), "hello to you")
			t.h.LoseAnswer("send")
			_, err := t.send(out)
			t.failed("a reply whose answer is lost", err)
			r := t.sent(out)
			t.must(r.Ref.ID == t.only("send").Ref.ID, "the receipt says %q", r.Ref.ID)
		}},
	{"cancelled-in-flight", "A write that is given up while it is under way may have been applied, and returns soon.",
		[]need{sends, posts, hangs, done}, func(t *trial) {
			out := t.answer("k1", t.post("hello"), "hello to you")
			t.h.Hang("send")
			ctx, cancel := context.WithCancel(t.ctx)
			defer cancel()
			ended := make(chan error, 1)
			go func() {
				_, err := t.c.(channel.Sender).Send(ctx, out)
				ended <- err
			}()
			arrived := t.until(func() bool { return len(t.did("send")) == 1 })
			cancel()
			select {
			case err := <-ended:
				t.must(arrived, "Harness.Hang did not carry it out")
				t.failed("a reply that was given up", err)
				t.must(channel.Classify(err) == channel.FindOut, "it went out, and its error says %q: %v", channel.Classify(err), err)
			case <-time.After(t.h.patience()):
				t.must(false, "a reply that was given up did not return within %s", t.h.patience())
			}
		}},
	{"cancelled-before", "A write whose context is done before it begins is not made, and its error says so.",
		[]need{sends, posts, done}, func(t *trial) {
			out := t.answer("k1", t.post("hello"), "hello to you")
			var err error
			t.within("Send", func() { _, err = t.c.(channel.Sender).Send(t.cancelled(), out) })
			t.failed("a reply that was given up before", err)
			t.undone("a reply that was given up before", err)
			t.must(errors.Is(err, context.Canceled), "the error does not say that it was given up: %v", err)
			t.must(len(t.did("send")) == 0, "it went out")
		}},
	{"rate-limit", "A limit is told at once, with how long it lasts; nothing is retried and nothing slept.",
		[]need{sends, posts, throttles, done}, func(t *trial) {
			out := t.answer("k1", t.post("hello"), "hello to you")
			t.h.Throttle("send", 90*time.Second)
			_, err := t.send(out)
			t.failed("a reply beyond the limit", err, channel.ErrRateLimited)
			t.undone("a reply beyond the limit", err)
			var e *channel.Error
			errors.As(err, &e)
			wait := e.RetryAfter
			t.must(wait > 85*time.Second && wait < 95*time.Second, "RetryAfter is %s, wanted 1m30s", wait)
			t.must(len(t.did("send")) == 0, "it went out")
			t.sent(out)
			t.only("send")
		}},
	{"rate-limit-unsaid", "A limit without an end is told without one.",
		[]need{sends, posts, throttles, done}, func(t *trial) {
			out := t.answer("k1", t.post("hello"), "hello to you")
			t.h.Throttle("send", 0)
			_, err := t.send(out)
			t.failed("a reply beyond the limit", err, channel.ErrRateLimited)
			var e *channel.Error
			errors.As(err, &e)
			t.must(e.RetryAfter == 0, "RetryAfter is %s, and nobody said so", e.RetryAfter)
			t.must(channel.Classify(err) == channel.Retry, "the advice is %q", channel.Classify(err))
			t.must(len(t.did("send")) == 0, "it went out")
		}},
	{"rate-limit-fetch", "A source tells a limit too, and the cursor stands.",
		[]need{fetches, hears, throttles}, func(t *trial) {
			t.posts(2)
			at := t.fetch("", 1).Next
			t.h.Throttle("fetch", 90*time.Second)
			var err error
			t.within("Fetch", func() { _, err = t.c.(channel.Source).Fetch(t.ctx, at, 10) })
			t.failed("a fetch beyond the limit", err, channel.ErrRateLimited)
			items, _ := t.fetched(at, 10)
			t.must(len(items) == 1, "afterwards %d items come, wanted 1", len(items))
		}},
	{"login-expired", "A login that is no longer good is ErrUnauthenticated, and after a new one it goes on.",
		[]need{sends, posts, logs, done}, func(t *trial) {
			out := t.answer("k1", t.post("hello"), "hello to you")
			t.h.LogOut()
			t.refused(out, channel.ErrUnauthenticated)
			t.h.LogIn()
			t.reopen() // with the new login
			t.sent(out)
		}},
	{"login-expired-fetch", "A source whose login is no longer good says so, and loses nothing.",
		[]need{fetches, hears, logs}, func(t *trial) {
			t.posts(2)
			at := t.fetch("", 1).Next
			t.h.LogOut()
			var err error
			t.within("Fetch", func() { _, err = t.c.(channel.Source).Fetch(t.ctx, at, 10) })
			t.failed("a fetch without a login", err, channel.ErrUnauthenticated)
			t.h.LogIn()
			t.reopen()
			items, _ := t.fetched(at, 10)
			t.must(len(items) == 1, "afterwards %d items come, wanted 1", len(items))
		}},
}

// asking is about finding and reading.
var asking = []rule{
	{"find-sent", "What went out is found by its key.",
		[]need{sends, finds, posts}, func(t *trial) {
			r := t.sent(t.answer("k1", t.post("hello"), "hello to you"))
			t.reopen()
			found, err := t.find("k1")
			t.ok("Find", err)
			t.must(found.Ref == r.Ref, "it is found at %v, the receipt says %v", found.Ref, r.Ref)
		}},
	{"find-never", "ErrNotFound: it certainly did not go out.",
		[]need{sends, finds, posts}, func(t *trial) {
			t.sent(t.answer("k1", t.post("hello"), "hello to you"))
			_, err := t.find("k2")
			t.failed("Find of a key that was never given", err, channel.ErrNotFound)
		}},
	{"find-lost", "What went out is found although its answer was lost.",
		[]need{sends, finds, posts, breaks, done}, func(t *trial) {
			t.h.LoseAnswer("send")
			_, err := t.send(t.answer("k1", t.post("hello"), "hello to you"))
			t.failed("a reply whose answer is lost", err)
			found, err := t.find("k1")
			t.ok("Find", err)
			t.must(found.Ref.ID == t.only("send").Ref.ID, "it is found at %q", found.Ref.ID)
		}},
	{"read-now", "Reading shows an item as it stands now.",
		[]need{reads, posts, edits}, func(t *trial) {
			ref := t.post("one")
			m, err := t.read(ref)
			t.ok("Read", err)
			t.must(m.Text == "one" && m.Author.Key() != "", "it says %q by %q", m.Text, m.Author.Key())
			t.h.Edit(ref, "two")
			m, err = t.read(ref)
			t.ok("Read", err)
			t.must(m.Text == "two", "after an edit it says %q", m.Text)
		}},
	{"read-gone", "Reading what was removed, or never was, fails with ErrGone or ErrNotFound.",
		[]need{reads, posts, removes}, func(t *trial) {
			ref := t.post("one")
			t.h.Delete(ref)
			_, err := t.read(ref)
			t.failed("Read of what was removed", err, channel.ErrGone, channel.ErrNotFound)
			_, err = t.read(mention.Ref{Channel: ref.Channel, ID: "no-such-item"})
			t.failed("Read of what never was", err, channel.ErrGone, channel.ErrNotFound)
		}},
	{"asking-does-nothing", "A call that only asks is never said to have been applied.",
		[]need{reads, posts, breaks}, func(t *trial) {
			ref := t.post("one")
			t.h.LoseAnswer("read")
			_, err := t.read(ref)
			t.failed("a Read whose answer is lost", err)
			t.must(channel.Classify(err) == channel.Retry, "the advice is %q: %v", channel.Classify(err), err)
		}},
}

func (t *trial) find(key channel.Key) (r channel.Receipt, err error) {
	t.within("Find", func() { r, err = t.c.(channel.Finder).Find(t.ctx, key) })
	return r, err
}

func (t *trial) read(ref mention.Ref) (m mention.Mention, err error) {
	t.within("Read", func() { m, err = t.c.(channel.Reader).Read(t.ctx, ref) })
	return m, err
}
