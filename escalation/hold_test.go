package escalation_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
	"github.com/reputekit/reputation/triage"
)

// turnsHouse has rosters of one or two layers among its members, leave and other covers, in the three weeks from start.
func turnsHouse(r *rand.Rand, start time.Time) escalation.Hierarchy {
	h := house()
	h.Calendars = append(h.Calendars,
		week("berlin", "Europe/Berlin", hours.Span{Days: []string{"mon-fri"}, From: "09:00", To: "17:00"}),
		week("nights", "America/New_York", hours.Span{From: "22:00", To: "06:00"}),
		week("sunday", "Australia/Lord_Howe", hours.Span{Days: []string{"sun"}, From: "00:00", To: "24:00"}))
	calendar := func() string { return []string{"days", "berlin", "nights", "sunday"}[r.IntN(4)] }
	who := func() string { return []string{"ann", "bob", "cy"}[r.IntN(3)] }
	for i := range h.Members[:3] {
		if r.IntN(2) == 0 {
			h.Members[i].Calendar = calendar()
		}
	}
	for i := range 1 + r.IntN(2) {
		x := roster.Roster{ID: fmt.Sprintf("r%d", i)}
		for range 1 + r.IntN(2) {
			x.Layers = append(x.Layers, roster.Layer{Rotations: []roster.Rotation{{Calendar: calendar(),
				From: start.Format(time.DateOnly), At: "09:00", Every: []roster.Unit{roster.Day, roster.Week}[r.IntN(2)],
				Slots: []string{who(), "", who()}[r.IntN(2):]}}})
		}
		h.Rosters = append(h.Rosters, x)
	}
	for range r.IntN(4) {
		from := start.Add(time.Duration(r.IntN(21*96)) * 15 * time.Minute)
		x := roster.Cover{Kind: roster.Leave, Who: "ann", From: from, To: from.Add(time.Duration(1+r.IntN(5*96)) * 15 * time.Minute)}
		if r.IntN(2) == 0 {
			x.Who, x.By = "bob", "cy"
		}
		if r.IntN(3) == 0 {
			x.Kind, x.By = roster.Swap, "cy"
		}
		h.Covers = append(h.Covers, x)
	}
	to := []string{[]string{"r0", "ann", "desk", "owner"}[r.IntN(4)], []string{"r0", "bob"}[r.IntN(2)]}
	h.Ladders[0].Levels[0] = escalation.Level{To: to, Wait: h.Ladders[0].Levels[0].Wait, Empty: "hold"}
	return h
}

// TestHoldIsTheSlowOne holds a level until somebody is on duty, and looks for that instant one quarter of an hour after
// the other.
func TestHoldIsTheSlowOne(t *testing.T) {
	r := rand.New(rand.NewPCG(20, 21))
	held, told := 0, 0
	for n := range 150 {
		start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(260))
		h := turnsHouse(r, start)
		d := compile(t, h)
		now := start.AddDate(0, 0, 1).Add(time.Duration(r.IntN(14*96)) * 15 * time.Minute)
		on := func(at time.Time) bool {
			for _, id := range h.Ladders[0].Levels[0].To {
				people := []string{id}
				switch id {
				case "desk", "owner":
					people = []string{"ann", "bob"}
				case "r0":
					people = d.Roster().On("r0", at)
				}
				for _, one := range people {
					if leave, away := d.Roster().Away(one, at); away && leave.By != "" {
						one = leave.By // cy, who is never on leave
					}
					if d.OnDuty(one, at) {
						return true
					}
				}
			}
			return false
		}
		c, pages := d.Open(escalation.Matter{Severity: triage.Elevated}, now)
		if on(now) {
			told++
			require.NotEmpty(t, pages, "house %d", n)
			require.Zero(t, c.Level, "house %d: somebody is on duty at the first level", n)
			continue
		}
		at := now
		for !on(at) && at.Before(now.AddDate(0, 0, 40)) {
			at = at.Add(15 * time.Minute)
		}
		if !on(at) {
			continue // in the far future, or never
		}
		held++
		require.Empty(t, pages, "house %d: the level holds", n)
		require.Equal(t, at, c.Due(), "house %d: %+v", n, h.Ladders[0].Levels[0])
		_, pages = d.Climb(c, escalation.Move{Kind: escalation.TimeUp}, c.Due())
		require.NotEmpty(t, pages, "house %d: and then tells", n)
	}
	require.Greater(t, held, 50)
	require.Greater(t, told, 50)
}
