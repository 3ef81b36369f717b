package desk_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// asked puts a request into the outbox, as a case would.
func (h *house) asked(key string, body effect.Body) {
	h.t.Helper()
	e := effect.Effect{Key: key, Because: "a test", Body: body}
	data, err := json.Marshal(e)
	require.NoError(h.t, err)
	at := desk.Address{Kind: desk.KindCase, ID: h.only().ID}
	require.NoError(h.t, h.store.Commit(h.t.Context(), desk.Commit{Outbox: []desk.Outbound{{
		Address: at, Key: key, Rank: 4, Lane: key, Effect: e.Kind(), Body: data, State: desk.Waiting, Asked: h.now,
	}}}))
}

// A till is a Granter whose answers a test writes.
type till struct {
	errs  []error // of Grant, one after the other; then nil
	found error   // of Find
	paid  int
	asked int
}

func (p *till) Grant(context.Context, string, channel.Key, effect.Grant) (event.Granted, error) {
	p.paid++
	if p.paid <= len(p.errs) {
		return event.Granted{}, p.errs[p.paid-1]
	}
	return event.Granted{Reference: "voucher 1"}, nil
}

func (p *till) Find(context.Context, string, channel.Key) (event.Granted, error) {
	p.asked++
	return event.Granted{Reference: "voucher 1"}, p.found
}

func TestAGrantIsNeverPaidOnAGuess(t *testing.T) {
	lost := errors.New("the connection was lost")
	for _, row := range []struct {
		reason  string
		till    *till
		paid    int
		outcome string
	}{
		{"paid", &till{}, 1, "granted"},
		{"certainly not paid, and it never will be", &till{errs: []error{channel.ErrForbidden}}, 1, "denied"},
		{"certainly not paid this time", &till{errs: []error{channel.ErrRateLimited}}, 2, "granted"},
		{"nobody knows: it was paid", &till{errs: []error{lost}}, 1, "granted"},
		{"nobody knows: it was not paid", &till{errs: []error{lost}, found: channel.ErrNotFound}, 2, "granted"},
		{"nobody knows, and nobody can say", &till{errs: []error{lost}, found: channel.ErrUnsupported}, 1, "uncertain"},
	} {
		t.Run(row.reason, func(t *testing.T) {
			h := newHouse(t, &memory.Channel{})
			h.ports = func(o *desk.Options) { o.Granter = row.till }
			h.open()
			h.world.Post(said("eva", "Fjordwing lost my bag"))
			h.tick()
			h.asked("pay", effect.Grant{Offer: "o", Member: "ana", Kind: "coupon"})
			h.tick()
			for range 5 {
				h.after(time.Minute)
			}
			assert.Equal(t, row.paid, row.till.paid)
			assert.Equal(t, []string{row.outcome}, h.outcomes("grant"))
		})
	}
}

// A reader is an Observer and a Customers in one.
type reader struct {
	text string
	err  error
}

func (r *reader) Observe(_ context.Context, _ string, _ channel.Key, text string, _ effect.Observe) (event.Observed, error) {
	r.text = text
	return event.Observed{Absent: []string{"tone"}}, r.err
}

func (r *reader) Lookup(context.Context, string, channel.Key, effect.Lookup) (event.Known, error) {
	return event.Known{Given: map[string]string{"tier": "4"}}, r.err
}

func TestQuestionsToOthers(t *testing.T) {
	for _, row := range []struct {
		reason   string
		err      error
		observed string
		known    string
	}{
		{"an answer", nil, "observed", "known"},
		{"nobody can say", errors.New("down"), "undelivered failed", "undelivered failed"},
		{"the answer comes by Do", desk.ErrLater, "delivered", "delivered"},
	} {
		t.Run(row.reason, func(t *testing.T) {
			h, r := newHouse(t, &memory.Channel{}), &reader{err: row.err}
			h.ports = func(o *desk.Options) { o.Observer, o.Customers = r, r }
			h.open()
			ref := h.world.Post(said("eva", "Fjordwing lost my bag"))
			h.tick()
			h.asked("read", effect.Observe{Ref: ref})
			h.asked("look", effect.Lookup{Ref: ref, Author: mention.Author{Handle: "eva"}})
			h.tick()
			assert.Equal(t, "Fjordwing lost my bag", r.text, "the words come from the store, not with the request")
			assert.Equal(t, []string{row.observed}, h.outcomes("observe"))
			assert.Equal(t, []string{row.known}, h.outcomes("lookup"))
		})
	}
}

func TestWhatHasNoPortIsNotDone(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	h.asked("pay", effect.Grant{})
	h.asked("read", effect.Observe{})
	h.asked("look", effect.Lookup{})
	h.tick()
	assert.Equal(t, []string{"denied"}, h.outcomes("grant"))
	assert.Equal(t, []string{"undelivered failed"}, h.outcomes("observe"))
	assert.Equal(t, []string{"undelivered failed"}, h.outcomes("lookup"))
}

// A wall answers nothing, and heeds no context.
type wall struct {
	pager
	falls chan struct{}
}

func (w *wall) Tell(ctx context.Context, tenant string, key channel.Key, t effect.Tell) error {
	if t.Member == "ana" {
		<-w.falls
	}
	return w.pager.Tell(ctx, tenant, key, t)
}

func TestAPortThatHeedsNoContextHoldsNothingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wall{falls: make(chan struct{})}
		h, ended := running(t, &memory.Channel{}, w)
		h.world.Post(said("eva", "Fjordwing lost my bag"))
		h.sleep(3 * time.Minute)
		assert.Contains(t, w.members(), "ben", "the desk gives it up, and goes on to the next")
		require.NoError(t, h.desk.Drain(t.Context()), "and ends")
		require.NoError(t, <-ended)
		close(w.falls)
	})
}
