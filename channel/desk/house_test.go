package desk_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/respond/trail"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/when"
)

// morning is when the tests begin: a Tuesday, 10:00 in Madrid.
var morning = time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)

// specs is a small house: a brand, an outage that is a crisis, anything else that names the brand is a complaint.
func specs() respond.Specs {
	contact := func(address string) []escalation.Contact {
		return []escalation.Contact{{Kind: "phone", Address: address}}
	}
	may := []escalation.Authority{
		{Act: "approve", Severity: triage.Crisis}, {Act: "declare", Severity: triage.Crisis},
	}
	return respond.Specs{
		Watchlist: mention.Watchlist{
			Subjects: []mention.Subject{{Name: "Fjordwing", Kind: mention.Brand}},
			Ours:     mention.Ours{Accounts: []mention.Account{{Channel: "memory", Handle: "fjordwing"}}},
		},
		Policy: triage.Policy{
			Categories: []triage.Category{{Name: "outage", Severity: triage.Serious, Crisis: true}, {Name: "complaint"}},
			Rules: []triage.Rule{
				{Name: "down", When: when.All(when.About("Fjordwing"), when.Words("is down")),
					Then: triage.Then{Category: "outage", Handling: triage.Open}},
				{Name: "weather", When: when.Words("weather"), Then: triage.Then{Handling: triage.Record, Stop: true}},
				{Name: "named", When: when.About("Fjordwing"), Then: triage.Then{Category: "complaint", Handling: triage.Open}},
				{Name: "other", When: when.Not(when.About("Fjordwing")), Then: triage.Then{Handling: triage.Ignore}},
			},
		},
		Hierarchy: escalation.Hierarchy{
			Members: []escalation.Member{
				{ID: "ana", Name: "Ana", Contacts: contact("+34 1"), Authority: may},
				{ID: "ben", Name: "Ben", Contacts: contact("+34 2"), Authority: may},
			},
			Ladders: []escalation.Ladder{{ID: "main", Fallback: "ben", Levels: []escalation.Level{
				{To: []string{"owner"}, Wait: spec.Of(10 * time.Minute)}, {To: []string{"ben"}, Wait: spec.Of(10 * time.Minute)},
			}}},
			Plans: []escalation.Plan{
				{ID: "life", Categories: []string{triage.Life}, Owner: "ana", Backups: []string{"ben"}, Ladder: "main"},
				{ID: "everything", Owner: "ana", Backups: []string{"ben"}, Ladder: "main",
					Objectives: map[escalation.Objective]escalation.Duration{
						escalation.FirstReply: {Within: spec.Of(time.Hour), Elapsed: true},
					}},
			},
		},
		Playbook: playbook.Playbook{Locale: "en", Plays: []playbook.Play{
			{ID: "hold", Mode: playbook.Holding,
				For:   playbook.Scope{Categories: []string{"outage"}, Severities: []triage.Severity{triage.Crisis}},
				Texts: map[string][]string{"en": {"We are sorry that you cannot check in. We will write here every hour."}}},
			{ID: "write", Mode: playbook.None},
		}},
		Venues: []mention.Venue{(&memory.Channel{}).Describe().Venue},
	}
}

// compiled are the rules of the small house. They never change, and are shared.
var compiled = sync.OnceValues(func() (*respond.Rules, error) { return respond.NewRules(specs(), respond.Options{}) })

func rules(t testing.TB) *respond.Rules {
	t.Helper()
	r, err := compiled()
	require.NoError(t, err)
	return r
}

// pager is a Notifier that keeps what it was asked, and fails where a test wants it to.
type pager struct {
	mu      sync.Mutex
	told    []effect.Tell
	asked   []effect.Approve
	keys    map[channel.Key]int
	refuses string // a member who cannot be reached
}

func (p *pager) Tell(_ context.Context, _ string, key channel.Key, t effect.Tell) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.keys == nil {
		p.keys = map[channel.Key]int{}
	}
	p.keys[key]++
	p.told = append(p.told, t)
	if t.Member == p.refuses {
		return fmt.Errorf("%s does not answer", t.Member)
	}
	return nil
}

func (p *pager) Approve(_ context.Context, _ string, _ channel.Key, a effect.Approve) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, a)
	return nil
}

// members are those who were told, in order.
func (p *pager) members() (out []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, t := range p.told {
		out = append(out, t.Member)
	}
	return out
}

// A house is a desk with its world, in virtual time. The world outlives the desk.
type house struct {
	t     testing.TB
	now   time.Time
	world *memory.Channel
	gate  *channel.Channel
	store desk.Store
	pager *pager
	rules *respond.Rules
	desk  *desk.Desk
	wrap  func(*memory.Channel) channel.Connector // what stands between the desk and the world
	log   *slog.Logger
	ports func(*desk.Options) // what a test gives the desk besides
	away  atomic.Bool         // the rules of a desk that runs by itself
}

func newHouse(t testing.TB, world *memory.Channel) *house {
	t.Helper()
	h := &house{t: t, now: morning, world: world, store: &memstore.Store{}, pager: &pager{}, rules: rules(t)}
	world.Now = func() time.Time { return h.now }
	h.open()
	return h
}

// open starts a desk on the house's store: at first, and after a crash.
func (h *house) open() {
	h.t.Helper()
	clock := func() time.Time { return h.now }
	var world channel.Connector = h.world
	if h.wrap != nil {
		world = h.wrap(h.world)
	}
	gate, err := channel.New(world, channel.Options{Now: clock})
	require.NoError(h.t, err)
	h.gate = gate
	o := h.options(gate)
	o.Now = clock
	if h.ports != nil {
		h.ports(&o)
	}
	h.desk, err = desk.New(o)
	require.NoError(h.t, err)
}

