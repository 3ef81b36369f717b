package account

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Text writes the account as plain text, with the times of a zone; nil means UTC. The error is that of w.
func (a Account) Text(w io.Writer, zone *time.Location) error {
	if zone == nil {
		zone = time.UTC
	}
	p := &page{Writer: bufio.NewWriter(w), zone: zone}
	p.line("Incident of %s, %s", plain(a.Matter.Category), a.State)
	p.line("Times are of %s.", zone)
	p.span("opened", a.Opened, a.Opened)
	p.span("declared", a.Opened, a.Declared)
	p.span("contained", a.Opened, a.Contained)
	p.span("over", a.Opened, a.Over)
	for _, s := range a.Surges {
		p.line("%-11s %s  %d mentions in an hour, %d are usual", "surge", p.at(s.Since), s.Seen, s.Expected)
	}
	p.cases(a)
	p.said(a)
	p.pages(a)
	p.posts(a)
	p.list("Late", len(a.Late), func(i int) string {
		x := a.Late[i]
		if x.At.IsZero() {
			return fmt.Sprintf("%s: owed %s, never came", x.What, p.at(x.Due))
		}
		return fmt.Sprintf("%s: owed %s, came %s later", x.What, p.at(x.Due), length(x.At.Sub(x.Due)))
	})
	p.list("Timeline", len(a.Timeline), func(i int) string { return p.moment(a.Timeline[i]) })
	if f := a.Findings; f != nil {
		p.line("")
		p.line("Cause, as %s found %s: %s", plain(f.By), p.at(f.At), plain(f.Cause))
		for _, c := range f.Changes {
			p.line("  to change: %s", plain(c))
		}
	}
	return p.Flush()
}

// A page is an account as it is written.
type page struct {
	*bufio.Writer
	zone *time.Location
}

func (p *page) line(format string, args ...any) {
	fmt.Fprintf(p, format+"\n", args...) // a write that fails is told by Flush
}

func (p *page) at(t time.Time) string { return t.In(p.zone).Format("2006-01-02 15:04:05") }

func (p *page) span(what string, from, at time.Time) {
	switch {
	case at.IsZero():
		p.line("%-11s never", what)
	case at.Equal(from):
		p.line("%-11s %s", what, p.at(at))
	default:
		p.line("%-11s %s  after %s", what, p.at(at), length(at.Sub(from)))
	}
}

// list writes lines under a title, or that there are none.
func (p *page) list(title string, n int, say func(i int) string) {
	p.line("")
	if n == 0 {
		p.line("%s: nothing", title)
		return
	}
	p.line("%s", title)
	for i := range n {
		p.line("  %s", say(i))
	}
}

func (p *page) cases(a Account) {
	c := a.Cases
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(c.Severities)) {
		parts = append(parts, fmt.Sprintf("%d %s", c.Severities[name], name))
	}
	p.line("")
	p.line("Cases: %d joined (%s), %d taken out by a person, %d with a life in danger", c.Joined, strings.Join(parts, ", "),
		c.Freed, c.Life)
	if x := a.After; x.Cases > 0 {
		p.line("  of %d looked at: %d got an answer of their own since, %d still wait, %d missed objectives", x.Cases,
			x.Answered, x.Waiting, x.Breaches)
		for _, end := range slices.Sorted(maps.Keys(x.Ends)) {
			p.line("  %s: %d", plain(end), x.Ends[end])
		}
	}
}

func (p *page) said(a Account) {
	p.list("Statements", len(a.Said), func(i int) string {
		x := a.Said[i]
		kept := "followed in time"
		switch {
		case x.Followed.IsZero() && !x.Missed:
			kept = "the next news are not due yet"
		case x.Followed.IsZero():
			kept = "the next news are missed"
		case x.Missed:
			kept = "the next news came " + length(x.Followed.Sub(x.Next)) + " late"
		}
		marks := ""
		if x.Corrects {
			marks = ", a correction"
		}
		return fmt.Sprintf("%d  %s by %s, approved by %s%s; next promised for %s: %s; at %s, failed at %d\n     \"%s\"", x.Version,
			p.at(x.At), plain(x.Author), plain(x.By), marks, p.at(x.Next), kept, places(x.Places), x.Failed, plain(x.Text))
	})
	p.list("Command", len(a.Commands), func(i int) string {
		x := a.Commands[i]
		until := "the end"
		if !x.Until.IsZero() {
			until = p.at(x.Until)
		}
		return strings.TrimRight(fmt.Sprintf("%s from %s until %s  %s", plain(x.Member), p.at(x.From), until, plain(x.Note)), " ")
	})
}

func (p *page) pages(a Account) {
	p.list("Pages", len(a.Pages), func(i int) string {
		x := a.Pages[i]
		level := fmt.Sprintf("level %d", x.Level)
		switch {
		case x.Relief:
			level = "relieved"
		case x.Level < 0:
			level = "beside the ladder"
		}
		outcome := "nothing was heard"
		if x.Outcome != "" {
			outcome = fmt.Sprintf("%s after %s", x.Outcome, length(x.Heard.Sub(x.At)))
		}
		return fmt.Sprintf("%s  %s by %s, %s: %s", p.at(x.At), plain(x.Member), plain(x.Contact), level, outcome)
	})
}

func (p *page) posts(a Account) {
	p.list("Scheduled posts held", len(a.Posts), func(i int) string {
		x := a.Posts[i]
		until := "still"
		switch {
		case !x.Ended.IsZero():
			until = "until " + p.at(x.Ended)
		case !x.Until.IsZero():
			until = "until " + p.at(x.Until)
		}
		by := x.By
		if by == "" {
			by = "the machine"
		}
		return fmt.Sprintf("%s %s, by %s: %s", p.at(x.Since), until, plain(by), plain(x.Why))
	})
}

func (p *page) moment(m Moment) string {
	if m.N > 0 {
		n := fmt.Sprintf("%d cases joined", m.N)
		if m.N == 1 {
			n = "1 case joined"
		}
		return fmt.Sprintf("%s  %s, until %s, and paged nobody", p.at(m.At), n, p.at(m.Until))
	}
	s := fmt.Sprintf("%s  %s by %s", p.at(m.At), plain(m.What), plain(m.By))
	for _, why := range m.Why {
		if why != "" {
			s += "\n      " + plain(why)
		}
	}
	return s
}

func places(n int) string {
	if n == 1 {
		return "1 place"
	}
	return fmt.Sprintf("%d places", n)
}

// length is a length of time for a person.
func length(d time.Duration) string { return max(0, d).Round(time.Second).String() }

// plain keeps to what is printed: no text makes a line of its own, or turns the writing round.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r), r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
}
