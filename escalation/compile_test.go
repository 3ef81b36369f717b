package escalation_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/roster"
	"github.com/reputekit/reputation/mention/spec"
)

func TestCompile(t *testing.T) {
	type h = escalation.Hierarchy
	for _, row := range []struct {
		reason string
		change func(h *h)
		want   []string
	}{
		{"the house itself is right", func(*h) {}, nil},
		{"nothing at all", func(x *h) { *x = h{} }, []string{
			"plans: no plan is for everything: write one without categories, severities, brands, countries and langs",
			`plans: no plan is for danger to people: write one with categories ["life"] and no other condition`}},
		{"two plans for everything", func(x *h) { x.Plans[1].Categories = nil }, []string{
			"plans[1]: plan life is for everything, as plans[0] is: name a category, severity, brand, country or language",
			`plans: no plan is for danger to people: write one with categories ["life"] and no other condition`}},
		{"a plan for life in one country leaves the others out", func(x *h) { x.Plans[1].Countries = []string{"DE"} }, []string{
			`plans: no plan is for danger to people: write one with categories ["life"] and no other condition`}},
		{"ids that are missing, double, or a word of the ladder", func(x *h) {
			x.Members[1].ID, x.Members[2].ID, x.Teams[0].ID = "ann", "owner", ""
			x.Teams[0].Members = []string{"ann"}
			x.Ladders[0].Levels = []escalation.Level{level(time.Minute, "ann")}
			x.Plans[0].Backups = nil
		}, []string{
			`members[1].id: "ann" is the id of another`,
			`members[2].id: owner is a word of its own in ladders: use another id`,
			`teams[0].id: there is no id`}},
		{"a team cannot have a member's id", func(x *h) { x.Teams[0].ID = "cy" }, []string{`teams[0].id: "cy" is the id of another`}},
		{"ids nobody has", func(x *h) {
			x.Members[0].Boss, x.Members[0].Deputies, x.Members[0].Calendar = "x1", []string{"x2"}, "x3"
			x.Teams[0].Members = []string{"x4"}
			x.Ladders[0].Levels[1].To = []string{"owner", "desk", "x5"}
			x.Ladders[0].Fallback = "x6"
			x.Plans[0].Owner, x.Plans[0].Backups, x.Plans[0].Ladder, x.Plans[0].Hours = "desk", []string{"x7"}, "x8", "x9"
		}, []string{
			`members[0].calendar: there is no calendar "x3"`,
			`members[0].boss: there is no member "x1"`,
			`members[0].deputies[0]: there is no member "x2"`,
			`teams[0].members[0]: there is no member "x4"`,
			`ladders[0].fallback: there is no member "x6"`,
			`ladders[0].levels[1].to[2]: there is no member "x5"`,
			`plans[0].owner: "desk" is a team: name one member`,
			`plans[0].backups[0]: there is no member "x7"`,
			`plans[0].ladder: there is no ladder "x8"`,
			`plans[0].hours: there is no calendar "x9"`}},
		{"members who cannot be told", func(x *h) {
			x.Members[0].Contacts = nil
			x.Members[1].Contacts[1].Address = ""
			x.Teams[0].Members = nil
		}, []string{
			"members[0].contacts: ann has no contact and could not be told of anything",
			"members[1].contacts[1]: a contact needs a kind and an address",
			"teams[0].members: nobody is in team desk"}},
		{"circles of bosses, each once", func(x *h) {
			x.Members[0].Boss, x.Members[1].Boss, x.Members[2].Boss, x.Members[3].Boss = "bob", "cy", "bob", "fb"
		}, []string{
			"members[1].boss: a circle of bosses: bob -> cy -> bob",
			"members[3].boss: a circle of bosses: fb -> fb"}},
		{"zones and weeks", func(x *h) {
			x.Calendars[0].Zone = "Europe/Londn"
			x.Calendars[0].Week.Open[0].To = "9"
			x.Calendars = append(x.Calendars, roster.Calendar{ID: "days", Zone: "Local"}, roster.Calendar{ID: "c"})
		}, []string{
			`calendars[0].zone: zone "Europe/Londn" is not known: use an IANA name such as Europe/Madrid`,
			`calendars[0].week.open[0].to: "9" is not a time of day: write it like 09:00, at most 24:00`,
			`calendars[1].id: "days" is the id of another`,
			`calendars[1].zone: "Local" is not a zone: write its IANA name, like Europe/Madrid`,
			`calendars[2].zone: "" is not a zone: write its IANA name, like Europe/Madrid`}},
		{"ladders that end, or never do", func(x *h) {
			x.Ladders[0].Fallback, x.Ladders[0].Repeat = "", 101
			x.Ladders[0].Levels = []escalation.Level{{}, {To: []string{"ann"}, Wait: -1, Empty: "skip"}}
			x.Ladders = append(x.Ladders, escalation.Ladder{ID: "none", Fallback: "ann"})
		}, []string{
			"ladders[0].repeat: 101 is not between 0 and 100",
			"ladders[0].fallback: without a fallback the ladder ends in silence: name a member or a team",
			"ladders[0].levels[0].to: the level tells nobody",
			"ladders[0].levels[0].wait: 0s is no time to answer in",
			"ladders[0].levels[1].wait: -1ns is no time to answer in",
			`ladders[0].levels[1].empty: "skip" is neither pass nor hold`,
			"ladders[1].levels: a ladder needs a level"}},
		{"a fallback that has left", func(x *h) { x.Members[3].Left = true }, []string{
			"ladders[0].fallback: fb has left and nobody stands in: the ladder would end in silence"}},
		{"authorities", func(x *h) {
			x.Members[0].Authority = []escalation.Authority{
				{Act: "grant", Limit: escalation.Money{Minor: 100, Currency: "EUR"}},
				{Severity: 9, Limit: escalation.Money{Minor: 100}, Scope: "year"},
				{Act: "grant", Limit: escalation.Money{Minor: -1, Currency: "EUR"}, Scope: "case"}}
		}, []string{
			"members[0].authority[0].scope: a limit without a scope: write what it is for, one of case, customer, day, month",
			"members[0].authority[1].act: the authority does not say for what: approve, declare, grant",
			"members[0].authority[1].severity: severity(9) is none of routine, elevated, serious, crisis",
			"members[0].authority[1].limit: a limit needs a currency",
			`members[0].authority[1].scope: "year" is none of case, customer, day, month`,
			"members[0].authority[2].limit: a limit is not negative"}},
		{"objectives and conditions", func(x *h) {
			x.Plans[1].Severities, x.Plans[1].Fresh = nil, -1
			x.Plans = append(x.Plans, escalation.Plan{ID: "de", Countries: []string{"de"}, Severities: x.Plans[0].Severities,
				Owner: "ann", Ladder: "main", Objectives: map[escalation.Objective]escalation.Duration{
					"reply": {Within: 1, Elapsed: true}, escalation.FirstReply: {}}})
		}, []string{
			"plans[1].fresh: -1ns is before the mention",
			`plans[2].countries[0]: "de" is not a country: write two capital letters, like DE`,
			"plans[2].objectives.first_reply.within: 0s is no time to answer in",
			"plans[2].objectives.first_reply: it runs on open hours and the plan names no hours: name a calendar, or write elapsed",
			"plans[2].objectives.reply: there is no such objective: it is one of take, first_reply, next_reply, update, resolve, confirm"}},
	} {
		sameProblems(t, row.reason, row.change, row.want)
	}
}

