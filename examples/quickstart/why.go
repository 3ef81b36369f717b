package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/tally"
)

// homeZone is the zone that a house tells its times in.
func homeZone(rules *respond.Rules) *time.Location {
	zone, err := time.LoadLocation(rules.Specs().Followup.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// whyInput explains the verdict on one mention of a file.
func (o order) whyInput(rules *respond.Rules, rows rowReader, out, errs io.Writer, p paint) (int, error) {
	authors := map[string]tally.Author{}
	var found *judged
	var x spoilt
	err := rows(func(m mention.Mention) {
		in := event.Received{Mention: m, History: seen(authors, m)}
		if found == nil && isCalled(m, o.why) {
			j := judgeAt(rules, in)
			found = &j
		}
	}, x.spoiled)
	if err == nil && x.Bad > 0 {
		fmt.Fprintf(errs, "%s could not be read; without -why they are listed\n", count(x.Bad, "row", "rows"))
	}
	switch {
	case err != nil:
		return 0, err
	case found == nil:
		return 0, usage(fmt.Sprintf("%s holds no mention %q", o.input, o.why))
	case o.json:
		return x.Bad, maskedJSON(out, found.data())
	}
	s := &page{paint: p}
	found.explain(s, homeZone(rules))
	return x.Bad, s.write(out)
}

// isCalled says whether a person means this mention: by its id, by channel/id, or by its author: @gate_seven.
func isCalled(m mention.Mention, name string) bool {
	return name == m.Ref.ID || name == m.Ref.String() || m.Author.Handle != "" && name == "@"+m.Author.Handle
}

// data is the mention with its verdict, for -json.
func (j judged) data() map[string]any {
	return map[string]any{"mention": j.mention, "verdict": j.verdict}
}

// explain writes what was said, what it is, and every rule that had a say in it.
func (j judged) explain(s *page, zone *time.Location) {
	m, v := j.mention, j.verdict
	when := ""
	if !m.PostedAt.IsZero() {
		when = ", " + m.PostedAt.In(zone).Format("2006-01-02 15:04:05 MST")
	}
	s.line("%s", bold(oneLine(fmt.Sprintf("%s by %s%s", m.Ref, authorOf(m.Author), when))))
	var all []place
	for _, r := range v.Reasons {
		all = append(all, places(r.Spans)...)
	}
	text, marks := j.text(all)
	s.line(`  "%s"`, marked(text, marks))
	s.line("%s", bold("is "+j.inWords())+": "+strings.Join(facetsOf(v), ", "))
	for _, h := range v.Hits {
		how := string(h.Spelling)
		if h.Spelling == mention.Misspelled {
			how = count(h.Distance, "letter", "letters") + " off"
		}
		if h.Start == h.End {
			s.line("  was written to the account of %s", h.Subject)
			continue
		}
		s.line("  names %s, written %s (%s)", h.Subject, quoted(m.Text, h.Start, h.End), how)
	}
	if len(v.Hits) == 0 {
		s.line("  names nobody on the watchlist")
	}
	for _, x := range v.Private {
		s.line("  holds private data: %s", x.Class)
	}
	for _, r := range v.Reasons {
		s.line("  rule %s: %s", r.Rule, j.reason(r))
	}
	if words, bitter := j.bitter(); bitter {
		s.line("  has words of praise and is not taken as praise, because of %s", j.wordsAt(words))
	}
}

// facetsOf are the parts of a verdict that have no line of their own.
func facetsOf(v triage.Verdict) []string {
	out := []string{string(v.Handling), string(v.Legitimacy)}
	if v.Aim != "" {
		out = append(out, "aim "+string(v.Aim))
	}
	if v.Standing != "" {
		out = append(out, string(v.Standing))
	}
	if len(v.Tags) > 0 {
		out = append(out, "tagged "+strings.Join(v.Tags, " "))
	}
	return out
}

// reason says what a rule did, and because of what.
func (j judged) reason(r triage.Reason) string {
	s := r.Did
	if len(r.Spans) > 0 {
		s += "; it saw " + j.wordsAt(places(r.Spans))
	}
	if compared := r.Compared(); compared != "" {
		s += " (" + compared + ")"
	}
	return s
}

// wordsAt are the words at the places, masked where they are private.
func (j judged) wordsAt(at []place) string { return wordsIn(j.text(at)) }

// wordsIn are the words at the places, marked, each once.
func wordsIn(text string, places []place) string {
	var out []string
	seen := map[string]bool{}
	for _, p := range places {
		if p.start < 0 || p.end > len(text) || p.start >= p.end {
			continue
		}
		w := quoted(text, p.start, p.end)
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

func quoted(text string, start, end int) string {
	return string(open) + oneLine(text[start:end]) + string(shut)
}

func authorOf(a mention.Author) string {
	switch {
	case a.Handle != "":
		return "@" + a.Handle
	case a.Name != "":
		return a.Name
	case a.ID != "":
		return a.ID
	}
	return "somebody"
}

// whyCase explains one case of the day: what was said, what it is, who has it, what is owed, and everything that
// happened to it.
func (o order) whyCase(h *house, out io.Writer, p paint) error {
	if in, err := h.incident(); err == nil && (o.why == theIncident || isID(in.ID, o.why)) {
		return o.whyIncident(h, in, out, p)
	}
	c, j, err := h.called(o.why)
	if err != nil {
		return err
	}
	s := &page{paint: p}
	if c == nil {
		if o.json {
			return maskedJSON(out, j.data())
		}
		j.explain(s, h.zone)
		s.line("%s", bold("no case: it was "+j.category()))
		return s.write(out)
	}
	trail, err := entries[respond.Change](h, desk.KindCase, c.ID)
	if err != nil {
		return err
	}
	if o.json {
		return maskedJSON(out, map[string]any{"case": c, "trail": trail})
	}
	j.explain(s, h.zone)
	s.line("%s", bold("case "+c.ID))
	s.line("  %s", h.standing(*c))
	for _, k := range c.Clocks {
		s.line("  %s due %s: %s", k.Objective, k.Due.In(h.zone).Format("Mon 15:04 MST"), k.Because)
	}
	s.line("%s", bold("what happened"))
	asked := map[string]string{}
	for _, e := range trail {
		var changed []string
		for _, m := range e.Change.Moves {
			if m.From == m.To && m.Outcome == "" {
				continue
			}
			changed = append(changed, fmt.Sprintf("moves from %s to %s", m.From,
				strings.TrimSuffix(m.To.String()+", "+string(m.Outcome), ", ")))
		}
		if d := e.Change.Draft; d != nil && d.Text != "" && d.Approved == "" && d.Stale == "" {
			changed = append(changed, fmt.Sprintf("draft by %s: \"%s\"", d.By, marked(d.Text, found(d.Findings))))
			changed = append(changed, linted(d.Findings)...)
		}
		h.happening(s, e.At, e.Event, changed, e.Because, e.Effects, asked)
	}
	return s.write(out)
}

// happening writes one entry of a trail: what came, what it changed, because of what, and what is asked of the world.
func (h *house) happening(s *page, at time.Time, e event.Event, changed, because []string, asks []effect.Effect,
	asked map[string]string,
) {
	what := e.Kind()
	if of := outcomeOf(e, asked); of != "" {
		what += ": " + of
	} else if e.By != event.Clock && e.By != event.Channel {
		what += " by " + e.By
	}
	s.line("  %s %s", at.In(h.zone).Format("Mon 15:04:05"), what)
	for _, c := range changed {
		s.line("    %s", c)
	}
	for _, b := range because {
		s.line("    because %s", oneLine(b))
	}
	for _, a := range asksOf(asks) {
		s.line("    asks to %s", a)
	}
	remember(asked, asks)
}

// linted are findings, a line each.
func linted(findings []guideline.Finding) []string {
	out := make([]string, len(findings))
	for i, f := range findings {
		out[i] = fmt.Sprintf("  %s %s: %s", f.Rule, f.Name, f.Why)
	}
	return out
}

// standing says how far a case has come.
func (h *house) standing(c respond.Case) string {
	parts := []string{c.Stage.String()}
	if c.Outcome != "" {
		parts = append(parts, string(c.Outcome))
	}
	if c.Climb != nil {
		parts = append(parts, "ladder "+c.Climb.Ladder, "owner "+c.Climb.Owner)
		if c.Climb.Taken != "" {
			parts = append(parts, "taken by "+c.Climb.Taken)
		}
	}
	if c.Incident {
		parts = append(parts, "in an incident")
	}
	if w := c.Waits; w != nil {
		parts = append(parts, fmt.Sprintf("waits: %s until %s", w.Kind, w.At.In(h.zone).Format("Mon 2 Jan 15:04")))
	}
	return strings.Join(parts, ", ")
}

// called finds what a person means by an id: a case's, its beginning, or a mention's. A mention without a case is
// explained all the same.
func (h *house) called(id string) (*respond.Case, judged, error) {
	for _, m := range h.mentions {
		if !isCalled(m, id) {
			continue
		}
		c, err := h.caseOf(m.Ref)
		if err != nil { // it opened none
			return nil, h.judge(m), nil
		}
		j, err := h.judgedAs(m.Ref)
		return &c, j, err
	}
	cases, err := h.cases()
	if err != nil {
		return nil, judged{}, err
	}
	for _, c := range cases {
		if isID(c.ID, id) {
			j, err := h.judgedAs(c.Messages[0].Ref)
			return &c, j, err
		}
	}
	return nil, judged{}, usage(fmt.Sprintf("the day has no mention, author or case %q: -all lists them", id))
}

// isID says whether a person means this id, or its beginning.
func isID(id, name string) bool {
	const least = 4 // of a beginning
	return len(name) >= least && strings.HasPrefix(id, name)
}
