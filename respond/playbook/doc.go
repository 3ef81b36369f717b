// Package playbook chooses a prepared answer for a situation and writes it.
//
// Write the Playbook, compile it for the house it is for, and then, for each case:
//
//	c, err := book.Compile(playbook.House{Venues: venues, Policy: &policy}) // all problems at once, each with its path
//	...
//	play, why := c.Choose(situation)                      // from the most specific to the general
//	text, err := c.Write(play.ID, situation, venue, slots) // whole or not at all
//	findings := c.Lint(text.Body, c.Scene(play.ID, situation))
//
// A Play says for which situations it is (Scope), where its words go (Mode), the words by locale from long to short, what
// it asks for and expects back, whom it names, what it offers (Link, Gesture), who allows it, and whether it may go out
// without a person. The last play is for every situation; a play of mode none says that a person writes.
//
// Compile reports a play that can never be reached, and Coverage says, as data and as a table, what is left to the last
// play alone.
//
// Write says nothing twice: texts in Situation.Had are never said again, those in Situation.Beside only where there is no
// other wording; of wordings of like length the case's id chooses.
//
// Playbook.Unasked has the words for what nobody asked for: news though nothing be new, whether it is over, a survey, an
// invitation to tell how it ended; and for what readers are told when a matter is taken up in private. Whether one is
// wanted, and to whom none goes, is the case's to say.
//
// Prepared words are held to the guidelines as a person's are. A Play of a complaint names the customer's matter in its
// own words: Play.Matter lists them, and a text that has one of them names the matter, whatever the customer called it.
package playbook
