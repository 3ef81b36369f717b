package hours_test

import (
	"fmt"
	"time"
	_ "time/tzdata"

	"github.com/reputekit/reputation/escalation/hours"
)

// A question comes in on Christmas Eve; four hours of open time are promised.
func Example() {
	week := hours.Week{
		Open: []hours.Span{{Days: []string{"mon-fri"}, From: "09:00", To: "17:00"}},
		Dates: []hours.Date{
			{On: "2026-12-24", Open: []hours.Span{{From: "09:00", To: "13:00"}}},
			{On: "2026-12-25"},
			{On: "2026-12-28"},
		},
	}
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		fmt.Println(err)
		return
	}
	desk, err := week.Compile(london)
	if err != nil {
		fmt.Println(err) // every problem, each with its path
		return
	}
	asked := time.Date(2026, 12, 24, 12, 0, 0, 0, time.UTC)
	due := desk.Add(asked, 4*time.Hour)
	fmt.Println("due", due.Format("Mon 2006-01-02 15:04 MST"))
	fmt.Println("open at six in the evening:", desk.Open(asked.Add(6*time.Hour)))
	next, _ := desk.Next(asked.Add(6 * time.Hour))
	fmt.Println("opens", next.Format("Mon 2006-01-02 15:04 MST"))

	// Output:
	// due Tue 2026-12-29 12:00 UTC
	// open at six in the evening: false
	// opens Tue 2026-12-29 09:00 UTC
}

// New York skips the hour from two to three; clocks there never show half past two that night.
func ExampleResolve() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		fmt.Println(err)
		return
	}
	first, last, kind := hours.Resolve(newYork, 2026, time.March, 8, 2, 30, 0)
	fmt.Println(kind, first.Format("15:04"), last.Format("15:04"))
	first, last, kind = hours.Resolve(newYork, 2026, time.November, 1, 1, 30, 0)
	fmt.Println(kind, first.Format("15:04"), last.Format("15:04"))
	// Output:
	// gap 07:00 07:00
	// fold 05:30 06:30
}
