// Package dealing holds what a case keeps of its dealings: what we promised and offered the customer, what he is not to be
// sent, and what our people said among themselves.
//
// It is plain data. A case embeds Dealings, and a step that changes it writes a Dealt into its entry:
//
//	after := dealing.Apply(before, change) // never alters its argument
//
// Whether a promise, an offer or a gift is possible is decided by the case, which knows rules and limits. What can be said
// without them is said here: which promises are open, which spends count, who is writing.
package dealing
