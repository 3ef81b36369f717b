// Package learn makes a model of what a house's own people have labelled: complaint or not, which of twelve matters,
// spam. It is for what no list of words says, and for words that only this house's customers use. What its user does:
//
//	o := learn.Options{Name: "matter", Langs: []string{"en"}, Balance: 500}
//	report, err := learn.CrossValidate(examples(), o, 8)  // 1. see what to expect, and choose options by it
//	curve, err := learn.LearningCurve(examples(), o)      //    and whether more examples would help
//	model, err := learn.Train(examples(), o)              // 2. train; examples is an iter.Seq2[learn.Example, error]
//	report, err = learn.Evaluate(model, lateExamples())   // 3. judge it, once, by examples kept apart until now
//	err = model.Save(file)                                // 4. keep it; elsewhere: model, err = learn.Load(file)
//	label, perMille, ok := model.Choose(text)             // 5. ask it, or let a policy ask it:
//
//	policy.Signals = []triage.Source{{Name: "matter.luggage", By: "scorer:matter"}}
//	judge, err := policy.Compile(matcher, triage.Options{Scorers: map[string]triage.Scorer{"matter": model}})
//
// A host that runs models elsewhere puts what Score gives into triage.Input.Observed instead.
//
// # What always holds
//
//   - The same examples in the same order with the same options give the same file, byte for byte, and the same text
//     has the same probabilities, on every kind of processor.
//   - The examples are read once. What is kept while training is hashes of their features, some 1 KB for a post of 100
//     characters; a model holds weights by hash. Neither holds a text, but whoever has both a model and a text can tell
//     whether its words weigh.
//   - No copy of a text is both trained on and judged by, in CrossValidate and LearningCurve.
//   - A text without a word or sign, or in a language that the model is not for, has no reading, which is not 0.
//   - Files that are cut, altered, newer or of something else are refused with an error that says so.
//
// # How many examples
//
// Some hundreds a label tell something, some thousands do well; LearningCurve says. Labels beyond 64 are refused. Words
// are folded as package lexis does it. In scripts without spaces each rune is a word, so that pairs of runes are the
// longest features there; nothing was measured on those.
//
// # Measured
//
// README.md has the figures, and the commands that print them.
package learn
