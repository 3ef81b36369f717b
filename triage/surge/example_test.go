package surge_test

import (
	"fmt"
	"time"

	"github.com/reputekit/reputation/triage/surge"
)

// A bakery hears of itself some three times an hour. On a Monday three weeks later a cake is said to be bad.
func Example() {
	var gauge surge.Gauge
	var row surge.Series
	start := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	for i := range 3 * 24 * 21 {
		row, _ = gauge.Add(row, 1, start.Add(time.Duration(i)*20*time.Minute))
	}

	monday := start.AddDate(0, 0, 21)
	var r surge.Reading
	for i := range 40 {
		row, r = gauge.Add(row, 1, monday.Add(time.Duration(i)*time.Minute))
		if r.Warning {
			fmt.Printf("%s: %d mentions in an hour, %d are usual, %d are a surge\n",
				r.Since.Format("15:04"), r.Seen, r.Expected, r.Limit)
		}
	}
	fmt.Printf("on: %t, %d.%d times the usual\n", r.On, r.Times/1000, r.Times%1000/100)

	due := gauge.Due(row)
	fmt.Println("over at", due.Format(time.RFC822), "if nothing comes")
	_, r = gauge.Tick(row, due)
	fmt.Println("on:", r.On)
	// Output:
	// 00:05: 12 mentions in an hour, 3 are usual, 12 are a surge
	// on: true, 5.7 times the usual
	// over at 24 Mar 26 00:35 UTC if nothing comes
	// on: false
}
