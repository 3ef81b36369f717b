package escalation

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

// A Ladder says who is told, and who next when nobody takes the matter.
type Ladder struct {
	ID       string  `json:"id"`
	Levels   []Level `json:"levels"`
	Repeat   int     `json:"repeat,omitempty"` // how often all levels are gone through again
	Fallback string  `json:"fallback"`         // the member or team told when the levels are spent, on duty or not

	// HandOver tells whoever is on duty when the shift of somebody who has the matter ends. Crisis and life are handed over
	// in any case.
	HandOver bool `json:"hand_over,omitempty"`

	Idle   spec.Duration `json:"idle,omitempty"`   // without progress for so long it is taken back; 0 means never
	Relief int           `json:"relief,omitempty"` // abusive messages after which relief is offered; 0 means 3
}

// A Level is one rung of a ladder.
type Level struct {
	// To are ids of members, teams and rosters, or "owner": the owner on duty, else the first back-up on duty.
	To    []string      `json:"to"`
	Wait  spec.Duration `json:"wait"`            // how long before the next level is told
	Empty string        `json:"empty,omitempty"` // nobody on duty: "pass" on at once (the default), or "hold" until one is
}

// A Plan is what holds for the matters it is for: the point person and back-ups, the ladder and the objectives. It is
// for a matter when each list that is not empty holds what the matter has.
//
// The most specific plan wins. Two plans are compared by what they name: the one that names categories before the one
// that does not, then tags, severities, standings, kinds, addressed, brands, locations, countries, languages. Of two that name
// the same the nearer wins: a plan for the store before one for its city, es-MX before es; of equals the one written
// first. Exactly one plan names nothing and is for everything; one names the category life and nothing else.
type Plan struct {
	ID         string                 `json:"id"`
	Categories []string               `json:"categories,omitempty"`
	Tags       []string               `json:"tags,omitempty"` // one of them: self_harm, threat
	Severities []triage.Severity      `json:"severities,omitempty"`
	Standings  []triage.Standing      `json:"standings,omitempty"` // of the author
	Kinds      []mention.Kind         `json:"kinds,omitempty"`
	Addressed  []mention.Addressed    `json:"addressed,omitempty"`
	Brands     []string               `json:"brands,omitempty"`    // subjects of the watchlist
	Locations  []string               `json:"locations,omitempty"` // ids of the hierarchy's, and what lies within
	Countries  []string               `json:"countries,omitempty"` // ISO 3166-1 alpha-2, of the mention's place
	Langs      []string               `json:"langs,omitempty"`     // BCP 47; es is for es-MX as well
	Owner      string                 `json:"owner"`
	Backups    []string               `json:"backups,omitempty"`
	Ladder     string                 `json:"ladder"`
	Hours      string                 `json:"hours,omitempty"` // the calendar that open-hours objectives run on
	Objectives map[Objective]Duration `json:"objectives,omitempty"`
	Recount    string                 `json:"recount,omitempty"`   // clocks from another plan: "receipt", or "change"
	Fresh      spec.Duration          `json:"fresh,omitempty"`     // a mention older than this at receipt pages nobody; 0 means 48 h
	Needs      map[string][]string    `json:"needs,omitempty"`     // the skills that each act takes: draft, approve, send
	Two        bool                   `json:"two,omitempty"`       // who approves an answer is not who drafted it
	Approvals  int                    `json:"approvals,omitempty"` // how many people must allow an answer; 0 means 1
}

// An Objective names a clock on which we owe the customer something.
type Objective string

// The objectives of a conversation. Automatic answers and internal notes meet none of them.
const (
	Take       Objective = "take"        // somebody has it
	FirstReply Objective = "first_reply" // the first answer by a person
	NextReply  Objective = "next_reply"  // an answer to the first unanswered word
	Update     Objective = "update"      // the news we promised
	Resolve    Objective = "resolve"     // it is settled, as far as we can tell
	Confirm    Objective = "confirm"     // the customer has said that it is
	Promise    Objective = "promise"     // what we promised for an instant: no plan gives it a time
)

// A Duration is how long an objective gives, and on which clock it runs.
//
// Days count dates instead of hours: with Elapsed calendar days on the wall of the plan's Hours, as regulators count
// them, which neither pauses nor office hours touch; else days on which the house opens, to the same time of day.
type Duration struct {
	Within  spec.Duration `json:"within,omitzero"`
	Days    int           `json:"days,omitempty"`    // instead of Within
	Elapsed bool          `json:"elapsed,omitempty"` // day and night; else only while the plan's Hours are open
	Warn    []int         `json:"warn,omitempty"`    // percentages of the time at which to warn, each from 1 to 99
}

func oneOf[T comparable](list []T, x T) bool { return len(list) == 0 || slices.Contains(list, x) }

// because names the conditions that made the plan the one.
func (p Plan) because(m Matter) string {
	var named []string
	note := func(n int, format string, value any) {
		if n > 0 {
			named = append(named, fmt.Sprintf(format, value))
		}
	}
	note(len(p.Categories), "category %s", m.Category)
	note(len(p.Tags), "tag %s", strings.Join(slices.DeleteFunc(slices.Clone(m.Tags),
		func(t string) bool { return !slices.Contains(p.Tags, t) }), ", "))
	note(len(p.Severities), "severity %s", m.Severity)
	note(len(p.Standings), "standing %s", m.Standing)
	note(len(p.Kinds), "kind %s", m.Kind)
	note(len(p.Addressed), "addressed %s", m.Addressed)
	note(len(p.Brands), "brand %s", m.Brand)
	note(len(p.Locations), "location %s", m.Location)
	note(len(p.Countries), "country %s", m.Country)
	note(len(p.Langs), "language %s", m.Lang)
	if named == nil {
		return "plan " + p.ID + ": it is for everything that has no plan of its own"
	}
	return "plan " + p.ID + ": " + strings.Join(named, ", ")
}

// What a plan may say of clocks that run when a matter comes to it from another.
const (
	fromReceipt = "receipt"
	fromChange  = "change"
)

// tagged reports whether the matter has a tag of the plan's, or the plan names none.
func (p Plan) tagged(m Matter) bool {
	return len(p.Tags) == 0 || slices.ContainsFunc(m.Tags, func(t string) bool { return slices.Contains(p.Tags, t) })
}

func (p Plan) clone() Plan {
	p.Categories, p.Tags, p.Severities = slices.Clone(p.Categories), slices.Clone(p.Tags), slices.Clone(p.Severities)
	p.Standings, p.Kinds, p.Addressed = slices.Clone(p.Standings), slices.Clone(p.Kinds), slices.Clone(p.Addressed)
	p.Brands, p.Locations = slices.Clone(p.Brands), slices.Clone(p.Locations)
	p.Countries, p.Langs, p.Backups = slices.Clone(p.Countries), slices.Clone(p.Langs), slices.Clone(p.Backups)
	p.Objectives, p.Needs = maps.Clone(p.Objectives), maps.Clone(p.Needs)
	for _, o := range slices.Sorted(maps.Keys(p.Objectives)) {
		x := p.Objectives[o]
		x.Warn = slices.Clone(x.Warn)
		p.Objectives[o] = x
	}
	for _, act := range slices.Sorted(maps.Keys(p.Needs)) {
		p.Needs[act] = slices.Clone(p.Needs[act])
	}
	return p
}
