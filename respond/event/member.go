package event

import "github.com/reputekit/reputation/mention"

// Taken says that the member the event is By has the matter.
type Taken struct{}

// Drafted says that somebody wrote an answer. It replaces the draft before it.
type Drafted struct {
	Text       string             `json:"text"`
	Visibility mention.Visibility `json:"visibility,omitempty"` // empty means as the customer wrote
	Play       string             `json:"play,omitempty"`       // the play it was made from; it says what is expected back
	Asks       []string           `json:"asks,omitempty"`       // the slots it asks the customer for
	Proposes   bool               `json:"proposes,omitempty"`   // it proposes a remedy
	Settles    bool               `json:"settles,omitempty"`    // nothing more is owed after it
	Line       bool               `json:"line,omitempty"`       // it is our last word on what was offered
	Recourse   string             `json:"recourse,omitempty"`   // line: where else he can turn, as it stands in the text
	Offer      *Offer             `json:"offer,omitempty"`      // what it offers: a remedy (it proposes then), or goodwill
	Promises   []Promise          `json:"promises,omitempty"`   // what it promises
	TakenUp    bool               `json:"taken_up,omitempty"`   // it tells the public side that it was taken up in private
	Corrects   bool               `json:"corrects,omitempty"`   // it says what he was told and is not so
	Instead    string             `json:"instead,omitempty"`    // the draft of a colleague that it replaces, or who is writing

	// Answers is the message that its author had read last: what came since is still owed an answer. Empty is the last one.
	Answers mention.Ref `json:"answers,omitzero"`
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
	Said    Meaning  `json:"said"`
	Missing []string `json:"missing,omitempty"` // gives_details: what we asked for and he did not give

	// Of is the message that was read. Where the customer has written since it is refused. Empty is the last one.
	Of mention.Ref `json:"of,omitzero"`
}

// Waived says that we owe no answer after all. A machine never waives.
type Waived struct {
	Code string `json:"code"` // the house's reason code
	Note string `json:"note,omitempty"`

	// Of is the message that was read last. Where the customer has written since it is refused. Empty is the last one.
	Of mention.Ref `json:"of,omitzero"`
}

// Fulfilled says that the remedy the customer accepted was carried out.
type Fulfilled struct {
	Note string `json:"note,omitempty"`
}

// Judged is a person's word on who the author is: "genuine" or "fake".
type Judged struct {
	Legitimacy string `json:"legitimacy"`
	Note       string `json:"note,omitempty"`

	// Group says of who is fake that he is one of a group of copies, all of them spam: what is confirmed once is so for each
	// of them, also for those that come later (group.Tally.Confirm).
	Group bool `json:"group,omitempty"`
}

// Declared says that a person declared the suspected crisis to be one.
type Declared struct {
	Note string `json:"note,omitempty"`
}

// Dismissed says that a person found the suspected crisis to be none, or the declared one to be over.
type Dismissed struct {
	Note string `json:"note,omitempty"`
	Pace int    `json:"pace,omitempty"` // how many of the customers who waited the house can answer an hour; 0: 60
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
