package event

import "time"

// What somebody can be barred from.
const (
	Contact = "contact" // from messages that he did not ask for
	Engage  = "engage"  // from answers as well; danger to life is always answered
)

// Barred says that a customer is not to be contacted, or not to be engaged with at all. It holds for the author, in every
// case of his.
type Barred struct {
	From   string    `json:"from"` // contact or engage
	Reason string    `json:"reason"`
	Owner  string    `json:"owner"` // the member who answers for it
	Until  time.Time `json:"until"` // UTC; nothing is for ever
}

// Unbarred lifts it before its time.
type Unbarred struct {
	From   string `json:"from"`
	Reason string `json:"reason"`
}

// Marked is a person's word on a circumstance in which nobody writes unasked and nothing is given.
type Marked struct {
	As  Mark `json:"as"`
	Not bool `json:"not,omitempty"` // it is not so after all
}

// A Mark is a circumstance of the customer. A policy's tags of these names mean the same.
type Mark string

// The circumstances.
const (
	Harmed      Mark = "harm"         // somebody was injured or has died
	Bereaved    Mark = "bereavement"  // somebody mourns
	Unsafe      Mark = "safety"       // it is about safety
	Abused      Mark = "abused"       // somebody of ours abused the customer
	UnderAge    Mark = "under_age"    // the author is under 18
	AccountGone Mark = "account_gone" // his account is no longer there
	Legal       Mark = "legal"        // the law was spoken of
	Related     Mark = "related"      // staff, a relative of staff, somebody whom we pay
)

// Marks are all of them.
func Marks() []Mark {
	return []Mark{Harmed, Bereaved, Unsafe, Abused, UnderAge, AccountGone, Legal, Related}
}

func (Barred) kind() string { return "barred" }

func (Unbarred) kind() string { return "unbarred" }

func (Marked) kind() string { return "marked" }
