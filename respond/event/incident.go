package event

import (
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/surge"
)

// Joined says, to an incident, that a case belongs to it.
type Joined struct {
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

// Surged says, to an incident, that more is said than is usual, or that a crowd of strangers has gathered. It is what
// surge.Reading and surge.Meeting have at the warning. Its ID is SurgedID.
type Surged struct {
	Series   string          `json:"series"`             // surge.Key, or surge.CrowdKey
	Since    time.Time       `json:"since"`              // when it began, UTC
	Category string          `json:"category,omitempty"` // empty: of all categories
	Brand    string          `json:"brand,omitempty"`
	Country  string          `json:"country,omitempty"`
	Lang     string          `json:"lang,omitempty"`
	Severity triage.Severity `json:"severity,omitempty"`
	Seen     int             `json:"seen"`              // mentions in the last hour
	Expected int             `json:"expected"`          // mentions an hour usually has
	Times    int             `json:"times"`             // how many times the usual, per mille
	Authors  int             `json:"authors,omitempty"` // of a crowd: the strangers in it; 0: it is no crowd
	Mention  mention.Ref     `json:"mention"`           // with which it was noticed
}

// Subsided says, to an incident, that a surge or a crowd is over.
type Subsided struct {
	Series string    `json:"series"`
	Since  time.Time `json:"since"` // when it began, UTC
}

// Decided says what a person decided about a crowd: how what it wrote is treated.
type Decided struct {
	Decision string `json:"decision"` // for surge.Crowd.Decided: "leave standing"
}

// Contained says that a person found that it spreads no further. The public is still owed its updates.
type Contained struct {
	Note string `json:"note,omitempty"`
}

// Examined says what people found out about an incident once it was over.
type Examined struct {
	Cause   string   `json:"cause"`             // the root of it
	Changes []string `json:"changes,omitempty"` // what is to change, each with its owner and date in words
}

// HandedOver says that the member the event is By gives the matter to another, who has it when he takes it.
type HandedOver struct {
	To   string `json:"to"` // a member's id
	Note string `json:"note,omitempty"`
}

// Halted says that a member holds scheduled posts.
type Halted struct {
	Until time.Time `json:"until,omitzero"` // UTC; zero: until somebody lets them go
	Why   string    `json:"why"`
}

// Resumed says that a member lets scheduled posts go again. What was missed meanwhile never goes out by itself.
type Resumed struct {
	Why string `json:"why,omitempty"`
}

// Assessed is a member's word, to an incident or a case, on what the situation is: what a strategy.Situation and a
// strategy.Responsibility ask.
type Assessed struct {
	Cluster     string `json:"cluster,omitempty"`     // victim, accidental, preventable, rumour, challenge; empty: not known
	Verified    bool   `json:"verified,omitempty"`    // it is a verified fact
	History     bool   `json:"history,omitempty"`     // it happened before, or our standing is bad
	False       bool   `json:"false,omitempty"`       // rumour: verified to be false
	Unwarranted bool   `json:"unwarranted,omitempty"` // challenge: verified to be without ground
	Whose       string `json:"whose,omitempty"`       // the fault: shared, ours; empty: not known
	Part        string `json:"part,omitempty"`        // shared: our part
	Evidence    string `json:"evidence,omitempty"`    // on which the member confirms it
}

// Freed says that a member takes one case out of an incident: it is about something else.
type Freed struct {
	Case string `json:"case"`
	Note string `json:"note,omitempty"`
}

// JoinedIncident says, to a case, that a declared incident holds it: the incident speaks for it. Its ID is HeldID.
type JoinedIncident struct {
	Incident string `json:"incident"`
	Told     Told   `json:"told,omitzero"`
}

// IncidentOver says, to a case, that its incident lets it go. Its ID is HeldID.
type IncidentOver struct {
	Incident string    `json:"incident"`
	From     time.Time `json:"from,omitzero"` // from when the clock of its answer runs, UTC; zero: at once
}

// Told is what an incident has told the public last. The zero Told is nothing.
type Told struct {
	Version int       `json:"version"` // of the statement, from 1
	Text    string    `json:"text"`
	Next    time.Time `json:"next,omitzero"` // when the next news come, UTC
}

// Stated says that somebody wrote a holding statement for an incident. It replaces the draft before it.
type Stated struct {
	Statement Statement `json:"statement"`
}

// A Statement is what the public is told while a crisis lasts: what we know, what we do, when the next news comes and
// where to look. Text is what is published; the other fields are checked against it.
type Statement struct {
	Text  string        `json:"text"`
	Next  time.Time     `json:"next,omitzero"`   // the instant of the next update ...
	Zone  string        `json:"zone,omitempty"`  // ... and the IANA zone it is told in
	Every spec.Duration `json:"every,omitempty"` // or an interval
	Look  string        `json:"look,omitempty"`  // where to look: a URL, an account

	// Strategy is what it does about responsibility: a strategy.Strategy. Empty is the base alone.
	Strategy string `json:"strategy,omitempty"`

	// Corrects says that it takes back something an earlier version said. The text says so too.
	Corrects bool `json:"corrects,omitempty"`
}

// SurgedID names a surge or a crowd by its row and its beginning: the same at every mention of it.
func SurgedID(series string, since time.Time) string { return surgeID(series, since, Surged{}.kind()) }

// SubsidedID names the end of one.
func SubsidedID(series string, since time.Time) string {
	return surgeID(series, since, Subsided{}.kind())
}

func surgeID(series string, since time.Time, kind string) string {
	return mention.Key("event", surge.ID(series, since), kind)
}

// HeldID names what a request of an incident, by its key, did to one case: it was held, or let go.
func HeldID(key, id string) string { return mention.Key("event", "held", key, id) }

// canonicalIncident is canonical for what happens to incidents, and to the cases that they hold.
func canonicalIncident(b Body) Body {
	switch b := b.(type) {
	case Joined:
		clean(&b.Case, &b.Category, &b.Brand, &b.Country, &b.Lang)
		b.Mention = ref(b.Mention)
		return b
	case Surged:
		clean(&b.Series, &b.Category, &b.Brand, &b.Country, &b.Lang)
		b.Since, b.Mention = instant(b.Since), ref(b.Mention)
		return b
	case Subsided:
		clean(&b.Series)
		b.Since = instant(b.Since)
		return b
	case Decided:
		clean(&b.Decision)
		return b
	case Contained:
		clean(&b.Note)
		return b
	case Examined:
		clean(&b.Cause)
		b.Changes = cleaned(b.Changes)
		return b
	case HandedOver:
		clean(&b.To, &b.Note)
		return b
	case Halted:
		clean(&b.Why)
		b.Until = instant(b.Until)
		return b
	case Resumed:
		clean(&b.Why)
		return b
	case Assessed:
		clean(&b.Cluster, &b.Whose, &b.Part, &b.Evidence)
		return b
	case Freed:
		clean(&b.Case, &b.Note)
		return b
	case JoinedIncident:
		clean(&b.Incident)
		b.Told = told(b.Told)
		return b
	case IncidentOver:
		clean(&b.Incident)
		b.From = instant(b.From)
		return b
	case Stated:
		s := &b.Statement
		clean(&s.Text, &s.Zone, &s.Look, &s.Strategy)
		s.Next, s.Every = instant(s.Next), max(s.Every, spec.Duration(0))
		return b
	}
	return canonicalLearned(b)
}

func told(t Told) Told {
	clean(&t.Text)
	t.Next = instant(t.Next)
	return t
}

func (Joined) kind() string { return "joined" }

func (Surged) kind() string { return "surged" }

func (Subsided) kind() string { return "subsided" }

func (Decided) kind() string { return "decided" }

func (Contained) kind() string { return "contained" }

func (Examined) kind() string { return "examined" }

func (HandedOver) kind() string { return "handed_over" }

func (Halted) kind() string { return "halted" }

func (Resumed) kind() string { return "resumed" }

func (Assessed) kind() string { return "assessed" }

func (Freed) kind() string { return "freed" }

func (JoinedIncident) kind() string { return "joined_incident" }

func (IncidentOver) kind() string { return "incident_over" }

func (Stated) kind() string { return "stated" }
