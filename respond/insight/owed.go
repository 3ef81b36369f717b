package insight

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/dealing"
)

// How an obligation ended.
const (
	inTime    = "in_time"
	late      = "late"
	automatic = "automatic"
	byWaiver  = "waived"
	released  = "released" // thanked for, withdrawn, over by the customer's word
	stillOpen = "open"
)

func isReply(o escalation.Objective) bool {
	return o == escalation.FirstReply || o == escalation.NextReply
}

// clocks counts what was missed, and what became of the news that we promised.
func (r *reader) clocks(was, is respond.Case, e respond.Entry, spoke bool) {
	for _, k := range e.Change.Missed {
		r.fact(e.At, breached, string(k.Objective), 0)
		if k.Objective == escalation.Update {
			r.fact(e.At, promised, late, 0)
		}
		if isReply(k.Objective) {
			r.late = true
		}
	}
	for _, k := range was.Clocks {
		if k.Objective != escalation.Update || k.Breached || sameClock(is.Clocks, k) || sameClock(e.Change.Missed, k) {
			continue
		}
		switch {
		case !spoke:
			r.fact(e.At, promised, released, 0)
		case e.At.After(k.Due):
			r.fact(e.At, promised, late, 0)
		default:
			r.fact(e.At, promised, inTime, 0)
		}
	}
}

// pledges counts what became of what members promised the customer, each promise once. One that was missed stays so,
// however late it is kept.
func (r *reader) pledges(was, is respond.Case, at time.Time) {
	for _, p := range is.Promises {
		i := slices.IndexFunc(was.Promises, func(x dealing.Promise) bool { return x.ID == p.ID })
		if i >= 0 && was.Promises[i].State == p.State {
			continue
		}
		switch p.State {
		case dealing.Kept:
			r.fact(at, pledged, inTime, 0)
		case dealing.Missed:
			r.fact(at, pledged, late, 0)
		case dealing.Released:
			r.fact(at, pledged, released, 0)
		}
	}
}

func sameClock(list []escalation.Clock, k escalation.Clock) bool {
	return slices.ContainsFunc(list, func(x escalation.Clock) bool {
		return x.Objective == k.Objective && x.Start.Equal(k.Start) && x.Due.Equal(k.Due)
	})
}

// obligation counts how an answer that we owed came about. It is one for every word of the customer that began a wait.
func (r *reader) obligation(was, is respond.Case, e respond.Entry, spoke, byPlay bool) {
	if was.Owed.IsZero() || is.Owed.Equal(was.Owed) {
		return
	}
	missed := r.late
	r.late = false
	for _, k := range was.Clocks {
		missed = missed || isReply(k.Objective) && (k.Breached || e.At.After(k.Due))
	}
	how := released
	switch {
	case byPlay:
		how = automatic
	case spoke && missed:
		how = late
	case spoke:
		how = inTime
	case e.Change.Waived > 0:
		how = byWaiver
	}
	r.fact(e.At, replied, how, 0)
}
