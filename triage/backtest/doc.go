// Package backtest shows what a new policy, or a new watchlist, would have made of past mentions, before it is put to
// work.
//
// Who changes a policy does this:
//
//	report, err := backtest.Run(
//		backtest.Side{Judge: oldJudge, Matcher: matcher},      // 1. what is in force
//		backtest.Side{Judge: newJudge, Matcher: matcher},      // 2. what is to be
//		rows.Read(file, rows.Fields{}),                        // 3. past mentions, however many
//		backtest.Options{
//			Owner:  func(m *mention.Mention, v triage.Verdict) string { return teamOf(v.Category) },
//			Budget: backtest.Budget{CasesADay: 400},
//		})
//	fmt.Print(report)                                      // 4. for a person
//	json.NewEncoder(w).Encode(report)                      // 5. for a program
//
// The report has the verdicts that change, by field and by what they were and become, each with a few examples and the
// rules that made the difference; the mentions and cases of both sides, and how many a day; the cases of each owner;
// bad rows, with where they stand; and, with a Budget, which wide subjects to drop from the watchlist to keep within
// it.
//
// # What it does not know
//
// A mention is judged with what Options.Input gives. Without it nothing is given, the history is empty, and the instant
// is the mention's own. What came from a person at the time is not known to either side.
//
// # Speed
//
// Each mention is judged twice, and once more where it names wide subjects. Judges compiled with triage.Options.Lazy
// read only what their rules ask for, and make the same verdicts but for what no rule looks at.
//
// # Memory
//
// Mentions are read one at a time and not kept. What is kept grows with the policies, not with the mentions: the
// examples (the same few whatever the order of the mentions), a thousand owners, ten thousand kinds of change, and the
// last 65,536 conversations that had a case.
package backtest
