package escalation

import (
	"fmt"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/mention"
)

// A Clock is one objective that runs on a case: it was started, it falls due, it is met or missed once. It is plain
// data; what was computed stays as it was when the hierarchy changes.
type Clock struct {
	Objective Objective `json:"objective"`
	Start     time.Time `json:"start"`           // when it reached us
	Posted    time.Time `json:"posted,omitzero"` // when it was said, if that was before; shown, and not our breach
	Due       time.Time `json:"due"`
	Elapsed   bool      `json:"elapsed,omitempty"`
	Days      int       `json:"days,omitempty"`     // with Elapsed calendar days, which nothing stops; else open days
	Breached  bool      `json:"breached,omitempty"` // missed, at its due instant, once

	Warn   []int       `json:"warn,omitempty"`    // percentages of its time of which no warning has been given yet, in order
	WarnAt []time.Time `json:"warn_at,omitempty"` // and when each will have passed; moves as Due does

	Still   time.Time `json:"still,omitzero"`   // since when it stands still; Due does not count until it runs again
	Pauses  []Pause   `json:"pauses,omitempty"` // why it stands still now
	Paused  []Pause   `json:"paused,omitempty"` // the last 32 that have ended, in order
	Kept    time.Time `json:"kept,omitzero"`    // pauses that ended by then are forgotten; zero means none is
	Because string    `json:"because"`          // "first_reply within 1h of open hours (desk-hours, Europe/Madrid)"
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
	from = instant(from)
	c := Clock{Objective: o, Start: from, Elapsed: x.Elapsed, Days: x.Days}
	switch {
	case x.Days > 0 && x.Elapsed:
		c.Due = mention.Instant(p.hours.AddDays(from, x.Days))
		c.Because = fmt.Sprintf("%s within %s on the wall (%s)", o, days(x.Days, "calendar "), p.hours.Location())
	case x.Days > 0:
		c.Due = p.openDays(from, x.Days)
		c.Because = fmt.Sprintf("%s within %s (%s, %s)", o, days(x.Days, "business "), p.Hours, p.hours.Location())
	case x.Elapsed:
		c.Due = from.Add(x.Within.Std())
		c.Because = fmt.Sprintf("%s within %s, day and night", o, x.Within)
	default:
		c.Due = mention.Instant(p.hours.Add(from, x.Within.Std()))
		c.Because = fmt.Sprintf("%s within %s of open hours (%s, %s)", o, x.Within, p.Hours, p.hours.Location())
	}
	if p.ID != plan {
		c.Because += fmt.Sprintf("; plan %s is no longer there, plan %s holds", plan, p.ID)
	}
	c.Warn = slices.Sorted(slices.Values(x.Warn))
	c.WarnAt = p.warnings(c)
	return c, true
}

func days(n int, kind string) string {
	return fmt.Sprintf("%d %s%s", n, kind, plural(n, "day", "days"))
}

// openDays is n days on which the house opens after t, at the same time of day; what is said while it is closed counts
// as said when it opens.
func (p *plan) openDays(t time.Time, n int) time.Time {
	at, ok := p.hours.Next(t)
	for tries := 0; ok && n > 0 && tries < 366*100; tries++ {
		at = p.hours.AddDays(at, 1)
		y, m, day := at.In(p.hours.Location()).Date()
		begins, _, _ := hours.Resolve(p.hours.Location(), y, m, day, 0, 0, 0)
		ends, _, _ := hours.Resolve(p.hours.Location(), y, m, day+1, 0, 0, 0)
		if opens, ok := p.hours.Next(begins); ok && opens.Before(ends) {
			n--
		}
	}
	if next, ok := p.hours.Next(at); ok {
		at = next
	}
	return mention.Instant(at)
}

// warnings are when the clock's percentages of its time will have passed.
func (p *plan) warnings(c Clock) []time.Time {
	var list []time.Time
	for _, n := range c.Warn {
		at := c.Start.Add(c.Due.Sub(c.Start) / 100 * time.Duration(n))
		if !c.Elapsed {
			at = p.hours.Add(c.Start, p.hours.Measure(c.Start, c.Due)/100*time.Duration(n))
		}
		list = append(list, mention.Instant(at))
	}
	return list
}

