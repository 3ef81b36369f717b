package webhook_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/channeltest"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/channel/webhook"
	"github.com/reputekit/reputation/mention"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

var venue = mention.Venue{Channel: "bridge", Ours: true, Max: 280, Hide: true, Delete: true, Threads: true,
	Visibilities: []mention.Visibility{mention.Public, mention.Private}}

const (
	firstSecret  = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	secondSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
	foreign      = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	token        = "token-of-the-bridge"
)

// bridge is a remote side: a world in memory behind a server on loopback that speaks the events of this package.
type bridge struct {
	t      testing.TB
	server *httptest.Server
	world  atomic.Pointer[memory.Channel]
	pushed channel.Cursor
}

func newBridge(t testing.TB) *bridge {
	b := &bridge{t: t}
	b.reset()
	b.server = httptest.NewServer(b)
	t.Cleanup(b.server.Close)
	return b
}

func (b *bridge) reset() {
	w := &memory.Channel{Venue: venue}
	w.SetNow(noon)
	b.world.Store(w)
	b.pushed = ""
}

func (b *bridge) connector() *webhook.Connector {
	secrets := []webhook.Secret{parse(b.t, firstSecret), parse(b.t, secondSecret)}
	w, err := webhook.New(webhook.Options{Venue: venue, Secrets: secrets, Token: webhook.Raw([]byte(token)),
		Remembers: 24 * time.Hour, To: webhook.Remote{URL: b.server.URL + "/events", Secrets: secrets,
			Client: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute}}})
	require.NoError(b.t, err)
	return w
}

// ServeHTTP takes one event in and does to the world what it says.
func (b *bridge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	id, err := webhook.Verify(r.Header, body, time.Now(), parse(b.t, secondSecret))
	if err != nil || id != r.Header.Get("Idempotency-Key") {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	receipt, err := b.does(r.Context(), body)
	var e *channel.Error
	switch {
	case err == nil:
		_ = json.NewEncoder(w).Encode(map[string]any{"id": receipt.Ref.ID, "at": receipt.At})
	case errors.As(err, &e) && e.MaybeApplied:
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			_ = conn.Close()
		}
	case errors.As(err, &e):
		if e.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(e.RetryAfter.Seconds())))
		}
		w.WriteHeader(map[channel.Code]int{
			channel.ErrUnauthenticated: 401, channel.ErrForbidden: 403, channel.ErrNotFound: 404, channel.ErrUnsupported: 405,
			channel.ErrConflict: 409, channel.ErrGone: 410, channel.ErrTooLong: 413, channel.ErrRateLimited: 429,
		}[e.Code])
	}
}

func (b *bridge) does(ctx context.Context, body []byte) (channel.Receipt, error) {
	var e struct {
		Type string
		Data json.RawMessage
	}
	var reply webhook.Reply
	var act webhook.Act
	if json.Unmarshal(body, &e) != nil || json.Unmarshal(e.Data, &reply) != nil || json.Unmarshal(e.Data, &act) != nil {
		return channel.Receipt{}, channel.ErrInvalid
	}
	world := b.world.Load()
	post := channel.Post{Key: reply.Key, Account: reply.Account, Text: reply.Text, Statement: reply.Statement}
	switch e.Type {
	case "reply.send":
		return world.Send(ctx, channel.Outgoing{Key: reply.Key, To: reply.To, Account: reply.Account, Author: reply.Author,
			Visibility: reply.Visibility, Text: reply.Text, IfRevision: reply.IfRevision, NotAfter: reply.NotAfter})
	case "post.publish":
		return world.Publish(ctx, post)
	case "post.revise":
		return world.Revise(ctx, reply.To, post)
	case "item.moderate":
		return world.Moderate(ctx, channel.Moderation{Key: act.Key, Ref: act.To, Act: act.Act, Reason: act.Reason})
	}
	return channel.Receipt{}, channel.ErrInvalid
}

