package insight

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// A Page is a week on one page, for executives: five figures beside those of the week before, and what they must know.
type Page struct {
	Week      string         `json:"week"` // ISO 8601: 2026-W25
	Before    string         `json:"before"`
	Figures   []Figure       `json:"figures"` // cases, answered in time, first reply, news kept, resolved
	Ends      map[string]int `json:"ends,omitempty"`
	Issues    []Issue        `json:"issues,omitempty"` // the three largest
	Causes    []Cause        `json:"causes,omitempty"` // the three with most cases, of all the time
	Breaches  map[string]int `json:"breaches,omitempty"`
	Deletions int            `json:"deletions"` // mentions of others that we had deleted
	Waivers   map[string]int `json:"waivers,omitempty"`
	Duties    []Duty         `json:"duties,omitempty"`
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

// A Duty is a regulator's clock that runs, as the host has it.
type Duty struct {
	Name string    `json:"name"`
	Due  time.Time `json:"due"` // UTC
}

// Notes are what a page needs beside the trails.
type Notes struct {
	Causes []Cause // who mends what, until when
	Duties []Duty  // open ones
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
		all := 0
		for name, n := range f.Ends {
			if name != "live" && name != "dormant" {
				all += n
			}
		}
		return valued(int64(perMille), all)
	})
	p.Causes = r.Causes(notes.Causes)
	p.Causes = p.Causes[:min(3, len(p.Causes))]
	for _, a := range now.Acts {
		if a.Act == "delete" {
			p.Deletions += a.Done
		}
	}
	p.Duties = slices.Clone(notes.Duties)
	slices.SortFunc(p.Duties, func(a, b Duty) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Name, b.Name)) })
	return p
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

// String is the value with its unit, for a person.
func (f Figure) say(v Value) string {
	if v.N == 0 && f.Unit != CasesUnit {
		return "none"
	}
	switch f.Unit {
	case PerMille:
		return percent(v.Value)
	case Millis:
		return span(v.Value)
	}
	return fmt.Sprint(v.Value)
}

func percent(perMille int64) string { return fmt.Sprintf("%d.%d %%", perMille/10, perMille%10) }

// span is a length of time in its two largest units.
func span(ms int64) string {
	switch d := time.Duration(ms) * time.Millisecond; {
	case d < time.Second:
		return fmt.Sprintf("%d ms", ms)
	case d < time.Minute:
		return fmt.Sprintf("%d s", ms/1000)
	case d < time.Hour:
		return fmt.Sprintf("%d min %d s", ms/60_000, ms/1000%60)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h %d min", ms/3_600_000, ms/60_000%60)
	default:
		return fmt.Sprintf("%d d %d h", ms/86_400_000, ms/3_600_000%24)
	}
}

// Text writes the page as plain text. The error is that of w.
func (p Page) Text(w io.Writer) error {
	b := bufio.NewWriter(w)
	line := func(format string, args ...any) { fmt.Fprintf(b, format+"\n", args...) }
	line("Week %s", p.Week)
	line("")
	line("%-34s %18s %18s", "", "this week", "week before")
	for _, f := range p.Figures {
		line("%-34s %18s %18s%s", f.Name, f.say(f.Now), f.say(f.Then), f.caveat())
	}
	counts := func(title string, m map[string]int) {
		if len(m) == 0 {
			line("%s: none", title)
			return
		}
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(m)) {
			parts = append(parts, fmt.Sprintf("%s %d", plain(name), m[name]))
		}
		line("%s: %s", title, strings.Join(parts, ", "))
	}
	line("")
	counts("How cases stand", p.Ends)
	counts("Missed", p.Breaches)
	counts("Waived", p.Waivers)
	line("Deleted: %d", p.Deletions)
	if len(p.Issues) > 0 {
		line("")
		line("What it was about")
	}
	for _, i := range p.Issues {
		line("  %s: %d, %d the week before", plain(i.Name), i.Now, i.Before)
		for _, x := range i.Examples {
			line("    \"%s\"", plain(x.Text))
		}
	}
	if len(p.Causes) > 0 {
		line("")
		line("What lies behind it")
	}
	for _, c := range p.Causes {
		line("  %s: %s, %s", plain(c.Name), cases(c.Cases), c.standing())
	}
	for _, d := range p.Duties {
		line("Duty %s is due %s", plain(d.Name), d.Due.UTC().Format("2006-01-02 15:04 UTC"))
	}
	return b.Flush()
}

func (f Figure) caveat() string {
	if f.Now.Small || f.Then.Small {
		return fmt.Sprintf("   (of %d and %d: small counts)", f.Now.N, f.Then.N)
	}
	return ""
}

func (c Cause) standing() string {
	owner := "nobody mends it"
	if !c.Unowned {
		owner = plain(c.Owner) + " mends it"
	}
	switch {
	case len(c.Tell) > 0 || !c.FixedAt.IsZero() && !c.Overdue && c.Tell != nil:
		return fmt.Sprintf("fixed on %s: %d customers can be told", c.FixedAt.UTC().Format("2006-01-02"), len(c.Tell))
	case c.Due.IsZero():
		return owner + ", no date"
	case c.Overdue:
		return owner + ", was due " + c.Due.UTC().Format("2006-01-02")
	}
	return owner + " by " + c.Due.UTC().Format("2006-01-02")
}

func cases(n int) string {
	if n == 1 {
		return "1 case"
	}
	return fmt.Sprintf("%d cases", n)
}
