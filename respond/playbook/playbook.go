package playbook

import (
	"maps"
	"slices"

	"golang.org/x/text/language"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/respond/moderation"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
)

// A Playbook is what a person writes: the plays, the slots their texts may use, the guidelines that every reply is held
// to, and the house's own clauses of moderation. It is plain data; Compile turns it into a Composer.
type Playbook struct {
	Locale string          `json:"locale"` // BCP 47; every play with words has them in this one
	Slots  []template.Slot `json:"slots,omitempty"`
	Plays  []Play          `json:"plays"` // in any order but for the last, which is for every situation
	// Questions say by slot and locale how a customer is asked for it: {"Order": {"en": "your order number"}}.
	Questions map[string]map[string]string `json:"questions,omitempty"`
	Outlets   []Outlet                     `json:"outlets,omitempty"` // among which Link.Nearest looks
	// Pairs let one language be answered in another: {"nb": "da"}. Others are answered in their own or in Locale.
	Pairs map[string]string `json:"pairs,omitempty"`
	// Unasked are the plays for messages that nobody asked for, by request: news_by_timer, ask_if_over, send_survey, invite.
	// A play speaks in them whatever its For says; Unattended lets it out without a person. Under taken_up stands the word
	// that tells the public side, once, that a matter was taken up in private: a person always lets that one out.
	Unasked    map[string]Play      `json:"unasked,omitempty"`
	Guidelines guideline.Guidelines `json:"guidelines,omitzero"`
	Moderation moderation.Rules     `json:"moderation,omitzero"`
}

// Compile checks the playbook against the house it is for. The error is a spec.Problems that names everything at once
// with its path: an unknown or refused thing in any branch of any text, locales that use different slots, a text whose
// shortest wording can become longer than a venue takes, a text that breaks the guidelines where the play is used, a play
// that can never be reached, a missing last general play, a crisis category without a holding play, a gesture that nobody
// may grant.
func (p Playbook) Compile(h House) (*Composer, error) {
	var problems spec.Problems
	c := &Composer{plays: map[string]*compiledPlay{}, pairs: maps.Clone(p.Pairs), outlets: slices.Clone(p.Outlets), house: h}
	var err error
	c.linter, err = p.Guidelines.Compile()
	problems.Merge("guidelines", err)
	c.table, err = p.Moderation.Compile()
	problems.Merge("moderation", err)
	_, err = template.NewBench(p.Slots)
	problems.Merge("", err)
	if c.locale, err = language.Parse(p.Locale); err != nil || c.locale == language.Und {
		problems.Add("locale", "%q is not a language: use BCP 47, such as en or es-MX", p.Locale)
	}
	for _, from := range slices.Sorted(maps.Keys(p.Pairs)) {
		for _, lang := range []string{from, p.Pairs[from]} {
			if _, err := language.Parse(lang); err != nil {
				problems.Add("pairs."+from, "%q is not a language: use BCP 47", lang)
			}
		}
	}
	c.questions = cloneQuestions(p.Questions)
	c.slots = slices.Clone(p.Slots)
	checkOutlets(p.Outlets, &problems)
	for i := range p.Plays {
		for j := range p.Plays[i].Links {
			c.ours = append(c.ours, p.Plays[i].Links[j].said(p.Outlets)...)
		}
	}
	plays := slices.Clone(p.Plays)
	if !slices.ContainsFunc(plays, func(p Play) bool { return p.ID == triage.Life }) {
		plays = append(plays, lifePlay)
	}
	for i := range plays {
		m := wordingMaker{c: c, problems: &problems, play: &plays[i]}
		m.add(spec.Index("plays", i))
	}
	c.addUnasked(p.Unasked, &problems)
	h.check(p.Plays, &problems)
	order := c.rank(plays)
	c.checkReach(p.Plays, order, &problems)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	c.general = p.Plays[len(p.Plays)-1].ID
	return c, nil
}

// unaskedFor are the requests that a play may speak for. A reminder is the play's own. It is never written to.
var unaskedFor = [...]followup.Requests{
	followup.NewsByTimer, followup.AskIfOver, followup.SendSurvey, followup.Invite,
}

