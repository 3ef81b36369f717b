package desk_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"sync/atomic"
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
	"github.com/reputekit/reputation/respond/event"
)

// A shaky store fails every nth call while it is shaken; a commit that fails is sometimes stored all the same.
type shaky struct {
	memstore.Store
	nth   int64
	calls atomic.Int64
	still atomic.Bool
}

var errShaken = errors.New("the store is shaken")

func (s *shaky) fails() bool { return !s.still.Load() && s.nth > 0 && s.calls.Add(1)%s.nth == 0 }

func (s *shaky) Commit(ctx context.Context, c desk.Commit) error {
	if !s.fails() {
		return s.Store.Commit(ctx, c)
	}
	if s.calls.Load()%2 == 0 {
		return errors.Join(errShaken, s.Store.Commit(ctx, c))
	}
	return errShaken
}

func (s *shaky) Row(ctx context.Context, at desk.Address) (desk.Row, error) {
	if s.fails() {
		return desk.Row{}, errShaken
	}
	return s.Store.Row(ctx, at)
}

func (s *shaky) Find(ctx context.Context, tenant string, keys []string) (desk.Address, error) {
	if s.fails() {
		return desk.Address{}, errShaken
	}
	return s.Store.Find(ctx, tenant, keys)
}

func (s *shaky) Due(ctx context.Context, until time.Time, limit int) ([]desk.Row, error) {
	if s.fails() {
		return nil, errShaken
	}
	return s.Store.Due(ctx, until, limit)
}

func (s *shaky) Inbox(ctx context.Context, limit int) ([]desk.Inbound, error) {
	if s.fails() {
		return nil, errShaken
	}
	return s.Store.Inbox(ctx, limit)
}

func (s *shaky) Ready(ctx context.Context, rank int, until time.Time, limit int) ([]desk.Outbound, error) {
	if s.fails() {
		return nil, errShaken
	}
	return s.Store.Ready(ctx, rank, until, limit)
}

func (s *shaky) Outbox(ctx context.Context, q desk.OutboxQuery) iter.Seq2[desk.Outbound, error] {
	if s.fails() {
		return func(yield func(desk.Outbound, error) bool) { yield(desk.Outbound{}, errShaken) }
	}
	return s.Store.Outbox(ctx, q)
}

// An unruly connector hangs, lies, floods and brings garbage, until it has come to its senses.
type unruly struct {
	*memory.Channel
	mood  func() int // what it does next
	sane  atomic.Bool
	never chan struct{} // closed when the test ends
}

const (
	hangsBefore = iota
	hangsAfter
	lies
	floods
	litters
	moods = 12 // the rest is good behaviour
)

func (u *unruly) next() int {
	if u.sane.Load() {
		return moods
	}
	return u.mood()
}

func (u *unruly) Fetch(ctx context.Context, after channel.Cursor, limit int) (channel.Page, error) {
	mood := u.next()
	if mood == hangsBefore {
		<-u.never
	}
	page, err := u.Channel.Fetch(ctx, after, limit)
	switch {
	case err != nil:
	case mood == lies: // it brings everything twice, and says that there is more
		page.Items = append(page.Items, page.Items...)
		page.More = true
	case mood == floods:
		for n := range 300 {
			m := said(fmt.Sprint("flood ", n), "the weather")
			m.Ref = mention.Ref{ID: fmt.Sprint("flood ", after, n)}
			page.Items = append(page.Items, channel.Item{ID: m.Ref.ID, Kind: channel.Created, Mention: m})
		}
	case mood == litters:
		page.Items = append(page.Items,
			channel.Item{Kind: channel.Created, Raw: []byte("\xff\x00<html>")},
			channel.Item{ID: "x" + string(after), Kind: "\xff", Mention: mention.Mention{Ref: mention.Ref{ID: "\xff\x00"}, Text: "\xff"}},
			channel.Item{ID: "y" + string(after), Kind: channel.Edited, Mention: mention.Mention{PostedAt: time.Unix(1<<62, 0)}})
	}
	return page, err
}

