// Package escalation says who answers for a matter, by when, and who is told next when nobody does.
//
// Write a Hierarchy, compile it once, and ask the Directory:
//
//	directory, err := hierarchy.Compile(escalation.Options{}) // err holds every problem with its path
//
// When a case opens, start its clocks and its climb, and store both with it:
//
//	climb, pages := directory.Open(matter, now)
//	clock, ok := directory.Start(climb.Plan, escalation.FirstReply, received)
//
// Then your duties are these:
//
//  1. Send each page, to its address, once. A page is told apart within its climb by N.
//  2. Bring back what came of it as a Move: Reached or Bounced, with the page's number.
//  3. Bring a TimeUp at climb.Due(). Earlier does nothing; later takes one step, and the waits slip.
//  4. Bring Took as soon as a member has the matter, Released when he gives it back, StoodOff when it is over.
//
// The loop in code:
//
//	climb, pages = directory.Climb(climb, escalation.Move{Kind: escalation.TimeUp}, now)
//	for _, p := range pages {
//		send(p)
//	}
//	wake(climb.Due())
//
// A step is pure: the same climb, move and instant give the same answer, the argument is not altered, and nothing here
// reads a clock. Climbs and clocks are plain data and outlive the hierarchy they were made with: what was computed
// stays, what is computed next uses the Directory that is asked.
//
// # The ladder
//
//	level 0 --wait--> level 1 --wait--> ... --wait--> level 0 again, as often as Repeat says
//	                                                  ... --wait--> fallback --1h--> fallback --1h--> ...
//
// Only members on duty are told of a level. A level with nobody on duty is passed at once, or, where it says hold, waits
// for the first who comes on duty; in a crisis and in danger to people nothing holds. The fallback is told on duty or
// not, and again every hour until somebody takes the matter (every five minutes while no page reaches it), so a climb
// that nobody has taken always has a Due: nobody on duty is never silence.
//
// A page that comes back, or of which nothing is heard within two minutes, goes to the member's next contact. When no
// page of a level arrived or may yet arrive, the next level is told at once.
//
// # Clocks
//
// A Clock is due at an instant that was computed when it started and stays. While it stands still (Pause) Due does not
// count; Resume computes what is left anew. The caller marks it Breached, at Due, once.
//
// # What may be done
//
// Authorize answers whether a member may do something alone, and if not, who may.
package escalation
