package respondtest

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/trail"
)

// A memory is what the laws remember of a life.
type memory struct {
	over       bool                      // the customer said that it is over, in the present run of the case
	overBefore bool                      // before his last word
	before     map[string]bool           // and before another case was merged into it, by the id of that
	words      []string                  // what the customer wrote
	out        map[string]bool           // drafts that went out, or may have
	sends      map[string]string         // drafts by the key of their Send
	tells      map[string]effect.Tell    // by key
	told       map[string]bool           // members who were told of it
	posts      map[string]effect.Publish // by key
	stands     map[string]bool           // accounts where a statement stands, or may
}

func newMemory() memory {
	return memory{
		before: map[string]bool{}, out: map[string]bool{}, sends: map[string]string{}, tells: map[string]effect.Tell{},
		told: map[string]bool{}, posts: map[string]effect.Publish{}, stands: map[string]bool{},
	}
}

// long is from how many bytes on a text of a customer is looked for in what leaves the house.
const long = 8

// generally holds a step to what holds for cases and incidents alike.
func (m *memory) generally(was, is glance, e entry) error {
	if r, ok := e.event.Body.(event.Received); ok && len(r.Mention.Text) >= long {
		m.words = append(m.words, r.Mention.Text)
	}
	switch {
	case is.seq != was.seq+1 || e.seq != is.seq:
		return &brokenLaw{"entries are numbered without a hole", fmt.Sprintf("%d after %d", is.seq, was.seq)}
	case len(is.awaited) > 70:
		return &brokenLaw{"a state does not grow without bound", fmt.Sprintf("it awaits %d effects", len(is.awaited))}
	}
	if e.event.Kind() == "elapsed" && !is.due.IsZero() && !is.due.After(e.at) {
		return &brokenLaw{"ticks do nothing twice", "it is due again at once after a tick"}
	}
	m.told[e.event.By] = true // who acts need not have been called
	seen := map[string]bool{}
	for _, x := range e.effects {
		if x.Key == "" || x.Because == "" || seen[x.Key] {
			return &brokenLaw{"an effect has a key of its own and a reason", x.Kind()}
		}
		seen[x.Key] = true
		if x.Kind() == "send" || x.Kind() == "publish" {
			continue
		}
		data, _ := json.Marshal(x)
		for _, said := range m.words {
			if strings.Contains(string(data), said) {
				return &brokenLaw{"a customer's words stay in the house", "they leave with a " + x.Kind()}
			}
		}
	}
	return nil
}

// called: nobody is called off who was never called.
func (m *memory) called(effects []effect.Effect) error {
	for _, x := range effects {
		t, ok := x.Body.(effect.Tell)
		if !ok {
			continue
		}
		if t.Relief && !m.told[t.Member] {
			return must(false, "nobody is called off who was never called", "%s is", t.Member)
		}
		m.told[t.Member], m.tells[x.Key] = true, t
	}
	return nil
}

// counts: what becomes of a page is told to the climb that it belongs to. A climb forgets its oldest pages.
func (m *memory) counts(awaited []respond.Awaited, c *escalation.Climb) error {
	const law = "nobody on duty is never silence"
	for _, a := range awaited {
		if c == nil || a.Kind != "tell" || a.Page < 0 {
			continue // without a climb it counts for nobody
		}
		if a.Page >= c.Sent {
			return must(false, law, "the outcome of page %d would count for another", a.Page)
		}
		for _, p := range c.Pages {
			if p.N == a.Page && p.Member != m.tells[a.Key].Member {
				return must(false, law, "the outcome of page %d to %s would count for that to %s", a.Page, m.tells[a.Key].Member, p.Member)
			}
		}
	}
	return nil
}

// must is nil where something holds.
func must(ok bool, law, format string, args ...any) error {
	if ok {
		return nil
	}
	return &brokenLaw{law, fmt.Sprintf(format, args...)}
}

// firstOf is the first law that does not hold.
func firstOf(laws ...error) error {
	for _, err := range laws {
		if err != nil {
			return err
		}
	}
	return nil
}

// requests are the effects of one kind, by key.
func requests[B effect.Body, C any](e trail.Entry[C]) map[string]B {
	out := map[string]B{}
	for _, x := range e.Effects {
		if b, ok := x.Body.(B); ok {
			out[x.Key] = b
		}
	}
	return out
}
