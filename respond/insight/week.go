package insight

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/insight/survey"
)

// A Page is a week on one page, for executives: five figures beside those of the week before, and what they must know.
type Page struct {
	Week      string         `json:"week"` // ISO 8601: 2026-W25
	Before    string         `json:"before"`
	Figures   []Figure       `json:"figures"` // cases, answered in time, first reply, news kept, resolved
	Ends      map[string]int `json:"ends,omitempty"`
	Shares    map[string]int `json:"shares,omitempty"` // of those that ended: each end's part, per mille
	Issues    []Issue        `json:"issues,omitempty"` // the three largest
	Causes    []Cause        `json:"causes,omitempty"` // the three with most cases, of all the time
	Breaches  map[string]int `json:"breaches,omitempty"`
	Deletions int            `json:"deletions"` // mentions of others that we had deleted
	Waivers   map[string]int `json:"waivers,omitempty"`
	Duties    []Duty         `json:"duties,omitempty"`
	Pledges   Kept           `json:"pledges,omitzero"` // what members promised customers
	Incidents Incidents      `json:"incidents,omitzero"`

	// Surveys are the scores of the questions that somebody answered: nps, csat, "ces 1.0", "ces 2.0".
	Surveys map[string]survey.Score `json:"surveys,omitempty"`
}

// A Figure is one number with that of the week before.
type Figure struct {
	Name string `json:"name"`
	Unit Unit   `json:"unit"`
	Now  Value  `json:"now"`
	Then Value  `json:"then"` // in the week before
}

// A Value is a number and of how many it is.
type Value struct {
	Value int64 `json:"value"`           // in the figure's unit
	N     int   `json:"n"`               // of how many; 0: there is no value
	Small bool  `json:"small,omitempty"` // of fewer than 30: chance moves it
}

// Unit is what a number counts.
type Unit string

// The units.
const (
	CasesUnit Unit = "cases"
	PerMille  Unit = "per mille"
	Millis    Unit = "ms"
)

// A Duty is a regulator's clock that runs: of a case, or as the host has it.
type Duty struct {
	Name string    `json:"name"`
	Due  time.Time `json:"due"`            // UTC
	Case string    `json:"case,omitempty"` // its id; empty for one of the host's, or of a restricted case
	Late bool      `json:"late,omitempty"` // it was missed, and is owed all the same
}

// byDue are duties in the order in which they end.
func byDue(lists ...[]Duty) []Duty {
	all := slices.Concat(lists...)
	slices.SortFunc(all, func(a, b Duty) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Case, b.Case))
	})
	return all
}

// Notes are what a page needs beside the trails.
type Notes struct {
	Causes []Cause // who mends what, until when
	Duties []Duty  // open ones that no case knows of
}

// enough is from how many on a number is not called small.
const enough = 30

// Week returns the page of a week.
func (r Report) Week(week string, notes Notes) Page {
	before := weekBefore(week)
	now, then := r.By[ByWeek][week], r.By[ByWeek][before]
	p := Page{Week: week, Before: before, Ends: now.Ends, Breaches: now.Breaches, Waivers: now.Waivers, Issues: r.Top(3, week)}
	add := func(name string, unit Unit, of func(Figures) Value) {
		p.Figures = append(p.Figures, Figure{Name: name, Unit: unit, Now: of(now), Then: of(then)})
	}
	add("cases opened", CasesUnit, func(f Figures) Value { return Value{Value: int64(f.Cases), N: f.Cases} })
	add("answered in time", PerMille, func(f Figures) Value { return kept(f.Replies) })
	add("first reply, half of them within", Millis, func(f Figures) Value {
		ms, _ := f.FirstReply.Percentile(50)
		return valued(ms, f.FirstReply.N)
	})
	add("promised news kept", PerMille, func(f Figures) Value { return kept(f.Promises) })
	add("resolved by the customer's word", PerMille, func(f Figures) Value {
		perMille, _ := f.Resolved()
		return valued(int64(perMille), f.ended())
	})
	p.Causes = r.Causes(notes.Causes)
	p.Causes = p.Causes[:min(3, len(p.Causes))]
	for _, a := range now.Acts {
		if a.Act == "delete" {
			p.Deletions += a.Done
		}
	}
	p.Surveys, p.Incidents, p.Pledges = now.asked(), now.Incidents, now.Pledges
	p.Shares, p.Duties = now.Shares(), byDue(r.Duties, notes.Duties)
	return p
}

// asked are the scores of the questions that somebody answered. No answers are no score.
func (f Figures) asked() (out map[string]survey.Score) {
	for _, name := range slices.Sorted(maps.Keys(f.Surveys)) {
		var s survey.Score
		var ok bool
		switch scale, version, _ := strings.Cut(name, " "); event.Scale(scale) {
		case event.NPS:
			s, ok = f.Surveys[name].NPS()
		case event.CSAT:
			s, ok = f.Surveys[name].CSAT()
		case event.CES:
			s, ok = f.Surveys[name].Effort(version)
		}
		if ok {
			if out == nil {
				out = map[string]survey.Score{}
			}
			out[name] = s
		}
	}
	return out
}

func kept(k Kept) Value {
	perMille, _ := k.Share()
	return valued(int64(perMille), k.InTime+k.Late)
}

func valued(v int64, n int) Value { return Value{Value: v, N: n, Small: n > 0 && n < enough} }

// weekBefore is the ISO week before one; empty for what is none.
func weekBefore(week string) string {
	monday, ok := mondayOf(week)
	if !ok {
		return ""
	}
	return weekOf(monday.AddDate(0, 0, -7), time.UTC)
}

// mondayOf is the first day of an ISO week.
func mondayOf(week string) (time.Time, bool) {
	var year, n int
	if read, err := fmt.Sscanf(week, "%4d-W%2d", &year, &n); err != nil || read != 2 || n < 1 || n > 53 {
		return time.Time{}, false
	}
	fourth := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC) // always in week 1
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7).AddDate(0, 0, 7*(n-1))
	return monday, weekOf(monday, time.UTC) == week
}
