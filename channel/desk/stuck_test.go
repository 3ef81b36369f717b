package desk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
)

func TestARowThatIsDueAgainAtTheSameInstant(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	s := specs()
	s.Hierarchy.Plans[1].Objectives[escalation.NextReply] = escalation.Duration{Within: spec.Of(time.Hour), Elapsed: true}
	var err error
	h.rules, err = respond.NewRules(s, respond.Options{})
	require.NoError(t, err)
	ref := h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	for range 61 {
		h.after(time.Minute)
	}
	require.Equal(t, 1, h.only().Breaches, "the first answer is late")
	id := h.only().ID
	require.NoError(t, h.do("1", "ben", id, event.Drafted{Text: "We are sorry."}))
	later := said("eva", "and my coat")
	later.PostedAt = morning // the platform was slow to say so
	h.world.Reply(ref, later)
	h.after(time.Minute)
	require.NoError(t, h.do("2", "ana", id, event.Approved{Draft: h.only().Draft.ID}))
	h.after(time.Minute)
	require.Equal(t, []string{"delivered"}, h.outcomes("send"))
	h.after(time.Minute)
	assert.Equal(t, 1, h.only().Breaches, "what he wrote later waited as long: one wait of his is one breach")
	assert.True(t, h.only().Due().After(h.now), "nothing stays due")
	h.replays()
}

func TestRulesThatAreAwayForAWhile(t *testing.T) {
	h, m, _ := asked(t, &memory.Channel{})
	rules := h.rules
	m.send = func(r channel.Receipt, err error) (channel.Receipt, error) {
		h.rules, m.send = nil, nil
		return r, err
	}
	h.after(time.Minute)
	require.Len(t, h.sends(), 1)
	assert.NotEqual(t, []string{"delivered"}, h.outcomes("send"), "the case could not be told")
	h.after(time.Minute)
	h.rules = rules
	for range 5 {
		h.after(time.Minute)
	}
	assert.Len(t, h.sends(), 1)
	assert.Equal(t, []string{"delivered"}, h.outcomes("send"))
	assert.Equal(t, 1, h.only().Ours, "and is told when they are back")
	assert.Empty(t, h.only().Awaited)
	h.replays()
}

func TestARunningDeskWakesWhatItCouldNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, ended := running(t, &memory.Channel{}, nil)
		h.world.Post(said("eva", "Fjordwing lost my bag"))
		h.sleep(90 * time.Second)
		require.Equal(t, []string{"ana"}, h.pager.members())
		h.away.Store(true)
		h.sleep(20 * time.Minute)
		assert.Equal(t, []string{"ana"}, h.pager.members(), "nobody knows what to do")
		h.away.Store(false)
		h.sleep(2 * time.Minute)
		assert.Equal(t, []string{"ana", "ben"}, h.pager.members(), "the rules are back: the next level is told")
		require.NoError(t, h.desk.Drain(t.Context()))
		require.NoError(t, <-ended)
	})
}

func TestARequestOfNobodyStopsNothing(t *testing.T) {
	h, _, _ := asked(t, &memory.Channel{})
	orphan := h.requests("send")[0]
	orphan.ID, orphan.Key, orphan.Lane, orphan.Revision = "nobody", "k", "l", 0
	require.NoError(t, h.store.Commit(t.Context(), desk.Commit{Outbox: []desk.Outbound{orphan}}))
	h.after(time.Minute)
	assert.Len(t, h.sends(), 1)
	assert.Equal(t, []string{"delivered", "undelivered failed"}, h.outcomes("send"))
}

func TestAnInstantOutsideTheCalendarStopsNothing(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	odd := said("jo", "Fjordwing and the weather")
	odd.PostedAt = time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)
	h.world.Post(odd)
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	assert.Equal(t, []string{"ana"}, h.pager.members())
	odd.Ref = mention.Ref{Channel: "elsewhere", ID: "1"}
	require.NoError(t, h.desk.Handle(t.Context(), "", channel.Item{ID: "1", Kind: channel.Created, Mention: odd}))
	h.tick()
	left, err := h.store.Inbox(t.Context(), 9)
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestASourceThatHangsStopsNoTick(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, m := meddled(t, &memory.Channel{})
		h.world.Post(said("eva", "Fjordwing lost my bag"))
		h.tick()
		m.fetch = func(ctx context.Context) error {
			<-ctx.Done()
			return ctx.Err()
		}
		h.after(11 * time.Minute)
		assert.Equal(t, []string{"ana", "ben"}, h.pager.members(), "the next level is told all the same")
	})
}

