package backtest_test

import (
	"fmt"
	"strings"

	"github.com/reputekit/reputation/mention/rows"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/backtest"
	"github.com/reputekit/reputation/triage/when"
)

// A house wants to hear of refunds as well, and asks what last Monday would have been like.
func ExampleRun() {
	outage := triage.Rule{Name: "outage", When: when.Words("down"), Then: triage.Then{Category: "outage"}}
	refund := triage.Rule{Name: "refund", When: when.Words("refund*"), Then: triage.Then{Category: "billing"}}
	old, err := triage.Policy{Categories: []triage.Category{{Name: "outage"}}, Rules: []triage.Rule{outage}}.Compile(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	is, err := triage.Policy{Categories: []triage.Category{{Name: "outage"}, {Name: "billing"}},
		Rules: []triage.Rule{outage, refund}}.Compile(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	file := strings.NewReader(`text,author,at
The app is down,ada,2026-03-02 09:00
I want my refund,bob,2026-03-02 10:00
nice weather,eve,2026-03-02 11:00
`)
	report, err := backtest.Run(backtest.Side{Judge: old}, backtest.Side{Judge: is}, rows.Read(file, rows.Fields{}),
		backtest.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(report)
	// Output:
	// mentions   3 from 2026-03-02 to 2026-03-02 (days: 1)
	// changed    1 (33.3 %)
	//
	//               ignored   recorded     opened      cases mentions a day  cases a day
	// old                 0          2          1          1              3            1
	// new                 0          1          2          2              3            2
	//
	// category none -> billing: 1 (33.3 %)
	//   line 3: I want my refund
	//     came  refund: category billing on "refund"
	//
	// handling record -> open: 1 (33.3 %)
	//   line 3: I want my refund
	//     came  refund: category billing on "refund"
}
