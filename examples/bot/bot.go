package main

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
	_ "time/tzdata" // zones, also where the machine has none

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
	"github.com/reputekit/reputation/channel/webhook"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
)

//go:embed specs.json
var specs []byte // who is watched, what is what, who owns it, what may be said without a person

// A Bot answers what it may on one platform, and calls a person for the rest.
type Bot struct {
	*desk.Desk
	platform *channel.Channel
}

// New makes a bot on a platform: a world in memory, a webhook, a connector of your own. Its people are told on out.
func New(platform channel.Connector, out io.Writer, now func() time.Time) (*Bot, error) {
	var s respond.Specs
	if err := spec.Decode(specs, &s); err != nil {
		return nil, err // every problem at once, each with its path
	}
	rules, err := respond.NewRules(s, respond.Options{})
	if err != nil {
		return nil, err
	}
	c, err := channel.New(platform, channel.Options{Now: now})
	if err != nil {
		return nil, err
	}
	d, err := desk.New(desk.Options{
		Store:    &memstore.Store{}, // examples/durable has one that outlives the process
		Rules:    func(string) *respond.Rules { return rules },
		Channels: map[string]*channel.Channel{c.Name(): c},
		Notifier: &people{out: out},
		Now:      now,
	})
	return &Bot{Desk: d, platform: c}, err
}

// Hook is where the platform delivers what was said, if it does not want to be asked: 2xx only after it is stored.
func (b *Bot) Hook(now func() time.Time) http.Handler {
	keep := func(ctx context.Context, item channel.Item) error { return b.Handle(ctx, "", item) }
	return webhook.Handler(b.platform, keep, webhook.HandlerOptions{Now: now})
}

// people are reached by a line of text. A house puts a pager here; no customer's words are in it.
type people struct {
	mu  sync.Mutex
	out io.Writer
}

func (p *people) Tell(_ context.Context, _ string, _ channel.Key, t effect.Tell) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, err := fmt.Fprintf(p.out, "  %s is told by %s: %s, %s, due %s\n", t.Member, t.Contact, t.Category, t.Severity,
		t.Due.Format("15:04 MST"))
	return err
}

func (p *people) Approve(_ context.Context, _ string, _ channel.Key, a effect.Approve) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, err := fmt.Fprintf(p.out, "  %s is asked to look at a draft\n", a.Member)
	return err
}
