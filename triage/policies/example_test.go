package policies_test

import (
	"fmt"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/policies"
	"github.com/reputekit/reputation/triage/when"
)

// A house takes the general policy, adds what is its own, and has a post judged.
func Example() {
	care, err := policies.Care()
	if err != nil {
		fmt.Println(err)
		return
	}
	matcher, err := mention.Watchlist{Subjects: []mention.Subject{{Name: "Nimbus", Kind: mention.Brand}}}.Compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	policy := care.With(triage.Policy{
		Categories: []triage.Category{{Name: "sync", Severity: triage.Elevated}},
		Rules: []triage.Rule{{Name: "sync", When: when.All(when.About("Nimbus"), when.Words("sync*", "backup*")),
			Then: triage.Then{Category: "sync"}}},
	})
	judge, err := policy.Compile(matcher)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, text := range []string{
		"Nimbus, my backup has stopped",
		"Nimbus, where can I buy more room?",
		"Charged twice by Nimbus, and my lawyer knows",
	} {
		m := mention.Mention{Text: text, Lang: "en"}.Canonical()
		v := judge.Judge(triage.Input{Mention: &m, Hits: matcher.MatchMention(nil, &m)})
		fmt.Println(v.Category, v.Severity, v.Handling)
	}
	// Output:
	// sync elevated open
	// lead routine open
	// legal serious open
}

// The flow chart asks a person six questions, says what to do, and what to weigh before anything is said.
func ExampleWebPosts() {
	chart, err := policies.WebPosts()
	if err != nil {
		fmt.Println(err)
		return
	}
	judge, err := chart.Policy.Compile(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, need := range chart.Needs[:3] {
		fmt.Println("?", need.Ask)
	}
	m := mention.Mention{Text: "I heard that the base closes in May", Lang: "en"}.Canonical()
	v := judge.Judge(triage.Input{Mention: &m, Given: map[string]string{"wrong_facts": "yes"}})
	for _, tag := range v.Tags {
		for _, r := range chart.Responses {
			if r.Name == tag {
				fmt.Println("-", r.Title)
			}
		}
	}
	for _, c := range chart.Considerations {
		fmt.Printf("%s: %s\n", c.Title, c.Text)
	}
	// Output:
	// ? Is the post positive, or balanced?
	// ? Is it on a site that exists to degrade others?
	// ? Is the post a rant, a rage, a joke or satire?
	// - Check the facts
	// - Put the facts right
	// Transparency: Say who you are, and that you belong to us.
	// Sourcing: Show where it can be looked up: a link, a document, a picture, a film.
	// Timeliness: A good answer takes some time. Take it; do not rush.
	// Tone: Write so that it does honour to the house and to what it stands for.
	// Influence: Give most of the time to the places that most of those read who care about us.
}
