package escalation_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

// large has n members one above the other, each on leave and covered by the next, and as many places within each other.
func large(n int) escalation.Hierarchy {
	h := house()
	h.Locations, h.Brands = map[string]string{}, map[string]string{}
	from := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		id, next := fmt.Sprintf("m%d", i), fmt.Sprintf("m%d", i+1)
		m := member(id, "")
		m.Locations = []string{"p0"}
		if i+1 < n {
			m.Boss, m.Deputies = next, []string{next}
			h.Covers = append(h.Covers, roster.Cover{Kind: roster.Leave, Who: id, By: next, From: from, To: from.AddDate(0, 1, 0)})
		}
		h.Locations["p"+id[1:]], h.Brands["b"+id[1:]] = "p"+next[1:], "b"+next[1:]
		h.Members = append(h.Members, m)
		h.Teams[0].Members = append(h.Teams[0].Members, id)
	}
	h.Ladders[0].Levels = []escalation.Level{level(time.Minute, "desk"), level(time.Minute, "desk")}
	h.Ladders[0].Fallback = "desk"
	return h
}

// TestLarge compiles and climbs with ten thousand members: what is asked for is linear in them, and so are its words.
func TestLarge(t *testing.T) {
	const n = 10_000
	h := large(n)
	h.Covers = h.Covers[:100]
	d := compile(t, h)
	c, pages := d.Open(escalation.Matter{Location: "p0"}, at(t, "2026-08-16 08:00"))
	require.Len(t, pages, n+2, "ann, bob and all others")
	for range 3 {
		c, pages = d.Climb(c, escalation.Move{Kind: escalation.TimeUp}, c.Next)
		require.NotEmpty(t, pages)
	}
	require.LessOrEqual(t, len(c.Pages), 2*(n+2)+32)
	for _, p := range pages {
		require.Less(t, len(p.Because), 2000, "a reason is for reading")
	}
	_, pages = d.Climb(c, escalation.Move{Kind: escalation.Took, By: "ann"}, c.Next)
	require.Len(t, pages, n+1, "everybody else is relieved, once")
}

// TestManyPlans compares each plan with every other: a thousand of them are still a moment's work.
func TestManyPlans(t *testing.T) {
	h := house()
	h.Ladders = append(h.Ladders, escalation.Ladder{ID: "loud", Fallback: "fb", Levels: []escalation.Level{level(time.Second, "ann")}})
	for i := range 300 {
		p := escalation.Plan{ID: fmt.Sprint("p", i), Categories: []string{fmt.Sprint("c", i/2)}, Owner: "ann",
			Ladder: []string{"main", "loud"}[i%2]}
		if i%2 == 1 {
			p.Severities = []triage.Severity{triage.Serious}
		}
		h.Plans = append(h.Plans, p)
	}
	_, err := h.Compile(escalation.Options{})
	var problems spec.Problems
	require.ErrorAs(t, err, &problems)
	assert.Len(t, problems, 150, "serious is louder than a crisis in each category")
}

// TestLouderByTag finds it among plans that only tags and shared languages tell apart.
func TestLouderByTag(t *testing.T) {
	for _, row := range []struct {
		reason    string
		low, high escalation.Plan
		found     bool
	}{
		{"the same tag", escalation.Plan{Tags: []string{"refund"}}, escalation.Plan{Tags: []string{"refund"}}, true},
		{"a language that both have", escalation.Plan{Langs: []string{"de", "fr"}}, escalation.Plan{Langs: []string{"es", "fr"}}, true},
		{"no language that both have", escalation.Plan{Langs: []string{"de"}}, escalation.Plan{Langs: []string{"es"}}, false},
	} {
		h := house()
		h.Ladders = append(h.Ladders,
			escalation.Ladder{ID: "loud", Fallback: "fb", Levels: []escalation.Level{level(time.Second, "ann")}},
			escalation.Ladder{ID: "slow", Fallback: "fb", Levels: []escalation.Level{level(time.Hour, "ann")}})
		row.low.ID, row.low.Owner, row.low.Ladder, row.low.Severities = "low", "ann", "loud", []triage.Severity{triage.Elevated}
		row.high.ID, row.high.Owner, row.high.Ladder, row.high.Severities = "high", "ann", "slow", []triage.Severity{triage.Serious}
		h.Plans[0].Ladder, h.Plans[1].Ladder = "loud", "loud"
		h.Ladders = h.Ladders[1:]
		h.Plans = append(h.Plans, row.low, row.high)
		_, err := h.Compile(escalation.Options{})
		const want = "plans[2].ladder: elevated by ladder loud pages louder than serious"
		assert.Equal(t, row.found, err != nil && strings.Contains(err.Error(), want), "%s: %v", row.reason, err)
	}
}

