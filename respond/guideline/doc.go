// Package guideline holds a reply to what may be said.
//
// Compile the Guidelines once; the zero value is the built-in rules. Then lint each draft, at each key press if wanted,
// and before it goes out once more:
//
//	linter, err := guideline.Guidelines{Off: []string{"R14"}}.Compile() // all problems at once, each with its path
//	...
//	for _, f := range linter.Lint(draft, guideline.Scene{Lang: "en", Private: []string{order}}) {
//		mark(draft[f.Start:f.End], f.Level, f.Why, f.Suggest)
//	}
//
// A finding of level Error means that the text must not go out so; a Warning, that somebody should look. What a rule
// says may depend on where the text will stand and on what is known of the matter: that is the Scene, and the zero Scene
// is the strict one, a public text about a matter in which nothing is confirmed, by somebody who may promise no money.
// What must be there (thanks, a next step, a name) is asked for only where the Scene says what the text is for.
//
// The rules are data, a file for each language under rules: English, Spanish and German. A text in another language is
// held to the English rules on what must not stand there, and to those of no language; what must stand there is not
// asked of it.
//
// A house adds rules as data, each with a pattern and two examples that are tried at Compile:
//
//	guideline.Rule{
//		ID: "H1", Name: "no-emoji", Level: guideline.Error, Pattern: "[\U0001f300-\U0001faff]",
//		Bad: "Hi 🎉", Good: "Hi", Why: "the house writes without",
//	}
//
// Private data is found by its shape and by what the Scene knows to be private. Both are nets with holes: a text without
// findings is not proved to be fit.
package guideline
