package event

import (
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
)

// Taken says that the member the event is By has the matter.
type Taken struct{}

// Drafted says that somebody wrote an answer. It replaces the draft before it.
type Drafted struct {
	Text       string             `json:"text"`
	Visibility mention.Visibility `json:"visibility,omitempty"` // empty means as the customer wrote
	Play       string             `json:"play,omitempty"`       // the play it was made from
	Asks       []string           `json:"asks,omitempty"`       // the slots it asks the customer for
	Proposes   bool               `json:"proposes,omitempty"`   // it proposes a remedy
	Settles    bool               `json:"settles,omitempty"`    // nothing more is owed after it
}

// Approved is a person's consent to one draft: exactly this text may go out.
type Approved struct {
	Draft string `json:"draft"` // the draft's id
}

// Rejected is the refusal of it.
type Rejected struct {
	Draft  string `json:"draft"`
	Reason string `json:"reason"`
}

// Meant says what a message of the customer means, in a person's judgement.
type Meant struct {
	Said Meaning `json:"said"`
}

// Waived says that we owe no answer after all. A machine never waives.
type Waived struct {
	Code string `json:"code"` // the house's reason code
	Note string `json:"note,omitempty"`
}

// Fulfilled says that the remedy the customer accepted was carried out.
type Fulfilled struct {
	Note string `json:"note,omitempty"`
}

// Judged is a person's word on who the author is: "genuine" or "fake".
type Judged struct {
	Legitimacy string `json:"legitimacy"`
	Note       string `json:"note,omitempty"`
}

// Declared says that a person declared the suspected crisis to be one.
type Declared struct {
	Note string `json:"note,omitempty"`
}

// Dismissed says that a person found the suspected crisis to be none, or the declared one to be over.
type Dismissed struct {
	Note string `json:"note,omitempty"`
}

// Stated says that somebody wrote a holding statement for an incident. It replaces the draft before it.
type Stated struct {
	Statement Statement `json:"statement"`
}

// A Statement is what the public is told while a crisis lasts: what we know, what we do, when the next news comes and
// where to look. Text is what is published; the other fields are checked against it.
type Statement struct {
	Text  string        `json:"text"`
	Next  time.Time     `json:"next,omitzero"`   // the instant of the next update ...
	Zone  string        `json:"zone,omitempty"`  // ... and the IANA zone it is told in
	Every spec.Duration `json:"every,omitempty"` // or an interval
	Look  string        `json:"look,omitempty"`  // where to look: a URL, an account

	// Corrects says that it takes back something an earlier version said. The text says so too.
	Corrects bool `json:"corrects,omitempty"`
}

func (Taken) kind() string { return "taken" }

func (Drafted) kind() string { return "drafted" }

func (Approved) kind() string { return "approved" }

func (Rejected) kind() string { return "rejected" }

func (Meant) kind() string { return "meant" }

func (Waived) kind() string { return "waived" }

func (Fulfilled) kind() string { return "fulfilled" }

func (Judged) kind() string { return "judged" }

func (Declared) kind() string { return "declared" }

func (Dismissed) kind() string { return "dismissed" }

func (Stated) kind() string { return "stated" }
