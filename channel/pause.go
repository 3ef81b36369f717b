package channel

import (
	"slices"
	"sync"
	"time"
)

// A Pause holds what would leave, from the moment it is set until it ends. It holds posts; replies to customers only
// if it says so. Moderation is never held. The zero Until is until Resume.
type Pause struct {
	Who     string    // who holds it: a member, an incident; one pause each
	Why     string    // for whoever is stopped by it
	Until   time.Time // UTC; not itself paused any more
	Replies bool      // replies to customers stop too, and statements
}

// Error reads "held by ana: outage (until 2026-11-22T12:00:00Z)". A *Pause is what lies beneath an ErrPaused.
func (p *Pause) Error() string {
	s := "held by " + p.Who
	if p.Why != "" {
		s += ": " + p.Why
	}
	if !p.Until.IsZero() {
		s += " (until " + p.Until.UTC().Format(time.RFC3339) + ")"
	}
	return s
}

// Pause holds what leaves through the channel, at the moment of sending. A second pause of the same Who replaces his
// first.
func (c *Channel) Pause(p Pause) { c.gate.set(p) }

// Resume ends the pause of who. Pauses of others stand. Nothing that was held goes out by itself.
func (c *Channel) Resume(who string) { c.gate.lift(who) }

// Paused returns the pauses that stand now, by Who.
func (c *Channel) Paused() []Pause { return c.gate.standing(c.opt.Now()) }

// gate holds the pauses, in order of Who.
type gate struct {
	mu     sync.Mutex
	pauses []Pause
}

func (g *gate) set(p Pause) {
	g.mu.Lock()
	defer g.mu.Unlock()
	at, found := slices.BinarySearchFunc(g.pauses, p.Who, byWho)
	if found {
		g.pauses[at] = p
		return
	}
	g.pauses = slices.Insert(g.pauses, at, p)
}

func (g *gate) lift(who string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if at, found := slices.BinarySearchFunc(g.pauses, who, byWho); found {
		g.pauses = slices.Delete(g.pauses, at, at+1)
	}
}

func byWho(p Pause, who string) int {
	switch {
	case p.Who < who:
		return -1
	case p.Who > who:
		return 1
	}
	return 0
}

func (g *gate) standing(now time.Time) []Pause {
	g.mu.Lock()
	defer g.mu.Unlock()
	var out []Pause
	for _, p := range g.pauses {
		if p.Until.IsZero() || now.Before(p.Until) {
			out = append(out, p)
		}
	}
	return out
}

// reply fails if a standing pause holds replies.
func (g *gate) reply(now time.Time) error { return g.held("send", now, true) }

// post fails if a standing pause holds this post.
func (g *gate) post(now time.Time, statement bool) error { return g.held("publish", now, statement) }

func (g *gate) held(op string, now time.Time, onlyReplies bool) error {
	for _, p := range g.standing(now) {
		if p.Replies || !onlyReplies {
			return &Error{Code: ErrPaused, Op: op, Err: &p}
		}
	}
	return nil
}
