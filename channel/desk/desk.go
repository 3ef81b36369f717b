package desk

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/escalation/throttle"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/trail"
	"github.com/reputekit/reputation/triage"
)

// Options are what a desk works with. Store, Rules and Notifier are required.
type Options struct {
	Store    Store
	Rules    func(tenant string) *respond.Rules // nil for a tenant that is not known; may give others over time, see Use
	Notifier Notifier
	Channels map[string]*channel.Channel // by name; where it hears and speaks

	Observer  Observer  // reads the policy's external signals; may be nil when no policy declares one
	Customers Customers // knows who writes; may be nil when no rules ask
	Granter   Granter   // pays; may be nil when nobody may give anything

	// Scheduler holds scheduled posts. Nil: the pause gates of Channels, which know no tenants: a crisis of one holds what
	// all of them post through this process.
	Scheduler Scheduler

	// Tenants are those whose rules New holds against the ports; nil: only the empty tenant. It is no list of who is served.
	Tenants []string

	// Tenant says whose a polled item is. Of a deletion it sees Ref and Account, of an undecodable item only Ref.Channel.
	// Nil: everything is the empty tenant's.
	Tenant func(m mention.Mention) string

	// Knows says what the host knows of an author, at once and from memory: it is part of what is decided, and stored
	// with it. Nil: nothing.
	Knows func(tenant string, m mention.Mention) (given map[string]string, standing triage.Standing)

	Now      func() time.Time // the desk's clock; nil: time.Now
	Patience time.Duration    // how long one call of a channel or port may take, but for a source that Run asks; 0: 30 s
	Logger   *slog.Logger     // ids and codes, never texts; nil: silent
	Meter    Meter            // figures; nil: none are kept
	Limits   Limits           // how much at once

	// Salt draws the 32 bytes that go into the hash of one entry, so that what was erased cannot be guessed from it. It is
	// for tests that compare bytes: what can be drawn again undoes an erasure. Nil: crypto/rand.
	Salt func(of trail.Name, seq int) []byte

	// Beat is a dead man's beat: Run calls it every minute while the store answers and nothing is due for longer than five
	// minutes. It tells a watch outside this process, which raises the alarm when it is not told. Nil: nobody watches.
	Beat func(context.Context, Health) error
}

// Limits are how much a desk does at once. The zero value is what fits most.
type Limits struct {
	Workers  int                       // cases that Run works on at once; 0: 16
	Backlog  int                       // items that nobody has worked on, above which no source is asked; 0: 10,000
	Handles  int                       // calls of Handle at once, above which it says that there are too many; 0: 256
	Channels map[string]throttle.Limit // replies and surveys that leave by a channel, statements never wait; none: its PerHour
	Pages    throttle.Limit            // what one member is told of cases that are no crisis; the rest waits and goes out together
	Answers  throttle.Limit            // what one customer is sent, so that two machines do not talk for ever; zero: 10 an hour
}

// A Desk runs the house on one store. Its methods may be called at once; one store has one desk at a time.
type Desk struct {
	opt   Options
	names []string // of channels, sorted
	own   bool     // the Scheduler is our own gates

	shards  shards
	lines   lines
	rates   rates
	backlog atomic.Int64 // items that nobody has worked on, as far as is known
	feed    feed

	handling atomic.Int64 // calls of Handle that are under way

	beginning sync.Mutex
	armed     bool      // our own gates hold what was held
	latest    time.Time // that the clock has shown

	mu       sync.Mutex
	busy     map[string]bool // what somebody works on now
	quiet    map[string]time.Time
	said     map[string]*said // by tenant
	using    map[string]*respond.Rules
	recall   map[string]*recall  // by tenant: those of whom something was heard
	hearings map[string]*hearing // by channel
	forget   map[string]bool     // by tenant: its row of forgetting is stored
	active   int                 // calls under way
	draining bool
	stop     chan struct{} // closed when draining begins
	idle     chan struct{} // closed when draining and nothing is under way
	bells    []chan struct{}
}

// New makes a desk. It does no I/O. It fails with all problems at once (spec.Problems): what is required and missing, a
// channel under another name than its own, a port that the rules of one of Options.Tenants can ask for and that is nil.
func New(o Options) (*Desk, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	d := &Desk{
		opt: o, names: slices.Sorted(maps.Keys(o.Channels)), own: o.Scheduler == nil,
		busy: map[string]bool{}, quiet: map[string]time.Time{}, said: map[string]*said{},
		using: map[string]*respond.Rules{}, recall: map[string]*recall{},
		hearings: map[string]*hearing{}, forget: map[string]bool{},
		shards: newShards(), lines: lines{of: map[Address]*line{}}, feed: feed{watchers: map[*watcher]bool{}},
		stop: make(chan struct{}), idle: make(chan struct{}),
	}
	d.recall[""] = &recall{}
	for _, tenant := range o.Tenants {
		d.recall[tenant] = &recall{}
	}
	if d.own {
		d.opt.Scheduler = gates(o.Channels)
	}
	if o.Tenant == nil {
		d.opt.Tenant = func(mention.Mention) string { return "" }
	}
	if o.Knows == nil {
		d.opt.Knows = func(string, mention.Mention) (map[string]string, triage.Standing) { return nil, "" }
	}
	if o.Now == nil {
		d.opt.Now = time.Now
	}
	if o.Patience <= 0 {
		d.opt.Patience = 30 * time.Second
	}
	if o.Limits.Workers <= 0 {
		d.opt.Limits.Workers = 16
	}
	if o.Limits.Backlog <= 0 {
		d.opt.Limits.Backlog = 10_000
	}
	if o.Limits.Handles <= 0 {
		d.opt.Limits.Handles = 256
	}
	if o.Limits.Answers == (throttle.Limit{}) {
		d.opt.Limits.Answers = throttle.Limit{Most: 10, Per: spec.Of(time.Hour)}
	}
	if o.Meter == nil {
		d.opt.Meter = silent{}
	}
	if o.Salt == nil {
		d.opt.Salt = drawn
	}
	if o.Logger == nil {
		d.opt.Logger = slog.New(slog.DiscardHandler)
	}
	return d, nil
}

func (d *Desk) now() time.Time { return mention.Instant(d.opt.Now()) }

// Drain ends the desk without leaving anything half done: nothing new is taken in, what is under way comes to its end
// and is stored, Run returns. After it Handle, Do, Tick and Run answer ErrClosed. It fails with ctx's error if what is
// under way takes longer than ctx lets it.
func (d *Desk) Drain(ctx context.Context) error {
	d.mu.Lock()
	if !d.draining {
		d.draining = true
		close(d.stop)
		if d.active == 0 {
			close(d.idle)
		}
	}
	d.mu.Unlock()
	select {
	case <-d.idle:
		_, err := d.listened(ctx, 1)
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// enter begins a call that Drain waits for; leave ends it.
func (d *Desk) enter() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.draining {
		return ErrClosed
	}
	d.active++
	return nil
}

func (d *Desk) leave() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.active--
	if d.draining && d.active == 0 {
		close(d.idle)
	}
}

// stopping says whether no further piece of work may begin.
func (d *Desk) stopping(ctx context.Context) bool {
	select {
	case <-d.stop:
		return true
	case <-ctx.Done():
		return true
	default:
		return false
	}
}

// claim takes a piece of work for one goroutine; whoever gets false leaves it to the other.
func (d *Desk) claim(what string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.busy[what] {
		return false
	}
	d.busy[what] = true
	return true
}

func (d *Desk) release(what string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.busy, what)
}
