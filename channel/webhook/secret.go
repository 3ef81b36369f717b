package webhook

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel"
)

// A Secret is a key that both sides know. It prints as "[secret]", whoever prints it and however. The zero Secret signs
// nothing and verifies nothing.
type Secret struct {
	key func() []byte // a function, because everything else can be printed
}

// ParseSecret reads a secret as platforms show it: "whsec_" and the base64 of 24 to 64 random bytes; the prefix may be
// missing. Its error is ErrInvalid and does not repeat it.
func ParseSecret(s string) (Secret, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(strings.TrimSpace(s), "whsec_"))
	if err != nil {
		return Secret{}, &channel.Error{Code: channel.ErrInvalid, Op: "parse secret", Reason: "it is not base64"}
	}
	if len(key) < 24 || len(key) > 64 {
		return Secret{}, &channel.Error{Code: channel.ErrInvalid, Op: "parse secret", Reason: "it has not 24 to 64 bytes"}
	}
	return Raw(key), nil
}

// Raw is a secret that is used as it is, the verify token of a challenge for instance.
func Raw(key []byte) Secret {
	own := bytes.Clone(key)
	return Secret{key: func() []byte { return own }}
}

func (s Secret) empty() bool { return s.key == nil || len(s.key()) == 0 }

// Sign returns the signature of one delivery: "v1," and the base64 of HMAC-SHA256 over id.timestamp.body, the timestamp
// in Unix seconds. It is empty for the zero Secret.
func (s Secret) Sign(id string, at time.Time, body []byte) string {
	if s.empty() {
		return ""
	}
	return "v1," + base64.StdEncoding.EncodeToString(s.sum(id, timestamp(at), body))
}

func timestamp(at time.Time) string { return strconv.FormatInt(at.Unix(), 10) }

func (s Secret) sum(id, seconds string, body []byte) []byte {
	mac := hmac.New(sha256.New, s.key())
	_, _ = mac.Write([]byte(id + "." + seconds + ".")) // a hash takes whatever it is given
	_, _ = mac.Write(body)
	return mac.Sum(nil)
}

// is compares without saying by its time how far they agree.
func (s Secret) is(given string) bool {
	return !s.empty() && subtle.ConstantTimeCompare(s.key(), []byte(given)) == 1
}

const hidden = "[secret]"

// String returns "[secret]".
func (s Secret) String() string { return hidden }

// GoString returns "[secret]".
func (s Secret) GoString() string { return hidden }

// MarshalText returns "[secret]", so that neither JSON nor a log shows more.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }
