package escalation_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
)

// rostered is the house with a night duty that gus and hal take in turns, from ten in the evening to six.
func rostered() escalation.Hierarchy {
	h := duty(house(), "ann", "bob")
	h.Members = append(h.Members, member("gus", ""), member("hal", "days"))
	h.Calendars = append(h.Calendars,
		week("nights", "Europe/London", hours.Span{From: "22:00", To: "06:00"}))
	h.Rosters = []roster.Roster{{ID: "night", Hours: "nights", Layers: []roster.Layer{{Rotations: []roster.Rotation{
		{Calendar: "nights", From: "2026-06-15", At: "12:00", Every: roster.Day, Slots: []string{"gus", "hal"}}}}}}}
	h.Ladders[0].Levels[1].To = []string{"night"}
	return h
}

func TestDutyByRoster(t *testing.T) {
	h := rostered()
	h.Covers = []roster.Cover{
		{Kind: roster.Leave, Who: "ann", From: at(t, "2026-06-17 00:00"), To: at(t, "2026-06-18 00:00")},
		{Kind: roster.Leave, Who: "gus", By: "cy", From: at(t, "2026-06-19 12:00"), To: at(t, "2026-06-20 12:00")},
		{Kind: roster.Leave, Who: "cy", By: "dee", From: at(t, "2026-06-20 00:00"), To: at(t, "2026-06-20 12:00")},
	}
	h.Members = append(h.Members, member("dee", ""))
	d := compile(t, h)
	for _, row := range []struct {
		reason, member, at string
		want               bool
	}{
		{"his night", "gus", "2026-06-15 23:00", true},
		{"not the day after: he has no calendar but a roster", "gus", "2026-06-16 12:00", false},
		{"not the other's night", "gus", "2026-06-16 23:00", false},
		{"somebody with a calendar has his days", "hal", "2026-06-16 10:00", true},
		{"and his nights", "hal", "2026-06-16 23:00", true},
		{"and nothing else", "hal", "2026-06-15 23:00", false},
		{"on leave she is not on duty, whatever her calendar says", "ann", "2026-06-17 10:00", false},
		{"the day after she is", "ann", "2026-06-18 10:00", true},
		{"who covers has the turn", "cy", "2026-06-19 23:00", true},
		{"until he is on leave", "cy", "2026-06-20 00:00", false},
		{"and who covers that has it", "dee", "2026-06-20 00:00", true},
		{"who is covered has not", "gus", "2026-06-19 23:00", false},
	} {
		assert.Equal(t, row.want, d.OnDuty(row.member, at(t, row.at)), row.reason)
	}
	assert.Equal(t, []string{"ann", "bob", "fb", "hal"}, d.Present(at(t, "10:00")),
		"cy, who covers a turn and has no calendar, is on duty then alone")
	assert.Equal(t, []string{"fb", "hal"}, d.Present(at(t, "23:00")))
}

// TestLeaveIsCovered asks for the owner while she is away.
func TestLeaveIsCovered(t *testing.T) {
	from, to := at(t, "2026-06-17 00:00"), at(t, "2026-06-18 00:00")
	for _, row := range []struct {
		reason string
		covers []roster.Cover
		acting string
		why    string
	}{
		{"she is there", nil, "ann", "ann is on duty"},
		{"who covers her leave acts", []roster.Cover{{Kind: roster.Leave, Who: "ann", By: "cy", From: from, To: to}}, "cy",
			"ann is on leave, cy covers and is on duty"},
		{"nobody covers: the back-up", []roster.Cover{{Kind: roster.Leave, Who: "ann", From: from, To: to}}, "bob",
			"ann is on leave until Thu 09:00 Europe/London"},
		{"who covers is on leave and covered too", []roster.Cover{
			{Kind: roster.Leave, Who: "ann", By: "cy", From: from, To: to},
			{Kind: roster.Leave, Who: "cy", By: "fb", From: from, To: to}}, "fb",
			"ann is on leave, fb covers and is on duty"},
		{"who covers is on leave and not covered", []roster.Cover{
			{Kind: roster.Leave, Who: "ann", By: "cy", From: from, To: to},
			{Kind: roster.Leave, Who: "cy", From: from, To: to}}, "bob",
			"ann is on leave until Thu 09:00 Europe/London"},
	} {
		h := duty(house(), "ann")
		h.Covers = row.covers
		a := compile(t, h).Assign(escalation.Matter{}, at(t, "2026-06-17 10:00"))
		assert.Equal(t, row.acting, a.Acting, row.reason)
		assert.Equal(t, "ann", a.Owner, "%s: she still owns it", row.reason)
		assert.Equal(t, row.why, a.Because[1], row.reason)
	}
}

