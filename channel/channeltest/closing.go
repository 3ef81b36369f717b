package channeltest

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"runtime/pprof"
	"strings"
	"sync/atomic"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

var closing = []rule{
	{"close-twice", "Closing twice is closing once.",
		nil, func(t *trial) {
			c := t.closer()
			for range 2 {
				var err error
				t.within("Close", func() { err = c.Close() })
				t.ok("Close", err)
			}
		}},
	{"use-after-close", "Whatever is asked of a closed connector fails with ErrClosed, and nothing goes out.",
		nil, func(t *trial) {
			c := t.closer()
			var to mention.Ref
			if t.h.Post != nil {
				to = t.post("hello")
			}
			t.ok("Close", c.Close())
			if s, ok := t.c.(channel.Source); ok && t.d.Fetches {
				var err error
				t.within("Fetch", func() { _, err = s.Fetch(t.ctx, "", 10) })
				t.failed("Fetch after Close", err, channel.ErrClosed)
			}
			if t.d.Sends {
				_, err := t.send(t.answer("k1", to, "hello to you"))
				t.failed("Send after Close", err, channel.ErrClosed)
				t.undone("Send after Close", err)
			}
			if t.d.Publishes {
				_, err := t.publish(channel.Post{Key: "p1", Text: "We know."})
				t.failed("Publish after Close", err, channel.ErrClosed)
			}
			if t.h.Done != nil {
				t.must(len(t.h.Done()) == 0, "something went out")
			}
		}},
	{"close-while-fetching", "Who waits for news is woken by Close.",
		[]need{fetches, hangs}, func(t *trial) {
			c := t.closer()
			t.h.Hang("fetch")
			ended := make(chan error, 1)
			go func() {
				_, err := t.c.(channel.Source).Fetch(t.ctx, "", 10)
				ended <- err
			}()
			timer := time.NewTimer(10 * time.Millisecond)
			defer timer.Stop()
			<-timer.C
			t.within("Close", func() { t.ok("Close", c.Close()) })
			select {
			case err := <-ended:
				t.failed("Fetch while closing", err, channel.ErrClosed)
			case <-time.After(t.h.patience()):
				t.must(false, "Fetch goes on for %s after Close", t.h.patience())
			}
		}},
	{"no-goroutine-left", "After the last call, and Close where there is one, no goroutine is left.",
		nil, func(t *trial) {
			mark := fmt.Sprint("trial ", trials.Add(1))
			pprof.Do(t.ctx, pprof.Labels("channeltest", mark), t.shortLife)
			left := 0
			t.until(func() bool { left = running(mark); return left == 0 })
			t.must(left == 0, "%d goroutines are left", left)
		}},
}

var secrecy = []rule{
	{"no-secret-told", "Secrets never appear in errors, prints or JSON.",
		[]need{receives}, func(t *trial) {
			t.said.mu.Lock()
			all := append([]string{fmt.Sprintf("%v %+v %s", t.c, t.c, t.c)}, t.said.all...)
			t.said.mu.Unlock()
			if raw, err := json.Marshal(t.c); err == nil {
				all = append(all, string(raw))
			}
			for _, secret := range t.h.Secrets {
				for _, form := range forms(secret) {
					for _, s := range all {
						t.must(!strings.Contains(s, form), "a secret is told in %.60q", strings.ReplaceAll(s, form, "[the secret]"))
					}
				}
			}
		}},
}

// forms is how a secret can look when it is printed.
func forms(secret string) []string {
	bare := strings.TrimPrefix(secret, "whsec_")
	out := []string{bare}
	raws := [][]byte{[]byte(bare)}
	if raw, err := base64.StdEncoding.DecodeString(bare); err == nil && len(raw) > 0 {
		raws = append(raws, raw)
		out = append(out, string(raw))
	}
	for _, raw := range raws {
		out = append(out, hex.EncodeToString(raw), strings.Trim(fmt.Sprint(raw), "[]"))
	}
	return out
}

// shortLife opens a connector, makes some calls and closes it.
func (t *trial) shortLife(ctx context.Context) {
	t.reopen()
	if t.d.Fetches {
		t.within("Fetch", func() { _, _ = t.c.(channel.Source).Fetch(ctx, "", 10) })
	}
	if t.d.Sends && t.h.Post != nil {
		out := t.answer("k1", t.post("hello"), "hello to you")
		t.within("Send", func() { _, _ = t.c.(channel.Sender).Send(ctx, out) })
	}
	if c, ok := t.c.(io.Closer); ok {
		t.within("Close", func() { _ = c.Close() })
	}
}

// closer is the connector, if it can be closed.
func (t *trial) closer() io.Closer {
	c, ok := t.c.(io.Closer)
	if !ok {
		t.skip("the connector is no io.Closer: it holds nothing open")
	}
	return c
}

var trials atomic.Int64

// running counts the goroutines that were begun under a mark.
func running(mark string) int {
	var b bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&b, 1); err != nil {
		return -1
	}
	n := 0
	for _, block := range strings.Split(b.String(), "\n\n") {
		if !strings.Contains(block, fmt.Sprintf("%q:%q", "channeltest", mark)) {
			continue
		}
		var here int
		for line := range strings.Lines(block) {
			if _, err := fmt.Sscanf(line, "%d @", &here); err == nil {
				break
			}
		}
		n += here
	}
	return n
}
