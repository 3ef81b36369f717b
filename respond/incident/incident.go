package incident

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/respond/trail"
	"github.com/reputekit/reputation/triage"
)

// An Incident is one crisis. It is plain data, stored as its JSON, and changes only through Apply.
type Incident struct {
	Tenant    string            `json:"tenant,omitempty"`
	ID        string            `json:"id"`
	Seq       int               `json:"seq"` // entries so far
	At        time.Time         `json:"at,omitzero"`
	Opened    time.Time         `json:"opened,omitzero"` // the first step
	State     State             `json:"state,omitempty"`
	Matter    Matter            `json:"matter,omitzero"`
	Cases     int               `json:"cases,omitempty"` // how many joined
	First     mention.Ref       `json:"first,omitzero"`  // the mention that opened it
	Commander string            `json:"commander,omitempty"`
	Climb     *escalation.Climb `json:"climb,omitempty"`
	Confirm   time.Time         `json:"confirm,omitzero"` // suspected: until when somebody must say what it is
	Next      time.Time         `json:"next,omitzero"`    // declared: when the public is owed the next word at the latest
	Asked     int               `json:"asked,omitempty"`  // how often that was asked again
	Draft     *Draft            `json:"draft,omitempty"`
	Statement *Published        `json:"statement,omitempty"` // what the public was told last
	Breaches  int               `json:"breaches,omitempty"`  // updates promised in public and not given in time
	Awaited   []respond.Awaited `json:"awaited,omitempty"`
	Known     []string          `json:"known,omitempty"` // the last 64 event ids
	rest      map[string]json.RawMessage
}

// State is how far an incident has come.
type State string

// The states.
const (
	Suspected State = "suspected" // a machine thinks so
	Declared  State = "declared"  // a person says so
	Dismissed State = "dismissed" // a person says no, or nobody said anything
	Resolved  State = "resolved"  // a person says that what was declared is over
)

// Matter is what the incident is about, as the first case had it.
type Matter struct {
	Category string          `json:"category"`
	Severity triage.Severity `json:"severity"` // the highest of its cases
	Brand    string          `json:"brand,omitempty"`
	Country  string          `json:"country,omitempty"`
	Lang     string          `json:"lang,omitempty"`
	Life     bool            `json:"life,omitempty"`
}

// A Draft is a holding statement before it goes out.
type Draft struct {
	ID        string              `json:"id"`
	By        string              `json:"by"`
	Statement event.Statement     `json:"statement"`
	Findings  []guideline.Finding `json:"findings,omitempty"`
	Rejected  bool                `json:"rejected,omitempty"`
}

// Published is a holding statement that went out.
type Published struct {
	Version   int             `json:"version"` // 1 for the first statement
	Statement event.Statement `json:"statement"`
	By        string          `json:"by"` // who approved it
	At        time.Time       `json:"at"`
	Next      time.Time       `json:"next"`             // when the public was promised the next news
	Missed    bool            `json:"missed,omitempty"` // and did not get them
	Posts     []Post          `json:"posts,omitempty"`  // where it stands, or is to stand

	Earlier []Earlier `json:"earlier,omitempty"` // what was said before, the oldest first, the last 50
}

// Earlier is a version of the statement that stood before the one that stands now.
type Earlier struct {
	Version   int             `json:"version"`
	Statement event.Statement `json:"statement"`
	By        string          `json:"by"` // who approved it
	At        time.Time       `json:"at"`
}

// A Post is the statement's one place at one of our accounts; newer versions revise it in place.
type Post struct {
	Channel string      `json:"channel"`
	Account string      `json:"account,omitempty"`
	Version int         `json:"version"`      // the newest that was asked for
	Ref     mention.Ref `json:"ref,omitzero"` // the post, once it is known
}

// New returns the empty incident that the first event is decided on.
func New(tenant, id string) Incident { return Incident{Tenant: tenant, ID: id} }

// Key is the routing key of the live incident of a category.
func Key(tenant, category string) string { return mention.Key("incident of", tenant, category) }

// ID names the incident that a case opens.
func ID(tenant, category, firstCase string) string {
	return mention.Key("incident", tenant, category, firstCase)
}

