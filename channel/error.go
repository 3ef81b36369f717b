package channel

import (
	"strings"
	"time"
)

// An Error is how every call of a connector or a Channel fails. It never holds a secret or a customer's words.
type Error struct {
	Code         Code
	Op           string        // "fetch", "send", "find", "read", "moderate", "publish", "revise", "receive"
	Reason       string        // for a person, as the platform says it
	RetryAfter   time.Duration // when to try again, by the platform's clock; 0: it did not say
	MaybeApplied bool          // the act could have been done all the same: find out before doing it again
	Err          error         // what lies beneath, a *gate.Pause for instance; may be nil
}

// Error reads "send: rate limited: 300 an hour (try again after 30s)".
func (e *Error) Error() string {
	var b strings.Builder
	if e.Op != "" {
		b.WriteString(e.Op + ": ")
	}
	b.WriteString(string(e.Code))
	if e.Reason != "" {
		b.WriteString(": " + e.Reason)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	if e.RetryAfter > 0 {
		b.WriteString(" (try again after " + e.RetryAfter.String() + ")")
	}
	if e.MaybeApplied {
		b.WriteString(" (it may have been done)")
	}
	return b.String()
}

// Is reports whether target is the error's code, so that errors.Is(err, channel.ErrGone) works.
func (e *Error) Is(target error) bool {
	code, ok := target.(Code)
	return ok && code == e.Code
}

// Unwrap returns what lies beneath.
func (e *Error) Unwrap() error { return e.Err }

// A Code says what kind of failure it is. Each code is its own sentinel for errors.Is.
type Code string

// The codes.
const (
	ErrInvalid         Code = "invalid"         // the call itself is wrong; it will never work
	ErrUnsupported     Code = "unsupported"     // the platform has not got this
	ErrUnauthenticated Code = "unauthenticated" // log in again
	ErrForbidden       Code = "forbidden"       // we may not
	ErrNotFound        Code = "not found"       // it is not there; of Find: it certainly never went out
	ErrGone            Code = "gone"            // it was there and was removed
	ErrConflict        Code = "conflict"        // a key with another body, or a revision that is not the one
	ErrTooLong         Code = "too long"        // longer than the venue takes
	ErrWindowClosed    Code = "window closed"   // it could have been done earlier
	ErrRateLimited     Code = "rate limited"    // later
	ErrUnavailable     Code = "unavailable"     // the platform does not answer, or not with sense
	ErrCursorExpired   Code = "cursor expired"  // begin again, with a gap
	ErrBadSignature    Code = "bad signature"   // whoever sent this is not who he says
	ErrPaused          Code = "paused"          // a gate.Pause stands; it is in Err
	ErrClosed          Code = "closed"          // our own side is going down
)

// Error is the code's name.
func (c Code) Error() string { return string(c) }
