package event

import "time"

// Begun says that a member begins to write an answer. Who begins while another writes is told so.
type Begun struct{}

// Noted is a note among ourselves. The customer never sees it.
type Noted struct {
	Text string `json:"text"`
}

// Snoozed puts a case aside until an instant, never beyond what falls due in it.
type Snoozed struct {
	Until time.Time `json:"until"` // UTC
	Why   string    `json:"why,omitempty"`
}

// Woken ends it before its time.
type Woken struct{}

// Watched says that the member it is by wants to be told of what happens in a case. It replaces what he asked for before;
// nothing is an end of it.
type Watched struct {
	For []News `json:"for,omitempty"`
}

// News is what a watcher can be told of.
type News string

// The news.
const (
	TheyWrote    News = "they_wrote"  // the customer wrote
	WeAnswered   News = "we_answered" // an answer is out
	OwnerChanged News = "owner_changed"
	WasMissed    News = "missed" // an objective or a promise
	WasOffered   News = "offered"
	WasNoted     News = "noted"
	HasClosed    News = "closed"
	HasReopened  News = "reopened"
)

// AllNews are all of them.
func AllNews() []News {
	return []News{TheyWrote, WeAnswered, OwnerChanged, WasMissed, WasOffered, WasNoted, HasClosed, HasReopened}
}

// Consented says that the customer allows that his story is told in public.
type Consented struct {
	By    string    `json:"by"`    // the customer, as he gave it: "Dana, by mail"
	At    time.Time `json:"at"`    // when
	Words string    `json:"words"` // in his own words
	Scope string    `json:"scope"` // what he allows: "first name and text, on the website"
}

// ConsentWithdrawn takes it back. What was told is to be taken down.
type ConsentWithdrawn struct {
	Note string `json:"note,omitempty"`
}

func (Begun) kind() string { return "begun" }

func (Noted) kind() string { return "noted" }

func (Snoozed) kind() string { return "snoozed" }

func (Woken) kind() string { return "woken" }

func (Watched) kind() string { return "watched" }

func (Consented) kind() string { return "consented" }

func (ConsentWithdrawn) kind() string { return "consent_withdrawn" }
