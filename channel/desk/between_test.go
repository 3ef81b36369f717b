package desk_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

// A meddler is the world with something that happens in the middle of a call.
type meddler struct {
	*memory.Channel
	fetch   func(context.Context) error
	read    func(mention.Ref) error
	send    func(channel.Receipt, error) (channel.Receipt, error)
	publish func(channel.Receipt, error) (channel.Receipt, error)
	before  func() // a send
}

func (m *meddler) Fetch(ctx context.Context, after channel.Cursor, limit int) (channel.Page, error) {
	if m.fetch != nil {
		if err := m.fetch(ctx); err != nil {
			return channel.Page{}, err
		}
	}
	return m.Channel.Fetch(ctx, after, limit)
}

func (m *meddler) Read(ctx context.Context, ref mention.Ref) (mention.Mention, error) {
	if m.read != nil {
		if err := m.read(ref); err != nil {
			return mention.Mention{}, err
		}
	}
	return m.Channel.Read(ctx, ref)
}

func (m *meddler) Send(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
	if m.before != nil {
		m.before()
	}
	r, err := m.Channel.Send(ctx, out)
	if m.send != nil {
		return m.send(r, err)
	}
	return r, err
}

func (m *meddler) Publish(ctx context.Context, p channel.Post) (channel.Receipt, error) {
	r, err := m.Channel.Publish(ctx, p)
	if m.publish != nil {
		return m.publish(r, err)
	}
	return r, err
}

// meddled is a house with a meddler before its world.
func meddled(t *testing.T, world *memory.Channel) (*house, *meddler) {
	t.Helper()
	h, m := newHouse(t, world), &meddler{Channel: world}
	h.wrap = func(*memory.Channel) channel.Connector { return m }
	h.open()
	return h, m
}

// asked is a house whose only case has an approved answer.
func asked(t *testing.T, world *memory.Channel) (h *house, m *meddler, post mention.Ref) {
	t.Helper()
	h, m = meddled(t, world)
	post = h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	h.approve("1", "We are sorry about your bag.")
	return h, m, post
}

var errLost = &channel.Error{Code: channel.ErrUnavailable, Reason: "the answer was lost", MaybeApplied: true}

// kinds are the events of the only case, in order.
func (h *house) kinds() (out []string) {
	h.t.Helper()
	_, entries, err := h.desk.Case(h.t.Context(), "", h.only().ID)
	require.NoError(h.t, err)
	for _, e := range entries {
		out = append(out, e.Event.Kind())
	}
	return out
}

func (h *house) echo(id string, m mention.Mention, key channel.Key) {
	h.t.Helper()
	m.Ref.Channel = "memory"
	require.NoError(h.t, h.desk.Handle(h.t.Context(), "", channel.Item{ID: id, Kind: channel.Echo, Mention: m, Key: key}))
}

func (h *house) requests(kind string) (out []desk.Outbound) {
	h.t.Helper()
	for o, err := range h.desk.Outbox(h.t.Context(), desk.OutboxQuery{Effects: []string{kind}}) {
		require.NoError(h.t, err)
		out = append(out, o)
	}
	return out
}

func TestAnAnswerGivenWhileTheReaderIsAsked(t *testing.T) {
	h, m, post := asked(t, &memory.Channel{})
	m.read = func(mention.Ref) error {
		m.read = nil
		h.echo("x", mention.Mention{Ref: mention.Ref{ID: "900"}, Parent: post.ID, Text: "on it"}, "")
		return nil
	}
	h.after(time.Minute)
	assert.Empty(t, h.sends(), "it was withdrawn before it was tried")
	assert.Equal(t, []string{"undelivered answered"}, h.outcomes("send"))
	h.replays()
}

func TestAnEchoThatIsQuickerThanTheAnswer(t *testing.T) {
	for _, row := range []struct {
		reason string
		key    bool
		ends   func(channel.Receipt, error) (channel.Receipt, error)
	}{
		{"the echo names the key, and the answer is lost", true,
			func(channel.Receipt, error) (channel.Receipt, error) { return channel.Receipt{}, errLost }},
		{"the echo is nameless, and the answer is lost", false,
			func(channel.Receipt, error) (channel.Receipt, error) { return channel.Receipt{}, errLost }},
		{"the platform says by mistake that it refused", true,
			func(channel.Receipt, error) (channel.Receipt, error) {
				return channel.Receipt{}, &channel.Error{Code: channel.ErrForbidden}
			}},
		{"the answer comes", true, func(r channel.Receipt, err error) (channel.Receipt, error) { return r, err }},
	} {
		h, m, post := asked(t, &memory.Channel{Lacks: []string{"find", "keys", "echoes"}})
		m.send = func(r channel.Receipt, err error) (channel.Receipt, error) {
			require.NoError(t, err)
			var key channel.Key
			if row.key {
				key = h.sends()[0].Key
			}
			h.echo("x", mention.Mention{Ref: r.Ref, Parent: post.ID, Text: h.sends()[0].Text}, key)
			return row.ends(r, err)
		}
		for range 5 {
			h.after(time.Minute)
		}
		assert.Len(t, h.sends(), 1, row.reason)
		assert.Equal(t, []string{"delivered"}, h.outcomes("send"), "%s: what is proved stays proved", row.reason)
		assert.Equal(t, 1, h.only().Ours, row.reason)
		assert.NotContains(t, h.kinds(), "answered_elsewhere", row.reason)
		assert.Empty(t, h.only().Awaited, row.reason)
		h.replays()
	}
}

