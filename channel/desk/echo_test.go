package desk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
)

func TestAnAnswerToAStrangerIsNoAnswerToTheCustomer(t *testing.T) {
	for _, row := range []struct {
		reason string
		answer func(eva, jo mention.Ref) mention.Mention
		owed   bool
	}{
		{"beneath a stranger's comment", func(eva, jo mention.Ref) mention.Mention {
			return mention.Mention{Parent: jo.ID, Thread: eva.ID}
		}, true},
		{"beneath a comment that we never heard of", func(eva, _ mention.Ref) mention.Mention {
			return mention.Mention{Parent: "77", Thread: eva.ID}
		}, true},
		{"a post of our own", func(_, _ mention.Ref) mention.Mention { return mention.Mention{Thread: "900"} }, true},
		{"beneath the customer's post", func(eva, _ mention.Ref) mention.Mention {
			return mention.Mention{Parent: eva.ID, Thread: eva.ID}
		}, false},
		{"in the customer's conversation, and the platform says no more", func(eva, _ mention.Ref) mention.Mention {
			return mention.Mention{Thread: eva.ID}
		}, false},
	} {
		h := newHouse(t, &memory.Channel{})
		eva := h.world.Post(said("eva", "Fjordwing lost my bag"))
		jo := h.world.Reply(eva, said("jo", "Fjordwing and the weather"))
		h.tick()
		m := row.answer(eva, jo)
		m.Ref.ID, m.Text = "900", "on it"
		h.echo("x", m, "")
		assert.Equal(t, row.owed, !h.only().Owed.IsZero(), row.reason)
		h.replays()
	}
}

func TestAColleagueAnswersInPrivate(t *testing.T) {
	for _, row := range []struct {
		reason string
		parent string
	}{
		{"the platform names only the conversation", ""},
		{"it names a message that we never heard of", "77"},
	} {
		h, m := meddled(t, &memory.Channel{Lacks: []string{"fetch", "echoes"}})
		post := said("eva", "Fjordwing lost my bag")
		post.Visibility, post.Kind = mention.Private, mention.Message
		ref := h.world.Post(post)
		post, _ = h.world.Look(ref)
		post.Thread = "conversation 7"
		require.NoError(t, h.desk.Handle(t.Context(), "", channel.Item{ID: "a", Kind: channel.Created, Mention: post}))
		h.tick()
		h.approve("1", "We are sorry about your bag.")
		h.echo("x", mention.Mention{Ref: mention.Ref{ID: "900"}, Thread: "conversation 7", Parent: row.parent,
			Visibility: mention.Private, Text: "on it"}, "")
		h.after(time.Minute)
		assert.Empty(t, h.sends(), row.reason)
		assert.Equal(t, []string{"undelivered answered"}, h.outcomes("send"), row.reason)
		m.send = nil
		h.replays()
	}
}

func TestOurOwnWordsInAnotherShape(t *testing.T) {
	lost := func(channel.Receipt, error) (channel.Receipt, error) { return channel.Receipt{}, errLost }
	nowhere := func(r channel.Receipt, err error) (channel.Receipt, error) { return channel.Receipt{}, err }
	for _, row := range []struct {
		reason string
		text   string
		during bool // the echo comes while the reply is on its way
		ends   func(channel.Receipt, error) (channel.Receipt, error)
		ours   bool
	}{
		{"the platform did not say where it stands", "We are sorry about your bag.", false, nowhere, true},
		{"and set it in its own way", " We are sorry\nabout your bag. ", false, nowhere, true},
		{"it comes early, with words that the platform altered", "We are sorry about your bag. https://t.example/1", true, nil, true},
		{"it comes early, and the answer is lost", "We are sorry about your bag.", true, lost, true},
		{"a colleague says something else afterwards", "It is found!", false, nil, false},
	} {
		h, m, post := asked(t, &memory.Channel{Lacks: []string{"find", "keys", "echoes"}})
		echo := mention.Mention{Ref: mention.Ref{ID: "900"}, Parent: post.ID, Text: row.text}
		m.send = func(r channel.Receipt, err error) (channel.Receipt, error) {
			if row.ours {
				echo.Ref = r.Ref
			}
			if row.during {
				h.echo("x", echo, "")
			}
			if row.ends != nil {
				return row.ends(r, err)
			}
			return r, err
		}
		h.after(time.Minute)
		if !row.during {
			h.echo("x", echo, "")
		}
		h.after(time.Minute)
		h.echo("the same by another road", echo, "")
		want := 2
		if row.ours {
			want = 1
		}
		assert.Equal(t, want, h.only().Ours, row.reason)
		assert.Equal(t, []string{"delivered"}, h.outcomes("send"), row.reason)
		left, err := h.store.Inbox(t.Context(), 9)
		require.NoError(t, err)
		assert.Empty(t, left, "%s: and nothing waits for ever", row.reason)
		h.replays()
	}
}

