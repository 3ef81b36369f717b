// Package throttle keeps one person from being told of too many things at once, and loses none of them.
//
// Keep a Tally for each person, stored beside the cases, and ask it before a page goes out:
//
//	tally, until := tally.Ask(limit, key, urgent, now) // urgent: crisis and life, which nothing throttles
//	if until.IsZero() {
//		send(page)
//	}
//
// A page that is held goes out with all the others that are, as one message, when the tally is due:
//
//	tally, keys := tally.Elapse(limit, now) // at tally.Due()
//
// Tell the climb that the page waits, and until when, or it takes the page for lost after two minutes and goes on:
//
//	climb, pages = directory.Climb(climb, escalation.Move{Kind: escalation.Deferred, Page: n, Until: until}, now)
//
// What came of the message is Reached or Bounced for each page in it. Drop a page whose matter somebody has taken
// meanwhile. Every step is pure and leaves its argument as it was.
package throttle
