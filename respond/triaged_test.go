package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention/group"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// What is known of a first message beside what it says: the machine's rows for a declared incident and for a group that a
// person has confirmed as spam.
func TestTriagedBesideAnIncidentAndAGroup(t *testing.T) {
	const outage, flight = "Fjordwing is down, cannot check in", "@Fjordwing you cancelled my flight to Oslo"
	spam := group.Reading{Group: "g", Size: 7, Authors: 7, Spam: true}
	told := event.Told{Version: 2, Text: "Our site is down.", Next: tuesday.Add(time.Hour)}
	for _, row := range []struct {
		reason   string
		text     string
		incident string
		copies   group.Reading
		stage    followup.Stage
		outcome  followup.Outcome
		held     bool
	}{
		{"a crisis that nobody has declared", outage, "", group.Reading{}, followup.Fresh, "", false},
		{"one that is declared holds him from the first", outage, "in", group.Reading{}, followup.Fresh, "", true},
		{"but only who is in it", flight, "in", group.Reading{}, followup.Fresh, "", false},
		{"nothing holds danger to life", "Fjordwing is down and a man lies unconscious at the gate", "in", group.Reading{},
			followup.Fresh, "", false},
		{"copies are no spam until a person says so", flight, "", group.Reading{Group: "g", Size: 7}, followup.Fresh, "", false},
		{"then there is no customer behind them", flight, "", spam, followup.Closed, followup.NotGenuine, false},
		{"a crisis is none the less one", outage, "", spam, followup.Fresh, "", false},
		{"and held", outage, "in", spam, followup.Fresh, "", true},
	} {
		m := post("1", row.text, tuesday)
		s := newStory(t, shippedRules(t), m)
		b := event.Received{Mention: m, Incident: row.incident, Told: told, Copies: row.copies}
		entry := s.do(tuesday, event.Customer, b)
		assert.Equal(t, row.stage, s.c.Stage, row.reason)
		assert.Equal(t, row.outcome, s.c.Outcome, row.reason)
		require.Equal(t, row.held, s.c.Hold != nil, row.reason)
		if row.held {
			assert.Equal(t, told, s.c.Hold.Says, row.reason)
			assert.Len(t, asked[effect.Join](entry), 1, "%s: and the incident hears of it", row.reason)
			before := len(s.trail)
			s.do(tuesday, event.Host, event.JoinedIncident{Incident: "in", Told: told})
			assert.Len(t, s.trail, before, "%s: that is no news", row.reason)
			assert.False(t, hasRunning(s.c.Clocks), "%s: what we owe stands still", row.reason)
		}
		if row.stage == followup.Closed {
			assert.Empty(t, asked[effect.Tell](entry), row.reason)
			assert.Empty(t, asked[effect.Send](entry), row.reason)
			assert.True(t, s.c.Owed.IsZero(), row.reason)
			assert.Contains(t, entry.Because[0], "confirmed as spam", row.reason)
		}
		s.replay()
	}
}

func hasRunning(clocks []escalation.Clock) bool {
	for _, k := range clocks {
		if len(k.Pauses) == 0 {
			return true
		}
	}
	return false
}