// signed is one delivery.
func signed(secret webhook.Secret, id string, body []byte, at time.Time) http.Header {
	h := http.Header{}
	h.Set("webhook-id", id)
	h.Set("webhook-timestamp", strconv.FormatInt(at.Unix(), 10))
	h.Set("webhook-signature", secret.Sign(id, at, body))
	return h
}

// delivery is the body of a delivery of items.
func delivery(items ...channel.Item) []byte {
	raw, _ := json.Marshal(map[string]any{"type": "items.heard", "timestamp": noon, "data": map[string]any{"items": items}})
	return raw
}

func (b *bridge) push(seal channeltest.Seal) (out []channel.Inbound) {
	page, err := b.world.Load().Fetch(context.Background(), b.pushed, 0)
	require.NoError(b.t, err)
	b.pushed = page.Next
	secret := parse(b.t, map[channeltest.Seal]string{channeltest.Good: firstSecret, channeltest.Next: secondSecret,
		channeltest.Wrong: foreign}[seal])
	for _, item := range page.Items {
		body := delivery(item)
		out = append(out, channel.Inbound{Method: http.MethodPost, At: noon, Body: body,
			Header: signed(secret, mention.Key("push", item.ID), body, noon)})
	}
	return out
}

func (b *bridge) harness() channeltest.Harness {
	w := b.world.Load
	fault := func(op string, what memory.Trouble, after time.Duration) {
		w().Break(memory.Fault{Op: op, What: what, After: after})
	}
	return channeltest.Harness{
		Reset:      b.reset,
		Open:       func() channel.Connector { return b.connector() },
		Post:       func(m mention.Mention) mention.Ref { return w().Post(m) },
		Reply:      func(to mention.Ref, m mention.Mention) mention.Ref { return w().Reply(to, m) },
		Message:    func(m mention.Mention) mention.Ref { return w().Message(m) },
		Edit:       func(ref mention.Ref, text string) { w().Edit(ref, text) },
		Delete:     func(ref mention.Ref) { w().Delete(ref) },
		Hide:       func(ref mention.Ref) { w().Hide(ref) },
		Elsewhere:  func(to mention.Ref, text string) mention.Ref { return w().Elsewhere(to, "colleague", text) },
		Garble:     func() { w().Garble([]byte("{")) },
		Ban:        func() { w().Ban() },
		LogOut:     func() { w().Rotate() },
		LogIn:      func() { w().LogIn() },
		LoseAnswer: func(op string) { fault(op, memory.FailAfter, 0) },
		Hang:       func(op string) { fault(op, memory.Slow, 24*time.Hour) },
		Throttle:   func(op string, after time.Duration) { fault(op, memory.Throttled, after) },
		Done: func() (out []channeltest.Done) {
			for _, s := range w().Sent() {
				out = append(out, channeltest.Done{Op: s.Op, Ref: s.Ref, To: s.To, Visibility: s.Visibility, Text: s.Text,
					Reason: s.Reason})
			}
			return out
		},
		Push: b.push,
		Challenge: func() (channel.Inbound, []byte) {
			return channel.Inbound{Method: http.MethodGet, At: noon, Query: url.Values{
				"hub.mode": {"subscribe"}, "hub.challenge": {"1158201444"}, "hub.verify_token": {token}}}, []byte("1158201444")
		},
		Secrets:  []string{firstSecret, secondSecret, token},
		Patience: 20 * time.Second,
	}
}

// TestConnector is the whole suite, over real HTTP.
func TestConnector(t *testing.T) { channeltest.Run(t, newBridge(t).harness()) }

func TestHowMuchOfTheSuiteIsTried(t *testing.T) {
	var tried, skipped int
	for _, r := range channeltest.Check(t.Context(), newBridge(t).harness()) {
		if r.Skipped == "" {
			tried++
		} else {
			skipped++
			t.Log(r)
		}
	}
	t.Logf("%d rules tried, %d skipped", tried, skipped)
	require.Greater(t, tried, 50, "what the connector declares is tried")
}
