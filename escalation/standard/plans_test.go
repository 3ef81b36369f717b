package standard_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
	"github.com/reputekit/reputation/escalation/standard"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

func house() escalation.Hierarchy {
	phone := []escalation.Contact{{Kind: "phone", Address: "+00 1"}}
	ladder := func(id string) escalation.Ladder {
		return escalation.Ladder{ID: id, Fallback: "head", Levels: []escalation.Level{
			{To: []string{"owner"}, Wait: spec.Of(5 * time.Minute)}, {To: []string{"head"}, Wait: spec.Of(5 * time.Minute)}}}
	}
	return escalation.Hierarchy{
		Calendars: []roster.Calendar{{ID: "desk", Zone: "Europe/London", Week: hours.Week{
			Open: []hours.Span{{Days: []string{"mon-fri"}, From: "09:00", To: "17:00"}}}}},
		Members: []escalation.Member{{ID: "lead", Name: "Lead", Contacts: phone}, {ID: "head", Name: "Head", Contacts: phone}},
		Ladders: []escalation.Ladder{ladder("main"), ladder("quick")},
		Plans:   standard.Plans(standard.House{Owner: "lead", Ladder: "main", Life: "quick", Hours: "desk"}),
	}
}

// TestRows is the table of the package comment, and where two of its rows meet.
func TestRows(t *testing.T) {
	d, err := house().Compile(escalation.Options{})
	require.NoError(t, err)
	friday := time.Date(2026, 6, 19, 15, 30, 0, 0, time.UTC) // 16:30 in London, half an hour before closing
	for _, row := range []struct {
		reason string
		matter escalation.Matter
		first  string // due, London
		update string
	}{
		{"life: 5 min, day and night", escalation.Matter{Category: triage.Life}, "Fri 16:35", "Fri 17:30"},
		{"life wins whatever else it is", escalation.Matter{Life: true, Category: standard.Question, Kind: mention.Review,
			Severity: triage.Crisis, Addressed: mention.AboutUs}, "Fri 16:35", "Fri 17:30"},
		{"crisis: 15 min, day and night, news hourly", escalation.Matter{Severity: triage.Crisis}, "Fri 16:45", "Fri 17:30"},
		{"crisis, told about us and not to us", escalation.Matter{Severity: triage.Crisis, Addressed: mention.AboutUs},
			"Fri 16:45", "Fri 17:30"},
		{"impostor: 15 min", escalation.Matter{Category: standard.Impostor}, "Fri 16:45", "Mon 16:30"},
		{"private data exposed: 15 min", escalation.Matter{Category: standard.DataLeak, Severity: triage.Serious},
			"Fri 16:45", "Mon 16:30"},
		{"private data exposed in a crisis: news hourly", escalation.Matter{Category: standard.DataLeak, Severity: triage.Crisis},
			"Fri 16:45", "Fri 17:30"},
		{"press: 30 min, day and night", escalation.Matter{Standing: triage.Press}, "Fri 17:00", "Mon 16:30"},
		{"press with a question", escalation.Matter{Standing: triage.Press, Category: standard.Question}, "Fri 17:00", "Mon 16:30"},
		{"private message: 1 h of open hours", escalation.Matter{Kind: mention.Message}, "Mon 09:30", "Mon 16:30"},
		{"private question: 1 h as every private message", escalation.Matter{Kind: mention.Message, Category: standard.Question},
			"Mon 09:30", "Mon 16:30"},
		{"public complaint to us: 1 h of open hours",
			escalation.Matter{Category: "complaint", Addressed: mention.ToUs, Kind: mention.Post, Severity: triage.Elevated},
			"Mon 09:30", "Mon 16:30"},
		{"serious: the hour runs day and night",
			escalation.Matter{Category: "complaint", Addressed: mention.ToUs, Kind: mention.Post, Severity: triage.Serious},
			"Fri 17:30", "Mon 16:30"},
		{"serious in private", escalation.Matter{Kind: mention.Message, Severity: triage.Serious}, "Fri 17:30", "Mon 16:30"},
		{"question: 4 h of open hours", escalation.Matter{Category: standard.Question, Kind: mention.Comment, Addressed: mention.ToUs},
			"Mon 12:30", "Mon 16:30"},
		{"lead: 4 h of open hours", escalation.Matter{Category: standard.Lead}, "Mon 12:30", "Mon 16:30"},
		{"review: 1 open day", escalation.Matter{Kind: mention.Review}, "Mon 16:30", "Mon 16:30"},
		{"about us, not to us: no first reply, a person decides", escalation.Matter{Addressed: mention.AboutUs, Kind: mention.Post},
			"none", "Mon 16:30"},
		{"a question that somebody else was asked", escalation.Matter{Addressed: mention.Overheard, Category: standard.Question},
			"none", "Mon 16:30"},
		{"serious, and not to us", escalation.Matter{Addressed: mention.AboutUs, Severity: triage.Serious}, "none", "Mon 16:30"},
	} {
		plan := d.Assign(row.matter, friday).Plan
		due := func(o escalation.Objective) string {
			c, ok := d.Start(plan, o, friday)
			if !ok {
				return "none"
			}
			loc, err := d.Zone("Europe/London")
			require.NoError(t, err)
			return c.Due.In(loc).Format("Mon 15:04")
		}
		assert.Equal(t, row.first, due(escalation.FirstReply), "%s (plan %s)", row.reason, plan)
		assert.Equal(t, row.first, due(escalation.NextReply), "%s (plan %s)", row.reason, plan)
		assert.Equal(t, row.update, due(escalation.Update), "%s (plan %s)", row.reason, plan)
	}
	assert.Equal(t, "quick", d.Assign(escalation.Matter{Life: true}, friday).Ladder)
	assert.Equal(t, "main", d.Assign(escalation.Matter{}, friday).Ladder)
}

