package respond

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/duty"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/privacy"
	"github.com/reputekit/reputation/triage"
)

// stood is what of a case another changes when the two are made one: where the conversation stands, what guards it and
// what there is one of. What is a list of things, each with its origin, is no part of it.
type stood struct {
	talk
	Owed     time.Time            `json:"owed,omitzero"`
	Clocks   []escalation.Clock   `json:"clocks,omitempty"`
	Verdict  *triage.Verdict      `json:"verdict,omitempty"`
	Taken    bool                 `json:"taken,omitempty"` // a person has it
	Hold     *Hold                `json:"hold,omitempty"`
	Incident bool                 `json:"incident,omitempty"`
	Calm     bool                 `json:"calm,omitempty"`
	Standing triage.Standing      `json:"standing,omitempty"`
	Preserve *privacy.Preserve    `json:"preserve,omitempty"`
	Access   *privacy.Restriction `json:"access,omitempty"`
	Erasure  *privacy.Erasure     `json:"erasure,omitempty"`
	Duties   []duty.Owed          `json:"duties,omitempty"`
	Last     mention.Ref          `json:"last,omitzero"` // the customer's last message, and its revision
	Revision int                  `json:"revision,omitempty"`

	dealing.Dealings // what there is one of, and notes
}

// talk is where a conversation stands.
type talk struct {
	Stage   followup.Stage   `json:"stage,omitempty"`
	Outcome followup.Outcome `json:"outcome,omitempty"`
	Offer   followup.Offer   `json:"offer,omitempty"`
	Asked   int              `json:"asked,omitempty"`
	Left    bool             `json:"left,omitempty"`
	Invite  time.Time        `json:"invite,omitzero"`
	Unread  *Unread          `json:"unread,omitempty"`
	Waits   *followup.Wait   `json:"waits,omitempty"`
}

// same reports whether nothing moved between two.
func (t talk) same(u talk) bool {
	return t.Stage == u.Stage && t.Outcome == u.Outcome && t.Offer == u.Offer
}

// stands is where a case stands now.
func (c Case) stands() stood {
	x := stood{
		talk: talk{Stage: c.Stage, Outcome: c.Outcome, Offer: c.Offer, Asked: c.Asked, Left: c.Left, Invite: c.Invite,
			Unread: c.Unread, Waits: c.Waits},
		Owed: c.Owed, Clocks: c.Clocks, Verdict: c.Verdict, Taken: c.Climb != nil && c.Climb.Taken != "",
		Hold: c.Hold, Incident: c.Incident, Calm: c.Calm, Standing: c.Standing,
		Preserve: c.Preserve, Access: c.Access, Erasure: c.Erasure, Duties: c.Duties,
		Dealings: dealing.Dealings{
			Remedy: c.Remedy, Marks: c.Marks, Surveyed: c.Surveyed, Invited: c.Invited, Gave: c.Gave, Survey: c.Survey,
			Mended: c.Mended, Consent: c.Consent, TakenUp: c.TakenUp, Snooze: c.Snooze, Notes: c.Notes, Watchers: c.Watchers,
			Bars: c.Bars,
		},
	}
	if m := lastOpen(c.Messages); m != nil {
		x.Last, x.Revision = m.Ref, m.Revision
	}
	return x
}

// stand puts a case where it stood. What is owed, and its clocks, are not among it.
func (c *Case) stand(x stood) {
	c.Stage, c.Outcome, c.Offer, c.Asked, c.Left = x.Stage, x.Outcome, x.Offer, x.Asked, x.Left
	c.Invite, c.Unread, c.Waits = x.Invite, x.Unread, x.Waits
	c.Verdict, c.Hold, c.Incident, c.Calm, c.Standing = x.Verdict, x.Hold, x.Incident, x.Calm, x.Standing
	c.Preserve, c.Access, c.Erasure, c.Duties = x.Preserve, x.Access, x.Erasure, nonEmpty(x.Duties)
	c.Remedy, c.Marks, c.Surveyed, c.Invited, c.Gave = x.Remedy, x.Marks, x.Surveyed, x.Invited, x.Gave
	c.Survey, c.Mended, c.Consent, c.TakenUp = x.Survey, x.Mended, x.Consent, x.TakenUp
	c.Snooze, c.Notes, c.Watchers, c.Bars = x.Snooze, x.Notes, x.Watchers, x.Bars
}

