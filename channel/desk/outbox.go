package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// The kinds of effect that the desk tells apart by name.
var (
	kindSend     = effect.Effect{Body: effect.Send{}}.Kind()
	kindPublish  = effect.Effect{Body: effect.Publish{}}.Kind()
	kindModerate = effect.Effect{Body: effect.Moderate{}}.Kind()
	kindHold     = effect.Effect{Body: effect.Hold{}}.Kind()
	kindResume   = effect.Effect{Body: effect.Resume{}}.Kind()
)

// rank is which requests go first: what takes harm out of sight, then what calls people, then what speaks.
func rank(kind string) int {
	switch kind {
	case kindModerate:
		return 0
	case kindSend:
		return 3
	case kindPublish:
		return 2
	}
	return 1
}

// most is how often one request is tried, or asked after, before that is its outcome.
const most = 10

// backoff is how long after the nth attempt the next one is.
func backoff(n int) time.Duration { return min(5*time.Minute, time.Second<<min(n, 20)) }

// one is the request with a key.
func (d *Desk) one(ctx context.Context, key string) (Outbound, error) {
	for o, err := range d.opt.Store.Outbox(ctx, OutboxQuery{Key: key}) {
		return o, err
	}
	return Outbound{}, ErrAbsent
}

// heads are the requests that are first in their lanes, what goes first first. Lanes that hold an uncertain request
// stand still.
func (d *Desk) heads(ctx context.Context, wanted func(kind string) bool) ([]Outbound, error) {
	var out []Outbound
	lanes := map[string]bool{}
	for o, err := range d.opt.Store.Outbox(ctx, OutboxQuery{Open: true}) {
		if err != nil {
			return nil, err
		}
		if lanes[o.Lane] || !wanted(o.Effect) {
			continue
		}
		lanes[o.Lane] = true
		if o.State != Uncertain {
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b Outbound) int { return rank(a.Effect) - rank(b.Effect) })
	return out, nil
}

// carry carries out what is due of the wanted kinds, one request of each lane. It reports how many it moved, and when the
// next one falls due.
func (d *Desk) carry(ctx context.Context, wanted func(kind string) bool) (n int, next time.Time, err error) {
	heads, err := d.heads(ctx, wanted)
	if err != nil {
		return 0, next, err
	}
	now := d.now()
	for _, o := range heads {
		if d.stopping(ctx) {
			break
		}
		if o.Next.After(now) {
			next = sooner(next, o.Next)
			continue
		}
		did, err := d.attempt(ctx, o.Key, o.Lane)
		if err != nil {
			return n, next, err
		}
		if did {
			n++
		}
	}
	return n, next, nil
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
	if err != nil || o.State != Waiting && o.State != Trying || o.Next.After(d.now()) {
		return false, err
	}
	return true, d.further(ctx, o)
}

// further tries a request, asks after it, or settles it.
func (d *Desk) further(ctx context.Context, o Outbound) error {
	body := decoded(o)
	if join, ok := body.(effect.Join); ok {
		return d.join(ctx, o, join)
	}
	c := d.carrier(o, body)
	unsure := o.State == Trying && !c.repeatable
	if unsure && c.find != nil {
		ref, err := patiently(ctx, d, c.find)
		if err == nil {
			return d.outcome(ctx, o, event.Delivered{Key: o.Key, Ref: ref}, nil)
		}
		if !errors.Is(err, channel.ErrNotFound) {
			return d.unknown(ctx, o, err)
		}
		unsure = false
	} else if unsure && d.now().Sub(o.Tried) >= c.remembers {
		return d.outcome(ctx, o, event.Uncertain{Key: o.Key, Detail: "the channel can neither find a key nor take it again"}, nil)
	}
	why, err := c.check(ctx)
	switch {
	case errors.As(err, new(*channel.Error)):
		return d.notDone(ctx, o, unsure, err)
	case err != nil:
		return err
	case why.reason != "" && unsure:
		return d.outcome(ctx, o, event.Uncertain{Key: o.Key, Detail: "it may be out, and " + string(why.reason)}, why.news)
	case why.reason != "":
		return d.outcome(ctx, o, event.Undelivered{Key: o.Key, Reason: why.reason, Detail: why.detail}, why.news)
	}
	return d.try(ctx, o, c, unsure)
}

// try stores that the request is tried, calls the world, and stores what came of it.
func (d *Desk) try(ctx context.Context, o Outbound, c carrier, unsure bool) error {
	now := d.now()
	if !unsure {
		o.Tried = now
	}
	o.State, o.Next = Trying, time.Time{}
	o.Attempts++
	if err := d.opt.Store.Commit(ctx, Commit{Outbox: []Outbound{o}}); err != nil {
		return err
	}
	ref, err := patiently(ctx, d, c.do)
	ctx = context.WithoutCancel(ctx) // what was done is stored, whoever wants to stop
	switch advice := channel.Classify(err); {
	case err == nil:
		return d.outcome(ctx, o, event.Delivered{Key: o.Key, Ref: ref}, nil)
	case unsure, advice == channel.FindOut && !c.repeatable:
		return d.unknown(ctx, o, err) // even where this time it was not done, the time before is still open
	case c.page, advice == channel.GiveUp, advice == channel.Rewind:
		return d.outcome(ctx, o, event.Undelivered{Key: o.Key, Reason: reasonOf(err), Detail: codeOf(err)}, nil)
	}
	return d.notDone(ctx, o, false, err)
}

// patiently makes one call into the world, for as long as the desk's patience lasts: a desk that stops lets it come to
// its end.
func patiently[T any](ctx context.Context, d *Desk, do func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.opt.Patience)
	defer cancel()
	return do(ctx)
}

