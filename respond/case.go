package respond

import (
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/duty"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/respond/privacy"
	"github.com/reputekit/reputation/respond/strategy"
	"github.com/reputekit/reputation/triage"
)

// A Case is the conversation with one customer about one matter. It is plain data, stored as its JSON, and changes only
// through Apply. New makes an empty one; what is in it was put there by entries and by nothing else.
//
// A member of the JSON that this version does not know is kept where it stood, also within a facet, so that hosts can be
// upgraded one by one: see spec.Rest. A member "v" names the version of the form, which is 2. Keys are one text, the
// sixteen bytes of each in base64url, Known is one as event.Seen has it, and each of Messages is a line, as Message says. Where
// they have more to say than that, keys are a list and messages objects, as in version 1, which has no "v" and is read.
type Case struct {
	Tenant   string             `json:"tenant,omitempty"`
	ID       string             `json:"id"`
	Seq      int                `json:"seq"`             // entries so far
	At       time.Time          `json:"at,omitzero"`     // the last step
	Opened   time.Time          `json:"opened,omitzero"` // the first step
	Channel  string             `json:"channel,omitempty"`
	Account  string             `json:"account,omitempty"` // ours: every reply leaves from it
	Author   mention.Author     `json:"author,omitzero"`
	Keys     []string           `json:"keys,omitempty"` // routing keys that lead here; of answers of ours the last 32
	Given    map[string]string  `json:"given,omitempty"`
	Standing triage.Standing    `json:"standing,omitempty"`
	Verdict  *triage.Verdict    `json:"verdict,omitempty"`
	Stage    followup.Stage     `json:"stage,omitempty"`
	Outcome  followup.Outcome   `json:"outcome,omitempty"`
	Hold     *Hold              `json:"hold,omitempty"`
	Offer    followup.Offer     `json:"offer,omitempty"`
	Reopens  int                `json:"reopens,omitempty"`
	Asked    int                `json:"asked,omitempty"`  // how often we asked whether it is over, since it seemed to be
	Left     bool               `json:"left,omitempty"`   // it has left Fulfilling or Answered: the point of an invitation
	Invite   time.Time          `json:"invite,omitzero"`  // when he is invited to tell how it ended; zero: never, or done
	Unread   *Unread            `json:"unread,omitempty"` // before the customer's last word
	Open     *Message           `json:"open,omitempty"`   // the customer's message that we answer next
	Heard    []Heard            `json:"heard,omitempty"`  // what it was judged with; before it, earlier ones
	Owed     time.Time          `json:"owed,omitzero"`    // since when we owe an answer; zero: we owe none
	Draft    *Draft             `json:"draft,omitempty"`  // what we are about to say
	Play     string             `json:"play,omitempty"`   // the play of our last answer
	Climb    *escalation.Climb  `json:"climb,omitempty"`  // who is told
	Clocks   []escalation.Clock `json:"clocks,omitempty"`
	Breaches int                `json:"breaches,omitempty"`
	Waits    *followup.Wait     `json:"waits,omitempty"`
	Awaited  []Awaited          `json:"awaited,omitempty"`  // effects without an outcome
	Duties   []duty.Owed        `json:"duties,omitempty"`   // regulators'
	Incident bool               `json:"incident,omitempty"` // it joined the incident of its category
	Calm     bool               `json:"calm,omitempty"`     // that incident is over: the case is a crisis no more
	Waived   int                `json:"waived,omitempty"`
	Messages []Message          `json:"messages,omitempty"` // the last 50
	Theirs   int                `json:"theirs,omitempty"`   // messages of the customer in all
	Ours     int                `json:"ours,omitempty"`     // answers of ours in all
	Known    event.Seen         `json:"known,omitempty"`    // the last 64 events

	Preserve *privacy.Preserve    `json:"preserve,omitempty"` // nothing of it goes
	Access   *privacy.Restriction `json:"access,omitempty"`   // who may see it; nil: everybody who could before
	Merged   *Merger              `json:"merged,omitempty"`   // it ended in another case, which goes on
	Twins    []Twin               `json:"twins,omitempty"`    // cases of the same person that ended in this one
	Apart    []string             `json:"apart,omitempty"`    // cases that it was one with until a person parted them; the last 16
	Facts    []fact.Record        `json:"facts,omitempty"`    // verified in this case, or said of the house's; the last 20
	Assessed *strategy.Assessment `json:"assessed,omitempty"` // whose fault it is, as a member with authority confirmed it
	Erasure  *privacy.Erasure     `json:"erasure,omitempty"`  // the person's wish that what is kept of him goes
	Purged   []privacy.Class      `json:"purged,omitempty"`   // what was past its time and is gone

	dealing.Dealings // what was promised, offered and said among ourselves

	rest rest
}

// New returns the empty case that the first event is decided on.
func New(tenant, id string) Case { return Case{Tenant: tenant, ID: id} }

// How much a case remembers. What is older lives in the store and in the trail.
const (
	keptMessages = 50
	keptApart    = 16
	keptKeys     = 32  // beside those that the case began with: those of our last answers
	firstKeys    = 4   // what the case began with, and the private thread that it asked for
	keptGiven    = 100 // names of what the host knows
	longestGiven = 4096
	longestDraft = 100_000 // bytes; no channel takes as many
)