// brings is where another stands, as one that it is merged into keeps it: its offer and its bars are named after it, and
// of its verdict no places stay, which are places in a text of its own.
func (c Case) brings() stood {
	x := c.stands()
	x.Verdict = redacted(x.Verdict)
	if o := x.Remedy; o != nil && o.From == "" {
		offer := *o
		offer.From = c.ID
		x.Remedy = &offer
	}
	x.Bars = slices.Clone(x.Bars)
	for i, b := range x.Bars {
		if c.twin(b.Case).Case == "" {
			x.Bars[i].Case = c.ID
		}
	}
	return x
}

// owing is how much hangs on a stage, the least first: of two the case goes on from the later one. It is never written
// to.
var owing = []followup.Stage{
	followup.Closed, followup.Surveying, followup.Dormant, followup.Answered, followup.Confirming, followup.Asking,
	followup.Fresh, followup.Proposed, followup.Working, followup.Fulfilling,
}

// reach is how much hangs on where a case stands. A first message that is owed no answer wants nothing.
func (x stood) reach() int {
	if x.Stage == followup.Fresh && x.Owed.IsZero() {
		return slices.Index(owing, followup.Dormant)
	}
	return slices.Index(owing, x.Stage)
}

// with is where two stand that are made one: at the stage on which more hangs, with the offer that goes with what is still
// to be paid or answered, and with whatever guards either.
func (x stood) with(y stood) stood {
	out := x
	switch {
	case y.reach() > x.reach():
		out.Stage, out.Outcome, out.Waits, out.Asked = y.Stage, "", y.Waits, y.Asked
		if y.Offer != "" || !x.Stage.Live() {
			out.Offer = y.Offer
		}
	case x.Waits == nil && x.Stage.Live():
		out.Waits = y.Waits
	}
	out.Unread = nil // what was read in one of them is not read in the other
	if out.Dealings = dealing.Merge(x.Dealings, y.Dealings); y.Remedy != nil && out.Remedy.ID == y.Remedy.ID && y.Offer != "" {
		out.Offer = y.Offer
	}
	if out.Owed.IsZero() || !y.Owed.IsZero() && y.Owed.Before(out.Owed) {
		out.Owed = y.Owed
	}
	out.Verdict = x.Verdict
	if x.Verdict != nil && y.Verdict != nil {
		v := risen(*x.Verdict, inWordsOf(*x.Verdict, *y.Verdict), x.Taken)
		out.Verdict = &v
	}
	if out.Hold == nil {
		out.Hold = y.Hold
	}
	if v := out.Verdict; v != nil && v.Rank.Life {
		out.Hold = nil // nothing holds it
	}
	out.Incident = x.Incident || y.Incident
	out.Calm = (x.Calm || y.Calm) && !x.inCrisis() && !y.inCrisis()
	if o := y.Standing; out.Standing == "" || o == triage.Press || o == triage.Employee && out.Standing != triage.Press {
		out.Standing = o
	}
	out.Duties = bothFile(x.Duties, y.Duties)
	return out.guarded(y)
}

// inCrisis reports whether it is about a crisis that is not over.
func (x stood) inCrisis() bool { return x.Verdict != nil && x.Verdict.Crisis && !x.Calm }

// inWordsOf is another's verdict with the places of the first: those are in the open message.
func inWordsOf(mine, theirs triage.Verdict) triage.Verdict {
	theirs.Private, theirs.Hits, theirs.Signals, theirs.Reasons = mine.Private, mine.Hits, mine.Signals, mine.Reasons
	return theirs
}

// bothFile are the regulators' clocks of both: they go where the case goes, what is still to be filed, the sooner.
func bothFile(mine, theirs []duty.Owed) []duty.Owed {
	out := slices.Clone(mine)
	for _, o := range theirs {
		i := slices.IndexFunc(out, func(x duty.Owed) bool { return x.Duty == o.Duty })
		switch {
		case i < 0:
			out = append(out, o)
		case o.Filed == nil && (out[i].Filed != nil || o.Due.Before(out[i].Due)):
			out[i] = o
		}
	}
	return nonEmpty(out)
}

// guarded is what guards either.
func (x stood) guarded(y stood) stood {
	if x.Preserve == nil {
		x.Preserve = y.Preserve
	}
	if e := y.Erasure; e != nil && (x.Erasure == nil || e.Due.Before(x.Erasure.Due)) {
		x.Erasure = e
	}
	switch a, b := x.Access, y.Access; {
	case a == nil:
		x.Access = b
	case b != nil:
		both := privacy.Restriction{By: a.By, Since: a.Since}
		for _, id := range a.To {
			if slices.Contains(b.To, id) {
				both.To = append(both.To, id)
			}
		}
		x.Access = &both
	}
	return x
}
