package fact_test

import (
	"fmt"
	"time"

	"github.com/reputekit/reputation/respond/fact"
)

// One thing is verified for an hour; another is not known yet, and is said to be so.
func Example() {
	now := time.Date(2026, 6, 16, 12, 0, 0, 0, time.UTC)
	ledger := fact.Ledger{{Name: "site", Says: "The site works again.", By: "dora", At: now, Evidence: "three test bookings",
		Source: "monitoring", Until: now.Add(time.Hour)}}
	if err := ledger.Check(); err != nil {
		fmt.Println(err)
		return
	}
	for _, name := range []string{"site", "cause"} {
		fmt.Println(ledger.Say(name, "en", now))
	}
	// Output:
	// The site works again. true
	// We do not know yet. false
}
