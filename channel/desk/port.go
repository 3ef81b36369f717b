package desk

import (
	"context"
	"maps"
	"slices"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/gate"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
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

// An Observer reads what the house cannot read itself: a policy's external signals, in one message.
type Observer interface {
	// Observe reads one message, whose words are text. It may block, returns soon after ctx is done, and may be called at
	// once and again with the same key. The key and the reference of the answer the desk fills in. ErrLater: the answer
	// comes by Do. Any other error says that nobody can read it.
	Observe(ctx context.Context, tenant string, key channel.Key, text string, o effect.Observe) (event.Observed, error)
}

// Customers knows who writes: orders, tier, standing.
type Customers interface {
	// Lookup looks one author up. It may block, returns soon after ctx is done, and may be called at once and again with
	// the same key. A Known with nothing in it: nobody knows him. ErrLater: the answer comes by Do. Any other error says
	// that he could not be looked up.
	Lookup(ctx context.Context, tenant string, key channel.Key, l effect.Lookup) (event.Known, error)
}

// A Granter pays. Its errors are a connector's: a *channel.Error says whether it could have been paid all the same, and
// after one that says nothing nobody knows. Both methods may block, and may be called at once.
type Granter interface {
	// Grant pays once for one key: a known key is answered with the first answer.
	Grant(ctx context.Context, tenant string, key channel.Key, g effect.Grant) (event.Granted, error)

	// Find says what was paid under a key. channel.ErrNotFound: certainly nothing, and nothing will be.
	// channel.ErrUnsupported: it cannot say; then the desk asks a person, and never pays on a guess.
	Find(ctx context.Context, tenant string, key channel.Key) (event.Granted, error)
}

// gates is the Scheduler of a desk that was given none: the pause gates of its own channels. Gates forget when the
// process ends, so the desk holds again what was held, when it begins.
type gates map[string]*channel.Channel

func (g gates) Hold(_ context.Context, _ string, h effect.Hold) error {
	for _, name := range slices.Sorted(maps.Keys(g)) {
		g[name].Pause(gate.Pause{Who: incidentHolds(h.Incident), Why: whyHeld(h), Until: h.Until})
	}
	return nil
}

func (g gates) Resume(_ context.Context, _ string, r effect.Resume) error {
	for _, name := range slices.Sorted(maps.Keys(g)) {
		g[name].Resume(incidentHolds(r.Incident))
	}
	return nil
}

// whyHeld says why to whoever is stopped by it, and who holds it.
func whyHeld(h effect.Hold) string {
	if h.By == "" {
		return h.Why
	}
	return h.Why + ", says " + h.By
}

// incidentHolds is the Who of an incident's pause.
func incidentHolds(id string) string { return "incident " + id }
