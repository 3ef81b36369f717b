package account

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/incident"
)

// An Account is what a trail says of one incident, from its beginning to its end. It is plain data and holds no word of a
// customer. Times are UTC; those of what did not happen are zero.
type Account struct {
	ID        string                `json:"id"`
	State     incident.State        `json:"state"` // as it is now
	Matter    incident.Matter       `json:"matter"`
	Crowd     bool                  `json:"crowd,omitempty"` // it began as one, not as a suspicion
	Opened    time.Time             `json:"opened"`
	Declared  time.Time             `json:"declared,omitzero"`
	Contained time.Time             `json:"contained,omitzero"`
	Over      time.Time             `json:"over,omitzero"` // dismissed or resolved
	Surges    []incident.Surge      `json:"surges,omitempty"`
	Cases     Joining               `json:"cases"`
	Commands  []Command             `json:"commands,omitempty"`
	Pages     []Paged               `json:"pages,omitempty"`
	Said      []Said                `json:"said,omitempty"` // to the public
	Posts     []Held                `json:"posts,omitempty"`
	Late      []Late                `json:"late,omitempty"`
	Timeline  []Moment              `json:"timeline,omitempty"`
	Findings  *incident.Examination `json:"findings,omitempty"`
	After     After                 `json:"after"` // what Follow was shown
}

// Joining is how many cases were in it.
type Joining struct {
	Joined     int            `json:"joined"`          // each case once
	Again      int            `json:"again,omitempty"` // times that one that had joined asked again
	Freed      int            `json:"freed,omitempty"` // a person took them out
	Life       int            `json:"life,omitempty"`  // a life was in danger
	Severities map[string]int `json:"severities,omitempty"`
}

// A Command is who led, from when until when.
type Command struct {
	Member string    `json:"member"`
	From   time.Time `json:"from"`
	Until  time.Time `json:"until,omitzero"`
	Note   string    `json:"note,omitempty"` // with which it was handed to him
}

// A Paged is one page to one member.
type Paged struct {
	At      time.Time `json:"at"` // when it was asked for
	Member  string    `json:"member"`
	Contact string    `json:"contact"`
	Level   int       `json:"level"`            // of the ladder; -1: beside it
	Relief  bool      `json:"relief,omitempty"` // he need do nothing any more
	Heard   time.Time `json:"heard,omitzero"`   // when its outcome was known
	Outcome string    `json:"outcome,omitempty"`
}

// A Said is one version of the holding statement.
type Said struct {
	Version  int       `json:"version"`
	At       time.Time `json:"at"` // when it was approved
	Author   string    `json:"author"`
	By       string    `json:"by"` // who approved it
	Text     string    `json:"text"`
	Strategy string    `json:"strategy,omitempty"`
	Corrects bool      `json:"corrects,omitempty"`
	Next     time.Time `json:"next"`               // when the next news were promised
	Followed time.Time `json:"followed,omitzero"`  // when they came, or the incident was over
	Missed   bool      `json:"missed,omitempty"`   // and were not there in time
	Places   int       `json:"places,omitempty"`   // where it is known to stand
	Failed   int       `json:"failed,omitempty"`   // where it could not be published
	Rejected int       `json:"rejected,omitempty"` // drafts before it that somebody rejected
}

// A Held is one time that scheduled posts were held.
type Held struct {
	incident.Halt
	Ended time.Time `json:"ended,omitzero"` // zero: they are held still, or Until is over
}

// A Late is something that was owed at an instant and came after it, or never.
type Late struct {
	What string    `json:"what"`
	Due  time.Time `json:"due"`         // by when it was owed
	At   time.Time `json:"at,omitzero"` // when it came; zero: never
}

// A Moment is one thing that happened, or a run of cases that joined.
type Moment struct {
	At    time.Time `json:"at"`
	Until time.Time `json:"until,omitzero"` // of a run
	What  string    `json:"what"`           // the kind of the event
	By    string    `json:"by,omitempty"`
	N     int       `json:"n,omitempty"` // cases of a run
	Why   []string  `json:"why,omitempty"`
}

// After is what became of the cases once it was over.
type After struct {
	Cases    int            `json:"cases"`
	Answered int            `json:"answered"` // got an answer of their own since
	Waiting  int            `json:"waiting"`  // are still owed one
	Breaches int            `json:"breaches,omitempty"`
	Ends     map[string]int `json:"ends,omitempty"` // by a followup.Outcome; those not ended: live
}

// Follow counts how a case of the incident stands. Bring each once, as it is stored.
func (a *Account) Follow(c respond.Case) {
	x := &a.After
	x.Cases++
	if !a.Over.IsZero() && slices.ContainsFunc(c.Messages, func(m respond.Message) bool { return m.Ours && !m.At.Before(a.Over) }) {
		x.Answered++
	}
	if !c.Owed.IsZero() {
		x.Waiting++
	}
	x.Breaches += c.Breaches
	end := "live"
	if !c.Stage.Live() {
		end = string(c.Outcome)
	}
	if x.Ends == nil {
		x.Ends = map[string]int{}
	}
	x.Ends[end]++
}
