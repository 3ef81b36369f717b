package followup

import "github.com/reputekit/reputation/triage"

// A State is every facet of a conversation that the machine reads. Facets vary separately. The zero State is a message
// that has just come in. Who may see a case, and what must be preserved of it, move nothing, and are not here.
type State struct {
	Stage      Stage             `json:"stage,omitempty"`
	Outcome    Outcome           `json:"outcome,omitempty"` // of a closed conversation
	Hold       Hold              `json:"hold,omitempty"`
	Legitimacy triage.Legitimacy `json:"legitimacy,omitempty"` // of the author; empty is unverified
	Offer      Offer             `json:"offer,omitempty"`
}

// A Hold keeps a conversation where it is, whatever its stage. Its release returns to the stage that was held.
type Hold string

// The holds. HoldNone stands in a Move that releases; in a State it is written as the empty Hold.
const (
	HoldNone     Hold = "none"
	HoldIncident Hold = "incident" // its incident speaks for it
	HoldCounsel  Hold = "counsel"  // set by a person: only approved text goes out
)

// An Offer is what became of the remedy that we proposed. Its amount, and how often one was declined, are the case's.
type Offer string

// The offers. The zero Offer is none.
const (
	OfferMade     Offer = "made"
	OfferFirm     Offer = "firm"     // it is our last word
	OfferRestated Offer = "restated" // our last word, said once more
	OfferAccepted Offer = "accepted"
	OfferDeclined Offer = "declined"
)

// After returns the state that a move leads to. It never alters its argument.
func (s State) After(m Move) State {
	s.move(&m)
	return s
}

// move is what a row makes of the state. An empty facet of the row stays as it was.
func (s *State) move(m *Move) {
	if m.Outcome != "" || s.Outcome != "" && m.To != Closed {
		s.Outcome = m.Outcome
	}
	s.Stage = m.To
	if m.Hold != "" {
		if s.Hold = m.Hold; m.Hold == HoldNone {
			s.Hold = ""
		}
	}
	if m.Legitimacy != "" {
		s.Legitimacy = m.Legitimacy
	}
	if m.Offer != "" {
		s.Offer = m.Offer
	}
}

// facts are the facets as a guard reads them.
func (s *State) facts() Facts {
	var f Facts
	if s.suspect() {
		f |= doubted
	}
	if s.Outcome == NotGenuine {
		f |= notGenuine
	}
	switch s.Hold {
	case HoldIncident:
		f |= inIncident
	case HoldCounsel:
		f |= withCounsel
	}
	switch s.Offer {
	case "":
		return f
	case OfferFirm:
		f |= firm
	case OfferRestated:
		f |= firm | restated
	case OfferAccepted:
		f |= agreed
	case OfferDeclined:
		f |= turnedDown
	}
	return f | offered
}

// suspect reports whether the author may not be who he says.
func (s *State) suspect() bool { return s.Legitimacy == triage.Doubtful || s.Legitimacy == triage.Fake }
