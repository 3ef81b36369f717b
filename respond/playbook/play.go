package playbook

import (
	"slices"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
)

// A Play is one prepared way to answer: for which situations, in public or private, in which words, and what is expected
// back.
type Play struct {
	ID      string `json:"id"`
	For     Scope  `json:"for,omitzero"` // the zero Scope is every situation
	Mode    Mode   `json:"mode"`
	Expects string `json:"expects,omitempty"` // what the customer owes after it: word (also when empty) or nothing
	// Asks are the slots that the customer is asked for, in private only, and only those without a value. Each private
	// wording looks at them: {{if not .Order}}...{{end}}, or {{.Asked}}, which Playbook.Questions puts in words.
	Asks []string `json:"asks,omitempty"`
	// Texts are the wordings by locale (BCP 47), from long to short. Each is a template.Template.
	Texts map[string][]string `json:"texts,omitempty"`
	// PrivateTexts are the wordings of the private message, where a play of mode public_then_private has others for it.
	PrivateTexts map[string][]string `json:"private_texts,omitempty"`
	// Matter are the words by locale that name what the customer is unhappy about: delay, late, waiting. Each wording has
	// one of them (of its first five letters), and whoever wrote of it in other words is answered to the point all the same.
	Matter   map[string][]string `json:"matter,omitempty"`
	Proposes bool                `json:"proposes,omitempty"` // it proposes a remedy
	Settles  bool                `json:"settles,omitempty"`  // nothing more is owed after it
	// Unattended lets the text go out without a person, as the first answer of a conversation that nobody has taken. Never
	// for life, in a crisis, or with findings: Compile tries each wording and reports what it finds.
	Unattended bool      `json:"unattended,omitempty"`
	Approve    string    `json:"approve,omitempty"`   // the member or team who must allow it; empty is the owner
	Approvals  int       `json:"approvals,omitempty"` // how many different people must allow it; 0 means 1, and a plan may want more
	Contact    string    `json:"contact,omitempty"`   // whom the text names as {{.Contact}}: a member, or "owner"
	Links      []Link    `json:"links,omitempty"`     // what it offers to read, call or visit
	Gestures   []Gesture `json:"gestures,omitempty"`  // what may be offered out of goodwill, in a message of its own
	// Reminder are the wordings by locale for a customer who fell silent, always private. The second reminder is another.
	// They go out without a person where Unattended or RemindsAlone says so.
	Reminder     map[string][]string `json:"reminder,omitempty"`
	RemindsAlone bool                `json:"reminds_alone,omitempty"`
}

// Mode is where a play's words go.
type Mode string

// The modes. A customer who wrote in private is never answered in public, whatever the mode.
const (
	Public            Mode = "public"              // where the customer wrote
	Private           Mode = "private"             // in a private message
	PublicThenPrivate Mode = "public_then_private" // a short public word, then a private message
	Holding           Mode = "holding"             // a holding statement while a crisis lasts
	None              Mode = "none"                // no prepared words: a person writes
)

// What a play names beside the slots of the playbook.
const (
	contactSlot = "Contact" // the name of who is named
	askedSlot   = "Asked"   // what is missing, in words: "your order number and your postcode"
	owner       = "owner"   // of the case
)

// lifePlay is the play for danger to people that every playbook has unless it names its own so: no prepared words, a
// person writes.
var lifePlay = Play{ID: triage.Life, For: Scope{Categories: []string{triage.Life}}, Mode: None, Expects: "word"}

// isPrivate reports whether the play's words go where only the customer reads them.
func (p *Play) isPrivate(s Situation) bool {
	return p.Mode == Private || s.Visibility == mention.Private
}

// clone copies what Compile keeps but for the texts, which are compiled.
func (p Play) clone() Play {
	p.For = p.For.clone()
	p.Asks, p.Links, p.Gestures = slices.Clone(p.Asks), slices.Clone(p.Links), slices.Clone(p.Gestures)
	for i := range p.Links {
		p.Links[i] = p.Links[i].clone()
	}
	p.Texts, p.PrivateTexts = cloneLists(p.Texts), cloneLists(p.PrivateTexts)
	p.Matter, p.Reminder = cloneLists(p.Matter), cloneLists(p.Reminder)
	return p
}

func cloneLists(m map[string][]string) map[string][]string {
	if m == nil {
		return nil
	}
	out := make(map[string][]string, len(m))
	for k, list := range m {
		out[k] = slices.Clone(list)
	}
	return out
}

// check notes what is wrong with the play itself; its texts are checked where they are compiled.
func (p *Play) check(path string, bench *template.Bench, problems *spec.Problems) {
	if p.ID == "" {
		problems.Add(spec.Join(path, "id"), "a play needs an id")
	}
	if p.ID == triage.Life && !p.For.hasLife() {
		problems.Add(spec.Join(path, "id"), "the id life is for a play of category life")
	}
	p.For.check(spec.Join(path, "for"), problems)
	switch p.Mode {
	case Public, Private, PublicThenPrivate, Holding:
		if p.Mode == PublicThenPrivate && len(p.Asks) > 0 && len(p.PrivateTexts) == 0 {
			problems.Add(spec.Join(path, "private_texts"), "the play asks in private and has no words for it")
		}
	case None:
		if len(p.Texts)+len(p.PrivateTexts)+len(p.Asks)+len(p.Links) > 0 || p.Contact != "" {
			problems.Add(spec.Join(path, "mode"), "a play of mode none has no texts, names nobody, offers and asks nothing: a person writes")
		}
	default:
		problems.Add(spec.Join(path, "mode"), "mode %q is none of public, private, public_then_private, holding, none", p.Mode)
	}
	if p.Approvals < 0 {
		problems.Add(spec.Join(path, "approvals"), "%d is no number of people", p.Approvals)
	}
	if p.Expects != "" && p.Expects != "word" && p.Expects != "nothing" {
		problems.Add(spec.Join(path, "expects"), "%q is neither word nor nothing", p.Expects)
	}
	for i, a := range p.Asks {
		at := spec.Index(spec.Join(path, "asks"), i)
		if !bench.Has(a) {
			problems.Add(at, "unknown slot %s", a)
		}
		if p.Mode != Private && p.Mode != PublicThenPrivate {
			problems.Add(at, "a customer is asked in private only: mode is %q", p.Mode)
		}
	}
	if len(p.PrivateTexts) > 0 && p.Mode != PublicThenPrivate {
		problems.Add(spec.Join(path, "private_texts"), "only a play of mode public_then_private has them")
	}
	p.checkUnattended(spec.Join(path, "unattended"), problems)
	p.checkRemindsAlone(spec.Join(path, "reminds_alone"), problems)
	p.checkGestures(spec.Join(path, "gestures"), problems)
}

func (p *Play) checkUnattended(path string, problems *spec.Problems) {
	switch {
	case !p.Unattended:
	case p.For.hasLife():
		problems.Add(path, "nothing goes out without a person where a life is in danger")
	case slices.Contains(p.For.Severities, triage.Crisis), p.Mode == Holding:
		problems.Add(path, "nothing goes out without a person in a crisis")
	case p.Mode == None:
		problems.Add(path, "a play without words cannot go out by itself")
	case p.Approve != "":
		problems.Add(path, "a play that somebody must allow cannot go out by itself")
	}
}

func (p *Play) checkRemindsAlone(path string, problems *spec.Problems) {
	switch {
	case !p.RemindsAlone:
	case len(p.Reminder) == 0:
		problems.Add(path, "the play has no reminder that could go out by itself")
	case p.For.hasLife():
		problems.Add(path, "nobody is reminded where a life is in danger")
	}
}
