// Package trail keeps what happened to a case or an incident: its entries, in order.
//
// An entry is what one step decided. Whoever stores state stores the entries beside it, in the same commit; folding
// them gives the stored state again, byte for byte, under any later rules:
//
//	state := trail.Fold(respond.New(tenant, id), entries, respond.Apply)
package trail
