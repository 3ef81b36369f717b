// Package trail keeps what happened to a case or an incident: its entries, in order, so that nobody can alter them
// unseen.
//
// An entry is what one step decided. Whoever stores state stores the entries beside it, in the same commit; folding
// them gives the stored state again, byte for byte, under any later rules:
//
//	state := trail.Fold(respond.New(tenant, id), entries, respond.Apply)
//
// What is stored is bytes, and each entry's head names the head before it. A store does this:
//
//  1. Begin a chain with the trail's name, and keep its Tip beside the state:
//
//     tip := name.Begin()
//
//  2. Append each entry as it was encoded, with 32 bytes from crypto/rand that are used for nothing else. Store the
//     Link and the new Tip in the same commit. The bytes are never written again:
//
//     link, tip, err := tip.Append(entry.At, salt, body)
//
//  3. Copy a Tip now and then to where whoever can write to the store cannot. Verify says which entry is the first that
//     is not as it was; only such an anchor shows a tail that was cut off or written anew:
//
//     tip, err := trail.Verify(name, links, anchor)
//
//  4. Erase when a person's data must go. Heads stay, bodies and salts go, and a redacted state takes their place.
//     Replay begins there, and the chain still verifies. What may stay of the entries is kept beside it: Bodies gives
//     them as they were written, those that an erasure before has kept too.
//
// The body's hash is SHA-256(salt + body): without the salt nobody can try out whether a known name was in it. A salt
// that could be computed again, from a key that stays for instance, would undo the erasure.
//
// Render writes a trail for an auditor; Export and Import carry trails as JSON Lines.
package trail
