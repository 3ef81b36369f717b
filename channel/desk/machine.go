package desk

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/trail"
	"github.com/reputekit/reputation/triage"
)

// A stepped is what one event did to one row, ready to be stored.
type stepped struct {
	state   []byte
	due     time.Time
	queue   string
	keys    []string
	labels  []string
	seq     int // 0: the event was known, nothing happened
	at      time.Time
	entry   []byte
	made    any // the entry itself
	effects []effect.Effect
	awaited []respond.Awaited
	was, is facet
}

// A facet is what the desk looks at in a state to keep tallies.
type facet struct {
	live    bool
	author  string   // of a case: the tally's id
	taken   string   // of a case: the member who has it
	missed  []string // of a case: promises that were not kept in time
	verdict *triage.Verdict
}

// A machine steps rows of one kind. On an error nothing happened.
type machine func(r *respond.Rules, at Address, state []byte, e event.Event, now time.Time) (stepped, error)

// machines are the kinds of rows that take events. It is never written to.
var machines = map[string]machine{
	KindCase:     machineOf(respond.New, respond.Step, shownCase),
	KindIncident: machineOf(incident.New, incident.Step, shownIncident),
	KindSource:   stepSource,
}

// shown is what is stored beside a state, so that it can be found.
type shown struct {
	due     time.Time
	queue   string
	keys    []string
	labels  []string
	awaited []respond.Awaited
	facet   facet
}

// What a case is found by besides its keys.
const (
	labelAuthor = "author "
	labelMember = "member "
	labelStage  = "stage "
	labelHeld   = "incident of " // the category whose incident the case has joined
)

// labelsOf names the author by a hash: a label is not erased with what the case says of him.
func labelsOf(c respond.Case, author string) []string {
	out := []string{labelStage + string(c.Stage)}
	if author != "" {
		out = append(out, labelAuthor+author)
	}
	if member := takenBy(c); member != "" {
		out = append(out, labelMember+member)
	}
	if c.Incident && c.Verdict != nil {
		out = append(out, labelHeld+c.Verdict.Category)
	}
	if under := labelUnder(c); under != "" {
		out = append(out, under)
	}
	if claims := claimsOf(c); claims != "" {
		out = append(out, claims)
	}
	return out
}

// takenBy is the member who has the case; empty when nobody has.
func takenBy(c respond.Case) string {
	if c.Climb == nil {
		return ""
	}
	return c.Climb.Taken
}

func missedIn(c respond.Case) (ids []string) {
	for _, p := range c.Promises {
		if p.State == dealing.Missed {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

func shownCase(r *respond.Rules, c respond.Case, now time.Time) shown {
	live, author := c.Seq > 0 && c.Stage.Live(), authorID(c.Tenant, c.Channel, c.Author)
	labels := labelsOf(c, author)
	if forget := labelOfForgetting(r, c, now); forget != "" {
		labels = append(labels, forget)
	}
	return shown{
		due: c.Due(), queue: place(live, string(c.Priority())), keys: c.Keys, labels: labels, awaited: c.Awaited,
		facet: facet{live: live, author: author, taken: takenBy(c), missed: missedIn(c), verdict: c.Verdict},
	}
}

func shownIncident(_ *respond.Rules, in incident.Incident, _ time.Time) shown {
	return shown{due: in.Due(), queue: place(in.Live(), string(in.Priority())), keys: in.Keys(), labels: claimsIn(in),
		awaited: in.Awaited, facet: facet{live: in.Live()}}
}

// place puts what lives before what does not.
func place(live bool, priority string) string {
	if live {
		return queueLive + priority
	}
	return queueOver + priority
}

const (
	queueLive = "0 "
	queueOver = "1 "
)

// machineOf makes a machine of an aggregate's own functions.
func machineOf[S, C any](fresh func(tenant, id string) S,
	step func(*respond.Rules, S, event.Event, time.Time) (S, trail.Entry[C], error), show func(*respond.Rules, S, time.Time) shown,
) machine {
	return func(r *respond.Rules, at Address, state []byte, e event.Event, now time.Time) (stepped, error) {
		s := fresh(at.Tenant, at.ID)
		if len(state) > 0 {
			if err := json.Unmarshal(state, &s); err != nil {
				return stepped{}, fmt.Errorf("%s %s cannot be read: %w", at.Kind, at.ID, err)
			}
		}
		was := show(r, s, now)
		s, entry, err := step(r, s, e, now)
		if err != nil || entry.Seq == 0 {
			return stepped{}, err
		}
		is := show(r, s, now)
		out := stepped{due: is.due, queue: is.queue, keys: is.keys, labels: is.labels, seq: entry.Seq,
			at: entry.At, effects: entry.Effects, awaited: is.awaited, was: was.facet, is: is.facet}
		if out.state, err = json.Marshal(s); err != nil {
			return stepped{}, err
		}
		if out.entry, err = json.Marshal(entry); err != nil {
			return stepped{}, err
		}
		out.made = entry
		return out, nil
	}
}
