package standard

import (
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

// A Rescue says who answers when people are in danger. All are ids of members, teams or rosters of the hierarchy; Fallback is one of a
// member or team.
type Rescue struct {
	Owner    string // the member who answers for it in the end
	Trained  string // who has been trained for talk of suicide
	Security string
	Legal    string
	Lead     string // whoever leads now
	Safety   string // product safety
	Fallback string
}

// The tags by which the plans tell dangers apart. A danger without one of them goes to Lead.
const (
	SelfHarm = "self_harm" // or suicide
	Threat   = "threat"    // to people or a place
	Injury   = "injury"    // by a product, or a hazard of one; package duty has the regulator's clock
)

// Dangers are the plans and ladders for life, to put in the place of the plan life of Plans. Everything in them runs day
// and night:
//
//	self-harm, suicide            the trained, 5 min, then with the lead 5, then with security 5
//	threat to people or a place   security and legal, 5 min
//	danger now                    the lead, 5 min
//	injury or hazard by a product safety and legal, 15 min
//
// Who is told next is the lead, and then the fallback, again and again until somebody takes it. A signal is evidence,
// and a person decides.
func Dangers(r Rescue) ([]escalation.Plan, []escalation.Ladder) {
	dangers := []struct {
		id, tag string
		within  int // minutes
		levels  [][]string
	}{
		{"life", "", 5, [][]string{{r.Lead}, {r.Lead, r.Security}}},
		{"life-self-harm", SelfHarm, 5, [][]string{{r.Trained}, {r.Trained, r.Lead}, {r.Trained, r.Lead, r.Security}}},
		{"life-threat", Threat, 5, [][]string{{r.Security, r.Legal}, {r.Security, r.Legal, r.Lead}}},
		{"life-injury", Injury, 15, [][]string{{r.Safety, r.Legal}, {r.Safety, r.Legal, r.Lead}}},
	}
	var plans []escalation.Plan
	var ladders []escalation.Ladder
	for _, x := range dangers {
		l := escalation.Ladder{ID: x.id, Fallback: r.Fallback}
		for _, to := range x.levels {
			l.Levels = append(l.Levels, escalation.Level{To: to, Wait: spec.Of(time.Duration(x.within) * time.Minute)})
		}
		p := escalation.Plan{ID: x.id, Categories: []string{triage.Life}, Owner: r.Owner, Ladder: x.id,
			Objectives: objectives(minutes(x.within), hourly())}
		p.Objectives[escalation.Take] = *minutes(x.within)
		if x.tag != "" {
			p.Tags = []string{x.tag}
		}
		plans, ladders = append(plans, p), append(ladders, l)
	}
	return plans, ladders
}
