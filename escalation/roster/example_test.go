package roster_test

import (
	"errors"
	"fmt"
	"time"
	_ "time/tzdata"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
)

// Two people take the desk in Madrid in turns of a week. The clock goes forward on the last Sunday of March, and one of
// them is away from the Thursday after.
func Example() {
	madrid, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		fmt.Println(err)
		return
	}
	calendar, err := hours.Week{}.Compile(madrid) // day and night
	if err != nil {
		fmt.Println(err)
		return
	}
	book := roster.Book{
		Rosters: []roster.Roster{{ID: "desk", Layers: []roster.Layer{{Rotations: []roster.Rotation{
			{Calendar: "madrid", From: "2026-03-16", At: "09:00", Every: roster.Week, Slots: []string{"ana", "ben"}}}}}}},
		Covers: []roster.Cover{{Kind: roster.Leave, Who: "ana", Because: "holiday",
			From: time.Date(2026, 4, 2, 0, 0, 0, 0, madrid), To: time.Date(2026, 4, 4, 0, 0, 0, 0, madrid)}},
	}
	schedule, err := book.Compile(roster.Options{
		Calendar: func(id string) (*hours.Calendar, bool) { return calendar, id == "madrid" },
		Member: func(id string) error {
			if id != "ana" && id != "ben" {
				return errors.New("there is no member " + id)
			}
			return nil
		},
	})
	if err != nil {
		fmt.Println(err) // every problem, each with its path
		return
	}
	from := time.Date(2026, 3, 25, 0, 0, 0, 0, madrid)
	for _, s := range schedule.Shifts("desk", from, from.AddDate(0, 0, 14)) {
		fmt.Println(s.From.In(madrid).Format("Mon 01-02 15:04 MST"), s.To.Sub(s.From), s.On)
	}
	for _, hole := range schedule.Coverage("desk", from, from.AddDate(0, 0, 14)).Holes {
		fmt.Println("nobody from", hole.From.Format(time.RFC3339), "to", hole.To.Format(time.RFC3339))
	}

	// Output:
	// Wed 03-25 00:00 CET 128h0m0s [ben]
	// Mon 03-30 09:00 CEST 63h0m0s [ana]
	// Thu 04-02 00:00 CEST 48h0m0s []
	// Sat 04-04 00:00 CEST 57h0m0s [ana]
	// Mon 04-06 09:00 CEST 39h0m0s [ben]
	// nobody from 2026-04-01T22:00:00Z to 2026-04-03T22:00:00Z
}
