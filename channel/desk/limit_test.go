package desk_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/escalation/throttle"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
)

func TestAChannelsLimitIsKept(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.ports = func(o *desk.Options) {
		o.Limits.Channels = map[string]throttle.Limit{"memory": {Most: 3, Per: spec.Of(10 * time.Minute)}}
	}
	h.open()
	for n := range 8 {
		h.world.Post(said(fmt.Sprint("customer ", n), "Fjordwing lost my bag"))
	}
	h.tick()
	queue, err := h.desk.Queue(t.Context(), "")
	require.NoError(t, err)
	for _, c := range queue {
		h.approveCase(c, "We are sorry about your bag, "+c.Author.Handle+".")
	}
	var sent []int
	for range 4 {
		h.tick()
		sent = append(sent, len(h.sends()))
		h.now = h.now.Add(10 * time.Minute)
	}
	assert.Equal(t, []int{3, 6, 8, 8}, sent, "three in ten minutes, and none is lost")
	h.now = h.now.Add(-24 * time.Hour)
	h.tick()
	assert.Len(t, h.sends(), 8)
}

func TestThePlatformsOwnLimitIsKept(t *testing.T) {
	for _, row := range []struct {
		reason string
		ports  func(*desk.Options)
		sent   []int
	}{
		{"nothing is said: three an hour, as the platform has it", nil, []int{3, 3, 6, 6, 8}},
		{"the house allows less", func(o *desk.Options) {
			o.Limits.Channels = map[string]throttle.Limit{"memory": {Most: 2, Per: spec.Of(time.Hour)}}
		}, []int{2, 2, 4, 4, 6}},
	} {
		h := newHouse(t, &memory.Channel{Rate: 3})
		h.ports = row.ports
		h.open()
		for n := range 8 {
			h.world.Post(said(fmt.Sprint("customer ", n), "Fjordwing lost my bag"))
		}
		h.tick()
		queue, err := h.desk.Queue(t.Context(), "")
		require.NoError(t, err)
		for _, c := range queue {
			h.approveCase(c, "We are sorry about your bag, "+c.Author.Handle+".")
		}
		var sent []int
		for range 5 {
			h.tick()
			sent = append(sent, len(h.sends()))
			h.now = h.now.Add(30 * time.Minute)
		}
		assert.Equal(t, row.sent, sent, row.reason)
		for o, err := range h.store.Outbox(t.Context(), desk.OutboxQuery{Effects: []string{"send"}}) {
			require.NoError(t, err)
			assert.LessOrEqual(t, o.Attempts, 1, "%s: the platform never had to say no", row.reason)
		}
	}
}

func TestMoreThanTheDeskTakesInAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &far{}
		store.slow.Store(true)
		h := newHouse(t, &memory.Channel{})
		h.store, h.ports = store, func(o *desk.Options) { o.Limits.Handles = 4 }
		h.open()
		handle := func(n int) error {
			m := said(fmt.Sprint("customer ", n), "Fjordwing and the weather")
			m.Ref = mention.Ref{Channel: "memory", ID: fmt.Sprint(n)}
			return h.desk.Handle(t.Context(), "", channel.Item{ID: m.Ref.ID, Kind: channel.Created, Mention: m})
		}
		errs := make([]error, 10)
		var all sync.WaitGroup
		for n := range errs {
			all.Go(func() { errs[n] = handle(n) })
		}
		all.Wait()
		var later []int
		for n, err := range errs {
			if err != nil {
				require.ErrorIs(t, err, channel.ErrRateLimited)
				assert.Equal(t, channel.Retry, channel.Classify(err))
				later = append(later, n)
			}
		}
		require.Len(t, later, 6, "four are taken in, the others are told to come again")
		for _, n := range later {
			_, err := store.Item(t.Context(), "", "memory", fmt.Sprint(n))
			require.ErrorIs(t, err, desk.ErrAbsent, "what is not taken in is not stored")
			require.NoError(t, handle(n), "and is taken in when it comes again")
		}
	})
}

func TestTwoMachinesDoNotTalkForEver(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.ports = func(o *desk.Options) { o.Limits.Answers = throttle.Limit{Most: 3, Per: spec.Of(time.Hour)} }
	h.open()
	m := said("bot", "Fjordwing lost my bag")
	for n := range 5 {
		if n > 0 {
			m.Thread, m.Parent = "root", h.sends()[min(n, 3)-1].Ref.ID
		}
		h.world.Post(m)
		h.after(time.Minute)
		h.approve(fmt.Sprint("answer ", n), fmt.Sprintf("We are sorry. We will write again by 18:%02d.", n))
		h.after(time.Minute)
	}
	assert.Len(t, h.sends(), 3)
	assert.Equal(t, []string{"delivered", "delivered", "delivered", "undelivered too_many", "undelivered too_many"}, h.outcomes("send"))
	assert.NotEmpty(t, h.pager.members(), "and a person is told")
	h.now = h.now.Add(time.Hour)
	h.approve("a person", "We are sorry, here is a person. We will write again by 20:00.")
	h.after(time.Minute)
	assert.Len(t, h.sends(), 4)
}

// A spring is a source that always has more.
type spring struct {
	*memory.Channel
	given int
}

func (s *spring) Fetch(_ context.Context, after channel.Cursor, limit int) (channel.Page, error) {
	page := channel.Page{More: true}
	for range limit {
		s.given++
		m := said(fmt.Sprint("customer ", s.given), "Fjordwing and the weather")
		m.Ref = mention.Ref{ID: fmt.Sprint(s.given)}
		page.Items = append(page.Items, channel.Item{ID: m.Ref.ID, Kind: channel.Created, Mention: m})
	}
	page.Next = channel.Cursor(fmt.Sprint(s.given))
	return page, nil
}

func TestNoSourceIsAskedWhileTooMuchWaits(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	s := &spring{Channel: h.world}
	h.wrap = func(*memory.Channel) channel.Connector { return s }
	h.ports = func(o *desk.Options) { o.Limits.Backlog = 300 }
	h.open()
	for n := range 3 {
		h.tick()
		assert.Equal(t, 400*(n+1), s.given, "two pages of 200, then what waits is worked on")
	}
}
