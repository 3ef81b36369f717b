package desktest_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/desktest"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
)

var tone = triage.Source{Name: "tone", By: "reader"}

func TestTheFakesHoldWhatIsAskedOfPorts(t *testing.T) {
	ctx := t.Context()
	desktest.Report(t, desktest.CheckNotifier(ctx, &desktest.Pager{}))
	desktest.Report(t, desktest.CheckObserver(ctx, desktest.Reader{"tone": -400, "pitch": 7}, tone, triage.Source{Name: "image"}))
	desktest.Report(t, desktest.CheckCustomers(ctx, desktest.Register{"@eva": {Standing: "press"}}))
	desktest.Report(t, desktest.CheckGranter(ctx, &desktest.Till{}))
	desktest.Report(t, desktest.CheckGranter(ctx, &desktest.Till{Blind: true}))
	desktest.Report(t, desktest.CheckScheduler(ctx, &desktest.Planner{}))
}

// broken is every port, with the bugs that a test plants.
type broken struct {
	desktest.Pager
	desktest.Till
	desktest.Planner
	n       atomic.Int64
	tell    func(context.Context) error
	observe func(context.Context, effect.Observe) (event.Observed, error)
	lookup  func(context.Context) (event.Known, error)
	grant   func(context.Context, channel.Key, effect.Grant) (event.Granted, error)
	find    func(channel.Key) (event.Granted, error)
	hold    func(context.Context) error
}

func (b *broken) Tell(ctx context.Context, _ string, _ channel.Key, _ effect.Tell) error {
	return b.tell(ctx)
}

func (b *broken) Observe(ctx context.Context, _ string, _ channel.Key, _ string, o effect.Observe) (event.Observed, error) {
	return b.observe(ctx, o)
}

func (b *broken) Lookup(ctx context.Context, _ string, _ channel.Key, _ effect.Lookup) (event.Known, error) {
	return b.lookup(ctx)
}

func (b *broken) Grant(ctx context.Context, tenant string, key channel.Key, g effect.Grant) (event.Granted, error) {
	if b.grant == nil {
		return b.Till.Grant(ctx, tenant, key, g)
	}
	return b.grant(ctx, key, g)
}

func (b *broken) Find(ctx context.Context, tenant string, key channel.Key) (event.Granted, error) {
	if b.find == nil {
		return b.Till.Find(ctx, tenant, key)
	}
	return b.find(key)
}

func (b *broken) Hold(ctx context.Context, _ string, _ effect.Hold) error { return b.hold(ctx) }

