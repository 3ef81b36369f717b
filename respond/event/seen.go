package event

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/reputekit/reputation/mention"
)

// keptSeen is how many events are remembered. The ids of all of them are for the store to keep.
const keptSeen = 64

// Seen is what a state remembers of the last 64 events, the oldest first: of each id a mark of 64 bits, so that 64 of them
// are 683 bytes of JSON. By chance a new event is taken for one of them once in 10^16. An id cannot be read back.
//
// In JSON it is a text, the marks in base64url, eight bytes each. It is read from a list of ids, too.
type Seen []uint64

// Has reports whether the event of that id is one of them.
func (s Seen) Has(id string) bool { return slices.Contains(s, mark(id)) }

// With is the marks and that of one more event. It shares no memory with them.
func (s Seen) With(id string) Seen {
	return slices.Concat(s[max(0, len(s)-keptSeen+1):], Seen{mark(id)})
}

// mark is both halves of a UUID in one, for in some kinds of UUID one half is little but the time; other ids have the mark of
// their key.
func mark(id string) uint64 {
	key, err := uuid.Parse(id)
	if err != nil {
		key, _ = uuid.Parse(mention.Key(id))
	}
	return binary.BigEndian.Uint64(key[:8]) ^ binary.BigEndian.Uint64(key[8:])
}

// MarshalText writes the marks.
func (s Seen) MarshalText() ([]byte, error) {
	var marks []byte
	for _, m := range s {
		marks = binary.BigEndian.AppendUint64(marks, m)
	}
	return base64.RawURLEncoding.AppendEncode(nil, marks), nil
}

// UnmarshalJSON reads marks, or the ids that the first version of a case listed.
func (s *Seen) UnmarshalJSON(data []byte) error {
	*s = nil
	text, is := bytes.CutPrefix(data, []byte(`"`))
	if !is {
		var ids []string
		err := json.Unmarshal(data, &ids)
		for _, id := range ids {
			*s = append(*s, mark(id))
		}
		return err
	}
	marks, err := base64.RawURLEncoding.AppendDecode(nil, bytes.TrimSuffix(text, []byte(`"`)))
	if err != nil || len(marks)%8 != 0 {
		return fmt.Errorf("the events seen, %s, are not marks of eight bytes each, in base64url", data)
	}
	*s = slices.Grow(*s, len(marks)/8)
	for mark := range slices.Chunk(marks, 8) {
		*s = append(*s, binary.BigEndian.Uint64(mark))
	}
	return nil
}
