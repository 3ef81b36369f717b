package desk

import (
	"context"
	"errors"
	"time"

	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/triage"
)

// The ranks of requests: what takes harm out of sight, then what calls people where life or the whole house is in danger
// and what leads there, then every other page, then what speaks and pays. What is asked of others has carriers of its own.
const (
	rankHarm = iota
	rankAlarm
	rankPage
	rankPost
	rankReply
	rankAsk
)

func rank(b effect.Body) int {
	switch b := b.(type) {
	case effect.Moderate:
		return rankHarm
	case effect.Join, effect.Hold, effect.Resume:
		return rankAlarm
	case effect.Tell:
		if b.Category == triage.Life || b.Severity == triage.Crisis {
			return rankAlarm
		}
	case effect.Publish, effect.HoldCases, effect.ReleaseCases, effect.InformCases:
		return rankPost
	case effect.Send, effect.Survey, effect.Grant:
		return rankReply
	case effect.Observe, effect.Lookup:
		return rankAsk
	}
	return rankPage
}

// carry carries out what is ready, rank by rank, one request of each lane after the other, at most limit of them. It
// reports how many it moved, and when the next one falls due. A request whose commits fail holds up no other.
func (d *Desk) carry(ctx context.Context, first, last, limit int) (n int, next time.Time, err error) {
	var failed failures
	left := map[string]bool{}
	for rank := first; rank <= last; rank++ {
		for moved := true; moved && n < limit && !d.stopping(ctx); {
			moved = false
			ready, err := d.opt.Store.Ready(ctx, rank, d.now(), batch+len(left))
			if err != nil {
				return n, next, err
			}
			for _, o := range ready {
				if left[o.Key] || n >= limit || d.stopping(ctx) {
					continue
				}
				did, err := d.attempt(ctx, o.Key, o.Lane)
				if left[o.Key] = !did; failed.tell(err) {
					return n, next, failed.first
				}
				if did && err == nil {
					n++
					moved = true
				}
			}
		}
		if next, err = d.nextOf(ctx, rank, next); err != nil {
			return n, next, err
		}
	}
	return n, next, failed.first
}

// nextOf is when the first request of a rank falls due that waits for an instant, if that is before another.
func (d *Desk) nextOf(ctx context.Context, rank int, before time.Time) (time.Time, error) {
	ready, err := d.opt.Store.Ready(ctx, rank, endOfTime, 2*lanesAtOnce)
	now := d.now()
	for _, o := range ready { // those that are due already, somebody else is at
		if o.Next.After(now) {
			return sooner(before, o.Next), err
		}
	}
	return before, err
}

func sooner(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

// attempt takes one request one step further, unless somebody else is at its lane. The error is the store's.
func (d *Desk) attempt(ctx context.Context, key, lane string) (did bool, err error) {
	if !d.claim("lane/" + lane) {
		return false, nil
	}
	defer d.release("lane/" + lane)
	o, err := d.one(ctx, key)
	if errors.Is(err, ErrAbsent) {
		return false, nil
	}
	if err != nil || o.State != Waiting && o.State != Trying || o.Next.After(d.now()) {
		return false, err
	}
	if err := d.further(ctx, o); err != nil {
		return false, err
	}
	return true, nil
}

// one is the request with a key.
func (d *Desk) one(ctx context.Context, key string) (Outbound, error) {
	for o, err := range d.opt.Store.Outbox(ctx, OutboxQuery{Key: key}) {
		return o, err
	}
	return Outbound{}, ErrAbsent
}
