package escalation_test

import (
	"fmt"
	"time"
	_ "time/tzdata"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

// An outage is reported at 02:14. The owner is asleep, so her back-up is paged; the pages do not reach him, and the next
// level has it.
func Example() {
	hierarchy := escalation.Hierarchy{
		Calendars: []roster.Calendar{{ID: "days", Zone: "Europe/Madrid", Week: hours.Week{
			Open: []hours.Span{{Days: []string{"mon-fri"}, From: "08:00", To: "20:00"}}}}},
		Members: []escalation.Member{
			{ID: "ana", Name: "Ana", Calendar: "days", Contacts: []escalation.Contact{{Kind: "chat", Address: "@ana"}}},
			{ID: "ben", Name: "Ben", Contacts: []escalation.Contact{{Kind: "phone", Address: "+00 1"}}},
			{ID: "head", Name: "Head of desk", Contacts: []escalation.Contact{{Kind: "phone", Address: "+00 2"}}},
		},
		Ladders: []escalation.Ladder{{ID: "loud", Fallback: "head", Levels: []escalation.Level{
			{To: []string{"owner"}, Wait: spec.Of(15 * time.Minute)},
			{To: []string{"head"}, Wait: spec.Of(15 * time.Minute)},
		}}},
		Plans: []escalation.Plan{
			{ID: "rest", Owner: "ana", Ladder: "loud", Hours: "days", Objectives: map[escalation.Objective]escalation.Duration{
				escalation.FirstReply: {Within: spec.Of(time.Hour)}}},
			{ID: "outage", Categories: []string{"outage"}, Owner: "ana", Backups: []string{"ben"}, Ladder: "loud"},
			{ID: "danger", Categories: []string{triage.Life}, Owner: "ben", Ladder: "loud"},
		},
	}
	directory, err := hierarchy.Compile(escalation.Options{})
	if err != nil {
		fmt.Println(err) // every problem, each with its path
		return
	}

	night := time.Date(2026, 6, 16, 0, 14, 0, 0, time.UTC) // 02:14 in Madrid
	climb, pages := directory.Open(escalation.Matter{Category: "outage", Severity: triage.Serious}, night)
	for _, because := range climb.Because {
		fmt.Println(because)
	}
	tell := func() {
		for _, p := range pages {
			fmt.Printf("page %d: %s by %s, %s\n", p.N, p.Member, p.Kind, p.Because)
		}
	}
	tell()
	climb, pages = directory.Climb(climb, escalation.Move{Kind: escalation.Bounced, Page: 0}, night.Add(time.Minute))
	tell()
	climb, _ = directory.Climb(climb, escalation.Move{Kind: escalation.Reached, Page: 1}, night.Add(time.Minute))
	fmt.Println("due", climb.Due().Format("15:04"))
	climb, _ = directory.Climb(climb, escalation.Move{Kind: escalation.Took, By: "head"}, night.Add(3*time.Minute))
	fmt.Println("taken by", climb.Taken, "and nothing is due:", climb.Due().IsZero())

	clock, _ := directory.Start("rest", escalation.FirstReply, night)
	fmt.Println("first reply due", clock.Due.Format("15:04"), "-", clock.Because)

	// Output:
	// plan outage: category outage
	// ana is off duty until 08:00 Europe/Madrid
	// ben is on duty
	// page 0: ben by phone, level 0: ben is on duty
	// page 1: head by phone, level 1: page 0 to ben came back undelivered
	// due 00:30
	// taken by head and nothing is due: true
	// first reply due 07:00 - first_reply within 1h of open hours (days, Europe/Madrid)
}
