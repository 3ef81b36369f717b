package desk_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
)

var errDead = errors.New("the process is dead")

// A mortal is a store whose process dies at one commit: before it was stored, or after it was and before anybody heard.
// With every > 0 it does not die but fails each commit whose number divides.
type mortal struct {
	*memstore.Store
	commits int
	dies    int
	after   bool
	every   int
	lies    bool // what fails now and then is stored all the same
	dead    bool
}

func (m *mortal) Commit(ctx context.Context, c desk.Commit) error {
	if m.dead {
		return errDead
	}
	m.commits++
	if m.every > 0 && m.commits%m.every == 0 {
		err := errors.New("the disk is slow today")
		if m.lies {
			err = errors.Join(err, m.Store.Commit(ctx, c))
		}
		return err
	}
	if m.commits != m.dies {
		return m.Store.Commit(ctx, c)
	}
	m.dead = true
	if m.after {
		if err := m.Store.Commit(ctx, c); err != nil {
			return err
		}
	}
	return errDead
}

func (m *mortal) Row(ctx context.Context, at desk.Address) (desk.Row, error) {
	if m.dead {
		return desk.Row{}, errDead
	}
	return m.Store.Row(ctx, at)
}

func (m *mortal) Outbox(ctx context.Context, q desk.OutboxQuery) iter.Seq2[desk.Outbound, error] {
	if m.dead {
		return func(yield func(desk.Outbound, error) bool) { yield(desk.Outbound{}, errDead) }
	}
	return m.Store.Outbox(ctx, q)
}

// day is what happens, step by step. A step that fails is done again, as its people would: with the same request id.
func day() []func(*house) error {
	post := func(m mention.Mention) func(*house) error {
		return func(h *house) error { h.world.Post(m); return nil }
	}
	tick := func(h *house) error { return h.desk.Tick(h.t.Context()) }
	named := func(id string, m mention.Mention) mention.Mention {
		m.Ref.ID = id
		return m
	}
	wait := func(h *house) error { h.now = h.now.Add(90 * time.Second); return nil }
	answer := func(who, request, text string) func(*house) error {
		return func(h *house) error {
			for c, err := range h.desk.Cases(h.t.Context(), desk.CaseQuery{}) {
				if err != nil {
					return err
				}
				if c.Author.Handle != who {
					continue
				}
				if err := tolerate(h.do(request+" draft", "ben", c.ID, event.Drafted{Text: text})); err != nil {
					return err
				}
				c, _, err := h.desk.Case(h.t.Context(), "", c.ID)
				if err != nil {
					return err
				}
				if c.Draft == nil {
					return nil // it went out before the process died
				}
				return tolerate(h.do(request+" yes", "ana", c.ID, event.Approved{Draft: c.Draft.ID}))
			}
			return fmt.Errorf("%s has no case", who)
		}
	}
	return []func(*house) error{
		post(named("p1", said("eva", "Fjordwing lost my bag"))),
		post(named("p2", said("jo", "Fjordwing is down, I cannot check in"))),
		tick, wait,
		answer("eva", "r1", "We are looking for your bag."), tick, wait,
		post(named("p3", said("kim", "Fjordwing is down here too"))),
		answer("jo", "r2", "We are on it."),
		tick, wait, tick,
		func(h *house) error {
			h.world.Edit(mention.Ref{Channel: "memory", ID: "p1"}, "Fjordwing lost both bags")
			return nil
		},
		tick, wait, tick, wait, tick, wait, tick, wait, tick,
	}
}

// tolerate lets a refusal pass: the first request had come through.
func tolerate(err error) error {
	if errors.Is(err, respond.ErrRefused) {
		return nil
	}
	return err
}

// live plays the day. Whenever the process has died, a new desk opens the snapshot that is left.
func live(t *testing.T, world *memory.Channel, store *mortal) *house {
	t.Helper()
	h := newHouse(t, world)
	h.store = store
	h.open()
	for n, step := range day() {
		for tries := 0; ; tries++ {
			require.Less(t, tries, 20, "step %d is never done", n)
			err := step(h)
			if err == nil {
				break
			}
			if !store.dead {
				h.now = h.now.Add(time.Minute) // a store or a channel that fails now and then: the same again
				_ = h.desk.Tick(t.Context())
				continue
			}
			path := filepath.Join(t.TempDir(), "desk")
			require.NoError(t, store.Save(path))
			left, err := memstore.Open(path)
			require.NoError(t, err)
			store = &mortal{Store: left}
			h.store = store
			h.open()
		}
	}
	return h
}

