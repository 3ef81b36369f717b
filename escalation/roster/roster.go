package roster

import (
	"time"

	"github.com/reputekit/reputation/escalation/hours"
)

// A Book is the rosters of a house, and what was agreed against them. It is plain data; Compile turns it into a
// Schedule.
type Book struct {
	Rosters []Roster `json:"rosters,omitempty"`
	Covers  []Cover  `json:"covers,omitempty"`
}

// A Calendar is the open hours of a person, a house or a rotation, in one zone.
type Calendar struct {
	ID   string     `json:"id"`
	Zone string     `json:"zone"` // an IANA name
	Week hours.Week `json:"week,omitzero"`
}

// A Roster is a duty that people take in turns.
type Roster struct {
	ID     string  `json:"id"`
	Hours  string  `json:"hours,omitempty"` // the calendar in which somebody must be on duty; empty means day and night
	Layers []Layer `json:"layers"`          // a later one takes over from those before it
}

// A Layer is rotations side by side.
type Layer struct {
	Rotations []Rotation `json:"rotations"`
}

// A Rotation is people who take turns. Before From nobody has one.
type Rotation struct {
	Calendar string   `json:"calendar"`           // its zone is where hands are changed; while it is closed nobody is on duty
	From     string   `json:"from"`               // the date on which the first turn begins: "2026-03-02"
	At       string   `json:"at,omitempty"`       // the time of day of every hand-over: "09:00"; empty means midnight
	Every    Unit     `json:"every"`              // how long a turn is
	N        int      `json:"n,omitempty"`        // of those units; 0 means 1, at most 1000
	Weekdays bool     `json:"weekdays,omitempty"` // only Monday to Friday count; Friday's turn lasts until Monday. With Day alone
	Slots    []string `json:"slots"`              // members in order; an empty one is nobody
	Changes  []Change `json:"changes,omitempty"`
}

// A Change is a new order from a date on. The turn that it meets ends there, and the order begins with its first slot;
// what was before it stays as it was.
type Change struct {
	From  string   `json:"from"` // later than the one before: "2026-09-01"
	Slots []string `json:"slots"`
}

// A Unit is what turns are counted in. All of them are counted on the wall clock.
type Unit string

// The units. A month is counted from the day of From; where a month is too short its last day stands for it.
const (
	Hour  Unit = "hour"
	Day   Unit = "day"
	Week  Unit = "week"
	Month Unit = "month"
)

// A Cover is what was agreed against the rosters for a time, which begins with From and ends before To.
type Cover struct {
	Kind    CoverKind `json:"kind"`
	Roster  string    `json:"roster,omitempty"` // swap and temporary: empty means all of them
	Who     string    `json:"who,omitempty"`
	By      string    `json:"by,omitempty"`
	From    time.Time `json:"from"` // an instant, written with its offset
	To      time.Time `json:"to"`
	Because string    `json:"because,omitempty"` // for people
}

// CoverKind is what a cover does.
type CoverKind string

// The kinds of cover.
const (
	Leave     CoverKind = "leave"     // Who is not on duty at all; By, if named, takes his turns
	Swap      CoverKind = "swap"      // Who has the turns of By, and By those of Who
	Override  CoverKind = "override"  // By is on duty in Roster, instead of whoever would be
	Temporary CoverKind = "temporary" // By takes the turns of Who, who stays on duty for all else
)

// A Shift is a stretch of time in which the same people are on duty.
type Shift struct {
	Roster string    `json:"roster"`
	From   time.Time `json:"from"`         // its first instant, UTC
	To     time.Time `json:"to"`           // the first instant after it, UTC
	On     []string  `json:"on,omitempty"` // members in order, each once; none is a hole
}

// A Coverage is where a roster has nobody on duty although it should, and where it has more than one.
type Coverage struct {
	Holes    []Shift `json:"holes,omitempty"`
	Overlaps []Shift `json:"overlaps,omitempty"`
}
