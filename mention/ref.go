package mention

import (
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// A Ref names one item of one channel. It is unique within a tenant.
type Ref struct {
	Channel string `json:"channel"` // the connector's name, as in Venue.Channel
	ID      string `json:"id"`      // the platform's own id, opaque
}

// String joins the two parts for people and logs: "chirp/184467".
func (r Ref) String() string { return r.Channel + "/" + r.ID }

// IsZero reports whether the reference names nothing.
func (r Ref) IsZero() bool { return r == Ref{} }

// namespace is the root of every name-based id of the module (a UUIDv5 of the module's own path). Changing it would
// change every case id ever made.
var namespace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/reputekit/reputation"))

// Key makes a stable id out of what it names: the UUIDv5 (RFC 9562, section 5.5) of the parts, each preceded by its
// length so that ("ab", "c") and ("a", "bc") differ. The same parts give the same key on every machine and for ever.
func Key(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(strconv.Itoa(len(p)))
		b.WriteByte(':')
		b.WriteString(p)
	}
	return uuid.NewSHA1(namespace, []byte(b.String())).String()
}