func TestTwoDesksOnOneStore(t *testing.T) {
	h, m, _ := asked(t, &memory.Channel{Lacks: []string{"keys"}})
	first := h.desk
	h.open()
	m.before = func() {
		m.before = nil
		h.now = h.now.Add(10 * time.Second) // the call takes a while
		require.NoError(t, h.desk.Tick(t.Context()), "and meanwhile the other desk looks what there is to do")
	}
	h.now = h.now.Add(time.Minute)
	require.NoError(t, first.Tick(t.Context()))
	h.after(time.Hour)
	assert.Len(t, h.sends(), 1, "what one desk tries the other leaves alone for as long as a call may take")
	assert.Equal(t, []string{"delivered"}, h.outcomes("send"))
	h.replays()
}

// statement puts a holding statement before the public.
func (h *house) statement(request string, text string, next time.Duration) {
	h.t.Helper()
	in := h.incident()
	require.NoError(h.t, h.do(request+" words", "ben", in.ID, event.Stated{Statement: event.Statement{
		Text: text, Next: morning.Add(next), Zone: "Europe/Madrid", Look: "status.fjordwing.example",
	}}))
	require.NoError(h.t, h.do(request+" yes", "ana", in.ID, event.Approved{Draft: h.incident().Draft.ID}))
}

// incident is the only one.
func (h *house) incident() (out incident.Incident) {
	h.t.Helper()
	for in, err := range h.desk.Incidents(h.t.Context(), "") {
		require.NoError(h.t, err)
		out = in
	}
	return out
}

func TestAStatementNobodyIsSureOf(t *testing.T) {
	for _, row := range []struct {
		reason string
		want   []string
		ends   func(h *house, r channel.Receipt)
		looks  bool
	}{
		{"a person looks, and says", []string{"undelivered failed", "delivered"}, func(*house, channel.Receipt) {}, true},
		{"its echo came first", []string{"delivered", "delivered"}, func(h *house, r channel.Receipt) {
			h.echo("x", mention.Mention{Ref: r.Ref, Text: "x"}, channel.Key(h.requests("publish")[0].Key))
		}, false},
	} {
		h, m := meddled(t, &memory.Channel{Lacks: []string{"find", "keys", "echoes"}})
		h.world.Post(said("eva", "Fjordwing is down"))
		h.tick()
		require.NoError(t, h.do("0", "ana", h.incident().ID, event.Declared{}))
		m.publish = func(r channel.Receipt, err error) (channel.Receipt, error) {
			m.publish = nil
			require.NoError(t, err)
			row.ends(h, r)
			return channel.Receipt{}, errLost
		}
		h.statement("1", "Our website is down since 09:50 CET. News at 11:00 CET on status.fjordwing.example.", time.Hour)
		h.after(time.Minute)
		h.statement("2", "Our website is still down. News at 12:00 CET on status.fjordwing.example.", 2*time.Hour)
		h.after(time.Minute)
		if row.looks {
			key := h.requests("publish")[0].Key
			require.NoError(t, h.do("3", "ana", h.incident().ID, event.Undelivered{Key: key, Reason: event.Failed}), row.reason)
		}
		for range 5 {
			h.after(time.Minute)
		}
		assert.Equal(t, row.want, h.outcomes("publish"), "%s: the public hears the next news", row.reason)
		h.replays()
	}
}

func TestOneBadPieceHoldsUpNoOther(t *testing.T) {
	for _, row := range []struct {
		reason string
		bad    func(desk.Commit) bool
	}{
		{"an item that cannot be stored as done", func(c desk.Commit) bool {
			return len(c.Inbox) > 0 && c.Inbox[0].Done && first(c.Texts) == "1"
		}},
		{"a row that cannot be stored when it is woken", func(c desk.Commit) bool {
			return len(c.Inbox) == 0 && len(c.Rows) > 0 && len(c.Outbox) == 1 && c.Outbox[0].State == desk.Waiting
		}},
		{"a request that cannot be stored as tried", func(c desk.Commit) bool {
			return len(c.Outbox) > 0 && c.Outbox[0].State == desk.Trying
		}},
	} {
		h := newHouse(t, &memory.Channel{})
		picky := &picky{Store: &memstore.Store{}, bad: row.bad}
		h.store = picky
		h.open()
		h.world.Post(said("eva", "Fjordwing lost my bag"))
		h.world.Post(said("jo", "Fjordwing lost my bag"))
		bad := h.desk.Tick(t.Context())
		h.now = h.now.Add(11 * time.Minute)
		bad = errors.Join(bad, h.desk.Tick(t.Context()))
		require.ErrorIs(t, bad, errPicky, "%s: it is said", row.reason)
		assert.Contains(t, h.pager.members(), "ana", row.reason)
		assert.Contains(t, h.pager.members(), "ben", "%s: the other goes on to the next level", row.reason)
	}
}

// picky is a store that does not take what is like the first commit it did not like.
type picky struct {
	*memstore.Store
	bad func(desk.Commit) bool
	id  string
}

var errPicky = errors.New("the row is too long")

func (p *picky) Commit(ctx context.Context, c desk.Commit) error {
	if id := about(c); id != "" && (p.id == "" || p.id == id) && p.bad(c) {
		p.id = id
		return errPicky
	}
	return p.Store.Commit(ctx, c)
}

// about is the case that a commit is about.
func about(c desk.Commit) string {
	switch {
	case len(c.Inbox) > 0:
		return c.Inbox[0].Item.ID
	case len(c.Rows) > 0 && c.Rows[0].Kind == desk.KindCase:
		return c.Rows[0].ID
	case len(c.Outbox) > 0:
		return c.Outbox[0].ID
	}
	return ""
}

func first(texts []desk.Text) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[0].Ref.ID
}
