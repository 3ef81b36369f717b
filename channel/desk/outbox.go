package desk

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// The kinds of effect that the desk tells apart by name.
var (
	kindSend     = effect.Effect{Body: effect.Send{}}.Kind()
	kindSurvey   = effect.Effect{Body: effect.Survey{}}.Kind()
	kindModerate = effect.Effect{Body: effect.Moderate{}}.Kind()
	kindHold     = effect.Effect{Body: effect.Hold{}}.Kind()
	kindResume   = effect.Effect{Body: effect.Resume{}}.Kind()
)

// most is how often one request is tried, and then asked after, before that is its outcome.
const most = 10

// longest is how long anything waits for another try, whatever a platform says: an instant that it counts wrongly would
// be for ever.
const longest = time.Hour

// toLogIn is how long a platform that can say what became of a request is waited for while its login is expired: a person
// is told of the login, and need not be asked what the platform knows.
const toLogIn = 4 * time.Hour

// backoff is how long after the nth attempt the next one is.
func backoff(n int) time.Duration { return min(5*time.Minute, time.Second<<min(max(n, 0), 20)) }

// further tries a request, asks after it, or settles it.
func (d *Desk) further(ctx context.Context, o Outbound) error {
	if d.rules(o.Tenant) == nil { // nobody could be told what came of it
		return d.later(ctx, o, o.State, time.Minute, errNoRules)
	}
	body := decoded(o)
	switch b := body.(type) { // what is done in the desk's own rows
	case effect.Join:
		return d.join(ctx, o, b)
	case effect.HoldCases:
		return d.holds(ctx, o, b)
	case effect.ReleaseCases:
		return d.releases(ctx, o, b)
	case effect.InformCases:
		return d.informs(ctx, o, b)
	case effect.Erase:
		return d.erases(ctx, o)
	case effect.Redact:
		return d.redacts(ctx, o, b)
	}
	if tell, ok := body.(effect.Tell); ok {
		if waits, err := d.held(ctx, o, tell); waits || err != nil {
			return err
		}
		if now, err := d.one(ctx, o.Key); err == nil {
			o = now // it was counted
		}
	}
	c := d.carrier(o, body)
	unsure := o.State == Trying && !c.repeatable
	switch {
	case unsure && c.find != nil:
		found, err := patiently(ctx, d, c.find)
		switch {
		case err == nil:
			return d.outcome(ctx, o, found, nil)
		case errors.Is(err, channel.ErrUnsupported): // nobody can say: a person must
			return d.outcome(ctx, o, event.Uncertain{Key: o.Key, Detail: codeOf(err)}, nil)
		case !errors.Is(err, channel.ErrNotFound):
			return d.unknown(ctx, o, err)
		}
		unsure = false
	case unsure && d.forgotten(o, c.remembers):
		return d.outcome(ctx, o, event.Uncertain{Key: o.Key, Detail: "the channel can neither find a key nor take it again"}, nil)
	}
	if o.State == Waiting {
		if until := d.line(o, body); !until.IsZero() {
			return d.later(ctx, o, Waiting, until.Sub(d.now()), errLine)
		}
	}
	why, err := c.check(ctx)
	if err == nil && why.reason == "" {
		why, err = d.mark(ctx, &o, c, unsure)
	}
	switch {
	case errors.Is(err, errMoved):
		return nil
	case errors.As(err, new(*channel.Error)):
		return d.notDone(ctx, o, c, unsure, err)
	case err != nil:
		return err
	case why.reason != "" && unsure:
		return d.outcome(ctx, o, event.Uncertain{Key: o.Key, Detail: "it may be out, and " + string(why.reason)}, why.news)
	case why.reason != "":
		return d.outcome(ctx, o, c.undone(o, why.reason, why.detail), why.news)
	}
	return d.try(ctx, o, c, unsure)
}

// forgotten says whether a platform may no longer know a key that it was given. A clock that went back says nothing about
// how long ago that was.
func (d *Desk) forgotten(o Outbound, remembers time.Duration) bool {
	age := d.now().Sub(o.Tried)
	return age >= remembers || age < -time.Minute
}

// errMoved says that somebody else moved a request since it was read: an echo proved it, a person decided, another desk
// tried it.
var errMoved = errors.New("somebody else moved the request")

// unmoved fails with errMoved when the request is no longer what it was when it was read.
func (w *work) unmoved(ctx context.Context, o Outbound) error {
	now, err := w.d.one(ctx, o.Key)
	if err == nil && now.Revision != o.Revision {
		return errMoved
	}
	return err
}

// mark stores that the request is tried, unless whoever asked for it no longer wants it: that he does and that it is
// tried is one commit, so that a withdrawal comes before it and is heeded, or after it and knows that it may be out. A
// second desk on the store lets the call come to its end before it asks after it.
func (d *Desk) mark(ctx context.Context, o *Outbound, c carrier, unsure bool) (why objection, err error) {
	var tried Outbound
	err = d.atomically(ctx, o.ID, func(w *work) error {
		if err := w.unmoved(ctx, *o); err != nil {
			return err
		}
		if c.wanted != nil {
			if why, err = c.wanted(ctx, w); err != nil || why.reason != "" {
				return err
			}
		}
		tried = *o
		if !unsure {
			tried.Tried = w.now
		}
		tried.State, tried.Next = Trying, w.now.Add(d.opt.Patience)
		tried.Attempts++
		w.commit.Outbox = []Outbound{tried}
		return nil
	})
	if err != nil || why.reason != "" {
		return why, err
	}
	*o = tried
	o.Revision++
	return why, nil
}

