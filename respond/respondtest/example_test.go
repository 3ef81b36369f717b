package respondtest_test

import (
	"fmt"
	"strings"

	"github.com/reputekit/reputation/respond/respondtest"
)

// A story that is played in a program, and what came of it.
func ExamplePlay() {
	rules, err := compiled()
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := respondtest.Play(rules, `
		# Praise is answered, and nothing more is owed.
		at 0    received from=nils text="Great flight with Fjordwing today, the crew was wonderful, thank you!"
		at +5m  approved by=ana
		at +8d  elapsed
		want    stage=closed outcome=answered`)
	fmt.Println(err)
	fmt.Println(result.Cases[0].Name, result.Cases[0].Case.Outcome)
	for l := range strings.Lines(result.Trail) {
		if !strings.HasPrefix(l, " ") { // what happened, without what was decided
			fmt.Print(l)
		}
	}
	// Output:
	// <nil>
	// nils answered
	// Tue 16 Jun 10:00  nils  received nils-1: "Great flight with Fjordwing today, the crew was wonderful, …"
	// Tue 16 Jun 10:05  nils  approved by ana draft=draft#1
	// Tue 16 Jun 10:05  nils  delivered send#1 ref=ours-1
	// Fri 19 Jun 10:05  nils  elapsed
}
