// Package roster says whose turn it is: rotations that hand over on the wall clock, layers of them, and what was agreed
// against the plan.
//
// Write a Book, compile it once, and ask the Schedule:
//
//	book := roster.Book{
//		Rosters: []roster.Roster{{ID: "desk", Layers: []roster.Layer{{Rotations: []roster.Rotation{
//			{Calendar: "madrid", From: "2026-03-02", At: "09:00", Every: roster.Week, Slots: []string{"ana", "ben"}},
//		}}}}},
//		Covers: []roster.Cover{{Kind: roster.Leave, Who: "ana", By: "cy", From: from, To: to}},
//	}
//	schedule, err := book.Compile(roster.Options{Calendar: calendar, Member: member}) // err holds every problem
//
//	schedule.On("desk", now)                  // who is on duty
//	schedule.Next("desk", now)                // the next hand-over
//	schedule.Coverage("desk", now, inAMonth)  // holes and overlaps, before they happen
//
// # A hand-over
//
// A rotation hands over at a time of day in the zone of its calendar: at the first instant at which a clock there shows
// it, or, where the clock skips it, at the first instant after the gap. The boundary belongs to the new shift. So a
// daily shift from 09:00 lasts 23 hours when the clock goes forward and 25 when it goes back, and a shift that begins
// and ends inside one gap is not worked by anybody.
//
// # Layers
//
// Rotations of one layer stand side by side: all of them are on duty, and where two are the Coverage says so. A layer
// takes over from those before it whenever somebody of it is on duty. A slot may name nobody, and then the layer
// beneath holds.
//
// # Covers
//
// An override stands above all layers. Otherwise who has the turn is exchanged by a swap, then stood in for by a
// temporary cover, then by whoever covers his leave, who may himself be covered. Somebody on leave without cover
// leaves a hole, and Coverage reports it.
package roster
