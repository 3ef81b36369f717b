package incident_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

// wake is one late tick.
func (c *crisis) wake(at time.Time) incident.Entry {
	c.t.Helper()
	require.False(c.t, c.in.Due().After(at))
	return c.do(at, event.Clock, event.Elapsed{Due: c.in.Due()})
}

// reliefs are those who are told that they need do nothing.
func reliefs(e incident.Entry) (members []string) {
	for _, x := range e.Effects {
		if tell, ok := x.Body.(effect.Tell); ok && tell.Relief {
			members = append(members, tell.Member)
		}
	}
	return members
}

func TestWokenLate(t *testing.T) {
	for _, row := range []struct {
		reason string
		until  time.Duration // it runs in time until then, and sleeps
		wakes  time.Duration
		state  incident.State
		told   []string
	}{
		{"asked again, from the beginning of the ladder: nobody twice", 0, 3 * time.Hour, incident.Suspected, []string{"ben"}},
		{"nobody was told whom it was to tell before the time was up: silence says nothing", 2 * time.Hour, 9 * time.Hour,
			incident.Suspected, []string{"ana"}}, // who is on duty by then
		{"all of them were told and said nothing: it is over, and nobody is told of it", 4*time.Hour - time.Second,
			4*time.Hour + time.Second, incident.Dismissed, nil},
	} {
		c := newCrisis(t)
		c.join(night, 1)
		c.elapse(night.Add(row.until))
		entry := c.wake(night.Add(row.wakes))
		assert.Equal(t, row.state, c.in.State, row.reason)
		assert.Equal(t, row.told, tells(entry), row.reason)
		if row.state == incident.Dismissed {
			assert.NotEmpty(t, reliefs(entry), "%s: who was told before need do nothing any more", row.reason)
		} else {
			assert.Empty(t, reliefs(entry), row.reason)
			assert.Equal(t, night.Add(row.wakes+2*time.Hour), c.in.Confirm, row.reason)
			c.elapse(night.Add(100 * time.Hour))
			assert.Equal(t, incident.Dismissed, c.in.State, "%s: and it ends when it is awake and nobody speaks", row.reason)
		}
		c.replay()
	}
}

// Of two due instants that a tick comes a little late for it does not think that it slept.
func TestALittleLateIsNotAsleep(t *testing.T) {
	c := newCrisis(t)
	c.join(night, 1)
	for range 300 {
		if c.in.Due().IsZero() {
			break
		}
		c.wake(c.in.Due().Add(45 * time.Second))
	}
	assert.Equal(t, incident.Dismissed, c.in.State)
	assert.Less(t, c.in.At, night.Add(4*time.Hour+5*time.Minute))
}

func TestWantsNoPageOfWhatIsOver(t *testing.T) {
	c := newCrisis(t)
	page := c.join(night, 1).Effects[1]
	require.IsType(t, effect.Tell{}, page.Body)
	_, ok := c.in.Wants(page)
	assert.True(t, ok)
	again := c.wake(night.Add(3 * time.Hour))
	_, ok = c.in.Wants(page)
	assert.False(t, ok, "its ladder begins anew: he is told again, and once is enough")
	_, ok = c.in.Wants(again.Effects[0])
	assert.True(t, ok)
	c.do(night.Add(3*time.Hour), "cleo", event.Declared{})
	why, ok := c.in.Wants(again.Effects[0])
	assert.False(t, ok, "somebody has it")
	assert.Equal(t, event.TooLate, why)

	c.says(c.in.At, "Our site is down.")
	var first effect.Effect
	for _, e := range c.trail[len(c.trail)-1].Effects {
		if _, is := e.Body.(effect.Publish); is {
			first = e
		}
	}
	require.NotEmpty(t, first.Key)
	_, ok = c.in.Wants(first)
	assert.True(t, ok)
	over := c.do(c.in.At, "cleo", event.Dismissed{})
	_, ok = c.in.Wants(first)
	assert.False(t, ok, "it says that we work on it, and it is over")
	quiet := c.do(c.in.At, event.Channel, event.Undelivered{Key: first.Key, Reason: event.TooLate})
	assert.Empty(t, tells(quiet), "and nobody is paged because it did not go out")
	for _, x := range over.Effects {
		_, ok = c.in.Wants(x)
		assert.True(t, ok, "what goes with the end is wanted: %s", x.Kind())
	}
	c.replay()
}
