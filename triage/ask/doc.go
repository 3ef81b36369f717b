// Package ask holds what the leaves of a condition ask of a mention, and what was answered. It is the plain data inside
// triage.Condition; whoever writes rules in Go uses the constructors of package when, and does this only for a
// question that has no constructor:
//
//	late := 2
//	c := triage.Condition{Words: &ask.Words{Any: []string{"refund"}, Negated: true}}   // 1. fill one question
//	d := triage.Condition{Contacts: &ask.Between{Min: &late}}
//	judge, err := triage.Policy{Rules: ...}.Compile(matcher)                          // 2. Compile says what is wrong
//	for _, a := range verdict.Reasons[0].Values { fmt.Println(a) }                   // 3. read what was compared
//
// Nothing is checked here.
package ask