// sameProblems compiles the house after a change and wants exactly these problems, in order; nil is none.
func sameProblems(t *testing.T, reason string, change func(*escalation.Hierarchy), want []string) {
	t.Helper()
	x := house()
	change(&x)
	d, err := x.Compile(escalation.Options{})
	if want == nil {
		assert.NoError(t, err, reason)
		return
	}
	var problems spec.Problems
	require.ErrorAs(t, err, &problems, reason)
	assert.Nil(t, d, reason)
	var got []string
	for _, p := range problems {
		got = append(got, p.String())
	}
	assert.Equal(t, want, got, reason)
}

func TestCompileTakesZonesFromOptions(t *testing.T) {
	asked := ""
	_, err := house().Compile(escalation.Options{Zone: func(name string) (*time.Location, error) {
		asked = name
		return nil, errors.New("no zones here")
	}})
	assert.EqualError(t, err, "calendars[0].zone: no zones here")
	assert.Equal(t, "Europe/London", asked)
}

// TestDirectoryKeepsNothing alters the hierarchy after Compile and what the Directory gave out.
func TestDirectoryKeepsNothing(t *testing.T) {
	h := house()
	h.Members[0].Authority = []escalation.Authority{{Act: "approve", Categories: []string{"outage"}}}
	d := compile(t, h)
	h.Ladders[0].Levels[0].To[0] = "cy"
	h.Plans[0].Backups[0] = "cy"
	h.Plans[0].Objectives[escalation.FirstReply] = escalation.Duration{Within: 1, Elapsed: true}
	h.Members[0].Contacts[0].Address = "elsewhere"
	m, _ := d.Member("ann")
	m.Contacts[1].Address, m.Authority[0].Categories[0] = "elsewhere", "all"
	team, _ := d.Team("desk")
	team.Members[0] = "cy"
	a := d.Assign(escalation.Matter{}, at(t, "08:00"))
	a.Backups[0] = "cy"

	_, pages := d.Open(escalation.Matter{}, at(t, "08:00"))
	require.Len(t, pages, 1)
	assert.Equal(t, "ann's app", pages[0].Address)
	clock, _ := d.Start("rest", escalation.FirstReply, at(t, "08:00"))
	assert.False(t, clock.Elapsed)
	m, ok := d.Member("ann")
	assert.True(t, ok)
	assert.Equal(t, "ann's phone", m.Contacts[1].Address)
	team, ok = d.Team("desk")
	assert.True(t, ok)
	assert.Equal(t, []string{"ann", "bob"}, team.Members)
	assert.Equal(t, []string{"bob"}, d.Assign(escalation.Matter{}, at(t, "08:00")).Backups)
	assert.Equal(t, []string{"life", "outage"}, d.Categories())
	_, ok = d.Member("nobody")
	assert.False(t, ok)
	_, ok = d.Team("nobody")
	assert.False(t, ok)
}

