package insight

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"
)

// A Report is what all trails come to. It is plain data: what is stored as JSON can be merged later.
type Report struct {
	Until time.Time                     `json:"until,omitzero"` // the instant of the figures, UTC
	Zone  string                        `json:"zone"`           // of the weeks
	All   Figures                       `json:"all"`
	By    map[string]map[string]Figures `json:"by"`               // by dimension and value: category, channel, owner, week
	About map[string]Issue              `json:"about,omitempty"`  // by category
	Named map[string]Named              `json:"named,omitempty"`  // by root cause
	Since time.Time                     `json:"since,omitzero"`   // when the first case was opened, UTC
	Hid   int                           `json:"hidden,omitempty"` // restricted cases, counted and not shown

	Duties []Duty `json:"duties,omitempty"` // regulators' clocks that run, the first to end first
}

// The dimensions of Report.By, and the value that every one of them can have.
const (
	ByCategory = "category"
	ByChannel  = "channel"
	ByOwner    = "owner" // who took the case last, else whose it is
	ByWeek     = "week"  // ISO 8601: 2026-W25

	None = "none" // the value of a dimension for cases that have none
)

// Tell reads trails, one entry at a time, and counts. Each case comes once; the order does not matter.
func Tell(trails iter.Seq[Trail], o Options) Report {
	o = o.filled()
	t := teller{ByCategory: {}, ByChannel: {}, ByOwner: {}, ByWeek: {}}
	r := Report{Until: o.Until.UTC(), Zone: o.Zone.String(), About: map[string]Issue{}, Named: map[string]Named{}}
	for x := range trails {
		l := read(x, o)
		if len(l.facts) == 0 {
			continue
		}
		t.count(&r, l, o.Zone)
		r.note(l, o.Zone)
	}
	for _, name := range slices.Sorted(maps.Keys(r.Named)) {
		slices.Sort(r.Named[name].Cases)
	}
	r.Duties = byDue(r.Duties)
	r.By = t.values()
	return r
}

func (o Options) filled() Options {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	return o
}

// A teller holds the figures while they grow, by dimension and value.
type teller map[string]map[string]*Figures

func valuesOf(figures map[string]*Figures) map[string]Figures {
	out := map[string]Figures{}
	for value, f := range figures {
		out[value] = *f
	}
	return out
}

// values are the figures as they stand.
func (t teller) values() map[string]map[string]Figures {
	out := map[string]map[string]Figures{}
	for dimension, figures := range t {
		out[dimension] = valuesOf(figures)
	}
	return out
}

func (t teller) of(dimension, value string) *Figures {
	if value == "" {
		value = None
	}
	f := t[dimension][value]
	if f == nil {
		f = &Figures{}
		t[dimension][value] = f
	}
	return f
}

func (t teller) count(r *Report, l life, zone *time.Location) {
	whole := []*Figures{&r.All, t.of(ByCategory, l.category), t.of(ByChannel, l.channel), t.of(ByOwner, l.owner)}
	t.tell(whole, l, zone)
}

// tell counts everything of a life where it belongs, and each thing in its week.
func (t teller) tell(whole []*Figures, l life, zone *time.Location) {
	for _, x := range l.facts {
		for _, f := range whole {
			f.count(x)
		}
		t.of(ByWeek, weekOf(x.at, zone)).count(x)
	}
}

// weekOf names the ISO week of an instant.
func weekOf(at time.Time, zone *time.Location) string {
	year, week := at.In(zone).ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// note keeps what is told beside the figures.
func (r *Report) note(l life, zone *time.Location) {
	if r.Since.IsZero() || l.opened.Before(r.Since) {
		r.Since = l.opened.UTC()
	}
	if l.restricted {
		r.Hid++
	}
	category := l.category
	if category == "" {
		category = None
	}
	week := weekOf(l.opened, zone)
	r.About[category] = merged(r.About[category], issueOf(l, week))
	for _, d := range l.duties {
		if l.restricted {
			d.Case = ""
		}
		r.Duties = append(r.Duties, d)
	}
	for i, name := range l.causes {
		if !slices.Contains(l.causes[:i], name) {
			r.Named[name] = r.Named[name].with(l)
		}
	}
}

// Merge puts two reports on different trails together. Both were made with the same Options; a case that is in both
// counts twice. It alters neither.
func (r Report) Merge(o Report) Report {
	out := Report{Zone: r.Zone, Until: r.Until, Since: r.Since, Hid: r.Hid + o.Hid}
	if out.Zone == "" {
		out.Zone = o.Zone
	}
	if o.Until.After(out.Until) {
		out.Until = o.Until
	}
	if out.Since.IsZero() || !o.Since.IsZero() && o.Since.Before(out.Since) {
		out.Since = o.Since
	}
	out.By = map[string]map[string]Figures{ByCategory: {}, ByChannel: {}, ByOwner: {}, ByWeek: {}}
	out.About, out.Named = map[string]Issue{}, map[string]Named{}
	out.Duties = byDue(r.Duties, o.Duties)
	for _, part := range []Report{r, o} {
		out.All.merge(part.All)
		for _, dimension := range slices.Sorted(maps.Keys(part.By)) {
			out.By[dimension] = together(out.By[dimension], part.By[dimension])
		}
		for _, name := range slices.Sorted(maps.Keys(part.About)) {
			out.About[name] = merged(out.About[name], part.About[name])
		}
		for _, name := range slices.Sorted(maps.Keys(part.Named)) {
			out.Named[name] = out.Named[name].merge(part.Named[name])
		}
	}
	return out
}

// together is the figures of two parts, value by value.
func together(a, b map[string]Figures) map[string]Figures {
	out := map[string]Figures{}
	for _, part := range []map[string]Figures{a, b} {
		for _, value := range slices.Sorted(maps.Keys(part)) {
			f := Figures{}
			f.merge(out[value])
			f.merge(part[value])
			out[value] = f
		}
	}
	return out
}
