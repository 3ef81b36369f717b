// Package incident is one crisis over many cases: suspected by the machine, declared by a person.
//
// A caller keeps it like a case: New, then Decide and Apply (or Step) per event, the entry stored with the state.
//
//  1. Bring each case of a crisis category (effect.Join) to the live incident of that category, by Key, or open one; bring
//     the warning of a surge (event.Surged) to the incident that its row leads to, or its category, or open one:
//
//     in := incident.New(tenant, incident.ID(tenant, "outage", firstCase)) // or surge.ID instead of the first case
//     in, entry, err := incident.Step(rules, in, joined, now)
//
//  2. Carry its effects out like those of a case. HoldCases and ReleaseCases go to cases: Members says to which, Spread
//     from when each one's clock runs, and they are told with event.JoinedIncident and event.IncidentOver.
//
//     InformCases goes to Everybody that ever joined: event.Informed with what is Verified.
//
//  3. Put Told into what the customers of held cases write (event.Received), so that each of them can be told once; and
//     where one Speaks for the category of a new case, its id too: that case is held from the first.
//
//  4. Ask Wants just before a page or a statement is carried out: the house may have slept since it was asked for.
//
//  5. When a customer is erased, take him out of each incident that names him: event.Erased with a privacy.Person is
//     decided like any event, Without gives what its trail keeps, and trail.Erase begins it anew. Counts stay.
//
//  6. When it is over, package account reads its trail, for the people who examine it.
//
// The first case, or a surge without any, opens it as Suspected: one member is paged, scheduled posts are held for two
// hours, nothing is said in public, no reply is held. Each further case is counted and pages nobody. Many strangers at
// once, where there is no crisis category, are a Crowd: its owner is asked once what becomes of all they write.
//
// Only a person declares. From then on the incident speaks for its cases: a holding statement tells the public what is
// known and when the next news come, and a missed update pages. What may be said of whose fault it is follows from what
// a person has assessed; nobody denies and then makes good without taking back what he said. One member at a time has
// the command, and hands it over with all that is open. When a person says that it is over every case is let go, the
// most urgent first, and each customer gets an answer of his own.
package incident
