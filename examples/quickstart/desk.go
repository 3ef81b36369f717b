package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
	"github.com/reputekit/reputation/channel/gate"
	"github.com/reputekit/reputation/examples/quickstart/day"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/trail"
	"github.com/reputekit/reputation/triage"
)

// A house is the desk with its world, and what was seen of the day.
type house struct {
	*world
	rules  *respond.Rules
	zone   *time.Location
	known  map[string]day.Known
	folder string // of the snapshot

	ctx      context.Context // of this life of the desk
	die      context.CancelFunc
	desk     *desk.Desk
	store    *memstore.Store
	channels map[string]*channel.Channel
	doomed   bool // the next answer that goes out is the last thing this desk does

	requests int // of people, so far: each has an id
	diary    diary
}

func (w *world) names() []string { return slices.Sorted(maps.Keys(w.platforms)) }

// newHouse puts a desk on an empty store into a world in which nothing has been said yet.
func newHouse(rules *respond.Rules, folder string) (*house, error) {
	mentions, err := day.Mentions()
	if err != nil {
		return nil, err
	}
	people, err := day.Customers()
	if err != nil {
		return nil, err
	}
	h := &house{world: newWorld(rules, mentions), rules: rules, zone: homeZone(rules), known: people, folder: folder}
	return h, h.begin(&memstore.Store{})
}

// begin starts a desk on a store. The world is as it is.
func (h *house) begin(store *memstore.Store) error {
	h.ctx, h.die = context.WithCancel(context.Background())
	h.store, h.channels, h.doomed = store, map[string]*channel.Channel{}, false
	clock := func() time.Time { return h.now }
	for _, name := range h.names() {
		c, err := channel.New(h.platforms[name], channel.Options{Now: clock, Interceptors: []gate.Interceptor{h.kill}})
		if err != nil {
			return err
		}
		h.channels[name] = c
	}
	var err error
	h.desk, err = desk.New(desk.Options{
		Store: store, Rules: func(string) *respond.Rules { return h.rules }, Notifier: h.world,
		Channels: h.channels, Knows: h.knows, Now: clock,
	})
	return err
}

// knows is what the house tells the desk of an author.
func (h *house) knows(_ string, m mention.Mention) (map[string]string, triage.Standing) {
	k := h.known[m.Ref.Channel+"/"+m.Author.Key()]
	return k.Given, k.Standing
}

var errKilled = errors.New("the desk was killed")

// kill stands around every call to the world. When the desk is doomed, the answer goes out, and what the desk would
// have learned of it is lost with the desk: only the file is left, as it stood before the call.
func (h *house) kill(ctx context.Context, call gate.Call, next func(context.Context) error) error {
	if !h.doomed || call.Op != "send" {
		return next(ctx)
	}
	if err := h.store.Save(h.snapshot()); err != nil {
		return err
	}
	if err := next(ctx); err != nil {
		return err
	}
	h.die()
	return errKilled
}

func (h *house) snapshot() string { return filepath.Join(h.folder, "desk.snapshot") }

// restart begins again with what the file holds.
func (h *house) restart() error {
	store, err := memstore.Open(h.snapshot())
	if err != nil {
		return err
	}
	return h.begin(store)
}

