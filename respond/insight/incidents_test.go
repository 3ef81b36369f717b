package insight_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/incident/account"
	"github.com/reputekit/reputation/respond/insight"
	"github.com/reputekit/reputation/respond/insight/survey"
)

// crises are three incidents: one that was led to its end, one that was dismissed, one that still runs.
func crises() []account.Account {
	outage := incident.Matter{Category: "outage"}
	said := func(from, next, followed int, missed bool) account.Said {
		x := account.Said{At: at(from), Next: at(next), Missed: missed}
		if followed > 0 {
			x.Followed = at(followed)
		}
		return x
	}
	return []account.Account{
		{
			ID: "a", State: incident.Examined, Matter: outage, Opened: at(0), Declared: at(20), Over: at(300),
			Cases:    account.Joining{Joined: 40},
			Commands: []account.Command{{Member: "ana"}, {Member: "cleo"}},
			Pages:    []account.Paged{{At: at(0)}, {At: at(5)}, {At: at(20), Relief: true}},
			Said:     []account.Said{said(30, 60, 55, false), said(55, 115, 130, true), said(130, 320, 300, false)},
			Findings: &incident.Examination{By: "ana", At: at(900), Cause: "a cable"},
		},
		{ID: "b", State: incident.Dismissed, Matter: outage, Opened: at(10), Over: at(250), Pages: []account.Paged{{At: at(10)}}},
		{
			ID: "c", State: incident.Declared, Matter: incident.Matter{Category: "leak"}, Crowd: true, Opened: at(0).AddDate(0, 0, 7),
			Declared: at(60).AddDate(0, 0, 7), Cases: account.Joining{Joined: 2},
			Said: []account.Said{{At: at(70).AddDate(0, 0, 7), Next: at(100).AddDate(0, 0, 7)}},
		},
	}
}

func TestIncidentsByHand(t *testing.T) {
	r := insight.TellIncidents(slices.Values(crises()), insight.Options{Zone: madrid(t)})
	x := r.All.Incidents
	assert.Equal(t, 2, x.Suspected)
	assert.Equal(t, 1, x.Crowds)
	assert.Equal(t, 2, x.Declared)
	assert.Equal(t, 1, x.Dismissed)
	assert.Equal(t, 1, x.Resolved)
	assert.Equal(t, 1, x.Examined)
	assert.Equal(t, 42, x.Cases)
	assert.Equal(t, 3, x.Pages, "a page that relieves calls nobody")
	assert.Equal(t, []int64{minutes(20), minutes(60)}, []int64{x.ToDeclare.Least, x.ToDeclare.Most})
	assert.Equal(t, []int64{minutes(30), minutes(70)}, []int64{x.ToStatement.Least, x.ToStatement.Most})
	assert.Equal(t, 1, x.ToEnd.N, "what was dismissed has no end of a crisis")
	assert.Equal(t, insight.Kept{InTime: 2, Late: 1, Open: 1}, x.News, "the incident's end follows the last promise")
	assert.Zero(t, r.All.Cases, "cases are told of by their own trails")

	assert.Equal(t, 1, r.By[insight.ByCategory]["outage"].Incidents.Declared)
	assert.Equal(t, 1, r.By[insight.ByOwner]["cleo"].Incidents.Declared, "who commanded last")
	assert.Empty(t, r.By[insight.ByChannel], "an incident has no channel")
	assert.Equal(t, 1, r.By[insight.ByWeek]["2026-W26"].Incidents.Crowds)
	early := insight.TellIncidents(slices.Values(crises()), insight.Options{Until: at(60)}).All.Incidents
	assert.Equal(t, []int{2, 1, 0, 0}, []int{early.Suspected, early.Declared, early.Resolved, early.Crowds},
		"what came later is not known yet")
	assert.Equal(t, insight.Kept{InTime: 1, Open: 1}, early.News)
}

