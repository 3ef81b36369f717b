package respondtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage/surge"
)

// first is the member that a value without a name goes to: meant over is meant said=over.
var first = map[string]string{
	"meant": "said", "judged": "legitimacy", "waived": "code", "spoken": "summary", "noted": "text",
	"delivered": "key", "undelivered": "key", "uncertain": "key", "granted": "key", "denied": "key",
	"handed_over": "to", "retracted": "fact",
}

// ofIncidents are the kinds that are about an incident where a step does not say on=.
var ofIncidents = []string{
	"joined", "surged", "subsided", "declared", "dismissed", "contained", "examined", "stated", "halted", "resumed",
	"assessed", "freed", "decided",
}

// check looks at everything that can be seen before the story is played. The error is spec.Problems.
func check(s *script, p *player) error {
	var problems spec.Problems
	for _, l := range s.lines {
		if settings[l.verb] {
			continue
		}
		var words []string
		for _, w := range l.when {
			words = append(words, w.value)
		}
		if _, err := moment(words, p.now, p.now, p.zone); err != nil {
			problems.Add(at(l.n), "%s", err)
		}
		body, err := p.zero(l.verb)
		if err != nil {
			problems.Add(at(l.n), "%s", err)
			continue
		}
		for _, w := range l.words {
			if err := p.word(body, l.verb, w, &details{}); err != nil {
				problems.Add(at(l.n), "%s", err)
			}
		}
	}
	return problems.Err()
}

// details are what a step says beside the members of its event.
type details struct {
	by, on, from, re, key string
	id                    string
}

// zero is an empty body of a kind, to be filled.
func (p *player) zero(kind string) (reflect.Value, error) {
	var e event.Event
	data, _ := json.Marshal(map[string]any{"id": "x", "kind": kind, "body": struct{}{}})
	if err := json.Unmarshal(data, &e); err != nil {
		return reflect.Value{}, err
	}
	if _, unknown := e.Body.(event.Unknown); unknown {
		return reflect.Value{}, fmt.Errorf("%q is no event: there are %s", kind, strings.Join(event.Kinds(), ", "))
	}
	v := reflect.New(reflect.TypeOf(e.Body)).Elem()
	return v, nil
}

// word takes one argument of a step.
func (p *player) word(body reflect.Value, verb string, w word, d *details) error {
	name, value := w.name, w.value
	m, ofMention := mentionOf(body)
	if name == "" {
		switch {
		case value == "private" || value == "public":
			name, value = "visibility", w.value
		case first[verb] != "" && !isFlag(body, value):
			name = first[verb]
		default:
			name, value = value, "true"
		}
	}
	switch name {
	case "by":
		d.by = value
		return nil
	case "on":
		d.on = value
		return nil
	case "key":
		d.key = value
		return nil
	}
	if ofMention {
		switch name {
		case "from":
			d.from = value
			return nil
		case "id":
			d.id = value
			return nil
		case "re":
			d.re = value
			return nil
		case "in":
			m.Ref.Channel = value
			return nil
		case "posted":
			name = "mention.posted_at"
		case "stars":
			return stars(value, &m.Rating)
		}
	}
	return p.filler().set(body, name, value)
}

func stars(value string, into *mention.Rating) error {
	n, best, ok := strings.Cut(value, "/")
	if !ok {
		best = "5"
	}
	var err error
	if into.Value, err = strconv.Atoi(n); err == nil {
		into.Best, err = strconv.Atoi(best)
	}
	return err
}

// isFlag reports whether a word alone is the name of a member that is true or false.
func isFlag(body reflect.Value, name string) bool {
	v, ok := member(body, name)
	return ok && v.Kind() == reflect.Bool
}

func mentionOf(body reflect.Value) (*mention.Mention, bool) {
	v, ok := member(body, "mention")
	if !ok || !v.CanAddr() {
		return nil, false
	}
	m, ok := v.Addr().Interface().(*mention.Mention)
	return m, ok
}

