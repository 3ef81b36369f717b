// Package foresee says what an escalation would do: who would be told of a case, when and why, and which spans of time
// make up an instant that something is due.
//
// Ask before you change a hierarchy, and again after:
//
//	foresee.Explain(directory, foresee.Case{Matter: matter}, now)         // who would be told now, and why
//	foresee.Simulate(directory, foresee.Case{Matter: matter}, now, later) // what would happen if nobody did anything
//	foresee.Simulate(directory, foresee.Case{Climb: &climb, Clocks: clocks}, now, later)
//
// and when somebody asks why an answer is due just then:
//
//	for _, s := range foresee.Spans(directory, climb.Plan, clock) {
//		fmt.Println(s.From, s.To, s.Counts, s.Because)
//	}
//
// Nothing here decides: every answer is a fold over the steps that decide, so that what is foretold is what happens. It
// foretells what time alone does; what people do is not known.
package foresee
