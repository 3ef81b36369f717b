package moderation_test

import (
	"fmt"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/moderation"
	"github.com/reputekit/reputation/triage"
)

// What happens to a post does not depend on whether it praises.
func Example() {
	table, err := moderation.Rules{}.Compile() // the built-in clauses
	if err != nil {
		fmt.Println(err)
		return
	}
	ours := mention.Venue{Channel: "forum", Ours: true, Hide: true}
	for _, v := range []triage.Verdict{shows("card"), by(triage.Fake, shows("card")), by(triage.Doubtful, shows())} {
		d := table.Decide(moderation.Item{Verdict: v, Venue: ours})
		fmt.Println(d.Act, d.Clause, "-", d.Reason)
	}
	// Output:
	// hide private-data - It shows data that others could misuse.
	// hide private-data - It shows data that others could misuse.
	// keep doubtful - Doubt is no reason to take a post away.
}