// TestGarbage compiles what nobody would write: it is refused, every problem with its path, and nothing panics or hangs.
func TestGarbage(t *testing.T) {
	circle := large(1_000)
	circle.Members[len(circle.Members)-1].Boss = "m0"
	circle.Locations["p1000"], circle.Brands["b1000"] = "p0", "b0"
	circle.Covers = append(circle.Covers, roster.Cover{Kind: roster.Leave, Who: "m999", By: "m0",
		From: circle.Covers[0].From, To: circle.Covers[0].To})
	empty := escalation.Hierarchy{
		Members: make([]escalation.Member, 3), Teams: make([]escalation.Team, 2), Calendars: make([]roster.Calendar, 2),
		Rosters: make([]roster.Roster, 2), Covers: make([]roster.Cover, 2), Ladders: make([]escalation.Ladder, 2),
		Plans: make([]escalation.Plan, 2), Watches: make([]escalation.Watch, 2),
		Locations: map[string]string{"": ""}, Brands: map[string]string{"a": "a"}}
	empty.Rosters[1].Layers = []roster.Layer{{}, {Rotations: make([]roster.Rotation, 2)}}
	empty.Ladders[1].Levels = make([]escalation.Level, 2)
	empty.Plans[1].Objectives = map[escalation.Objective]escalation.Duration{"": {}}
	empty.Members[1].Authority = make([]escalation.Authority, 1)
	empty.Members[1].Certified = make([]escalation.Certified, 1)
	empty.Members[1].Contacts = make([]escalation.Contact, 1)
	for _, row := range []struct {
		reason string
		house  escalation.Hierarchy
		want   []string
	}{
		{"empty structs", empty, []string{"members[0].id: there is no id", "covers[1]: a cover needs both from and to",
			"ladders[1].levels[1].wait: 0s is no time to answer in"}},
		{"circles of a thousand", circle, []string{
			"locations.p0: a circle: p0 -> p1 -> ", "brands.b0: a circle: ", ".boss: a circle of bosses: ", "a circle of covers: "}},
		{"longer than anybody waits", with(house(), func(h *escalation.Hierarchy) {
			h.Ladders[0].Levels[0].Wait = spec.Of(1<<63 - 1)
			h.Ladders[0].Idle = spec.Of(1<<63 - 1)
			h.Plans[0].Objectives[escalation.Update] = escalation.Duration{Within: spec.Of(1<<63 - 1), Elapsed: true}
		}), []string{"ladders[0].levels[0].wait: ", "ladders[0].idle: ", "plans[0].objectives.update.within: "}},
	} {
		_, err := row.house.Compile(escalation.Options{})
		var problems spec.Problems
		require.ErrorAs(t, err, &problems, row.reason)
		for _, want := range row.want {
			assert.Contains(t, err.Error(), want, row.reason)
		}
	}
}

// TestExtremeInstants: at the ends of time a climb and its clocks answer, and can be stored.
func TestExtremeInstants(t *testing.T) {
	h := timed()
	h.Rosters = []roster.Roster{{ID: "phone", Layers: []roster.Layer{{Rotations: []roster.Rotation{
		{Calendar: "days", From: "2026-06-15", Every: roster.Day, Slots: []string{"ann", "bob"}}}}}}}
	h.Ladders[0].Levels[0].To = []string{"phone", "owner"}
	h.Calendars[0].Week.Dates = []hours.Date{{On: "9999-12-31"}}
	d := compile(t, h)
	year := func(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }
	for _, now := range []time.Time{{}, year(1), year(-5), year(10_000).Add(-1), year(12_000), time.Unix(1<<62, 0), time.Unix(-1<<62, 0)} {
		c, pages := d.Open(escalation.Matter{}, now)
		require.NotEmpty(t, pages, "%s", now)
		for _, mv := range []escalation.Move{{Kind: escalation.TimeUp},
			{Kind: escalation.Deferred, Until: time.Date(20000, 1, 1, 0, 0, 0, 0, time.UTC)},
			{Kind: escalation.Took, By: "ann"}, {Kind: escalation.Released}, {Kind: escalation.TimeUp}} {
			c, _ = d.Climb(c, mv, now)
			c, _ = d.Climb(c, mv, c.Due())
			_, err := json.Marshal(c)
			require.NoError(t, err, "%s", now)
			require.False(t, c.Taken == "" && c.Due().IsZero(), "%s", now)
		}
		for _, o := range []escalation.Objective{escalation.Take, escalation.FirstReply, escalation.Update, escalation.Resolve} {
			k, ok := d.Start("rest", o, now)
			require.True(t, ok)
			k = d.Resume("rest", k.Pause("customer", now), "customer", time.Date(30000, 1, 1, 0, 0, 0, 0, time.UTC)).Said(now)
			k, _ = k.Elapse(now)
			_, err := json.Marshal(k)
			require.NoError(t, err, "%s %s", o, now)
		}
	}
}
