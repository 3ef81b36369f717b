package sqlitestore_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/sqlitestore"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/trail"
)

// roundClock is the clock of one life of the desk: an hour after the life before.
func roundClock(round int) func() time.Time {
	began := time.Now()
	return func() time.Time { return noon.Add(time.Duration(round)*time.Hour + time.Since(began)) }
}

// deskChild is a desk under load, until it is killed: four people take in what customers say and answer it, while the desk
// runs by itself. It says what was acknowledged, and nothing before it was.
func deskChild(ctx context.Context, c *child) error {
	dir := c.args[0]
	round, err := strconv.Atoi(c.args[1])
	if err != nil {
		return err
	}
	s, err := sqlitestore.Open(filepath.Join(dir, "desk.sqlite"), sqlitestore.Options{})
	if err != nil {
		return err
	}
	d, err := newDesk(s, dir, roundClock(round), func(key channel.Key) { c.say("sent %s", key) })
	if err != nil {
		return err
	}
	c.say("open")
	failed := make(chan error)
	go func() { failed <- d.Run(ctx) }()
	for worker := range 4 {
		go func() {
			for n := 0; ; n++ {
				item := said(platforms[(worker+n)%3], fmt.Sprintf("%d-%d-%d", round, worker, n))
				if err := d.Handle(ctx, "", item); err != nil {
					failed <- fmt.Errorf("item %s: %w", item.ID, err)
					return
				}
				c.say("in %s %s", item.Mention.Ref.Channel, item.ID)
				err := answer(ctx, d, s, item.Mention.Ref, func(request, id string) { c.say("did %s %s", request, id) })
				if err != nil && !errors.Is(err, desk.ErrAbsent) && !errors.Is(err, respond.ErrRefused) {
					failed <- fmt.Errorf("answer to %s: %w", item.ID, err)
					return
				}
			}
		}()
	}
	return <-failed
}

// acknowledged is what a desk has said before it was killed.
type acknowledged struct {
	items    []mention.Ref
	requests map[string]string // request id to case
	sent     int
}

// oneLife runs a desk and kills it after so many lines.
func oneLife(t *testing.T, dir string, round, lines int, all *acknowledged) {
	t.Helper()
	cmd := command(t, "desk", dir, strconv.Itoa(round))
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	if lines == 0 {
		require.NoError(t, cmd.Process.Kill())
	}
	n := 0
	for scan := bufio.NewScanner(out); scan.Scan(); {
		if n++; n == lines {
			require.NoError(t, cmd.Process.Kill())
		}
		switch words := strings.Fields(scan.Text()); words[0] {
		case "in":
			all.items = append(all.items, mention.Ref{Channel: words[1], ID: words[2]})
		case "did":
			all.requests[words[1]] = words[2]
		case "sent":
			all.sent++
		}
	}
	require.Error(t, cmd.Wait(), "it did not end by itself")
	require.GreaterOrEqual(t, n, lines, "it ended before it was killed")
}

// TestKilled kills a desk under load again and again, at any point of its work, and starts it again on what is left.
func TestKilled(t *testing.T) {
	rounds := 20
	if os.Getenv("REPUTATION_LONG") == "1" {
		rounds = 200
	}
	dir := t.TempDir()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 1))
	all := &acknowledged{requests: map[string]string{}}
	for round := range rounds {
		lines := r.IntN(60)
		if round%10 == 9 {
			lines = r.IntN(2) // while it opens the file
		}
		oneLife(t, dir, round, lines, all)
	}
	s := opened(t, filepath.Join(dir, "desk.sqlite"), sqlitestore.Options{})
	require.NoError(t, s.Check(t.Context()))
	tried := 0
	for o, err := range s.Outbox(t.Context(), desk.OutboxQuery{Open: true, Effects: []string{"send"}}) {
		require.NoError(t, err)
		if o.State == desk.Trying {
			tried++
		}
	}
	clock := noon.Add(time.Duration(rounds+1) * time.Hour)
	d, err := newDesk(s, dir, func() time.Time { return clock }, nil)
	require.NoError(t, err)
	for range 12 {
		require.NoError(t, d.Tick(t.Context()))
		clock = clock.Add(10 * time.Minute)
	}
	nothingLost(t, d, s, all)
	uncertain := nothingTwice(t, s, dir)
	replays(t, s, desk.KindCase, respond.New, respond.Apply)
	replays(t, s, desk.KindIncident, incident.New, incident.Apply)
	t.Logf("%d lives: %d items and %d requests acknowledged, %d replies out; %d were under way at the last death, of %d nobody knew",
		rounds, len(all.items), len(all.requests), all.sent, tried, uncertain)
}

