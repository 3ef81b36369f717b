package policytest_test

import (
	"fmt"
	"strings"

	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/policytest"
	"github.com/reputekit/reputation/triage/when"
)

// A rule that does not do what its author thought, and what he learns of it.
func ExampleSuite_Check() {
	report, err := policytest.Suite{
		Policy: triage.Policy{
			Categories: []triage.Category{{Name: "delivery"}},
			Rules: []triage.Rule{{Name: "late", When: when.All(when.Words("parcel"), when.Words("late", "delayed")),
				Then: triage.Then{Category: "delivery"}}},
		},
		Cases: []policytest.Case{
			{Reason: "late is late", Text: "The parcel is late", Want: policytest.Want{Category: "delivery"}},
			{Reason: "not there yet", Text: "My parcel has not come", Want: policytest.Want{Category: "delivery"}},
		},
	}.Check()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range report.Failures {
		text, _, _ := strings.Cut(f.String(), "  decided ") // behind it stands what Judge.Explain says
		fmt.Print(text)
	}
	fmt.Println(report.Coverage())
	// Output:
	// not there yet
	//   category    wanted delivery, got none
	//   nearest     rule late, which gives category delivery, lacks
	//               - when.all[1].words: the text has none of "late", "delayed"
	//               and has
	//               - when.all[0] on "parcel"
	// 2 cases fire 1 of 1 rules
}
