package followup

import "fmt"

// A RefusedError says why a sign of our people is not possible in a conversation as it is. Nothing has changed.
type RefusedError struct {
	From   Stage
	On     Sign
	Reason string // for the person who tried
}

// Error says what was refused, and why.
func (e *RefusedError) Error() string {
	return fmt.Sprintf("%s while the conversation is %s: %s", e.On, e.From, e.Reason)
}

// whyNot says what is missing, by the first thing that no row of this stage and sign has.
func whyNot(from Stage, on Sign, has Facts) string {
	lacks := func(f Facts) bool { return has&f != f }
	switch {
	case from == Closed:
		return "it is over: a word of the customer opens it again"
	case on == Asked && lacks(Private):
		return "asking for details happens in private"
	case on == Fulfilled || on == FulfilFailed:
		return "nothing was accepted that could be fulfilled"
	case on == DrewLine && from == Working && lacks(offered):
		return "nothing was offered that the line could be drawn at"
	case on == DrewLine && from == Working && lacks(Highest):
		return "a firm line is only drawn at the highest authority"
	case on == ReleasedByCounsel && lacks(withCounsel):
		return "counsel does not hold it"
	case has&Life != 0 && (on == Waived || on == HeldByCounsel):
		return "nothing waives or holds a danger to life"
	case (on == Waived || on == FoundFake || on == HeldByCounsel || on == ReleasedByCounsel) && lacks(ByPerson):
		return "only a named person may"
	case on == Waived && lacks(Coded):
		return "a waiver needs a reason code"
	}
	return "it changes nothing"
}
