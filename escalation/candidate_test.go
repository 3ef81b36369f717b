package escalation_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/roster"
)

// TestWhoOwns chooses by skill, by load and by duty.
func TestWhoOwns(t *testing.T) {
	h := house()
	h.Members = append(h.Members, member("dee", ""), member("eve", ""), member("fay", ""), member("gil", ""))
	for i := range h.Members {
		h.Members[i].Skills = []string{"claims"}
	}
	h.Members[4].Skills = nil // dee
	h.Members[0].Most, h.Members[1].Most = 10, 20
	h.Locations = map[string]string{"store-1": "madrid", "store-2": "madrid"}
	h.Members[5].Locations = []string{"store-1"} // eve
	h.Teams = append(h.Teams, escalation.Team{ID: "claims", Members: []string{"cy", "dee", "eve", "bob"}})
	h.Rosters = []roster.Roster{{ID: "turns", Layers: []roster.Layer{{Rotations: []roster.Rotation{
		{Calendar: "days", From: "2026-06-15", Every: roster.Day, Slots: []string{"fay", "gil"}}}}}}}
	add := func(id string, backups ...string) {
		h.Plans = append(h.Plans, escalation.Plan{ID: id, Categories: []string{id}, Owner: "ann", Backups: backups,
			Ladder: "main", Needs: map[string][]string{"draft": {"claims"}}})
	}
	add("team", "claims")
	add("both", "bob", "claims")
	add("roster", "turns")
	add("alone")
	h.Plans[1].Backups = []string{"bob"} // life
	d := compile(t, h)
	load := func(pairs ...any) map[string]int {
		m := map[string]int{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i].(string)] = pairs[i+1].(int)
		}
		return m
	}
	for _, row := range []struct {
		reason, when string
		matter       escalation.Matter
		want         []string // the owner, then the back-ups
		acting       string
	}{
		{"of a team those who hold the skill and see the place", "10:00", escalation.Matter{Category: "team"},
			[]string{"ann", "cy", "bob"}, "ann"},
		{"whoever sees only this place is there for it", "10:00", escalation.Matter{Category: "team", Location: "store-1"},
			[]string{"ann", "cy", "eve", "bob"}, "ann"},
		{"and not for the one beside it", "10:00", escalation.Matter{Category: "team", Location: "store-2"},
			[]string{"ann", "cy", "bob"}, "ann"},
		{"of a team the fewest open cases first", "10:00",
			escalation.Matter{Category: "team", Load: load("cy", 7, "bob", 3)}, []string{"ann", "bob", "cy"}, "ann"},
		{"who is named himself keeps his place", "10:00",
			escalation.Matter{Category: "both", Load: load("cy", 1, "bob", 9)}, []string{"ann", "bob", "cy"}, "ann"},
		{"a point person who has all he takes comes last", "10:00",
			escalation.Matter{Category: "both", Load: load("ann", 10)}, []string{"bob", "cy", "ann"}, "bob"},
		{"one below is not full", "10:00",
			escalation.Matter{Category: "both", Load: load("ann", 9)}, []string{"ann", "bob", "cy"}, "ann"},
		{"when all are full the order is as written", "10:00",
			escalation.Matter{Category: "both", Load: load("ann", 10, "bob", 20)}, []string{"cy", "ann", "bob"}, "cy"},
		{"somebody owns it, however much he has", "10:00",
			escalation.Matter{Category: "alone", Load: load("ann", 99)}, []string{"ann"}, "ann"},
		{"in danger to people nobody counts", "10:00",
			escalation.Matter{Life: true, Load: load("ann", 99)}, []string{"ann", "bob"}, "ann"},
		{"of a roster who has the turn, then the others", "10:00", escalation.Matter{Category: "roster"},
			[]string{"ann", "gil", "fay"}, "ann"},
		{"the turn goes on", "2026-06-17 10:00", escalation.Matter{Category: "roster"}, []string{"ann", "fay", "gil"}, "ann"},
	} {
		a := d.Assign(row.matter, at(t, row.when))
		assert.Equal(t, row.want, append([]string{a.Owner}, a.Backups...), row.reason)
		assert.Equal(t, row.acting, a.Acting, row.reason)
		assert.Equal(t, row.acting, a.Contact(), row.reason)
	}
	a := d.Assign(escalation.Matter{Category: "both", Load: load("ann", 12)}, at(t, "10:00"))
	assert.Equal(t, []string{"plan both: category both", "ann has 12 open cases and takes 10", "bob is on duty"}, a.Because)
}
