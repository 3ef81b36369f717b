package privacy

import (
	"time"

	"github.com/reputekit/reputation/mention"
)

// A Preserve keeps what a matter needs from being purged, redacted or erased. It stops nothing else.
type Preserve struct {
	Who    string    `json:"who"`    // the member who said so: he is told of what waits for its end
	Matter string    `json:"matter"` // for a person: the file, the court
	Since  time.Time `json:"since"`  // UTC
}

// A Restriction says who may see a case. It stops nobody from being paged: a page carries no word of a customer.
type Restriction struct {
	To    []string  `json:"to"` // members
	By    string    `json:"by"` // the member who said so
	Since time.Time `json:"since"`
}

// An Erasure is a person's wish that what is kept of him goes.
type Erasure struct {
	Asked    time.Time `json:"asked"`              // UTC, as the other instants
	Due      time.Time `json:"due"`                // Month after it
	By       string    `json:"by"`                 // who took the wish
	Request  string    `json:"request,omitempty"`  // the house's number of it
	Deferred string    `json:"deferred,omitempty"` // why it waits: the matter under which it is preserved
	Warned   int       `json:"warned,omitempty"`   // how often somebody was told that it falls due
	Done     time.Time `json:"done,omitzero"`      // zero: not yet
}

// warnBefore is how long before an erasure is due somebody is told that it is not done.
const warnBefore = 7 * day

// Next is when somebody is to be told of it: a week before it is due, and when it is. It is zero when it is done, and
// while it waits for the end of a matter.
func (e Erasure) Next() time.Time {
	switch {
	case !e.Done.IsZero() || e.Deferred != "" || e.Warned > 1:
		return time.Time{}
	case e.Warned == 0:
		return e.Due.Add(-warnBefore)
	}
	return e.Due
}

// Month returns the same day and time of the next calendar month, in UTC, or that month's last day where it has no such
// day: what is asked on 31 January is due on 28 or 29 February.
func Month(t time.Time) time.Time {
	t = mention.Instant(t)
	y, m, d := t.Date()
	last := time.Date(y, m+2, 0, 0, 0, 0, 0, time.UTC).Day()
	return time.Date(y, m+1, min(d, last), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// Remains is what of a person lies outside a case, for whoever erases it: the store's rows, and then what no row of ours
// is. All of it is by key and reference, none of it is text.
type Remains struct {
	Texts    []mention.Ref  `json:"texts,omitempty"`    // rows of texts, media and raw bytes of these messages, and ours to him
	Author   mention.Author `json:"author,omitzero"`    // rows of tallies by him, with their groups of near copies
	Requests []string       `json:"requests,omitempty"` // rows of the outbox, by key: what is still under way
	Cases    []string       `json:"cases,omitempty"`    // that were merged into it: they are erased with it
	Incident bool           `json:"incident,omitempty"` // an incident's row and trail name him: see Person
	Beyond   []string       `json:"beyond"`             // what nobody here can reach
}

// Beyond lists what an erasure on our side cannot reach. A host that has more adds it.
func Beyond() []string {
	return []string{
		"backups of the store, until they are overwritten",
		"models that were trained on the texts",
		"copies that the host made: exports, figures with quotes, mail of the desk, logs",
		"what stands on the channels themselves",
		"ids of cases and keys of requests, which are made from the platform's ids and cannot be read back",
		"the platform's ids of items that came in, by which one that comes again is known",
		"what members wrote of him in an incident without his name or his words, and what others said of him or were told",
		"items that could not be decoded, until they are past their time",
	}
}