func TestWhatWasGivenUpAndIsOutAllTheSame(t *testing.T) {
	h, m, _ := asked(t, &memory.Channel{Lacks: []string{"find", "keys", "echoes"}})
	m.send = func(channel.Receipt, error) (channel.Receipt, error) { return channel.Receipt{}, errLost }
	h.after(time.Minute)
	require.Equal(t, []string{"uncertain"}, h.outcomes("send"))
	key := h.requests("send")[0].Key
	require.NoError(t, h.do("2", "ana", h.only().ID, event.Undelivered{Key: key, Reason: event.Failed}))
	require.False(t, h.only().Owed.IsZero(), "a person says that it did not go out")
	h.echo("x", mention.Mention{Ref: h.sends()[0].Ref, Text: "We are sorry about your bag."}, channel.Key(key))
	assert.True(t, h.only().Owed.IsZero(), "and here it stands: the customer has his answer")
	require.NotNil(t, h.only().Draft)
	assert.NotEmpty(t, h.only().Draft.Stale, "nobody sends it a second time")
	h.replays()
}

func TestAnotherTenantProvesNothing(t *testing.T) {
	h, m, _ := asked(t, &memory.Channel{Lacks: []string{"find", "keys", "echoes"}})
	m.send = func(channel.Receipt, error) (channel.Receipt, error) { return channel.Receipt{}, errLost }
	h.after(time.Minute)
	key := channel.Key(h.requests("send")[0].Key)
	echo := channel.Item{ID: "x", Kind: channel.Echo, Key: key, Mention: mention.Mention{Ref: h.sends()[0].Ref, Text: "x"}}
	require.NoError(t, h.desk.Handle(t.Context(), "another", echo))
	assert.Equal(t, []string{"uncertain"}, h.outcomes("send"))
	require.NoError(t, h.desk.Handle(t.Context(), "", echo))
	assert.Equal(t, []string{"delivered"}, h.outcomes("send"))
}

func TestEditsThatThePlatformDoesNotCount(t *testing.T) {
	for _, row := range []struct {
		reason string
		lacks  []string
	}{
		{"it is heard, and can be read", nil},
		{"it is heard, and nobody can read it", []string{"read"}},
		{"only the reader knows", []string{"fetch"}},
	} {
		lacks := append([]string{"revisions"}, row.lacks...)
		h := newHouse(t, &memory.Channel{Lacks: lacks})
		post := h.world.Post(said("eva", "Fjordwing lost my bag"))
		m, _ := h.world.Look(post)
		require.NoError(t, h.desk.Handle(t.Context(), "", channel.Item{ID: "1/created/0", Kind: channel.Created, Mention: m}))
		h.tick()
		for n, text := range []string{"Fjordwing lost both bags", "Fjordwing lost my bag", "Fjordwing lost them all"} {
			h.approve(text, "We are sorry.")
			h.world.Edit(post, text)
			h.after(time.Minute)
			assert.Empty(t, h.sends(), "%s: what was written for other words stays here", row.reason)
			require.Len(t, h.outcomes("send"), n+1, row.reason)
			assert.Equal(t, "undelivered changed", h.outcomes("send")[n], row.reason)
		}
		h.approve("last", "We are sorry.")
		h.after(time.Minute)
		assert.Len(t, h.sends(), 1, "%s: what was written for these goes out", row.reason)
		h.replays()
	}
}

