package effect

import (
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
)

// Grant asks a Granter to pay a goodwill, or a remedy that the customer accepted: a sum or a thing or both. It is answered
// by Granted, Denied or Uncertain. Who does not know whether it was paid says Uncertain, and never pays again with another
// key: a person looks.
type Grant struct {
	Offer    string           `json:"offer"`              // the offer's id, the same for every attempt
	Member   string           `json:"member"`             // in whose authority it is
	Channel  string           `json:"channel"`            // where the customer wrote ...
	Account  string           `json:"account,omitempty"`  // ... to which account of ours ...
	Author   string           `json:"author"`             // ... and who he is there: his key
	Customer string           `json:"customer,omitempty"` // his id in the host's own books, where the host gave it
	Kind     string           `json:"kind"`               // coupon, credit, refund, vip, training, gift, or the house's own
	Sum      escalation.Money `json:"sum,omitzero"`
	Thing    string           `json:"thing,omitempty"` // "a seat in the lounge"
	Period   string           `json:"period"`          // the day it counts in, in the member's zone: "2026-06-16"
}

// Survey asks a Sender to ask the customer in private how it was, with exactly this text. It is answered by Delivered,
// Undelivered or Uncertain; what the customer says to it comes as Surveyed with the key. There is one per customer in 90
// days.
type Survey struct {
	Draft    string      `json:"draft"`
	Channel  string      `json:"channel"`
	Account  string      `json:"account,omitempty"` // the case's own account
	To       mention.Ref `json:"to"`                // the customer's last message
	Author   string      `json:"author"`            // his key on the channel
	Scale    string      `json:"scale"`             // nps, csat, ces
	Version  string      `json:"version,omitempty"` // of the scale: ces has 1.0 and 2.0
	Text     string      `json:"text"`
	NotAfter time.Time   `json:"not_after,omitzero"` // later it is not asked any more
}

func (Grant) kind() string { return "grant" }

func (Survey) kind() string { return "survey" }
