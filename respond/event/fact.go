package event

import "time"

// Established says that the member the event is By verified a claim: it may be said in this case from now on. It takes the
// place of a fact of the same name; where that said something else, it is retracted.
type Established struct {
	Name     string    `json:"name"`           // how texts and slots ask for it: "parcel"
	Says     string    `json:"says"`           // the claim in words, in the language of the answers that claim it
	Evidence string    `json:"evidence"`       // on what evidence
	Source   string    `json:"source"`         // where that is from
	Until    time.Time `json:"until,omitzero"` // it is not true beyond this instant, UTC; zero is for good
}

// Retracted says that a fact of a case is not so. Any member says it, at any time: what rests on it stays here, and who was
// told is owed a correction.
type Retracted struct {
	Fact string `json:"fact"` // its name
	Why  string `json:"why"`
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
	}
	return b
}

func (Established) kind() string { return "established" }

func (Retracted) kind() string { return "retracted" }
