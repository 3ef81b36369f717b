package desk_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
)

// running starts a desk that runs by itself, on the bubble's clock.
func running(t *testing.T, world *memory.Channel, notifier desk.Notifier) (h *house, ended chan error) {
	t.Helper()
	h = &house{t: t, world: world, store: &memstore.Store{}, rules: rules(t), pager: &pager{}}
	if notifier == nil {
		notifier = h.pager
	}
	world.Now = time.Now
	gate, err := channel.New(world, channel.Options{})
	require.NoError(t, err)
	h.gate = gate
	h.desk, err = desk.New(desk.Options{
		Store: h.store, Notifier: notifier,
		Rules: func(string) *respond.Rules {
			if h.away.Load() {
				return nil
			}
			return h.rules
		},
		Channels: map[string]*channel.Channel{gate.Name(): gate},
	})
	require.NoError(t, err)
	ended = make(chan error, 1)
	go func() { ended <- h.desk.Run(t.Context()) }()
	synctest.Wait() // it has asked its sources: what is posted from here on it finds a minute later, and never sooner
	return h, ended
}

func TestRunDoesWhatTickDoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, ended := running(t, &memory.Channel{}, nil)
		for n := range 50 {
			h.world.Post(said(fmt.Sprintf("customer %d", n), "Fjordwing lost my bag"))
		}
		h.sleep(2 * time.Minute)
		queue, err := h.desk.Queue(t.Context(), "")
		require.NoError(t, err)
		require.Len(t, queue, 50)
		for _, c := range queue {
			h.approveCase(c, "We are sorry about your bag, "+c.Author.Handle+".")
		}
		h.sleep(2 * time.Minute)
		assert.Len(t, h.sends(), 50)
		h.sleep(time.Hour)
		assert.Len(t, h.sends(), 50, "no second one, however long it runs")
		require.NoError(t, h.desk.Drain(t.Context()))
		require.NoError(t, <-ended)
		h.replays()
	})
}

func TestAClockWakesARunningDesk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, ended := running(t, &memory.Channel{}, nil)
		h.world.Post(said("eva", "Fjordwing lost my bag"))
		h.sleep(90 * time.Second)
		assert.Equal(t, []string{"ana"}, h.pager.members())
		h.sleep(11 * time.Minute)
		assert.Equal(t, []string{"ana", "ben"}, h.pager.members(), "nobody took it within ten minutes")
		require.NoError(t, h.desk.Drain(t.Context()))
		require.NoError(t, <-ended)
	})
}

// slow is a Notifier whose first member does not pick up for a while.
type slow struct {
	pager
	calls []string // subjects of the pages that were begun
}

// tried are the pages about a subject that were begun.
func (s *slow) tried(subject string) (out []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.calls {
		if c == subject {
			out = append(out, c)
		}
	}
	return out
}

func (s *slow) Tell(ctx context.Context, tenant string, key channel.Key, t effect.Tell) error {
	s.mu.Lock()
	s.calls = append(s.calls, t.Subject)
	s.mu.Unlock()
	if t.Member == "ana" {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Hour):
		}
	}
	return s.pager.Tell(ctx, tenant, key, t)
}

func TestAPageThatHangsHoldsNothingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &slow{}
		h, ended := running(t, &memory.Channel{}, s)
		h.world.Post(said("eva", "Fjordwing lost my bag"))
		h.world.Post(said("max", "Fjordwing lost my bag too"))
		h.sleep(61 * time.Second)
		queue, err := h.desk.Queue(t.Context(), "")
		require.NoError(t, err)
		require.Len(t, queue, 2)
		h.approveCase(queue[0], "We are sorry about your bag.")
		h.sleep(time.Second)
		assert.Len(t, h.sends(), 1, "a reply does not wait for a page")
		h.sleep(2 * time.Minute)
		assert.Contains(t, s.members(), "ben", "after the desk's patience the next contact is tried, where nobody has the case")
		require.NoError(t, h.desk.Drain(t.Context()))
		require.NoError(t, <-ended)
	})
}

func TestDrainWaitsForWhatIsUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, ended := running(t, &memory.Channel{}, &slow{})
		h.world.Post(said("eva", "Fjordwing lost my bag"))
		h.sleep(61 * time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorIs(t, h.desk.Drain(ctx), context.DeadlineExceeded, "a page is under way, and takes longer")
		require.NoError(t, h.desk.Drain(t.Context()))
		require.NoError(t, <-ended)
		for o, err := range h.desk.Outbox(t.Context(), desk.OutboxQuery{}) {
			require.NoError(t, err)
			assert.NotEqual(t, desk.Trying, o.State, "nothing is half done")
		}
		require.ErrorIs(t, h.desk.Handle(t.Context(), "", channel.Item{}), desk.ErrClosed)
		require.ErrorIs(t, h.desk.Run(t.Context()), desk.ErrClosed)
	})
}

func TestHandleFromManySides(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, ended := running(t, &memory.Channel{Lacks: []string{"fetch"}}, nil)
		m := said("eva", "Fjordwing lost my bag")
		errs := make(chan error)
		for n := range 64 {
			go func() {
				one := m
				one.Ref = mention.Ref{Channel: "memory", ID: fmt.Sprint(n % 16)}
				one.Thread = "root"
				errs <- h.desk.Handle(t.Context(), "", channel.Item{ID: one.Ref.ID, Kind: channel.Created, Mention: one})
			}()
		}
		for range 64 {
			require.NoError(t, <-errs)
		}
		h.sleep(time.Minute)
		assert.Equal(t, 16, h.only().Theirs, "one conversation, each item once")
		require.NoError(t, h.desk.Drain(t.Context()))
		require.NoError(t, <-ended)
		h.replays()
	})
}

// sleep lets the bubble's time pass, and everything in it come to rest.
func (h *house) sleep(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}