func TestIncidentsStandBesideTheCases(t *testing.T) {
	rules := house(t, alone)
	cases := insight.Tell(slices.Values([]insight.Trail{resolved(t, rules).trail()}), insight.Options{Zone: madrid(t)})
	parts := crises()
	whole := insight.TellIncidents(slices.Values(parts), insight.Options{Zone: madrid(t)})
	one := insight.TellIncidents(slices.Values(parts[:1]), insight.Options{Zone: madrid(t)})
	rest := insight.TellIncidents(slices.Values(parts[1:]), insight.Options{Zone: madrid(t)})
	require.Equal(t, encode(t, whole), encode(t, one.Merge(rest)), "parts put together are the whole")
	require.Equal(t, encode(t, whole), encode(t, rest.Merge(one)))

	both := cases.Merge(whole)
	var stored insight.Report
	require.NoError(t, json.Unmarshal([]byte(encode(t, both)), &stored))
	require.Equal(t, encode(t, both), encode(t, stored))
	assert.Equal(t, 1, both.All.Cases)
	var text strings.Builder
	require.NoError(t, both.Week("2026-W25", insight.Notes{}).Text(&text))
	assert.Contains(t, text.String(), "Incidents: 2 suspected, 0 crowds, 1 declared, 1 dismissed, 1 resolved; 40 cases, 3 pages; "+
		"declared, half of them within 20 min 0 s (of 1: small count); a first word to the public, half of them within 30 min "+
		"0 s (of 1: small count); over, half of them within 5 h 0 min (of 1: small count); promised updates in time: 66.7 % "+
		"(of 3: small count)")
	text.Reset()
	require.NoError(t, cases.Week("2026-W25", insight.Notes{}).Text(&text))
	assert.NotContains(t, text.String(), "Incidents", "no incident is no line")
}

// surveyed is a trail that ends with what the customer answered.
func surveyed(s *story, answers ...event.Surveyed) insight.Trail {
	entries := slices.Clone(s.entries)
	for n, a := range answers {
		entries = append(entries, respond.Entry{
			Seq: s.c.Seq + 1 + n, At: s.c.At.Add(time.Minute), Event: event.Event{ID: a.Version, At: s.c.At, By: event.Customer, Body: a},
		})
	}
	return insight.Trail{Start: s.start, Entries: slices.Values(entries)}
}

func TestSurveysStandInTheReport(t *testing.T) {
	rules := house(t, alone)
	trails := []insight.Trail{
		surveyed(resolved(t, rules), event.Surveyed{Scale: event.NPS, Score: 10},
			event.Surveyed{Scale: event.CES, Version: "2.0", Score: 6}),
		surveyed(thanked(t, rules), event.Surveyed{Scale: event.NPS, Score: 0},
			event.Surveyed{Scale: event.CES, Version: "1.0", Score: 2}),
		surveyed(settled(t, rules), event.Surveyed{Scale: event.NPS, Score: 9}, event.Surveyed{Scale: event.NPS, Score: 11},
			event.Surveyed{Scale: event.CSAT, Score: 5}, event.Surveyed{Scale: "stars", Score: 5}),
	}
	o := insight.Options{Zone: madrid(t)}
	r := insight.Tell(slices.Values(trails), o)
	assert.Equal(t, map[string]survey.Counts{"nps": {10: 1, 0: 1, 9: 1}, "csat": {5: 1}, "ces 2.0": {6: 1}, "ces 1.0": {2: 1}},
		r.All.Surveys, "versions never mix, and what is off its scale is no answer")
	nps, ok := r.All.Surveys["nps"].NPS()
	assert.True(t, ok)
	assert.Equal(t, survey.Score{N: 3, Value: 3333}, nps)
	_, ok = insight.Figures{}.Surveys["nps"].NPS()
	assert.False(t, ok, "no answers: no value, not 0")

	a, b := insight.Tell(slices.Values(trails[:1]), o), insight.Tell(slices.Values(trails[1:]), o)
	before := encode(t, a)
	assert.Equal(t, encode(t, r), encode(t, a.Merge(b)))
	assert.Equal(t, encode(t, r), encode(t, b.Merge(a)))
	assert.Equal(t, before, encode(t, a), "merging alters neither")

	week := ""
	for w, f := range r.By[insight.ByWeek] {
		if len(f.Surveys["csat"]) > 0 {
			week = w
		}
	}
	var text strings.Builder
	require.NoError(t, r.Week(week, insight.Notes{}).Text(&text))
	assert.Contains(t, text.String(), "CSAT: 100.0 % are satisfied (of 1: small count; with 95 % certainty 20.7 % to 100.0 %)")
}
