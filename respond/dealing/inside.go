package dealing

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/respond/event"
)

// A Note is what a member wrote down for the others.
type Note struct {
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	Text string    `json:"text"` // the first 1000 bytes
}

// A Writing is a member at work on an answer, so that nobody else begins one.
type Writing struct {
	By    string    `json:"by"`
	Since time.Time `json:"since"` // UTC
}

// writes is how long a member counts as writing without being heard of.
const writes = 15 * time.Minute

// Else reports whether another member than by is writing at an instant.
func (w *Writing) Else(by string, at time.Time) bool {
	return w != nil && w.By != by && at.Before(w.Since.Add(writes))
}

// A Snooze puts the case aside until an instant.
type Snooze struct {
	By    string    `json:"by"`
	Since time.Time `json:"since"` // UTC
	Until time.Time `json:"until"` // UTC
	Why   string    `json:"why,omitempty"`
}

// A Watcher is a member who wants to be told of what happens in the case.
type Watcher struct {
	Member string       `json:"member"`
	For    []event.News `json:"for"`
}

// Watching is the list with what a member asks for, in place of what he asked for before. Without news he is off it.
func Watching(list []Watcher, member string, news []event.News) []Watcher {
	list = slices.DeleteFunc(slices.Clone(list), func(w Watcher) bool { return w.Member == member })
	if len(news) == 0 {
		return list
	}
	return append(list, Watcher{Member: member, For: news})
}

// A Handover is what who takes a case must know: what is open, what is due next, and the last words.
type Handover struct {
	From     string    `json:"from,omitempty"`
	To       string    `json:"to,omitempty"` // empty while it was only given, and not taken
	At       time.Time `json:"at"`
	Note     string    `json:"note,omitempty"`     // of who gave it
	Promises string    `json:"promises,omitempty"` // each that is owed, with its instant, one a line
	Next     time.Time `json:"next,omitzero"`      // what we owe is due next
	NextIs   string    `json:"next_is,omitempty"`  // its objective
	Theirs   string    `json:"theirs,omitempty"`   // the customer's last words, the first 280 bytes
	TheirsAt time.Time `json:"theirs_at,omitzero"`
	Ours     string    `json:"ours,omitempty"` // our last words, the first 280 bytes
	OursAt   time.Time `json:"ours_at,omitzero"`
	Last     string    `json:"last,omitempty"` // the last note of a colleague
}

// A Consent is the customer's, that his story is told in public.
type Consent struct {
	By        string    `json:"by"` // the customer, as he gave it
	At        time.Time `json:"at"`
	Words     string    `json:"words"` // his own
	Scope     string    `json:"scope"` // what he allows
	Heard     string    `json:"heard"` // the member who heard it
	Withdrawn time.Time `json:"withdrawn,omitzero"`
}

// A Survey is one that was asked for, and its answer.
type Survey struct {
	Key      string      `json:"key"` // of the effect
	Scale    event.Scale `json:"scale"`
	Version  string      `json:"version,omitempty"`
	At       time.Time   `json:"at"`
	Answered time.Time   `json:"answered,omitzero"`
	Score    int         `json:"score,omitempty"`
	Bad      bool        `json:"bad,omitempty"`
}
