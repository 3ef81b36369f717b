package webhook

import (
	"crypto/hmac"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel"
)

// The headers of a delivery.
const (
	headerID        = "Webhook-Id"
	headerTimestamp = "Webhook-Timestamp"
	headerSignature = "Webhook-Signature"
)

const (
	tolerance      = 5 * time.Minute
	mostSignatures = 16 // in one header: nobody rotates so many
	longestID      = 256
)

// Verify returns the id of a delivery that one of the secrets has signed within five minutes of now, before or after.
// Signatures of other versions than v1 are passed over. It fails with ErrInvalid where a header is missing, else with
// ErrBadSignature, and takes as long whichever secret it was.
func Verify(h http.Header, body []byte, now time.Time, secrets ...Secret) (id string, err error) {
	id, seconds, signatures := h.Get(headerID), h.Get(headerTimestamp), h.Get(headerSignature)
	if id == "" || seconds == "" || signatures == "" || len(id) > longestID {
		return "", refuse(channel.ErrInvalid, "a header is missing")
	}
	at, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || strconv.FormatInt(at, 10) != seconds {
		return "", refuse(channel.ErrInvalid, "the timestamp is no number")
	}
	if age := now.Sub(time.Unix(at, 0)); age > tolerance || age < -tolerance {
		return "", refuse(channel.ErrBadSignature, "it is too old or too new")
	}
	given := decode(signatures)
	good := false
	for _, s := range secrets {
		if s.empty() {
			continue
		}
		want := s.sum(id, seconds, body)
		for _, got := range given {
			good = hmac.Equal(want, got) || good
		}
	}
	if !good {
		return "", refuse(channel.ErrBadSignature, "none of our secrets signed it")
	}
	return id, nil
}

// decode is the v1 signatures of a header.
func decode(signatures string) (out [][]byte) {
	for n, s := range strings.Fields(signatures) {
		version, sum, _ := strings.Cut(s, ",")
		raw, err := base64.StdEncoding.Strict().DecodeString(sum)
		if n < mostSignatures && version == "v1" && err == nil {
			out = append(out, raw)
		}
	}
	return out
}

func refuse(code channel.Code, why string) error {
	return &channel.Error{Code: code, Op: "receive", Reason: why}
}
