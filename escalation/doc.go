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
//  4. Bring Took as soon as a member has the matter, Progressed when he does something, Released when he gives it back,
//     Escalated when somebody sends it up, Rebased when it has become another matter or who has it has left the house,
//     StoodOff when it is over.
//  5. Bring each clock an Elapse at clock.Next(), and Pause and Resume as the customer is waited for and writes.
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
//	somebody takes it --his shift ends, or no progress for Idle--> the level again
//
// Only members on duty, and who may see where it is from, are told of a level. A level with nobody on duty is passed at
// once, or, where it says hold, waits for the first who comes on duty; in a crisis and in danger to people nothing
// holds. Quiet hours count as off duty, but not in a crisis or danger to people. The fallback is told on duty or not (of
// one on leave whoever covers him), and again every hour until somebody takes the matter (in a crisis every quarter of
// an hour, in danger to people and while no page reaches it every five minutes), so a climb that nobody has taken always
// has a Due: nobody on duty is never silence.
//
// When a shift ends while a level is waited for, whoever follows on it is told, and the next level not before he has had
// five minutes. When the shift of whoever has the matter ends, whoever is on duty is told that hand-over is due: always
// in a crisis and in danger to people, else where the ladder says HandOver; what nobody could take over stays his.
//
// A page that comes back, or of which nothing is heard within two minutes, goes to the member's next contact. When no
// page of a level arrived or may yet arrive, the next level is told at once. Who has gone off duty meanwhile is not tried
// again.
//
// A matter that becomes danger to people begins its ladder anew, whoever has it; one that becomes a crisis is handed
// over at once when whoever has it is not on duty.
//
// # Clocks
//
// A Clock is due at an instant that was computed when it started and stays: after open hours, elapsed time, days on which
// the house opens, or calendar days on the wall. While it stands still (Pause) Due does not count; Resume computes what
// is left anew. Elapse gives its warnings, and the breach, each once. When the plan changes it stays as it is until
// Rebase is asked, which counts from its start or from the change as the new plan says. Package foresee explains it.
//
// The plans to begin with are in package standard, regulators' clocks in package duty, and what keeps one person from
// too many pages at once in package throttle.
//
// # Who answers, who is on duty
//
// A matter has one plan: the nearest, by category, severity, author's standing, brand, location, country and language.
// A store lies within its city and es-MX within es, so the plan of the city is for the store that has none of its own.
// The plan names the point person and the back-ups; those who lack a skill it needs, or may not see the place, are left
// out, and those who carry as many open cases as they may come last. One of them alone writes to the customer
// (Assignment.Contact); press office, legal and others who are told besides are Watchers.
//
// A member is on duty while his calendar is open or a roster has him, and never on leave. Package roster has the
// rotations, layers and covers; Next says when hands change, Coverage where nobody or more than one will be on duty.
//
// # What may be done
//
// Authorize answers whether a member may do something alone, and if not, who may. Sees answers whose cases he may look
// at.
package escalation
