// Package fact keeps what a reply may claim: facts that somebody verified.
//
// Record each with who verified it and on what evidence; hold drafts to those that still stand:
//
//	ledger := fact.Ledger{{Name: "parcel", Says: "the courier delivered the parcel on 12 May", By: "dora",
//		At: now, Evidence: "signature of the neighbour", Source: "courier", Until: now.AddDate(0, 1, 0)}}
//	if err := ledger.Check(); err != nil { ... } // all problems at once, each with its path
//	scene.Facts = ledger.At(now)                 // the linter: an expired one is a finding
//	text, known := ledger.Say("cause", "en", now) // "We do not know yet.", false
//
// What turns out not to be so is retracted, not deleted: it stays in the ledger with Retracted and Why, and whoever claims it
// after that is told. Where two have one name the later one counts, also once it holds no more.
//
// A Record is a fact in a case or an incident: when the customer or the public was told, and whether a correction is due.
//
// What is not known yet is said as such. A fact is not made true by being here: it is as good as its evidence.
package fact
