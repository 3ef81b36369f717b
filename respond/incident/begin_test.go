package incident_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/surge"
)

func surged(category string, at time.Time) event.Surged {
	return event.Surged{
		Series: surge.Key("acme", category, ""), Since: at, Category: category, Brand: "Fjordwing",
		Seen: 60, Expected: 4, Times: 7000, Mention: mention.Ref{Channel: "chirp", ID: "s"},
	}
}

func TestASurgeOpensASuspicionWithoutACase(t *testing.T) {
	for _, category := range []string{"outage", "cancellation"} {
		c := newCrisis(t)
		first := c.do(night, event.Host, surged(category, night))
		assert.Equal(t, incident.Suspected, c.in.State, "a surge in %s is a suspicion, whether or not it is a crisis category", category)
		assert.Len(t, tells(first), 1, "one page")
		assert.NotEmpty(t, keyOf[effect.Hold](t, first), "scheduled posts are held")
		assert.Zero(t, c.in.Cases)
		assert.Contains(t, c.in.Keys(), surge.Key("acme", category, ""), "the row of the surge leads to it")
		assert.Contains(t, c.in.Keys(), incident.Key("acme", category), "and so does the category: its cases join")

		again := c.do(night.Add(time.Minute), event.Host, surged(category, night))
		assert.Zero(t, again.Seq, "the same surge is told once")
		other := c.do(night.Add(time.Hour), event.Host, surged(category, night.Add(time.Hour)))
		assert.Empty(t, other.Effects, "another one pages nobody anew")
		over := c.do(night.Add(90*time.Minute), event.Host, event.Subsided{Series: surge.Key("acme", category, ""), Since: night})
		assert.Contains(t, over.Because[0], "subsided")
		assert.Empty(t, over.Effects)
		assert.Equal(t, incident.Suspected, c.in.State, "that less is said ends no crisis: only a person does")
		assert.Contains(t, c.refused(night, event.Host, event.Subsided{Series: "x", Since: night}), "no such surge")
		c.replay()
	}
}

func TestOneSurgeOneIncident(t *testing.T) {
	key := surge.Key("acme", "outage", "")
	assert.Equal(t, incident.ID("acme", "outage", surge.ID(key, night)), incident.ID("acme", "outage", surge.ID(key, night)))
	assert.NotEqual(t, event.SurgedID(key, night), event.SurgedID(key, night.Add(time.Hour)))
	c := newCrisis(t)
	c.do(night, event.Host, surged("outage", night))
	assert.Empty(t, tells(c.join(night, 1)), "a case that comes after the surge pages nobody")
	assert.Contains(t, c.refused(night, event.Host, surged("cancellation", night)), "another")
	c.refused(night, event.Host, event.Surged{Category: "outage"})
}

// crowd is many strangers at one subject, of no crisis category.
func crowd(at time.Time) event.Surged {
	s := surged("", at)
	s.Series, s.Authors = surge.CrowdKey("acme", "chirp", "Fjordwing"), 58
	return s
}

func TestACrowdIsOneQuestion(t *testing.T) {
	day := time.Date(2026, 6, 16, 9, 0, 0, 0, time.UTC)
	c := newCrisis(t)
	first := c.do(day, event.Host, crowd(day))
	assert.Equal(t, incident.Crowd, c.in.State)
	assert.Equal(t, []string{"ana"}, tells(first), "the owner is asked, once")
	assert.Empty(t, keyed[effect.Hold](first), "it is no crisis: posts go on")
	assert.Equal(t, triage.Routine, first.Effects[0].Body.(effect.Tell).Severity)
	c.do(day, event.Channel, event.Delivered{Key: keyOf[effect.Tell](t, first)})
	assert.Contains(t, c.refused(day, event.Clock, event.Decided{Decision: "leave standing"}), "no member")
	assert.Contains(t, c.refused(day, "ana", event.Assessed{}), "crowd")
	c.do(day, "ana", event.Taken{})
	require.False(t, c.in.Due().IsZero(), "a question that is taken is not forgotten")
	done := c.do(day.Add(time.Minute), "ana", event.Decided{Decision: "leave standing"})
	assert.Equal(t, "leave standing", c.in.Decision)
	assert.Equal(t, incident.Dismissed, c.in.State)
	assert.Empty(t, keyed[effect.Resume](done), "nothing was held")
	assert.Empty(t, keyed[effect.ReleaseCases](done), "no case was in it")
	c.replay()
}

func TestWhatBecomesOfACrowd(t *testing.T) {
	day := time.Date(2026, 6, 16, 9, 0, 0, 0, time.UTC)
	for _, row := range []struct {
		reason string
		then   func(c *crisis)
		want   incident.State
	}{
		{"it goes away by itself", func(c *crisis) {
			c.do(day.Add(time.Hour), event.Host, event.Subsided{Series: crowd(day).Series, Since: day})
		}, incident.Dismissed},
		{"nobody decides: it is left as it is", func(c *crisis) { c.elapse(day.Add(25 * time.Hour)) }, incident.Dismissed},
		{"who may declares it a crisis", func(c *crisis) { c.do(day, "cleo", event.Declared{}) }, incident.Declared},
		{"a surge in a crisis category makes it a suspicion", func(c *crisis) {
			assert.NotEmpty(t, tells(c.do(day, event.Host, surged("outage", day))))
		}, incident.Suspected},
		{"a case of a crisis category makes it a suspicion", func(c *crisis) { c.join(day, 1) }, incident.Suspected},
	} {
		c := newCrisis(t)
		c.do(day, event.Host, crowd(day))
		row.then(c)
		assert.Equal(t, row.want, c.in.State, row.reason)
		assert.Equal(t, !c.in.Live(), c.in.Due().IsZero(), row.reason)
		c.replay()
	}
}
