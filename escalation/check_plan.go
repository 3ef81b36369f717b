package escalation

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

// patience checks how long a ladder bears with somebody who does nothing, and somebody with abuse.
func (c *check) patience(path string, l Ladder) {
	if l.Idle < 0 || l.Idle.Std() > longestWait {
		c.problems.Add(spec.Join(path, "idle"), "%s is no time to make progress in", l.Idle)
	}
	if l.Relief < 0 {
		c.problems.Add(spec.Join(path, "relief"), "%d is no number of messages", l.Relief)
	}
}

func (c *check) plans() {
	forAll, forLife := -1, false
	for i, p := range c.h.Plans {
		path := spec.Index("plans", i)
		c.plan(path, p)
		switch {
		case p.forAll() && forAll >= 0:
			c.problems.Add(path, "plan %s is for everything, as plans[%d] is: "+
				"name a category, severity, brand, country or language", p.ID, forAll)
		case p.forAll():
			forAll = i
		}
		forLife = forLife || p.forLife()
	}
	if forAll < 0 {
		c.problems.Add("plans", "no plan is for everything: "+
			"write one without categories, severities, brands, countries and langs")
	}
	if !forLife {
		c.problems.Add("plans", "no plan is for danger to people: "+
			"write one with categories [%q] and no other condition", triage.Life)
	}
}

func (c *check) plan(path string, p Plan) {
	c.member(spec.Join(path, "owner"), p.Owner)
	for i, id := range p.Backups {
		c.anybody(spec.Index(spec.Join(path, "backups"), i), id)
	}
	if !c.rungs[p.Ladder] {
		c.problems.Add(spec.Join(path, "ladder"), "there is no ladder %q", p.Ladder)
	}
	c.calendar(spec.Join(path, "hours"), p.Hours)
	for i, s := range p.Severities {
		c.severity(spec.Index(spec.Join(path, "severities"), i), s)
	}
	c.locations(spec.Join(path, "locations"), p.Locations)
	for i, s := range p.Countries {
		if len(s) != 2 || s != strings.ToUpper(s) {
			c.problems.Add(spec.Index(spec.Join(path, "countries"), i), "%q is not a country: write two capital letters, like DE", s)
		}
	}
	if p.Approvals < 0 {
		c.problems.Add(spec.Join(path, "approvals"), "%d is no number of people", p.Approvals)
	}
	if p.Fresh < 0 {
		c.problems.Add(spec.Join(path, "fresh"), "%s is before the mention", p.Fresh)
	}
	if p.Recount != "" && p.Recount != fromReceipt && p.Recount != fromChange {
		c.problems.Add(spec.Join(path, "recount"), "%q is neither receipt nor change", p.Recount)
	}
	for _, o := range slices.Sorted(maps.Keys(p.Objectives)) {
		c.objective(spec.Join(spec.Join(path, "objectives"), string(o)), o, p)
	}
}

// mostDays is how many days an objective may give: a century.
const mostDays = 36600

func (c *check) objective(path string, o Objective, p Plan) {
	x, known := p.Objectives[o], []Objective{Take, FirstReply, NextReply, Update, Resolve, Confirm}
	if !slices.Contains(known, o) {
		c.problems.Add(path, "there is no such objective: it is one of %s", listed(known))
	}
	switch {
	case x.Days == 0 && (x.Within <= 0 || x.Within.Std() > mostDays*24*time.Hour):
		c.problems.Add(spec.Join(path, "within"), "%s is no time to answer in", x.Within)
	case x.Days < 0 || x.Days > mostDays:
		c.problems.Add(spec.Join(path, "days"), "%d is not between 1 and %d", x.Days, mostDays)
	case x.Days > 0 && x.Within != 0:
		c.problems.Add(path, "it gives days and a duration: write one of them")
	}
	switch {
	case x.Days > 0 && p.Hours == "":
		c.problems.Add(path, "it counts days and the plan names no hours: name a calendar, whose zone has the midnight")
	case !x.Elapsed && p.Hours == "":
		c.problems.Add(path, "it runs on open hours and the plan names no hours: name a calendar, or write elapsed")
	}
	for i, n := range x.Warn {
		if n < 1 || n > 99 || slices.Index(x.Warn, n) < i {
			c.problems.Add(spec.Index(spec.Join(path, "warn"), i), "%d is not a percentage from 1 to 99, or is there twice", n)
		}
	}
}

// listed writes names one after the other.
func listed[T ~string](names []T) string {
	var list []string
	for _, n := range names {
		list = append(list, string(n))
	}
	return strings.Join(list, ", ")
}
