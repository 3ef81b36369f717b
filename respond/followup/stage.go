package followup

// Stage is how far a conversation has come. The zero value is Fresh.
type Stage string

// The stages.
const (
	Fresh      Stage = ""           // the customer has written, nobody has answered
	Answered   Stage = "answered"   // answered, and no word is expected back
	Asking     Stage = "asking"     // we asked the customer for something
	Working    Stage = "working"    // we are at it, and owe news
	Proposed   Stage = "proposed"   // we proposed a remedy
	Fulfilling Stage = "fulfilling" // the remedy was accepted, and we owe it
	Confirming Stage = "confirming" // we asked whether it is over
	Surveying  Stage = "surveying"  // the customer said it is over
	Dormant    Stage = "dormant"    // the customer fell silent
	Closed     Stage = "closed"
)

// Outcome is how a closed conversation ended. It is empty while the conversation lives.
type Outcome string

// The outcomes. Only Resolved is the customer's own word that it is over.
const (
	Resolved    Outcome = "resolved"
	WasAnswered Outcome = "answered" // nothing more was owed, and nothing more was said
	Lapsed      Outcome = "lapsed"   // the customer never wrote again
	Unhappy     Outcome = "unhappy"
	Withdrawn   Outcome = "withdrawn" // he ended it without its being over
	NotGenuine  Outcome = "not_genuine"
	Merged      Outcome = "merged" // it goes on in another case of the same person
)

// Live reports whether something can still fall due in this stage.
func (s Stage) Live() bool { return s != Closed }

// OurTurn reports whether it is for us to do something.
func (s Stage) OurTurn() bool {
	switch s {
	case Fresh, Working, Fulfilling:
		return true
	}
	return false
}

// String names the stage for a person.
func (s Stage) String() string {
	if s == Fresh {
		return "fresh"
	}
	return string(s)
}