// notDone keeps a request that was certainly not done this time. What earlier attempts did may still be unknown.
func (d *Desk) notDone(ctx context.Context, o Outbound, unsure bool, err error) error {
	if unsure {
		return d.unknown(ctx, o, err)
	}
	var e *channel.Error
	errors.As(err, &e)
	wait := backoff(o.Attempts)
	switch {
	case channel.Classify(err) == channel.Stop: // a pause, or going down: no fault of the request
		wait = time.Minute
		o.Attempts--
	case o.Attempts >= most:
		return d.outcome(ctx, o, event.Undelivered{Key: o.Key, Reason: event.Failed, Detail: codeOf(err)}, nil)
	case o.State == Waiting:
		o.Attempts++ // it was looked at, and could not be tried
	}
	if e != nil {
		wait = max(wait, e.RetryAfter)
	}
	return d.later(ctx, o, Waiting, wait, err)
}

// unknown keeps a request of which nobody knows yet whether it was done, and asks again, sooner or later. In the end it
// is uncertain.
func (d *Desk) unknown(ctx context.Context, o Outbound, err error) error {
	switch {
	case channel.Classify(err) == channel.Stop: // a pause: time will tell
		return d.later(ctx, o, Trying, time.Minute, err)
	case o.Attempts >= most:
		return d.outcome(ctx, o, event.Uncertain{Key: o.Key, Detail: codeOf(err)}, nil)
	}
	wait := time.Duration(0)
	if o.Attempts > 1 {
		wait = backoff(o.Attempts)
	}
	o.Attempts++
	return d.later(ctx, o, Trying, wait, err)
}

func (d *Desk) later(ctx context.Context, o Outbound, state State, wait time.Duration, err error) error {
	d.opt.Logger.WarnContext(ctx, "request waits", "key", o.Key, "effect", o.Effect, "state", state, "wait", wait, "error", codeOf(err))
	o.State, o.Next = state, d.now().Add(wait)
	return d.opt.Store.Commit(context.WithoutCancel(ctx), Commit{Outbox: []Outbound{o}})
}

// outcome stores what became of a request, in one commit with the events that say so. The world has changed already, so
// a store that fails is asked again before the outcome is left to be found out later.
func (d *Desk) outcome(ctx context.Context, o Outbound, outcome event.Body, news func(context.Context, *work) error) error {
	ctx = context.WithoutCancel(ctx)
	for n := 1; ; n++ {
		err := d.atomically(ctx, func(w *work) error {
			if news != nil {
				if err := news(ctx, w); err != nil {
					return err
				}
			}
			return w.settle(ctx, o, outcome)
		})
		switch {
		case errors.Is(err, ErrKnown) && news != nil: // the news was known before: the outcome is not
			news = nil
		case errors.Is(err, ErrKnown), errors.As(err, new(*stepError)):
			d.opt.Logger.ErrorContext(ctx, "outcome changes nothing", "key", o.Key, "effect", o.Effect, "error", err)
			return d.opt.Store.Commit(ctx, Commit{Outbox: []Outbound{settled(o, outcome, d.now())}})
		case err == nil || n >= 3:
			return err
		}
	}
}

// settle brings the outcome to the row that asked, and settles the request.
func (w *work) settle(ctx context.Context, o Outbound, outcome event.Body) error {
	return w.settleBy(ctx, o, event.Event{
		ID: event.OutcomeID(o.Key, outcome, o.Attempts), At: w.now, By: event.Channel, Body: outcome,
	})
}

func (w *work) settleBy(ctx context.Context, o Outbound, e event.Event) error {
	if _, err := w.step(ctx, o.Address, e); err != nil {
		return err
	}
	w.commit.Outbox = append(w.commit.Outbox, settled(o, e.Body, w.now))
	done, ok := e.Body.(event.Delivered)
	if text := textOf(decoded(o)); ok && text != "" && !done.Ref.IsZero() {
		w.commit.Texts = append(w.commit.Texts, Text{Address: o.Address, Ref: done.Ref, Ours: true, Text: text})
	}
	return nil
}

// settled is the request with its outcome. An uncertain one stays open.
func settled(o Outbound, outcome event.Body, now time.Time) Outbound {
	o.State, o.Settled, o.Next = Settled, now, time.Time{}
	o.Outcome = event.Event{Body: outcome}.Kind()
	switch b := outcome.(type) {
	case event.Undelivered:
		o.Outcome += " " + string(b.Reason)
	case event.Uncertain:
		o.State, o.Settled = Uncertain, time.Time{}
	}
	return o
}

// textOf is what a request says; empty for one that says nothing.
func textOf(b effect.Body) string {
	switch b := b.(type) {
	case effect.Send:
		return b.Text
	case effect.Publish:
		return b.Text
	}
	return ""
}

// reasonOf is why the world did not do it, as a case knows reasons.
func reasonOf(err error) event.Reason {
	switch {
	case errors.Is(err, channel.ErrGone), errors.Is(err, channel.ErrNotFound):
		return event.Gone
	case errors.Is(err, channel.ErrConflict):
		return event.Changed
	case errors.Is(err, channel.ErrWindowClosed):
		return event.TooLate
	case errors.Is(err, channel.ErrPaused):
		return event.Paused
	}
	return event.Failed
}

// codeOf is what may be stored and logged of an error: no text that a platform echoes back.
func codeOf(err error) string {
	var e *channel.Error
	if errors.As(err, &e) {
		return strings.TrimPrefix(e.Op+": "+string(e.Code), ": ")
	}
	return "not classified"
}
