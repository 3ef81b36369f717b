package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/trail"
)

var update = flag.Bool("update", false, "write day.txt anew, to be read before it is committed")

// TestDay holds what the program prints, and that the README shows it.
func TestDay(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, day(t.Context(), filepath.Join(t.TempDir(), "helpdesk.db"), &out))
	if *update {
		require.NoError(t, os.WriteFile("day.txt", out.Bytes(), 0o644))
	}
	want, err := os.ReadFile("day.txt")
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String())
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	assert.Contains(t, string(page), string(want), "README.md shows day.txt")
}

var monday = time.Date(2026, 6, 15, 8, 0, 0, 0, time.UTC)

func complaint() mention.Mention {
	return mention.Mention{Ref: mention.Ref{Channel: "chirp", ID: "1"}, Author: mention.Author{Handle: "dana"}, Lang: "en",
		Text: "@Lumenloft the shade of my new lamp is cracked", PostedAt: monday, ReceivedAt: monday}
}

// house opens a helpdesk in which one complaint waits with a draft.
func house(t *testing.T) (h *Helpdesk, ticket string) {
	t.Helper()
	rules, err := compile()
	require.NoError(t, err)
	h, err = Open(filepath.Join(t.TempDir(), "helpdesk.db"), rules)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, h.Close()) })
	ticket, err = h.Receive(t.Context(), complaint(), monday)
	require.NoError(t, err)
	require.NotEmpty(t, ticket)
	return h, ticket
}

func only(t *testing.T, h *Helpdesk) Ticket {
	t.Helper()
	all, err := h.Tickets(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 1)
	return all[0]
}

func quiet(string, effect.Effect) {}

// A platform counts what it was given, and fails as it is told to.
type platform struct {
	err  error
	sent []string
}

func (p *platform) Reply(_ context.Context, _ string, answer effect.Send) (mention.Ref, error) {
	p.sent = append(p.sent, answer.Text)
	return mention.Ref{Channel: "chirp", ID: "ours"}, p.err
}

func TestTwiceIsOnce(t *testing.T) {
	h, ticket := house(t)
	before := only(t, h).Case
	_, err := h.Receive(t.Context(), complaint(), monday.Add(time.Minute))
	require.NoError(t, err)
	assert.Equal(t, before, only(t, h).Case, "the mention came again, by polling")

	ok := event.Approved{Draft: before.Draft.ID}
	require.NoError(t, h.Do(t.Context(), ticket, "ana", "click", ok, monday.Add(time.Minute)))
	require.NoError(t, h.Do(t.Context(), ticket, "ana", "click", ok, monday.Add(time.Minute)), "a double click")
	var p platform
	require.NoError(t, h.Work(t.Context(), &p, quiet, monday.Add(time.Minute)))
	require.NoError(t, h.Work(t.Context(), &p, quiet, monday.Add(time.Minute)))
	assert.Len(t, p.sent, 1, "the customer has one answer")
}

func TestRefusedChangesNothing(t *testing.T) {
	h, ticket := house(t)
	before := only(t, h).Case
	err := h.Do(t.Context(), ticket, "zoe", "click", event.Approved{Draft: before.Draft.ID}, monday)
	var refused *respond.RefusedError
	require.ErrorAs(t, err, &refused)
	assert.Contains(t, refused.Reason, "zoe")
	assert.Equal(t, before, only(t, h).Case)
	require.NoError(t, h.Do(t.Context(), ticket, "ana", "click", event.Approved{Draft: before.Draft.ID}, monday),
		"what was refused is not remembered: the same click may come from somebody who may")
}

func TestUncertainIsNotSentAgain(t *testing.T) {
	for _, tt := range []struct {
		reason string
		err    error
		kill   bool // while it is being sent
	}{
		{reason: "the answer of the platform was lost", err: errors.New("timeout")},
		{reason: "the helpdesk was killed while it was sending", kill: true},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			h, ticket := house(t)
			require.NoError(t, h.Work(t.Context(), &platform{}, quiet, monday))
			draft := only(t, h).Case.Draft.ID
			require.NoError(t, h.Do(t.Context(), ticket, "ana", "click", event.Approved{Draft: draft}, monday))
			if tt.kill {
				_, _, _, err := h.take(t.Context())
				require.NoError(t, err)
			}
			p := platform{err: tt.err}
			told := 0
			count := func(_ string, ask effect.Effect) {
				if ask.Kind() == (effect.Effect{Body: effect.Tell{}}).Kind() {
					told++
				}
			}
			require.NoError(t, h.Work(t.Context(), &p, count, monday))
			require.NoError(t, h.Work(t.Context(), &p, count, monday))
			assert.LessOrEqual(t, len(p.sent), 1, "no blind second answer")
			assert.NotZero(t, told, "a person is told to look")
		})
	}
}

// TestTrailReplays holds that a ticket is what its entries say, byte for byte.
func TestTrailReplays(t *testing.T) {
	rules, err := compile()
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "helpdesk.db")
	require.NoError(t, day(t.Context(), path, &bytes.Buffer{}))
	h, err := Open(path, rules)
	require.NoError(t, err)
	defer h.Close()
	ticket := only(t, h)
	entries, err := h.Trail(t.Context(), ticket.ID)
	require.NoError(t, err)
	want, err := json.Marshal(ticket.Case)
	require.NoError(t, err)
	got, err := json.Marshal(trail.Fold(respond.New("", ticket.ID), entries, respond.Apply))
	require.NoError(t, err)
	assert.JSONEq(t, string(want), string(got))
}
