package webhook_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/webhook"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/triage"
)

func TestPages(t *testing.T) {
	var bodies, ids []string
	status := http.StatusAccepted
	secret := parse(t, firstSecret)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			_, err = webhook.Verify(r.Header, body, noon, secret)
		}
		assert.NoError(t, err)
		bodies, ids = append(bodies, string(body)), append(ids, r.Header.Get("webhook-id"))
		w.WriteHeader(status)
	}))
	t.Cleanup(s.Close)
	p := webhook.Pager{
		To: webhook.Remote{URL: s.URL, Secrets: []webhook.Secret{secret}, Client: s.Client(),
			Now: func() time.Time { return noon }},
		Link: func(kind, id string) string { return "https://desk.example/" + kind + "/" + id },
	}
	tell := effect.Tell{Member: "ana", Contact: "phone", Address: "+4712345678", Page: 1, Subject: "case", ID: "c1",
		Category: "billing", Severity: triage.Serious, Due: noon.Add(time.Hour)}
	require.NoError(t, p.Tell(t.Context(), "acme", "k1", tell))
	require.NoError(t, p.Tell(t.Context(), "acme", "a key, with: signs", tell))
	require.NoError(t, p.Approve(t.Context(), "", "k2", effect.Approve{Member: "ana", Draft: "d1", Subject: "case", ID: "c1"}))
	assert.JSONEq(t, `{"type":"page.tell","timestamp":"2026-03-10T12:00:00Z","data":{"tenant":"acme",
		"link":"https://desk.example/case/c1","page":{"member":"ana","contact":"phone","address":"+4712345678","page":1,
		"subject":"case","id":"c1","category":"billing","severity":"serious","due":"2026-03-10T13:00:00Z"}}}`, bodies[0])
	assert.JSONEq(t, `{"type":"page.approve","timestamp":"2026-03-10T12:00:00Z","data":{
		"link":"https://desk.example/case/c1","page":{"member":"ana","draft":"d1","subject":"case","id":"c1"}}}`, bodies[2])
	assert.Equal(t, "k1", ids[0])
	assert.NotContains(t, ids[1], " ", "a key with signs in it is another id, always the same")
	status = http.StatusBadGateway
	err := p.Tell(t.Context(), "acme", "k3", tell)
	require.ErrorIs(t, err, channel.ErrUnavailable)
	assert.Equal(t, channel.FindOut, channel.Classify(err), "perhaps he was reached")
	assert.NotContains(t, err.Error(), "4712345678")
	for _, url := range []string{"", "ftp://pager.example", "::", "/relative"} {
		p.To.URL = url
		require.ErrorIs(t, p.Tell(t.Context(), "", "k", tell), channel.ErrInvalid, url)
	}
}

func TestWhatNewRefuses(t *testing.T) {
	secret := parse(t, firstSecret)
	for _, row := range []struct {
		reason string
		opt    webhook.Options
	}{
		{"no name", webhook.Options{Secrets: []webhook.Secret{secret}}},
		{"neither in nor out", webhook.Options{Venue: venue}},
		{"an empty secret", webhook.Options{Venue: venue, Secrets: []webhook.Secret{{}}}},
		{"no URL of the web", webhook.Options{Venue: venue, To: webhook.Remote{URL: "file:///etc/passwd"}}},
	} {
		_, err := webhook.New(row.opt)
		require.ErrorIs(t, err, channel.ErrInvalid, row.reason)
	}
	w, err := webhook.New(webhook.Options{Venue: venue, Secrets: []webhook.Secret{secret}})
	require.NoError(t, err)
	_, err = w.Send(t.Context(), channel.Outgoing{Key: "k", Text: "x"})
	require.ErrorIs(t, err, channel.ErrUnsupported, "a connector that only hears")
	assert.False(t, w.Describe().Sends)
}

func TestAnswersOfARemoteSide(t *testing.T) {
	for _, row := range []struct {
		reason string
		answer string
		id     string
		advice channel.Advice
	}{
		{"it says where the reply stands", `{"id":"9","at":"2026-03-10T12:00:00Z"}`, "9", ""},
		{"it says nothing", "", "", ""},
		{"it says no more than that it is done", "{}", "", ""},
		{"nonsense after a 2xx: it may be done", "<html>", "", channel.FindOut},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, row.answer)
		}))
		t.Cleanup(s.Close)
		w, err := webhook.New(webhook.Options{Venue: venue, To: webhook.Remote{URL: s.URL}})
		require.NoError(t, err)
		r, err := w.Send(t.Context(), channel.Outgoing{Key: "k", Text: "x"})
		assert.Equal(t, row.advice, channel.Classify(err), row.reason)
		assert.Equal(t, row.id, r.Ref.ID, row.reason)
	}
}

// A platform pushes what somebody said; it is stored before the platform is told that it came.
func Example() {
	secret, err := webhook.ParseSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		fmt.Println(err)
		return
	}
	w, err := webhook.New(webhook.Options{Venue: venue, Secrets: []webhook.Secret{secret}})
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := channel.New(w, channel.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	keep := func(_ context.Context, item channel.Item) error {
		fmt.Println("stored:", item.Mention.Text)
		return nil
	}
	now := func() time.Time { return noon }
	door := webhook.Handler(c, keep, webhook.HandlerOptions{Now: now})

	body := delivery(said("1", "You lost my bag."))
	for _, by := range []webhook.Secret{secret, webhook.Raw([]byte("a guess"))} {
		req := httptest.NewRequest(http.MethodPost, "/hook", bytes.NewReader(body))
		req.Header = signed(by, "msg_1", body, noon)
		answer := httptest.NewRecorder()
		door.ServeHTTP(answer, req)
		fmt.Println(answer.Code)
	}
	fmt.Println(secret)
	// Output:
	// stored: You lost my bag.
	// 204
	// 401
	// [secret]
}
