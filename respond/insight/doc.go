// Package insight counts what the trails say: how it went, what it was about, and what a person should look at.
//
// Bring the trails of cases, each once, in any order; they are read one entry at a time and never kept:
//
//	report := insight.Tell(trails, insight.Options{Until: now, Zone: madrid})
//	in := report.All.Replies                          // in time, late, waived ...
//	p90, ok := report.All.FirstReply.Percentile(90)   // ok is false when nobody was answered
//	page := report.Week("2026-W25", insight.Notes{})  // for executives; Text, JSON, Charts
//
// Incidents are told of by their accounts (package respond/incident/account), and stand on the same report:
//
//	report = report.Merge(insight.TellIncidents(accounts, insight.Options{Until: now, Zone: madrid}))
//
// Reports of parts of the trails can be put together with Report.Merge: the same bytes come out however the trails were
// dealt out. For reviewers of replies, Sample draws cases; package grade says how far two graders agree.
//
// What is counted, and what is not:
//
//   - Only the customer's word makes a case resolved. Answered, lapsed, unhappy and withdrawn stand beside it.
//   - A first reply is the first answer of a person, counted from the customer's first message. Automatic answers are
//     counted apart, and so are cases that came from the past of a channel.
//   - An answer is in time when it went out by the instant that its clock had, whether or not a tick came meanwhile.
//   - A week gets what happened in it: an answer counts in the week in which it was given, an end in that of the end. What
//     is not over counts in the week in which it began.
//   - What customers answered when they were asked is counted as it was answered, each scale and version apart: a Counts
//     of package survey gives the score.
//   - Percentiles are by nearest rank. Means are not given.
//
// Texts in examples are masked, and those of removed, erased or restricted mentions are left out. A restricted case counts
// and is not shown: not in examples, causes and samples, nor in the report's JSON; Options.For says who reads it. Durations
// are milliseconds and shares per mille, in whole numbers.
package insight