// TestDirectoryKeepsNothingElse does the same with rosters, watches, skills and places.
func TestDirectoryKeepsNothingElse(t *testing.T) {
	h := rostered()
	h.Locations = map[string]string{"store": "city", "city": "ES"}
	h.Covers = []roster.Cover{{Kind: roster.Leave, Who: "gus", By: "cy", From: at(t, "2026-06-15 12:00"), To: at(t, "2026-06-16 12:00")}}
	h.Watches = []escalation.Watch{{To: []string{"fb"}}}
	h.Members[0].Certified = []escalation.Certified{{Skill: "claims", Until: "2026-12-31"}}
	h.Members[2].Locations = []string{"store"}
	h.Plans[0].Needs = map[string][]string{"approve": {"claims"}}
	h.Plans[0].Backups = nil
	d := compile(t, h)
	ask := escalation.Ask{Act: "send", By: "cy", At: at(t, "10:00")}
	look := func() []any {
		night := at(t, "2026-06-15 23:00")
		return []any{d.Assign(escalation.Matter{}, night), d.Present(night), d.Sees("cy", escalation.Matter{Location: "store"}),
			d.Authorize(ask), d.Coverage(night, night.AddDate(0, 0, 5)), d.Authorize(escalation.Ask{Act: "approve", By: "bob"})}
	}
	before := look()
	h.Rosters[0].Layers[0].Rotations[0].Slots[0], h.Covers[0].By, h.Watches[0].To[0] = "bob", "bob", "bob"
	h.Members[0].Certified[0].Skill, h.Members[2].Locations[0] = "none", "moon"
	h.Plans[0].Needs["approve"][0], h.Locations["store"] = "none", "moon"
	m, _ := d.Member("ann")
	m.Certified[0].Skill = "none"
	d.Assign(escalation.Matter{}, at(t, "10:00")).Watchers[0] = "bob"
	assert.Equal(t, before, look())
}

// FuzzCompile holds for any JSON: Compile answers, the JSON comes back as it went, and a climb under what was compiled
// never falls silent.
func FuzzCompile(f *testing.F) {
	for _, h := range []escalation.Hierarchy{duty(house(), "ann", "bob"), rostered(), collaborating(), certified()} {
		seed, err := json.Marshal(h)
		require.NoError(f, err)
		f.Add(string(seed), "outage", int64(1_781_596_800), uint8(0))
	}
	f.Add(`{}`, "life", int64(0), uint8(1))
	f.Add(`{"members":[{"id":"a","boss":"a"}],"ladders":[{"levels":[{}]}],"plans":[{"owner":"a"}]}`, "", int64(-1), uint8(2))
	f.Fuzz(func(t *testing.T, text, category string, unix int64, moves uint8) {
		var h escalation.Hierarchy
		if json.Unmarshal([]byte(text), &h) != nil {
			t.Skip("not a hierarchy")
		}
		berlin := time.FixedZone("Europe/Berlin", 3600)
		d, err := h.Compile(escalation.Options{Zone: func(string) (*time.Location, error) { return berlin, nil }})
		if err != nil {
			require.NotEmpty(t, err.(spec.Problems))
			return
		}
		once, err := json.Marshal(h)
		require.NoError(t, err)
		var again escalation.Hierarchy
		require.NoError(t, json.Unmarshal(once, &again))
		twice, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(once), string(twice))
		c, _ := d.Open(escalation.Matter{Category: category}, time.Unix(unix%(1<<33), 0))
		for range moves % 16 {
			require.False(t, c.Due().IsZero())
			c, _ = d.Climb(c, escalation.Move{Kind: escalation.TimeUp}, c.Due())
		}
	})
}
