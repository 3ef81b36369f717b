package playbook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
)

// A Scope is the set of situations a play is for: one of each list. An empty list is no limit, and neither is a list of
// all severities, stages, tiers or visibilities. What is unknown of a situation is in no list.
type Scope struct {
	Categories   []string             `json:"categories,omitempty"`
	Severities   []triage.Severity    `json:"severities,omitempty"`
	Stages       []string             `json:"stages,omitempty"` // as followup.Stage.String writes them
	Aims         []triage.Aim         `json:"aims,omitempty"`
	Legitimacies []triage.Legitimacy  `json:"legitimacies,omitempty"`
	Standings    []triage.Standing    `json:"standings,omitempty"`
	Brands       []string             `json:"brands,omitempty"` // subjects of the watchlist
	Tiers        []int                `json:"tiers,omitempty"`  // of the customer, 0 lowest to 9 highest
	Channels     []string             `json:"channels,omitempty"`
	Visibilities []mention.Visibility `json:"visibilities,omitempty"`
	Locales      []string             `json:"locales,omitempty"` // of the customer, BCP 47; es is every Spanish, es-MX that of Mexico
}

// A Situation is what a play is chosen for, and what is known when its text is written.
type Situation struct {
	ID         string // of the case: wordings of like length are chosen by it, so that a case keeps its own
	Category   string
	Severity   triage.Severity
	Stage      string // as followup.Stage writes it; empty is fresh
	Aim        triage.Aim
	Legitimacy triage.Legitimacy
	Standing   triage.Standing
	Brand      string // subject of the watchlist
	Tier       int    // of the customer, 0 lowest (also when unknown) to 9 highest
	Channel    string
	Visibility mention.Visibility // of what is answered; empty is public
	Lang       string             // of the customer, BCP 47; empty when unknown

	Place  mention.Place // of the mention: where the nearest outlet is looked for
	Had    []string      // what this customer has had of us, as text or as Hash: never said again
	Beside []string      // what others who are read beside him have had, likewise: said again only for want of other words
}

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

// A facet is one list of a scope.
type facet int

// The facets, the more important ones first.
const (
	byCategory facet = iota
	bySeverity
	byStage
	byAim
	byLegitimacy
	byStanding
	byBrand
	byTier
	byChannel
	byVisibility
	byLocale
	facets
)

var facetNames = [facets]string{"category", "severity", "stage", "aim", "legitimacy", "standing", "brand", "tier",
	"channel", "visibility", "locale"}

// closed are the facets of which every situation has one of these values.
var closed = [facets][]string{
	bySeverity:   texts([]triage.Severity{triage.Routine, triage.Elevated, triage.Serious, triage.Crisis}),
	byStage:      stages(),
	byTier:       {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
	byVisibility: {string(mention.Public), string(mention.Private)},
}

// values are the scope's lists as texts.
func (f *Scope) values() [facets][]string {
	return [facets][]string{f.Categories, texts(f.Severities), f.Stages, texts(f.Aims), texts(f.Legitimacies),
		texts(f.Standings), f.Brands, texts(f.Tiers), f.Channels, texts(f.Visibilities), f.Locales}
}

// limits are the values without the lists that limit nothing, each sorted.
func (f *Scope) limits() [facets][]string {
	all := f.values()
	for i, list := range all {
		list = slices.Clone(list)
		if facet(i) == byLocale {
			for j := range list {
				list[j] = canonicalLocale(list[j])
			}
		}
		slices.Sort(list)
		list = slices.Compact(list)
		if whole := closed[i]; whole != nil && !slices.ContainsFunc(whole, func(v string) bool { return !slices.Contains(list, v) }) {
			list = nil
		}
		all[i] = list
	}
	return all
}

func canonicalLocale(s string) string {
	if tag, err := language.Parse(s); err == nil {
		return tag.String()
	}
	return s
}

// String says the scope for a person: "category outage or delay, severity crisis". An empty name is unknown.
func (f Scope) String() string {
	var parts []string
	for i, list := range f.values() {
		if len(list) > 0 {
			said := slices.Clone(list)
			for j := range said {
				if said[j] == "" {
					said[j] = "unknown"
				}
			}
			parts = append(parts, facetNames[i]+" "+strings.Join(said, " or "))
		}
	}
	if len(parts) == 0 {
		return "every situation"
	}
	return strings.Join(parts, ", ")
}

func (f Scope) clone() Scope {
	return Scope{
		Categories: slices.Clone(f.Categories), Severities: slices.Clone(f.Severities), Stages: slices.Clone(f.Stages),
		Aims: slices.Clone(f.Aims), Legitimacies: slices.Clone(f.Legitimacies), Standings: slices.Clone(f.Standings),
		Brands: slices.Clone(f.Brands), Tiers: slices.Clone(f.Tiers), Channels: slices.Clone(f.Channels),
		Visibilities: slices.Clone(f.Visibilities), Locales: slices.Clone(f.Locales),
	}
}

// hasLife reports whether the scope names the reserved category of danger to people.
func (f *Scope) hasLife() bool { return slices.Contains(f.Categories, triage.Life) }

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
	for i, tier := range f.Tiers {
		if tier < 0 || tier > 9 {
			problems.Add(spec.Index(spec.Join(path, "tiers"), i), "a tier is 0 to 9, this is %d", tier)
		}
	}
	for i, locale := range f.Locales {
		if tag, err := language.Parse(locale); err != nil || tag == language.Und {
			problems.Add(spec.Index(spec.Join(path, "locales"), i), "%q is not a language: use BCP 47, such as en or es-MX", locale)
		}
	}
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

func within[T comparable](list []T, x T) bool { return len(list) == 0 || slices.Contains(list, x) }

// texts writes names of any kind as a person would.
func texts[T any](values []T) []string {
	if len(values) == 0 {
		return nil
	}
	out := make([]string, len(values))
	for i, v := range values {
		switch v := any(v).(type) {
		case string:
			out[i] = v
		case int:
			out[i] = strconv.Itoa(v)
		default:
			out[i] = fmt.Sprint(v)
		}
	}
	return out
}
