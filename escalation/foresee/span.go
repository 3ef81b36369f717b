package foresee

import (
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/hours"
)

// A Span is a stretch of a clock's time, and whether it counts.
type Span struct {
	From    time.Time `json:"from"` // its first instant, UTC
	To      time.Time `json:"to"`   // its first instant after the end
	Counts  bool      `json:"counts,omitempty"`
	Because string    `json:"because"` // "open (desk-hours)", "stands still: customer"
}

// mostSpans bounds an explanation: an objective of years has thousands of days.
const mostSpans = 1000

// Spans lists, in order and without a gap, what lies between the start of a clock and when it is due, or while it stands
// still until since when it does: which spans count, and why the others do not. Those that count add up to what the
// objective gives, unless the calendar has changed since. The plan is the one that the clock was started with. Beyond
// a thousand spans the rest is one that says so.
func Spans(d *escalation.Directory, plan string, c escalation.Clock) []Span {
	r := reader{c: c}
	r.hours, r.name = d.Hours(plan)
	end := c.Due
	if len(c.Pauses) > 0 {
		end = c.Still
	}
	at := c.Start
	if c.Posted.Before(at) && !c.Posted.IsZero() {
		r.add(c.Posted, at, false, "said, and not yet delivered to us")
	}
	if at.Before(c.Kept) && c.Kept.Before(end) {
		r.add(at, c.Kept, false, "what counted of it is forgotten, with its pauses")
		at = c.Kept
	}
	for at.Before(end) {
		if len(r.list) >= mostSpans {
			r.add(at, end, false, "and so on: not looked at")
			break
		}
		to, counts, because := r.span(at, end)
		r.add(at, to, counts, because)
		at = to
	}
	return r.list
}

// A reader reads one clock against its calendar; nil hours is day and night.
type reader struct {
	c     escalation.Clock
	hours *hours.Calendar
	name  string
	list  []Span
}

func (r *reader) add(from, to time.Time, counts bool, because string) {
	r.list = append(r.list, Span{From: from, To: to, Counts: counts, Because: because})
}

// span is the stretch that begins at an instant.
func (r *reader) span(at, end time.Time) (to time.Time, counts bool, because string) {
	to = end
	until := func(t time.Time) {
		if t.After(at) && t.Before(to) {
			to = t
		}
	}
	var causes []string
	for _, x := range slices.Concat(r.c.Paused, r.c.Pauses) {
		if !at.Before(x.Since) && (x.Until.IsZero() || at.Before(x.Until)) {
			causes = append(causes, x.Cause)
		}
		until(x.Since)
		until(x.Until)
	}
	switch {
	case len(causes) > 0:
		return to, false, "stands still: " + strings.Join(causes, ", ")
	case r.c.Elapsed && r.c.Days > 0:
		return to, true, "calendar days, which nothing stops"
	case r.c.Elapsed || r.hours == nil:
		return to, true, "day and night"
	case r.hours.Open(at):
		if closes, ok := r.hours.Closes(at); ok {
			until(closes)
		}
		return to, true, "open (" + r.name + ")"
	}
	if opens, ok := r.hours.Next(at); ok {
		until(opens)
	}
	return to, false, "closed (" + r.name + ")"
}
