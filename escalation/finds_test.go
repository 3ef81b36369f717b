package escalation_test

import (
	"testing"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/roster"
	"github.com/reputekit/reputation/triage"
)

// TestCompileFinds has a row for what Compile finds beyond ids: circles, what cannot be reached, what nobody can do.
func TestCompileFinds(t *testing.T) {
	type h = escalation.Hierarchy
	plan := func(p escalation.Plan) escalation.Plan {
		if p.Owner == "" {
			p.Owner = "ann"
		}
		if p.Ladder == "" {
			p.Ladder = "main"
		}
		return p
	}
	for _, row := range []struct {
		reason string
		change func(h *h)
		want   []string
	}{
		{"circles of places and of brands, each once", func(x *h) {
			x.Locations = map[string]string{"store": "city", "city": "region", "region": "city", "alone": "alone", "lost": ""}
			x.Brands = map[string]string{"a": "b", "b": "a"}
		}, []string{
			"locations.alone: a circle: alone -> alone",
			"locations.city: a circle: city -> region -> city",
			`locations.lost: "lost" lies within "": write both names`,
			"brands.a: a circle: a -> b -> a"}},
		{"a place that nobody has written down", func(x *h) {
			x.Locations = map[string]string{"store": "city"}
			x.Plans = append(x.Plans, plan(escalation.Plan{ID: "p", Locations: []string{"store", "city", "moon"}}))
			x.Members[0].Locations = []string{"mars"}
		}, []string{
			`members[0].locations[0]: there is no location "mars": write in locations what it lies within`,
			`plans[2].locations[2]: there is no location "moon": write in locations what it lies within`,
			"plans[0].owner: ann sees only mars, and this plan is for more",
			"plans[1].owner: ann sees only mars, and this plan is for more",
			"plans[2].owner: ann sees only mars, and this plan is for more"}},
		{"an owner who sees less than he answers for", func(x *h) {
			x.Locations = map[string]string{"store": "city", "city": "ES"}
			x.Members[2].Locations = []string{"store"}
			x.Plans = append(x.Plans,
				plan(escalation.Plan{ID: "p", Locations: []string{"store"}, Owner: "cy"}),
				plan(escalation.Plan{ID: "q", Locations: []string{"city"}, Backups: []string{"cy"}}))
		}, []string{"plans[3].backups[0]: cy sees only store, and this plan is for more"}},
		{"zones, certificates and loads of members", func(x *h) {
			x.Members[0].Zone, x.Members[1].Zone = "Europe/Londn", "Local"
			x.Members[2].Certified = []escalation.Certified{{Until: "2026-02-30"}, {Skill: "medical", Until: "soon"}}
			x.Members[3].Most = -1
		}, []string{
			`members[0].zone: zone "Europe/Londn" is not known: use an IANA name such as Europe/Madrid`,
			`members[1].zone: "Local" is not a zone: write its IANA name, like Europe/Madrid`,
			"members[2].certified[0].skill: the certificate does not say what for",
			`members[2].certified[0].until: "2026-02-30" is not a date: write the last day it holds, like 2027-03-31`,
			`members[2].certified[1].until: "soon" is not a date: write the last day it holds, like 2027-03-31`,
			"members[3].most: -1 is no number of cases: 0 means no limit"}},
		{"a certificate nobody holds, and an owner without one", func(x *h) {
			x.Members[1].Certified = []escalation.Certified{{Skill: "medical", Until: "2026-12-31"}}
			x.Members[2].Left, x.Members[2].Boss, x.Members[2].Skills = true, "fb", []string{"legal"}
			x.Plans = append(x.Plans, plan(escalation.Plan{ID: "p", Langs: []string{"de"},
				Backups: []string{"bob", "desk"}, Needs: map[string][]string{
					"draft": {"medical"}, "approve": {"medical", "legal"}, "publish": {"medical"}}}))
		}, []string{
			`plans[2].needs.approve[1]: nobody holds "legal"`,
			"plans[2].needs.publish: there is no such act: it is one of draft, approve, send",
			`plans[2].owner: ann does not hold "medical", which a draft of this plan needs`}},
		{"rosters and covers, with their paths", func(x *h) {
			x.Rosters = []roster.Roster{
				{ID: "ann", Layers: []roster.Layer{{Rotations: []roster.Rotation{
					{Calendar: "days", From: "2026-01-01", Every: roster.Day, Slots: []string{"ann", "zed"}}}}}},
				{ID: "nobody", Hours: "nights", Layers: []roster.Layer{{Rotations: []roster.Rotation{
					{Calendar: "nights", From: "2026-01-01", Every: roster.Day, Slots: []string{""}}}}}}}
			x.Covers = []roster.Cover{{Kind: roster.Leave, Who: "desk", From: at(t, "08:00"), To: at(t, "07:00")}}
		}, []string{
			`rosters[0].id: "ann" is the id of a member or a team too: use another`,
			`rosters[0].layers[0].rotations[0].slots[1]: there is no member "zed"`,
			`rosters[1].hours: there is no calendar "nights"`,
			`rosters[1].layers[0].rotations[0].calendar: there is no calendar "nights": a rotation needs one for its zone`,
			"rosters[1].layers: no slot names anybody: nobody would ever be on duty",
			`covers[0].who: "desk" is a team: name one member`,
			"covers[0].to: the cover ends before it begins: it is empty"}},
		{"watches", func(x *h) {
			x.Watches = []escalation.Watch{{Standings: []triage.Standing{"reporter"}, Severity: 9},
				{To: []string{"zed", "desk"}}}
		}, []string{
			"watches[0].to: nobody is named who watches",
			`watches[0].standings[0]: "reporter" is no standing`,
			"watches[0].severity: severity(9) is none of routine, elevated, serious, crisis",
			`watches[1].to[0]: there is no member "zed"`}},
		{"levels that are never reached", func(x *h) {
			x.Members[2].Left = true
			x.Ladders = append(x.Ladders, escalation.Ladder{ID: "spare", Fallback: "fb",
				Levels: []escalation.Level{level(time.Minute, "ann")}})
		}, []string{
			"ladders[0].levels[2]: the level is never reached: cy has left and nobody stands in",
			"ladders[1]: no plan uses ladder spare: none of its levels is ever reached"}},
		{"a ladder that ends in silence", func(x *h) { x.Members[3].Left = true }, []string{
			"ladders[0].fallback: fb has left and nobody stands in: the ladder would end in silence"}},
		{"a lower severity that pages louder than a higher one", func(x *h) {
			x.Ladders = append(x.Ladders, escalation.Ladder{ID: "loud", Fallback: "fb",
				Levels: []escalation.Level{level(5*time.Minute, "ann"), level(5*time.Minute, "bob")}})
			x.Plans = append(x.Plans, plan(escalation.Plan{ID: "some", Severities: []triage.Severity{triage.Elevated}, Ladder: "loud"}))
		}, []string{"plans[2].ladder: elevated by ladder loud pages louder than serious by ladder main (plan rest): " +
			"the lower severity would be told sooner"}},
		{"and one that does not: louder is for worse", func(x *h) {
			x.Ladders = append(x.Ladders, escalation.Ladder{ID: "loud", Fallback: "fb",
				Levels: []escalation.Level{level(5*time.Minute, "ann"), level(5*time.Minute, "bob")}})
			x.Plans = append(x.Plans, plan(escalation.Plan{ID: "some",
				Severities: []triage.Severity{triage.Serious, triage.Crisis}, Ladder: "loud"}))
		}, nil},
		{"louder for another category is nobody's mistake", func(x *h) {
			x.Ladders = append(x.Ladders, escalation.Ladder{ID: "loud", Fallback: "fb",
				Levels: []escalation.Level{level(5*time.Minute, "ann"), level(5*time.Minute, "bob")}})
			x.Plans = append(x.Plans, plan(escalation.Plan{ID: "outage", Categories: []string{"outage"}, Ladder: "loud"}))
		}, nil},
	} {
		sameProblems(t, row.reason, row.change, row.want)
	}
}
