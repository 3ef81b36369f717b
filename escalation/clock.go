package escalation

import (
	"fmt"
	"time"

	"github.com/reputekit/reputation/mention"
)

// A Clock is one objective that runs on a case: it was started, it falls due, it is met or missed once. It is plain
// data; what was computed stays as it was when the hierarchy changes.
type Clock struct {
	Objective Objective `json:"objective"`
	Start     time.Time `json:"start"`
	Due       time.Time `json:"due"`
	Elapsed   bool      `json:"elapsed,omitempty"`
	Breached  bool      `json:"breached,omitempty"` // missed, at its due instant, once
	Pauses    []Pause   `json:"pauses,omitempty"`   // why it stands still now; Due does not count until it runs again
	Because   string    `json:"because"`            // "first_reply within 1h of open hours (desk-hours, Europe/Madrid)"
}

// freshByDefault is how old a mention may be at receipt when its plan does not say.
const freshByDefault = 48 * time.Hour

// Start starts an objective of a plan: it reports false when the plan does not have it. A plan that is not there any
// more is taken to be the one for everything.
func (d *Directory) Start(plan string, o Objective, from time.Time) (Clock, bool) {
	p := d.plan(plan)
	x, ok := p.Objectives[o]
	if !ok {
		return Clock{}, false
	}
	from = mention.Instant(from)
	c := Clock{Objective: o, Start: from, Elapsed: x.Elapsed}
	if x.Elapsed {
		c.Due = from.Add(x.Within.Std())
		c.Because = fmt.Sprintf("%s within %s, day and night", o, x.Within)
	} else {
		c.Due = mention.Instant(p.hours.Add(from, x.Within.Std()))
		c.Because = fmt.Sprintf("%s within %s of open hours (%s, %s)", o, x.Within, p.Hours, p.hours.Location())
	}
	if p.ID != plan {
		c.Because += fmt.Sprintf("; plan %s is no longer there, plan %s holds", plan, p.ID)
	}
	return c, true
}

// Fresh is how old a mention may be at receipt and still page somebody, by its plan: 48 hours when that does not say.
// A plan that is not there any more is taken to be the one for everything.
func (d *Directory) Fresh(plan string) time.Duration {
	if fresh := d.plan(plan).Fresh; fresh > 0 {
		return fresh.Std()
	}
	return freshByDefault
}

// plan is the plan of that id, else the one for everything.
func (d *Directory) plan(id string) *plan {
	for _, p := range d.plans {
		if p.ID == id {
			return p
		}
	}
	return d.rest
}
