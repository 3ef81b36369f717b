package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

// nightPage is a crisis at night: who was told, and who was not reached.
func nightPage(h *house, m *moment) error {
	j, err := h.judgedAs(first)
	if err != nil {
		return err
	}
	in, err := h.incident()
	if err != nil {
		return err
	}
	m.At = h.clock(j.mention.PostedAt)
	m.said(j, append(j.words(), misspelt(j)...))
	m.say("%s, by rule %s; %s", j.inWords(), j.rule().Rule, spelling(j))
	m.say("%s", h.paging(in))
	return nil
}

// spelling says how the first subject was written.
func spelling(j judged) string {
	for _, x := range j.verdict.Hits {
		if x.Spelling == mention.Misspelled {
			return fmt.Sprintf("%s is %s, %s off", quoted(j.mention.Text, x.Start, x.End), x.Subject,
				count(x.Distance, "letter", "letters"))
		}
	}
	return "the name is written as it is"
}

func misspelt(j judged) []place {
	var out []place
	for _, x := range j.verdict.Hits {
		if x.Spelling == mention.Misspelled {
			out = append(out, place{x.Start, x.End})
		}
	}
	return out
}

// paging says who was told of an incident, in order, and what came of it.
func (h *house) paging(in incident.Incident) string {
	var parts []string
	for _, why := range in.Climb.Because {
		if strings.Contains(why, "off duty") {
			why = strings.Replace(why, " is off duty", " off duty", 1)
			parts = append(parts, strings.TrimSuffix(why, " "+h.zone.String()))
		}
	}
	for _, p := range in.Climb.Pages {
		if p.Relief {
			continue
		}
		how := "told"
		switch {
		case p.State == escalation.Undelivered:
			how = "bounced"
		case p.Member == in.Climb.Taken:
			how = "has it"
		}
		at := ""
		if !p.At.Equal(in.Opened) {
			at = " " + h.clock(p.At)
		}
		parts = append(parts, fmt.Sprintf("%s, %s%s: %s", p.Member, p.Kind, at, how))
	}
	return strings.Join(parts, " -> ")
}

// oneIncident is the rest of the night's posts, and a cheerful post that did not go out among them.
func oneIncident(h *house, m *moment) error {
	in, err := h.incident()
	if err != nil {
		return err
	}
	more, err := h.joined(in)
	if err != nil {
		return err
	}
	more = more[1:]
	langs, misspelled := map[string]bool{}, 0
	for _, j := range more {
		langs[j.mention.Lang] = true
		if _, wrong := j.named(); wrong {
			misspelled++
		}
	}
	m.At = h.clock(more[0].mention.PostedAt)
	m.say("%s until %s, in %s, %s with the name misspelled", count(len(more), "more post", "more posts"),
		h.clock(more[len(more)-1].mention.PostedAt), count(len(langs), "language", "languages"), number(misspelled))
	incidents, err := h.incidents()
	if err != nil {
		return err
	}
	trail, err := entries[incident.Entry](h, desk.KindIncident, in.ID)
	if err != nil {
		return err
	}
	m.say("%s, %s %s by %s, of %s; %s for the %s", count(len(incidents), "incident", "incidents"),
		in.State, h.clock(declaredAt(trail)), in.Commander, count(in.Cases, "case", "cases"),
		count(h.pagesOfCases(more), "page", "pages"), number(len(more)))
	for _, s := range h.diary.stopped {
		m.say("%s scheduled \"%s\" stopped at the moment of sending", h.clock(s.at), cutText(s.text, 16))
	}
	return nil
}

// declaredAt is when a person said that it is a crisis.
func declaredAt(trail []incident.Entry) time.Time {
	for _, e := range trail {
		if e.Change.State == incident.Declared {
			return e.At
		}
	}
	return time.Time{}
}

// statement is what the public was told, and what it nearly was told.
func statement(h *house, m *moment) error {
	in, err := h.incident()
	if err != nil {
		return err
	}
	trail, err := entries[incident.Entry](h, desk.KindIncident, in.ID)
	if err != nil {
		return err
	}
	updates, due := 0, time.Time{} // those that came before they were due, and when the next one is
	for _, e := range trail {
		d, p := e.Change.Draft, e.Change.Statement
		_, consent := e.Event.Body.(event.Approved)
		switch {
		case d != nil && len(d.Findings) > 0:
			m.At = h.clock(e.At)
			m.quote(d.By, d.Statement.Text, found(d.Findings))
			m.say("refused: %s", rulesOf(d.Statement.Text, d.Findings))
		case p != nil && consent && p.Version == 1:
			m.say("%s corrected, %s approved by %s; next update due %s", h.clock(statedAt(trail, p.Statement.Text)),
				h.clock(p.At), p.By, p.Next.In(h.zone).Format("15:04 MST"))
		case p != nil && consent && !p.At.After(due):
			updates++
		}
		if p != nil {
			due = p.Next
		}
	}
	m.say("%s followed before they were due, %s missed", count(updates, "update", "updates"), number(in.Breaches))
	return nil
}

// statedAt is when a text was written.
func statedAt(trail []incident.Entry, text string) time.Time {
	for _, e := range trail {
		if s, ok := e.Event.Body.(event.Stated); ok && s.Statement.Text == text {
			return e.At
		}
	}
	return time.Time{}
}
