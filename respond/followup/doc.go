// Package followup follows a conversation until the customer says it is over.
//
// It owns the stage of a case and the waits on the customer. The clocks on which we owe are escalation's. A caller tells
// it what happened as a Sign and gets a Move, or learns that nothing moves:
//
//	m, ok := followup.Next(followup.Fresh, followup.Asked) // to Asking, and a reminder is armed
//
// The machine is the table Moves; there is nothing else to it. Only the customer's word (the sign Over) leads to an end
// counted as Resolved.
package followup
