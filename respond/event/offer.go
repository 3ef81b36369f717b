package event

import (
	"time"

	"github.com/reputekit/reputation/escalation"
)

// An Offer is what a draft offers the customer: a remedy, or goodwill. A sum, a thing or both; a line that is drawn may
// have neither.
type Offer struct {
	Kind  string           `json:"kind,omitempty"` // coupon, credit, refund, vip, training, gift, or the house's own
	Sum   escalation.Money `json:"sum,omitzero"`
	Thing string           `json:"thing,omitempty"` // "a seat in the lounge"
	Until time.Time        `json:"until,omitzero"`  // so long it stands, UTC; zero: until it is answered or replaced

	// Goodwill is beside the remedy: in private, a message of its own, for nothing in return.
	Goodwill bool `json:"goodwill,omitempty"`

	// Firm draws a line: this and no more. Only who has the highest authority draws it, and says where else the customer
	// can turn: Recourse stands in the text.
	Firm     bool   `json:"firm,omitempty"`
	Recourse string `json:"recourse,omitempty"` // "the travel ombudsman, www.ombudsman.example"
}
