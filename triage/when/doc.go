// Package when builds the conditions of package triage in Go, so that a rule reads as it is spoken:
//
//	triage.Rule{
//		Name: "outage",
//		When: when.All(
//			when.About("Nimbus"),
//			when.Any(when.Words("down", "outage", "offline"), when.AllWords("not", "loading")),
//			when.Not(when.Signal("question", when.Min(800))),
//		),
//		Then: triage.Then{Category: "outage", Severity: triage.Serious},
//	}
//
// Each function sets one field of triage.Condition and nothing else; what it gives is the same value that the JSON form
// of the rule decodes to. Nothing is checked here: triage.Policy.Compile reports what is wrong, with its path.
package when
