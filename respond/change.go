package respond

import (
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/duty"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/privacy"
	"github.com/reputekit/reputation/respond/strategy"
	"github.com/reputekit/reputation/respond/trail"
	"github.com/reputekit/reputation/triage"
)

// An Entry is everything that one step of a case decided.
type Entry = trail.Entry[Change]

// A Change is what one step altered, facet by facet. A field that is absent altered nothing; a pointer to a zero value
// cleared the facet.
type Change struct {
	Opening  *Opening            `json:"opening,omitempty"`
	Keys     []string            `json:"keys,omitempty"` // added
	Given    map[string]string   `json:"given,omitempty"`
	Standing triage.Standing     `json:"standing,omitempty"`
	Verdict  *triage.Verdict     `json:"verdict,omitempty"`
	Reread   bool                `json:"reread,omitempty"` // the moves begin before the customer's last word
	Moves    []followup.Move     `json:"moves,omitempty"`  // in order
	Unread   *Unread             `json:"unread,omitempty"`
	Hold     *Hold               `json:"hold,omitempty"`
	Invite   *time.Time          `json:"invite,omitempty"`
	Message  *Message            `json:"message,omitempty"` // added, or its newer revision
	Open     *Message            `json:"open,omitempty"`
	Heard    *[]Heard            `json:"heard,omitempty"`
	Owed     *time.Time          `json:"owed,omitempty"`
	Draft    *Draft              `json:"draft,omitempty"`
	Play     *string             `json:"play,omitempty"`
	Climb    *escalation.Climb   `json:"climb,omitempty"` // without its pages, where Pages says what became of them
	Pages    *pages              `json:"pages,omitempty"`
	Clocks   *[]escalation.Clock `json:"clocks,omitempty"`
	Missed   []escalation.Clock  `json:"missed,omitempty"` // each a breach, counted once
	Waits    *followup.Wait      `json:"waits,omitempty"`
	Awaited  *[]Awaited          `json:"awaited,omitempty"`
	Duties   *[]duty.Owed        `json:"duties,omitempty"`
	Incident *bool               `json:"incident,omitempty"` // it joined, or left
	Calm     *bool               `json:"calm,omitempty"`     // the incident is over, or another holds it
	Waived   int                 `json:"waived,omitempty"`   // more

	Preserve *privacy.Preserve    `json:"preserve,omitempty"`
	Access   *privacy.Restriction `json:"access,omitempty"`
	Facts    *[]fact.Record       `json:"facts,omitempty"`
	Assessed *strategy.Assessment `json:"assessed,omitempty"`
	Erasure  *privacy.Erasure     `json:"erasure,omitempty"`
	Purged   *[]privacy.Class     `json:"purged,omitempty"`
	Whole    *Case                `json:"whole,omitempty"` // another case in its place: redacted, merged, parted

	dealing.Dealt
}

// An Opening is what a case has from its first step on.
type Opening struct {
	Channel string         `json:"channel"`
	Account string         `json:"account,omitempty"`
	Author  mention.Author `json:"author"`
}