// TakenUp is the name among the Playbook's Unasked of the word that a matter was taken up in private.
const TakenUp = "taken_up"

// addUnasked compiles the plays for messages that nobody asked for.
func (c *Composer) addUnasked(plays map[string]Play, problems *spec.Problems) {
	c.unasked = map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(plays)) {
		path := spec.Join("unasked", name)
		play := plays[name]
		switch {
		case name == TakenUp:
			if play.Mode != Public || play.Unattended || len(play.Asks) > 0 {
				problems.Add(path, "it is said in public, asks for nothing, and a person lets it out")
			}
		case !slices.ContainsFunc(unaskedFor[:], func(r followup.Requests) bool { return r.String() == name }):
			problems.Add(path, "%q is no message that nobody asked for: news_by_timer, ask_if_over, send_survey, invite, taken_up", name)
		}
		if play.Mode == None {
			problems.Add(spec.Join(path, "mode"), "a play for a message that nobody asked for has words")
		}
		if (name == followup.SendSurvey.String() || name == followup.Invite.String()) && play.Mode != Private {
			problems.Add(spec.Join(path, "mode"), "it goes out in private alone")
		}
		m := wordingMaker{c: c, problems: problems, play: &play}
		m.add(path)
		c.unasked[name] = play.ID
	}
}

func cloneQuestions(in map[string]map[string]string) map[string]map[string]string {
	out := make(map[string]map[string]string, len(in))
	for slot, by := range in {
		out[slot] = maps.Clone(by)
	}
	return out
}

// rank sorts the plays from the most specific to the general and indexes them. It gives their places among plays.
func (c *Composer) rank(plays []Play) []int {
	order := make([]int, len(plays))
	limits := make([][facets][]string, len(plays))
	for i := range plays {
		order[i], limits[i] = i, plays[i].For.limits()
	}
	slices.SortStableFunc(order, func(a, b int) int {
		countA, weightA := measure(limits[a])
		countB, weightB := measure(limits[b])
		if countA != countB {
			return countB - countA
		}
		return weightB - weightA
	})
	ranked := make([][facets][]string, len(plays))
	c.ranked = make([]*compiledPlay, len(plays))
	for rank, i := range order {
		ranked[rank] = limits[i]
		p := c.plays[plays[i].ID]
		p.reason = "play " + p.ID + " is for " + p.For.String()
		c.ranked[rank] = p
	}
	c.index = newIndex(ranked)
	return order
}

// measure is how many lists limit a scope and, as a second measure, which: the more important ones weigh more.
func measure(limits [facets][]string) (count, weight int) {
	for _, list := range limits {
		weight *= 2
		if len(list) > 0 {
			count++
			weight++
		}
	}
	return count, weight
}

// checkReach wants a last play for everything, and no play that others hide. order are the places of the ranked plays.
func (c *Composer) checkReach(plays []Play, order []int, problems *spec.Problems) {
	last := len(plays) - 1
	if last < 0 || plays[last].For.String() != (Scope{}).String() {
		problems.Add("plays", "the last play must be for every situation: leave its for empty")
	}
	if len(order) > mostPlays {
		problems.Add("plays", "%d plays are more than anybody reads: at most %d", len(order), mostPlays)
		return
	}
	hidden := map[int][]int{}
	for rank, i := range order {
		if by := c.index.hidden(rank); i <= last && (i != last || len(by) == 1) {
			hidden[i] = by
		}
	}
	for i := range plays {
		switch by := hidden[i]; {
		case len(by) == 1:
			problems.Add(spec.Index("plays", i), "never reached: %s is for %s already",
				spec.Index("plays", order[by[0]]), plays[i].For)
		case len(by) > 1:
			problems.Add(spec.Index("plays", i), "never reached: %s are for all of %s between them",
				indices(by, order), plays[i].For)
		}
	}
}

// mostPlays bounds the work of Compile.
const mostPlays = 5000

func indices(ranks, order []int) string {
	places := make([]int, len(ranks))
	for i, r := range ranks {
		places[i] = order[r]
	}
	slices.Sort(places)
	out := ""
	for i, p := range places {
		if i > 0 {
			out += ", "
		}
		out += spec.Index("plays", p)
	}
	return out
}
