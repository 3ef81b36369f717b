package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
)

// A world is everything outside the desk: three platforms, what people say there, and the telephones of the members. It
// outlives the desk.
type world struct {
	now       time.Time
	platforms map[string]*memory.Channel
	mentions  []mention.Mention // of the day, by instant
	unsaid    []mention.Mention // of those, what is still to come
	pages     []paged
	asked     []asked         // drafts put before members
	deaf      map[string]bool // addresses that no page reaches
}

// A paged is one page, as the telephone exchange saw it.
type paged struct {
	at      time.Time
	tell    effect.Tell
	reached bool
}

// An asked is one question for consent.
type asked struct {
	at      time.Time
	approve effect.Approve
}

func newWorld(rules *respond.Rules, mentions []mention.Mention) *world {
	w := &world{platforms: map[string]*memory.Channel{}, deaf: map[string]bool{}, mentions: mentions, unsaid: mentions}
	for _, v := range rules.Specs().Venues {
		p := &memory.Channel{Venue: v, Now: func() time.Time { return w.now }}
		if v.RepliesPerItem == 0 && !slices.Contains(v.Visibilities, mention.Public) || v.RepliesPerItem > 0 {
			p.Lacks = []string{"publish"} // nobody reads posts in an inbox, or beneath reviews
		}
		w.platforms[v.Channel] = p
	}
	return w
}

// speak lets everybody say what he says by now.
func (w *world) speak() {
	for len(w.unsaid) > 0 && !w.unsaid[0].PostedAt.After(w.now) {
		m := w.unsaid[0]
		w.unsaid = w.unsaid[1:]
		w.platforms[m.Ref.Channel].Post(m)
	}
}

// errNoAnswer is what the telephone exchange says of a dead telephone.
var errNoAnswer = errors.New("no answer")

// Tell implements desk.Notifier.
func (w *world) Tell(_ context.Context, _ string, _ channel.Key, t effect.Tell) error {
	reached := !w.deaf[t.Address]
	w.pages = append(w.pages, paged{w.now, t, reached})
	if !reached {
		return errNoAnswer
	}
	return nil
}

// Approve implements desk.Notifier.
func (w *world) Approve(_ context.Context, _ string, _ channel.Key, a effect.Approve) error {
	w.asked = append(w.asked, asked{w.now, a})
	return nil
}

// sent is what the house did at all platforms, by instant.
func (w *world) sent() []memory.Sent {
	var out []memory.Sent
	for _, name := range w.names() {
		out = append(out, w.platforms[name].Sent()...)
	}
	slices.SortStableFunc(out, func(a, b memory.Sent) int { return a.At.Compare(b.At) })
	return out
}
