// Package signal reads what a text says between the lines: how the author feels, whether he praises and means it, asks,
// threatens, leaves, or says that it is over. It is deterministic, and every value comes with the words it was read
// from. Package triage reads the signals that a policy names; whoever wants one by itself does this:
//
//	lists, err := signal.New()          // the word lists of the package, once
//	anger, ok := signal.Lookup("anger") // a name, once
//	var t signal.Text                   // one per goroutine, used again and again
//	lists.Read(&t, text, "en")          // an empty language is guessed
//	v := t.Value(anger, -1)             // and any other, each for what it alone costs
//	if !v.Absent && v.PerMille >= 500 { ... }
//
// # Absent
//
// A text in a language without lists, or without a word, says nothing: the value is absent, which is not the same as 0.
// Only emoji have a feeling, and question marks ask, in any language. Gibberish is absent for short texts as well; where
// no language is named, Latin letters are enough to tell it.
// English has lists for all signals; Spanish and German have shorter ones for all.
//
// # Lists
//
// The words are data: README.md in the package's folder says how they are written, laid over and replaced (Load).
//
// # Masks
//
// Words of abuse are found behind signs (f*ck, sh1t, @sshole), gaps (s h i t), stretching (fuuu*ck) and letters of other
// scripts. Whole words only: Scunthorpe is a town.
//
// # Measured
//
// The command examples/measure prints how well each signal does on posts that nothing was tuned on; README.md quotes it.
// On 5,747 posts to airlines sentiment has a macro-F1 of .710 over three classes at -250 and 250, and of the posts with
// praise of 600 and more 1.4 % are negative. Signals of life and safety are evidence for a person: they seldom speak
// without reason in the posts of customers, and miss about a third of the dangers told in words that nobody thought of.
package signal
