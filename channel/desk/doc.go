// Package desk runs the house: it takes items in, keeps the cases, carries out what they ask for and follows them up.
//
// What a host does, in order:
//
//	d, err := desk.New(desk.Options{
//		Store:    &memstore.Store{},                        // 1. where everything is kept
//		Rules:    func(string) *respond.Rules { return r }, // 2. what decides
//		Channels: map[string]*channel.Channel{"chirp": c},  // 3. where it hears and speaks
//		Notifier: pager,                                    // 4. how members are reached
//	})
//	err = d.Run(ctx)   // 5. until ctx is done; or Tick, again and again, in a goroutine of the host's own
//	err = d.Drain(ctx) // 6. before the end: nothing is left half done
//
//	err = d.Do(ctx, tenant, id, event.Event{ID: event.RequestID("r1"), By: "ana", Body: event.Approved{Draft: draft}})
//
// Handle takes an item that came by a webhook; sources are polled. Do is where people have their say.
//
// # What the desk promises
//
//  1. What was taken in is stored before it is worked on, together with the cursor, and worked on until it is done.
//  2. A request stands in the outbox in the same commit as the state that asked for it. That it is tried is stored
//     before the world is called, and its outcome in one commit with the event that tells the case.
//  3. A reply goes out only if the case still wants it, in the same commit in which it is marked as tried, and what it
//     answers is still there and unchanged.
//  4. A reply is sent at most once. When nobody knows whether it was, the platform is asked, or given the same key again
//     while it remembers it; else a person is told. There is no second send on a guess.
//  5. In one lane (the case, the kind of request, the destination) requests go out in the order they were asked for.
//     Acts of moderation and pages never wait behind replies, nor pages about danger to life or a crisis behind others.
//  6. One row, item or request that cannot be worked on holds up no other.
//  7. The same inputs at the same instants store the same bytes, as long as Tick is what moves the desk.
//
// A page (Tell, Approve) is not a reply: after a crash in the middle it is given to the Notifier again, with the same
// key, because a page twice is better than none.
//
// One store has one desk. When two overlap for a moment, while a new process takes over, nothing is done twice: what one
// tries the other leaves alone until Options.Patience is over. After a crash that is how long the next desk waits.
//
// # What grows
//
// Bounded are the row of a case (50 messages, 64 events, 64 pages awaited) and of an incident, the row of an author (100
// instants of 30 days) and what the desk itself holds in memory. There is one such row for every case and every author
// ever heard, and nothing is taken away: trails, settled requests with their words, every revision of a text, and the ids of
// events and items, which must be known for ever. What a desk does at an instant costs what is due then, and not what is
// stored or waits, but for Queue, Cases and Incidents, which walk all rows of their kind, and the first call of a new desk
// and the first after the clock went back, which walk the outbox.
package desk
