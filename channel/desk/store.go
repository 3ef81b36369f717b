package desk

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/trail"
)

// A Store keeps what a desk knows. Every method may block, may be called from many goroutines at once, and fails with
// an error of its own when it cannot do its work; the desk tries again. What it returns is the caller's: a store shares no
// memory with it. Instants are UTC to the millisecond.
type Store interface {
	// Commit stores all of it or nothing, in the order in which it stands there. ErrConflict: a row or a request has not
	// the revision that was expected. ErrKnown: one of the Events was stored before; it is looked for before requests are.
	// It fails too when a row or a request stands in it twice, or an entry does not follow the last one. When it returns
	// nil, nothing of it is lost any more.
	Commit(ctx context.Context, c Commit) error

	// Row returns one row. ErrAbsent: there is none.
	Row(ctx context.Context, at Address) (Row, error)

	// Find returns the row that the first known key leads to. ErrAbsent: none of the keys is known.
	Find(ctx context.Context, tenant string, keys []string) (Address, error)

	// Due returns the rows whose Due is not after until, of all tenants, by Due, tenant, kind and id; at most limit.
	// A row with the zero Due is never due.
	Due(ctx context.Context, until time.Time, limit int) ([]Row, error)

	// Rows walks the rows that the query asks for, by Queue, then ID, as bytes. What it costs grows with the rows it gives,
	// not with those that carry other labels or stand before. Like every walk it gives what was there all the while once,
	// and lets the store be used meanwhile. An error ends the walk.
	Rows(ctx context.Context, q RowQuery) iter.Seq2[Row, error]

	// Entries walks the trail of one row, oldest first. An error ends the walk.
	Entries(ctx context.Context, at Address) iter.Seq2[Entry, error]

	// Outbox walks the requests that the query asks for, in the order in which they were first stored. An error ends
	// the walk.
	Outbox(ctx context.Context, q OutboxQuery) iter.Seq2[Outbound, error]

	// Ready returns the requests of one rank that stand first in their lanes and are not held back: of each lane the one
	// that was stored first of what is not settled, unless that one is uncertain or its Next is after until. They come
	// by Next, then in the order in which they were first stored; at most limit. It is asked often: it must not walk
	// what is settled, nor what stands behind in a lane.
	Ready(ctx context.Context, rank int, until time.Time, limit int) ([]Outbound, error)

	// Inbox returns the items that nobody has worked on, in the order in which they were stored; at most limit.
	Inbox(ctx context.Context, limit int) ([]Inbound, error)

	// Item returns what is known of one item. ErrAbsent: it never came in.
	Item(ctx context.Context, tenant, channel, id string) (Inbound, error)

	// Cursor returns where a channel's source was; the zero cursor if it never was anywhere.
	Cursor(ctx context.Context, name string) (channel.Cursor, error)

	// Text returns the newest revision of what was said under a reference. ErrAbsent: there is none.
	Text(ctx context.Context, tenant string, ref mention.Ref) (Text, error)

	// Loose walks what an author (Text.Author) said on a channel that belongs to no row, every revision, by reference and
	// revision. It is asked when a person wants to know what is kept of him: it must not walk what others said. An error
	// ends the walk.
	Loose(ctx context.Context, tenant, channel, author string) iter.Seq2[Text, error]
}

// The kinds of rows.
const (
	KindCase     = "case"
	KindIncident = "incident"
	KindTally    = "tally"
	KindSource   = "source" // a channel that is polled; its id is the channel's name
)

// An Address names one row.
type Address struct {
	Tenant string `json:"tenant,omitempty"`
	Kind   string `json:"kind"` // KindCase, KindIncident, KindTally, KindSource
	ID     string `json:"id"`
}

// A Row is the state of one case, incident or tally.
type Row struct {
	Address
	Revision int       `json:"revision,omitempty"` // how often it was stored; in a Commit: what is expected, 0 for a new row
	Due      time.Time `json:"due,omitzero"`       // when it wants to be looked at; zero: never
	Queue    string    `json:"queue,omitempty"`    // its place among its kind, as text, the smallest first
	Keys     []string  `json:"keys,omitempty"`     // routing keys that lead here; a key that leads elsewhere stays there
	Labels   []string  `json:"labels,omitempty"`   // what it is found by besides; many rows can carry one
	Tip      trail.Tip `json:"tip,omitzero"`       // how far the chain of its entries has come; zero: it has none
	State    []byte    `json:"state"`              // JSON
}

// A RowQuery says which rows of one tenant and one kind are wanted: all of them, unless it says more.
type RowQuery struct {
	Tenant string
	Kind   string // KindCase, KindIncident, KindTally
	Label  string // only those that carry it, unless empty
	Queue  string // only those behind the place that Queue and ID name together, as the last row of a page has it
	ID     string
}

// An Entry is one link of a trail, as it was written. Its bytes are never written again, but for an Erasure.
type Entry struct {
	Address
	Seq int `json:"seq"` // from 1, without a hole
	trail.Link
}

