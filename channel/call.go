package channel

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/reputekit/reputation/channel/gate"
)

func lacks(op string) error {
	return &Error{Code: ErrUnsupported, Op: op, Reason: "the connector cannot"}
}

// written makes one write.
func written(ctx context.Context, c *Channel, op string, key Key,
	do func(context.Context) (Receipt, error),
) (Receipt, error) {
	return call(ctx, c, gate.Call{Channel: c.Name(), Op: op, Key: string(key)}, true, do)
}

var (
	errNotCalled = errors.New("an interceptor neither called nor refused")
	errUnderWay  = errors.New("an interceptor left while the call was under way")
	errTooLate   = errors.New("an interceptor called after it had left")
)

// An attempt is the one time that the connector is asked, however often and from however many goroutines the
// interceptors call.
type attempt[T any] struct {
	mu    sync.Mutex
	ended chan struct{} // nil before it began
	over  bool          // nobody waits for it any more: it does not begin
	out   T
	err   error
}

// make asks the connector, or waits for the answer of whoever asked first.
func (a *attempt[T]) make(ctx context.Context, op string, write bool, do func(context.Context) (T, error)) error {
	a.mu.Lock()
	if a.ended == nil {
		err := ctx.Err()
		if a.over {
			err = errTooLate
		}
		if err != nil {
			a.mu.Unlock()
			return &Error{Code: ErrUnavailable, Op: op, Reason: "not begun", Err: err}
		}
		a.ended = make(chan struct{})
		a.mu.Unlock()
		out, err := do(ctx)
		a.out, a.err = out, wrapped(op, write, err)
		close(a.ended)
		return a.err
	}
	a.mu.Unlock()
	select {
	case <-a.ended:
		return a.err
	case <-ctx.Done():
		return &Error{Code: ErrUnavailable, Op: op, Reason: "under way", MaybeApplied: write, Err: ctx.Err()}
	}
}

// leave ends the attempt for whoever made it, and says whether the connector was asked, and whether it has answered. Only
// after it has, out and err may be read.
func (a *attempt[T]) leave() (begun, answered bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.over = true
	select {
	case <-a.ended: // before it began this is nil, which is never ready
		return true, true
	default:
		return a.ended != nil, false
	}
}

// call makes one call through the interceptors and gives its error a form. What fails before the connector was called
// was certainly not done; what fails after it was, was; and what an interceptor did not wait for may be done yet.
func call[T any](ctx context.Context, c *Channel, about gate.Call, write bool,
	do func(context.Context) (T, error),
) (T, error) {
	var zero T
	if c.life.Err() != nil {
		return zero, &Error{Code: ErrClosed, Op: about.Op}
	}
	ctx, done := c.living(ctx, write)
	defer done()
	var once attempt[T]
	next := func(ctx context.Context) error { return once.make(ctx, about.Op, write, do) }
	for _, around := range slices.Backward(c.opt.Interceptors) {
		behind := next
		next = func(ctx context.Context) error { return around(ctx, about, behind) }
	}
	err := next(ctx)
	begun, answered := once.leave()
	switch {
	case !begun && err == nil:
		return zero, wrapped(about.Op, false, errNotCalled)
	case !begun:
		return zero, wrapped(about.Op, false, err)
	case !answered:
		return zero, &Error{Code: ErrUnavailable, Op: about.Op, Reason: "not waited for", MaybeApplied: write,
			Err: cmp.Or(err, errUnderWay)}
	case once.err != nil && !write && c.closed(once.err):
		return zero, &Error{Code: ErrClosed, Op: about.Op, Err: once.err}
	case once.err != nil:
		return zero, once.err
	case err != nil:
		return zero, &Error{Code: ErrUnavailable, Op: about.Op, Reason: "failed afterwards", MaybeApplied: write, Err: err}
	}
	return once.out, nil
}