// A Message is one turn of the conversation. Only the message that is open has its text here; the others are told apart
// by its hash. In the JSON of a case each is a line of four words, of which the last may have blanks:
//
//	op2 20260616T080000.25 iPMYSN6h6ds 2066778899001122334
//
// The first begins with c where the customer said it, o where we did. There follow p where it was said in private, b where it
// is from before (Old), x where it is gone; its revision, unless that is 0; and /1 where it is of the first of Case.Twins. Then
// when it was said, in UTC; its hash, eight bytes in base64url, or - where there is none; and its id on the channel of the case
// or of that twin.
type Message struct {
	Ref      mention.Ref    `json:"ref,omitzero"`
	Revision int            `json:"revision,omitempty"` // the newest that we know
	From     string         `json:"from,omitempty"`     // the case that was merged into this one and had it; empty: this one
	Ours     bool           `json:"ours,omitempty"`
	Private  bool           `json:"private,omitempty"`
	At       time.Time      `json:"at"`             // when it was said, UTC
	Hash     string         `json:"hash,omitempty"` // SHA-256 of the text, the first 16 hexadecimal digits
	Old      bool           `json:"old,omitempty"`  // from the past when it came: it stands by its own time
	Gone     bool           `json:"gone,omitempty"` // its author removed it
	Text     string         `json:"text,omitempty"`
	Lang     string         `json:"lang,omitempty"`    // BCP 47
	Country  string         `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Lat      int32          `json:"lat,omitempty"`     // millionths of a degree, north positive
	Lon      int32          `json:"lon,omitempty"`     // millionths of a degree, east positive
	Rating   mention.Rating `json:"rating,omitzero"`
	To       mention.Ref    `json:"to,omitzero"` // ours, where a place takes one answer: what it answers

	Kind      mention.Kind      `json:"kind,omitempty"`
	Addressed mention.Addressed `json:"addressed,omitempty"` // to us, about us, overheard
}

// A Draft is an answer before it goes out. Its ID names its text, its visibility and what it answers, so that a consent
// to it is a consent to exactly this.
type Draft struct {
	ID         string              `json:"id"`
	By         string              `json:"by"` // a member, or play:ID
	Text       string              `json:"text"`
	Visibility mention.Visibility  `json:"visibility"`
	Answers    mention.Ref         `json:"answers"`
	Revision   int                 `json:"revision"` // of what it answers
	Play       string              `json:"play,omitempty"`
	Asks       []string            `json:"asks,omitempty"`
	Proposes   bool                `json:"proposes,omitempty"`
	Settles    bool                `json:"settles,omitempty"`
	Line       bool                `json:"line,omitempty"` // our last word
	For        followup.Requests   `json:"for,omitempty"`  // the request that it carries out: send_reminder
	Findings   []guideline.Finding `json:"findings,omitempty"`
	Approved   string              `json:"approved,omitempty"` // whose consent was the last that it needed
	Consents   []string            `json:"consents,omitempty"` // who has consented, where more than one must
	Offer      *event.Offer        `json:"offer,omitempty"`    // what it offers
	Promises   []event.Promise     `json:"promises,omitempty"` // what it promises
	TakenUp    bool                `json:"taken_up,omitempty"` // it tells the public side that it was taken up
	Corrects   bool                `json:"corrects,omitempty"` // it says what he was told and is not so
	Rests      []string            `json:"rests,omitempty"`    // what it says that facts say
	Until      time.Time           `json:"until,omitzero"`     // when the first of them ends without which it claims too much
	Stale      event.Reason        `json:"stale,omitempty"`    // why it can no longer go out
}

// byPlay marks a draft that no person wrote.
const byPlay = "play:"

// beside reports whether it is a message of its own beside the answers: it moves nothing.
func (d *Draft) beside() bool { return d.TakenUp || d.Offer != nil && d.Offer.Goodwill }

// byMachine reports whether no person wrote it.
func (d *Draft) byMachine() bool { return strings.HasPrefix(d.By, byPlay) }

// Due returns when the case next wants an Elapsed event; zero when it wants none. Every live case has one.
func (c Case) Due() time.Time {
	var due time.Time
	sooner := func(t time.Time) {
		if !t.IsZero() && (due.IsZero() || t.Before(due)) {
			due = t
		}
	}
	if c.Climb != nil {
		sooner(c.Climb.Due())
	}
	for _, k := range c.Clocks {
		sooner(k.Next())
	}
	for _, a := range c.Awaited {
		sooner(a.Until)
	}
	sooner(c.Invite)
	for _, o := range c.Duties {
		sooner(o.Next())
	}
	if c.Waits != nil {
		sooner(c.Waits.At)
	}
	if c.Draft != nil && c.Draft.Stale == "" {
		sooner(c.Draft.Until)
	}
	if c.Erasure != nil {
		sooner(c.Erasure.Next())
	}
	if c.Snooze != nil {
		sooner(c.Snooze.Until)
	}
	return due
}

// Priority returns the case's place in the queue, the smallest first.
func (c Case) Priority() triage.Priority {
	var rank triage.Rank
	if c.Verdict != nil {
		rank = c.Verdict.Rank
	}
	rank.Breaches, rank.Since, rank.Deadline = c.Breaches, c.Owed, time.Time{}
	for _, k := range c.Clocks {
		if rank.Deadline.IsZero() || k.Due.Before(rank.Deadline) {
			rank.Deadline = k.Due
		}
	}
	return rank.Priority()
}

// Wants reports whether a Send that was asked for may still go out. When it may not, the reason says why: whoever
// carries out effects asks at the moment of sending, and answers Undelivered with the reason.
func (c Case) Wants(key string) (event.Reason, bool) {
	for _, a := range c.Awaited {
		if a.Key == key {
			return a.Withdrawn, a.Withdrawn == "" && !a.Uncertain
		}
	}
	return event.Answered, false
}