// event makes the event of a step, and says whom it is about; nobody where the policy opens no case.
func (p *player) event(l line) (being, event.Event, error) {
	body, err := p.zero(l.verb)
	if err != nil {
		return nil, event.Event{}, err
	}
	var d details
	for _, w := range l.words { // once, to know which message it is about
		if err := p.word(body, l.verb, w, &d); err != nil {
			return nil, event.Event{}, err
		}
	}
	e := event.Event{ID: event.RequestID("line " + strconv.Itoa(l.n)), At: p.now, By: d.by}
	switch b := body.Interface().(type) {
	case event.Received:
		return p.received(e, b, d)
	case event.Edited:
		return p.edited(e, l, d)
	case event.Removed:
		b.Ref = p.theirs(b.Ref)
		return p.about(e, b, event.RemovedID(b.Ref), b.Ref)
	case event.AnsweredElsewhere:
		if b.Ref.IsZero() {
			b.Ref = p.ourNext(p.channel())
		}
		return p.about(e, b, event.ElsewhereID(b.Ref), p.theirs(b.Answers))
	}
	if b, ok := body.Interface().(event.Surged); ok && d.on == "" {
		return p.surged(e, b)
	}
	if key, ok := member(body, "key"); ok && d.key != "" && key.Kind() == reflect.String {
		return p.came(e, body, key, d)
	}
	b, err := p.target(d, l.verb)
	if err != nil {
		return nil, e, err
	}
	p.draft(body, b)
	e.Body = body.Interface().(event.Body)
	if e.By == "" {
		e.By = event.Host
	}
	if elapsed, ok := e.Body.(event.Elapsed); ok {
		due := b.glance().due
		if elapsed.Due.IsZero() {
			elapsed.Due = due
		}
		if elapsed.Due.Equal(due) { // else it is a hint that is wrong
			e.ID = event.ElapsedID(b.id(), due)
		}
		e.Body, e.By = elapsed, event.Clock
	}
	return b, e, nil
}

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

// surged is a surge that is noticed: it begins an incident of its category, or is told to the one that lives.
func (p *player) surged(e event.Event, b event.Surged) (being, event.Event, error) {
	if b.Since.IsZero() {
		b.Since = mention.Instant(p.now)
	}
	if b.Series == "" {
		b.Series = b.Category
	}
	e.ID, e.Body = event.SurgedID(b.Series, b.Since), b
	if e.By == "" {
		e.By = event.Host
	}
	return p.incidentOf(b.Category, surge.ID(b.Series, b.Since)), e, nil
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

// came is what became of an effect, which the step names as the trail does.
func (p *player) came(e event.Event, body, key reflect.Value, d details) (being, event.Event, error) {
	on := p.subject
	if d.on != "" {
		var err error
		if on, err = p.named(d.on); err != nil {
			return nil, e, err
		}
	}
	i, err := p.find(on, d.key)
	if err != nil {
		return nil, e, err
	}
	a := &p.effects[i]
	key.SetString(a.what.Key)
	if e.By == "" {
		e.By = event.Channel
	}
	b := body.Interface().(event.Body)
	if done, ok := b.(event.Delivered); ok && done.Ref.IsZero() {
		done.Ref = p.made(a.what.Body)
		b = done
	}
	_, unsure := b.(event.Uncertain)
	a.done = a.done || !unsure
	attempt := 1
	for _, t := range p.told {
		if t.outcome == a.what.Key {
			attempt++
		}
	}
	e.Body, e.ID = b, event.OutcomeID(a.what.Key, b, attempt)
	return a.of, e, nil
}

// target is whom a step is about: on=, else the incident for what only incidents know, else whom the step before was about.
func (p *player) target(d details, kind string) (being, error) {
	if d.on != "" {
		return p.named(d.on)
	}
	if slices.Contains(ofIncidents, kind) {
		for _, b := range slices.Backward(p.beings) {
			if b.glance().kind == "incident" {
				return b, nil
			}
		}
		return nil, fmt.Errorf("there is no incident that could be %s", kind)
	}
	if p.subject == nil {
		return nil, fmt.Errorf("there is no case yet: a story begins with received")
	}
	return p.subject, nil
}

func (p *player) named(name string) (being, error) {
	var have []string
	for _, b := range p.beings {
		if b.name() == name {
			return b, nil
		}
		have = append(have, b.name())
	}
	return nil, fmt.Errorf("nobody here is called %q: there are %v", name, have)
}

// draft names the draft that is there, where a step speaks of one by its name in the story, or of none.
func (p *player) draft(body reflect.Value, b being) {
	if v, ok := member(body, "instead"); ok && v.Kind() == reflect.String {
		p.draftNamed(v, b)
	}
	v, ok := member(body, "draft")
	if !ok || v.Kind() != reflect.String {
		return
	}
	if v.String() == "" {
		v.SetString(b.glance().draft)
		return
	}
	p.draftNamed(v, b)
}

// draftNamed puts the id of a draft in the place of its name in the story.
func (p *player) draftNamed(v reflect.Value, b being) {
	for id, name := range p.drafts {
		if name == b.name()+" "+v.String() {
			v.SetString(id)
		}
	}
}