func (u *unruly) Send(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
	mood := u.next()
	if mood == hangsBefore {
		<-u.never
		return channel.Receipt{}, errShaken
	}
	r, err := u.Channel.Send(ctx, out)
	switch {
	case mood == hangsAfter:
		<-u.never
	case mood == lies && err == nil:
		return channel.Receipt{}, errors.New("something went wrong, or not") // it was done
	case mood == litters && err == nil:
		return channel.Receipt{Ref: out.To}, nil
	}
	return r, err
}

// A storm is one run of everything that can go wrong: two desks on one store, for hours.
type storm struct {
	t      *testing.T
	seed   uint64
	world  *memory.Channel
	unruly *unruly
	store  *shaky
	pagers []*pager
	desks  []*desk.Desk
	ended  []chan error
	back   atomic.Bool // the clock went back by a day
	acked  map[string]bool
}

func (s *storm) now() time.Time {
	if s.back.Load() {
		return time.Now().Add(-24 * time.Hour)
	}
	return time.Now()
}

// brew begins it.
func brew(t *testing.T, seed uint64, lacks []string) *storm {
	rng := rand.New(rand.NewPCG(seed, 8))
	s := &storm{t: t, seed: seed, acked: map[string]bool{}}
	s.world = &memory.Channel{Now: time.Now, Lacks: lacks, Faults: memory.Script(seed, 15, 200)}
	var mu sync.Mutex
	mood := func() int {
		mu.Lock()
		defer mu.Unlock()
		return rng.IntN(moods)
	}
	s.unruly = &unruly{Channel: s.world, mood: mood, never: make(chan struct{})}
	s.store = &shaky{nth: int64(5 + seed%20)}
	for range 2 {
		p := &pager{}
		gate, err := channel.New(s.unruly, channel.Options{Now: s.now})
		require.NoError(t, err)
		d, err := desk.New(desk.Options{
			Store: s.store, Rules: func(string) *respond.Rules { return rules(t) }, Notifier: p, Now: s.now,
			Channels: map[string]*channel.Channel{gate.Name(): gate},
		})
		require.NoError(t, err)
		s.pagers, s.desks = append(s.pagers, p), append(s.desks, d)
	}
	for _, d := range s.desks {
		ended := make(chan error, 1)
		go func() { ended <- d.Run(t.Context()) }()
		s.ended = append(s.ended, ended)
	}
	return s
}

// deliver brings an item by a webhook until it is acknowledged.
func (s *storm) deliver(n int) {
	m := said(fmt.Sprint("hook ", n), "Fjordwing lost my bag")
	m.Ref = mention.Ref{Channel: "memory", ID: fmt.Sprint("hook ", n)}
	item := channel.Item{ID: m.Ref.ID, Kind: channel.Created, Mention: m}
	for try := 0; s.desks[try%2].Handle(s.t.Context(), "", item) != nil; try++ {
		time.Sleep(10 * time.Second)
	}
	s.acked[m.Author.Handle] = true
}

// answer lets people answer every case that has no answer yet, again and again until it is taken.
func (s *storm) answer() {
	d := s.desks[s.seed%2]
	for c, err := range d.Cases(s.t.Context(), desk.CaseQuery{Live: true}) {
		if err != nil {
			return
		}
		if c.Ours > 0 || c.Owed.IsZero() || len(c.Author.Handle) > 5 && c.Author.Handle[:5] == "flood" {
			continue
		}
		if c.Draft == nil {
			_ = d.Say(s.t.Context(), "", c.ID, "ben", c.ID+" draft", event.Drafted{Text: textFor(c)})
			continue
		}
		_ = d.Say(s.t.Context(), "", c.ID, "ana", c.ID+" yes", event.Approved{Draft: c.Draft.ID})
	}
}

func textFor(c respond.Case) string { return "We are sorry about your bag, " + c.Author.Handle + "." }

