package policies

import (
	"embed"
	"slices"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

// A Shipped is a policy that comes with the library, and what belongs to it. It is plain data.
type Shipped struct {
	Name   string        `json:"name"`
	About  string        `json:"about"`            // what it is for, in a few sentences
	Source string        `json:"source,omitempty"` // whose logic it follows; empty is ours
	Policy triage.Policy `json:"policy"`
	Needs  []Need        `json:"needs,omitempty"` // what only the host can give, in the order in which it is asked

	// What to do, by the tag or the category that a verdict has; and what to weigh before anything is said. Both are
	// for a screen.
	Responses      []Advice `json:"responses,omitempty"`
	Considerations []Advice `json:"considerations,omitempty"`

	// Cases are tests of the policy, for package policytest: JSON Lines.
	Cases []byte `json:"-"`
}

// A Need is one thing that rules of the policy ask the host for. All of them work without it, as Without says.
type Need struct {
	Field   string   `json:"field"`         // of triage.Input: given, standing, history, thread, copies, surges
	Key     string   `json:"key,omitempty"` // within Given, or within History: contacts, open, broken
	Is      []string `json:"is,omitempty"`  // the values that mean something
	Ask     string   `json:"ask"`           // as a question to a person
	Without string   `json:"without"`       // what becomes of the mention when nobody answers
}

// An Advice is a few words for a screen.
type Advice struct {
	Name  string `json:"name"` // of a tag or a category, or of the thing to weigh
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Care is a general policy for customer care: what is dangerous, legal or insecure first; praise, the kinds of
// complaint (outage, billing, delivery, product, service, conduct), who wants to leave or to buy, questions, spam; and
// who is genuine. The error is of type spec.Problems and only comes of a file that was altered.
func Care() (Shipped, error) { return read("care") }

// WebPosts is the flow chart for answering web posts that the public affairs agency of the US Air Force published:
// positive, made to degrade, a rant, wrong about facts, an unhappy customer, or none of them. A person's answers to
// the chart's questions (Needs) are followed; where nobody has answered, the text decides, where it can. The error is
// of type spec.Problems and only comes of a file that was altered.
func WebPosts() (Shipped, error) { return read("webposts") }

//go:embed care.json care_cases.jsonl webposts.json webposts_cases.jsonl
var files embed.FS

func read(name string) (Shipped, error) {
	var s Shipped
	data, err := files.ReadFile(name + ".json")
	if err != nil {
		return Shipped{}, err
	}
	if err := spec.Decode(data, &s); err != nil {
		return Shipped{}, err
	}
	s.Cases, err = files.ReadFile(name + "_cases.jsonl")
	return s, err
}

// With is the policy with a house's own categories, evidence, signals and rules. They stand before the shipped ones,
// so that the house's category is the first that is named. What bears the name of something shipped stands in its
// place instead: a rule of the name "praise" replaces that rule where it is, a category of the name "outage" that
// category. A Doubtful other than 0 replaces the shipped one, and IgnoreAccents of either is set. Neither policy is
// altered; the lists of the result are its own, the conditions and tags in them are not copied.
func (s Shipped) With(own triage.Policy) triage.Policy {
	p := triage.Policy{
		Categories: merge(own.Categories, s.Policy.Categories, func(c triage.Category) string { return c.Name }),
		Signals:    merge(own.Signals, s.Policy.Signals, func(x triage.Source) string { return x.Name }),
		Rules:      merge(own.Rules, s.Policy.Rules, func(r triage.Rule) string { return r.Name }),
		Legitimacy: triage.Evidence{
			Items: merge(own.Legitimacy.Items, s.Policy.Legitimacy.Items,
				func(e triage.EvidenceItem) string { return e.Name }),
			Doubtful: s.Policy.Legitimacy.Doubtful,
		},
		IgnoreAccents: own.IgnoreAccents || s.Policy.IgnoreAccents,
	}
	if own.Legitimacy.Doubtful != 0 {
		p.Legitimacy.Doubtful = own.Legitimacy.Doubtful
	}
	return p
}

// merge puts what is new in front of what is shipped, and what has a shipped name in its place.
func merge[T any](own, shipped []T, name func(T) string) []T {
	out := slices.Clone(shipped)
	var front []T
	for _, x := range own {
		at := slices.IndexFunc(shipped, func(y T) bool { return name(y) == name(x) })
		if at >= 0 {
			out[at] = x
		} else {
			front = append(front, x)
		}
	}
	return append(front, out...)
}
