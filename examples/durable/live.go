package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/sqlitestore"
	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/examples/quickstart/day"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
)

// The day begins and ends in Oslo.
var (
	oslo  = time.FixedZone("CEST", 2*60*60)
	dawn  = time.Date(2026, 6, 16, 0, 0, 0, 0, oslo)
	night = time.Date(2026, 6, 16, 18, 0, 0, 0, oslo)
)

// rounds are when people go through the drafts that wait.
var rounds = map[string][]string{
	"07:05": {"dora"}, "08:30": {"emil"}, "09:04": {"dora"}, "09:58": {"emil"}, "10:55": {"emil"}, "11:45": {"emil"},
	"13:30": {"gus"}, "15:00": {"dora", "emil"}, "17:30": {"emil"},
}

// A house is one life of the desk: what it has in memory, and nothing that must outlive it.
type house struct {
	dir   string
	now   time.Time
	rules *respond.Rules
	store *sqlitestore.Store
	desk  *desk.Desk
	out   io.Writer

	answers int // that went out in this life
	told    int // of those, how many it has told of
}

// dying begins the last line of a life.
const dying = "* "

// live is the desk from where it was to its death, or to the end of the day.
func live(ctx context.Context, dir, death string, out io.Writer) error {
	h := &house{dir: dir, out: out}
	begun, err := h.setClock()
	if err != nil {
		return err
	}
	if err := h.open(death); err != nil {
		return err
	}
	if err := h.greet(ctx, begun); err != nil {
		return err
	}
	for ; !h.now.After(night); h.now = h.now.Add(time.Minute) {
		if err := h.saveClock(); err != nil {
			return err
		}
		if err := h.desk.Tick(ctx); err != nil {
			return err
		}
		h.tell()
		for _, who := range rounds[h.clock()] {
			if err := h.clear(ctx, who); err != nil {
				return err
			}
		}
		if h.clock() == death {
			h.die("nothing is under way")
		}
	}
	return errors.Join(h.desk.Drain(ctx), h.store.Close())
}

// open makes the desk as any host does. Nothing here knows whether it is the first life.
func (h *house) open(death string) error {
	raw, err := day.Files.ReadFile("desk.json")
	if err != nil {
		return err
	}
	var specs respond.Specs
	if err := spec.Decode(raw, &specs); err != nil {
		return err
	}
	if h.rules, err = respond.NewRules(specs, respond.Options{}); err != nil {
		return err
	}
	said, err := day.Mentions()
	if err != nil {
		return err
	}
	known, err := day.Customers()
	if err != nil {
		return err
	}
	if h.store, err = sqlitestore.Open(filepath.Join(h.dir, "desk.sqlite"), sqlitestore.Options{}); err != nil {
		return err
	}
	clock := func() time.Time { return h.now }
	channels := map[string]*channel.Channel{}
	for name, p := range platforms(h.dir, specs.Venues, said, clock) {
		p.stands = func(a answer) {
			if h.answers++; death == fmt.Sprintf("answer %d", h.answers) {
				h.tell()
				h.die(fmt.Sprintf("an answer to %s has just gone out, and the desk has not heard of it yet", a.To))
			}
		}
		if channels[name], err = channel.New(p, channel.Options{Now: clock}); err != nil {
			return err
		}
	}
	h.desk, err = desk.New(desk.Options{
		Store: h.store, Rules: func(string) *respond.Rules { return h.rules }, Notifier: telephone{}, Channels: channels, Now: clock,
		Knows: func(_ string, m mention.Mention) (map[string]string, triage.Standing) {
			k := known[m.Ref.Channel+"/"+m.Author.Key()]
			return k.Given, k.Standing
		},
	})
	return err
}

// telephone reaches everybody.
type telephone struct{}

func (telephone) Tell(context.Context, string, channel.Key, effect.Tell) error       { return nil }
func (telephone) Approve(context.Context, string, channel.Key, effect.Approve) error { return nil }

// die says its last words and waits for the end.
func (h *house) die(why string) {
	fmt.Fprintf(h.out, "%s%s %s\n", dying, h.clock(), why)
	select {}
}

// tell says how many answers have gone out.
func (h *house) tell() {
	switch n := h.answers - h.told; {
	case n == 1:
		fmt.Fprintf(h.out, "%s an answer goes out\n", h.clock())
	case n > 1:
		fmt.Fprintf(h.out, "%s %d answers go out\n", h.clock(), n)
	}
	h.told = h.answers
}

// greet says what was found.
func (h *house) greet(ctx context.Context, begun bool) error {
	if !begun {
		fmt.Fprintf(h.out, "%s the desk begins with an empty file\n", h.clock())
		return nil
	}
	cases := 0
	for _, err := range h.desk.Cases(ctx, desk.CaseQuery{}) {
		if err != nil {
			return err
		}
		cases++
	}
	open, trying := 0, 0
	for o, err := range h.desk.Outbox(ctx, desk.OutboxQuery{Open: true}) {
		if err != nil {
			return err
		}
		open++
		if o.State == desk.Trying {
			trying++
		}
	}
	fmt.Fprintf(h.out, "%s started again: %d cases, %d requests that are not settled, %d of them under way when it was killed\n",
		h.clock(), cases, open, trying)
	return nil
}

// clear is a member going through the queue: what is clean and his to approve, he approves. A request has the same id
// whenever it is made, so that one made again after a death counts once.
func (h *house) clear(ctx context.Context, by string) error {
	queue, err := h.desk.Queue(ctx, "")
	if err != nil {
		return err
	}
	for _, c := range queue {
		d := c.Draft
		may := h.rules.Directory().Authorize(escalation.Ask{Act: "approve", By: by,
			Matter: escalation.Matter{Category: c.Verdict.Category, Severity: c.Verdict.Severity}}) == nil
		if d == nil || d.Stale != "" || d.Approved != "" || len(d.Findings) > 0 || !may {
			continue
		}
		err := h.desk.Do(ctx, "", c.ID, event.Event{
			ID: event.RequestID("yes " + d.ID), At: h.now, By: by, Body: event.Approved{Draft: d.ID},
		})
		if err != nil && !errors.Is(err, respond.ErrRefused) {
			return err
		}
	}
	return nil
}

// clock is the time of day in Oslo.
func (h *house) clock() string { return h.now.In(oslo).Format("15:04") }

// setClock takes up the day where the clock on the wall stands: it is no part of the desk, and goes on while the desk is
// down.
func (h *house) setClock() (begun bool, err error) {
	data, err := os.ReadFile(filepath.Join(h.dir, "clock"))
	if errors.Is(err, fs.ErrNotExist) {
		h.now = dawn
		return false, nil
	}
	if err != nil {
		return false, err
	}
	h.now, err = time.Parse(time.RFC3339, strings.TrimSpace(string(data)))
	h.now = h.now.Add(5 * time.Minute) // that is how long it takes to notice
	return true, err
}

func (h *house) saveClock() error {
	path := filepath.Join(h.dir, "clock")
	if err := os.WriteFile(path+".tmp", []byte(h.now.Format(time.RFC3339)+"\n"), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".tmp", path)
}