// options are those of a desk on the house's store.
func (h *house) options(gate *channel.Channel) desk.Options {
	o := desk.Options{
		Store: h.store, Salt: salt, Rules: func(string) *respond.Rules { return h.rules }, Logger: h.log,
		Channels: map[string]*channel.Channel{gate.Name(): gate},
	}
	if h.pager != nil {
		o.Notifier = h.pager
	}
	return o
}

// compile makes rules of their own for a test.
func compile(t testing.TB, s respond.Specs) *respond.Rules {
	t.Helper()
	r, err := respond.NewRules(s, respond.Options{})
	require.NoError(t, err)
	return r
}

// source declares a signal that others read.
func source(name string) triage.Source { return triage.Source{Name: name, By: "reader"} }

// failing is a store that fails while it is down.
type failing struct {
	memstore.Store
	down atomic.Bool
}

var errDown = errors.New("the store is down")

func (f *failing) Commit(ctx context.Context, c desk.Commit) error {
	if f.down.Load() {
		return errDown
	}
	return f.Store.Commit(ctx, c)
}

func (f *failing) Inbox(ctx context.Context, limit int) ([]desk.Inbound, error) {
	if f.down.Load() {
		return nil, errDown
	}
	return f.Store.Inbox(ctx, limit)
}

func (h *house) tick() {
	h.t.Helper()
	require.NoError(h.t, h.desk.Tick(h.t.Context()))
}

// after lets time pass and ticks.
func (h *house) after(d time.Duration) {
	h.t.Helper()
	h.now = h.now.Add(d)
	h.tick()
}

func said(author, text string) mention.Mention {
	return mention.Mention{Author: mention.Author{Handle: author}, Text: text, Lang: "en"}
}

// only is the one case there is.
func (h *house) only() respond.Case {
	h.t.Helper()
	var all []respond.Case
	for c, err := range h.desk.Cases(h.t.Context(), desk.CaseQuery{}) {
		require.NoError(h.t, err)
		all = append(all, c)
	}
	require.Len(h.t, all, 1)
	return all[0]
}

// do is what a member does to a case.
func (h *house) do(request, by, id string, body event.Body) error {
	return h.desk.Do(h.t.Context(), "", id, event.Event{ID: event.RequestID(request), By: by, Body: body})
}

// approve drafts an answer to the only case, and approves it.
func (h *house) approve(request, text string) {
	h.t.Helper()
	id := h.only().ID
	require.NoError(h.t, h.do(request+" draft", "ben", id, event.Drafted{Text: text}))
	require.NoError(h.t, h.do(request+" yes", "ana", id, event.Approved{Draft: h.only().Draft.ID}))
}

// sends are the replies that reached the world.
func (h *house) sends() (out []memory.Sent) {
	for _, s := range h.world.Sent() {
		if s.Op == "send" {
			out = append(out, s)
		}
	}
	return out
}

// outcomes are the requests of a kind, in the words of what became of them.
func (h *house) outcomes(kind string) (out []string) {
	h.t.Helper()
	for o, err := range h.desk.Outbox(h.t.Context(), desk.OutboxQuery{Effects: []string{kind}}) {
		require.NoError(h.t, err)
		what := string(o.State)
		if o.Outcome != "" {
			what = o.Outcome
		}
		out = append(out, what)
	}
	return out
}

// replays checks that the trails fold to the stored states, byte for byte.
func (h *house) replays() {
	h.t.Helper()
	fold(h, desk.KindCase, respond.New, respond.Apply)
	fold(h, desk.KindIncident, incident.New, incident.Apply)
}

func name(at desk.Address) trail.Name { return trail.Name{Tenant: at.Tenant, Kind: at.Kind, ID: at.ID} }

// links are the trail of a row as it is stored.
func (h *house) links(id string) (out []trail.Link) {
	h.t.Helper()
	for e, err := range h.desk.Trail(h.t.Context(), "", id) {
		require.NoError(h.t, err)
		out = append(out, e.Link)
	}
	return out
}

// salt stands for crypto/rand where a test compares bytes.
func salt(of trail.Name, seq int) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d", of.Kind, of.ID, seq))
	return sum[:]
}

func fold[S, C any](h *house, kind string, fresh func(tenant, id string) S, apply func(S, trail.Entry[C]) S) {
	h.t.Helper()
	for row, err := range h.store.Rows(h.t.Context(), desk.RowQuery{Kind: kind}) {
		require.NoError(h.t, err)
		folded, tip, err := trail.Replay(name(row.Address), fresh("", row.ID), slices.Values(h.links(row.ID)), apply, row.Tip)
		require.NoError(h.t, err)
		require.Equal(h.t, row.Tip, tip, "the row knows how far its chain has come")
		_, err = h.desk.Verify(h.t.Context(), "", row.ID)
		require.NoError(h.t, err)
		require.Equal(h.t, string(row.State), encode(h.t, folded), "a trail folds to the stored state")
	}
}

// approveCase drafts an answer to a case, and approves it.
func (h *house) approveCase(c respond.Case, text string) {
	h.t.Helper()
	require.NoError(h.t, h.do(c.ID+" draft", "ben", c.ID, event.Drafted{Text: text}))
	c, _, err := h.desk.Case(h.t.Context(), "", c.ID)
	require.NoError(h.t, err)
	require.NoError(h.t, h.do(c.ID+" yes", "ana", c.ID, event.Approved{Draft: c.Draft.ID}))
}
