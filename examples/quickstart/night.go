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
		if member, until, off := strings.Cut(why, " is off duty"); off {
			until = strings.TrimSuffix(until, " "+h.zone.String())
			parts = append(parts, roleOf(member, 0, in.Climb)+" off"+until)
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
		parts = append(parts, roleOf(p.Member, p.Level, in.Climb)+" "+how)
	}
	return strings.Join(parts, " -> ")
}

// roleOf says why it is this member who is told.
func roleOf(member string, level int, c *escalation.Climb) string {
	switch {
	case member == c.Owner:
		return "owner " + member
	case level == 0:
		return "back-up " + member
	}
	return fmt.Sprintf("level %d %s", level, member)
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
	langs, rules, misspelled := map[string]bool{}, map[string]bool{}, 0
	for _, j := range more {
		langs[j.mention.Lang], rules[j.rule().Rule] = true, true
		if _, wrong := j.named(); wrong {
			misspelled++
		}
	}
	m.At = h.clock(more[0].mention.PostedAt)
	m.say("%s more by rule %s until %s, in %s, %s misspell the name", number(len(more)),
		strings.Join(sortedKeys(rules), ", "), h.clock(more[len(more)-1].mention.PostedAt),
		count(len(langs), "language", "languages"), number(misspelled))
	incidents, err := h.incidents()
	if err != nil {
		return err
	}
	trail, err := entries[incident.Change](h, desk.KindIncident, in.ID)
	if err != nil {
		return err
	}
	m.say("%s of %s, %s %s by %s; %s for the %s", count(len(incidents), "incident", "incidents"),
		count(in.Cases, "case", "cases"), incident.Declared, h.clock(declaredAt(trail)), in.Commander,
		count(h.pagesOfCases(more), "page", "pages"), number(len(more)))
	for _, s := range h.diary.stopped {
		m.say("%s scheduled \"%s\" held: %s", h.clock(s.at), cutText(s.text, 16), s.why.Why)
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
	trail, err := entries[incident.Change](h, desk.KindIncident, in.ID)
	if err != nil {
		return err
	}
	kept, due := 0, time.Time{} // updates that came before they were due, and when the next one is
	corrected := ""
	for _, e := range trail {
		d, p := e.Change.Draft, e.Change.Statement
		_, consent := e.Event.Body.(event.Approved)
		switch {
		case d != nil && len(d.Findings) > 0:
			m.At = h.clock(e.At)
			m.quote(d.By, d.Statement.Text, found(d.Findings))
			m.say("refused: %s", rulesOf(d.Statement.Text, d.Findings))
		case p != nil && consent && p.Version == 1:
			corrected = fmt.Sprintf("%s %s approves the correction; next update %s", h.clock(p.At), p.By,
				p.Next.In(h.zone).Format("15:04 MST"))
		case p != nil && consent && !p.At.After(due):
			kept++
		}
		if p != nil {
			due = p.Next
		}
	}
	m.say("%s; %s of %s late", corrected, number(in.Breaches), number(kept+in.Breaches))
	return nil
}
