package desktest

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage/signal"
)

// A Pager is a desk.Notifier that keeps what it was asked. It is safe for concurrent use.
type Pager struct {
	Refuses []string // members who cannot be reached

	mu    sync.Mutex
	told  []effect.Tell
	asked []effect.Approve

	digests []int
}

// Tell implements desk.Notifier.
func (p *Pager) Tell(ctx context.Context, _ string, _ channel.Key, t effect.Tell) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.told = append(p.told, t)
	return p.reach(ctx, t.Member)
}

// Approve implements desk.Notifier.
func (p *Pager) Approve(ctx context.Context, _ string, _ channel.Key, a effect.Approve) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, a)
	return p.reach(ctx, a.Member)
}

// Digest implements desk.Digester: each of the pages counts as told.
func (p *Pager) Digest(ctx context.Context, _ string, _ []channel.Key, pages []effect.Tell) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.told = append(p.told, pages...)
	p.digests = append(p.digests, len(pages))
	return p.reach(ctx, pages[0].Member)
}

// Digests returns how many pages there were in each message that held more than one. The slice is the caller's.
func (p *Pager) Digests() []int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.digests)
}

func (p *Pager) reach(ctx context.Context, member string) error {
	if slices.Contains(p.Refuses, member) {
		return fmt.Errorf("%s does not answer", member)
	}
	return ctx.Err()
}

// Told returns the pages, in order. The slice is the caller's.
func (p *Pager) Told() []effect.Tell {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.told)
}

// Asked returns the drafts that members were asked to allow, in order. The slice is the caller's.
func (p *Pager) Asked() []effect.Approve {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asked)
}

// A Reader is a desk.Observer that reads the same in every message: per mille, by the name of the signal. What it does
// not name nobody can read.
type Reader map[string]int

// Observe implements desk.Observer.
func (r Reader) Observe(ctx context.Context, _ string, _ channel.Key, _ string, o effect.Observe) (event.Observed, error) {
	var out event.Observed
	for _, s := range o.Signals {
		if v, ok := r[s.Name]; ok {
			out.Signals = append(out.Signals, signal.Reading{Name: s.Name, Value: v})
		} else {
			out.Absent = append(out.Absent, s.Name)
		}
	}
	return out, ctx.Err()
}

// A Register is desk.Customers: what is known of an author, by his mention.Author.Key.
type Register map[string]event.Known

// Lookup implements desk.Customers.
func (r Register) Lookup(ctx context.Context, _ string, _ channel.Key, l effect.Lookup) (event.Known, error) {
	return r[l.Author.Key()], ctx.Err()
}

// A Till is a desk.Granter that pays once for a key. It is safe for concurrent use.
type Till struct {
	Empty bool // nothing is paid
	Loses bool // the first answer about each key is lost, after it was paid
	Blind bool // it cannot say afterwards what it paid

	mu   sync.Mutex
	paid map[channel.Key]effect.Grant
	keys []channel.Key
}

// Grant implements desk.Granter.
func (t *Till) Grant(ctx context.Context, _ string, key channel.Key, g effect.Grant) (event.Granted, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return event.Granted{}, &channel.Error{Code: channel.ErrUnavailable, Op: "grant", Reason: "not begun", Err: err}
	}
	before, known := t.paid[key]
	switch {
	case t.Empty:
		return event.Granted{}, &channel.Error{Code: channel.ErrForbidden, Op: "grant", Reason: "the till is empty"}
	case known && before != g:
		return event.Granted{}, &channel.Error{Code: channel.ErrConflict, Op: "grant", Reason: "the key paid something else"}
	case known:
		return granted(key), nil
	}
	if t.paid == nil {
		t.paid = map[channel.Key]effect.Grant{}
	}
	t.paid[key] = g
	t.keys = append(t.keys, key)
	if t.Loses {
		return event.Granted{}, &channel.Error{Code: channel.ErrUnavailable, Op: "grant", Reason: "no answer", MaybeApplied: true}
	}
	return granted(key), nil
}

// Find implements desk.Granter.
func (t *Till) Find(_ context.Context, _ string, key channel.Key) (event.Granted, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.Blind {
		return event.Granted{}, &channel.Error{Code: channel.ErrUnsupported, Op: "find"}
	}
	if _, known := t.paid[key]; !known {
		return event.Granted{}, &channel.Error{Code: channel.ErrNotFound, Op: "find"}
	}
	return granted(key), nil
}

// Paid returns what was paid, in order. The slice is the caller's.
func (t *Till) Paid() (out []effect.Grant) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, key := range t.keys {
		out = append(out, t.paid[key])
	}
	return out
}

func granted(key channel.Key) event.Granted {
	return event.Granted{Key: string(key), Reference: "voucher " + string(key)}
}

// A Planner is a desk.Scheduler that knows which incidents hold the scheduled posts. It is safe for concurrent use.
type Planner struct {
	mu   sync.Mutex
	held []string
}

// Hold implements desk.Scheduler.
func (p *Planner) Hold(ctx context.Context, _ string, h effect.Hold) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if ctx.Err() == nil && !slices.Contains(p.held, h.Incident) {
		p.held = append(p.held, h.Incident)
	}
	return ctx.Err()
}

// Resume implements desk.Scheduler.
func (p *Planner) Resume(ctx context.Context, _ string, r effect.Resume) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if ctx.Err() == nil {
		p.held = slices.DeleteFunc(p.held, func(id string) bool { return id == r.Incident })
	}
	return ctx.Err()
}

// Held returns the incidents that hold posts now, in the order in which they began to. The slice is the caller's.
func (p *Planner) Held() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.held)
}