// Live reports whether cases still join it.
func (in Incident) Live() bool { return in.State != Dismissed && in.State != Resolved }

// Keys are the routing keys that lead to it: while it lives, its category's.
func (in Incident) Keys() []string {
	if !in.Live() || in.Matter.Category == "" {
		return nil
	}
	return []string{Key(in.Tenant, in.Matter.Category)}
}

// Due returns when the incident next wants an Elapsed event; zero when it wants none. While it lives there is one.
func (in Incident) Due() time.Time {
	var due []time.Time
	if in.Climb != nil {
		due = append(due, in.Climb.Due())
	}
	if in.State == Suspected {
		due = append(due, in.Confirm)
	}
	if in.State == Declared {
		due = append(due, in.Next)
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
		Life: in.Matter.Life, Crisis: true, Severity: in.Matter.Severity, Breaches: in.Breaches,
		Deadline: in.Due(), Since: in.Opened,
	}.Priority()
}

// An Entry is everything that one step of an incident decided.
type Entry = trail.Entry[Change]

// A Change is what one step altered. A field that is absent altered nothing; a pointer to a zero value cleared it.
type Change struct {
	State     State              `json:"state,omitempty"`
	Matter    *Matter            `json:"matter,omitempty"`
	Cases     int                `json:"cases,omitempty"` // more
	First     *mention.Ref       `json:"first,omitempty"`
	Commander *string            `json:"commander,omitempty"`
	Climb     *escalation.Climb  `json:"climb,omitempty"`
	Confirm   *time.Time         `json:"confirm,omitempty"`
	Next      *time.Time         `json:"next,omitempty"`
	Asked     *int               `json:"asked,omitempty"`
	Draft     *Draft             `json:"draft,omitempty"`
	Statement *Published         `json:"statement,omitempty"`
	Breaches  int                `json:"breaches,omitempty"` // more
	Awaited   *[]respond.Awaited `json:"awaited,omitempty"`
}

// Apply returns the incident after an entry. It sees no rules, cannot fail, and never alters its argument.
func Apply(in Incident, e Entry) Incident {
	if e.Seq == 0 {
		return in
	}
	ch := e.Change
	in.Seq, in.At = e.Seq, e.At
	if in.Opened.IsZero() {
		in.Opened = e.At
	}
	const kept = 64
	known := in.Known
	if len(known) >= kept {
		known = known[len(known)-kept+1:]
	}
	in.Known = append(slices.Clip(known), e.Event.ID)
	if ch.State != "" {
		in.State = ch.State
	}
	if ch.Matter != nil {
		in.Matter = *ch.Matter
	}
	if ch.First != nil {
		in.First = *ch.First
	}
	if ch.Commander != nil {
		in.Commander = *ch.Commander
	}
	if ch.Climb != nil {
		in.Climb = ch.Climb
	}
	if ch.Confirm != nil {
		in.Confirm = *ch.Confirm
	}
	if ch.Next != nil {
		in.Next = *ch.Next
	}
	if ch.Asked != nil {
		in.Asked = *ch.Asked
	}
	if ch.Draft != nil {
		in.Draft = ch.Draft
		if ch.Draft.ID == "" {
			in.Draft = nil
		}
	}
	if ch.Statement != nil {
		in.Statement = ch.Statement
		if in.Statement.Version == 0 {
			in.Statement = nil
		}
	}
	if ch.Awaited != nil {
		in.Awaited = *ch.Awaited
		if len(in.Awaited) == 0 {
			in.Awaited = nil
		}
	}
	in.Cases += ch.Cases
	in.Breaches += ch.Breaches
	return in
}

type plain Incident

// MarshalJSON writes the incident, with the members it did not know when it was read.
func (in Incident) MarshalJSON() ([]byte, error) { return spec.Marshal(plain(in), in.rest) }

// UnmarshalJSON reads the incident and keeps the members it does not know.
func (in *Incident) UnmarshalJSON(data []byte) error {
	var p plain
	rest, err := spec.Unmarshal(data, &p)
	if err != nil {
		return err
	}
	*in = Incident(p)
	in.rest = rest
	return nil
}