// A Text is what was said, by a customer or by us, with the row it belongs to. A new revision replaces none. The name of
// a private conversation has a Text too, which says nothing but where the conversation belongs.
type Text struct {
	Address               // of the case, or of no row: only the tenant
	Ref       mention.Ref `json:"ref"`
	Rev       int         `json:"rev,omitempty"`       // of the mention
	Uncounted bool        `json:"uncounted,omitempty"` // the platform counts no revisions: Rev is the desk's own count
	Ours      bool        `json:"ours,omitempty"`      // we said it
	Gone      bool        `json:"gone,omitempty"`      // it was removed since
	Author    string      `json:"author,omitempty"`    // where it belongs to no row: mention.Author.Key of who said it
	At        time.Time   `json:"at,omitzero"`         // where it belongs to no row: when it was stored
	Text      string      `json:"text,omitempty"`
}

// An Inbound is an item that came in, kept until it has been worked on. Of one that is Done and not Parked a store need
// keep no more than that it is known.
type Inbound struct {
	Tenant  string       `json:"tenant,omitempty"`
	Channel string       `json:"channel"`
	Item    channel.Item `json:"item"`
	At      time.Time    `json:"at"`               // when it was stored
	Done    bool         `json:"done,omitempty"`   // nobody need work on it any more
	Parked  string       `json:"parked,omitempty"` // why it could not be worked on, for a person
}

// An Outbound is one request with what became of it.
type Outbound struct {
	Address              // the case or incident that asked
	Key      string      `json:"key"`                // unique in the store
	Revision int         `json:"revision,omitempty"` // how often it was stored; in a Commit: what is expected, 0 for a new one
	Rank     int         `json:"rank,omitempty"`     // what goes out first, the smallest first
	Lane     string      `json:"lane"`               // within one, requests go out in the order in which they were stored
	Effect   string      `json:"effect"`             // its kind: "send", "tell"
	Body     []byte      `json:"body"`               // the effect.Effect, JSON
	State    State       `json:"state"`
	Asked    time.Time   `json:"asked"`
	Attempts int         `json:"attempts,omitempty"`
	Next     time.Time   `json:"next,omitzero"`    // not before this instant
	Tried    time.Time   `json:"tried,omitzero"`   // the last attempt
	Settled  time.Time   `json:"settled,omitzero"` // when its outcome was stored
	Outcome  string      `json:"outcome,omitempty"`
	Ref      mention.Ref `json:"ref,omitzero"` // what was made by it
}

// State is how far a request has come.
type State string

// The states of a request. Trying is stored before the world is called: what is found in it after a crash may have been
// done.
const (
	Waiting   State = "waiting"
	Trying    State = "trying"
	Uncertain State = "uncertain" // nobody knows; a person was told
	Settled   State = "settled"
)

// An OutboxQuery says which requests are wanted. The zero query wants them all.
type OutboxQuery struct {
	Tenant  string   // only of this tenant, unless empty
	ID      string   // only of this case or incident
	Key     string   // only this one
	Open    bool     // only those not settled
	Effects []string // only these kinds
}

// A Commit is what is stored together. A key that one row of it gives up is free for another.
type Commit struct {
	Rows    []Row                     // each with the revision expected; stored with one more
	Entries []Entry                   // added
	Outbox  []Outbound                // added, or replaced by Key in its old place; each with the revision expected
	Events  []string                  // ids that must never have been stored; with the tenant in them
	Texts   []Text                    // added, or replaced by tenant, Ref and Rev
	Inbox   []Inbound                 // added, or replaced if Done or Parked; else one known by tenant, channel and item id stays
	Cursors map[string]channel.Cursor // by channel
	Erased  []Erasure                 // what goes, before anything of the commit is added
}

// An Erasure is what goes for good. A store that is asked for it leaves nothing of the bytes where it keeps its own.
type Erasure struct {
	Address               // the entries of this row that are stored: of each its head stays, and nothing else
	Texts   []mention.Ref // every revision of the Texts of the tenant under these; and parked items that bring one
	Channel string        // what Author wrote here: Texts that belong to no row, and parked items
	Author  string        // as Text.Author names him; empty: nobody
	Tallies []string      // rows of tallies of the tenant, by id, with their keys and labels

	// Before takes what nobody's case leads to: Texts of the tenant that belong to no row, and parked items, that were stored
	// before it. Raw takes the raw bytes of parked items that were. Zero: none.
	Before, Raw time.Time
}

// Takes reports whether a parked item goes. That it is known stays: its id, its channel, its kind and when it came.
func (e Erasure) Takes(in Inbound) bool {
	m := in.Item.Mention
	return in.Parked != "" && in.Tenant == e.Tenant && (slices.Contains(e.Texts, m.Ref) || in.At.Before(e.Before) ||
		e.Author != "" && e.Author == m.Author.Key() && e.Channel == in.Channel)
}

// Bares reports whether the raw bytes of a parked item go, and the rest of it stays.
func (e Erasure) Bares(in Inbound) bool {
	return in.Parked != "" && in.Tenant == e.Tenant && len(in.Item.Raw) > 0 && in.At.Before(e.Raw) && !e.Takes(in)
}
