package chart_test

import (
	"fmt"
	"time"
	_ "time/tzdata"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/chart"
	"github.com/reputekit/reputation/escalation/roster"
	"github.com/reputekit/reputation/mention/spec"
)

// A duty of two, drawn for a terminal: the clock goes forward on the Sunday.
func Example() {
	phone := []escalation.Contact{{Kind: "phone", Address: "+00 1"}}
	hierarchy := escalation.Hierarchy{
		Members:   []escalation.Member{{ID: "ana", Name: "Ana", Contacts: phone}, {ID: "ben", Name: "Ben", Contacts: phone}},
		Calendars: []roster.Calendar{{ID: "madrid", Zone: "Europe/Madrid"}},
		Rosters: []roster.Roster{{ID: "duty", Layers: []roster.Layer{{Rotations: []roster.Rotation{
			{Calendar: "madrid", From: "2026-03-02", At: "09:00", Every: roster.Day, Slots: []string{"ana", "ben"}}}}}}},
		Ladders: []escalation.Ladder{{ID: "main", Fallback: "ana", Levels: []escalation.Level{
			{To: []string{"duty"}, Wait: spec.Of(15 * time.Minute)}}}},
		Plans: []escalation.Plan{
			{ID: "rest", Owner: "ana", Ladder: "main"},
			{ID: "danger", Categories: []string{"life"}, Owner: "ana", Ladder: "main"},
		},
	}
	directory, err := hierarchy.Compile(escalation.Options{})
	if err != nil {
		fmt.Println(err) // every problem, each with its path
		return
	}
	madrid, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(chart.WeekText(directory.Roster(), "duty", time.Date(2026, 3, 23, 0, 0, 0, 0, madrid), madrid))
	fmt.Print(chart.LadderMermaid(hierarchy.Ladders[0]))

	// Output:
	// Duty duty, week from Mon 2026-03-23, clock of Europe/Madrid
	// One column is half an hour.
	//
	//        00    03    06    09    12    15    18    21
	// Mon 23 aaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
	// Tue 24 bbbbbbbbbbbbbbbbbbaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
	// Wed 25 aaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
	// Thu 26 bbbbbbbbbbbbbbbbbbaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
	// Fri 27 aaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
	// Sat 28 bbbbbbbbbbbbbbbbbbaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
	// Sun 29 aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbb  23 h: the clock changes
	//
	// a ana
	// b ben
	// . nobody
	// + several
	// flowchart LR
	//     n0(("main"))
	//     n1["level 0: duty"]
	//     n2{{"fallback: ana"}}
	//     n0 -->|"at once"| n1
	//     n1 -->|"not taken for 15m"| n2
}
