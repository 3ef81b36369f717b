// Package privacy says how long what people said is kept, who may see it, and when it goes on their word.
//
//  1. Write a Retention: days for each class of what is kept. Check reports all problems; "for ever" is one of them.
//
//  2. Ask Retention.Due what of a conversation that has ended is past its time. Package respond does: Rules.Forget.
//
//  3. An Erasure that a person asked for is due at Month after he did. While something is under Preserve it waits, says
//     why, and runs when it is released.
//
//  4. What is kept of many people at once, an incident, is not erased with one of them: a Person is what goes of him there.
//
//  5. What somebody may see who is not on a Restriction's list is what Case.For gives him.
//
// What our side cannot reach is listed in Beyond, so that whoever answers the person can say so.
package privacy
