package channel

import "github.com/reputekit/reputation/mention"

// A Cursor is a place in a source, opaque to everybody but its connector. It survives JSON and restarts, and it is the
// acknowledgement: what was fetched and not stored with the cursor is fetched again. The zero cursor is the beginning.
type Cursor string

// A Page is what a source had after a cursor.
type Page struct {
	Items    []Item
	Next     Cursor // where to go on; never empty
	More     bool   // there is more at once
	Gap      bool   // something between the cursor and the first item is lost, or may be
	Backfill bool   // the items are old: from before we began to listen
}

// An Item is one piece of news. Its ID is unique within the channel and the same however it comes, by a poll or a
// webhook, so that what came twice counts once.
type Item struct {
	ID       string          `json:"id"`
	Kind     ItemKind        `json:"kind"`
	Mention  mention.Mention `json:"mention,omitzero"`   // of a deletion or hiding Ref and Account; undecodable: only Ref.Channel
	Key      Key             `json:"key,omitempty"`      // of an echo: the key we sent it with, where the platform tells
	Backfill bool            `json:"backfill,omitempty"` // from the past of the channel
	Raw      []byte          `json:"raw,omitempty"`      // as it came; always there when undecodable
	Reason   string          `json:"reason,omitempty"`   // why it is undecodable
}

// ItemKind is what a piece of news says.
type ItemKind string

// The kinds of news.
const (
	Created     ItemKind = "created"     // somebody said something
	Edited      ItemKind = "edited"      // it is a new revision of an item
	Deleted     ItemKind = "deleted"     // an item is gone; it carries no text
	Hidden      ItemKind = "hidden"      // an item is out of sight; it carries no text
	Echo        ItemKind = "echo"        // our own account said it, through us or through the platform's own app
	Undecodable ItemKind = "undecodable" // the connector cannot read it; it never blocks what comes after
)

var kinds = []ItemKind{Created, Edited, Deleted, Hidden, Echo, Undecodable}
