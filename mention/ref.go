package mention

import (
	"crypto/sha1" // what the RFC asks for: a name, no secret
	"strconv"

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
	var room [256]byte // on the stack: thousands of keys are made a second
	name := append(room[:0], namespace[:]...)
	for _, p := range parts {
		name = strconv.AppendInt(name, int64(len(p)), 10)
		name = append(name, ':')
		name = append(name, p...)
	}
	sum := sha1.Sum(name)
	id := uuid.UUID(sum[:len(uuid.UUID{})])
	id[6] = id[6]&0x0f | 0x50 // version 5
	id[8] = id[8]&0x3f | 0x80 // the variant of RFC 9562
	return id.String()
}
