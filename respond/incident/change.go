package incident

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/strategy"
	"github.com/reputekit/reputation/respond/trail"
)

// An Entry is everything that one step of an incident decided.
type Entry = trail.Entry[Change]

// A Change is what one step altered. A field that is absent altered nothing; a pointer to a zero value cleared it.
type Change struct {
	State     State                `json:"state,omitempty"`
	Matter    *Matter              `json:"matter,omitempty"`
	Cases     int                  `json:"cases,omitempty"` // more
	Freed     int                  `json:"freed,omitempty"` // more
	First     *mention.Ref         `json:"first,omitempty"`
	Surges    *[]Surge             `json:"surges,omitempty"`
	Decision  *string              `json:"decision,omitempty"`
	Commander *string              `json:"commander,omitempty"`
	Handing   *Handing             `json:"handing,omitempty"`
	Climb     *escalation.Climb    `json:"climb,omitempty"`
	Confirm   *time.Time           `json:"confirm,omitempty"`
	Next      *time.Time           `json:"next,omitempty"`
	Asked     *int                 `json:"asked,omitempty"`
	Posts     *Halt                `json:"posts,omitempty"`
	Assessed  *strategy.Assessment `json:"assessed,omitempty"`
	Used      *[]string            `json:"used,omitempty"`
	Facts     *[]fact.Record       `json:"facts,omitempty"`
	Draft     *Draft               `json:"draft,omitempty"`
	Statement *Published           `json:"statement,omitempty"`
	Breaches  int                  `json:"breaches,omitempty"` // more
	Findings  *Examination         `json:"findings,omitempty"`
	Awaited   *[]respond.Awaited   `json:"awaited,omitempty"`
	Whole     *Incident            `json:"whole,omitempty"` // another in its place: without a customer who was erased
}

// Apply returns the incident after an entry. It sees no rules, cannot fail, and never alters its argument.
func Apply(in Incident, e Entry) Incident {
	if e.Seq == 0 {
		return in
	}
	if e.Change.Whole != nil {
		in = *e.Change.Whole
	}
	in.Seq, in.At = e.Seq, e.At
	if in.Opened.IsZero() {
		in.Opened = e.At
	}
	known := in.Known
	if len(known) >= kept {
		known = known[len(known)-kept+1:]
	}
	in.Known = append(slices.Clip(known), e.Event.ID)
	ch := &e.Change
	if ch.State != "" {
		in.State = ch.State
	}
	value(&in.Matter, ch.Matter)
	value(&in.First, ch.First)
	value(&in.Decision, ch.Decision)
	value(&in.Commander, ch.Commander)
	value(&in.Confirm, ch.Confirm)
	value(&in.Next, ch.Next)
	value(&in.Asked, ch.Asked)
	listed(&in.Surges, ch.Surges)
	listed(&in.Used, ch.Used)
	listed(&in.Facts, ch.Facts)
	listed(&in.Awaited, ch.Awaited)
	if ch.Climb != nil {
		in.Climb = ch.Climb
	}
	facet(&in.Handing, ch.Handing, func(x *Handing) bool { return x.To == "" })
	facet(&in.Posts, ch.Posts, func(x *Halt) bool { return x.Since.IsZero() })
	facet(&in.Assessed, ch.Assessed, func(x *strategy.Assessment) bool { return x.By == "" })
	facet(&in.Draft, ch.Draft, func(x *Draft) bool { return x.ID == "" })
	facet(&in.Statement, ch.Statement, func(x *Published) bool { return x.Version == 0 })
	facet(&in.Findings, ch.Findings, func(x *Examination) bool { return x.By == "" })
	in.Cases += ch.Cases
	in.Freed += ch.Freed
	in.Breaches += ch.Breaches
	return in
}

// value sets what changed.
func value[T any](is *T, changed *T) {
	if changed != nil {
		*is = *changed
	}
}

// listed sets what changed; an empty list is none, so that cleared and never set are the same bytes.
func listed[T any](is *[]T, changed *[]T) {
	if changed != nil {
		if *is = *changed; len(*is) == 0 {
			*is = nil
		}
	}
}

// written is a list as it stands in a Change: one that is empty is not absent.
func written[T any](list []T) *[]T {
	if list == nil {
		list = []T{}
	}
	return &list
}

// facet sets what changed, or clears it.
func facet[T any](is **T, changed *T, cleared func(*T) bool) {
	if changed != nil {
		if *is = changed; cleared(changed) {
			*is = nil
		}
	}
}
