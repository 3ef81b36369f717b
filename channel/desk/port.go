package desk

import (
	"context"
	"maps"
	"slices"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/gate"
	"github.com/reputekit/reputation/respond/effect"
)

// A Notifier reaches members: it pages them, and puts drafts before them. An error says that the member was not
// reached, or that nobody knows; the ladder then goes on to the next contact. Both methods may block, return soon after ctx
// is done, and may be called at once. After a crash a page can come a second time with the same key.
type Notifier interface {
	// Tell pages one member through one contact. It carries no customer's words; neither may what it sends.
	Tell(ctx context.Context, tenant string, key channel.Key, t effect.Tell) error

	// Approve tells one member that a draft waits for his consent.
	Approve(ctx context.Context, tenant string, key channel.Key, a effect.Approve) error
}

// A Scheduler holds scheduled posts. Both methods may block and may be called at once, and done twice is done once.
type Scheduler interface {
	// Hold stops every scheduled post at the moment of sending.
	Hold(ctx context.Context, tenant string, h effect.Hold) error

	// Resume lets them go again. What was missed never goes out by itself.
	Resume(ctx context.Context, tenant string, r effect.Resume) error
}

// gates is the Scheduler of a desk that was given none: the pause gates of its own channels. Gates forget when the
// process ends, so the desk holds again what was held, when it begins.
type gates map[string]*channel.Channel

func (g gates) Hold(_ context.Context, _ string, h effect.Hold) error {
	for _, name := range slices.Sorted(maps.Keys(g)) {
		g[name].Pause(gate.Pause{Who: incidentHolds(h.Incident), Why: "a crisis is suspected or declared", Until: h.Until})
	}
	return nil
}

func (g gates) Resume(_ context.Context, _ string, r effect.Resume) error {
	for _, name := range slices.Sorted(maps.Keys(g)) {
		g[name].Resume(incidentHolds(r.Incident))
	}
	return nil
}

// incidentHolds is the Who of an incident's pause.
func incidentHolds(id string) string { return "incident " + id }
