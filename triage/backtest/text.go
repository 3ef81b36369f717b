package backtest

import (
	"fmt"
	"strconv"
	"strings"
)

// String writes the report for a person, in lines.
func (r Report) String() string {
	t := &text{}
	r.head(t)
	t.line("")
	t.line("%-10s %10s %10s %10s %10s %14s %12s", "", "ignored", "recorded", "opened", "cases", "mentions a day", "cases a day")
	for _, s := range [...]struct {
		name string
		v    Volume
	}{{"old", r.Old}, {"new", r.New}} {
		t.line("%-10s %10d %10d %10d %10d %14s %12s", s.name, s.v.Ignored, s.v.Recorded, s.v.Opened, s.v.Cases,
			thousandths(s.v.MentionsADay), thousandths(s.v.CasesADay))
	}
	if len(r.Owners) > 0 {
		t.line("")
		t.line("%-24s %8s %8s %8s", "owner", "old", "new", "change")
		for _, l := range r.Owners {
			t.line("%-24s %8d %8d %+8d", l.Owner, l.Old, l.New, l.New-l.Old)
		}
	}
	r.changes(t)
	if r.Fit != nil {
		t.line("")
		r.Fit.tell(t)
	}
	return t.String()
}

type text struct{ strings.Builder }

func (t *text) line(format string, args ...any) {
	t.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

func (r Report) head(t *text) {
	when := "without dates"
	if r.Days > 0 {
		when = fmt.Sprintf("from %s to %s (days: %d)", r.First.UTC().Format("2006-01-02"), r.Last.UTC().Format("2006-01-02"), r.Days)
	}
	t.line("mentions   %d %s", r.Mentions, when)
	if r.Undated > 0 {
		t.line("undated    %d", r.Undated)
	}
	t.line("changed    %d (%s %%)", r.Changed, percent(r.SharePerMille))
	if r.Bad.Rows > 0 {
		t.line("bad rows   %d", r.Bad.Rows)
		for _, b := range r.Bad.First {
			t.line("  line %d: %s", b.Line, strings.ReplaceAll(b.Why, "\n", "; "))
		}
	}
}

func (r Report) changes(t *text) {
	for _, c := range r.Changes {
		t.line("")
		t.line("%s %s -> %s: %d (%s %%)", c.Field, c.From, c.To, c.Mentions, percent(c.SharePerMille))
		for _, x := range c.Examples {
			where := x.Ref.String()
			if x.Line > 0 {
				where = fmt.Sprintf("line %d", x.Line)
			}
			t.line("  %s: %s", where, x.Text)
			for _, why := range x.Gone {
				t.line("    gone  %s", why)
			}
			for _, why := range x.Came {
				t.line("    came  %s", why)
			}
		}
	}
}

func (f *Fit) tell(t *text) {
	var limits []string
	if f.Budget.MentionsADay > 0 {
		limits = append(limits, fmt.Sprintf("mentions a day: %d", f.Budget.MentionsADay))
	}
	if f.Budget.CasesADay > 0 {
		limits = append(limits, fmt.Sprintf("cases a day: %d", f.Budget.CasesADay))
	}
	how := "it fits as it is"
	switch {
	case !f.Fits && len(f.Drop) == 0:
		how = "it does not fit, and no wide subject would help"
	case !f.Fits:
		how = "it does not fit, not even without"
	case len(f.Drop) > 0:
		how = "it fits without"
	}
	t.line("budget     %s: %s", strings.Join(limits, ", "), how)
	for _, d := range f.Drop {
		t.line("  %-24s leaves %s mentions and %s cases a day", d.Subject, thousandths(d.MentionsADay), thousandths(d.CasesADay))
	}
	for _, w := range f.Wide {
		t.line("  wide %-19s names %d, alone %d, cases %d", w.Subject, w.Mentions, w.Alone, w.Cases)
	}
	if f.Unsettled > 0 {
		t.line("  unsettled %d", f.Unsettled)
	}
}

// thousandths writes 2500 as 2.5.
func thousandths(n int) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%03d", n/1000, n%1000), "0"), ".")
}

// percent writes a share per mille: 204 is 20.4.
func percent(n int) string { return strconv.Itoa(n/10) + "." + strconv.Itoa(n%10) }