func TestPlantedBugsAreCaught(t *testing.T) {
	hangs := func(ctx context.Context) error {
		if ctx.Err() != nil {
			time.Sleep(time.Minute)
		}
		return nil
	}
	once := func(b *broken) func(context.Context) error {
		return func(context.Context) error {
			if b.n.Add(1) > 1 {
				return errors.New("twice")
			}
			return nil
		}
	}
	notifier := func(b *broken) []desktest.Result { return desktest.CheckNotifier(context.Background(), b) }
	observer := func(b *broken) []desktest.Result { return desktest.CheckObserver(context.Background(), b, tone) }
	customers := func(b *broken) []desktest.Result { return desktest.CheckCustomers(context.Background(), b) }
	granter := func(b *broken) []desktest.Result { return desktest.CheckGranter(context.Background(), b) }
	scheduler := func(b *broken) []desktest.Result { return desktest.CheckScheduler(context.Background(), b) }
	for _, row := range []struct {
		bug    string
		check  func(*broken) []desktest.Result
		plant  func(*broken)
		caught string
	}{
		{"it never reaches anybody", notifier, func(b *broken) {
			b.tell = func(context.Context) error { return errors.New("no line") }
		}, "notifier: a member who can be reached is"},
		{"a repeated page is refused", notifier, func(b *broken) { b.tell = once(b) },
			"notifier: a page that comes again with its key is no error"},
		{"it panics", notifier, func(b *broken) { b.tell = func(context.Context) error { panic("no line") } },
			"notifier: it is called from many sides at once"},
		{"it does not heed its context", notifier, func(b *broken) { b.tell = hangs },
			"notifier: it returns soon after its context is done"},
		{"it reads what nobody asked for", observer, func(b *broken) {
			b.observe = func(context.Context, effect.Observe) (event.Observed, error) {
				return event.Observed{Signals: []signal.Reading{{Name: "gossip"}}}, nil
			}
		}, "observer: it reads what was asked, and says of the rest that nobody can"},
		{"it draws lots", observer, func(b *broken) {
			b.observe = func(context.Context, effect.Observe) (event.Observed, error) {
				return event.Observed{Signals: []signal.Reading{{Name: "tone", Value: int(b.n.Add(1))}}}, nil
			}
		}, "observer: the same key has the same answer"},
		{"it knows everybody", customers, func(b *broken) {
			b.lookup = func(context.Context) (event.Known, error) { return event.Known{Standing: "press"}, nil }
		}, "customers: whom nobody knows is no error, and nothing is said of him"},
		{"who is not known is an error", customers, func(b *broken) {
			b.lookup = func(context.Context) (event.Known, error) { return event.Known{}, errors.New("404") }
		}, "customers: whom nobody knows is no error, and nothing is said of him"},
		{"every call pays", granter, func(b *broken) {
			b.grant = func(context.Context, channel.Key, effect.Grant) (event.Granted, error) {
				return event.Granted{Reference: fmt.Sprint(b.n.Add(1))}, nil
			}
		}, "granter: one key pays once, and has one answer"},
		{"a known key pays another sum", granter, func(b *broken) {
			b.grant = func(context.Context, channel.Key, effect.Grant) (event.Granted, error) { return event.Granted{}, nil }
		}, "granter: a known key with another sum is a conflict"},
		{"it finds nothing", granter, func(b *broken) {
			b.find = func(channel.Key) (event.Granted, error) { return event.Granted{}, channel.ErrNotFound }
		}, "granter: what was paid is found"},
		{"it finds everything", granter, func(b *broken) {
			b.find = func(channel.Key) (event.Granted, error) { return event.Granted{}, nil }
		}, "granter: what was never paid is not found"},
		{"it pays and denies it", granter, func(b *broken) {
			b.grant = func(ctx context.Context, key channel.Key, g effect.Grant) (event.Granted, error) {
				out, err := b.Till.Grant(context.WithoutCancel(ctx), "", key, g)
				if ctx.Err() != nil {
					return out, &channel.Error{Code: channel.ErrForbidden}
				}
				return out, err
			}
		}, "granter: when its context is done it returns soon, and does not deny what it may have paid"},
		{"a second hold is refused", scheduler, func(b *broken) { b.hold = once(b) }, "scheduler: held twice is held once"},
		{"it does not heed its context", scheduler, func(b *broken) { b.hold = hangs },
			"scheduler: it returns soon after its context is done"},
	} {
		synctest.Test(t, func(t *testing.T) {
			b := &broken{}
			row.plant(b)
			var failed []string
			for _, r := range row.check(b) {
				if r.Err != nil {
					failed = append(failed, r.Check)
				}
			}
			assert.Contains(t, failed, row.caught, row.bug)
			time.Sleep(time.Hour) // what hangs ends
		})
	}
}

// One literal for each port of a desk in a test.
func Example() {
	o := desk.Options{
		Notifier:  &desktest.Pager{Refuses: []string{"ana"}},
		Observer:  desktest.Reader{"tone": -400},
		Customers: desktest.Register{"@eva": {Given: map[string]string{"tier": "4"}}},
		Granter:   &desktest.Till{},
		Scheduler: &desktest.Planner{},
	}
	for _, r := range desktest.CheckGranter(context.Background(), o.Granter) {
		fmt.Println(r.Check, r.Err == nil)
	}
	// Output:
	// granter: one key pays once, and has one answer true
	// granter: one key from many sides pays once true
	// granter: a known key with another sum is a conflict true
	// granter: what was paid is found true
	// granter: what was never paid is not found true
	// granter: when its context is done it returns soon, and does not deny what it may have paid true
}
