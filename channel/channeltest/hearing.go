package channeltest

import (
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

var hearing = []rule{
	{"who-and-when", "A mention says who spoke and when, in UTC.",
		[]need{hears}, func(t *trial) {
			m := t.spoken(says("one"))
			t.must(m.Text == "one", "it says %q", m.Text)
			t.must(m.Author.Key() != "", "nobody said it")
			t.must(m.PostedAt.Equal(instant), "it was posted at %s, wanted %s", m.PostedAt, instant)
			_, offset := m.PostedAt.Zone()
			t.must(offset == 0, "the instant is not in UTC: %s", m.PostedAt)
		}},
	{"item-ids", "Every item has an id, unique within the channel.",
		[]need{hears}, func(t *trial) {
			refs := t.posts(3)
			if t.h.Edit != nil {
				t.h.Edit(refs[0], "edited")
				t.h.Edit(refs[0], "edited again")
			}
			if t.h.Delete != nil {
				t.h.Delete(refs[0])
			}
			seen := map[string]bool{}
			for _, i := range t.heard() {
				t.must(i.ID != "", "an item (%s) has no id", i.Kind)
				t.must(!seen[i.ID], "two items have the id %q", i.ID)
				seen[i.ID] = true
			}
		}},
	{"edit-is-a-revision", "An edit is a new item about the same mention, with the new words and a higher revision.",
		[]need{hears, edits}, func(t *trial) {
			ref := t.post("one")
			first := t.one(t.heard(), channel.Created, ref)
			t.h.Edit(ref, "two")
			edited := t.one(t.heard(), channel.Edited, ref)
			t.must(edited.ID != first.ID, "it has the id of the first")
			t.must(edited.Mention.Text == "two", "it says %q", edited.Mention.Text)
			one, two := first.Mention.Revision, edited.Mention.Revision
			t.must(two > one || one == 0 && two == 0, "the revision goes from %d to %d", one, two) // 0 and 0: it does not count
		}},
	{"deletion-carries-nothing", "A deletion is told, and carries no text and no author.",
		[]need{hears, deletes}, func(t *trial) {
			ref := t.post("a secret")
			t.heard()
			t.h.Delete(ref)
			t.bare(t.one(t.heard(), channel.Deleted, ref))
		}},
	{"hiding-carries-nothing", "A hiding is told, and carries no text and no author.",
		[]need{hears, hides}, func(t *trial) {
			ref := t.post("a secret")
			t.heard()
			t.h.Hide(ref)
			t.bare(t.one(t.heard(), channel.Hidden, ref))
		}},
	{"echo-is-ours", "Our own posts come back as echo and are not mentions.",
		[]need{hears, sends, echoes}, func(t *trial) {
			r := t.sent(t.answer("k1", t.post("hello"), "hello to you"))
			items := t.heard()
			t.must(len(about(items, channel.Created, r.Ref)) == 0, "our own reply is heard as a mention")
			echo := t.one(items, channel.Echo, r.Ref)
			t.must(echo.Key == "" || echo.Key == "k1", "the echo names the key %q", echo.Key)
		}},
	{"echo-from-elsewhere", "What a colleague says in the platform's own app is an echo without a key of ours.",
		[]need{hears, elsewhere}, func(t *trial) {
			to := t.post("hello")
			ref := t.h.Elsewhere(to, "we are on it")
			items := t.heard()
			t.must(len(about(items, channel.Created, ref)) == 0, "an answer of ours is heard as a mention")
			echo := t.one(items, channel.Echo, ref)
			t.must(echo.Key == "", "it names the key %q, which nobody gave", echo.Key)
			t.must(echo.Mention.Parent == to.ID || echo.Mention.Root() == to.ID, "it does not say what it answers")
		}},
	{"private-flag", "What was written to us in private is marked as private, and what was not is not.",
		[]need{hears, private}, func(t *trial) {
			secret, open := t.h.Message(says("my booking is 44-1092")), t.post("hello")
			items := t.heard()
			m := t.one(items, channel.Created, secret).Mention
			t.must(m.IsPrivate(), "a private message is %q", m.Visibility)
			m = t.one(items, channel.Created, open).Mention
			t.must(!m.IsPrivate(), "a public post is private")
		}},
	{"invalid-utf8", "Words that are not valid UTF-8 are heard all the same, and can be stored.",
		[]need{hears}, func(t *trial) {
			t.post("a\xff\xfeb\x00c")
			items := t.heard()
			t.must(len(items) == 1, "%d items are heard, wanted 1", len(items))
			c, err := channel.New(t.c, channel.Options{})
			t.ok("channel.New", err)
			item := c.Accept(items[0])
			_, err = json.Marshal(item)
			t.ok("json.Marshal", err)
			if item.Kind != channel.Undecodable {
				text := item.Mention.Text
				t.must(utf8.ValidString(text) && strings.HasPrefix(text, "a") && strings.HasSuffix(text, "c"), "it says %q", text)
			}
		}},
	{"odd-letters", "Marks of direction, joiners and signs of width zero arrive as they were written.",
		[]need{hears}, func(t *trial) {
			const text = "\u202eabc\u202c \u2066x\u2069 👩\u200d👩\u200d👧 a\u200bb e\u0301 \ufeffend"
			m := t.spoken(says(text))
			t.must(m.Text == text, "it says %+q, wanted %+q", m.Text, text)
		}},
	{"long-words", "A long text comes whole, or says that it was cut.",
		[]need{hears}, func(t *trial) {
			text := strings.Repeat("long words ", 5000)
			m := t.spoken(says(text))
			t.must(m.Text == text || m.Truncated && len(m.Text) > 0, "%d bytes of %d arrive, truncated: %v", len(m.Text), len(text),
				m.Truncated)
		}},
	{"old-and-new-instants", "Instants before 1970 and long ago are no mistake.",
		[]need{hears}, func(t *trial) {
			m := says("long ago")
			m.PostedAt = time.Date(1969, 7, 20, 20, 17, 40, 0, time.UTC)
			got := t.spoken(m).PostedAt
			t.must(got.Equal(m.PostedAt), "it was posted at %s, wanted %s", got, m.PostedAt)
		}},
}

// spoken is what is heard of what somebody says.
func (t *trial) spoken(m mention.Mention) mention.Mention {
	ref := t.h.Post(m)
	return t.one(t.heard(), channel.Created, ref).Mention
}

// bare ends the trial if an item says more than what it is about.
func (t *trial) bare(item channel.Item) {
	m := item.Mention
	m.Ref, m.Account, m.ReceivedAt = mention.Ref{}, "", time.Time{}
	m.Kind, m.Visibility, m.Thread, m.Parent = "", "", "", ""
	raw, err := json.Marshal(m)
	t.ok("json.Marshal", err)
	empty, _ := json.Marshal(mention.Mention{})
	t.must(string(raw) == string(empty), "it carries %s", raw)
	t.must(!strings.Contains(string(item.Raw), "a secret"), "its raw bytes carry the text")
}
