package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/channel/webhook"
	"github.com/reputekit/reputation/mention"
)

var update = flag.Bool("update", false, "write hour.txt anew, to be read before it is committed")

// TestHour holds what the program prints, and that the README shows it.
func TestHour(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, hour(t.Context(), &out))
	if *update {
		require.NoError(t, os.WriteFile("hour.txt", out.Bytes(), 0o644))
	}
	want, err := os.ReadFile("hour.txt")
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String())
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	assert.Contains(t, string(page), string(want), "README.md shows hour.txt")
}

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

var noon = time.Date(2026, 6, 16, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

// A remote is a platform at the other end of a webhook: it keeps the replies that it was given.
type remote struct {
	mu      sync.Mutex
	replies []string
}

func (r *remote) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	key, bad := webhook.ParseSecret(secret)
	if err != nil || bad != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if _, err := webhook.Verify(req.Header, body, time.Now(), key); err != nil {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	var sent struct{ Data webhook.Reply }
	if err := json.Unmarshal(body, &sent); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	r.mu.Lock()
	r.replies = append(r.replies, sent.Data.Text)
	r.mu.Unlock()
	_, _ = io.WriteString(w, `{"id": "ours-1"}`)
}

// TestThePlatformIsOneLine lets the same word come in on both platforms: what the bot answers is the same.
func TestThePlatformIsOneLine(t *testing.T) {
	post := mention.Mention{Ref: mention.Ref{Channel: "chirp", ID: "7"}, Author: mention.Author{Handle: "ida"}, Lang: "en",
		Text: "Great ride with Fernway today, the driver was lovely!", PostedAt: noon}

	world := &memory.Channel{Venue: venue, Now: clock}
	bot, err := New(world, io.Discard, clock)
	require.NoError(t, err)
	world.Post(post)
	require.NoError(t, bot.Tick(t.Context()))
	require.NoError(t, bot.Tick(t.Context()))
	require.Len(t, world.Sent(), 1)

	far := &remote{}
	server := httptest.NewServer(far)
	t.Cleanup(server.Close)
	key, err := webhook.ParseSecret(secret)
	require.NoError(t, err)
	keys := []webhook.Secret{key}
	platform, err := webhook.New(webhook.Options{Venue: venue, Secrets: keys,
		To: webhook.Remote{URL: server.URL, Secrets: keys, Client: server.Client()}})
	require.NoError(t, err)
	bot, err = New(platform, io.Discard, clock)
	require.NoError(t, err)
	hook := bot.Hook(clock)
	deliver(t, hook, key, post)
	deliver(t, hook, key, post) // as platforms do
	require.NoError(t, bot.Tick(t.Context()))
	require.NoError(t, bot.Tick(t.Context()))
	require.NoError(t, bot.Drain(t.Context()))
	assert.Equal(t, []string{world.Sent()[0].Text}, far.replies, "one answer, and the same")
}

// deliver brings an item as the platform does, signed, each time as a delivery of its own.
func deliver(t *testing.T, hook http.Handler, key webhook.Secret, m mention.Mention) {
	t.Helper()
	item := channel.Item{ID: "item-" + m.Ref.ID, Kind: channel.Created, Mention: m}
	body, err := json.Marshal(map[string]any{"type": "items.heard", "timestamp": noon,
		"data": map[string]any{"items": []channel.Item{item}}})
	require.NoError(t, err)
	deliveries++
	id := "delivery-" + strconv.Itoa(deliveries)
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/hook", bytes.NewReader(body))
	req.Header.Set("webhook-id", id)
	req.Header.Set("webhook-timestamp", strconv.FormatInt(noon.Unix(), 10))
	req.Header.Set("webhook-signature", key.Sign(id, noon, body))
	w := httptest.NewRecorder()
	hook.ServeHTTP(w, req)
	require.Equal(t, http.StatusNoContent, w.Code, "2xx, and only once it is stored")
}

var deliveries int
