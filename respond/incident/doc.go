// Package incident is one crisis over many cases: suspected by the machine, declared by a person.
//
// The cases of a crisis category join the incident of that category. The first opens it, as Suspected: one member is
// paged, scheduled posts are held for two hours, nothing is said in public. Each further case is counted and pages
// nobody. Only a person declares; from then on a holding statement tells the public what is known and when the next
// news comes, and a missed update pages.
//
// A caller keeps it like a case: New, then Decide and Apply (or Step) per event, the entry stored with the state.
//
//	in := incident.New(tenant, incident.ID(tenant, "outage", firstCase))
//	in, entry, err := incident.Step(rules, in, joined, now)
package incident
