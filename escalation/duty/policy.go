package duty

import (
	"cmp"
	_ "embed" // the example
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/mention/spec"
)

// A Policy is what a house has to report. It is plain data; Compile turns it into a Book.
type Policy struct {
	Notice string `json:"notice,omitempty"` // for whoever reads it
	Duties []Duty `json:"duties"`
}

// A Duty is one thing to report, and how long it may take from when anybody on our side first saw the post.
type Duty struct {
	Name    string  `json:"name"`
	Trigger Trigger `json:"trigger"`

	// Within is elapsed time, day and night: "72h". Days are dates on the wall instead: the same time of day so many
	// dates later.
	Within spec.Duration `json:"within,omitzero"`
	Days   int           `json:"days,omitempty"`

	Zone     string   `json:"zone,omitempty"`     // in which Days are counted: an IANA name; empty means UTC
	Owner    string   `json:"owner"`              // the member or team who files it
	Evidence []string `json:"evidence,omitempty"` // what is to be kept and filed
	Warn     []int    `json:"warn,omitempty"`     // percentages of the time at which to warn, each from 1 to 99
	Source   string   `json:"source,omitempty"`   // where it is written
}

// A Trigger says what a duty is for: a case that has one of each list that is not empty. One list at least is not.
type Trigger struct {
	Categories []string `json:"categories,omitempty"`
	Tags       []string `json:"tags,omitempty"`
	Countries  []string `json:"countries,omitempty"` // ISO 3166-1 alpha-2; a case without a country has every one
}

// Facts are what is known of a case.
type Facts struct {
	Category string
	Tags     []string
	Country  string // empty when nobody knows
}

//go:embed example.json
var example []byte

// Example is a policy to begin with. It is an example and no legal advice: have counsel check every line of it, for the
// countries that you work in, before you rely on one. Its owners are "legal" and "safety". The error is of spec.Decode,
// and always nil.
func Example() (Policy, error) {
	var p Policy
	err := spec.Decode(example, &p)
	return p, err
}

// A Book is a compiled Policy. It never changes and is safe for concurrent use.
type Book struct {
	duties []entry
}

type entry struct {
	Duty
	wall *hours.Calendar
}

// most bounds a duty: a century of days.
const most = 36600

// Compile checks the policy as a whole; d knows the members, teams and zones. The error is of type spec.Problems and
// holds everything that is wrong, each with its path. The Book keeps nothing of p.
func (p Policy) Compile(d *escalation.Directory) (*Book, error) {
	var problems spec.Problems
	b := &Book{}
	names := make(map[string]bool)
	for i, x := range p.Duties {
		path := spec.Index("duties", i)
		switch {
		case x.Name == "":
			problems.Add(spec.Join(path, "name"), "there is no name")
		case names[x.Name]:
			problems.Add(spec.Join(path, "name"), "%q is the name of another", x.Name)
		}
		names[x.Name] = true
		x.check(path, d, &problems)
		zone, err := d.Zone(cmp.Or(x.Zone, "UTC"))
		problems.Merge(spec.Join(path, "zone"), err)
		if err != nil || zone == nil {
			zone = time.UTC
		}
		wall, err := hours.Week{}.Compile(zone)
		problems.Merge(path, err)
		b.duties = append(b.duties, entry{Duty: x.clone(), wall: wall})
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return b, nil
}

func (x Duty) check(path string, d *escalation.Directory, problems *spec.Problems) {
	switch {
	case x.Days == 0 && (x.Within <= 0 || x.Within.Std() > most*24*time.Hour):
		problems.Add(spec.Join(path, "within"), "%s is no time to report in", x.Within)
	case x.Days < 0 || x.Days > most:
		problems.Add(spec.Join(path, "days"), "%d is not between 1 and %d", x.Days, most)
	case x.Days > 0 && x.Within != 0:
		problems.Add(path, "it gives days and a duration: write one of them")
	}
	if x.Trigger.empty() {
		problems.Add(spec.Join(path, "trigger"), "it does not say for what: name categories, tags or countries")
	}
	for i, c := range x.Trigger.Countries {
		if len(c) != 2 || c != strings.ToUpper(c) {
			problems.Add(spec.Index(spec.Join(path, "trigger.countries"), i), "%q is not a country: two capital letters, like DE", c)
		}
	}
	owner, member := d.Member(x.Owner)
	_, team := d.Team(x.Owner)
	switch {
	case !member && !team:
		problems.Add(spec.Join(path, "owner"), "there is no member or team %q", x.Owner)
	case owner.Left:
		problems.Add(spec.Join(path, "owner"), "%s has left: nobody would file it", x.Owner)
	}
	for i, n := range x.Warn {
		if n < 1 || n > 99 || slices.Index(x.Warn, n) < i {
			problems.Add(spec.Index(spec.Join(path, "warn"), i), "%d is not a percentage from 1 to 99, or is there twice", n)
		}
	}
}

func (x Duty) clone() Duty {
	x.Trigger.Categories, x.Trigger.Tags = slices.Clone(x.Trigger.Categories), slices.Clone(x.Trigger.Tags)
	x.Trigger.Countries = slices.Clone(x.Trigger.Countries)
	x.Evidence, x.Warn = slices.Clone(x.Evidence), slices.Sorted(slices.Values(x.Warn))
	return x
}

func (t Trigger) empty() bool { return len(t.Categories)+len(t.Tags)+len(t.Countries) == 0 }

func (t Trigger) holds(f Facts) bool {
	country := strings.ToUpper(f.Country)
	return (len(t.Categories) == 0 || slices.Contains(t.Categories, f.Category)) &&
		(len(t.Tags) == 0 || slices.ContainsFunc(f.Tags, func(tag string) bool { return slices.Contains(t.Tags, tag) })) &&
		(len(t.Countries) == 0 || country == "" || slices.Contains(t.Countries, country))
}
