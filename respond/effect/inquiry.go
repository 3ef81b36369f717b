package effect

import (
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
)

// Observe asks an Observer to read the policy's external signals in one message. Its answer is an event.Observed that
// names the key, now or later; where nobody can read them, Undelivered says so at once.
type Observe struct {
	Ref      mention.Ref     `json:"ref"`
	Revision int             `json:"revision,omitempty"` // of the message; readings of another one are of no use
	Signals  []triage.Source `json:"signals"`            // as the policy declares them: the name, and by whom
	Until    time.Time       `json:"until"`              // so long a first reply waits; a page never does
}

// Lookup asks Customers who the author is, and what the house knows of him. Its answer is an event.Known that names the
// key, now or later; where nobody knows, Undelivered says so at once.
type Lookup struct {
	Ref     mention.Ref    `json:"ref"`               // the message for which it is asked
	Account string         `json:"account,omitempty"` // ours, that heard it
	Author  mention.Author `json:"author"`            // as the channel knows him
	Names   []string       `json:"names"`             // what is wanted: order, tier
	Until   time.Time      `json:"until"`             // so long a first reply waits; a page never does
}

func (Observe) kind() string { return "observe" }

func (Lookup) kind() string { return "lookup" }