// remotes are platforms by what they can tell afterwards.
var remotes = []struct {
	reason string
	lacks  []string
	exact  bool // whether exactly once is possible
}{
	{"it can be asked for a key", nil, true},
	{"it takes the same key again", []string{"find"}, true},
	{"it does neither, and its echoes name the key", []string{"find", "keys"}, false},
	{"it does neither, and its echoes are nameless", []string{"find", "keys", "echo keys"}, false},
	{"it says nothing at all", []string{"find", "keys", "echoes"}, false},
}

func TestKilledAtEveryCommit(t *testing.T) {
	for _, remote := range remotes {
		t.Run(remote.reason, func(t *testing.T) {
			t.Parallel()
			whole := &mortal{Store: &memstore.Store{}}
			calm := live(t, &memory.Channel{Lacks: remote.lacks}, whole)
			require.Len(t, calm.sends(), 2, "the day without a crash sends both replies")
			require.Greater(t, whole.commits, 20)
			for n := 1; n <= whole.commits; n++ {
				for _, after := range []bool{false, true} {
					where := fmt.Sprintf("killed at commit %d of %d, stored %v", n, whole.commits, after)
					h := live(t, &memory.Channel{Lacks: remote.lacks}, &mortal{Store: &memstore.Store{}, dies: n, after: after})
					judge(t, h, where, remote.exact)
				}
			}
		})
	}
}

func TestAStoreThatFailsNowAndThen(t *testing.T) {
	for every := 2; every < 12; every++ {
		for _, lies := range []bool{false, true} {
			for _, remote := range remotes[:2] {
				store := &mortal{Store: &memstore.Store{}, every: every, lies: lies}
				h := live(t, &memory.Channel{Lacks: remote.lacks}, store)
				for range 10 {
					h.now = h.now.Add(5 * time.Minute)
					_ = h.desk.Tick(t.Context())
				}
				judge(t, h, fmt.Sprintf("every %dth commit fails, stored %v; %s", every, lies, remote.reason), true)
			}
		}
	}
}

func TestScriptsOfFaults(t *testing.T) {
	for _, remote := range remotes {
		for seed := range uint64(15) {
			faults := memory.Script(seed, 20, 250)
			h := live(t, &memory.Channel{Lacks: remote.lacks, Faults: faults}, &mortal{Store: &memstore.Store{}})
			for range 40 {
				h.after(5 * time.Minute)
			}
			judge(t, h, fmt.Sprintf("seed %d: %v", seed, faults), remote.exact)
		}
	}
}

// judge holds a day's end against what a desk promises.
func judge(t *testing.T, h *house, where string, exact bool) {
	t.Helper()
	times := map[string]int{}
	for _, s := range h.sends() {
		times[s.Text]++
	}
	uncertain, late := 0, 0 // late: the customer edited before it could go out
	for _, outcome := range h.outcomes("send") {
		switch outcome {
		case "uncertain":
			uncertain++
		case "undelivered changed":
			late++
		}
	}
	for _, text := range []string{"We are looking for your bag.", "We are on it."} {
		assert.LessOrEqual(t, times[text], 1, "%s: %q went out twice", where, text)
	}
	if exact {
		assert.Equal(t, 2, len(times)+late, "%s: what was approved goes out, or is stopped with a reason", where)
	} else {
		assert.GreaterOrEqual(t, len(times)+late+uncertain, 2, "%s: or a person looks", where)
	}
	if exact {
		assert.Zero(t, uncertain, where)
	}
	authors, incidents := 0, 0
	for c, err := range h.desk.Cases(t.Context(), desk.CaseQuery{}) {
		require.NoError(t, err)
		authors++
		assert.Equal(t, 1, c.Theirs, "%s: a mention counts once", where)
		if uncertain == 0 && exact {
			assert.Empty(t, c.Awaited, "%s: every request has its outcome", where)
		}
	}
	assert.Equal(t, 3, authors, "%s: every mention has its case", where)
	for in, err := range h.desk.Incidents(t.Context(), "") {
		require.NoError(t, err)
		incidents++
		assert.Equal(t, 2, in.Cases, where)
	}
	assert.Equal(t, 1, incidents, where)
	h.replays()
}
