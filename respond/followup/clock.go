package followup

// A Clock is what we owe beside an answer. Its objective is escalation's; a move only says that it begins.
type Clock string

// The clocks.
const (
	News   Clock = "news"   // word of how it stands, though nothing be new
	Remedy Clock = "remedy" // what the customer accepted
)
