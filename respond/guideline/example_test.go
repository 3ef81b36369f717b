package guideline_test

import (
	"fmt"

	"github.com/reputekit/reputation/respond/guideline"
)

// A draft is linted at each key press. What is marked as an error must not go out.
func Example() {
	linter, err := guideline.Guidelines{}.Compile() // the built-in rules
	if err != nil {
		fmt.Println(err)
		return
	}
	draft := "Order 44-1092 is late, this was our mistake. We will write soon."
	for _, f := range linter.Lint(draft, guideline.Scene{Private: []string{"44-1092"}, Lang: "en"}) {
		fmt.Printf("%s %s %q: %s\n", f.Level, f.Rule, draft[f.Start:f.End], f.Why)
	}
	// Output:
	// error R20 "44-1092": order: it shows private data in public
	// error R05 "our mistake": it admits a fault that nobody has confirmed
	// warning R14 "soon": it promises no time
}
