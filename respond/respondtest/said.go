package respondtest

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
)

// received is a mention that comes in.
func (p *player) received(e event.Event, b event.Received, d details) (being, event.Event, error) {
	m := &b.Mention
	from := d.from
	if from == "" {
		return nil, e, fmt.Errorf("say who wrote it: received from=dana")
	}
	if m.Author.Key() == "" {
		m.Author = p.person(from)
	}
	n := 1
	for id := range p.said {
		if strings.HasPrefix(id, from+"-") {
			n++
		}
	}
	m.Ref.ID = d.id
	if m.Ref.ID == "" {
		m.Ref.ID = fmt.Sprintf("%s-%d", from, n)
	}
	if m.Ref.Channel == "" {
		m.Ref.Channel = p.channel()
	}
	if m.Account == "" {
		m.Account = p.account(m.Ref.Channel)
	}
	if m.Lang == "" {
		m.Lang = p.rules.Specs().Playbook.Locale
	}
	if m.Kind == "" && m.IsPrivate() {
		m.Kind = mention.Message
	}
	if m.Kind == "" && m.Rating.Best > 0 {
		m.Kind = mention.Review
	}
	if d.re != "" {
		m.Parent, m.Thread = d.re, d.re
		if parent, ok := p.said[d.re]; ok {
			m.Thread = parent.Root()
		}
	}
	if m.PostedAt.IsZero() {
		m.PostedAt = mention.Instant(p.now)
	}
	m.ReceivedAt = mention.Instant(p.now)
	if e.By == "" {
		e.By = event.Customer
	}
	e.ID, e.Body = event.ReceivedID(*m), b
	to := p.caseOf(e, *m)
	p.said[m.Ref.ID], p.last[from] = *m, m.Ref.ID
	if to != nil {
		p.of[m.Ref] = to
		p.lastSaid = m.Ref
	}
	return to, e, nil
}

// edited is the next revision of a message: what the step does not say is as it was.
func (p *player) edited(e event.Event, l line, d details) (being, event.Event, error) {
	id := d.id
	if id == "" {
		id = p.lastSaid.ID
		if d.from != "" {
			id = p.last[d.from]
		}
	}
	m, ok := p.said[id]
	if !ok {
		return nil, e, fmt.Errorf("there is no message %q: the story has %s", id, strings.Join(slices.Sorted(maps.Keys(p.said)), ", "))
	}
	m.Revision++
	v := reflect.New(reflect.TypeFor[event.Edited]()).Elem()
	v.Set(reflect.ValueOf(event.Edited{Mention: m}))
	for _, w := range l.words {
		if err := p.word(v, l.verb, w, &d); err != nil {
			return nil, e, err
		}
	}
	b := v.Interface().(event.Edited)
	p.said[id] = b.Mention
	return p.about(e, b, event.EditedID(b.Mention), b.Mention.Ref)
}

// about is a fact of a channel on a message.
func (p *player) about(e event.Event, body event.Body, id string, ref mention.Ref) (being, event.Event, error) {
	e.Body, e.ID = body, id
	if e.By == "" {
		e.By = event.Channel
	}
	if b, ok := p.of[ref]; ok {
		return b, e, nil
	}
	if p.subject != nil {
		return p.subject, e, nil
	}
	return nil, e, fmt.Errorf("no case holds a message %s", ref)
}

// theirs is a message of the customer; the newest where none is named.
func (p *player) theirs(ref mention.Ref) mention.Ref {
	if ref.IsZero() {
		return p.lastSaid
	}
	return ref
}
