// Package policytest tests policies: a table of mentions, and what is to become of each.
//
// Who writes a policy does this, in a test:
//
//	policytest.Suite{
//		Policy:  policy,
//		Matcher: matcher, // of the watchlist; nil where the policy names no subject
//		Cases: []policytest.Case{
//			{Reason: "an outage is serious",
//				Text: "your app is down",
//				Want: policytest.Want{Category: "outage", Severity: new(triage.Serious), Fired: []string{"outage"}}},
//			{Reason: "a parcel that is not lost", Text: "my parcel was not lost after all",
//				Want: policytest.Want{Category: policytest.None, Silent: []string{"lost"}}},
//		},
//		EveryRule: true, // a rule that no case fires fails the test
//	}.Run(t)
//
// or keeps the cases in a file, one JSON object a line, for those who write no Go:
//
//	{"reason": "an outage is serious", "text": "your app is down", "want": {"category": "outage", "severity": "serious"}}
//	{"reason": "big accounts", "mention": {"text": "hm", "author": {"followers": 90000}}, "want": {"tags": ["reach"]}}
//
// and reads it with Suite.RunFile, whose update argument (a flag of the test's own) rewrites what failing cases want.
//
// A failure teaches: what was wanted and what came, which rule did that on which words of the text, which rule came
// nearest to giving what was wanted and what it lacked (a word that is there but negated is told), and the whole
// decision as Judge.Explain tells it.
//
// Every case is judged three times, by two judges, and must give the same bytes each time; neither its input nor the
// policy may be altered. Programs that are no tests use Suite.Check, and get a Report.
//
// A mention is judged as the case has it. Nothing is filled in but its Ref and what mention.Mention.Canonical writes
// out: a case in which it matters whom the mention speaks to says so in mention.addressed.
package policytest
