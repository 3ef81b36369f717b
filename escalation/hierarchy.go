package escalation

import (
	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

// A Hierarchy is what a person writes: who there is, when they work, who is told in which order, and which plan holds
// for which matter. It is plain data; Compile turns it into a Directory. Members and teams share one set of ids, in
// which "owner" is taken.
type Hierarchy struct {
	Members   []Member   `json:"members"`
	Teams     []Team     `json:"teams,omitempty"`
	Calendars []Calendar `json:"calendars,omitempty"`
	Ladders   []Ladder   `json:"ladders"`
	Plans     []Plan     `json:"plans"`
}

// A Member is a person who can own a case, be told of one, or allow something. A member who has left is kept, marked,
// for as long as a case or a ladder may name him: he is never told, and his deputies, then his boss, then the deputies
// and the boss of that one stand in for him.
type Member struct {
	ID        string      `json:"id"`
	Name      string      `json:"name"`
	Left      bool        `json:"left,omitempty"`
	Contacts  []Contact   `json:"contacts"`           // tried in this order
	Calendar  string      `json:"calendar,omitempty"` // when on duty; empty means always
	Skills    []string    `json:"skills,omitempty"`
	Boss      string      `json:"boss,omitempty"`
	Deputies  []string    `json:"deputies,omitempty"`
	Authority []Authority `json:"authority,omitempty"`
}

// A Contact is one way to reach a member.
type Contact struct {
	Kind    string `json:"kind"` // a name the Notifier knows: "phone", "chat", "mail"
	Address string `json:"address"`
}

// An Authority is something a member may do alone: approve replies of a category, grant up to a sum.
type Authority struct {
	Act        string          `json:"act"`                  // "approve", "declare", "grant"
	Categories []string        `json:"categories,omitempty"` // empty means every category
	Severity   triage.Severity `json:"severity,omitempty"`   // the highest severity it covers; empty means routine only
	Limit      Money           `json:"limit,omitzero"`
	Scope      string          `json:"scope,omitempty"` // of the limit: case, customer, day, month
}

// A Team is members under one name.
type Team struct {
	ID      string   `json:"id"`
	Members []string `json:"members"`
}

// A Calendar is the open hours of a person or a house in one zone.
type Calendar struct {
	ID   string     `json:"id"`
	Zone string     `json:"zone"` // an IANA name
	Week hours.Week `json:"week,omitzero"`
}

// A Ladder says who is told, and who next when nobody takes the matter.
type Ladder struct {
	ID       string  `json:"id"`
	Levels   []Level `json:"levels"`
	Repeat   int     `json:"repeat,omitempty"` // how often all levels are gone through again
	Fallback string  `json:"fallback"`         // the member or team told when the levels are spent, on duty or not
}

// A Level is one rung of a ladder.
type Level struct {
	// To are member or team ids, or "owner": the owner on duty, else the first back-up on duty.
	To    []string      `json:"to"`
	Wait  spec.Duration `json:"wait"`            // how long before the next level is told
	Empty string        `json:"empty,omitempty"` // nobody on duty: "pass" on at once (the default), or "hold" until one is
}

// A Plan is what holds for the matters it is for: the point person and back-ups, the ladder and the objectives. It is
// for a matter when each list that is not empty holds what the matter has.
//
// The most specific plan wins. Two plans are compared by what they name: the one that names categories before the one
// that does not, then severities, brands, countries, languages; of equals the one written first. Exactly one plan names
// nothing and is for everything; one names the category life and nothing else.
type Plan struct {
	ID         string                 `json:"id"`
	Categories []string               `json:"categories,omitempty"`
	Severities []triage.Severity      `json:"severities,omitempty"`
	Brands     []string               `json:"brands,omitempty"`    // subjects of the watchlist
	Countries  []string               `json:"countries,omitempty"` // ISO 3166-1 alpha-2, of the mention's place
	Langs      []string               `json:"langs,omitempty"`     // BCP 47, compared by base language
	Owner      string                 `json:"owner"`
	Backups    []string               `json:"backups,omitempty"`
	Ladder     string                 `json:"ladder"`
	Hours      string                 `json:"hours,omitempty"` // the calendar that open-hours objectives run on
	Objectives map[Objective]Duration `json:"objectives,omitempty"`
	Fresh      spec.Duration          `json:"fresh,omitempty"` // a mention older than this at receipt pages nobody; 0 means 48 h
}

// An Objective names a clock on which we owe the customer something.
type Objective string

// The objectives of a conversation.
const (
	FirstReply Objective = "first_reply" // the first answer by a person
	NextReply  Objective = "next_reply"  // an answer to the first unanswered word
	Update     Objective = "update"      // the news we promised
)

// A Duration is how long an objective gives, and on which clock it runs.
type Duration struct {
	Within  spec.Duration `json:"within"`
	Elapsed bool          `json:"elapsed,omitempty"` // day and night; else only while the plan's Hours are open
}
