package incident

import (
	"slices"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
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
		if p := in.Statement; p == nil || !in.speaks() || b.Version < p.Version {
			return event.TooLate, false
		}
	}
	return "", true
}

// pages reports whether a page of the ladder still asks its member for something.
func (in Incident) pages(key string) bool {
	before := func(a respond.Awaited) bool { return a.Key == key && a.Page == past }
	return in.Climb != nil && !in.Climb.Over && in.Climb.Taken == "" && !slices.ContainsFunc(in.Awaited, before)
}
