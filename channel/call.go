package channel

import (
	"context"
	"errors"
	"slices"
)

// An Interceptor stands around every call to the connector: it may wait, count, log, or refuse by returning an error
// without calling next. It cannot get past the checks, the pause gate or NotAfter, which stand behind it; it cannot turn
// a failure into a success, nor make a second attempt: next does its work once, whoever calls it again gets the first
// answer.
type Interceptor func(ctx context.Context, call Call, next func(context.Context) error) error

// A Call is what an Interceptor sees: ids, never texts.
type Call struct {
	Channel string
	Op      string // as in Error.Op
	Key     Key    // of a write and of Find
}

func lacks(op string) error {
	return &Error{Code: ErrUnsupported, Op: op, Reason: "the connector cannot"}
}

// written makes one write.
func written(ctx context.Context, c *Channel, op string, key Key,
	do func(context.Context) (Receipt, error),
) (Receipt, error) {
	return call(ctx, c, Call{Channel: c.Name(), Op: op, Key: key}, true, do)
}

var errNotCalled = errors.New("an interceptor neither called nor refused")

// call makes one call through the interceptors and gives its error a form. What fails before the connector was called
// was certainly not done; what fails after it was, was.
func call[T any](ctx context.Context, c *Channel, about Call, write bool,
	do func(context.Context) (T, error),
) (T, error) {
	var out, zero T
	called, inner := false, errNotCalled
	next := func(ctx context.Context) error {
		if called {
			return inner
		}
		if err := ctx.Err(); err != nil {
			return &Error{Code: ErrUnavailable, Op: about.Op, Reason: "not begun", Err: err}
		}
		called = true
		out, inner = do(ctx)
		inner = wrapped(about.Op, write, inner)
		return inner
	}
	for _, around := range slices.Backward(c.opt.Interceptors) {
		behind := next
		next = func(ctx context.Context) error { return around(ctx, about, behind) }
	}
	err := next(ctx)
	switch {
	case called && inner != nil:
		return zero, inner
	case called && err != nil:
		return zero, &Error{Code: ErrUnavailable, Op: about.Op, Reason: "failed afterwards", MaybeApplied: write, Err: err}
	case err != nil:
		return zero, wrapped(about.Op, false, err)
	case !called:
		return zero, wrapped(about.Op, false, errNotCalled)
	}
	return out, nil
}
