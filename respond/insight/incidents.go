package insight

import (
	"iter"
	"time"

	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/incident/account"
)

// Incidents are counts over incidents. Times run from the first sign of it: the first case, or the surge.
type Incidents struct {
	Suspected   int    `json:"suspected,omitempty"` // began as a suspicion of a crisis
	Crowds      int    `json:"crowds,omitempty"`    // began as a crowd of strangers
	Declared    int    `json:"declared,omitempty"`  // by a person
	Dismissed   int    `json:"dismissed,omitempty"` // by a person, or because nobody said anything
	Resolved    int    `json:"resolved,omitempty"`
	Examined    int    `json:"examined,omitempty"`
	Cases       int    `json:"cases,omitempty"` // that joined
	Pages       int    `json:"pages,omitempty"` // to members, those that only relieve left out
	ToDeclare   Spread `json:"to_declare,omitzero"`
	ToStatement Spread `json:"to_statement,omitzero"` // to the first word to the public
	ToEnd       Spread `json:"to_end,omitzero"`       // of those that were declared
	News        Kept   `json:"news,omitzero"`         // updates that a statement promised the public
}

// What befalls incidents.
const (
	wasSuspected = "suspected"
	wasCrowd     = "crowd"
	wasDeclared  = "declared"
	wasDismissed = "dismissed"
	wasResolved  = "resolved"
	wasExamined  = "examined"
	hadCases     = "cases"
	hadPages     = "pages"
)

// TellIncidents counts incidents: each account once, in any order. The report has figures and nothing else; Merge puts it
// together with the report of the cases. An incident has no channel, and its owner is who commanded last.
func TellIncidents(accounts iter.Seq[account.Account], o Options) Report {
	o = o.filled()
	t := teller{ByCategory: {}, ByChannel: {}, ByOwner: {}, ByWeek: {}}
	r := Report{Until: o.Until.UTC(), Zone: o.Zone.String(), About: map[string]Issue{}, Named: map[string]Named{}}
	for a := range accounts {
		l := life{category: a.Matter.Category, facts: incidentFacts(a, o.Until)}
		if n := len(a.Commands); n > 0 {
			l.owner = a.Commands[n-1].Member
		}
		whole := []*Figures{&r.All, t.of(ByCategory, l.category), t.of(ByOwner, l.owner)}
		t.tell(whole, l, o.Zone)
	}
	r.By = t.values()
	return r
}

// incidentFacts are what counts of one incident, up to an instant; zero is all.
func incidentFacts(a account.Account, until time.Time) (facts []fact) {
	add := func(at time.Time, c counter, name string, ms int64) {
		if !at.IsZero() && (until.IsZero() || !at.After(until)) {
			facts = append(facts, fact{at: at, count: c, name: name, ms: ms})
		}
	}
	since := func(at time.Time) int64 { return max(0, at.Sub(a.Opened).Milliseconds()) }
	began := wasSuspected
	if a.Crowd {
		began = wasCrowd
	}
	add(a.Opened, befell, began, 1)
	add(a.Opened, befell, hadCases, int64(a.Cases.Joined))
	add(a.Declared, befell, wasDeclared, 1)
	add(a.Declared, toDeclare, "", since(a.Declared))
	if a.Declared.IsZero() {
		add(a.Over, befell, wasDismissed, 1)
	} else {
		add(a.Over, befell, wasResolved, 1)
		add(a.Over, toEnd, "", since(a.Over))
	}
	if a.State == incident.Examined && a.Findings != nil {
		add(a.Findings.At, befell, wasExamined, 1)
	}
	for _, p := range a.Pages {
		if !p.Relief {
			add(p.At, befell, hadPages, 1)
		}
	}
	for i, s := range a.Said {
		if i == 0 {
			add(s.At, toStatement, "", since(s.At))
		}
		add(newsOf(s, until))
	}
	return facts
}

// newsOf is how the news came that a statement promised.
func newsOf(s account.Said, until time.Time) (at time.Time, c counter, name string, ms int64) {
	switch over := s.Followed; {
	case over.IsZero() || !until.IsZero() && over.After(until):
		if s.Missed && (until.IsZero() || s.Next.Before(until)) {
			return s.Next, newsKept, late, 0
		}
		return s.At, newsKept, stillOpen, 0
	case s.Missed:
		return over, newsKept, late, 0
	default:
		return over, newsKept, inTime, 0
	}
}

func (i *Incidents) count(x fact) {
	switch x.count {
	case toDeclare:
		i.ToDeclare.add(x.ms)
	case toStatement:
		i.ToStatement.add(x.ms)
	case toEnd:
		i.ToEnd.add(x.ms)
	case newsKept:
		i.News.count(x.name)
	default:
		*i.number(x.name) += int(x.ms)
	}
}

// number is where something that befalls incidents is counted.
func (i *Incidents) number(name string) *int {
	switch name {
	case wasCrowd:
		return &i.Crowds
	case wasDeclared:
		return &i.Declared
	case wasDismissed:
		return &i.Dismissed
	case wasResolved:
		return &i.Resolved
	case wasExamined:
		return &i.Examined
	case hadCases:
		return &i.Cases
	case hadPages:
		return &i.Pages
	}
	return &i.Suspected
}

func (i *Incidents) merge(o Incidents) {
	for _, name := range [...]string{
		wasSuspected, wasCrowd, wasDeclared, wasDismissed, wasResolved, wasExamined, hadCases, hadPages,
	} {
		*i.number(name) += *o.number(name)
	}
	i.ToDeclare.merge(o.ToDeclare)
	i.ToStatement.merge(o.ToStatement)
	i.ToEnd.merge(o.ToEnd)
	i.News.merge(o.News)
}
