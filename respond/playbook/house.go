package playbook

import (
	"errors"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

// A House is what a playbook is compiled for. What is nil is not checked against; the zero House is one venue without
// limits.
type House struct {
	Venues []mention.Venue
	// Zone finds the zones that texts name, also while they are written, from many goroutines at once. Nil means
	// escalation.Zone.
	Zone      func(string) (*time.Location, error)
	Policy    *triage.Policy        // whose categories the plays are for; a crisis category needs a holding play
	Directory *escalation.Directory // whose members approve, are named and grant
	Matcher   *mention.Matcher      // whose subjects are the brands
}

func (h House) category(name string) (triage.Category, bool) {
	if h.Policy == nil {
		return triage.Category{}, false
	}
	i := slices.IndexFunc(h.Policy.Categories, func(c triage.Category) bool { return c.Name == name })
	if i < 0 {
		return triage.Category{}, false
	}
	return h.Policy.Categories[i], true
}

func (h House) isSafety(category string) bool {
	c, _ := h.category(category)
	return c.Safety || category == triage.Life
}

// people are the members that a name of the hierarchy stands for.
func (h House) people(id string) ([]string, bool) {
	if _, ok := h.Directory.Member(id); ok {
		return []string{id}, true
	}
	team, ok := h.Directory.Team(id)
	return team.Members, ok
}

// mayNotGrant says why none of these may grant it; empty when one may. Nobody in particular is anybody.
func (h House) mayNotGrant(by []string, m escalation.Matter, sum escalation.Money) (why string) {
	for _, id := range by {
		err := h.Directory.Authorize(escalation.Ask{Act: "grant", By: id, Matter: m, Sum: sum})
		var refused *escalation.RefusedError
		switch {
		case err == nil:
			return ""
		case id == "" && errors.As(err, &refused) && len(refused.May) > 0:
			return ""
		case id == "":
			why = "nobody in the hierarchy may grant it"
		default:
			why = err.Error()
		}
	}
	if why == "" {
		why = "a team without members grants nothing"
	}
	return why
}

// check holds the plays against the house.
func (h House) check(plays []Play, problems *spec.Problems) {
	for i := range plays {
		p := &plays[i]
		path := spec.Index("plays", i)
		h.checkScope(spec.Join(path, "for"), &p.For, problems)
		if h.Directory == nil {
			continue
		}
		if _, ok := h.people(p.Approve); p.Approve != "" && !ok {
			problems.Add(spec.Join(path, "approve"), "%q is neither a member nor a team", p.Approve)
		}
		if _, ok := h.Directory.Member(p.Contact); p.Contact != "" && p.Contact != owner && !ok {
			problems.Add(spec.Join(path, "contact"), "%q is no member: name one, or write owner", p.Contact)
		}
		p.checkGrants(spec.Join(path, "gestures"), h, problems)
	}
	h.checkCrises(plays, problems)
}

func (h House) checkScope(path string, f *Scope, problems *spec.Problems) {
	for i, name := range f.Categories {
		if _, ok := h.category(name); h.Policy != nil && !ok && name != triage.Life {
			problems.Add(spec.Index(spec.Join(path, "categories"), i), "the policy has no category %q", name)
		}
	}
	for i, name := range f.Channels {
		if len(h.Venues) > 0 && !slices.ContainsFunc(h.Venues, func(v mention.Venue) bool { return v.Channel == name }) {
			problems.Add(spec.Index(spec.Join(path, "channels"), i), "no venue describes channel %q", name)
		}
	}
	for i, name := range f.Brands {
		if h.Matcher == nil {
			break
		}
		if _, ok := h.Matcher.Subject(name); !ok {
			problems.Add(spec.Index(spec.Join(path, "brands"), i), "subject %q is not on the watchlist", name)
		}
	}
}

// checkCrises wants words ready for each category that opens an incident: a holding play that names it.
func (h House) checkCrises(plays []Play, problems *spec.Problems) {
	if h.Policy == nil {
		return
	}
	for _, c := range h.Policy.Categories {
		if c.Crisis && !slices.ContainsFunc(plays, func(p Play) bool {
			return p.Mode == Holding && slices.Contains(p.For.Categories, c.Name)
		}) {
			problems.Add("plays", "category %s opens an incident and has no play of mode holding", c.Name)
		}
	}
}
