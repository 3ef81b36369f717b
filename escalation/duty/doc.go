// Package duty keeps regulators' clocks: what must be reported to whom, by when, once anybody on our side knows.
//
// Write a Policy, or begin with the Example, which is no legal advice; compile it, and ask the Book:
//
//	policy, err := duty.Example()
//	book, err := policy.Compile(directory) // err holds every problem with its path
//	owed := book.Start(duty.Facts{Category: "data_leak", Country: "DE"}, firstSeen, "ana")
//
// Store what it gives with the case, or beside it: it outlives the case. Then:
//
//  1. Bring Elapse at owed.Next(): it gives the warnings, and the breach once.
//  2. When it comes out that somebody saw the post earlier, call Saw: awareness is that of the first of us.
//  3. File it with the reference that the authority gave. Nothing else ends it.
//
// There is no way to pause a duty, to withdraw it or to forget it: waiting on the customer, a mute or a hold do not touch
// it, nor that the post is deleted. Where complaints are regulated, any expression of dissatisfaction is one.
package duty
