package respondtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/reputekit/reputation/escalation"
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
	// step brings an event; closely, it compares whole states. The error is a *respond.RefusedError, or a broken law.
	step(r *respond.Rules, e event.Event, now time.Time, closely bool) (entry, error)
	fold(closely bool) error // the last law: the trail gives the state; closely, through the JSON of both
}

// A glance is what a story looks at in a state.
type glance struct {
	kind    string // case, incident
	seq     int
	due     time.Time
	awaited []respond.Awaited
	draft   string // its id; empty when there is none
	climb   *escalation.Climb
	keys    []string
	said    []respond.Message // of a case
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
	entries []trail.Entry[C]
	memory  memory
}

// The two natures. They are never written to.
var (
	caseNature = nature[respond.Case, respond.Change]{
		kind: "case", decide: respond.Decide, apply: respond.Apply, law: lawOfCase,
		glance: func(c respond.Case) glance {
			g := glance{
				kind: "case", seq: c.Seq, due: c.Due(), awaited: c.Awaited, climb: c.Climb, keys: c.Keys, said: c.Messages,
				wants: c.Wants,
			}
			if c.Draft != nil {
				g.draft = c.Draft.ID
			}
			return g
		},
	}
	incidentNature = nature[incident.Incident, incident.Change]{
		kind: "incident", decide: incident.Decide, apply: incident.Apply, law: lawOfIncident,
		glance: func(in incident.Incident) glance {
			g := glance{kind: "incident", seq: in.Seq, due: in.Due(), awaited: in.Awaited, climb: in.Climb, keys: in.Keys()}
			if in.Draft != nil {
				g.draft = in.Draft.ID
			}
			return g
		},
	}
)

func newLife[S, C any](n *nature[S, C], name, id string, start S) *life[S, C] {
	return &life[S, C]{nature: n, called: name, is: id, start: start, now: start, memory: newMemory()}
}

func (l *life[S, C]) name() string   { return l.called }
func (l *life[S, C]) id() string     { return l.is }
func (l *life[S, C]) glance() glance { return l.nature.glance(l.now) }

// state is empty where the state is no JSON, which fold then says.
func (l *life[S, C]) state() []byte {
	data, err := json.Marshal(l.now)
	if err != nil {
		return nil
	}
	return data
}

// step brings an event, and holds what comes of it to the laws that hold for every step.
func (l *life[S, C]) step(r *respond.Rules, e event.Event, now time.Time, closely bool) (entry, error) {
	n := l.nature
	var before []byte
	if closely {
		before = l.state()
	}
	first, err := n.decide(r, l.now, e, now)
	if err == nil && closely {
		again, bad := n.decide(r, l.now, e, now)
		if bad != nil || first.Seq != again.Seq || first.Seq > 0 && !same(first, again) {
			return entry{}, &brokenLaw{"same Decide twice, same bytes", fmt.Sprintf("the second time it is another entry (%v)", bad)}
		}
	}
	next := l.now
	if err == nil {
		next = n.apply(l.now, first)
	}
	if closely && !bytes.Equal(before, l.state()) {
		return entry{}, &brokenLaw{"a step never alters its argument", "it altered it"}
	}
	switch {
	case err != nil && !errors.Is(err, respond.ErrRefused):
		return entry{}, &brokenLaw{"an illegal event is refused", err.Error()}
	case err != nil:
		return entry{}, err
	case first.Seq == 0:
		return entry{}, nil
	}
	was := l.now
	l.now = next
	l.entries = append(l.entries, first)
	out := entry{first.Seq, first.At, first.Event, first.Change, first.Effects, first.Because}
	if twice, err := n.decide(r, next, e, now); err != nil || twice.Seq != 0 || len(twice.Effects) > 0 {
		return out, &brokenLaw{"the same event twice asks for nothing twice", fmt.Sprintf("it gave entry %d (%v)", twice.Seq, err)}
	}
	if err := l.memory.generally(n.glance(was), n.glance(next), out); err != nil {
		return out, err
	}
	return out, n.law(&l.memory, was, next, first)
}

// fold holds the whole trail to the state.
func (l *life[S, C]) fold(closely bool) error {
	stored, entries := l.state(), l.entries
	if closely {
		data, err := json.Marshal(l.entries)
		entries = nil
		if err == nil {
			err = json.Unmarshal(data, &entries)
		}
		if err != nil {
			return &brokenLaw{"a trail is JSON", err.Error()}
		}
		var state S
		err = json.Unmarshal(stored, &state)
		if again, bad := json.Marshal(state); err != nil || bad != nil || !bytes.Equal(again, stored) {
			return &brokenLaw{"a state survives its JSON", "it becomes " + string(again)}
		}
	}
	got, err := json.Marshal(trail.Fold(l.start, entries, l.nature.apply))
	if err != nil || !bytes.Equal(got, stored) {
		return &brokenLaw{"folding the trail gives the stored state", "it gives\n" + string(got) + "\nand the state is\n" + string(stored)}
	}
	return nil
}

// same compares as JSON does.
func same(a, b any) bool {
	x, err := json.Marshal(a)
	y, bad := json.Marshal(b)
	return err == nil && bad == nil && bytes.Equal(x, y)
}