// Next is when the clock next wants to be told that its time is up: at a warning, or when it is due. It is zero when it
// has been missed, and while it stands still.
func (c Clock) Next() time.Time {
	if c.Breached || len(c.Pauses) > 0 {
		return time.Time{}
	}
	if len(c.WarnAt) > 0 && c.WarnAt[0].Before(c.Due) {
		return c.WarnAt[0]
	}
	return c.Due
}

// Elapse gives the warnings that have fallen due by now, and at Due the breach: the percentages of the objective's time
// that have passed, 100 for the breach, each once. Early, late and twice it does nothing wrong. The argument is not
// altered.
func (c Clock) Elapse(now time.Time) (Clock, []int) {
	now = mention.Instant(now)
	next := c.Next()
	if next.IsZero() || now.Before(next) {
		return c, nil
	}
	n := 0
	for n < min(len(c.Warn), len(c.WarnAt)) && !now.Before(c.WarnAt[n]) {
		n++
	}
	reached := slices.Clone(c.Warn[:n])
	c.Warn, c.WarnAt = c.Warn[n:], c.WarnAt[n:]
	if !now.Before(c.Due) {
		c.Breached = true
		reached = append(reached, 100)
	}
	return c, reached
}

// Said notes when the matter was said, if that was before it reached us. What was delivered to us late is not our
// breach, but it is shown.
func (c Clock) Said(at time.Time) Clock {
	if at = instant(at); !at.IsZero() && at.Before(c.Start) {
		c.Posted = at
	}
	return c
}

// Merge is the clock of two cases that were one all along: the one that started first.
func (c Clock) Merge(other Clock) Clock {
	if other.Start.Before(c.Start) || other.Start.Equal(c.Start) && other.Due.Before(c.Due) {
		return other
	}
	return c
}

// Rebase computes a clock anew for the plan that its matter has now, by that plan's rule: from when it started, less the
// pauses that it remembers, or from the change. A breach stays at its due instant. It reports false when the plan has no
// such objective.
func (d *Directory) Rebase(plan string, c Clock, at time.Time) (Clock, bool) {
	if c.Breached {
		return c, true
	}
	from := c.Start
	if d.plan(plan).Recount == fromChange {
		from = instant(at)
	}
	next, ok := d.Start(plan, c.Objective, from)
	if !ok {
		return Clock{}, false
	}
	next.Posted, next.Kept = c.Posted, c.Kept
	next = d.replay(plan, next, c)
	for len(next.Warn) > 0 && !slices.Contains(c.Warn, next.Warn[0]) && !next.WarnAt[0].After(at) {
		next.Warn, next.WarnAt = next.Warn[1:], next.WarnAt[1:] // it has been given
	}
	return next, true
}

// replay stands a clock still as another one did, in the order in which its pauses began and ended: two of them at once
// are one.
func (d *Directory) replay(plan string, c, was Clock) Clock {
	type turn struct {
		at    time.Time
		cause string
		ends  bool
	}
	var turns []turn
	for _, p := range slices.Concat(was.Paused, was.Pauses) {
		if p.Until.IsZero() {
			turns = append(turns, turn{p.Since, p.Cause, false})
		} else if p.Until.After(p.Since) && p.Until.After(c.Start) {
			turns = append(turns, turn{p.Since, p.Cause, false}, turn{p.Until, p.Cause, true})
		}
	}
	slices.SortStableFunc(turns, func(a, b turn) int {
		if order := a.at.Compare(b.at); order != 0 || a.ends == b.ends {
			return order
		} else if a.ends {
			return -1
		}
		return 1
	})
	for _, t := range turns {
		if t.ends {
			c = d.Resume(plan, c, t.cause, t.at)
		} else {
			c = c.Pause(t.cause, t.at)
		}
	}
	return c
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

// Hours is the calendar on which the plan's open-hours objectives run, and its id; nil when it names none. A plan that
// is not there any more is taken to be the one for everything.
func (d *Directory) Hours(plan string) (calendar *hours.Calendar, id string) {
	p := d.plan(plan)
	return p.hours, p.Plan.Hours
}
