package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/escalation/throttle"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// rates are what leaves by the channels that have a limit. They live in memory: after a restart a platform's own limit
// holds. What must wait has its place in the line kept.
type rates struct {
	mu    sync.Mutex
	now   time.Time
	given map[string][]time.Time // instants at which something leaves, by channel, in order; some are still to come
	mine  map[string]time.Time   // of what waits, by key
}

// heldPlaces bounds how many places are kept.
const heldPlaces = 100_000

// ask asks for leave for what has a key. A zero answer is leave; else it is when to ask again.
func (r *rates) ask(name string, l throttle.Limit, key string, now time.Time) time.Time {
	if l.Most <= 0 || l.Per <= 0 {
		return time.Time{}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.given == nil || now.Before(r.now.Add(-time.Minute)) || len(r.mine) > heldPlaces { // at first, and when the clock went back
		r.given, r.mine = map[string][]time.Time{}, map[string]time.Time{}
	}
	r.now = now
	if at, waits := r.mine[key]; waits {
		if at.After(now) {
			return at
		}
		delete(r.mine, key)
		return time.Time{}
	}
	list := r.given[name]
	for len(list) > 0 && !list[0].Add(l.Per.Std()).After(now) {
		list = list[1:]
	}
	at := now
	if len(list) >= l.Most {
		at = list[len(list)-l.Most].Add(l.Per.Std())
	}
	r.given[name] = append(list, at)
	if !at.After(now) {
		return time.Time{}
	}
	r.mine[key] = at
	return at
}

// line is when a request may leave by its channel; zero: now.
func (d *Desk) line(o Outbound, body effect.Body) time.Time {
	name := ""
	switch b := body.(type) {
	case effect.Send:
		name = b.Channel
	case effect.Survey:
		name = b.Channel
	default:
		return time.Time{}
	}
	return d.rates.ask(name, d.limitOf(name), o.Key, d.now())
}

// limitOf is what may leave by a channel: what the house says, or else what the platform allows.
func (d *Desk) limitOf(name string) throttle.Limit {
	if l, said := d.opt.Limits.Channels[name]; said {
		return l
	}
	if c := d.opt.Channels[name]; c != nil {
		return throttle.Limit{Most: c.Describe().PerHour, Per: spec.Of(time.Hour)}
	}
	return throttle.Limit{}
}

// spend counts an answer to a customer, in the commit that stores that it is tried, and objects when there were too many:
// two machines that answer each other would go on for ever.
func (w *work) spend(ctx context.Context, o Outbound, b effect.Send) (objection, error) {
	limit := w.d.opt.Limits.Answers
	if b.Author == "" {
		return objection{}, nil
	}
	at := Address{Tenant: o.Tenant, Kind: KindTally, ID: mention.Key("answers", o.Tenant, b.Channel, b.Author)}
	row, err := w.row(ctx, at)
	if err != nil {
		return objection{}, err
	}
	var t answers
	if len(row.State) > 0 {
		if err := json.Unmarshal(row.State, &t); err != nil {
			return objection{}, &stepError{fmt.Errorf("tally %s cannot be read: %w", at.ID, err)}
		}
	}
	if slices.ContainsFunc(t.Sent, func(a answer) bool { return a.Key == o.Key }) {
		return objection{}, nil // it is tried again
	}
	t.Sent = slices.DeleteFunc(t.Sent, func(a answer) bool { return w.now.Sub(a.At).Abs() >= limit.Per.Std() })
	if len(t.Sent) >= limit.Most {
		return objection{reason: event.TooMany, detail: "more than the house's limit of answers to one customer"}, nil
	}
	t.Sent = append(t.Sent, answer{Key: o.Key, At: w.now})
	if row.State, err = json.Marshal(t); err != nil {
		return objection{}, &stepError{err}
	}
	w.changed(at)
	return objection{}, nil
}

// answers is what one customer was sent lately.
type answers struct {
	Sent []answer `json:"sent"`
}

type answer struct {
	Key string    `json:"key"`
	At  time.Time `json:"at"`
}

// errLine is why a request waits that a limit of its channel holds.
var errLine = &channel.Error{Code: channel.ErrRateLimited, Op: "send", Reason: "our own limit"}
