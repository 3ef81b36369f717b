package respond

import (
	"slices"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/triage"
)

// A Clause is one row of the house rules: what is done with a mention, and why. The first clause that fits decides. What
// an author feels, and how many stars he gave, cannot be written here: an opinion is no reason to take a post away.
type Clause struct {
	ID         string              `json:"id"`
	Private    []sensitive.Class   `json:"private,omitempty"`    // it shows data of one of these classes; "any"
	Only       bool                `json:"only,omitempty"`       // ... and of no other
	Legitimacy []triage.Legitimacy `json:"legitimacy,omitempty"` // the author is one of these
	Act        effect.Act          `json:"act"`
	// Gentle means: only where the author can be told in private, and never more than to hide.
	Gentle bool   `json:"gentle,omitempty"`
	Reason string `json:"reason"` // for the author and the public: it never says fake
	Reach  string `json:"reach"`  // how we speak to the author, or why we don't
}

// A Moderation is what is done with a mention. Where the venue cannot do it, the decision stands and a person is told.
type Moderation struct {
	Act    effect.Act `json:"act"`
	Clause string     `json:"clause"`
	Reason string     `json:"reason"`
	Reach  string     `json:"reach"`
}

// anyPrivate is private data of whatever class.
const anyPrivate sensitive.Class = "any"

// houseClauses are read behind the house's own. A class of private data that nobody has thought of yet is dangerous.
var houseClauses = []Clause{
	{
		ID:      "own-data",
		Private: []sensitive.Class{sensitive.Email, sensitive.Phone, sensitive.Order, sensitive.Health},
		Only:    true, Act: effect.Hide, Gentle: true,
		Reason: "It shows how to reach or to recognise its author, or how he is.",
		Reach:  "in private, with the reason",
	},
	{
		ID: "private-data", Private: []sensitive.Class{anyPrivate}, Act: effect.Hide,
		Reason: "It shows data that others could misuse.",
		Reach:  "in private: how to write it again without the data, and what to change",
	},
	{
		ID: "not-ours", Legitimacy: []triage.Legitimacy{triage.Fake}, Act: effect.Delete,
		Reason: "It is not about an experience with us.",
		Reach:  "in private, and only if a real customer may be behind it",
	},
	{
		ID: "doubtful", Legitimacy: []triage.Legitimacy{triage.Doubtful}, Act: effect.Keep,
		Reason: "Doubt is no reason to take a post away.",
		Reach:  "in private: ask for the reference",
	},
}

var (
	lifeClause = Clause{
		ID: triage.Life, Act: effect.Keep,
		Reason: "A life may be in danger: a person decides at once.",
		Reach:  "by a trained person",
	}
	opinionClause = Clause{
		ID: "opinion", Act: effect.Keep,
		Reason: "An opinion stays, good or bad.",
		Reach:  "as the playbook says",
	}
)

func compileClauses(own []Clause, problems *spec.Problems) []Clause {
	taken := map[string]bool{lifeClause.ID: true, opinionClause.ID: true}
	for _, c := range houseClauses {
		taken[c.ID] = true
	}
	var out []Clause
	for i, c := range own {
		path := spec.Index("moderation", i)
		if c.ID == "" || taken[c.ID] {
			problems.Add(spec.Join(path, "id"), "a clause needs an id of its own: %q is empty or taken", c.ID)
		}
		taken[c.ID] = true
		c.check(path, problems)
		c.Private, c.Legitimacy = slices.Clone(c.Private), slices.Clone(c.Legitimacy)
		out = append(out, c)
	}
	return append(out, houseClauses...)
}

func (c Clause) check(path string, problems *spec.Problems) {
	if c.Reason == "" || c.Reach == "" {
		problems.Add(path, "a clause needs a reason, and a reach or the reason for none")
	}
	if !slices.Contains([]effect.Act{effect.Keep, effect.Hide, effect.Delete, effect.Report}, c.Act) {
		problems.Add(spec.Join(path, "act"), "%q is none of keep, hide, delete, report", c.Act)
	}
	known(spec.Join(path, "private"), c.Private, problems, append(sensitive.Classes(), anyPrivate)...)
	known(spec.Join(path, "legitimacy"), c.Legitimacy, problems,
		triage.Genuine, triage.Unverified, triage.Doubtful, triage.Fake)
	fake := len(c.Legitimacy) == 1 && c.Legitimacy[0] == triage.Fake
	switch {
	case len(c.Private)+len(c.Legitimacy) == 0:
		problems.Add(path, "a clause that fits everything would decide everything: name private or legitimacy")
	case c.Act != effect.Keep && len(c.Private) == 0 && !fake:
		problems.Add(spec.Join(path, "act"), "only private data, or what a person found fake, is taken away: keep it")
	case c.Act == effect.Keep && len(c.Private) > 0:
		problems.Add(spec.Join(path, "act"), "private data does not stay in public")
	}
}

// Moderate says what is done with a mention at a venue. The order is: life, the house's own clauses, private data, who
// the author is; else it stays. The answer depends on the verdict's category only where that is life, on its private
// data, its legitimacy and the venue; never on its aim, its signals or its stars.
func (c *Composer) Moderate(v triage.Verdict, ven mention.Venue) Moderation {
	if v.Category == triage.Life || v.Rank.Life {
		return lifeClause.at(ven)
	}
	for _, clause := range c.clauses {
		if clause.fits(v) {
			return clause.at(ven)
		}
	}
	return opinionClause.at(ven)
}

func (c Clause) fits(v triage.Verdict) bool {
	if len(c.Private) > 0 && !c.shows(v.Private) {
		return false
	}
	return within(c.Legitimacy, v.Legitimacy)
}

func (c Clause) shows(spans []sensitive.Span) bool {
	named := func(s sensitive.Span) bool {
		return slices.Contains(c.Private, s.Class) || slices.Contains(c.Private, anyPrivate)
	}
	if c.Only && slices.ContainsFunc(spans, func(s sensitive.Span) bool { return !named(s) }) {
		return false
	}
	return slices.ContainsFunc(spans, named)
}

// at is the clause at a venue: what is possible there and nearest to what is wanted.
func (c Clause) at(ven mention.Venue) Moderation {
	m := Moderation{Act: c.Act, Clause: c.ID, Reason: c.Reason, Reach: c.Reach}
	speaks := len(ven.Visibilities) == 0 || slices.Contains(ven.Visibilities, mention.Private)
	switch {
	case c.Act == effect.Keep:
	case c.Gentle && !(ven.Ours && ven.Hide && speaks):
		m.Act = effect.Keep
	case !ven.Ours:
		m.Act = effect.Keep // where nothing is possible he is told in private
		if ven.Report {
			m.Act = effect.Report
		}
	default:
		m.Act = nearest(c.Act, ven)
	}
	return m
}

// nearest is the first of what the venue can do, in the order of what comes closest; the act itself where it can do
// nothing.
func nearest(act effect.Act, ven mention.Venue) effect.Act {
	order := map[effect.Act][]effect.Act{
		effect.Hide:   {effect.Hide, effect.Delete, effect.Report},
		effect.Delete: {effect.Delete, effect.Hide, effect.Report},
		effect.Report: {effect.Report},
	}
	can := map[effect.Act]bool{effect.Hide: ven.Hide, effect.Delete: ven.Delete, effect.Report: ven.Report}
	for _, a := range order[act] {
		if can[a] {
			return a
		}
	}
	return act
}
