package escalation

import (
	"github.com/reputekit/reputation/escalation/roster"
	"github.com/reputekit/reputation/triage"
)

// A Hierarchy is what a person writes: who there is, when they work, who is told in which order, and which plan holds
// for which matter. It is plain data; Compile turns it into a Directory. Members, teams and rosters share one set of
// ids, in which "owner" is taken.
type Hierarchy struct {
	Members   []Member          `json:"members"`
	Teams     []Team            `json:"teams,omitempty"`
	Calendars []roster.Calendar `json:"calendars,omitempty"`
	Rosters   []roster.Roster   `json:"rosters,omitempty"`
	Covers    []roster.Cover    `json:"covers,omitempty"` // what was agreed against calendars and rosters: leave, swaps
	Ladders   []Ladder          `json:"ladders"`
	Plans     []Plan            `json:"plans"`
	Watches   []Watch           `json:"watches,omitempty"`

	// What lies within what, from the lower to the next higher: a store in its city, the city in its country; a brand
	// under its house. A plan for the higher one is for the lower as well, unless the lower has one of its own.
	Locations map[string]string `json:"locations,omitempty"`
	Brands    map[string]string `json:"brands,omitempty"`
}

// A Member is a person who can own a case, be told of one, or allow something. A member who has left is kept, marked,
// for as long as a case or a ladder may name him: he is never told, and his deputies, then his boss, then the deputies
// and the boss of that one stand in for him.
type Member struct {
	ID        string      `json:"id"`
	Name      string      `json:"name"`
	Left      bool        `json:"left,omitempty"`
	Contacts  []Contact   `json:"contacts"`            // tried in this order
	Calendar  string      `json:"calendar,omitempty"`  // when on duty; empty means whenever a roster names him, in none always
	Quiet     string      `json:"quiet,omitempty"`     // a calendar of hours in which only crisis and life reach him
	Zone      string      `json:"zone,omitempty"`      // an IANA name, for his days and months; empty means his calendar's, else UTC
	Skills    []string    `json:"skills,omitempty"`    // what he knows for good: a language, a trade
	Certified []Certified `json:"certified,omitempty"` // what he knows until a date
	Most      int         `json:"most,omitempty"`      // open cases; with that many he comes after the others. 0 means no limit
	Locations []string    `json:"locations,omitempty"` // he sees only cases from these and what lies within; empty means all
	Boss      string      `json:"boss,omitempty"`
	Deputies  []string    `json:"deputies,omitempty"`
	Authority []Authority `json:"authority,omitempty"`
}

// A Certified is a skill that somebody has proved and has to prove again. Once it has expired he may draft what needs it
// and no more.
type Certified struct {
	Skill string `json:"skill"`
	Until string `json:"until"` // the last day it holds, in the member's zone: "2027-03-31"
}

// A Contact is one way to reach a member.
type Contact struct {
	Kind    string `json:"kind"` // a name the Notifier knows: "phone", "chat", "mail"
	Address string `json:"address"`
}

// An Authority is something a member may do alone: approve replies of a category, grant up to a sum.
type Authority struct {
	Act        string          `json:"act"`                  // "approve", "declare", "grant", "admit", "verify"
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
