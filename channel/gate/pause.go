package gate

import (
	"slices"
	"strings"
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

// Error reads "held by ana: outage (until 2026-11-22T12:00:00Z)". A *Pause is what lies beneath a
// channel.ErrPaused.
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

// A Gate holds the pauses of one channel. The zero value is open. It is safe for concurrent use and must not be copied.
type Gate struct {
	mu     sync.Mutex
	pauses []Pause // in order of Who
}

// Pause sets a pause. A second one of the same Who replaces his first.
func (g *Gate) Pause(p Pause) {
	g.mu.Lock()
	defer g.mu.Unlock()
	at, found := slices.BinarySearchFunc(g.pauses, p.Who, byWho)
	if found {
		g.pauses[at] = p
		return
	}
	g.pauses = slices.Insert(g.pauses, at, p)
}

// Resume ends the pause of who. Pauses of others stand.
func (g *Gate) Resume(who string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if at, found := slices.BinarySearchFunc(g.pauses, who, byWho); found {
		g.pauses = slices.Delete(g.pauses, at, at+1)
	}
}

func byWho(p Pause, who string) int { return strings.Compare(p.Who, who) }

// Standing returns the pauses that stand at an instant, by Who.
func (g *Gate) Standing(now time.Time) []Pause {
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

// HoldsPost returns the first pause that holds posts now, nil when none does.
func (g *Gate) HoldsPost(now time.Time) *Pause { return g.holds(now, false) }

// HoldsReply returns the first pause that holds replies and statements now, nil when none does.
func (g *Gate) HoldsReply(now time.Time) *Pause { return g.holds(now, true) }

func (g *Gate) holds(now time.Time, reply bool) *Pause {
	for _, p := range g.Standing(now) {
		if p.Replies || !reply {
			return &p
		}
	}
	return nil
}
