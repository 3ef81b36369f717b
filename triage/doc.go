// Package triage says what a mention is: whether it is ours to handle, of which category, how much harm is in it, who
// is behind it, and why.
//
// Who uses it does this, in order:
//
//	var policy triage.Policy                       // 1. write a policy, in Go or as JSON
//	err := spec.Decode(file, &policy)
//	judge, err := policy.Compile(matcher)          // 2. compile it: all problems at once, each with its path
//	hits := matcher.MatchMention(nil, &m)          // 3. match the mention (canonical, see mention.Mention.Canonical)
//	in := triage.Input{                            // 4. put beside it what only the host knows
//		Mention: &m, Hits: hits, At: now,
//		Given:   map[string]string{"customer": "yes", "orders": "3", "tier": "3"},
//		History: row.Read(now),                // package tally
//		Thread:  tally.Thread{Message: 2, Answered: true, Waiting: tally.ForUs},
//		Copies:  same,                         // package mention/group
//		Surges:  []string{"outage"},           // package surge: the series whose readings are On
//	}
//	verdict := judge.Judge(in)                     // 5. judge it
//	fmt.Print(judge.Explain(in, verdict, "refund")) // 6. show a person why, and why rule refund did not fire
//
// Whoever judges many takes judge.Reuse, which writes every verdict into the same memory.
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
// # What is not known
//
// A condition on what nobody knows does not hold: no rating, an account of unknown age, a signal in a language without
// lists. What Not makes of that is written at Condition.
//
// # Signals
//
// The built-in signals are read by package signal, in the languages it has lists for; in any other they are absent.
// Others are declared in Policy.Signals. They are read by a Scorer of Options, such as a model of package learn, or
// arrive in Input.Observed. Another model is another policy: Judge.Versions tells which scorers are read.
//
// # What it costs
//
// The words of Words, Phrase and Near of all rules are one automaton, and the text is walked once. Rules without words
// are looked at for every mention, rules with words when one of theirs is in the text; of a rule's conditions the
// cheapest are asked first. An expression (Pattern) cannot join the automaton: it is run last, when all else in its rule
// holds. The text is cut for signals and negations, searched for private data and given to scorers once, and a lazy
// judge (Options.Lazy) does so only for a rule that may still hold.
package triage
