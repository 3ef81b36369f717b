package event

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
)

// Delivered says that an effect was carried out.
type Delivered struct {
	Key string      `json:"key"`
	Ref mention.Ref `json:"ref,omitzero"` // what was made by it: our reply, our post
}

// Undelivered says that an effect was certainly not carried out.
type Undelivered struct {
	Key    string `json:"key"`
	Reason Reason `json:"reason"`           // any other than those below is Failed
	Detail string `json:"detail,omitempty"` // for a person; no text of a customer
}

// Uncertain says that nobody knows whether an effect was carried out. It is never tried again blindly.
type Uncertain struct {
	Key    string `json:"key"`
	Detail string `json:"detail,omitempty"`
}

// Reason is why an effect was not carried out.
type Reason string

// Why an effect was not carried out.
const (
	Failed   Reason = "failed"   // the channel refused it
	Changed  Reason = "changed"  // what it answers was edited since the approval
	Gone     Reason = "gone"     // what it answers was removed
	Answered Reason = "answered" // somebody answered elsewhere
	TooLate  Reason = "too_late" // its time was over
	Paused   Reason = "paused"   // the channel is paused
	Refused  Reason = "refused"  // a person said no to it
	Graver   Reason = "graver"   // what the customer wrote since is graver than what it answers
	TooMany  Reason = "too_many" // the customer was sent too many answers: two machines may be talking
	Held     Reason = "held"     // an incident or counsel holds the case since

	Unverified Reason = "unverified" // a fact that it rests on has expired, or is not so
)

// reasons are all of them. It is never written to.
var reasons = [...]Reason{Failed, Changed, Gone, Answered, TooLate, Paused, Refused, Graver, TooMany, Held, Unverified}

// Elapsed says that the instant a case or an incident waited for has come. It is a hint: the step looks for itself.
type Elapsed struct {
	Due time.Time `json:"due"` // the instant, UTC
}

// Unknown is a fact of a kind that this version does not know, kept as it came.
type Unknown struct {
	Name string
	Raw  json.RawMessage
}

func (Delivered) kind() string { return "delivered" }

func (Undelivered) kind() string { return "undelivered" }

func (Uncertain) kind() string { return "uncertain" }

func (Elapsed) kind() string { return "elapsed" }

func (u Unknown) kind() string { return u.Name }

// kinds is the closed set, by name. It is never written to.
var kinds = byName(
	Received{}, Edited{}, Removed{}, AnsweredElsewhere{}, Spoken{},
	Taken{}, Drafted{}, Approved{}, Rejected{}, Meant{}, Waived{}, Fulfilled{}, Judged{}, Declared{}, Dismissed{}, Stated{},
	Delivered{}, Undelivered{}, Uncertain{}, Elapsed{}, Joined{}, Granted{}, Denied{}, Surveyed{},
	Promised{}, Kept{}, Missed{}, Barred{}, Unbarred{}, Marked{}, Moderated{}, Begun{}, Noted{}, Snoozed{}, Woken{},
	Watched{}, Consented{}, ConsentWithdrawn{}, Established{}, Retracted{}, Informed{},
	Surged{}, Subsided{}, Decided{}, Contained{}, Examined{}, HandedOver{}, Halted{}, Resumed{}, Assessed{}, Freed{},
	JoinedIncident{}, IncidentOver{},
	Observed{}, Known{}, Preserved{}, Released{}, Restricted{}, ErasureAsked{}, Erased{}, Purged{}, Merged{}, Split{},
	Escalated{}, Deescalated{}, FulfilFailed{}, HeldByCounsel{}, ReleasedByCounsel{}, ChannelLost{}, Rebased{}, Deferred{}, Filed{},
)

// Kinds returns the names of all kinds of facts, in order.
func Kinds() []string { return slices.Sorted(maps.Keys(kinds)) }

func byName(bodies ...Body) map[string]Body {
	m := make(map[string]Body, len(bodies))
	for _, b := range bodies {
		m[b.kind()] = b
	}
	return m
}
