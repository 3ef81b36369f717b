package strategy

import (
	"fmt"
	"strings"
	"time"
)

// Whose is who is responsible, as far as it is known.
type Whose string

// Whose it may be. The empty one is not known.
const (
	Unknown Whose = ""
	Shared  Whose = "shared" // in part ours
	Ours    Whose = "ours"
)

// A Responsibility is whose it is, and who says so.
type Responsibility struct {
	Whose     Whose
	Part      string    // shared: our part, as it was verified
	Confirmed Confirmed // shared and ours
}

// Confirmed is who confirmed a responsibility, when, and on what evidence. All three are needed.
type Confirmed struct {
	By       string    `json:"by"`
	At       time.Time `json:"at"`
	Evidence string    `json:"evidence"`
}

// Kind is how far an apology goes.
type Kind string

// The kinds.
const (
	Sympathy  Kind = "sympathy"  // for what the customer went through
	Part      Kind = "part"      // for our verified part
	Admission Kind = "admission" // it was ours
)

// An Apology is what may be said sorry for.
type Apology struct {
	Kind    Kind   `json:"kind"`
	For     string `json:"for"`               // "the experience", our part, "the fault"
	Because string `json:"because,omitempty"` // who confirmed it, when, on what evidence
}

// Admits reports whether a fault may be admitted: what guideline.Scene wants as FaultConfirmed.
func (a Apology) Admits() bool { return a.Kind == Admission }

// An UnconfirmedError names what is missing before a responsibility may be spoken of. The apology beside it is sympathy.
type UnconfirmedError struct {
	Whose   Whose
	Missing []string // "who confirmed it", "when", "the evidence", "our part"
}

// Error implements error.
func (e *UnconfirmedError) Error() string {
	return fmt.Sprintf("responsibility %s is not confirmed: %s missing", e.Whose, strings.Join(e.Missing, ", "))
}

// Apologise gives the apology for a responsibility. While it is unknown that is sympathy for the experience, without an
// error; where what is needed to say more is missing it is sympathy with an *UnconfirmedError.
func Apologise(r Responsibility) (Apology, error) {
	sympathy := Apology{Kind: Sympathy, For: "the experience"}
	switch r.Whose {
	case Unknown:
		return sympathy, nil
	case Shared, Ours:
	default:
		return sympathy, fmt.Errorf("responsibility %q is none of shared, ours, or empty", r.Whose)
	}
	var missing []string
	for _, need := range [...]struct {
		is   bool
		name string
	}{
		{strings.TrimSpace(r.Confirmed.By) == "", "who confirmed it"}, {r.Confirmed.At.IsZero(), "when"},
		{strings.TrimSpace(r.Confirmed.Evidence) == "", "the evidence"},
		{r.Whose == Shared && strings.TrimSpace(r.Part) == "", "our part"},
	} {
		if need.is {
			missing = append(missing, need.name)
		}
	}
	if missing != nil {
		return sympathy, &UnconfirmedError{r.Whose, missing}
	}
	c := r.Confirmed
	because := fmt.Sprintf("confirmed by %s at %s: %s", c.By, c.At.UTC().Format(time.RFC3339), c.Evidence)
	if r.Whose == Shared {
		return Apology{Part, r.Part, because}, nil
	}
	return Apology{Admission, "the fault", because}, nil
}
