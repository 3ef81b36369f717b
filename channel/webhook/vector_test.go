package webhook_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/webhook"
)

// The vector that the libraries of the scheme publish in their tests.
const (
	vectorSecret    = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	vectorID        = "msg_p5jXN8AQM9LWM0D4loKWxJek"
	vectorSeconds   = 1614265330
	vectorBody      = `{"test": 2432232314}`
	vectorSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
)

// other is a signature of somebody else's, from the same place.
const other = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc="

func parse(t testing.TB, s string) webhook.Secret {
	t.Helper()
	secret, err := webhook.ParseSecret(s)
	require.NoError(t, err)
	return secret
}

func TestPublishedVectors(t *testing.T) {
	secret, at := parse(t, vectorSecret), time.Unix(vectorSeconds, 0)
	require.Equal(t, vectorSignature, secret.Sign(vectorID, at, []byte(vectorBody)))
	bare := parse(t, strings.TrimPrefix(vectorSecret, "whsec_"))
	require.Equal(t, vectorSignature, bare.Sign(vectorID, at, []byte(vectorBody)), "the prefix may be missing")
	seconds := fmt.Sprint(vectorSeconds)
	for _, row := range []struct {
		reason                 string
		id, seconds, signature string
		body                   string
		now                    time.Time
		code                   channel.Code
	}{
		{"valid signature is valid", vectorID, seconds, vectorSignature, vectorBody, at, ""},
		{"missing id", "", seconds, vectorSignature, vectorBody, at, channel.ErrInvalid},
		{"missing timestamp", vectorID, "", vectorSignature, vectorBody, at, channel.ErrInvalid},
		{"missing signature", vectorID, seconds, "", vectorBody, at, channel.ErrInvalid},
		{"invalid signature", vectorID, seconds, other, vectorBody, at, channel.ErrBadSignature},
		{"partial signature", vectorID, seconds, "v1,", vectorBody, at, channel.ErrBadSignature},
		{"no version", vectorID, seconds, vectorSignature[3:], vectorBody, at, channel.ErrBadSignature},
		{"another version", vectorID, seconds, "v2" + vectorSignature[2:], vectorBody, at, channel.ErrBadSignature},
		{"one of several", vectorID, seconds, other + " v2,xyz v1a,abc " + vectorSignature + " " + other, vectorBody, at, ""},
		{"another body", vectorID, seconds, vectorSignature, vectorBody + " ", at, channel.ErrBadSignature},
		{"another id", vectorID + "x", seconds, vectorSignature, vectorBody, at, channel.ErrBadSignature},
		{"another second", vectorID, fmt.Sprint(vectorSeconds + 1), vectorSignature, vectorBody, at, channel.ErrBadSignature},
		{"a second that is no number", vectorID, seconds + "x", vectorSignature, vectorBody, at, channel.ErrInvalid},
		{"a second written otherwise", vectorID, "+" + seconds, vectorSignature, vectorBody, at, channel.ErrInvalid},
		{"five minutes old", vectorID, seconds, vectorSignature, vectorBody, at.Add(5 * time.Minute), ""},
		{"older", vectorID, seconds, vectorSignature, vectorBody, at.Add(5*time.Minute + 1), channel.ErrBadSignature},
		{"five minutes ahead", vectorID, seconds, vectorSignature, vectorBody, at.Add(-5 * time.Minute), ""},
		{"further ahead", vectorID, seconds, vectorSignature, vectorBody, at.Add(-5*time.Minute - 1), channel.ErrBadSignature},
		{"more signatures than anybody has", vectorID, seconds, strings.Repeat(other+" ", 99) + vectorSignature, vectorBody, at,
			channel.ErrBadSignature},
	} {
		h := http.Header{}
		h.Set("webhook-id", row.id)
		h.Set("webhook-timestamp", row.seconds)
		h.Set("webhook-signature", row.signature)
		id, err := webhook.Verify(h, []byte(row.body), row.now, webhook.Raw([]byte("an older key")), secret)
		if row.code != "" {
			require.ErrorIs(t, err, row.code, row.reason)
			continue
		}
		require.NoError(t, err, row.reason)
		assert.Equal(t, vectorID, id, row.reason)
		_, err = webhook.Verify(h, []byte(row.body), row.now)
		require.ErrorIs(t, err, channel.ErrBadSignature, "without a secret nothing is good")
		_, err = webhook.Verify(h, []byte(row.body), row.now, webhook.Secret{})
		require.ErrorIs(t, err, channel.ErrBadSignature, "nor with none in it")
	}
}

