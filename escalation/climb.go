package escalation

import (
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
)

// A Matter is what the Directory is asked about.
type Matter struct {
	Category string
	Tags     []string
	Severity triage.Severity
	Life     bool
	Brand    string // a subject of the watchlist
	Location string // the host's own id of a place, a store; empty when nobody knows
	Country  string
	Lang     string

	Standing  triage.Standing   // who the author is; empty when nobody knows
	Kind      mention.Kind      // the form of what was said; empty means post
	Addressed mention.Addressed // to us, about us; empty when nobody has said
	Load      map[string]int    // how many open cases each member has, a reading; nil when nobody knows
}

// An Assignment says who answers for a matter at an instant, and why.
type Assignment struct {
	Plan    string   `json:"plan"`
	Owner   string   `json:"owner"`             // the point person
	Backups []string `json:"backups,omitempty"` // in order
	Acting  string   `json:"acting,omitempty"`  // the first of them on duty; empty when nobody is
	Ladder  string   `json:"ladder"`
	Because []string `json:"because"` // "plan outage: category outage", "ana is off duty until 08:00 Europe/Madrid"

	Watchers []string `json:"watchers,omitempty"` // members who look on; they never write to the customer
}

// A Climb is one walk up a ladder: who has been told, what came of it, and when the next are told. It is plain data and
// changes only in Directory.Climb.
type Climb struct {
	Assignment
	Urgent   bool      `json:"urgent,omitempty"`   // crisis or life: nothing holds, mutes or throttles it
	Life     bool      `json:"life,omitempty"`     // danger to people
	Location string    `json:"location,omitempty"` // where it is from: who does not see that is not told of a level
	Country  string    `json:"country,omitempty"`  // the same, where no location is known
	Level    int       `json:"level"`              // the rung that is being waited for; len(levels) is the fallback
	Round    int       `json:"round,omitempty"`    // how often the ladder has been gone through before
	Spent    bool      `json:"spent,omitempty"`    // the levels are spent, the fallback has been told
	Waits    string    `json:"waits,omitempty"`    // why the level has not been told yet, and until when; it is told at Next
	Pages    []Page    `json:"pages,omitempty"`    // in order: the last 32, and of older ones those that still matter
	Telling  int       `json:"telling,omitempty"`  // the number of the first page of the level that is being waited for
	Sent     int       `json:"sent,omitempty"`     // how many pages there have been: the next page's number
	Next     time.Time `json:"next,omitzero"`      // when the next level is told, or the fallback again; zero is never
	Turn     time.Time `json:"turn,omitzero"`      // when who is on duty may change: a shift ends, another begins
	Taken    string    `json:"taken,omitempty"`    // who has it
	Idle     time.Time `json:"idle,omitzero"`      // when it is taken back from him if he makes no progress; zero is never
	Abuse    int       `json:"abuse,omitempty"`    // abusive messages since he took it, or since relief was offered
	Again    int       `json:"again,omitempty"`    // how often the customer has come back
	Over     bool      `json:"over,omitempty"`     // stood down
}

// Due is when the climb next wants a TimeUp. Until somebody has the matter that is when the next level is to be told, or
// before that when a shift ends or a page has been without word for too long: it is never zero. Of a matter that
// somebody has it is when his shift ends, or when it is taken back from him; zero when neither will be, and when the
// matter is over.
func (c Climb) Due() time.Time {
	switch {
	case c.Over:
		return time.Time{}
	case c.Taken != "":
		return sooner(c.Idle, c.Turn)
	}
	due := c.Next
	if !c.Turn.IsZero() && c.Turn.Before(due) {
		due = c.Turn
	}
	for i := range c.Pages {
		p := &c.Pages[i]
		if p.pending(c.Telling) && p.unheard().Before(due) {
			due = p.unheard()
		}
	}
	return due
}

// unheardAfter is how long a page may be without word of its delivery.
const unheardAfter = 2 * time.Minute

// asks reports whether the page asks its member to take the matter.
func (p *Page) asks() bool { return !p.Relief && !p.Offer }

// pending reports whether word of the page's delivery is waited for, telling being the climb's.
func (p *Page) pending(telling int) bool {
	return p.N >= telling && p.asks() && (p.State == Asked || p.State == Held)
}

// unheard is when the page counts as undelivered if nothing is heard of it.
func (p *Page) unheard() time.Time {
	if p.State == Held && p.Until.After(p.At) {
		return p.Until.Add(unheardAfter)
	}
	return p.At.Add(unheardAfter)
}

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
	Until   time.Time `json:"until,omitzero"`   // Held: when it goes out, with the others
	Relief  bool      `json:"relief,omitempty"` // tells somebody that he need do nothing any more
	Offer   bool      `json:"offer,omitempty"`  // offers who has the matter to be relieved of it, after abuse
	Because string    `json:"because"`          // "level 1: page 0 to ben came back undelivered"
}

// PageState is what became of a page.
type PageState string

// What became of a page. A page that is still Asked two minutes later, or Held two minutes after it was to go out, counts
// as undelivered, unless another level has been told since. Delivered is final; word that comes late makes an
// undelivered page Delivered and undoes nothing.
const (
	Asked       PageState = "asked"
	Held        PageState = "held" // by the throttle, until it goes out with others
	Delivered   PageState = "delivered"
	Undelivered PageState = "undelivered"
)

// A Move is one thing that happened to a climb.
type Move struct {
	Kind    MoveKind
	Page    int       // Reached, Bounced and Deferred: the page's number
	Until   time.Time // Deferred: when it goes out
	By      string    // Took, Escalated and StoodOff: the member
	Because string    // Escalated: why, in his words
	Matter  Matter    // Rebased: what it is now
}

// MoveKind is the kind of a move.
type MoveKind string

// The moves. A climb is made by Directory.Open.
const (
	Took       MoveKind = "took"       // a member has it
	Progressed MoveKind = "progressed" // who has it did something: he is not idle
	Released   MoveKind = "released"   // who took it gives it back: the level is told again, without him
	Escalated  MoveKind = "escalated"  // somebody sends it up: the next level is told, or the fallback after the last
	Contacted  MoveKind = "contacted"  // the customer came back; the second time it goes up a level
	Abused     MoveKind = "abused"     // the customer abused who has it; the third time he is offered relief
	Reached    MoveKind = "reached"    // a page was delivered
	Bounced    MoveKind = "bounced"    // a page was not
	Deferred   MoveKind = "deferred"   // the throttle holds a page until an instant; never of crisis or life
	Rebased    MoveKind = "rebased"    // plan, owner and ladder are those of the matter as it is now
	TimeUp     MoveKind = "time_up"    // now is Due or later
	StoodOff   MoveKind = "stood_off"  // the matter is over
)
