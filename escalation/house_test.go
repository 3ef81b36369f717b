package escalation_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
	"github.com/reputekit/reputation/mention/spec"
)

// at reads "08:15" or "08:15:30" on Tuesday 2026-06-16, or a date and a time, in UTC.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05"} {
		for _, day := range []string{"", "2026-06-16 "} {
			if x, err := time.Parse(layout, day+s); err == nil {
				return x
			}
		}
	}
	t.Fatalf("%q is not an instant", s)
	return time.Time{}
}

func member(id, calendar string) escalation.Member {
	return escalation.Member{ID: id, Name: id, Calendar: calendar, Contacts: []escalation.Contact{
		{Kind: "push", Address: id + "'s app"}, {Kind: "phone", Address: id + "'s phone"}}}
}

func level(wait time.Duration, to ...string) escalation.Level {
	return escalation.Level{To: to, Wait: spec.Of(wait)}
}

// house is the ladder of the specification: ann, bob and cy for 15, 30 and 60 minutes, twice, then fb.
func house() escalation.Hierarchy {
	ladder := escalation.Ladder{ID: "main", Repeat: 1, Fallback: "fb", Levels: []escalation.Level{
		level(15*time.Minute, "ann"), level(30*time.Minute, "bob"), level(time.Hour, "cy")}}
	return escalation.Hierarchy{
		Members: []escalation.Member{member("ann", ""), member("bob", ""), member("cy", ""), member("fb", "")},
		Teams:   []escalation.Team{{ID: "desk", Members: []string{"ann", "bob"}}},
		Calendars: []roster.Calendar{
			{ID: "days", Zone: "Europe/London", Week: hours.Week{Open: []hours.Span{
				{Days: []string{"mon-fri"}, From: "09:00", To: "17:00"}}}},
		},
		Ladders: []escalation.Ladder{ladder},
		Plans: []escalation.Plan{
			{ID: "rest", Owner: "ann", Backups: []string{"bob"}, Ladder: "main", Hours: "days",
				Objectives: map[escalation.Objective]escalation.Duration{
					escalation.FirstReply: {Within: spec.Of(8 * time.Hour)},
					escalation.Update:     {Within: spec.Of(time.Hour), Elapsed: true},
				}},
			{ID: "life", Categories: []string{"life"}, Owner: "ann", Ladder: "main"},
		},
	}
}

// duty gives members the office calendar: on duty in London from 09:00 to 17:00, which is 08:00 to 16:00 UTC.
func duty(h escalation.Hierarchy, ids ...string) escalation.Hierarchy {
	for i, m := range h.Members {
		for _, id := range ids {
			if m.ID == id {
				h.Members[i].Calendar = "days"
			}
		}
	}
	return h
}

func compile(t testing.TB, h escalation.Hierarchy) *escalation.Directory {
	t.Helper()
	d, err := h.Compile(escalation.Options{})
	require.NoError(t, err)
	return d
}
