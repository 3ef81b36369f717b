package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/wire"
	"github.com/reputekit/reputation/mention"
)

// A Remote is where events are posted to. URL is required.
type Remote struct {
	URL     string           // http or https; it is never printed, but secrets belong in Secrets
	Secrets []Secret         // each signs every event; none: nothing is signed
	Client  *http.Client     // with the host's timeouts; nil: one that gives up after 20 seconds
	Now     func() time.Time // nil: time.Now
}

// patient is the client of a Remote that was given none.
var patient = &http.Client{Timeout: 20 * time.Second}

// longestAnswer is how much of an answer is read.
const longestAnswer = 64 << 10

func (r Remote) check(op string) error {
	u, err := url.Parse(r.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return &channel.Error{Code: channel.ErrInvalid, Op: op, Reason: "the URL is not http or https"}
	}
	return nil
}

// event is what is posted.
type event struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      any       `json:"data"`
}

// post sends one event, once, and reads the answer into out unless that is nil or the answer empty.
func (r Remote) post(ctx context.Context, op, kind string, key channel.Key, data, out any) error {
	if err := r.check(op); err != nil {
		return err
	}
	now := time.Now
	if r.Now != nil {
		now = r.Now
	}
	at := mention.Instant(now())
	body, err := json.Marshal(event{Type: kind, Timestamp: at, Data: data})
	if err != nil {
		return &channel.Error{Code: channel.ErrInvalid, Op: op, Reason: "it cannot be written as JSON"}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.URL, bytes.NewReader(body))
	if err != nil {
		return &channel.Error{Code: channel.ErrInvalid, Op: op, Reason: "the URL cannot be asked"}
	}
	r.sign(req.Header, messageID(key), at, body)
	client := r.Client
	if client == nil {
		client = patient
	}
	resp, err := wire.Do(client, req, op, true)
	if err != nil {
		return err
	}
	answer, err := wire.Body(resp, op, true, longestAnswer)
	if err != nil || out == nil || len(bytes.TrimSpace(answer)) == 0 {
		return err
	}
	if json.Unmarshal(answer, out) != nil {
		return &channel.Error{Code: channel.ErrUnavailable, Op: op, Reason: "the answer is no JSON", MaybeApplied: true}
	}
	return nil
}

func (r Remote) sign(h http.Header, id string, at time.Time, body []byte) {
	h.Set("Content-Type", "application/json")
	h.Set("Idempotency-Key", id)
	h.Set(headerID, id)
	h.Set(headerTimestamp, timestamp(at))
	var all []string
	for _, s := range r.Secrets {
		if !s.empty() {
			all = append(all, s.Sign(id, at, body))
		}
	}
	if len(all) > 0 {
		h.Set(headerSignature, strings.Join(all, " "))
	}
}

// messageID is the key, where it can stand in a header and before a full stop, else what stands for it.
func messageID(key channel.Key) string {
	plain := len(key) > 0 && len(key) <= longestID
	for _, r := range key {
		plain = plain && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_')
	}
	if plain {
		return string(key)
	}
	return mention.Key("webhook", string(key))
}