// playDay plays the shipped day and gives the house as it is afterwards.
func playDay(rules *respond.Rules) (*house, error) {
	folder, err := os.MkdirTemp("", "quickstart-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	h, err := newHouse(rules, folder)
	if err != nil {
		return nil, err
	}
	for _, s := range script() {
		if err := h.until(h.at(s.at)); err != nil {
			return nil, err
		}
		if err := s.do(h); err != nil {
			return nil, fmt.Errorf("the day at %s: %w", s.at, err)
		}
		if err := h.tick(); err != nil {
			return nil, fmt.Errorf("the day at %s: %w", s.at, err)
		}
	}
	return h, nil
}

// tick lets the desk do what there is to do now. A desk that was killed does nothing more.
func (h *house) tick() error {
	h.speak()
	err := h.desk.Tick(h.ctx)
	if err != nil && h.ctx.Err() == nil {
		return err
	}
	return nil
}

// at is an instant of the script: "09:00" on the day, "fri 09:00" on the Friday after, in the house's zone.
func (h *house) at(s string) time.Time {
	days := 0
	if rest, ok := cutPrefix(s, "fri "); ok {
		days, s = 3, rest
	}
	t, err := time.ParseInLocation("2006-01-02 15:04:05", "2026-06-16 "+s, h.zone)
	if err != nil {
		t, _ = time.ParseInLocation("2006-01-02 15:04", "2026-06-16 "+s, h.zone)
	}
	return t.AddDate(0, 0, days).UTC()
}

func cutPrefix(s, prefix string) (string, bool) {
	if len(s) > len(prefix) && s[:len(prefix)] == prefix {
		return s[len(prefix):], true
	}
	return s, false
}

// until lets time pass: the desk is ticked at every instant at which something is said or falls due, and every minute
// of the day itself.
func (h *house) until(end time.Time) error {
	if h.now.IsZero() {
		h.now = h.at("00:00")
	}
	for h.now.Before(end) {
		next := h.now.Add(time.Minute).Truncate(time.Minute)
		if h.now.After(h.at("20:00")) {
			next = h.now.Add(time.Hour).Truncate(time.Hour)
		}
		if len(h.unsaid) > 0 && h.unsaid[0].PostedAt.Before(next) {
			next = h.unsaid[0].PostedAt
		}
		due, err := h.store.Due(context.Background(), next, 1)
		if err != nil {
			return err
		}
		if len(due) > 0 && due[0].Due.After(h.now) {
			next = due[0].Due
		}
		if next.After(end) {
			next = end
		}
		h.now = next
		if err := h.tick(); err != nil {
			return err
		}
	}
	return nil
}

// do is a member having his say about a case or an incident. What the desk refuses is no error of the day: it is what
// the day is about.
func (h *house) do(by, id string, body event.Body) error {
	h.requests++
	e := event.Event{ID: event.RequestID("r" + strconv.Itoa(h.requests)), At: h.now, By: by, Body: body}
	err := h.desk.Do(h.ctx, "", id, e)
	var no *respond.RefusedError
	if errors.As(err, &no) {
		h.diary.refusals = append(h.diary.refusals, refusal{at: h.now, by: by, id: id, why: no})
		return nil
	}
	return err
}

// caseOf is the case that holds a mention.
func (h *house) caseOf(ref mention.Ref) (respond.Case, error) {
	var c respond.Case
	text, err := h.store.Text(context.Background(), "", ref)
	if err != nil {
		return c, fmt.Errorf("%s: %w", ref, err)
	}
	return c, h.state(text.Address, &c)
}

// state reads one row.
func (h *house) state(at desk.Address, v any) error {
	row, err := h.store.Row(context.Background(), at)
	if err != nil {
		return fmt.Errorf("%s %s: %w", at.Kind, at.ID, err)
	}
	return json.Unmarshal(row.State, v)
}

// stored reads all rows of a kind, in the order of the queue.
func stored[T any](h *house, kind string) ([]T, error) {
	var out []T
	for row, err := range h.store.Rows(context.Background(), desk.RowQuery{Kind: kind}) {
		if err != nil {
			return nil, err
		}
		var v T
		if err := json.Unmarshal(row.State, &v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func (h *house) cases() ([]respond.Case, error) { return stored[respond.Case](h, desk.KindCase) }

func (h *house) incidents() ([]incident.Incident, error) {
	return stored[incident.Incident](h, desk.KindIncident)
}

// entries reads the trail of a row, and holds that nobody has altered it.
func entries[C any](h *house, kind, id string) (out []trail.Entry[C], err error) {
	var failed error
	links := func(yield func(trail.Link) bool) {
		for e, err := range h.store.Entries(context.Background(), desk.Address{Kind: kind, ID: id}) {
			if failed = err; err != nil || !yield(e.Link) {
				return
			}
		}
	}
	for e, err := range trail.Entries[C](trail.Name{Kind: kind, ID: id}, links) {
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, failed
}

// outbox is every request that was ever made, in order.
func (h *house) outbox(q desk.OutboxQuery) ([]desk.Outbound, error) {
	var out []desk.Outbound
	for o, err := range h.store.Outbox(context.Background(), q) {
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}
