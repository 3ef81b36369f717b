// Package desk runs the house: it takes items in, keeps the cases, carries out what they ask for and follows them up.
//
// What a host does, in order:
//
//	d, err := desk.New(desk.Options{
//		Store:    &memstore.Store{},                        // 1. where everything is kept; sqlitestore for a house
//		Rules:    func(string) *respond.Rules { return r }, // 2. what decides, by tenant
//		Channels: map[string]*channel.Channel{"chirp": c},  // 3. where it hears and speaks
//		Notifier: pager,                                    // 4. how members are reached; notify joins carriers
//	})
//	err = d.Run(ctx)   // 5. until ctx is done; or Tick, again and again, in a goroutine of the host's own
//	err = d.Drain(ctx) // 6. before the end: nothing is left half done
//
// Options.Observer, Customers and Granter are needed where rules ask for them; New says so, with everything else that is
// missing. Package desktest has a check and a fake for each port, storetest for a Store.
//
// # Who has a say
//
// Sources are polled; Handle takes an item that came by a webhook. What a person does is one call, with the id that the
// host gave his request, so that a second click counts once:
//
//	err = d.Say(ctx, tenant, id, "ana", "request 1", event.Approved{Draft: draft})
//
//	Taken, HandedOver          he has it, or gives it away   Spoken, Meant       what the customer said, or meant by it
//	Escalated, Deescalated     up and down the ladder        Promised            a promise of ours
//	Begun, Drafted             he writes an answer           Kept, Missed        what became of it
//	Approved, Rejected         it may go out, or not         Fulfilled           the remedy he accepted was done
//	Waived                     no answer is owed             FulfilFailed        or could not be
//	Judged, Marked             who he is; what has happened  Barred, Unbarred    nobody is to write to him, or may again
//	Noted, Watched             for ourselves                 ChannelLost         he cannot be reached where he wrote
//	Snoozed, Woken             aside until then, or now      Consented           his story may be told
//	Rebased                    by the rules of today         ConsentWithdrawn    not any more
//	HeldByCounsel              counsel reads each word       Preserved, Released kept for a matter of law
//	ReleasedByCounsel          and lets it go                Restricted          who may see it
//	Merged{From}, Split{From}  two cases are one, or two     ErasureAsked, Erased  what is kept of him goes
//	Filed                      a regulator's duty was met    Established         a fact that may be claimed
//	Assessed                   whose fault it was            Retracted           and that is not so
//	Moderated                  what he wrote stays, or goes
//
// An incident takes these too:
//
//	Declared, Dismissed, Contained, Examined   what it is        Halted, Resumed   scheduled posts
//	Assessed, Stated                           what we say       Freed             a case that is about something else
//	Decided                                    about a crowd
//
// A source that is in trouble takes Taken. A *respond.RefusedError says why something is not possible now. Do brings in any
// other fact, as the host's own. Package event has them all.
//
// # What a screen shows
//
//	d.Queue(ctx, tenant)                                        // what lives, what comes first first
//	d.Cases(ctx, desk.CaseQuery{Author: key, Channel: "chirp"}) // by customer, stage, member; page by page
//	d.Case(ctx, tenant, id)                                     // one, with its trail
//	d.Changes(ctx, tenant)                                      // what was stored since, for a screen that lives
//	d.Personal(ctx, tenant, "chirp", key)                       // all that is kept of one author, for him
//	d.Health(ctx)                                               // how the desk is, for whoever keeps it running
//
// With Limits.Pages a member is not told of too much at once: what waits goes out together, and crisis and life never wait.
//
// Options.Meter takes figures (package figures has one for expvar), Options.Logger ids and codes, Options.Beat the beat of
// a dead man's switch: Run keeps silent when it is not well, and that is the alarm.
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
//  7. The same inputs at the same instants store the same bytes, as long as Tick is what moves the desk, but for the salts
//     of trails, which are drawn.
//  8. A source that brings nothing for three times as long as usual, wants a login or has lost something is told to a
//     person, up the ladder until somebody has it. What is usual is known after a week.
//  9. What is offered is counted in its member's purse in the same commit, and paid once, or a person is asked.
//  10. One customer is sent no more than Limits.Answers.
//  11. An entry is stored as a link of its trail's chain, in one commit with the row that knows how far the chain has come:
//     d.Verify names the first entry that somebody altered, took out or put in (package respond/trail).
//  12. After ErasureAsked, which goes to every case that the same author has, no byte of the person is in any row, and
//     the trails still verify: of entries the heads stay, of requests that they were made, of items that they are known.
//     Preserved cases wait for their release. What an author removes goes from texts and trail within the next Tick. From
//     incidents goes what names him, out of their rows and trails; how many cases they have stays, and what is of others.
//  13. A fact that is not so any more, of an incident or of the house (Options.Rules, Use), is told to every case that has
//     said it, closed or not, and to those that were about to: they correct it.
//  14. What is past its time (Specs.Retention) goes within a day and an hour: from cases that have ended, their trails and
//     the rows beside them, 64 cases a minute, and what no case leads to: what was only recorded, parked items, authors of
//     whom nothing was heard. Preserved cases keep it.
//
// A page (Tell, Approve) is not a reply: after a crash in the middle it is given to the Notifier again, with the same
// key, because a page twice is better than none.
//
// An erasure does not reach items that could not be decoded, for nobody knows whose they are, the ids of items, and words
// in an incident that mean him and neither name nor quote him: privacy.Beyond lists them with what lies outside. It reads
// the trails of all incidents of the tenant.
//
// What is said across cases (near copies, surges, crowds) changes with every mention: it is kept in memory and stored every
// minute and at the end. After a crash the last minute's are not counted; what was read of it stands in the events.
//
// One store has one desk. When two overlap for a moment, while a new process takes over, nothing is done twice: what one
// tries the other leaves alone until Options.Patience is over. After a crash that is how long the next desk waits.
//
// # What grows
//
// Bounded are the row of a case (50 messages, 64 events, 64 pages awaited) and of an incident, the row of an author (100
// instants of 30 days) and what the desk itself holds in memory. There is one such row for every case and every author
// ever heard, and words are taken away by an erasure or when they are past their time; for ever stay the heads of trails,
// that requests were made, and the ids of events and items, which must be known. What a desk does at an instant costs what
// is due then, and not what is stored or waits, but for Queue, Cases and Incidents, which walk all rows of their kind, and
// the first call of a new desk and the first after the clock went back, which walk the outbox.
package desk
