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
}

// Pause makes the clock stand still for a cause; the argument is not altered. It may stand still for several at once.
// A clock that has been missed, or whose due instant has come, stays as it is, and so does one that stands still for
// this cause already.
func (c Clock) Pause(cause string, at time.Time) Clock {
	at = mention.Instant(at)
	if c.Breached || len(c.Pauses) == 0 && !at.Before(c.Due) || c.pause(cause) >= 0 {
		return c
	}
	if at.Before(c.Start) {
		at = c.Start
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
	since := c.Pauses[0].Since
	for _, p := range c.Pauses {
		since = sooner(since, p.Since)
	}
	rest := slices.Delete(slices.Clone(c.Pauses), i, i+1)
	if c.Pauses = rest; len(rest) > 0 {
		rest[0].Since = since // it has stood still since then, whatever for
		return c
	}
	c.Pauses = nil
	at = mention.Instant(at)
	if at.Before(since) {
		at = since
	}
	if p := d.plan(plan); c.Elapsed || p.hours == nil {
		c.Due = at.Add(c.Due.Sub(since))
	} else {
		c.Due = mention.Instant(p.hours.Add(at, p.hours.Measure(since, c.Due)))
	}
	return c
}

func (c Clock) pause(cause string) int {
	return slices.IndexFunc(c.Pauses, func(p Pause) bool { return p.Cause == cause })
}