func TestSecretsThatAreNone(t *testing.T) {
	for _, s := range []string{"", "whsec_", "whsec_short", "not base64!", "whsec_" + strings.Repeat("A", 88)} {
		_, err := webhook.ParseSecret(s)
		require.ErrorIs(t, err, channel.ErrInvalid, s)
		if len(s) > 6 {
			assert.NotContains(t, err.Error(), s[6:])
		}
	}
	assert.Empty(t, webhook.Secret{}.Sign("a", time.Unix(1, 0), nil))
}

func TestSecretsAreNotPrinted(t *testing.T) {
	secret := parse(t, vectorSecret)
	token := webhook.Raw([]byte("hunter2-hunter2"))
	opt := webhook.Options{Venue: venue, Secrets: []webhook.Secret{secret}, Token: token,
		To: webhook.Remote{URL: "https://bridge.example/?token=hunter2-hunter2", Secrets: []webhook.Secret{secret}}}
	w, err := webhook.New(opt)
	require.NoError(t, err)
	pager := webhook.Pager{To: webhook.Remote{URL: "https://pager.example", Secrets: opt.Secrets}}
	var log strings.Builder
	logger := slog.New(slog.NewJSONHandler(&log, nil))
	var all []string
	for _, v := range []any{secret, &secret, token, []webhook.Secret{secret}, map[string]webhook.Secret{"a": secret}, w, *w, pager,
		opt.Secrets, opt.To.Secrets, struct{ s webhook.Secret }{secret}} {
		all = append(all, fmt.Sprintf("%v %+v %#v %s %q %x %d", v, v, v, v, v, v, v))
		raw, err := json.Marshal(v)
		if err == nil {
			all = append(all, string(raw))
		}
		logger.Info("x", "v", v)
		logger.Info(fmt.Sprint(v))
	}
	all = append(all, log.String())
	for _, s := range all {
		for _, form := range []string{"MfKQ9r8G", "hunter2", "31f290f6bf", "49 242 144 246", "68756e74657232", "104 117 110 116"} {
			assert.NotContains(t, s, form)
		}
	}
	assert.Equal(t, "[secret] [secret]", fmt.Sprintf("%v %+v", secret, secret))
	raw, err := json.Marshal(secret)
	require.NoError(t, err)
	assert.JSONEq(t, `"[secret]"`, string(raw))
}

func FuzzVerify(f *testing.F) {
	f.Add(vectorID, fmt.Sprint(vectorSeconds), vectorSignature, []byte(vectorBody))
	f.Add("", "", "", []byte(nil))
	f.Add("a.b", "-1", "v1,= v1,, ,v1", []byte("\xff"))
	f.Add("a", "9223372036854775807", other, []byte("{}"))
	secret := parse(f, vectorSecret)
	at := time.Unix(vectorSeconds, 0)
	f.Fuzz(func(t *testing.T, id, seconds, signature string, body []byte) {
		h := http.Header{"Webhook-Id": {id}, "Webhook-Timestamp": {seconds}, "Webhook-Signature": {signature}}
		_, err := webhook.Verify(h, body, at, secret)
		if err == nil && !strings.Contains(signature, secret.Sign(id, time.Unix(atoi(seconds), 0), body)) {
			t.Fatalf("good without our signature: %q %q %q", id, seconds, signature)
		}
		h.Set("Webhook-Timestamp", fmt.Sprint(vectorSeconds))
		h.Set("Webhook-Signature", signature+" "+secret.Sign(id, at, body))
		_, err = webhook.Verify(h, body, at, secret)
		usual := id != "" && len(id) <= 256 && len(strings.Fields(signature)) < 16
		if usual && err != nil {
			t.Fatalf("our own signature beside %q: %v", signature, err)
		}
	})
}

func atoi(s string) (n int64) {
	_, _ = fmt.Sscan(s, &n)
	return n
}