func TestASourceThatNeverEndsStopsNoTick(t *testing.T) {
	h, m := meddled(t, &memory.Channel{})
	m.fetch = func(context.Context) error {
		for range 200 {
			h.world.Post(said("jo", "nothing about anybody"))
		}
		return nil
	}
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	assert.Equal(t, []string{"ana"}, h.pager.members())
}

func TestAPlatformThatSaysNever(t *testing.T) {
	month := 30 * 24 * time.Hour
	h, _, _ := asked(t, &memory.Channel{Faults: []memory.Fault{
		{Op: "send", Call: 1, What: memory.Throttled, After: month}, {Op: "fetch", Call: 2, What: memory.Throttled, After: month},
	}})
	h.after(time.Minute)
	h.world.Post(said("jo", "Fjordwing lost my bag"))
	h.after(30 * time.Minute)
	require.Empty(t, h.sends())
	h.after(31 * time.Minute)
	assert.Len(t, h.sends(), 1, "it may have counted wrongly: an hour is the longest")
	queue, err := h.desk.Queue(t.Context(), "")
	require.NoError(t, err)
	assert.Len(t, queue, 2)
}

func TestAClockThatGoesBackADay(t *testing.T) {
	h, _, _ := asked(t, &memory.Channel{Faults: []memory.Fault{
		{Op: "send", Call: 1, What: memory.FailBefore}, {Op: "fetch", Call: 2, What: memory.Throttled, After: time.Hour},
	}})
	h.after(time.Minute)
	h.world.Post(said("jo", "Fjordwing lost my bag"))
	require.Empty(t, h.sends())
	h.after(-24 * time.Hour)
	h.after(time.Minute)
	assert.Len(t, h.sends(), 1, "what waits for a second does not wait for a day")
	queue, err := h.desk.Queue(t.Context(), "")
	require.NoError(t, err)
	assert.Len(t, queue, 2, "nor does a source")
	h.replays()
}

func TestAKeyWhoseAgeNobodyKnows(t *testing.T) {
	h, m, _ := asked(t, &memory.Channel{Lacks: []string{"find", "echoes"}})
	killed := &mortal{Store: h.store.(*memstore.Store)}
	h.store = killed
	h.open()
	m.send = func(channel.Receipt, error) (channel.Receipt, error) {
		m.send, killed.dead = nil, true
		return channel.Receipt{}, errLost
	}
	h.now = h.now.Add(time.Minute)
	require.ErrorIs(t, h.desk.Tick(t.Context()), errDead, "killed while it was on its way")
	h.store = killed.Store
	h.open()
	h.after(-24 * time.Hour)
	assert.Len(t, h.sends(), 1)
	assert.Equal(t, []string{"uncertain"}, h.outcomes("send"), "the platform may have forgotten the key: a person looks")
}

func TestDangerToLifeWaitsForNoOtherPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &slow{}
		h, ended := running(t, &memory.Channel{}, s)
		for n := range 60 {
			h.world.Post(said(fmt.Sprint("customer ", n), "Fjordwing lost my bag"))
		}
		h.sleep(61 * time.Second)
		require.Empty(t, s.members(), "four pages hang, the others wait")
		h.world.Post(said("jo", "Fjordwing is down"))
		h.sleep(62 * time.Second)
		assert.Len(t, s.tried("incident"), 1, "a crisis is paged at once, in whatever order it came")
		require.NoError(t, h.desk.Drain(t.Context()))
		require.NoError(t, <-ended)
	})
}

// counted is a store that counts the requests it hands out.
type counted struct {
	*memstore.Store
	n int
}

