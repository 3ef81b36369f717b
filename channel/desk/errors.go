package desk

import "errors"

// What a Store's methods can answer besides errors of its own; and what a desk can.
var (
	ErrAbsent   = errors.New("there is no such row")
	ErrConflict = errors.New("somebody else was quicker: what is stored has another revision")
	ErrKnown    = errors.New("this event was stored before")

	// ErrClosed is what a desk answers after Drain.
	ErrClosed = errors.New("the desk is closed")

	// ErrLater is how an Observer, or Customers, says that the answer comes later, by Do.
	ErrLater = errors.New("the answer comes later")
)
