package incident_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

// What is over wakes nobody: who was held has the whole time again from when his turn is, and where nobody is on duty that
// is in the morning. Danger to life waits for nobody.
func TestWhatIsLetGoAtNightWakesNobody(t *testing.T) {
	byDay := func(s *respond.Specs) {
		for i := range s.Hierarchy.Members {
			s.Hierarchy.Members[i].Calendar = "days"
		}
	}
	for _, row := range []struct {
		reason string
		change func(*respond.Specs)
		then   string // what the customer writes after it is over
		due    string // of the answer; Madrid is two hours ahead
		told   string // the first who is
	}{
		{"everybody sleeps", byDay, "", "07:15", "07:15 ana"},
		{"ben is on duty", func(*respond.Specs) {}, "", "02:15", "02:15 ben"},
		{"everybody sleeps, and now somebody is in danger", byDay, "and now a passenger is unconscious",
			"02:35", "02:30 cleo"},
	} {
		specs, err := read()
		require.NoError(t, err, row.reason)
		row.change(&specs)
		rules, err := respond.NewRules(specs, respond.Options{})
		require.NoError(t, err, row.reason)
		var told []string
		c, n := respond.New("acme", "case-1"), 0
		step := func(at time.Time, by string, body event.Body) {
			n++
			id := event.RequestID(string(rune('a' + n)))
			if _, ticks := body.(event.Elapsed); ticks {
				id = event.ElapsedID(c.ID, at)
			}
			next, entry, err := respond.Step(rules, c, event.Event{ID: id, At: at, By: by, Body: body}, at)
			require.NoError(t, err, row.reason)
			c = next
			for _, x := range entry.Effects {
				if tell, ok := x.Body.(effect.Tell); ok && !tell.Relief {
					told = append(told, at.Format("15:04 ")+tell.Member)
				}
			}
		}
		write := func(at time.Time, id, text string) {
			step(at, event.Customer, event.Received{Mention: mention.Mention{
				Ref: mention.Ref{Channel: "chirp", ID: id}, Account: "fjordwing", Text: text, Lang: "en", PostedAt: at, ReceivedAt: at,
				Author: mention.Author{ID: "u", Handle: "dana"}, Visibility: mention.Private, Kind: mention.Message,
			}})
		}
		write(night, "1", "Fjordwing is down, cannot check in")
		step(night.Add(13*time.Minute), event.Host, event.JoinedIncident{Incident: "i"})
		over := time.Date(2026, 6, 16, 2, 0, 0, 0, time.UTC)
		told = nil
		from := incident.Spread(rules, incident.Incident{Matter: incident.Matter{Category: "outage"}},
			[]incident.Waiting{{Case: c.ID, Priority: c.Priority()}}, 60, over)
		step(over, event.Host, event.IncidentOver{Incident: "i", From: from[0]})
		require.True(t, c.Calm, row.reason)
		if row.then != "" {
			write(over.Add(30*time.Minute), "2", row.then)
		}
		assert.Equal(t, row.due, c.Clocks[0].Due.Format("15:04"), "%s: the whole time, not the two minutes that were left", row.reason)
		for len(told) == 0 {
			step(c.Due(), event.Clock, event.Elapsed{})
		}
		assert.Equal(t, row.told, told[0], row.reason)
	}
}
