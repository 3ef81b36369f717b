package tally

// A Thread is what is known of a conversation at one instant. It is put into the event, so that a replay sees the same.
// The zero value is a conversation of which nothing is known.
type Thread struct {
	Message  int     `json:"message,omitempty"`  // which message of the customer in it this one is, from 1; 0 when unknown
	Answered bool    `json:"answered,omitempty"` // one of ours stands before it
	Waiting  Waiting `json:"waiting,omitempty"`  // for whom it waited when this one came
}

// Waiting says for whom a conversation waits. The empty value is unknown.
type Waiting string

// For whom a conversation can wait.
const (
	ForUs       Waiting = "us"       // we owe an answer
	ForCustomer Waiting = "customer" // we have asked or offered something
	ForNobody   Waiting = "nobody"   // nothing more was expected
)
