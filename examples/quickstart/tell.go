package main

import (
	"fmt"
	"io"
	"strings"
)

// print writes the report as a page.
func (r *report) print(out io.Writer, p paint) error {
	s := &page{paint: p}
	s.line("%s", bold(fmt.Sprintf("of %s, %s name you, %s misspelled, %s in your busiest hour, %s contain private data",
		count(r.Posts, "post", "posts"), number(r.Named), number(r.Misspelled), number(r.Busiest), number(r.Private))))
	if r.Posts == 0 {
		s.line("there are no rows in it")
		return s.write(out)
	}
	switch {
	case !r.BusiestAt.IsZero():
		s.line("the busiest hour began %s", r.BusiestAt.Format("Mon 2006-01-02 15:04 UTC"))
	case r.timed == 0:
		s.line("no post says when it was posted, so there is no busiest hour: -fields at=... names what does")
	}
	if len(r.Subjects) > 1 {
		s.line("named: %s", joined(r.Subjects, 8))
	}
	if r.Supposed != nil {
		r.stranger(s)
		r.Supposed.judgements(s, "if all were written to you: what the rules would make of them")
	} else {
		r.judgements(s, "what the rules made of them, each with the rule that said so most often")
	}
	r.list(s)
	if len(r.Categories) > 0 {
		s.line("")
		s.line("add -why %s to see why of one post", r.Categories[0].Example.id())
	}
	return s.write(out)
}

// stranger says what to do about a file in which nobody is named who is watched.
func (r *report) stranger(s *page) {
	s.line("no post names anybody on the watchlist of %s (%s)", r.Desk, strings.Join(r.Watched, ", "))
	if len(r.Written) > 0 {
		s.line("most often written to: %s", joined(r.Written, mostFirst))
	}
	s.line("to watch your own names: -print-desk > desk.json, write them into its watchlist, and add -desk desk.json")
}

// judgements writes what the rules made of the posts.
func (r *report) judgements(s *page, heading string) {
	s.line("")
	s.line("%s", bold(heading))
	shown := min(len(r.Categories), mostCategories)
	for _, k := range r.Categories[:shown] {
		s.row("%7s %-12s %-22s %s", number(k.Posts), k.Category, k.Rules[0].name(), k.Example.quote())
	}
	if rest := r.Categories[shown:]; len(rest) > 0 {
		names, posts := make([]string, len(rest)), 0
		for i, k := range rest {
			names[i] = k.Category
			posts += k.Posts
		}
		s.line("%7s in %s", number(posts), strings.Join(names, ", "))
	}
	if len(r.First) > 0 {
		s.line("")
		s.line("%s", bold("what a person would see first"))
		for _, x := range r.First {
			s.row("  %-9s %-8s %s: %s", x.Category, x.Severity, x.id(), x.quote())
		}
	}
	if r.NotThanked > 0 {
		s.line("")
		s.line("%s", bold(fmt.Sprintf("not thanked: %s with words of praise, the unhappiest first",
			count(r.NotThanked, "complaint", "complaints"))))
		for _, x := range r.Bitter {
			s.row("  %s: %s", x.id(), x.quote())
		}
	}
	if r.Unsure > 0 {
		s.line("%s more with words of praise and something beside them are left to a person to thank", number(r.Unsure))
	}
}

func (t tallied) name() string {
	if t.Name == "" {
		return "no rule"
	}
	return t.Name
}

// quote is the example's text with its words marked.
func (x shown) quote() string { return `"` + excerpt(x.Text, x.places) + `"` }

// id is what -why takes.
func (x shown) id() string {
	_, id, _ := strings.Cut(x.Ref, "/")
	return oneLine(id)
}

// joined lists the most frequent names with their counts.
func joined(list []tallied, most int) string {
	s := ""
	for i, t := range list[:min(most, len(list))] {
		if i > 0 {
			s += ", "
		}
		s += oneLine(t.Name) + " " + number(t.Posts)
	}
	return s
}
