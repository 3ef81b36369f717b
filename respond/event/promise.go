package event

import "time"

// A Promise is what we say that we will do, and by when.
type Promise struct {
	What string    `json:"what"`           // for our people: "call about the refund"
	Due  time.Time `json:"due"`            // UTC
	News bool      `json:"news,omitempty"` // it is news that we promise: any word of a person keeps it
}

// Promised says that a member promised the customer something, by telephone for instance. What a draft promises stands
// in the draft.
type Promised struct {
	Promise Promise `json:"promise"`
}

// Kept says that a promise was kept, in time or late.
type Kept struct {
	Promise string `json:"promise"` // its id
	Note    string `json:"note,omitempty"`
}

// Missed says that a promise will not be kept in time, before its time is over. When it is over nobody need say so.
type Missed struct {
	Promise string `json:"promise"` // its id
	Note    string `json:"note,omitempty"`
}

func (Promised) kind() string { return "promised" }

func (Kept) kind() string { return "kept" }

func (Missed) kind() string { return "missed" }
