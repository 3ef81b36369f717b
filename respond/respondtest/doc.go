// Package respondtest tests rules by stories: plain text, a line for everything that happens, and beneath it the trail
// that is wanted.
//
//	# A cancelled flight. She is asked in private, and it is over when she says so.
//	at 0     received from=dana text="@Fjordwing you cancelled my flight"
//	at +4m   drafted by=ana private asks=order text="We are sorry. Send your booking reference here."
//	at +1m   approved by=ana
//	want     stage=asking owed=none due=+3d
//	at +2h   received from=dana private text="it is FJ7K2Q, sorted, thank you"
//	at +10m  meant over by=ana
//	at +30d  elapsed
//	want     stage=closed outcome=resolved
//
// To test rules of your own:
//
//  1. Write such a file, testdata/cancelled.txt.
//
//  2. Call Run in a test, and run it once with -update: the trail is written beneath the story.
//
//     var _ = flag.Bool("update", false, "write the trails of the stories anew")
//     func TestStories(t *testing.T) { respondtest.Run(t, rules, "testdata/*.txt") }
//
//  3. Read the trail. When a later change alters it, the test says which line now leads to what, and why.
//
// # Steps
//
// A step is "at", an instant, the kind of an event (package event; any of them), and its members by their names in JSON:
// text="Sorry.", asks=order,flight, mention.place.country=ES, given.tier=gold. A member that is true or false is named
// alone (proposes, backfill). Before the kind, ! says that the event is refused, and ? that it may be.
//
// An instant is +1h30m after the step before, 14:05, tue 14:05, 2026-06-20 14:05, or due: when the subject next wants to
// be woken. -90s is a clock that goes back. Time passes as it does in a desk: who falls due before a step is woken first,
// at his own instant. "elapsed" lets time pass up to an instant and with it. A story begins on a Tuesday at ten.
//
// Who a step is about: a mention finds its case as respond.Keys says; what became of an effect goes to who asked; on=dana
// or on=outage names one; else it is whom the step before was about. A case is named after its customer (dana, then
// dana/2), an incident after its category.
//
// What need not be written: a mention's id (dana-1, dana-2), channel, account and language; whom re= a message answers
// (ours-1 is our first); the draft that is approved or rejected (or draft=draft#2); what is edited or removed (the newest
// message, or id=, ref=). stars=2 rates, posted=-3d is when it was posted. meant, judged and waived take their word alone:
// meant thanks by=ana. A promise is promise#1, in the order in which they were made.
//
// # The world
//
// Effects are carried out at once and well: pages arrive, drafts that were approved are sent, a case joins its incident.
// "world send waits" leaves the outcome to the story, which names the effect as the trail does, or shorter: delivered
// send#2, undelivered tell:ben reason=failed, uncertain send. "world tell:ben fails", "unsure" and "works" are the others.
//
// # Other lines
//
//	start 2026-03-28 22:00 Europe/Berlin           the first instant, and the zone of all
//	customer dana name="Dana Fjeld" followers=120  who somebody is, before he writes
//	want dana stage=asking due=11:00 breaches=none  members of the state; asks=tell:ana,approve of the last step
//	want nobody                                    no case was opened
//	clock stopped                                  nobody is woken but by elapsed: the host is down; clock runs again
//	reasons on                                     the trail tells why, too
//
// A line that ends in \ goes on in the next. A want is checked with -update, too: what must be true stands there, and the
// trail shows the rest.
//
// # Laws
//
// Every step of every story is held to the laws of the design, whatever the rules: nothing twice, nothing undone, nobody
// forgotten, nothing sent that was not approved, folding the trail gives the state. A law that does not hold is a
// *StepError that names it. Laws holds rules to them over random stories, and makes the first that fails short enough to
// be pasted into a file: Random makes such stories, Shrink shortens one.
package respondtest
