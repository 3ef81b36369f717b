package channel

import (
	"context"
	"errors"
)

// Advice is what to do about an error.
type Advice string

// What to do. The empty advice means that there was no error.
const (
	GiveUp  Advice = "give up"      // it will never work
	Retry   Advice = "retry"        // it was certainly not done; try again after Error.RetryAfter, or a while
	FindOut Advice = "find out"     // it could have been done: ask the Finder, or give the same key again
	LogIn   Advice = "log in again" // then retry
	Rewind  Advice = "rewind"       // begin again with the zero cursor, and say that there is a gap
	Stop    Advice = "stop"         // our own side: a pause, or going down; nothing was done
)

// Classify says what to do about an error. An error that is no *Error comes from a connector that broke its duty:
// nobody knows what was done.
func Classify(err error) Advice {
	if err == nil {
		return ""
	}
	var e *Error
	if !errors.As(err, &e) {
		return FindOut
	}
	if e.MaybeApplied {
		return FindOut
	}
	switch e.Code {
	case ErrUnauthenticated:
		return LogIn
	case ErrRateLimited, ErrUnavailable:
		if errors.Is(e.Err, context.Canceled) {
			return Stop
		}
		return Retry
	case ErrCursorExpired:
		return Rewind
	case ErrPaused, ErrClosed:
		return Stop
	}
	return GiveUp
}

// wrapped is err as an *Error with its op. What no connector classified may have been applied if it was a write.
func wrapped(op string, write bool, err error) error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		if e.Op != "" {
			return err
		}
		named := *e
		named.Op = op
		return &named
	}
	var code Code
	if errors.As(err, &code) { // a bare sentinel is an answer of the platform, but for the one that says there was none
		return &Error{Code: code, Op: op, MaybeApplied: write && code == ErrUnavailable}
	}
	return &Error{Code: ErrUnavailable, Op: op, Reason: "not classified", MaybeApplied: write, Err: err}
}
