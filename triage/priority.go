package triage

import (
	"fmt"
	"math/bits"
	"time"
)

// A Rank is what the place of a case in the queue is made of. Harm comes first and followers last, so that no number of
// followers moves a case across a rank of harm.
type Rank struct {
	Life     bool      `json:"life,omitempty"`
	Safety   bool      `json:"safety,omitempty"`
	Exposure bool      `json:"exposure,omitempty"` // private data or an impostor in public
	Duty     bool      `json:"duty,omitempty"`     // a regulator's clock runs
	Crisis   bool      `json:"crisis,omitempty"`
	Severity Severity  `json:"severity,omitempty"`
	Breaches int       `json:"breaches,omitempty"` // objectives missed: each moves the case one rank up
	Deadline time.Time `json:"deadline,omitzero"`  // when our next objective is due; zero is after all others
	Repeated bool      `json:"repeated,omitempty"` // a broken promise, or contact again on one matter
	Since    time.Time `json:"since,omitzero"`     // the first unanswered word of the customer
	Tier     int       `json:"tier,omitempty"`     // the customer's tier, 0 lowest, 9 highest
	Audience int       `json:"audience,omitempty"` // followers or reach
}

// Priority is the place of a case in the queue: a string of fixed width, compared as text without a clock, the smallest
// first.
type Priority string

// harm is the rank of harm: 0 life, 1 safety, 2 exposure, 3 duty, 4 crisis, 5 serious, 6 elevated, 7 routine. A
// breach is one rank up, as far as 1: nothing starves, and life stays alone at 0.
func (r Rank) harm() int {
	h := 7
	switch {
	case r.Life:
		return 0
	case r.Safety:
		h = 1
	case r.Exposure:
		h = 2
	case r.Duty:
		h = 3
	case r.Crisis || r.Severity >= Crisis:
		h = 4
	case r.Severity == Serious:
		h = 5
	case r.Severity == Elevated:
		h = 6
	}
	return max(1, h-max(0, r.Breaches))
}

// Priority returns the key: harm, deadline, repeated, since, tier, band of reach, each with a fixed number of digits.
func (r Rank) Priority() Priority {
	repeated := 1
	if r.Repeated {
		repeated = 0
	}
	band := bits.Len(uint(max(0, r.Audience))) // doublings of the audience, not the audience
	return Priority(fmt.Sprintf("%d-%013d-%d-%013d-%d-%02d",
		r.harm(), millis(r.Deadline), repeated, millis(r.Since), 9-min(9, max(0, r.Tier)), 64-band))
}

// millis is the instant in milliseconds since 1970 within 13 digits; the zero time is after all others.
func millis(t time.Time) int64 {
	const most = 9_999_999_999_999
	if t.IsZero() {
		return most
	}
	return min(most, max(0, t.UnixMilli()))
}
