package escalation

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
)

// A Pause is why a clock stands still, and since when: the customer is waited for, an incident holds the case.
type Pause struct {
	Cause string    `json:"cause"`
	Since time.Time `json:"since"`
	Until time.Time `json:"until,omitzero"` // zero while it lasts
}

// pausesKept is how many pauses that have ended a clock remembers, so that it can be explained.
const pausesKept = 32

// Pause makes the clock stand still for a cause; the argument is not altered. It may stand still for several at once.
// A clock that has been missed, or whose due instant has come, stays as it is, and so does one that stands still for
// this cause already. Nothing stops calendar days.
func (c Clock) Pause(cause string, at time.Time) Clock {
	at = instant(at)
	if c.Breached || c.onTheWall() || len(c.Pauses) == 0 && !at.Before(c.Due) || c.pause(cause) >= 0 {
		return c
	}
	if at.Before(c.Start) {
		at = c.Start
	}
	if len(c.Pauses) == 0 || at.Before(c.Still) {
		c.Still = at
	}
	c.Pauses = append(slices.Clone(c.Pauses), Pause{Cause: cause, Since: at})
	return c
}

// Resume ends a pause. With the last of them the clock runs again, and is due when the time it had left has passed: open
// hours of its plan, or elapsed time. A pause that lies wholly outside open hours moves nothing. The argument is not
// altered; a cause for which the clock does not stand still changes nothing.
func (d *Directory) Resume(plan string, c Clock, cause string, at time.Time) Clock {
	i := c.pause(cause)
	if i < 0 {
		return c
	}
	at = instant(at)
	ended := c.Pauses[i]
	if ended.Until = at; at.Before(ended.Since) {
		ended.Until = ended.Since
	}
	c = c.remember(ended)
	if c.Pauses = slices.Delete(slices.Clone(c.Pauses), i, i+1); len(c.Pauses) > 0 {
		return c
	}
	since := c.Still
	if since.IsZero() || ended.Since.Before(since) { // stored by a version that had no Still
		since = ended.Since
	}
	c.Pauses, c.Still = nil, time.Time{}
	if at.Before(since) {
		at = since
	}
	p := d.plan(plan)
	c.Due = p.later(c, c.Due, since, at)
	c.WarnAt = slices.Clone(c.WarnAt)
	for i, w := range c.WarnAt {
		if w.After(since) {
			c.WarnAt[i] = p.later(c, w, since, at)
		}
	}
	return c
}

// later is an instant of the clock that lay after since, when the clock stood still from then until at.
func (p *plan) later(c Clock, t, since, at time.Time) time.Time {
	if c.Elapsed || p.hours == nil {
		return at.Add(t.Sub(since))
	}
	moved := mention.Instant(p.hours.Add(at, p.hours.Measure(since, t)))
	if moved.Before(t) { // t is when the house opens, and moved when it closed the day before: nothing was open between
		return t
	}
	return moved
}

// remember keeps a pause that has ended; the oldest beyond 32 is forgotten.
func (c Clock) remember(p Pause) Clock {
	c.Paused = append(slices.Clone(c.Paused), p)
	if n := len(c.Paused) - pausesKept; n > 0 {
		c.Kept, c.Paused = c.Paused[n-1].Until, c.Paused[n:]
	}
	return c
}

// onTheWall reports whether the clock counts calendar days, which nothing stops.
func (c Clock) onTheWall() bool { return c.Elapsed && c.Days > 0 }

func (c Clock) pause(cause string) int {
	return slices.IndexFunc(c.Pauses, func(p Pause) bool { return p.Cause == cause })
}