func (c *counted) Outbox(ctx context.Context, q desk.OutboxQuery) iter.Seq2[desk.Outbound, error] {
	return func(yield func(desk.Outbound, error) bool) {
		for o, err := range c.Store.Outbox(ctx, q) {
			c.n++
			if !yield(o, err) {
				return
			}
		}
	}
}

func (c *counted) Ready(ctx context.Context, rank int, until time.Time, limit int) ([]desk.Outbound, error) {
	out, err := c.Store.Ready(ctx, rank, until, limit)
	c.n += len(out)
	return out, err
}

func TestWhatWaitsIsNotWalkedAgainAndAgain(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	store := &counted{Store: &memstore.Store{}}
	h.store = store
	h.open()
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	var c desk.Commit
	for n := range 10_000 {
		o := h.requests("tell")[0]
		o.Key, o.Lane, o.State, o.Revision = fmt.Sprint("key ", n), fmt.Sprint("lane ", n%5000), desk.Waiting, 0
		o.Next = h.now.Add(24 * time.Hour)
		c.Outbox = append(c.Outbox, o)
		if n == 0 {
			c.Outbox[0].State = desk.Settled
		}
	}
	require.NoError(t, h.store.Commit(t.Context(), c))
	store.n = 0
	h.world.Post(said("jo", "Fjordwing lost my bag"))
	h.tick()
	assert.Less(t, store.n, 300, "10,000 that wait cost a tick nothing")
	assert.Len(t, h.pager.members(), 2)
}

func TestLogsAreForEverybodysEyes(t *testing.T) {
	var log bytes.Buffer
	h, m := meddled(t, &memory.Channel{})
	h.log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	h.open()
	h.pager.refuses = "ana"
	secret := errors.New("GET https://platform.example/?access_token=hunter2: eva wrote: Fjordwing lost my bag")
	m.fetch = func(context.Context) error { return secret }
	h.tick()
	m.fetch = nil
	h.world.Garble([]byte("hunter2"))
	h.world.Post(said("eva", "Fjordwing lost my bag hunter2"))
	m.read = func(mention.Ref) error { return secret }
	m.send = func(channel.Receipt, error) (channel.Receipt, error) { return channel.Receipt{}, secret }
	require.NoError(t, h.desk.Handle(t.Context(), "", channel.Item{ID: "z", Kind: channel.Undecodable, Reason: "at hunter2",
		Mention: mention.Mention{Ref: mention.Ref{Channel: "memory"}}}))
	h.tick()
	h.approve("1", "We are sorry about hunter2.")
	h.after(time.Minute)
	m.read = nil
	for range 30 {
		h.after(time.Minute)
	}
	assert.Contains(t, log.String(), "source cannot be heard")
	assert.Contains(t, log.String(), "request waits")
	assert.Contains(t, log.String(), "item is parked")
	for _, word := range []string{"hunter2", "bag", "access_token", "eva"} {
		assert.False(t, strings.Contains(log.String(), word), "%q is in the log:\n%s", word, log.String())
	}
}

func TestALoginThatExpiresBeforeTheAnswerIsKnown(t *testing.T) {
	for _, row := range []struct {
		reason string
		away   time.Duration // until somebody logs in
		want   string
	}{
		{"somebody logs in, and the platform says that it is out", time.Hour, "delivered"},
		{"nobody does: a person decides what the platform will not say", 24 * time.Hour, "uncertain"},
	} {
		h := newHouse(t, &memory.Channel{Lacks: []string{"echoes"}, Faults: []memory.Fault{
			{Op: "send", Call: 1, What: memory.FailAfter}, {Op: "find", Call: 1, What: memory.FailBefore},
		}})
		h.world.Post(said("eva", "Fjordwing lost my bag"))
		h.tick()
		h.approve("1", "We are sorry about your bag.")
		h.tick()
		h.world.Rotate()
		for began := h.now; h.now.Before(began.Add(row.away)); {
			h.after(5 * time.Minute)
		}
		h.world.LogIn()
		h.after(5 * time.Minute)
		assert.Equal(t, []string{row.want}, h.outcomes("send"), row.reason)
		assert.Len(t, h.sends(), 1, "%s: and never twice", row.reason)
	}
}