// rage lets it happen, and then lets everything be well again.
func (s *storm) rage() {
	for n := range 6 {
		s.world.Post(said(fmt.Sprint("poll ", n), "Fjordwing lost my bag"))
		s.acked[fmt.Sprint("poll ", n)] = true
		s.deliver(n)
		time.Sleep(10 * time.Minute)
		s.answer()
		s.answer()
		if n == 2 && s.seed%3 == 0 {
			s.back.Store(true)
		}
		if n == 4 {
			s.back.Store(false)
		}
	}
	s.unruly.sane.Store(true)
	s.store.still.Store(true)
	s.world.LogIn()
	close(s.unruly.never)
	for range 9 {
		time.Sleep(10 * time.Minute)
		s.answer()
	}
	for i, d := range s.desks {
		require.NoError(s.t, d.Drain(s.t.Context()), "seed %d", s.seed)
		require.NoError(s.t, <-s.ended[i], "seed %d", s.seed)
	}
}

// judge holds what is left against what the desk promises.
func (s *storm) judge(found bool) {
	ctx := s.t.Context()
	have := map[string]bool{}
	for c, err := range s.desks[0].Cases(ctx, desk.CaseQuery{}) {
		require.NoError(s.t, err)
		have[c.Author.Handle] = true
	}
	for who := range s.acked {
		assert.True(s.t, have[who], "seed %d: %s was acknowledged, and has no case", s.seed, who)
	}
	times := map[string]int{}
	for _, x := range s.world.Sent() {
		if x.Op == "send" {
			times[x.Text]++
		}
	}
	for text, n := range times {
		assert.Equal(s.t, 1, n, "seed %d: %q went out %d times", s.seed, text, n)
	}
	for o, err := range s.store.Outbox(ctx, desk.OutboxQuery{}) {
		require.NoError(s.t, err)
		switch {
		case o.State == desk.Uncertain:
			assert.False(s.t, found, "seed %d: the platform could say, and nobody knows: %s, after %d attempts: %s", s.seed, o.Key,
				o.Attempts, s.why(o))
			assert.True(s.t, s.told(o), "seed %d: a person must know of %s", s.seed, o.Key)
		case o.Effect == "send":
			assert.Equal(s.t, desk.Settled, o.State, "seed %d: %s %s", s.seed, o.Key, o.Outcome)
		}
	}
	h := &house{t: s.t, store: &s.store.Store, desk: s.desks[0]}
	h.replays()
}

// told reports whether somebody was told of a case after a request of it had been tried.
func (s *storm) told(o desk.Outbound) bool {
	for tell, err := range s.store.Outbox(s.t.Context(), desk.OutboxQuery{ID: o.ID, Effects: []string{"tell"}}) {
		require.NoError(s.t, err)
		if tell.Outcome == "delivered" && !tell.Asked.Before(o.Tried) {
			return true
		}
	}
	return false
}

func TestNothingIsLostAndNothingSaidTwice(t *testing.T) {
	seeds := uint64(50)
	if os.Getenv("REPUTATION_LONG") == "1" {
		seeds = 1000
	}
	for seed := range seeds {
		lacks := [][]string{nil, {"find"}, {"keys"}, {"find", "keys"}}[seed%4]
		synctest.Test(t, func(t *testing.T) {
			s := brew(t, seed, lacks)
			s.rage()
			finds, wentBack := seed%2 == 0, seed%3 == 0
			s.judge(finds || seed%4 == 1 && !wentBack) // by a clock that went back nobody knows whether a key is remembered
		})
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// why is what the trail has of a request that is uncertain.
func (s *storm) why(o desk.Outbound) (why string) {
	for e, err := range s.store.Entries(s.t.Context(), o.Address) {
		require.NoError(s.t, err)
		if strings.Contains(string(e.Body), `"uncertain"`) && strings.Contains(string(e.Body), o.Key) {
			why = string(e.Body)
		}
	}
	return why
}
