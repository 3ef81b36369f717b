package incident

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/strategy"
	"github.com/reputekit/reputation/triage"
)

// An Incident is one crisis. It is plain data, stored as its JSON, and changes only through Apply.
type Incident struct {
	Tenant    string               `json:"tenant,omitempty"`
	ID        string               `json:"id"`
	Seq       int                  `json:"seq"` // entries so far
	At        time.Time            `json:"at,omitzero"`
	Opened    time.Time            `json:"opened,omitzero"` // the first step
	State     State                `json:"state,omitempty"`
	Matter    Matter               `json:"matter,omitzero"`
	Cases     int                  `json:"cases,omitempty"` // how many joined
	Freed     int                  `json:"freed,omitempty"` // how many of them a person took out again
	First     mention.Ref          `json:"first,omitzero"`  // the mention that opened it
	Surges    []Surge              `json:"surges,omitempty"`
	Decision  string               `json:"decision,omitempty"` // on a crowd
	Commander string               `json:"commander,omitempty"`
	Handing   *Handing             `json:"handing,omitempty"` // the command is offered to another
	Climb     *escalation.Climb    `json:"climb,omitempty"`
	Confirm   time.Time            `json:"confirm,omitzero"` // suspected: until when somebody must say what it is
	Next      time.Time            `json:"next,omitzero"`    // declared: when the public is owed the next word at the latest
	Asked     int                  `json:"asked,omitempty"`  // how often that was asked again
	Posts     *Halt                `json:"posts,omitempty"`  // scheduled posts are held
	Assessed  *strategy.Assessment `json:"assessed,omitempty"`
	Used      []string             `json:"used,omitempty"`  // strategies of the statements since the last retraction
	Facts     []fact.Record        `json:"facts,omitempty"` // verified here; Said and Corrected are of the public
	Draft     *Draft               `json:"draft,omitempty"`
	Statement *Published           `json:"statement,omitempty"` // what the public was told last
	Breaches  int                  `json:"breaches,omitempty"`  // updates promised in public and not given in time
	Findings  *Examination         `json:"findings,omitempty"`  // what people found out once it was over
	Awaited   []respond.Awaited    `json:"awaited,omitempty"`
	Known     []string             `json:"known,omitempty"` // the last 64 event ids
	rest      spec.Rest
}

// State is how far an incident has come.
type State string

// The states.
const (
	Crowd     State = "crowd"     // many strangers at once, and no crisis: one person is asked what becomes of it
	Suspected State = "suspected" // a machine thinks so
	Declared  State = "declared"  // a person says so
	Contained State = "contained" // and that it spreads no further
	Dismissed State = "dismissed" // a person says no, or nobody said anything
	Resolved  State = "resolved"  // a person says that what was declared is over
	Examined  State = "examined"  // and what was behind it
)

// Matter is what the incident is about, as the first case or the surge had it.
type Matter struct {
	Category string          `json:"category"`
	Severity triage.Severity `json:"severity"` // the highest of its cases
	Brand    string          `json:"brand,omitempty"`
	Country  string          `json:"country,omitempty"`
	Lang     string          `json:"lang,omitempty"`
	Life     bool            `json:"life,omitempty"`
}

// New returns the empty incident that the first event is decided on.
func New(tenant, id string) Incident { return Incident{Tenant: tenant, ID: id} }

// Key is the routing key of the live incident of a category.
func Key(tenant, category string) string { return mention.Key("incident of", tenant, category) }

// ID names the incident that a case opens, or a surge: first is the case's id, or the surge.ID.
func ID(tenant, category, first string) string {
	return mention.Key("incident", tenant, category, first)
}

// Live reports whether cases still join it.
func (in Incident) Live() bool {
	return in.State != Dismissed && in.State != Resolved && in.State != Examined
}

// Speaks reports whether the incident speaks for its cases: a person has declared it, and it is not over.
func (in Incident) Speaks() bool { return in.State == Declared || in.State == Contained }

// Told is what the public was told last, for event.Received and event.JoinedIncident of the cases that it holds.
func (in Incident) Told() event.Told {
	p := in.Statement
	if p == nil || !in.Speaks() || p.Statement.Text == "" { // what it said was erased
		return event.Told{}
	}
	return event.Told{Version: p.Version, Text: p.Statement.Text, Next: p.Next}
}

// Keys are the routing keys that lead to it: while it lives, its category's, and the rows of the surges that it knows.
func (in Incident) Keys() []string {
	if !in.Live() {
		return nil
	}
	var keys []string
	if in.Matter.Category != "" && in.State != Crowd {
		keys = append(keys, Key(in.Tenant, in.Matter.Category))
	}
	for _, x := range in.Surges {
		if !slices.Contains(keys, x.Series) {
			keys = append(keys, x.Series)
		}
	}
	return keys
}

// Due returns when the incident next wants an Elapsed event; zero when it wants none. While it lives there is one.
func (in Incident) Due() time.Time {
	var due []time.Time
	if in.Climb != nil {
		due = append(due, in.Climb.Due())
	}
	if in.State == Suspected || in.State == Crowd {
		due = append(due, in.Confirm)
	}
	if in.Speaks() {
		due = append(due, in.Next)
	}
	if in.Draft != nil {
		due = append(due, in.Draft.Until)
	}
	if in.Handing != nil {
		due = append(due, in.Handing.Until)
	}
	due = slices.DeleteFunc(due, time.Time.IsZero)
	if len(due) == 0 {
		return time.Time{}
	}
	return slices.MinFunc(due, time.Time.Compare)
}

// Priority returns its place in the queue, among the cases.
func (in Incident) Priority() triage.Priority {
	return triage.Rank{
		Life: in.Matter.Life, Crisis: in.State != Crowd, Severity: in.Matter.Severity, Breaches: in.Breaches,
		Deadline: in.Due(), Since: in.Opened,
	}.Priority()
}

// incidentVersion is the version of the JSON form of an Incident. Version 1 is not written.
const incidentVersion = 1

type plain Incident

type versioned struct {
	V int `json:"v,omitempty"`
	plain
}

// MarshalJSON writes the incident, with the members it did not know when it was read, wherever they stood.
func (in Incident) MarshalJSON() ([]byte, error) { return in.rest.Marshal(versioned{plain: plain(in)}) }

// UnmarshalJSON reads the incident and keeps the members it does not know, as spec.Rest says. The error of an incident
// that a newer major version wrote is a *spec.VersionError.
func (in *Incident) UnmarshalJSON(data []byte) error {
	var w versioned
	rest, err := spec.UnmarshalAll(data, &w)
	if newer := spec.CheckVersion("incident", spec.VersionOf(data, w.V, err), incidentVersion); newer != nil {
		return newer
	}
	if err != nil {
		return err
	}
	*in = Incident(w.plain)
	in.rest = rest
	return nil
}
