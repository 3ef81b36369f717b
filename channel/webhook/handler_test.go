package webhook_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/webhook"
	"github.com/reputekit/reputation/mention"
)

// door is a handler on loopback in front of a store that can fail.
type door struct {
	server *httptest.Server
	c      *channel.Channel
	secret webhook.Secret

	mu   sync.Mutex
	down bool
	kept []channel.Item
}

func newDoor(t *testing.T, opt webhook.HandlerOptions) *door {
	t.Helper()
	d := &door{secret: parse(t, firstSecret)}
	w, err := webhook.New(webhook.Options{Venue: venue, Token: webhook.Raw([]byte(token)),
		Secrets: []webhook.Secret{d.secret, parse(t, secondSecret)}})
	require.NoError(t, err)
	d.c, err = channel.New(w, channel.Options{})
	require.NoError(t, err)
	opt.Now = func() time.Time { return noon }
	d.server = httptest.NewServer(webhook.Handler(d.c, d.keep, opt))
	t.Cleanup(d.server.Close)
	return d
}

func (d *door) keep(_ context.Context, item channel.Item) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.down {
		return errors.New("disk full: hunter2")
	}
	d.kept = append(d.kept, item)
	return nil
}

func (d *door) texts() (out []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, i := range d.kept {
		out = append(out, i.Mention.Text)
	}
	return out
}

func (d *door) setDown(down bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.down = down
}

// ask makes one request and returns its status and what it says.
func (d *door) ask(t *testing.T, method, path string, h http.Header, body io.Reader) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, d.server.URL+path, body)
	require.NoError(t, err)
	if h != nil {
		req.Header = h.Clone()
	}
	resp, err := d.server.Client().Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, string(answer)
}

func said(id, text string) channel.Item {
	return channel.Item{ID: id, Kind: channel.Created, Mention: mention.Mention{Ref: mention.Ref{ID: id}, Text: text}}
}

func TestAnAnswerOnlyAfterItIsStored(t *testing.T) {
	d := newDoor(t, webhook.HandlerOptions{})
	body := delivery(said("1", "one"), said("2", "two"))
	h := signed(d.secret, "msg_1", body, noon)
	d.setDown(true)
	status, answer := d.ask(t, "POST", "/", h, bytes.NewReader(body))
	assert.Equal(t, http.StatusServiceUnavailable, status, "not stored: deliver it again")
	assert.Empty(t, answer, "and no word about why")
	d.setDown(false)
	status, _ = d.ask(t, "POST", "/", h, bytes.NewReader(body))
	assert.Equal(t, http.StatusNoContent, status, "the same delivery again is no replay while it is not stored")
	assert.Equal(t, []string{"one", "two"}, d.texts())
	status, _ = d.ask(t, "POST", "/", h, bytes.NewReader(body))
	assert.Equal(t, http.StatusNoContent, status, "the platform did not hear our answer")
	assert.Equal(t, []string{"one", "two"}, d.texts(), "what is stored is not handed on again")
	forged := h.Clone()
	forged.Set("webhook-signature", other)
	status, _ = d.ask(t, "POST", "/", forged, bytes.NewReader(body))
	assert.Equal(t, http.StatusUnauthorized, status, "what is known is verified all the same")
}

func TestWhatIsRefused(t *testing.T) {
	d := newDoor(t, webhook.HandlerOptions{Limit: 1000})
	body := delivery(said("1", "one"))
	good := signed(d.secret, "msg_1", body, noon)
	rotated := signed(parse(t, secondSecret), "msg_2", body, noon)
	challenge := "/?" + url.Values{"hub.mode": {"subscribe"}, "hub.challenge": {"42"}, "hub.verify_token": {token}}.Encode()
	for _, row := range []struct {
		reason string
		method string
		path   string
		header http.Header
		body   io.Reader
		status int
		answer string
	}{
		{"good", "POST", "/", good, bytes.NewReader(body), 204, ""},
		{"with the other key while they are rotated", "POST", "/", rotated, bytes.NewReader(body), 204, ""},
		{"with a key that is not ours", "POST", "/", signed(parse(t, foreign), "msg_3", body, noon), bytes.NewReader(body), 401, ""},
		{"six minutes old", "POST", "/", signed(d.secret, "msg_4", body, noon.Add(-6*time.Minute)), bytes.NewReader(body), 401, ""},
		{"six minutes ahead", "POST", "/", signed(d.secret, "msg_5", body, noon.Add(6*time.Minute)), bytes.NewReader(body), 401, ""},
		{"nothing signed", "POST", "/", nil, bytes.NewReader(body), 400, ""},
		{"signed nonsense", "POST", "/", signed(d.secret, "msg_6", []byte("x"), noon), strings.NewReader("x"), 400, ""},
		{"huge, and it says so", "POST", "/", good, bytes.NewReader(make([]byte, 1001)), 413, ""},
		{"huge, and it does not say so", "POST", "/", good, io.MultiReader(bytes.NewReader(make([]byte, 1001))), 413, ""},
		{"another method", "PUT", "/", good, bytes.NewReader(body), 405, ""},
		{"a challenge", "GET", challenge, nil, nil, 200, "42"},
		{"a challenge of somebody else", "GET", strings.Replace(challenge, token, "guess", 1), nil, nil, 401, ""},
		{"no challenge", "GET", "/", nil, nil, 400, ""},
	} {
		status, answer := d.ask(t, row.method, row.path, row.header, row.body)
		assert.Equal(t, row.status, status, row.reason)
		assert.Equal(t, row.answer, answer, row.reason)
	}
	assert.Equal(t, []string{"one", "one"}, d.texts(), "nothing else was heard")
	require.NoError(t, d.c.Close())
	status, _ := d.ask(t, "POST", "/", signed(d.secret, "msg_9", body, noon), bytes.NewReader(body))
	assert.Equal(t, http.StatusServiceUnavailable, status, "we are going down: deliver it later")
}

