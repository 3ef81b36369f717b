package triage

import (
	"fmt"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/group"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/triage/ask"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/tally"
)

// An Input is everything a verdict may depend on. Nothing else does: the same Input gives the same Verdict.
type Input struct {
	Mention  *mention.Mention  // canonical
	Hits     []mention.Hit     // what the Matcher found in it
	At       time.Time         // the instant to judge at: the mention's own when it is old, else now
	Given    map[string]string // what the host knows: "customer": "yes", "orders": "3", "tier": "4"
	Standing Standing          // who the author is, empty when nobody knows
	Observed []signal.Reading  // signals from outside
	History  tally.Reading     // what the author's tally said
	Thread   tally.Thread      // what is known of the conversation
	Copies   group.Reading     // what the tally of near copies said
	Surges   []string          // the series that surge now: subjects, categories, whatever the host watches
}

// A Verdict is what a mention is, and why. It is plain data and is stored as it stands.
type Verdict struct {
	Handling   Handling         `json:"handling"`
	Category   string           `json:"category,omitempty"`
	Severity   Severity         `json:"severity,omitempty"`
	Crisis     bool             `json:"crisis,omitempty"`
	Aim        Aim              `json:"aim,omitempty"` // as a rule named it
	Standing   Standing         `json:"standing,omitempty"`
	Legitimacy Legitimacy       `json:"legitimacy"`
	Tags       []string         `json:"tags,omitempty"`    // sorted, each once
	Hits       []mention.Hit    `json:"hits,omitempty"`    // whom it is about
	Private    []sensitive.Span `json:"private,omitempty"` // private data in the text, by place and class only
	Signals    []signal.Reading `json:"signals,omitempty"` // by name; of those of 0 what a rule names, or has words to show
	Rank       Rank             `json:"rank"`              // what the priority is made of
	Reasons    []Reason         `json:"reasons,omitempty"` // every rule and evidence that fired, in order
}

// A Reason is one rule (or piece of evidence) that fired: its name, what it did, and the words it saw.
type Reason struct {
	Rule   string        `json:"rule"`
	Did    string        `json:"did"`              // "category outage, severity serious"
	Spans  []signal.Span `json:"spans,omitempty"`  // where in the text
	Values []ask.Answer  `json:"values,omitempty"` // what was compared: "followers 12000 >= 10000"
}

// Handling is what becomes of a mention.
type Handling string

// What becomes of a mention, from nothing to a case. A mention that no rule handles is recorded.
const (
	Ignore Handling = "ignore" // nothing to do with us
	Record Handling = "record" // counted and kept, no case
	Open   Handling = "open"   // a case is opened, or joined
)

// Severity is how much harm is in it. The zero value is Routine, because most mentions are.
type Severity int

// The severities, from the lowest.
const (
	Routine Severity = iota
	Elevated
	Serious
	Crisis
)

var severities = [...]string{"routine", "elevated", "serious", "crisis"}

// String returns the name that specifications use.
func (s Severity) String() string {
	if s < 0 || int(s) >= len(severities) {
		return fmt.Sprintf("severity(%d)", int(s))
	}
	return severities[s]
}

// MarshalText implements encoding.TextMarshaler.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; it takes the four names.
func (s *Severity) UnmarshalText(text []byte) error {
	for i, name := range severities {
		if string(text) == name {
			*s = Severity(i)
			return nil
		}
	}
	return fmt.Errorf("severity %q is none of routine, elevated, serious, crisis", text)
}

// Aim is what the author wants.
type Aim string

// The aims. An empty aim is unknown.
const (
	Complaint Aim = "complaint"
	Praise    Aim = "praise"
	Question  Aim = "question"
	Lead      Aim = "lead"
	Nothing   Aim = "nothing" // it wants nothing of us: spam, a remark
)

// Standing is who the author is to us.
type Standing string

// The standings. An empty standing is unknown.
const (
	Customer   Standing = "customer"
	Press      Standing = "press"
	Employee   Standing = "employee"
	Official   Standing = "official"
	Creator    Standing = "creator"
	Competitor Standing = "competitor"
	Litigant   Standing = "litigant"
)

// Legitimacy is whether the author is what he claims to be. It never looks at sentiment or stars.
type Legitimacy string

// The legitimacies. A machine says unverified or doubtful; genuine is the host's knowledge of a real customer or order,
// or a person's word, and fake is a person's word alone.
const (
	Genuine    Legitimacy = "genuine"
	Unverified Legitimacy = "unverified"
	Doubtful   Legitimacy = "doubtful"
	Fake       Legitimacy = "fake"
)
