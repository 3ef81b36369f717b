package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/reputekit/reputation/examples/quickstart/day"
	"github.com/reputekit/reputation/respond"
)

// A screen is the day as it is told: nine moments, and what would have gone wrong without them.
type screen struct {
	Title   string   `json:"title"`
	Legend  string   `json:"legend"`
	Moments []moment `json:"moments"`
	Without []saved  `json:"without"`
	Next    []string `json:"next"`
}

// next are the two commands that a reader may try now.
var next = []string{
	"go run ./examples/quickstart -why c204",
	"go run ./examples/quickstart -in posts.jsonl -fields text=text,id=id,author=user,at=at",
}

// doDay plays the shipped day and prints what was asked for.
func (o order) doDay(rules *respond.Rules, out io.Writer, p paint) error {
	if o.change != "" {
		mentions, err := day.Mentions()
		if err != nil {
			return err
		}
		people, err := day.Customers()
		if err != nil {
			return err
		}
		return o.changeDay(rules, receivedAs(mentions, people), out, p)
	}
	h, err := playDay(rules)
	if err != nil {
		return err
	}
	switch {
	case o.why != "":
		return o.whyCase(h, out, p)
	case o.all:
		return o.timeline(h, out, p)
	}
	s, err := h.screen()
	if err != nil {
		return err
	}
	if o.json {
		return writeJSON(out, s.plain())
	}
	return s.print(out, p)
}

func (h *house) screen() (screen, error) {
	langs, channels := map[string]bool{}, map[string]bool{}
	for _, m := range h.mentions {
		langs[m.Lang], channels[m.Ref.Channel] = true, true
	}
	s := screen{Next: next}
	s.Title = fmt.Sprintf("Fjordwing (invented), %s: %s, %s, %s",
		h.at("12:00").In(h.zone).Format("2 January 2006"), count(len(h.mentions), "mention", "mentions"),
		count(len(channels), "channel", "channels"), count(len(langs), "language", "languages"))
	s.Legend = fmt.Sprintf("%cmarked%c words decided; times are of %s; -why %s says more",
		open, shut, h.zone, authorOf(h.mentions[0].Author))
	var err error
	if s.Moments, err = h.moments(); err != nil {
		return s, err
	}
	s.Without, err = h.without()
	return s, err
}

// plain is the screen without the marks that only a terminal shows.
func (s screen) plain() screen {
	p := paint{width: widest}
	out := s
	out.Legend = p.finish(s.Legend)
	out.Moments = make([]moment, len(s.Moments))
	for i, m := range s.Moments {
		out.Moments[i] = moment{N: m.N, At: m.At}
		for _, line := range m.Lines {
			out.Moments[i].Lines = append(out.Moments[i].Lines, p.finish(line))
		}
	}
	return out
}

func (s screen) print(out io.Writer, p paint) error {
	pg := &page{paint: p}
	pg.line("%s", bold(s.Title))
	pg.line("%s", s.Legend)
	for _, m := range s.Moments {
		for i, line := range m.Lines {
			if i == 0 {
				pg.hang(bold(fmt.Sprintf("%d %s", m.N, m.At))+" ", line, 8)
			} else {
				pg.hang("        ", line, 8)
			}
		}
	}
	pg.line("")
	pg.line("%s", bold("Without it, counted in this run:"))
	for _, x := range s.Without {
		pg.row("%3d %s", x.Count, x.What)
	}
	pg.line("")
	pg.line("%s", bold("Next:")+" "+s.Next[0])
	for _, c := range s.Next[1:] {
		pg.row("      %s", c)
	}
	return pg.write(out)
}

// hang adds a line behind a heading; where it is too long it goes on beneath itself.
func (s *page) hang(head, line string, indent int) {
	if strings.HasPrefix(line, string(short)) {
		s.lines = append(s.lines, s.paint.cut(head+line, s.paint.width))
		return
	}
	s.lines = append(s.lines, s.paint.wrap(head+line, strings.Repeat(" ", indent))...)
}
