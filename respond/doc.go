// Package respond decides what we say, and what comes next.
//
// A host does five things, in this order:
//
//  1. Write the specifications (or read them from one JSON file), and compile them once. All problems are reported
//     together, each with its path:
//
//     rules, err := respond.NewRules(specs, respond.Options{})
//
//  2. Route a mention to its case. Load the first case that one of these keys is known to lead to; where none is, open
//     the case that the keys name, if the verdict says so:
//
//     keys := respond.Keys(tenant, m)
//     if respond.Judge(rules, received, now).Handling == triage.Open { c = respond.New(tenant, respond.CaseID(keys)) }
//
//  3. Decide and apply. On an error nothing happened; an event that the case has seen asks for nothing:
//
//     c, entry, err := respond.Step(rules, c, event.Event{...}, now)
//
//  4. Store the case, the entry, its effects and the event's id in one commit. Then carry the effects out, each once,
//     and bring what became of them back as events: Delivered, Undelivered, Uncertain. Ask Case.Wants before an answer
//     leaves.
//
//  5. At Case.Due, bring an Elapsed event. Early, late and double ones do no harm, and none is too many: it is taken
//     whenever the case is due, also under an id that is known.
//
// Observe and Lookup are answered by Observed and Known instead, in time or late: the policy declares the signals that
// others read, Specs.Inquiry what is wanted of the customer's record. Pages and clocks never wait for either.
//
// What comes from the past (older than its plan's Fresh, or Backfill) is judged and counted at its own instant, pages nobody
// and is answered by nobody unless a person takes it up. Danger to life is the exception: younger than Fresh it pages,
// backfill or not.
//
// Every step tells the machine of package followup what happened, and does what its move asks for. What is a message
// becomes a Draft and takes one road: lint, Approved, Send, Delivered. What nobody asked for (a reminder, news, whether it
// is over, a survey, an invitation) takes it too, goes out by itself only where its play says so (Playbook.Unasked,
// Unattended; a play's own reminders also where it has RemindsAlone), and never to those whom followup.Circumstances bar:
// the host says do_not_contact, under_age, surveyed (a day) and account (gone) in Given, the policy injury, death,
// bereavement, abused and minor as tags. What is for a person to do is told to whoever has the case.
//
// A declared incident (JoinedIncident, IncidentOver) and counsel (HeldByCounsel, ReleasedByCounsel) hold a case. Held by an
// incident its clocks stand still, and who writes is drafted the incident's statement, once per version; held by counsel
// only what counsel allows goes out. Danger to life ends either. A regulator's duty (Specs.Duties) runs through all of it,
// and beyond the end, until Filed.
//
// What an answer claims is verified: a member records a fact in the case (Established, with evidence, source and an end), an
// incident tells its cases of its own (Informed), the house has them in Specs.Facts, and a slot marked as a fact is filled
// from these alone. A draft knows what it rests on. Once that expires or is Retracted the draft stays here, approved or not,
// and a person is told; who was told already is owed a correction (Drafted.Corrects, Spoken.Corrects), and the owner hears of
// it. Where the hierarchy names who may "verify", only they may; everybody may retract. That a fault is ours is said only
// after a member with authority to "admit" has confirmed it, on evidence (Assessed); Case.Assessed says how far the apology
// goes and what is never said, as package strategy has it.
//
// Two cases of one person are made one by Case.Merge, and two again by Case.Split: two events, one commit. A case that was
// merged refuses whatever comes after, by a RefusedError whose Into says where it is to be brought.
//
// Package channel/desk does all five, durably; a host with a database and a queue of its own does them itself.
//
// Nothing here reads a clock, starts a goroutine or does I/O. The same rules, case, event and instant give the same
// entry, byte for byte. Folding Apply over the entries of a case gives the case again, under any later rules:
//
//	same := trail.Fold(respond.New(tenant, id), entries, respond.Apply)
//
// Case.Replay does it from the bytes of a stored trail, verified, without decoding what a later entry sets anew.
//
// What a reply of the customer means is a person's to say: Meant. From a plan's thresholds on (followup.Plan: Read, Over)
// signals say it first, where nothing speaks against it: that it is over, thanks and nothing else, yes or no to an offer; and
// a threat of law, whatever else it says. Who has not read his last word says so (Drafted.Answers, Meant.Of, Waived.Of).
// A person may read it otherwise until the customer writes again. Of 1,493 real replies 9 are read as over, all rightly,
// and 54 as thanks, of which three also say that something was sent (go test -run MeasureReplies -v ./respond).
//
// Only the customer's word closes a case as resolved. An answer leaves only if what was approved is what is sent, and
// what it answers is still there, unchanged, and unanswered.
package respond
