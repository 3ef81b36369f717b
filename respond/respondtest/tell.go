package respondtest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// A told is one entry of a trail as text.
type told struct {
	line    int // of the script
	head    string
	body    []string
	because []string
	outcome string // the key of the effect whose outcome it is
}

func (p *player) tell(t told) {
	if !p.quick {
		p.told = append(p.told, t)
	}
}

// text is the whole trail.
func (p *player) text() string {
	var b strings.Builder
	for _, t := range p.told {
		b.WriteString(t.text(p.reasons))
	}
	return b.String()
}

func (t told) text(reasons bool) string {
	var b strings.Builder
	b.WriteString(t.head + "\n")
	for _, l := range t.body {
		b.WriteString("    " + l + "\n")
	}
	if reasons {
		for _, why := range t.because {
			b.WriteString("    because  " + why + "\n")
		}
	}
	return b.String()
}

// heading is who did what, when, to whom.
func (p *player) heading(b being, e event.Event) string {
	head := fmt.Sprintf("%s  %s  %s", shown(p.now, p.zone), b.name(), e.Kind())
	switch e.By {
	case event.Customer, event.Channel, event.Clock, event.Host, "":
	default:
		head += " by " + e.By
	}
	return head + p.facts(e.Body)
}

// facts are the members of an event's body in short.
func (p *player) facts(body event.Body) string {
	v := reflect.ValueOf(short(event.Event{Body: body}).Body)
	var b strings.Builder
	for i := range v.NumField() {
		name, x := jsonName(v.Type().Field(i)), v.Field(i)
		if x.IsZero() || name == "" {
			continue
		}
		switch y := x.Interface().(type) {
		case mention.Mention:
			b.WriteString(p.mention(y))
			continue
		case mention.Ref:
			b.WriteString(" " + name + "=" + y.ID)
			continue
		case time.Time:
			continue
		case string:
			if name == "key" {
				b.WriteString(" " + p.call(y))
				continue
			}
			b.WriteString(" " + name + "=" + p.quoted(p.call(y)))
			continue
		}
		switch x.Kind() {
		case reflect.String:
			b.WriteString(" " + name + "=" + x.String())
		case reflect.Bool:
			b.WriteString(" " + name)
		default:
			b.WriteString(" " + name + "=" + p.json(x.Interface()))
		}
	}
	return b.String()
}

func (p *player) mention(m mention.Mention) string {
	s := " " + m.Ref.ID
	if m.Author.Key() == "" {
		s += " of nobody"
	}
	if m.IsPrivate() {
		s += " in private"
	}
	if m.Rating.Best > 0 {
		s += fmt.Sprintf(", %d of %d", m.Rating.Value, m.Rating.Best)
	}
	if m.Revision > 0 {
		s += fmt.Sprintf(", revision %d", m.Revision)
	}
	return s + fmt.Sprintf(": %q", cut(m.Text, 60))
}

func (p *player) quoted(s string) string {
	if strings.ContainsAny(s, " \t\n\"") || s == "" {
		return fmt.Sprintf("%q", cut(s, 60))
	}
	return s
}

// call puts names in the place of ids.
func (p *player) call(s string) string {
	return uuids.ReplaceAllStringFunc(s, func(id string) string {
		if name, ok := p.ids[id]; ok {
			return name
		}
		if name, ok := p.drafts[id]; ok {
			_, name, _ = strings.Cut(name, " ")
			return name
		}
		return id[:4] + "…"
	})
}

var (
	uuids    = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	instants = regexp.MustCompile(`"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*Z"`)
)

// json is a value in short, its instants and ids as the story tells them.
func (p *player) json(v any) string {
	data, _ := json.Marshal(v)
	s := instants.ReplaceAllStringFunc(p.call(string(data)), func(q string) string {
		t, err := time.Parse(time.RFC3339, strings.Trim(q, `"`))
		if err != nil {
			return q
		}
		return `"` + shown(t, p.zone) + `"`
	})
	return cut(s, 160)
}

// entry tells what one step decided.
func (p *player) entry(b being, e entry) {
	t := told{line: p.at.n, because: e.because}
	if key, ok := member(reflect.ValueOf(e.event.Body), "key"); ok && key.Kind() == reflect.String {
		t.outcome = key.String()
	}
	if g := b.glance(); g.draft != "" && p.drafts[g.draft] == "" {
		n := 1
		for _, name := range p.drafts {
			if strings.HasPrefix(name, b.name()+" ") {
				n++
			}
		}
		p.drafts[g.draft] = fmt.Sprintf("%s draft#%d", b.name(), n)
	}
	if p.quick || p.routine && len(e.effects) == 0 {
		return
	}
	t.head = p.heading(b, e.event)
	if !e.at.Equal(mention.Instant(p.now)) {
		t.head += " (held at " + shown(e.at, p.zone) + ")"
	}
	t.body = p.changes(b, e.change)
	for _, x := range e.effects {
		t.body = append(t.body, "asks     "+p.effect(x))
	}
	p.tell(t)
}

// refusal tells of an event that was not possible.
func (p *player) refusal(b being, e event.Event, no *respond.RefusedError) {
	why := no.Reason
	for _, f := range no.Findings {
		why += " (" + f.Rule + " " + f.Name + ")"
	}
	p.tell(told{line: p.at.n, head: p.heading(b, e), body: []string{"refused  " + p.call(why)}})
}

// effect tells of one request.
func (p *player) effect(x effect.Effect) string {
	name := p.ids[x.Key]
	switch b := x.Body.(type) {
	case effect.Tell:
		s := name + " " + b.Member + " by " + b.Contact
		if b.Relief {
			s += ", who need do nothing any more"
		}
		return s
	case effect.Approve:
		return name + " " + b.Member + " for " + p.call(b.Draft)
	case effect.Send:
		return fmt.Sprintf("%s %s to %s in %s", name, p.call(b.Draft), b.To.ID, b.Visibility)
	case effect.Moderate:
		return fmt.Sprintf("%s %s %s, %s", name, b.Act, b.Ref.ID, b.Reason)
	case effect.Publish:
		s := fmt.Sprintf("%s at %s, version %d", name, b.Channel, b.Version)
		if !b.Revise.IsZero() {
			s += " in the place of " + b.Revise.ID
		}
		return s + fmt.Sprintf(": %q", cut(b.Text, 90))
	case effect.Join:
		s := name + " the incident of " + b.Category
		if b.Again {
			s += " again"
		}
		return s
	case effect.Hold:
		s := name + " scheduled posts"
		if !b.Until.IsZero() {
			s += " until " + shown(b.Until, p.zone)
		}
		return s
	case effect.Resume:
		return name + " scheduled posts"
	}
	return name + " " + p.json(x.Body)
}
