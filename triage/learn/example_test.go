package learn_test

import (
	"bytes"
	"fmt"
	"iter"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/learn"
	"github.com/reputekit/reputation/triage/when"
)

// desk gives the posts that the people at the desk have labelled. A host reads them from a file or its database, one
// after the other; these here are made up.
func desk() iter.Seq2[learn.Example, error] {
	posts := []learn.Example{
		{Text: "my bag is lost", Label: "luggage"},
		{Text: "you broke my suitcase", Label: "luggage"},
		{Text: "where is my bag?", Label: "luggage"},
		{Text: "no suitcase on the belt, bag gone", Label: "luggage"},
		{Text: "three hours late", Label: "delay"},
		{Text: "still waiting at the gate", Label: "delay"},
		{Text: "delayed again, and nobody says why", Label: "delay"},
		{Text: "we wait and wait, two hours late", Label: "delay"},
		{Text: "lovely crew, thank you", Label: "thanks"},
		{Text: "thanks for the quick help", Label: "thanks"},
		{Text: "great flight, thank you all", Label: "thanks"},
		{Text: "so kind at the desk, thanks", Label: "thanks"},
	}
	return func(yield func(learn.Example, error) bool) {
		for _, post := range posts {
			if !yield(post, nil) {
				return
			}
		}
	}
}

// A model learns from posts that were labelled, is saved, loaded and asked.
func Example() {
	m, err := learn.Train(desk(), learn.Options{Name: "matter", Langs: []string{"en"}, Balance: 500})
	if err != nil {
		fmt.Println(err)
		return
	}
	var file bytes.Buffer // os.Create in a host
	if err := m.Save(&file); err != nil {
		fmt.Println(err)
		return
	}
	if m, err = learn.Load(&file); err != nil {
		fmt.Println(err)
		return
	}
	for _, text := range []string{"Thank you, what a lovely flight!", "MY BAGS ARE GONE", "an hour late :("} {
		label, _, _ := m.Choose(text)
		fmt.Println(label)
	}
	// Output:
	// thanks
	// luggage
	// delay
}

// A policy names the model's signals, and Compile binds the model to them.
func Example_policy() {
	m, err := learn.Train(desk(), learn.Options{Name: "matter"})
	if err != nil {
		fmt.Println(err)
		return
	}
	policy := triage.Policy{
		Categories: []triage.Category{{Name: "lost luggage", Severity: triage.Elevated}},
		Signals:    []triage.Source{{Name: "matter.luggage", By: "scorer:matter"}},
		Rules: []triage.Rule{{Name: "bags", When: when.Signal("matter.luggage", when.Min(450)),
			Then: triage.Then{Category: "lost luggage"}}},
	}
	judge, err := policy.Compile(nil, triage.Options{Scorers: map[string]triage.Scorer{"matter": m}})
	if err != nil {
		fmt.Println(err)
		return
	}
	post := mention.Mention{Text: "My bag! Where is my suitcase?", Lang: "en"}
	v := judge.Judge(triage.Input{Mention: &post, At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)})
	fmt.Println(v.Category, v.Severity)
	// Output:
	// lost luggage elevated
}

// A host that runs the model elsewhere declares the signals and puts the readings into the input.
func ExampleModel_Score() {
	m, err := learn.Train(desk(), learn.Options{Name: "matter"})
	if err != nil {
		fmt.Println(err)
		return
	}
	judge, err := triage.Policy{
		Categories: []triage.Category{{Name: "lost luggage"}},
		Signals:    []triage.Source{{Name: "matter.luggage", By: "the model of March"}},
		Rules: []triage.Rule{{Name: "bags", When: when.Signal("matter.luggage", when.Min(450)),
			Then: triage.Then{Category: "lost luggage"}}},
	}.Compile(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	post := mention.Mention{Text: "My bag! Where is my suitcase?", Lang: "en"}
	in := triage.Input{Mention: &post, At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	in.Observed = m.Score(nil, post.Text, post.Lang)
	fmt.Println(judge.Judge(in).Category)
	// Output:
	// lost luggage
}

// Cross validation says what to expect of a model before it judges anything.
func ExampleCrossValidate() {
	r, err := learn.CrossValidate(desk(), learn.Options{Balance: 500}, 4)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(r)
	// Output:
	// 12 examples: accuracy .917, macro-F1 .915, calibration error .178
	//   label        examples  precision  recall    F1   called by number
	//    1  delay           4      1.000   1.000  1.000   1: 4 2: 0 3: 0
	//    2  luggage         4      1.000    .750  .857   1: 0 2: 3 3: 1
	//    3  thanks          4       .800   1.000  .889   1: 0 2: 0 3: 4
	//   probability  examples  right
	//          .385         1  1.000
	//          .460         1  1.000
	//          .632         2   .500
	//          .762         2  1.000
	//          .960         6  1.000
}
