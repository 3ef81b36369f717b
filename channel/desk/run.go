package desk

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// carriers is how many requests can be on their way at once, by rank: acts of moderation, what a crisis asks for, pages,
// replies and posts, questions. None of the five waits for another.
var carriers = []struct{ n, first, last int }{
	{1, rankHarm, rankHarm},
	{2, rankAlarm, rankAlarm},
	{4, rankPage, rankPage},
	{4, rankPost, rankReply},
	{4, rankAsk, rankAsk},
}

// lanesAtOnce is how many lanes carriers can be at together, and how many requests one of them carries out before it
// looks again for what goes first.
const lanesAtOnce = 12

// Run does what Tick does, as it falls due, until ctx is done or Drain is called; then it lets what is under way come to
// its end, and returns nil. Sources are asked at their own intervals; acts of moderation and pages never wait behind
// replies. When the store fails it tries again. Options.Now must be the clock that timers run on. It fails with ErrClosed
// after Drain.
func (d *Desk) Run(ctx context.Context) error {
	if err := d.enter(); err != nil {
		return err
	}
	defer d.leave()
	for d.begin(ctx) != nil {
		if !d.rest(ctx, nil, time.Second) {
			return nil
		}
	}
	var running sync.WaitGroup
	for _, work := range d.jobs() {
		bell := d.bell()
		defer d.mute(bell)
		running.Go(func() { d.loop(ctx, bell, work) })
	}
	listen, hangUp := context.WithCancel(ctx)
	running.Go(func() { // a source may be asked for long: it is not waited for
		defer hangUp()
		d.rest(listen, nil, forEver)
	})
	for _, name := range d.names {
		if c := d.opt.Channels[name].Describe(); c.Fetches {
			running.Go(func() { d.loop(listen, nil, d.listener(name, c.Interval)) })
		}
	}
	running.Wait()
	if _, err := d.listened(context.WithoutCancel(ctx), 1); err != nil {
		d.opt.Logger.WarnContext(ctx, "what was counted is not stored", "error", err)
	}
	return nil
}

// A job does one kind of work that there is, and says how much it was and when there is more.
type job func(context.Context) (n int, next time.Time, err error)

// jobs are what is done whenever something was stored.
func (d *Desk) jobs() []job {
	out := []job{
		func(ctx context.Context) (int, time.Time, error) {
			n, err := d.inbox(ctx, d.opt.Limits.Workers)
			return n, time.Time{}, err
		},
		func(ctx context.Context) (int, time.Time, error) {
			if err := d.begin(ctx); err != nil { // the clock may have gone back
				return 0, time.Time{}, err
			}
			n, err := d.listened(ctx, savedAfter)
			woken, next, bad := d.elapse(ctx, d.opt.Limits.Workers)
			return n + woken, next, errors.Join(err, bad)
		},
		d.beat,
	}
	for _, c := range carriers {
		for range c.n {
			out = append(out, func(ctx context.Context) (int, time.Time, error) {
				return d.carry(ctx, c.first, c.last, lanesAtOnce)
			})
		}
	}
	return out
}

// listener asks one source at its interval.
func (d *Desk) listener(name string, interval time.Duration) job {
	if interval <= 0 {
		interval = time.Minute
	}
	return func(ctx context.Context) (int, time.Time, error) {
		more, err := d.poll(ctx, name, 0)
		if d.full() {
			return 0, d.now().Add(time.Second), err
		}
		if more {
			return 1, time.Time{}, err
		}
		return 0, d.now().Add(interval), err
	}
}

// idleness is how long a loop rests when it knows of nothing to do; a commit wakes it.
const (
	idleness = time.Minute
	forEver  = time.Duration(1<<63 - 1)
)

// loop does one kind of work whenever there is some.
func (d *Desk) loop(ctx context.Context, bell <-chan struct{}, work job) {
	for !d.stopping(ctx) {
		n, next, err := work(ctx)
		wait := idleness
		switch {
		case err != nil && ctx.Err() == nil:
			d.opt.Logger.ErrorContext(ctx, "the store failed", "error", err)
			wait = time.Second
		case n > 0:
			continue
		case !next.IsZero():
			wait = max(next.Sub(d.now()), time.Millisecond)
		}
		if !d.rest(ctx, bell, wait) {
			return
		}
	}
}

// rest waits, and reports false when the desk is to stop.
func (d *Desk) rest(ctx context.Context, bell <-chan struct{}, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-d.stop:
		return false
	case <-bell:
	case <-timer.C:
	}
	return true
}

// bell gives a loop its own bell; mute takes it away again.
func (d *Desk) bell() chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	bell := make(chan struct{}, 1)
	d.bells = append(d.bells, bell)
	return bell
}

func (d *Desk) mute(bell chan struct{}) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.bells = slices.DeleteFunc(d.bells, func(b chan struct{}) bool { return b == bell })
}

// wake rings every bell: something was stored.
func (d *Desk) wake() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, bell := range d.bells {
		select {
		case bell <- struct{}{}:
		default:
		}
	}
}
