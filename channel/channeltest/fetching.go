package channeltest

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

var fetching = []rule{
	{"each-once", "Everything is delivered once, oldest first, whatever the limit.",
		[]need{fetches, hears}, func(t *trial) {
			t.posts(7)
			want := []string{"word 1", "word 2", "word 3", "word 4", "word 5", "word 6", "word 7"}
			for _, limit := range []int{1, 2, 3, 7, 100} {
				items, _ := t.fetched("", limit)
				got := texts(of(items, channel.Created))
				t.must(slices.Equal(got, want), "with a limit of %d: %q", limit, got)
			}
		}},
	{"same-instant", "Two items of one instant are both delivered: a timestamp is not a cursor.",
		[]need{fetches, hears}, func(t *trial) {
			for n := range 5 {
				t.post(fmt.Sprintf("word %d", n+1))
			}
			items, next := t.fetched("", 2)
			t.must(len(of(items, channel.Created)) == 5, "5 of one instant, in pages of 2: %q", texts(items))
			t.post("word 6")
			items, _ = t.fetched(next, 2)
			t.must(slices.Equal(texts(items), []string{"word 6"}), "one more of the same instant, later: %q", texts(items))
		}},
	{"resume-anywhere", "From every cursor the rest comes, and nothing that was before it.",
		[]need{fetches, hears}, func(t *trial) {
			t.posts(6)
			pages := t.pages("", 2)
			for n, p := range pages {
				var want []string
				for _, later := range pages[n+1:] {
					want = append(want, ids(later.Items)...)
				}
				rest, _ := t.fetched(p.Next, 2)
				t.must(slices.Equal(ids(rest), want), "after page %d: %q, wanted %q", n+1, ids(rest), want)
			}
		}},
	{"not-stored-again", "The cursor is the acknowledgement: what was not stored is fetched again, the same.",
		[]need{fetches, hears}, func(t *trial) {
			t.posts(4)
			one, two := t.fetch("", 3), t.fetch("", 3)
			t.must(reflect.DeepEqual(one, two), "the same cursor gives another page")
		}},
	{"cursor-survives", "A cursor survives JSON and a restart.",
		[]need{fetches, hears}, func(t *trial) {
			t.posts(5)
			page := t.fetch("", 2)
			rest, _ := t.fetched(page.Next, 2)
			raw, err := json.Marshal(page.Next)
			t.ok("json.Marshal", err)
			var again channel.Cursor
			t.ok("json.Unmarshal", json.Unmarshal(raw, &again))
			t.must(again == page.Next, "after JSON the cursor is %q and not %q", again, page.Next)
			t.reopen()
			later, _ := t.fetched(again, 2)
			t.must(slices.Equal(ids(rest), ids(later)), "a new process hears %q, the old one heard %q", ids(later), ids(rest))
		}},
	{"idle-cursor", "A source with nothing to bring has a cursor too, and it is not passed by what comes later.",
		[]need{fetches, hears}, func(t *trial) {
			empty := t.fetch("", 10)
			t.must(len(empty.Items) == 0 && !empty.More, "an empty world brings %d items, more: %v", len(empty.Items), empty.More)
			t.must(!empty.Gap, "an empty world has a gap")
			t.post("one")
			items, next := t.fetched(empty.Next, 10)
			t.must(slices.Equal(texts(items), []string{"one"}), "after the idle cursor: %q", texts(items))
			items, next = t.fetched(next, 10)
			t.must(len(items) == 0, "what was heard is heard again: %q", texts(items))
			t.post("two")
			items, _ = t.fetched(next, 10)
			t.must(slices.Equal(texts(items), []string{"two"}), "after the second idle cursor: %q", texts(items))
		}},
	{"cursor-foreign", "A cursor that the platform does not know fails with ErrCursorExpired, and is no beginning.",
		[]need{fetches, hears}, func(t *trial) {
			t.post("one")
			for _, cursor := range []channel.Cursor{"somebody else's", "\x00", "-1", "99999999999999999999"} {
				var err error
				t.within("Fetch", func() { _, err = t.c.(channel.Source).Fetch(t.ctx, cursor, 10) })
				t.failed(fmt.Sprintf("Fetch(%q)", cursor), err, channel.ErrCursorExpired)
			}
		}},
	{"cursor-expired", "An expired cursor fails with ErrCursorExpired, and the zero cursor begins again.",
		[]need{fetches, hears, expires}, func(t *trial) {
			t.posts(2)
			old := t.fetch("", 1).Next
			t.h.Expire()
			var err error
			t.within("Fetch", func() { _, err = t.c.(channel.Source).Fetch(t.ctx, old, 10) })
			t.failed("Fetch with an expired cursor", err, channel.ErrCursorExpired)
			t.post("later")
			items, _ := t.fetched("", 10)
			t.must(slices.Contains(texts(items), "later"), "from the beginning: %q", texts(items))
		}},
	{"gap", "A hole is reported as a gap, never passed over.",
		[]need{fetches, hears, loses}, func(t *trial) {
			t.post("one")
			_, at := t.fetched("", 10)
			t.post("two")
			t.h.Lose()
			t.post("three")
			pages := t.pages(at, 10)
			t.must(slices.ContainsFunc(pages, func(p channel.Page) bool { return p.Gap }), "news are lost, and no page has a gap")
			var got []string
			for _, p := range pages {
				got = append(got, texts(p.Items)...)
			}
			t.must(slices.Contains(got, "three"), "what came after the hole is not heard: %q", got)
		}},
	{"poison", "What cannot be read becomes undecodable with its raw bytes, and blocks nothing.",
		[]need{hears, garbles}, func(t *trial) {
			before := t.post("before")
			t.h.Garble()
			after := t.post("after")
			items := t.heard()
			t.one(items, channel.Created, before)
			t.one(items, channel.Created, after)
			bad := of(items, channel.Undecodable)
			t.must(len(bad) == 1, "%d items are undecodable, wanted 1", len(bad))
			t.must(bad[0].ID != "" && len(bad[0].Raw) > 0, "it has no id or no raw bytes")
		}},
	{"fetch-cancelled", "A call returns soon after its context is done.",
		[]need{fetches, hears, hangs}, func(t *trial) {
			t.post("one")
			t.h.Hang("fetch")
			ctx, cancel := context.WithCancel(t.ctx)
			defer cancel()
			timer := time.AfterFunc(10*time.Millisecond, cancel)
			defer timer.Stop()
			var err error
			t.within("Fetch, cancelled,", func() { _, err = t.c.(channel.Source).Fetch(ctx, "", 10) })
			t.failed("a cancelled Fetch", err)
			items, _ := t.fetched("", 10)
			t.must(len(items) == 1, "afterwards %d items are heard, wanted 1", len(items))
		}},
	{"page-is-yours", "A page belongs to whoever fetched it: changing it changes no other.",
		[]need{fetches, hears}, func(t *trial) {
			t.posts(2)
			page := t.fetch("", 10)
			want := slices.Clone(page.Items)
			for i := range page.Items {
				page.Items[i] = channel.Item{}
			}
			again := t.fetch("", 10)
			t.must(reflect.DeepEqual(want, again.Items), "what was done to a page shows in the next")
		}},
	{"fetch-at-once", "Two may fetch at once.",
		[]need{fetches, hears}, func(t *trial) {
			t.posts(4)
			want := t.fetch("", 10)
			t.each(8, func(int) {
				page, err := t.c.(channel.Source).Fetch(t.ctx, "", 10)
				t.ok("Fetch", err)
				t.must(reflect.DeepEqual(want, page), "two at once are given different pages")
			})
		}},
	{"thread-in-order", "What is answered comes before its answer, and the answer says what it answers.",
		[]need{hears, replies}, func(t *trial) {
			root := t.post("root")
			child := t.h.Reply(root, says("child"))
			grandchild := t.h.Reply(child, says("grandchild"))
			items := of(t.heard(), channel.Created)
			t.must(slices.Equal(texts(items), []string{"root", "child", "grandchild"}), "the thread comes as %q", texts(items))
			for n, parent := range []mention.Ref{root, child} {
				t.must(items[n+1].Mention.Parent == parent.ID, "%q answers %q, wanted %q", items[n+1].Mention.Text,
					items[n+1].Mention.Parent, parent.ID)
				t.must(items[n+1].Mention.Root() == root.ID, "%q stands under %q, wanted %q", items[n+1].Mention.Text,
					items[n+1].Mention.Root(), root.ID)
			}
			t.one(items, channel.Created, grandchild)
		}},
	{"child-without-parent", "An answer is heard although what it answers is gone or unknown.",
		[]need{hears, replies, removes}, func(t *trial) {
			root := t.post("root")
			child := t.h.Reply(root, says("child"))
			t.h.Delete(root)
			t.must(t.one(t.heard(), channel.Created, child).Mention.Parent == root.ID, "it no longer says what it answered")
		}},
}
