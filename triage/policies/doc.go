// Package policies ships two policies as data: one for customer care in general, and the flow chart by which an air
// force answers web posts.
//
// Who takes one does this, in order:
//
//	care, err := policies.Care()                       // 1. a value of your own: change what you like
//	policy := care.With(triage.Policy{                 // 2. add your categories and rules; yours are read first
//		Categories: []triage.Category{{Name: "cancellations", Severity: triage.Serious}},
//		Rules:      []triage.Rule{{Name: "cancelled", When: when.Words("cancelled"), Then: ...}},
//	})
//	judge, err := policy.Compile(matcher)              // 3. your watchlist; the shipped rules name no subject
//	for _, need := range care.Needs { ... }            // 4. give what only you can know, in triage.Input
//
// and tests it in its own tests, with the cases that are shipped beside it (package policytest):
//
//	cases, err := policytest.Read(bytes.NewReader(care.Cases))
//	policytest.Suite{Policy: policy, Matcher: matcher, Cases: append(cases, ours...)}.Run(t)
//
// Both are English first; care knows the plainest words of Spanish and German, and the signals of all three. Neither
// names a subject, a channel or a language, so each compiles with any watchlist and with none. The category life comes
// first in both. The files are care.json and webposts.json; their rules say in their notes what they are for.
//
// # What they cannot know
//
// They go by words, and by what the host gives. Whether a fact is wrong, whether a site exists to degrade others and
// whether an order is real are questions for a person or for the host's own data: Needs lists them. A word list is a
// beginning; triage/backtest shows what a change of it would do to a house's own past.
//
// # Measured
//
// With go test -v -run Measure, on 11,495 posts to airlines which people had labelled by how the author feels: of 6,777
// posts that care gives a category of complaint 88 % are labelled negative, of 744 that it calls praise 1.9 % are. A
// quarter (2,994) get no category; a third of these are labelled negative. 25 posts are a matter of life, nearly all of
// them figures of speech (passengers held hostage): a person decides, and a house may ask for more in a rule of its own
// of the same name. What kind of complaint a post is was not measured against people.
package policies
