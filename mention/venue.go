package mention

import (
	"github.com/reputekit/reputation/mention/spec"
)

// A Venue is what one channel allows, as data: whoever writes a reply needs it before anything is sent. The zero value
// of a limit means that there is none; the zero value of an ability means that the channel has it not.
type Venue struct {
	Channel        string        `json:"channel"`
	Ours           bool          `json:"ours,omitempty"`             // we own the place and may moderate it
	Visibilities   []Visibility  `json:"visibilities,omitempty"`     // how we can speak there
	Max            int           `json:"max,omitempty"`              // longest reply, counted by Measure
	Measure        string        `json:"measure,omitempty"`          // a name that Measure knows; empty means runes
	Hide           bool          `json:"hide,omitempty"`             // can take an item out of sight, and back
	Delete         bool          `json:"delete,omitempty"`           // can remove an item
	Report         bool          `json:"report,omitempty"`           // can report an item to the platform
	Threads        bool          `json:"threads,omitempty"`          // a long answer may be several items
	RepliesPerItem int           `json:"replies_per_item,omitempty"` // 1 on most review sites
	Invites        bool          `json:"invites,omitempty"`          // lets us ask a customer to tell how it ended
	EditWindow     spec.Duration `json:"edit_window,omitempty"`      // how long our own reply can be changed
	ReplyWindow    spec.Duration `json:"reply_window,omitempty"`     // how long after the author's last word we may write
}
