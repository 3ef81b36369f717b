// Package triage says what a mention is: whether it is ours to handle, of which category, how much harm is in it, who
// is behind it, and why.
//
// Who uses it does this, in order:
//
//	var policy triage.Policy                       // 1. write a policy, in Go or as JSON
//	err := spec.Decode(file, &policy)
//	judge, err := policy.Compile(matcher)          // 2. compile it: all problems at once, each with its path
//	hits := matcher.MatchMention(nil, &m)          // 3. match the mention (canonical, see mention.Mention.Canonical)
//	verdict := judge.Judge(triage.Input{           // 4. judge it, with what only the host knows
//		Mention: &m, Hits: hits, At: now,
//		Given:   map[string]string{"customer": "yes", "tier": "3"},
//		History: row.Read(now),                // package tally
//	})
//	fmt.Print(judge.Explain(in, verdict))          // 5. show a person why
//
// The policy is data: categories, evidence on who is genuine, and rules in order. A rule has one Condition, a tree
// whose Go form is built by package when, and says what becomes of a mention that fits. How rules add up to a verdict
// is written at Judge.Judge.
//
// # What always holds
//
//   - The category life stands before every other. No rule, not even one that stops, keeps its rules from being read,
//     and what they find is a crisis with a case.
//   - Legitimacy never looks at sentiment or stars, a machine never says fake, and a text that says nothing is no
//     evidence.
//   - The place in the queue (Rank, Priority) is ordered by harm first and by reach last.
//   - The same Input gives the same Verdict. Nothing is read but the Input: no clock, no state, no file.
//
// # Signals
//
// Praise, question and sentiment are read by package signal, in the languages it has lists for. In any other language
// they are absent, and a condition on an absent signal does not hold. Signals from outside are declared in
// Policy.Signals and arrive in Input.Observed.
package triage
