package effect

import (
	"encoding/json"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
)

// Tell asks the Notifier to reach one member through one contact. It carries no customer's words and no private data.
type Tell struct {
	Member   string          `json:"member"`
	Contact  string          `json:"contact"` // kind of contact: "phone", "chat", "mail"
	Address  string          `json:"address"`
	Page     int             `json:"page"`    // the climb's number of it
	Subject  string          `json:"subject"` // case or incident, and its id
	ID       string          `json:"id"`
	Category string          `json:"category,omitempty"`
	Severity triage.Severity `json:"severity,omitempty"`
	Due      time.Time       `json:"due,omitzero"`
	Relief   bool            `json:"relief,omitempty"` // he need do nothing any more
}

// Approve asks the Notifier to put a draft before a member who may allow it.
type Approve struct {
	Member  string `json:"member"`
	Draft   string `json:"draft"` // the draft's id
	Subject string `json:"subject"`
	ID      string `json:"id"`
}

// Send asks a Sender to answer a mention, with exactly this text, if what it answers is still there and unchanged.
type Send struct {
	Draft      string             `json:"draft"`
	Channel    string             `json:"channel"`
	Account    string             `json:"account,omitempty"` // the case's own account
	To         mention.Ref        `json:"to"`                // what it answers
	Author     string             `json:"author,omitempty"`  // whom it answers, for a private message
	Visibility mention.Visibility `json:"visibility"`
	Text       string             `json:"text"`
	IfRevision int                `json:"if_revision"`        // of what it answers, as it was when it was approved
	NotAfter   time.Time          `json:"not_after,omitzero"` // later it is not sent any more
	Revises    mention.Ref        `json:"revises,omitzero"`   // our answer that it takes the place of, where there is but one
}

// Moderate asks a Moderator for an act on a mention.
type Moderate struct {
	Ref    mention.Ref `json:"ref"`
	Act    Act         `json:"act"`
	Reason string      `json:"reason"` // the clause of the house rules
}

// Act is what moderation can do.
type Act string

// The acts.
const (
	Keep   Act = "keep"
	Hide   Act = "hide"
	Delete Act = "delete"
	Report Act = "report"
)

// Publish asks a Publisher to post (or to revise in place) a holding statement at one venue.
type Publish struct {
	Channel string      `json:"channel"`
	Account string      `json:"account,omitempty"`
	Text    string      `json:"text"`
	Version int         `json:"version"`         // of the statement, from 1
	Revise  mention.Ref `json:"revise,omitzero"` // our earlier post, when the venue can revise
}

// Hold asks the Scheduler to stop every scheduled post at the moment of sending.
type Hold struct {
	Incident string    `json:"incident"`
	Until    time.Time `json:"until,omitzero"` // zero: until Resume
	By       string    `json:"by,omitempty"`   // who holds them: a member; empty: the machine, on a suspicion
	Why      string    `json:"why,omitempty"`
}

// Resume asks the Scheduler to let scheduled posts go again. What was missed meanwhile never goes out by itself.
type Resume struct {
	Incident string `json:"incident"`
}

// HoldCases asks the desk to tell a case, or every case of an incident, that the incident holds it: event.JoinedIncident.
// No outcome of it is awaited: a case that is not told answers for itself.
type HoldCases struct {
	Incident string `json:"incident"`
	Case     string `json:"case,omitempty"` // empty: all that have joined
}

// ReleaseCases asks the desk to tell a case, or every case of an incident, that the incident lets it go:
// event.IncidentOver. Of many, the clocks begin one after another, by priority: incident.Spread says when each does.
type ReleaseCases struct {
	Incident string `json:"incident"`
	Case     string `json:"case,omitempty"` // empty: all that it holds
	Pace     int    `json:"pace,omitempty"` // how many clocks begin in an hour
}

// InformCases asks the desk to tell a case, or every case that ever joined an incident, what it has verified and what of it
// is not so: event.Informed. A case that was taken out of it hears it too, for it may have said it. No outcome is awaited.
type InformCases struct {
	Incident string `json:"incident"`
	Case     string `json:"case,omitempty"` // empty: all
}

// Join asks the desk to bring a case to the incident of its category, and to open one where there is none.
type Join struct {
	Case     string          `json:"case"`
	Category string          `json:"category"`
	Severity triage.Severity `json:"severity"`
	Brand    string          `json:"brand,omitempty"`
	Country  string          `json:"country,omitempty"`
	Lang     string          `json:"lang,omitempty"`
	Life     bool            `json:"life,omitempty"`
	Mention  mention.Ref     `json:"mention"`
	Again    bool            `json:"again,omitempty"` // it joined before, and still waits for an answer
}

// Unknown is a request of a kind that this version does not know, kept as it came.
type Unknown struct {
	Name string
	Raw  json.RawMessage
}

func (Tell) kind() string { return "tell" }

func (Approve) kind() string { return "approve" }

func (Send) kind() string { return "send" }

func (Moderate) kind() string { return "moderate" }

func (Publish) kind() string { return "publish" }

func (Hold) kind() string { return "hold" }

func (Resume) kind() string { return "resume" }

func (Join) kind() string { return "join" }

func (HoldCases) kind() string { return "hold_cases" }

func (ReleaseCases) kind() string { return "release_cases" }

func (InformCases) kind() string { return "inform_cases" }

func (u Unknown) kind() string { return u.Name }

// kinds is the closed set, by name. It is never written to.
var kinds = map[string]Body{
	Tell{}.kind(): Tell{}, Approve{}.kind(): Approve{}, Send{}.kind(): Send{}, Moderate{}.kind(): Moderate{},
	Publish{}.kind(): Publish{}, Hold{}.kind(): Hold{}, Resume{}.kind(): Resume{}, Join{}.kind(): Join{},
	Grant{}.kind(): Grant{}, Survey{}.kind(): Survey{},
	HoldCases{}.kind(): HoldCases{}, ReleaseCases{}.kind(): ReleaseCases{},
	InformCases{}.kind(): InformCases{},
	Observe{}.kind():     Observe{}, Lookup{}.kind(): Lookup{}, Redact{}.kind(): Redact{}, Erase{}.kind(): Erase{},
}
