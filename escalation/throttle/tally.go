package throttle

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
)

// A Limit is how many messages one person gets: Most in any stretch of Per. The zero value is no limit.
type Limit struct {
	Most int           `json:"most"`
	Per  spec.Duration `json:"per"`
}

// Check reports, as spec.Problems, a limit that nobody can have meant.
func (l Limit) Check() error {
	var problems spec.Problems
	if l.Most < 0 || l.Most > mostKept {
		problems.Add("most", "%d is not between 0, for no limit, and %d", l.Most, mostKept)
	}
	if l.Per < 0 || l.Most > 0 && l.Per == 0 {
		problems.Add("per", "%s is no stretch of time", l.Per)
	}
	return problems.Err()
}

// mostKept bounds how many instants a tally remembers.
const mostKept = 1000

// A Tally is what one person was told lately and what waits for him. It is plain data; the zero value is somebody who
// was told nothing.
type Tally struct {
	Sent []time.Time `json:"sent,omitempty"` // of the last messages, in order, as many as count for the limit
	Held []string    `json:"held,omitempty"` // keys of the pages that wait, in the order they came
	Due  time.Time   `json:"due,omitzero"`   // when they go out, all as one message; zero when none waits
}

// Ask asks whether a page may go out. A zero until says that it goes out now, and counts it; else it is held until then.
// What is urgent goes out at once, whatever waits. A key that is held already stays where it is.
func (t Tally) Ask(l Limit, key string, urgent bool, now time.Time) (next Tally, until time.Time) {
	t, now = t.now(l, now)
	t = t.forget(l, now)
	switch {
	case urgent || l.Most <= 0 || l.Per <= 0:
		if slices.Contains(t.Held, key) {
			t = t.Drop(key)
		}
		return t.sent(l, now), time.Time{}
	case slices.Contains(t.Held, key):
		return t, t.Due
	case len(t.Held) == 0 && len(t.Sent) < l.Most:
		return t.sent(l, now), time.Time{}
	}
	if len(t.Held) == 0 {
		t.Due = t.Sent[max(0, len(t.Sent)-l.Most)].Add(l.Per.Std())
	}
	t.Held = append(slices.Clip(slices.Clone(t.Held)), key)
	return t, t.Due
}

// Elapse gives the keys of all pages that waited, when they are due by now: they go out as one message. Early and twice
// it gives none.
func (t Tally) Elapse(l Limit, now time.Time) (next Tally, keys []string) {
	t, now = t.now(l, now)
	if len(t.Held) == 0 || now.Before(t.Due) {
		return t, nil
	}
	keys = t.Held
	t.Held, t.Due = nil, time.Time{}
	return t.forget(l, now).sent(l, now), keys
}

// Drop takes a page from those that wait: nobody need be told of it any more.
func (t Tally) Drop(key string) Tally {
	t.Held = slices.DeleteFunc(slices.Clone(t.Held), func(k string) bool { return k == key })
	if len(t.Held) == 0 {
		t.Held, t.Due = nil, time.Time{}
	}
	return t
}

// now never lies before the last message: a clock that goes back counts for nothing. But what lies further ahead than
// the limit reaches was written by a wrong clock, and must hold nobody until then.
func (t Tally) now(l Limit, now time.Time) (Tally, time.Time) {
	now = mention.Instant(now)
	reach := now.Add(l.Per.Std())
	if n := len(t.Sent); n > 0 && reach.Before(t.Sent[n-1]) {
		t.Sent = nil
	} else if n > 0 && now.Before(t.Sent[n-1]) {
		now = t.Sent[n-1]
	}
	if t.Sent == nil && reach.Before(t.Due) {
		t.Due = reach
	}
	return t, now
}

func (t Tally) sent(l Limit, now time.Time) Tally {
	t.Sent = append(slices.Clip(slices.Clone(t.Sent)), now)
	if n := len(t.Sent) - min(max(l.Most, 0), mostKept); n > 0 {
		t.Sent = t.Sent[n:]
	}
	return t
}

// forget drops the messages that no longer count.
func (t Tally) forget(l Limit, now time.Time) Tally {
	n := 0
	for n < len(t.Sent) && !t.Sent[n].Add(l.Per.Std()).After(now) {
		n++
	}
	t.Sent = t.Sent[n:]
	return t
}
