package respondtest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/strategy"
	"github.com/reputekit/reputation/triage"
)

// untold are members of a change that a trail leaves out: they repeat what the event or the requests say.
var untold = []string{"keys", "message", "open", "awaited", "first", "play", "heard", "unread", "pages"}

// changes tells what a step altered, a line a member. A member that this version has no words for is told as its JSON.
func (p *player) changes(b being, change any) []string {
	return p.membersOf(b, reflect.ValueOf(change))
}

func (p *player) membersOf(b being, v reflect.Value) []string {
	var out []string
	for i := range v.NumField() {
		name, x := jsonName(v.Type().Field(i)), v.Field(i)
		if v.Type().Field(i).Anonymous {
			out = append(out, p.membersOf(b, x)...)
			continue
		}
		if x.IsZero() || slices.Contains(untold, name) {
			continue
		}
		text := p.member(b, name, x.Interface())
		key := b.name() + " " + name
		if text == "" || text == p.before[key] && !strings.HasPrefix(text, "+") {
			continue
		}
		p.before[key] = text
		out = append(out, fmt.Sprintf("%-8s %s", name, text))
	}
	return out
}

// member is one member of a change in words.
func (p *player) member(b being, name string, x any) string {
	switch x := x.(type) {
	case *respond.Case:
		return "written anew"
	case *respond.Opening:
		return strings.TrimSpace("on " + x.Channel + " " + from(x.Account))
	case *triage.Verdict:
		return verdict(x)
	case []followup.Move:
		var all []string
		for _, m := range x {
			all = append(all, move(m))
		}
		return strings.Join(all, "; ")
	case []escalation.Clock:
		return p.clocks(x)
	case *time.Time:
		return p.orNone(*x)
	case *respond.Draft:
		return p.reply(x)
	case *incident.Draft:
		return p.statement(x)
	case *incident.Published:
		return p.published(x)
	case *escalation.Climb:
		if now := b.glance().climb; now != nil { // with its pages
			x = now
		}
		return p.climb(x)
	case *[]escalation.Clock:
		return p.clocks(*x)
	case *followup.Wait:
		if *x == (followup.Wait{}) {
			return "for nothing"
		}
		return fmt.Sprintf("%s until %s", x.Kind, shown(x.At, p.zone))
	case *[]fact.Record:
		return p.verified(*x)
	case *strategy.Assessment:
		return assessment(x)
	case *incident.Matter:
		return fmt.Sprintf("%s, %s", x.Category, x.Severity)
	case *bool:
		return fmt.Sprint(*x)
	case *string:
		return p.quoted(*x)
	case int:
		return fmt.Sprintf("%+d", x)
	case string:
		return x
	}
	if v := reflect.ValueOf(x); v.Kind() == reflect.Pointer && v.Elem().IsZero() {
		return "none"
	}
	return p.json(x)
}

func from(account string) string {
	if account == "" {
		return ""
	}
	return "from " + account
}

func (p *player) orNone(t time.Time) string {
	if t.IsZero() {
		return "none"
	}
	return shown(t, p.zone)
}

func verdict(v *triage.Verdict) string {
	words := []string{v.Category, v.Severity.String(), string(v.Aim), string(v.Standing)}
	if v.Category == "" {
		words[0] = "no category"
	}
	if v.Crisis {
		words = append(words, "a crisis category")
	}
	if v.Legitimacy != triage.Unverified {
		words = append(words, string(v.Legitimacy))
	}
	for _, t := range v.Tags {
		words = append(words, "#"+t)
	}
	for _, s := range v.Private {
		words = append(words, "shows "+string(s.Class))
	}
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), ", ")
}

func move(m followup.Move) string {
	s := fmt.Sprintf("%s to %s on %s", m.From, m.To, m.On)
	if m.Outcome != "" {
		s += ": " + string(m.Outcome)
	}
	if m.Reopens {
		s += " (reopened)"
	}
	return s
}

func (p *player) reply(d *respond.Draft) string {
	if d.ID == "" {
		return "none"
	}
	s := fmt.Sprintf("%s by %s, %s", p.call(d.ID), d.By, d.Visibility)
	for _, x := range []struct {
		is   bool
		says string
	}{
		{len(d.Asks) > 0, ", asks " + strings.Join(d.Asks, " ")}, {d.Proposes, ", proposes"}, {d.Settles, ", settles"},
		{d.Line, ", our last word"}, {d.For != 0, ", for " + d.For.String()}, {d.Approved != "", ", approved by " + d.Approved},
		{d.Stale != "", ", stale: " + string(d.Stale)},
	} {
		if x.is {
			s += x.says
		}
	}
	return s + findings(d.Findings) + p.once(d.ID, d.Text)
}

// once is a text where it is told for the first time: a draft's id names its text.
func (p *player) once(id, text string) string {
	if p.before["text "+id] != "" {
		return ""
	}
	p.before["text "+id] = "told"
	return fmt.Sprintf(": %q", cut(text, 90))
}

func (p *player) statement(d *incident.Draft) string {
	if d.ID == "" {
		return "none"
	}
	s := p.call(d.ID) + " by " + d.By
	if d.Rejected {
		s += ", rejected"
	}
	return s + findings(d.Findings) + p.once(d.ID, d.Statement.Text)
}

func findings(all []guideline.Finding) string {
	var b strings.Builder
	for _, f := range all {
		if f.Level == guideline.Error {
			b.WriteString(", breaks " + f.Rule + " " + f.Name)
		}
	}
	return b.String()
}

func (p *player) published(s *incident.Published) string {
	if s.Version == 0 {
		return "none"
	}
	text := fmt.Sprintf("version %d, approved by %s, next %s", s.Version, s.By, p.orNone(s.Next))
	if s.Missed {
		text += " (missed)"
	}
	return text
}

func (p *player) clocks(clocks []escalation.Clock) string {
	var all []string
	for _, k := range clocks {
		s := string(k.Objective) + " by " + shown(k.Due, p.zone)
		if k.Breached {
			s += " (missed)"
		}
		if !k.Still.IsZero() {
			s = string(k.Objective) + " stands still since " + shown(k.Still, p.zone)
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		return "none"
	}
	return strings.Join(all, ", ")
}

func (p *player) climb(c *escalation.Climb) string {
	switch {
	case c.Ladder == "":
		return "none"
	case c.Over:
		return "over"
	case c.Taken != "":
		return "taken by " + c.Taken
	}
	s := fmt.Sprintf("level %d of %s", c.Level, c.Ladder)
	if c.Spent {
		s = "at the end of " + c.Ladder
	}
	if next := c.Due(); !next.IsZero() {
		s += ", next " + shown(next, p.zone)
	}
	return s
}
