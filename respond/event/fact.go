package event

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
)

// Established says that the member the event is By verified a claim: it may be said in this case from now on, or in this
// incident and all of its cases. It takes the place of a fact of the same name; where that said something else, it is
// retracted.
type Established struct {
	Name     string    `json:"name"`           // how texts and slots ask for it: "parcel"
	Says     string    `json:"says"`           // the claim in words, in the language of the answers that claim it
	Evidence string    `json:"evidence"`       // on what evidence
	Source   string    `json:"source"`         // where that is from
	Until    time.Time `json:"until,omitzero"` // it is not true beyond this instant, UTC; zero is for good
}

// Retracted says that a fact of a case or an incident is not so. Any member says it, at any time: what rests on it stays here, and who was
// told is owed a correction.
type Retracted struct {
	Fact string `json:"fact"` // its name
	Why  string `json:"why"`
}

// Informed says, to a case, what its incident has verified, and what of it is not so. Without an incident it says that the
// house has changed its facts: what the case claims or has said is held against them anew. Its ID is HeldID, or InformedID.
type Informed struct {
	Incident string     `json:"incident,omitempty"`
	Facts    []Verified `json:"facts,omitempty"` // all that the incident keeps, in its order
}

// A Verified is a fact of an incident as its cases are told of it. Its evidence stays with the incident.
type Verified struct {
	Name      string    `json:"name"`
	Says      string    `json:"says"`
	By        string    `json:"by"` // the member who verified it
	At        time.Time `json:"at"` // when, UTC, as the other instants
	Until     time.Time `json:"until,omitzero"`
	Retracted time.Time `json:"retracted,omitzero"` // since when it is known not to be so; zero: it stands
	Why       string    `json:"why,omitempty"`
}

// InformedID names that a case was told of the facts of the house: facts says which they are.
func InformedID(facts, id string) string { return mention.Key("event", "informed", facts, id) }

// verified is canonical for what cases are told of.
func verified(list []Verified) []Verified {
	list = slices.Clone(list)
	for i := range list {
		v := &list[i]
		clean(&v.Name, &v.Says, &v.By, &v.Why)
		v.At, v.Until, v.Retracted = instant(v.At), instant(v.Until), instant(v.Retracted)
	}
	return list
}

// canonicalFact is canonical for what is verified.
func canonicalFact(b Body) Body {
	switch b := b.(type) {
	case Established:
		clean(&b.Name, &b.Says, &b.Evidence, &b.Source)
		b.Until = instant(b.Until)
		return b
	case Retracted:
		clean(&b.Fact, &b.Why)
		return b
	case Informed:
		clean(&b.Incident)
		b.Facts = verified(b.Facts)
		return b
	}
	return b
}

func (Established) kind() string { return "established" }

func (Retracted) kind() string { return "retracted" }

func (Informed) kind() string { return "informed" }