// nothingLost: what was acknowledged is there.
func nothingLost(t *testing.T, d *desk.Desk, s *sqlitestore.Store, all *acknowledged) {
	t.Helper()
	require.NotEmpty(t, all.items)
	for _, ref := range all.items {
		_, err := s.Item(t.Context(), "", ref.Channel, ref.ID)
		require.NoError(t, err, "item %s was acknowledged", ref)
		text, err := s.Text(t.Context(), "", ref)
		require.NoError(t, err, "%s was acknowledged: it is worked on", ref)
		c, _, err := d.Case(t.Context(), "", text.Address.ID)
		require.NoError(t, err, ref)
		require.Equal(t, 1, c.Theirs, "%s counts once", ref)
	}
	left, err := s.Inbox(t.Context(), 10)
	require.NoError(t, err)
	assert.Empty(t, left, "every item was worked on")
	require.NotEmpty(t, all.requests)
	for request, id := range all.requests {
		_, entries, err := d.Case(t.Context(), "", id)
		require.NoError(t, err)
		found := 0
		for _, e := range entries {
			if e.Event.ID == event.RequestID(request) {
				found++
			}
		}
		require.Equal(t, 1, found, "request %s was acknowledged, and counts once", request)
	}
}

// nothingTwice: no reply stands anywhere twice; each that was asked for is out, or there is a reason, or a person was told.
func nothingTwice(t *testing.T, s *sqlitestore.Store, dir string) (uncertain int) {
	t.Helper()
	out := map[channel.Key]string{}
	texts := map[string]bool{}
	for _, name := range platforms {
		p, err := newPlatform(dir, name)
		require.NoError(t, err)
		replies, err := p.all()
		require.NoError(t, err)
		require.NotEmpty(t, replies, name)
		for _, r := range replies {
			require.NotContains(t, out, r.Key, "%s: sent twice", name)
			require.NotContains(t, texts, r.Text, "%s: said twice", name)
			out[r.Key], texts[r.Text] = r.Text, true
		}
	}
	told := map[string]time.Time{}
	for o, err := range s.Outbox(t.Context(), desk.OutboxQuery{Effects: []string{"tell"}}) {
		require.NoError(t, err)
		if o.State == desk.Settled {
			told[o.ID] = o.Asked
		}
	}
	sends := 0
	for o, err := range s.Outbox(t.Context(), desk.OutboxQuery{Effects: []string{"send"}}) {
		require.NoError(t, err)
		sends++
		var body struct {
			Channel string `json:"channel"`
		}
		require.NoError(t, json.Unmarshal(o.Body, &body))
		_, stands := out[channel.Key(o.Key)]
		switch {
		case o.State == desk.Uncertain:
			uncertain++
			assert.NotContains(t, string(o.Body), `"channel":"asked"`, "it could be asked")
			assert.NotContains(t, string(o.Body), `"channel":"keyed"`, "it could be given the key again")
			assert.False(t, told[o.ID].Before(o.Tried), "case %s: a person is told", o.ID)
		case o.State == desk.Settled && o.Outcome == "delivered":
			assert.True(t, stands, "%s is said to be out", o.Key)
		case o.State == desk.Settled:
			assert.False(t, stands, "%s is said not to be out (%s)", o.Key, o.Outcome)
		default:
			t.Errorf("%s is still %s", o.Key, o.State)
		}
	}
	assert.GreaterOrEqual(t, sends, len(out), "nobody sent what was not asked for")
	return uncertain
}

// replays: every trail folds to the state that is stored.
func replays[S, C any](t *testing.T, s *sqlitestore.Store, kind string, fresh func(tenant, id string) S, apply func(S, trail.Entry[C]) S) {
	t.Helper()
	for row, err := range s.Rows(t.Context(), desk.RowQuery{Kind: kind}) {
		require.NoError(t, err)
		var links []trail.Link
		for stored, err := range s.Entries(t.Context(), row.Address) {
			require.NoError(t, err)
			links = append(links, stored.Link)
		}
		name := trail.Name{Kind: kind, ID: row.ID}
		folded, _, err := trail.Replay(name, fresh("", row.ID), slices.Values(links), apply, row.Tip)
		require.NoError(t, err, "the trail of %s verifies", row.ID)
		state, err := json.Marshal(folded)
		require.NoError(t, err)
		require.JSONEq(t, string(state), string(row.State), "the trail of %s folds to its state", row.ID)
	}
}
