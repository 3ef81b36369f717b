package respondtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/trail"
)

// A being is a case or an incident of a story.
type being interface {
	name() string // in the story: dana, dana/2, outage
	id() string
	glance() glance
	state() []byte // JSON
	// step brings an event. The error is a *respond.RefusedError, or a broken law.
	step(r *respond.Rules, e event.Event, now time.Time) (entry, error)
	fold() error // the last law: the trail gives the state
}

// A glance is what a story looks at in a state.
type glance struct {
	kind    string // case, incident
	seq     int
	due     time.Time
	awaited []respond.Awaited
	draft   string // its id; empty when there is none
	keys    []string
	wants   func(key string) (event.Reason, bool)
}

// An entry is one line of a trail, of a case or of an incident.
type entry struct {
	seq     int // 0: nothing happened
	at      time.Time
	event   event.Event
	change  any
	effects []effect.Effect
	because []string
}

// A brokenLaw says which law of the design does not hold, after which event.
type brokenLaw struct{ law, why string }

func (e *brokenLaw) Error() string { return "law broken: " + e.law + ": " + e.why }

// A nature is what makes a case a case and an incident an incident.
type nature[S, C any] struct {
	kind   string
	decide func(*respond.Rules, S, event.Event, time.Time) (trail.Entry[C], error)
	apply  func(S, trail.Entry[C]) S
	glance func(S) glance
	law    func(m *memory, was, is S, e trail.Entry[C]) error
}

// A life is an aggregate with its trail.
type life[S, C any] struct {
	nature  *nature[S, C]
	called  string
	is      string // its id
	start   S
	now     S
	bytes   []byte // of now
	entries []trail.Entry[C]
	memory  memory
}

// The two natures. They are never written to.
var (
	caseNature = nature[respond.Case, respond.Change]{
		kind: "case", decide: respond.Decide, apply: respond.Apply, law: lawOfCase,
		glance: func(c respond.Case) glance {
			g := glance{kind: "case", seq: c.Seq, due: c.Due(), awaited: c.Awaited, keys: c.Keys, wants: c.Wants}
			if c.Draft != nil {
				g.draft = c.Draft.ID
			}
			return g
		},
	}
	incidentNature = nature[incident.Incident, incident.Change]{
		kind: "incident", decide: incident.Decide, apply: incident.Apply, law: lawOfIncident,
		glance: func(in incident.Incident) glance {
			g := glance{kind: "incident", seq: in.Seq, due: in.Due(), awaited: in.Awaited, keys: in.Keys()}
			if in.Draft != nil {
				g.draft = in.Draft.ID
			}
			return g
		},
	}
)

func newLife[S, C any](n *nature[S, C], name, id string, start S) *life[S, C] {
	l := &life[S, C]{nature: n, called: name, is: id, start: start, now: start, memory: newMemory()}
	l.bytes, _ = json.Marshal(start)
	return l
}

func (l *life[S, C]) name() string   { return l.called }
func (l *life[S, C]) id() string     { return l.is }
func (l *life[S, C]) glance() glance { return l.nature.glance(l.now) }
func (l *life[S, C]) state() []byte  { return l.bytes }

// step brings an event, and holds what comes of it to the laws that hold for every step.
func (l *life[S, C]) step(r *respond.Rules, e event.Event, now time.Time) (entry, error) {
	n := l.nature
	first, err := n.decide(r, l.now, e, now)
	if err != nil {
		return entry{}, l.unaltered(err, "a refusal")
	}
	again, err := n.decide(r, l.now, e, now)
	if err != nil || !same(first, again) {
		return entry{}, &brokenLaw{"same Decide twice, same bytes", fmt.Sprintf("the second time it is another entry (%v)", err)}
	}
	next := n.apply(l.now, first)
	if err := l.unaltered(nil, "a step"); err != nil {
		return entry{}, err
	}
	if first.Seq == 0 {
		return entry{}, nil
	}
	was := l.now
	l.now = next
	l.entries = append(l.entries, first)
	if l.bytes, err = json.Marshal(next); err != nil {
		return entry{}, &brokenLaw{"a state is JSON", err.Error()}
	}
	out := entry{first.Seq, first.At, first.Event, first.Change, first.Effects, first.Because}
	if twice, err := n.decide(r, next, e, now); err != nil || twice.Seq != 0 || len(twice.Effects) > 0 {
		return out, &brokenLaw{"the same event twice asks for nothing twice", fmt.Sprintf("it gave entry %d (%v)", twice.Seq, err)}
	}
	if err := l.memory.generally(n.glance(was), n.glance(next), out); err != nil {
		return out, err
	}
	return out, n.law(&l.memory, was, next, first)
}

// unaltered wants the state that was given to be as it was.
func (l *life[S, C]) unaltered(err error, what string) error {
	now, bad := json.Marshal(l.now)
	if bad != nil || !bytes.Equal(now, l.bytes) {
		return &brokenLaw{"a step never alters its argument", what + " altered it"}
	}
	if err != nil && !errors.Is(err, respond.ErrRefused) {
		return &brokenLaw{"an illegal event is refused", err.Error()}
	}
	return err
}

// fold holds the whole trail, through its JSON, to the state.
func (l *life[S, C]) fold() error {
	data, err := json.Marshal(l.entries)
	var entries []trail.Entry[C]
	if err == nil {
		err = json.Unmarshal(data, &entries)
	}
	if err != nil {
		return &brokenLaw{"a trail is JSON", err.Error()}
	}
	got, err := json.Marshal(trail.Fold(l.start, entries, l.nature.apply))
	if err != nil || !bytes.Equal(got, l.bytes) {
		return &brokenLaw{"folding the trail gives the stored state", "it gives\n" + string(got) + "\nand the state is\n" + string(l.bytes)}
	}
	var state S
	if err := json.Unmarshal(l.bytes, &state); err != nil {
		return &brokenLaw{"a state is read again", err.Error()}
	}
	if again, err := json.Marshal(state); err != nil || !bytes.Equal(again, l.bytes) {
		return &brokenLaw{"a state survives its JSON", "it becomes " + string(again)}
	}
	return nil
}

// same compares as JSON does.
func same(a, b any) bool {
	x, err := json.Marshal(a)
	y, bad := json.Marshal(b)
	return err == nil && bad == nil && bytes.Equal(x, y)
}
