package respond

import (
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/followup"
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
	// Asks are the slots that the customer is asked for. Only a private text may ask.
	Asks []string `json:"asks,omitempty"`
	// Texts are the wordings by locale (BCP 47), from long to short. Each is a template.Template.
	Texts map[string][]string `json:"texts,omitempty"`
	// PrivateTexts are the wordings of the private message, where a play of mode public_then_private has others for it.
	PrivateTexts map[string][]string `json:"private_texts,omitempty"`
	Proposes     bool                `json:"proposes,omitempty"` // it proposes a remedy
	Settles      bool                `json:"settles,omitempty"`  // nothing more is owed after it
	// Unattended lets the text go out without a person, as the first answer of a conversation that nobody has taken. Never
	// for life, in a crisis, or with findings.
	Unattended bool              `json:"unattended,omitempty"`
	Approve    string            `json:"approve,omitempty"`  // the member or team who must allow it; empty is the owner
	Reminder   map[string]string `json:"reminder,omitempty"` // by locale, for a customer who fell silent; always private
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

// A Scope is the set of situations a play is for: one of each list. An empty list is no limit.
type Scope struct {
	Categories   []string             `json:"categories,omitempty"`
	Severities   []triage.Severity    `json:"severities,omitempty"`
	Stages       []string             `json:"stages,omitempty"` // as followup.Stage.String writes them
	Aims         []triage.Aim         `json:"aims,omitempty"`
	Legitimacies []triage.Legitimacy  `json:"legitimacies,omitempty"`
	Standings    []triage.Standing    `json:"standings,omitempty"`
	Channels     []string             `json:"channels,omitempty"`
	Visibilities []mention.Visibility `json:"visibilities,omitempty"`
}

// A Situation is what a play is chosen for.
type Situation struct {
	ID         string // of the case: wordings of like length are chosen by it, so that a case keeps its own
	Category   string
	Severity   triage.Severity
	Stage      string // as followup.Stage writes it; empty is fresh
	Aim        triage.Aim
	Legitimacy triage.Legitimacy
	Standing   triage.Standing
	Channel    string
	Visibility mention.Visibility // of what is answered; empty is public
	Lang       string             // of the customer, BCP 47; empty when unknown
}

// matches reports whether the situation is one of the scope's.
func (f *Scope) matches(s *Situation) bool {
	return within(f.Categories, s.Category) && within(f.Severities, s.Severity) && within(f.Stages, s.Stage) &&
		within(f.Aims, s.Aim) && within(f.Legitimacies, s.Legitimacy) && within(f.Standings, s.Standing) &&
		within(f.Channels, s.Channel) && within(f.Visibilities, s.Visibility)
}

func within[T comparable](list []T, x T) bool { return len(list) == 0 || slices.Contains(list, x) }

// settled writes out what an empty field means.
func (s Situation) settled() Situation {
	if s.Visibility == "" {
		s.Visibility = mention.Public
	}
	if s.Stage == "" {
		s.Stage = followup.Fresh.String()
	}
	return s
}

func (f Scope) clone() Scope {
	return Scope{
		Categories: slices.Clone(f.Categories), Severities: slices.Clone(f.Severities), Stages: slices.Clone(f.Stages),
		Aims: slices.Clone(f.Aims), Legitimacies: slices.Clone(f.Legitimacies), Standings: slices.Clone(f.Standings),
		Channels: slices.Clone(f.Channels), Visibilities: slices.Clone(f.Visibilities),
	}
}

// facets is how many lists the scope has and, as a second measure, which: the more important ones weigh more.
func (f *Scope) facets() (count, weight int) {
	for _, n := range []int{len(f.Categories), len(f.Severities), len(f.Stages), len(f.Aims), len(f.Legitimacies),
		len(f.Standings), len(f.Channels), len(f.Visibilities)} {
		weight *= 2
		if n > 0 {
			count++
			weight++
		}
	}
	return count, weight
}

// String says the scope for a person: "category outage or delay, severity crisis".
func (f Scope) String() string {
	var parts []string
	add := func(name string, values []string) {
		if len(values) > 0 {
			parts = append(parts, name+" "+strings.Join(values, " or "))
		}
	}
	add("category", f.Categories)
	add("severity", texts(f.Severities))
	add("stage", f.Stages)
	add("aim", texts(f.Aims))
	add("legitimacy", texts(f.Legitimacies))
	add("standing", texts(f.Standings))
	add("channel", f.Channels)
	add("visibility", texts(f.Visibilities))
	if len(parts) == 0 {
		return "every situation"
	}
	return strings.Join(parts, ", ")
}

// hasLife reports whether the scope names the reserved category of danger to people.
func (f *Scope) hasLife() bool { return slices.Contains(f.Categories, triage.Life) }

// isPrivate reports whether the play's words go where only the customer reads them.
func (p *Play) isPrivate(s Situation) bool {
	return p.Mode == Private || s.Visibility == mention.Private
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
	case None:
		if len(p.Texts)+len(p.PrivateTexts)+len(p.Asks) > 0 {
			problems.Add(spec.Join(path, "mode"), "a play of mode none has no texts and asks nothing: a person writes")
		}
	default:
		problems.Add(spec.Join(path, "mode"), "mode %q is none of public, private, public_then_private, holding, none", p.Mode)
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

// check notes names that no situation can have.
func (f *Scope) check(path string, problems *spec.Problems) {
	known(spec.Join(path, "severities"), f.Severities, problems,
		triage.Routine, triage.Elevated, triage.Serious, triage.Crisis)
	known(spec.Join(path, "stages"), f.Stages, problems, stages()...)
	known(spec.Join(path, "aims"), f.Aims, problems,
		triage.Complaint, triage.Praise, triage.Question, triage.Lead, triage.Nothing)
	known(spec.Join(path, "legitimacies"), f.Legitimacies, problems,
		triage.Genuine, triage.Unverified, triage.Doubtful, triage.Fake)
	known(spec.Join(path, "standings"), f.Standings, problems, triage.Customer, triage.Press, triage.Employee,
		triage.Official, triage.Creator, triage.Competitor, triage.Litigant)
	known(spec.Join(path, "visibilities"), f.Visibilities, problems, mention.Public, mention.Private)
}

func stages() []string {
	return texts([]followup.Stage{followup.Fresh, followup.Answered, followup.Asking, followup.Working, followup.Proposed,
		followup.Fulfilling, followup.Confirming, followup.Surveying, followup.Dormant, followup.Closed})
}

func known[T comparable](path string, values []T, problems *spec.Problems, all ...T) {
	for i, v := range values {
		if !slices.Contains(all, v) {
			problems.Add(spec.Index(path, i), "%q is none of %s", texts([]T{v})[0], strings.Join(texts(all), ", "))
		}
	}
}
