package trail

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/reputekit/reputation/mention"
)

// A Name says whose trail it is. A chain begins with it, so that one trail cannot be put in another's place.
type Name struct {
	Tenant string `json:"tenant,omitempty"`
	Kind   string `json:"kind"` // "case", "incident"
	ID     string `json:"id"`
}

// Begin returns the tip of the trail before its first entry.
func (n Name) Begin() Tip {
	sum := sha256.Sum256([]byte(mention.Key("trail", n.Tenant, n.Kind, n.ID)))
	return Tip{Hash: hex.EncodeToString(sum[:])}
}

// A Tip is how far a chain has come: its last entry, and the hash that says everything up to there. Kept elsewhere it is
// an anchor. Only Name.Begin makes the first one; the zero Tip is of no trail.
type Tip struct {
	Seq  int       `json:"seq"`         // of the last entry; 0 before the first
	At   time.Time `json:"at,omitzero"` // of the last entry, UTC
	Hash string    `json:"hash"`        // SHA-256 of its head's bytes, 64 hexadecimal digits
}

// A Head is what stays of an entry for ever. It says nothing of what the entry says.
type Head struct {
	Seq  int       `json:"seq"`  // 1 for the first
	At   time.Time `json:"at"`   // UTC, to the millisecond; never before the entry before it
	Prev string    `json:"prev"` // Tip.Hash before it
	Body string    `json:"body"` // SHA-256 of salt and body, 64 hexadecimal digits
}

// SaltSize is how many bytes a salt has: as many as a SHA-256.
const SaltSize = sha256.Size

// A Link is an entry as it is stored: its head's bytes, and until it is erased its salt and its body's bytes. Nobody
// writes them again.
type Link struct {
	Head []byte `json:"head,omitempty"` // JSON of a Head
	Salt []byte `json:"salt,omitempty"` // SaltSize bytes; empty once erased
	Body []byte `json:"body,omitempty"` // JSON of an Entry or of an Erased; empty once erased
}

// Bare reports whether the body was erased.
func (l Link) Bare() bool { return len(l.Body) == 0 && len(l.Salt) == 0 }

// Bared returns the link without what can be erased.
func (l Link) Bared() Link { return Link{Head: l.Head} }

// Append returns the link of the next entry, and the tip after it. body is the entry's JSON as it is to be stored. salt
// is SaltSize bytes from a cryptographic source, fresh for this entry and kept nowhere else: this package draws no lots.
// The error says what is wrong with the arguments: nothing happened.
func (t Tip) Append(at time.Time, salt, body []byte) (Link, Tip, error) {
	at = mention.Instant(at)
	switch {
	case t.Hash == "" || t.Seq < 0:
		return Link{}, t, fmt.Errorf("the tip is of no trail: begin with Name.Begin")
	case len(salt) != SaltSize:
		return Link{}, t, fmt.Errorf("a salt has %d bytes, and this one %d", SaltSize, len(salt))
	case allSame(salt):
		return Link{}, t, fmt.Errorf("a salt is random, and this one is the same byte %d times", SaltSize)
	case len(body) == 0:
		return Link{}, t, fmt.Errorf("an entry has a body")
	case at.Before(t.At):
		return Link{}, t, fmt.Errorf("entry %d is of %s, before the entry before it (%s)", t.Seq+1, stamp(at), stamp(t.At))
	case at.Year() < 1 || at.Year() > 9999:
		return Link{}, t, fmt.Errorf("entry %d is of no instant that JSON can write", t.Seq+1)
	}
	head, err := json.Marshal(Head{Seq: t.Seq + 1, At: at, Prev: t.Hash, Body: commitment(salt, body)})
	if err != nil {
		return Link{}, t, fmt.Errorf("entry %d: %w", t.Seq+1, err)
	}
	return Link{Head: head, Salt: salt, Body: body}, Tip{Seq: t.Seq + 1, At: at, Hash: hashOf(head)}, nil
}

// allSame catches a salt that nobody filled in.
func allSame(b []byte) bool {
	for _, x := range b {
		if x != b[0] {
			return false
		}
	}
	return true
}

// commitment is what a head says of a body. Every salt has the same length, so that no byte can move from one to the
// other.
func commitment(salt, body []byte) string {
	h := sha256.New()
	h.Write(salt)
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

func hashOf(head []byte) string {
	sum := sha256.Sum256(head)
	return hex.EncodeToString(sum[:])
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z07:00") }
