// Package followup follows a conversation until the customer says it is over.
//
// It owns the stage of a case and the waits on the customer. The objectives on which we owe are escalation's: a move
// only says that one begins. A caller keeps a State, tells what happened as a Sign, with what he knows as Facts, and
// gets the State after it and the Move that led there:
//
//	barred, why := circumstances.Barred(state) // to whom nobody writes unasked
//	given := followup.Given{Facts: followup.Private, Barred: barred}
//	after, move, err := followup.Step(state, followup.Asked, given) // to Asking: a reminder is armed
//
// Then, in this order: end what is owed if the move asks for Discharge, and start the objective of an answer if it is
// Owed; unless it says Keep, end the wait and the clock that ran; start the Wait and the Clock it names, the wait for as
// long as Plan.Until says; and turn each of its Requests into an effect. Those in Unasked become drafts that a person
// approves, unless they stand in ByItself.
//
// The machine is the table Moves; there is nothing else to it. Mermaid and DOT draw it, and testdata holds the drawings.
// Its laws: only the customer's word (SaidOver) leads to an end counted as Resolved; every live state has a wait, a
// clock or an answer owed; only a named person waives; a timer asks for drafts at most, and for none to somebody who is
// held, not believed or barred. A hold keeps the stage where it is, and its release returns there.
//
// Who may see a case, what must be preserved of it, the amount of an offer and how often it was declined are facets that
// move nothing, and are the case's own. So are counts: of reopenings, breaches and waivers.
package followup