// TestEveryPlanIsReached finds no plan that never comes to its turn.
func TestEveryPlanIsReached(t *testing.T) {
	d, err := house().Compile(escalation.Options{})
	require.NoError(t, err)
	reached := map[string]bool{}
	for _, category := range []string{"", triage.Life, standard.Question, standard.DataLeak} {
		for s := triage.Routine; s <= triage.Crisis; s++ {
			for _, standing := range []triage.Standing{"", triage.Press} {
				for _, kind := range []mention.Kind{"", mention.Review, mention.Message} {
					for _, to := range []mention.Addressed{"", mention.AboutUs} {
						m := escalation.Matter{Category: category, Severity: s, Standing: standing, Kind: kind, Addressed: to}
						reached[d.Assign(m, time.Time{}).Plan] = true
					}
				}
			}
		}
	}
	for _, p := range house().Plans {
		assert.True(t, reached[p.ID], p.ID)
	}
}

func TestPlansAreData(t *testing.T) {
	out, err := json.Marshal(house().Plans)
	require.NoError(t, err)
	var again []escalation.Plan
	require.NoError(t, spec.Decode(out, &again))
	assert.Equal(t, house().Plans, again)
}

func Example() {
	for _, p := range standard.Plans(standard.House{Owner: "lead", Ladder: "main", Hours: "desk"}) {
		reply, ok := p.Objectives[escalation.FirstReply]
		switch {
		case !ok:
			fmt.Printf("%-18s a person decides\n", p.ID)
		case reply.Elapsed:
			fmt.Printf("%-18s %s, day and night\n", p.ID, reply.Within)
		case reply.Days > 0:
			fmt.Printf("%-18s %d open day\n", p.ID, reply.Days)
		default:
			fmt.Printf("%-18s %s of open hours\n", p.ID, strings.TrimSpace(reply.Within.String()))
		}
	}
	// Output:
	// life               5m, day and night
	// exposed            15m, day and night
	// exposed-crisis     15m, day and night
	// crisis             15m, day and night
	// press              30m, day and night
	// asked              4h of open hours
	// asked-elsewhere    a person decides
	// asked-by-press     30m, day and night
	// serious            1h, day and night
	// serious-elsewhere  a person decides
	// review             1 open day
	// elsewhere          a person decides
	// rest               1h of open hours
}
