package insight

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/insight/survey"
)

// say is the value with its unit, for a person.
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
	switch {
	case ms < 1000:
		return fmt.Sprintf("%d ms", ms)
	case ms < 60_000:
		return fmt.Sprintf("%d s", ms/1000)
	case ms < 3_600_000:
		return fmt.Sprintf("%d min %d s", ms/60_000, ms/1000%60)
	case ms < 2*86_400_000:
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
	ends, rest := p.ends()
	line("How cases ended: %s", ends)
	line("Not over: %s", rest)
	counts("Missed", p.Breaches)
	counts("Waived", p.Waivers)
	line("Deleted: %d", p.Deletions)
	if share, ok := p.Pledges.Share(); ok || p.Pledges.Open > 0 {
		line("Promised to customers: %d kept, %d missed, %d released, %d open%s", p.Pledges.InTime, p.Pledges.Late,
			p.Pledges.Released, p.Pledges.Open, when(ok, ": "+percent(int64(share))+" in time"+few(p.Pledges.InTime+p.Pledges.Late)))
	}
	for _, name := range slices.Sorted(maps.Keys(p.Surveys)) {
		line("%s", scored(name, p.Surveys[name]))
	}
	if x := p.Incidents; x.some() {
		line("%s", x.say())
	}
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
		for _, id := range c.Tell {
			line("    tell the customer of %s", plain(id))
		}
	}
	if len(p.Duties) > 0 {
		line("")
		line("Duties to regulators that are open")
	}
	for _, d := range p.Duties {
		line("  %s: %s %s%s", plain(d.Name), was(d.Late), d.Due.UTC().Format("2006-01-02 15:04 UTC"),
			when(d.Case != "", ", case "+plain(d.Case)))
	}
	return b.Flush()
}

// ends are how cases ended, with their shares, the commonest first; rest are those that go on.
func (p Page) ends() (ends, rest string) {
	names := slices.SortedFunc(maps.Keys(p.Ends), func(a, b string) int {
		return cmp.Or(cmp.Compare(p.Ends[b], p.Ends[a]), cmp.Compare(a, b))
	})
	var over, open []string
	n := 0
	for _, name := range names {
		part := fmt.Sprintf("%s %d", plain(name), p.Ends[name])
		if share, ended := p.Shares[name]; ended {
			over, n = append(over, part+" ("+percent(int64(share))+")"), n+p.Ends[name]
		} else {
			open = append(open, part)
		}
	}
	return cmp.Or(strings.Join(over, ", "), "none") + few(n), cmp.Or(strings.Join(open, ", "), "none")
}

// few says that a share is of few, where it is.
func few(of int) string {
	return when(of > 0 && of < enough, fmt.Sprintf(" (of %d: small count)", of))
}

func was(late bool) string {
	if late {
		return "was due"
	}
	return "is due"
}

func when(ok bool, text string) string {
	if ok {
		return text
	}
	return ""
}

// scored is what customers answered to one question, for a person.
func scored(question string, s survey.Score) string {
	of := fmt.Sprintf("of %d", s.N)
	if s.N < enough {
		of += ": small count"
	}
	switch name := strings.ToUpper(plain(question)); event.Scale(strings.ToLower(name)) {
	case event.NPS:
		return fmt.Sprintf("%s: %s (%s)", name, hundredths(s.Value), of)
	case event.CSAT:
		return fmt.Sprintf("%s: %s are satisfied (%s; with 95 %% certainty %s to %s)", name, percent(int64(s.Value)), of,
			percent(int64(s.Low)), percent(int64(s.High)))
	default:
		return fmt.Sprintf("%s: %s on average (%s)", name, hundredths(s.Value), of)
	}
}

// hundredths is a number of them with two decimals.
func hundredths(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

// some reports whether there is anything to tell.
func (i Incidents) some() bool {
	return i.Suspected+i.Crowds+i.Declared+i.Dismissed+i.Resolved+i.Examined+i.News.InTime+i.News.Late+i.News.Open > 0
}

// say is what befell incidents, for a person.
func (i Incidents) say() string {
	s := fmt.Sprintf("Incidents: %d suspected, %d crowds, %d declared, %d dismissed, %d resolved; %s, %d pages",
		i.Suspected, i.Crowds, i.Declared, i.Dismissed, i.Resolved, cases(i.Cases), i.Pages)
	for _, x := range []struct {
		what   string
		spread Spread
	}{{"declared", i.ToDeclare}, {"a first word to the public", i.ToStatement}, {"over", i.ToEnd}} {
		if ms, ok := x.spread.Percentile(50); ok {
			s += fmt.Sprintf("; %s, half of them within %s%s", x.what, span(ms), few(x.spread.N))
		}
	}
	if share, ok := i.News.Share(); ok {
		s += fmt.Sprintf("; promised updates in time: %s%s", percent(int64(share)), cmp.Or(few(i.News.InTime+i.News.Late),
			fmt.Sprintf(" of %d", i.News.InTime+i.News.Late)))
	}
	return s
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