func TestABodyThatNeverEnds(t *testing.T) {
	d := newDoor(t, webhook.HandlerOptions{Patience: 50 * time.Millisecond})
	conn, err := net.Dial("tcp", d.server.Listener.Addr().String())
	require.NoError(t, err)
	defer conn.Close()
	require.NoError(t, conn.SetDeadline(time.Now().Add(time.Minute)))
	_, err = fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf of it")
	require.NoError(t, err)
	answer, err := io.ReadAll(conn)
	require.NoError(t, err, "the connection is closed")
	assert.Contains(t, string(answer), "408")
	assert.Empty(t, d.texts())
}

func TestHowADeliveryIsRead(t *testing.T) {
	w, err := webhook.New(webhook.Options{Venue: venue, Secrets: []webhook.Secret{parse(t, firstSecret)}})
	require.NoError(t, err)
	c, err := channel.New(w, channel.Options{})
	require.NoError(t, err)
	receive := func(id, body string) (channel.Delivery, error) {
		return c.Receive(t.Context(), channel.Inbound{At: noon, Body: []byte(body),
			Header: signed(parse(t, firstSecret), id, []byte(body), noon)})
	}
	const two = `{"type":"items.heard","data":{"items":[{"kind":"created","mention":{"ref":{"channel":"elsewhere","id":"1"},
		"text":"x"}},{"id":7},{"id":"c","kind":"created","mention":{"ref":{"id":"3"},"text":"y"}}]}}`
	one, err := receive("msg_1", two)
	require.NoError(t, err)
	again, err := receive("msg_1", two)
	require.NoError(t, err)
	require.Len(t, one.Items, 3)
	assert.Equal(t, channel.Undecodable, one.Items[1].Kind, "one that cannot be read holds up no other")
	assert.JSONEq(t, `{"id":7}`, string(one.Items[1].Raw))
	assert.Equal(t, "bridge", one.Items[0].Mention.Ref.Channel, "whatever it says of itself")
	for n := range 3 {
		assert.NotEmpty(t, one.Items[n].ID)
		assert.Equal(t, one.Items[n].ID, again.Items[n].ID, "the same when it comes again")
	}
	later, err := receive("msg_2", two)
	require.NoError(t, err)
	assert.NotEqual(t, one.Items[0].ID, later.Items[0].ID, "without an id of its own it is another in another delivery")
	assert.Equal(t, one.Items[2].ID, later.Items[2].ID)
	ping, err := receive("msg_3", `{"type":"ping","data":{}}`)
	require.NoError(t, err)
	assert.Empty(t, ping.Items, "an event of another type is none of ours")
	for _, body := range []string{"", "null", "[]", "{}", `{"type":"items.heard","data":{"items":3}}`, strings.Repeat("[", 20_000)} {
		_, err := receive("msg_4", body)
		require.ErrorIs(t, err, channel.ErrInvalid, "%.10s", body)
	}
}

func FuzzReceive(f *testing.F) {
	f.Add([]byte(delivery(said("1", "one"))))
	f.Add([]byte(`{"type":"items.heard","data":{"items":[{"id":"a","kind":"deleted","mention":{"text":"x"}},null,7,""]}}`))
	f.Add([]byte(`{"type":"items.heard","data":{"items":null}}`))
	secret := parse(f, firstSecret)
	w, err := webhook.New(webhook.Options{Venue: venue, Secrets: []webhook.Secret{secret}})
	require.NoError(f, err)
	c, err := channel.New(w, channel.Options{Now: func() time.Time { return noon }})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, body []byte) {
		in := channel.Inbound{At: noon, Body: body, Header: signed(secret, "msg_1", body, noon)}
		one, err := c.Receive(t.Context(), in)
		two, again := c.Receive(t.Context(), in)
		if (err == nil) != (again == nil) || len(one.Items) != len(two.Items) {
			t.Fatalf("the second time it is another: %v, %v", err, again)
		}
		var e *channel.Error
		if err != nil && !errors.As(err, &e) {
			t.Fatalf("not classified: %v", err)
		}
		for n, i := range one.Items {
			if i.ID == "" || i.ID != two.Items[n].ID || i.Mention.Ref.Channel != "bridge" {
				t.Fatalf("item %d: %+v, again %+v", n, i, two.Items[n])
			}
			if i.Kind == channel.Deleted && i.Mention.Text != "" {
				t.Fatalf("a deletion with a text: %+v", i)
			}
		}
	})
}