func TestAnEditThatComesAgainIsNoEdit(t *testing.T) {
	h := newHouse(t, &memory.Channel{Lacks: []string{"revisions", "fetch"}})
	ref := h.world.Post(said("eva", "Fjordwing lost my bag"))
	handle := func(id string, kind channel.ItemKind, text string) {
		m, _ := h.world.Look(ref)
		m.Text = text
		require.NoError(t, h.desk.Handle(t.Context(), "", channel.Item{ID: id, Kind: kind, Mention: m}))
	}
	handle("1", channel.Created, "Fjordwing lost my bag")
	handle("2", channel.Edited, "Fjordwing lost both bags")
	handle("3", channel.Edited, "Fjordwing lost it all")
	want := encode(t, h.only())
	handle("2", channel.Edited, "Fjordwing lost both bags")
	handle("1", channel.Created, "Fjordwing lost my bag")
	handle("the last by another road", channel.Edited, "Fjordwing lost it all")
	assert.Equal(t, want, encode(t, h.only()), "a webhook may bring again what it brought before")
	text, err := h.store.Text(t.Context(), "", ref)
	require.NoError(t, err)
	assert.Equal(t, "Fjordwing lost it all", text.Text)
}

func TestWhatWeHidAndItsAuthorDeletes(t *testing.T) {
	for _, row := range []struct {
		reason string
		faults []memory.Fault
		meets  func(w *memory.Channel, ref mention.Ref)
		gone   bool
	}{
		{"we hid it", nil, func(*memory.Channel, mention.Ref) {}, false},
		{"we hid it, and then its author deletes it", nil, func(w *memory.Channel, ref mention.Ref) { w.Delete(ref) }, true},
		{"we could not hide it, and the platform does", []memory.Fault{{Op: "moderate", What: memory.LoggedOut}},
			func(w *memory.Channel, ref mention.Ref) { w.Hide(ref) }, true},
	} {
		h := newHouse(t, &memory.Channel{Faults: row.faults})
		ref := h.world.Post(said("eva", "Fjordwing charged my card 4111 1111 1111 1111 twice"))
		for range 30 {
			h.after(time.Minute)
		}
		row.meets(h.world, ref)
		h.after(time.Minute)
		assert.Equal(t, row.gone, h.only().Messages[0].Gone, row.reason)
		h.replays()
	}
}

func TestAReaderThatCannot(t *testing.T) {
	for _, row := range []struct {
		reason  string
		code    channel.Code
		after   time.Duration
		outcome string
	}{
		{"this kind of item nobody can read: as without a reader", channel.ErrUnsupported, time.Minute, "delivered"},
		{"we may not read it: it will never work", channel.ErrForbidden, time.Minute, "undelivered failed"},
		{"it is not there", channel.ErrNotFound, time.Minute, "undelivered gone"},
		{"it is going down, for hours", channel.ErrClosed, 5 * time.Hour, "waiting"},
		{"it does not answer", channel.ErrUnavailable, 5 * time.Hour, "undelivered failed"},
	} {
		h, m, _ := asked(t, &memory.Channel{})
		m.read = func(mention.Ref) error { return row.code }
		for range int(row.after / time.Minute) {
			h.after(time.Minute)
		}
		assert.Equal(t, []string{row.outcome}, h.outcomes("send"), row.reason)
		m.read = nil
		h.after(2 * time.Minute)
		if row.outcome == "waiting" {
			assert.Equal(t, []string{"delivered"}, h.outcomes("send"), "%s: and then it is", row.reason)
		}
		for _, o := range h.requests("send") {
			assert.Equal(t, desk.Settled, o.State, row.reason)
		}
		h.replays()
	}
}