// TestLevelOfARoster tells a level that names a roster: whoever has the turn when it is told.
func TestLevelOfARoster(t *testing.T) {
	d := compile(t, rostered())
	for _, row := range []struct {
		reason, at, want string
	}{
		{"his night", "2026-06-15 22:30", "gus"},
		{"the other's", "2026-06-16 22:30", "hal"},
		{"nobody has the turn by day: the next level", "2026-06-16 18:30", "cy"},
	} {
		_, pages := d.Open(escalation.Matter{}, at(t, row.at))
		require.Len(t, pages, 1, row.reason)
		assert.Equal(t, row.want, pages[0].Member, row.reason)
	}
	_, pages := d.Open(escalation.Matter{}, at(t, "2026-06-16 18:30"))
	assert.Contains(t, pages[0].Because, "nobody has the turn in night until 21:00 UTC")

	h := rostered()
	h.Ladders[0].Levels[1].Empty = "hold"
	h.Ladders[0].Levels = h.Ladders[0].Levels[1:]
	c, pages := compile(t, h).Open(escalation.Matter{}, at(t, "2026-06-16 18:30"))
	assert.Empty(t, pages, "the level holds")
	assert.Equal(t, at(t, "2026-06-16 21:00"), c.Due(), "until somebody has the turn")
	c, pages = compile(t, h).Climb(c, escalation.Move{Kind: escalation.TimeUp}, c.Due())
	require.Len(t, pages, 1)
	assert.Equal(t, "hal", pages[0].Member)
	assert.True(t, c.Due().After(at(t, "2026-06-16 21:00")))
}

func TestNextAndCoverage(t *testing.T) {
	h := rostered()
	h.Covers = []roster.Cover{{Kind: roster.Leave, Who: "hal", Because: "wedding",
		From: at(t, "2026-06-18 12:00"), To: at(t, "2026-06-19 12:00")}}
	d := compile(t, h)
	next, ok := d.Next("night", at(t, "2026-06-15 22:00"))
	require.True(t, ok)
	assert.Equal(t, roster.Shift{Roster: "night", From: at(t, "2026-06-16 05:00"), To: at(t, "2026-06-16 21:00")}, next)
	next, ok = d.Next("night", next.From)
	require.True(t, ok)
	assert.Equal(t, []string{"hal"}, next.On)
	_, ok = d.Next("nowhere", next.From)
	assert.False(t, ok)
	assert.Equal(t, []string{"night"}, d.Roster().Rosters())

	c := d.Coverage(at(t, "2026-06-15 12:00"), at(t, "2026-06-22 12:00"))
	assert.Empty(t, c.Overlaps)
	assert.Equal(t, []roster.Shift{{Roster: "night", From: at(t, "2026-06-18 21:00"), To: at(t, "2026-06-19 05:00")}}, c.Holes,
		"the night of the wedding, seen before it comes")
}

// TestFallbackOfARoster tells everybody who takes turns, on duty or not.
func TestFallbackOfARoster(t *testing.T) {
	h := rostered()
	h.Ladders[0].Levels, h.Ladders[0].Repeat = []escalation.Level{level(time.Minute, "ann")}, 0
	h.Ladders[0].Fallback = "night"
	d := compile(t, h)
	_, pages := d.Open(escalation.Matter{}, at(t, "2026-06-16 18:30"))
	require.Len(t, pages, 2)
	assert.Equal(t, "gus hal", pages[0].Member+" "+pages[1].Member)
}
