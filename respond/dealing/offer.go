package dealing

import (
	"time"

	"github.com/reputekit/reputation/respond/event"
)

// An Offer is a remedy or a goodwill that was offered, in whose authority, and what became of it.
type Offer struct {
	event.Offer

	ID       string     `json:"id"`
	From     string     `json:"from,omitempty"`   // the case that was merged into this one, to whose customer; empty: this one
	Member   string     `json:"member,omitempty"` // in whose authority; empty where nothing was at stake
	At       time.Time  `json:"at"`               // when it was allowed: from then on it counts against limits
	State    OfferState `json:"state"`
	Since    time.Time  `json:"since"`              // of the state
	Key      string     `json:"key,omitempty"`      // of the Grant that was asked for
	Paid     string     `json:"paid,omitempty"`     // the payer's reference
	Declined int        `json:"declined,omitempty"` // remedies that he has declined so far, this one counted
	Restated bool       `json:"restated,omitempty"` // it is our last word, said once more
}

// OfferState is what became of an offer.
type OfferState string

// What became of an offer.
const (
	Allowed   OfferState = "allowed"   // it is on its way to the customer
	Made      OfferState = "made"      // he has it
	Accepted  OfferState = "accepted"  // and wants it
	Declined  OfferState = "declined"  // and does not
	Paying    OfferState = "paying"    // its Grant was asked for
	Paid      OfferState = "paid"      // its Grant was granted
	Denied    OfferState = "denied"    // its Grant was not
	Uncertain OfferState = "uncertain" // nobody knows: a person looks
	Withheld  OfferState = "withheld"  // it never went out
	Replaced  OfferState = "replaced"  // by another, before he said anything
)

// Costs reports whether there is something to pay: a sum or a thing.
func (o *Offer) Costs() bool { return o.Sum.Minor > 0 || o.Thing != "" }

// Stands reports whether the customer has our word for it.
func (o *Offer) Stands() bool {
	switch o.State {
	case Made, Accepted, Paying, Paid, Uncertain:
		return true
	}
	return false
}
