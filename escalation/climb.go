package escalation

import (
	"time"

	"github.com/reputekit/reputation/triage"
)

// A Matter is what the Directory is asked about.
type Matter struct {
	Category string
	Severity triage.Severity
	Life     bool
	Brand    string // a subject of the watchlist
	Country  string
	Lang     string
}

// An Assignment says who answers for a matter at an instant, and why.
type Assignment struct {
	Plan    string   `json:"plan"`
	Owner   string   `json:"owner"`             // the point person
	Backups []string `json:"backups,omitempty"` // in order
	Acting  string   `json:"acting,omitempty"`  // the first of them on duty; empty when nobody is
	Ladder  string   `json:"ladder"`
	Because []string `json:"because"` // "plan outage: category outage", "ana is off duty until 08:00 Europe/Madrid"
}

// A Climb is one walk up a ladder: who has been told, what came of it, and when the next are told. It is plain data and
// changes only in Directory.Climb.
type Climb struct {
	Assignment
	Urgent  bool      `json:"urgent,omitempty"`  // crisis or life: no level holds until somebody is on duty
	Level   int       `json:"level"`             // the rung that is being waited for; len(levels) is the fallback
	Round   int       `json:"round,omitempty"`   // how often the ladder has been gone through before
	Spent   bool      `json:"spent,omitempty"`   // the levels are spent, the fallback has been told
	Waits   string    `json:"waits,omitempty"`   // why the level has not been told yet, and until when; it is told at Next
	Pages   []Page    `json:"pages,omitempty"`   // in order: the last 32, and of older ones those that still matter
	Telling int       `json:"telling,omitempty"` // the number of the first page of the level that is being waited for
	Sent    int       `json:"sent,omitempty"`    // how many pages there have been: the next page's number
	Next    time.Time `json:"next,omitzero"`     // when the next level is told, or the fallback again; zero is never
	Taken   string    `json:"taken,omitempty"`   // who has it
	Over    bool      `json:"over,omitempty"`    // stood down
}

// Due is when the climb next wants a TimeUp: when the next level is to be told, or before that when a page has been
// without word for too long. It is zero when somebody has the matter or it is over, and never otherwise.
func (c Climb) Due() time.Time {
	if c.Taken != "" || c.Over {
		return time.Time{}
	}
	due := c.Next
	for _, p := range c.Pages {
		if p.pending(c.Telling) && p.unheard().Before(due) {
			due = p.unheard()
		}
	}
	return due
}

// unheardAfter is how long a page may be without word of its delivery.
const unheardAfter = 2 * time.Minute

// pending reports whether word of the page's delivery is waited for, telling being the climb's.
func (p Page) pending(telling int) bool { return p.N >= telling && !p.Relief && p.State == Asked }

// unheard is when the page counts as undelivered if nothing is heard of it.
func (p Page) unheard() time.Time { return p.At.Add(unheardAfter) }

// A Page is one message to one member through one contact.
type Page struct {
	N       int       `json:"n"` // its number within the climb, from 0
	Member  string    `json:"member"`
	Contact int       `json:"contact"` // index into the member's contacts
	Kind    string    `json:"kind"`    // of the contact
	Address string    `json:"address"`
	Level   int       `json:"level"`
	At      time.Time `json:"at"`
	State   PageState `json:"state"`
	Relief  bool      `json:"relief,omitempty"` // tells somebody that he need do nothing any more
	Because string    `json:"because"`          // "level 1: page 0 to ben came back undelivered"
}

// PageState is what became of a page.
type PageState string

// What became of a page. A page that is still Asked two minutes later counts as undelivered, unless another level has
// been told since. Delivered is final; word that comes late makes an undelivered page Delivered and undoes nothing.
const (
	Asked       PageState = "asked"
	Delivered   PageState = "delivered"
	Undelivered PageState = "undelivered"
)

// A Move is one thing that happened to a climb.
type Move struct {
	Kind MoveKind
	Page int    // Reached and Bounced: the page's number
	By   string // Took: the member
}

// MoveKind is the kind of a move.
type MoveKind string

// The moves. A climb is made by Directory.Open.
const (
	Took     MoveKind = "took"      // a member has it
	Released MoveKind = "released"  // who took it gives it back: the level is told again, without him
	Reached  MoveKind = "reached"   // a page was delivered
	Bounced  MoveKind = "bounced"   // a page was not
	TimeUp   MoveKind = "time_up"   // now is Due or later
	StoodOff MoveKind = "stood_off" // the matter is over
)
