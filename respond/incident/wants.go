package incident

import (
	"slices"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/fact"
)

// Wants reports whether a request of the incident is still to be carried out, and why it is not. A host asks it at the
// moment at which it calls the world, for it may have slept since the request was made: nobody is paged for what is over
// or what somebody has, and no statement goes out that is not the last word any more.
func (in Incident) Wants(e effect.Effect) (why event.Reason, ok bool) {
	switch b := e.Body.(type) {
	case effect.Tell:
		if b.Page >= 0 && !b.Relief && !in.pages(e.Key) {
			return event.TooLate, false
		}
	case effect.Publish:
		p := in.Statement
		if p == nil || !in.states() || b.Version < p.Version {
			return event.TooLate, false
		}
		if b.Version == p.Version && slices.ContainsFunc(p.Rests, in.knowsBetter) {
			return event.Unverified, false
		}
	}
	return "", true
}

// knowsBetter reports whether what a statement says was retracted since, and nobody says it any more.
func (in Incident) knowsBetter(says string) bool {
	stands := func(x fact.Record) bool { return x.Says == says && x.Retracted.IsZero() }
	gone := func(x fact.Record) bool { return x.Says == says && !x.Retracted.IsZero() }
	return slices.ContainsFunc(in.Facts, gone) && !slices.ContainsFunc(in.Facts, stands)
}

// pages reports whether a page of the ladder still asks its member for something.
func (in Incident) pages(key string) bool {
	before := func(a respond.Awaited) bool { return a.Key == key && a.Page == past }
	return in.Climb != nil && !in.Climb.Over && in.Climb.Taken == "" && !slices.ContainsFunc(in.Awaited, before)
}
