package channeltest

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel"
)

var receiving = []rule{
	{"push-good", "What the platform pushed and signed is heard.",
		[]need{receives, hears}, func(t *trial) {
			t.posts(3)
			var got []string
			for _, in := range t.h.Push(Good) {
				got = append(got, texts(of(t.receive(in).Items, channel.Created))...)
			}
			t.must(slices.Equal(got, []string{"word 1", "word 2", "word 3"}), "it is heard as %q", got)
		}},
	{"push-wrong-key", "What is signed with another key is ErrBadSignature.",
		[]need{receives, hears}, func(t *trial) {
			t.post("forged")
			t.forged("a delivery signed with another key", t.h.Push(Wrong)[0], channel.ErrBadSignature)
		}},
	{"push-rotation", "While keys are rotated both are good.",
		[]need{receives, hears}, func(t *trial) {
			t.post("one")
			for _, seal := range []Seal{Good, Next} {
				t.post(string(seal))
				for _, in := range t.h.Push(seal) {
					t.must(len(t.receive(in).Items) > 0, "with the %s key nothing is heard", seal)
				}
			}
		}},
	{"push-old", "What is too old is ErrBadSignature, however well signed.",
		[]need{receives, hears}, func(t *trial) {
			t.post("one")
			in := t.h.Push(Good)[0]
			in.At = in.At.Add(24 * time.Hour)
			t.forged("a delivery of yesterday", in, channel.ErrBadSignature)
		}},
	{"push-future", "What comes from the future is ErrBadSignature.",
		[]need{receives, hears}, func(t *trial) {
			t.post("one")
			in := t.h.Push(Good)[0]
			in.At = in.At.Add(-24 * time.Hour)
			t.forged("a delivery of tomorrow", in, channel.ErrBadSignature)
		}},
	{"push-replayed", "What is pushed twice gives the same items with the same ids.",
		[]need{receives, hears}, func(t *trial) {
			t.posts(2)
			for _, in := range t.h.Push(Good) {
				one := t.receive(in)
				in.At = in.At.Add(time.Minute)
				two := t.receive(in)
				t.must(len(one.Items) > 0 && slices.Equal(ids(one.Items), ids(two.Items)), "the first has %q, the second %q",
					ids(one.Items), ids(two.Items))
				t.must(one.ID == two.ID, "the delivery is %q and then %q", one.ID, two.ID)
				t.reopen()
			}
		}},
	{"push-altered", "One byte changed anywhere is not what the platform signed.",
		[]need{receives, hears}, func(t *trial) {
			t.post("one")
			in := t.h.Push(Good)[0]
			for i := range in.Body {
				changed := in
				changed.Body = bytes.Clone(in.Body)
				changed.Body[i] ^= 1
				t.forged("a delivery with one byte changed", changed, channel.ErrBadSignature)
			}
			changed := in
			changed.Body = append(bytes.Clone(in.Body), ' ')
			t.forged("a delivery with one byte more", changed, channel.ErrBadSignature)
			changed.Body = in.Body[:len(in.Body)-1]
			t.forged("a delivery with one byte less", changed, channel.ErrBadSignature)
		}},
	{"push-unsigned", "Without any one of the headers that prove its origin nothing is heard.",
		[]need{receives, hears}, func(t *trial) {
			t.post("one")
			in := t.h.Push(Good)[0]
			t.must(len(in.Header) > 0, "Harness.Push gives no header")
			for name := range in.Header {
				for _, value := range []string{"", "x", " "} {
					changed := in
					changed.Header = in.Header.Clone()
					changed.Header.Set(name, value)
					if value == "" {
						changed.Header.Del(name)
					}
					t.forged("a delivery with "+name+" "+value, changed, channel.ErrBadSignature, channel.ErrInvalid)
				}
			}
			in.Header = nil
			t.forged("a delivery without headers", in, channel.ErrBadSignature, channel.ErrInvalid)
		}},
	{"push-challenge", "The platform's challenge is answered, and is no news.",
		[]need{receives, challenges}, func(t *trial) {
			in, answer := t.h.Challenge()
			d := t.receive(in)
			t.must(bytes.Equal(d.Answer, answer), "the answer is %q, wanted %q", d.Answer, answer)
			t.must(len(d.Items) == 0, "it is heard as %d items", len(d.Items))
		}},
	{"push-too-large", "What is larger than any delivery is refused.",
		[]need{receives, hears}, func(t *trial) {
			t.post("one")
			in := t.h.Push(Good)[0]
			in.Body = append(bytes.Clone(in.Body), bytes.Repeat([]byte{' '}, 32<<20)...)
			t.forged("a delivery of 32 MB", in, channel.ErrTooLong, channel.ErrBadSignature)
		}},
	{"push-senseless", "What makes no sense costs an error or an answer.",
		[]need{receives, hears}, func(t *trial) {
			for _, body := range []string{"", "{", "null", "[]", "\xff\x00", strings.Repeat("[", 100_000)} {
				in := channel.Inbound{Method: http.MethodPost, At: instant, Body: []byte(body)}
				t.forged("an unsigned delivery of "+body[:min(3, len(body))], in)
			}
			t.forged("a GET that asks for nothing", channel.Inbound{Method: http.MethodGet, At: instant})
		}},
	{"push-as-polled", "An item has the same id by a push and by a poll.",
		[]need{polled, receives, hears}, func(t *trial) {
			t.posts(3)
			var pushed []string
			for _, in := range t.h.Push(Good) {
				pushed = append(pushed, ids(t.receive(in).Items)...)
			}
			items, _ := t.fetched("", 10)
			t.must(slices.Equal(pushed, ids(items)), "by a push %q, by a poll %q", pushed, ids(items))
		}},
}

func (t *trial) receive(in channel.Inbound) channel.Delivery {
	var d channel.Delivery
	var err error
	t.within("Receive", func() { d, err = t.c.(channel.Receiver).Receive(t.ctx, in) })
	t.ok("Receive", err)
	return d
}

// forged is a delivery that must not be heard.
func (t *trial) forged(what string, in channel.Inbound, codes ...channel.Code) {
	var d channel.Delivery
	var err error
	t.within("Receive", func() { d, err = t.c.(channel.Receiver).Receive(t.ctx, in) })
	t.failed(what, err, codes...)
	t.must(len(d.Items) == 0, "%s failed, and %d items came with it", what, len(d.Items))
}
