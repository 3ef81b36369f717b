package respondtest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage/surge"
)

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
	if v, ok := member(body, "promise"); ok && v.Kind() == reflect.String {
		p.promiseNamed(v, b)
	}
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

// promises names the promises of a case in the order in which they were made: promise#1.
func (p *player) promises(b being) {
	l := ofCase(b)
	if l == nil {
		return
	}
	made := slices.SortedFunc(slices.Values(l.now.Promises), func(x, y dealing.Promise) int { return x.At.Compare(y.At) })
	for i, x := range made {
		if p.ids[x.ID] == "" {
			p.ids[x.ID] = fmt.Sprintf("promise#%d", i+1)
		}
	}
}

// promiseNamed puts the id of a promise in the place of its name in the story.
func (p *player) promiseNamed(v reflect.Value, b being) {
	if l := ofCase(b); l != nil {
		for _, x := range l.now.Promises {
			if p.ids[x.ID] == v.String() {
				v.SetString(x.ID)
			}
		}
	}
}
