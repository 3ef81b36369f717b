package tally

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
)

// Kept is how far back a tally remembers a contact.
const Kept = 30 * 24 * time.Hour

// most contacts one author's row holds, so that a row stays small whoever writes.
const most = 100

// An Author is what is remembered of one author across his cases. It is plain data, one row per author, and changes
// only through its methods, each of which returns a new value. The zero value is somebody never heard of.
type Author struct {
	Seen   []time.Time `json:"seen,omitempty"`   // instants of his mentions in the last 30 days, oldest first, at most 100
	Open   int         `json:"open,omitempty"`   // cases that are not closed
	Broken int         `json:"broken,omitempty"` // promises to him that were not kept
}

// A Reading is what a tally says at one instant. It is put into the event, so that a replay sees the same.
type Reading struct {
	Contacts int `json:"contacts,omitempty"` // earlier mentions within 30 days
	Open     int `json:"open,omitempty"`     // open cases
	Broken   int `json:"broken,omitempty"`   // broken promises
}

// See remembers a mention made at this instant. The same instant twice is one, the order of calls does not matter,
// and what is more than Kept before the newest, or beyond the 100 newest, is forgotten. The zero time is no instant.
func (a Author) See(at time.Time) Author {
	at = mention.Instant(at)
	if at.IsZero() {
		return a
	}
	i, known := slices.BinarySearchFunc(a.Seen, at, time.Time.Compare)
	if known {
		return a
	}
	seen := slices.Concat(a.Seen[:i], []time.Time{at}, a.Seen[i:])
	oldest := seen[len(seen)-1].Add(-Kept)
	from, _ := slices.BinarySearchFunc(seen, oldest, time.Time.Compare)
	a.Seen = seen[max(from, len(seen)-most):]
	return a
}

// Opened counts a case of his that has been opened, or opened again.
func (a Author) Opened() Author {
	a.Open++
	return a
}

// Closed counts a case of his that has been closed. There are never fewer than none.
func (a Author) Closed() Author {
	a.Open = max(0, a.Open-1)
	return a
}

// BrokenPromise counts a promise to him that was not kept.
func (a Author) BrokenPromise() Author {
	a.Broken++
	return a
}

// Read says what is known of him at an instant: contacts are those of the 30 days before it, the instant itself not
// counted, so that a mention is not its own earlier contact.
func (a Author) Read(at time.Time) Reading {
	at = mention.Instant(at)
	to, _ := slices.BinarySearchFunc(a.Seen, at, time.Time.Compare)
	from, _ := slices.BinarySearchFunc(a.Seen, at.Add(-Kept), time.Time.Compare)
	return Reading{Contacts: max(0, to-from), Open: a.Open, Broken: a.Broken}
}