// try calls the world, and stores what came of it.
func (d *Desk) try(ctx context.Context, o Outbound, c carrier, unsure bool) error {
	began := d.now()
	done, err := patiently(ctx, d, c.do)
	d.opt.Meter.Took("call", o.Effect, d.now().Sub(began))
	ctx = context.WithoutCancel(ctx) // what was done is stored, whoever wants to stop
	switch advice := channel.Classify(err); {
	case err == nil:
		return d.outcome(ctx, o, done, nil)
	case c.page && errors.Is(err, ErrLater):
		return d.atomically(ctx, o.ID, func(w *work) error { return w.shelve(ctx, o, event.Delivered{Key: o.Key}) })
	case unsure, advice == channel.FindOut && !c.repeatable:
		return d.unknown(ctx, o, err) // even where this time it was not done, the time before is still open
	case c.page, advice == channel.GiveUp, advice == channel.Rewind:
		return d.outcome(ctx, o, c.undone(o, reasonOf(err), codeOf(err)), nil)
	}
	return d.notDone(ctx, o, c, false, err)
}

// patiently makes one call into the world, for as long as the desk's patience lasts: a desk that stops lets it come to
// its end.
func patiently[T any](ctx context.Context, d *Desk, do func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.opt.Patience)
	defer cancel()
	return called(ctx, do)
}

// grace is how long after its context is done a call is still waited for: what it knows by then is better than a guess.
const grace = time.Second

// called makes one call and gives it up when its context is done, whether it heeds that or not: a connector that hangs
// must hold up neither a lane nor the end of the desk. What was given up may be done yet.
func called[T any](ctx context.Context, do func(context.Context) (T, error)) (out T, err error) {
	ended := make(chan struct{})
	var answer T
	var failed error
	go func() {
		defer close(ended)
		answer, failed = do(ctx)
	}()
	select {
	case <-ended:
		return answer, failed
	case <-ctx.Done():
	}
	late := time.NewTimer(grace)
	defer late.Stop()
	select {
	case <-ended:
		return answer, failed
	case <-late.C:
		return out, &channel.Error{Code: channel.ErrUnavailable, Op: "call", Reason: "it does not heed its context",
			MaybeApplied: true, Err: ctx.Err()}
	}
}

// notDone keeps a request that was certainly not done this time. What earlier attempts did may still be unknown.
func (d *Desk) notDone(ctx context.Context, o Outbound, c carrier, unsure bool, err error) error {
	if unsure {
		return d.unknown(ctx, o, err)
	}
	advice := channel.Classify(err)
	wait := backoff(o.Attempts)
	switch {
	case advice == channel.Stop: // a pause, or going down: no fault of the request
		wait = time.Minute
		if o.State == Trying {
			o.Attempts--
		}
	case o.Attempts >= most, advice == channel.GiveUp:
		return d.outcome(ctx, o, c.undone(o, event.Failed, codeOf(err)), nil)
	case o.State == Waiting:
		o.Attempts++ // it was looked at, and could not be tried
	}
	return d.later(ctx, o, Waiting, max(wait, after(err)), err)
}

// unknown keeps a request of which nobody knows yet whether it was done, and asks again, sooner or later. In the end it
// is uncertain.
func (d *Desk) unknown(ctx context.Context, o Outbound, err error) error {
	switch advice := channel.Classify(err); {
	case advice == channel.Stop: // a pause: time will tell
		return d.later(ctx, o, Trying, time.Minute, err)
	case advice == channel.LogIn && d.now().Sub(o.Tried).Abs() < toLogIn: // and so will whoever logs in
		return d.later(ctx, o, Trying, time.Minute, err)
	case o.Attempts >= 2*most: // however often it was tried before, it is asked after as often
		return d.outcome(ctx, o, event.Uncertain{Key: o.Key, Detail: codeOf(err)}, nil)
	}
	wait := time.Duration(0)
	if o.Attempts > 1 {
		wait = backoff(o.Attempts)
	}
	o.Attempts++
	return d.later(ctx, o, Trying, max(wait, after(err)), err)
}

// after is when the platform wants to be asked again; 0 when it does not say.
func after(err error) time.Duration {
	var e *channel.Error
	if errors.As(err, &e) {
		return e.RetryAfter
	}
	return 0
}

// later stores that a request waits. One that somebody else moved meanwhile is his.
func (d *Desk) later(ctx context.Context, o Outbound, state State, wait time.Duration, err error) error {
	wait = min(wait, longest)
	d.opt.Logger.WarnContext(ctx, "request waits", "key", o.Key, "effect", o.Effect, "state", state, "wait", wait, "error", codeOf(err))
	o.State, o.Next = state, d.now().Add(wait)
	err = d.opt.Store.Commit(context.WithoutCancel(ctx), Commit{Outbox: []Outbound{o}})
	if errors.Is(err, ErrConflict) {
		return nil
	}
	return err
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
	switch {
	case errors.As(err, &e):
		return strings.TrimPrefix(e.Op+": "+string(e.Code), ": ")
	case errors.Is(err, errNoRules):
		return errNoRules.Error()
	}
	return "not classified"
}

// textOf is what a request says; empty for one that says nothing.
func textOf(b effect.Body) string {
	if post, ok := b.(effect.Publish); ok {
		return post.Text
	}
	_, text, _ := speech(b)
	return text
}

// madeBy is the Text of what a request of ours brought into the world.
func madeBy(o Outbound, ref mention.Ref) (Text, bool) {
	text := textOf(decoded(o))
	return Text{Address: o.Address, Ref: ref, Ours: true, Text: text}, text != "" && !ref.IsZero()
}
