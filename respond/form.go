package respond

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/reputekit/reputation/mention/spec"
)

// caseVersion is the version of the JSON form of a Case. The first has no member v; it lists Keys and the ids of Known, and
// writes each of Messages as an object.
const caseVersion = 2

// plain is Case without its methods: each member as its own type writes it.
type plain Case

// written is the JSON form: the version of the form and the case, with its lists written short.
type written struct {
	V int `json:"v,omitempty"`
	plain
	Keys     packed   `json:"keys,omitempty"`
	Messages messages `json:"messages,omitzero"`
}

// rest are the members of a case that this version does not know.
type rest struct {
	spec.Rest
	said spec.Rest // of its messages
}

// MarshalJSON writes the case, with the members it did not know when it was read, wherever they stood.
func (c Case) MarshalJSON() ([]byte, error) {
	return c.rest.Marshal(written{
		V: caseVersion, plain: plain(c), Keys: c.Keys,
		Messages: messages{lines: c.lines(), list: c.Messages, rest: c.rest.said},
	})
}

// UnmarshalJSON reads the case and keeps the members it does not know, as spec.Rest says. The error of a case that a newer
// major version wrote is a *spec.VersionError.
func (c *Case) UnmarshalJSON(data []byte) error {
	var w written
	unknown, err := spec.UnmarshalAll(data, &w)
	if newer := spec.CheckVersion("case", spec.VersionOf(data, w.V, err), caseVersion); newer != nil {
		return newer
	}
	if err != nil {
		return err
	}
	read := Case(w.plain)
	read.Keys, read.Messages = w.Keys, w.Messages.list
	read.rest = rest{unknown, w.Messages.rest}
	read.Messages = slices.Grow(read.Messages, len(w.Messages.lines))
	for _, line := range w.Messages.lines {
		m, ok := read.parse(line)
		if !ok {
			return fmt.Errorf("the message %q is not written as this program knows it", line)
		}
		read.Messages = append(read.Messages, m)
	}
	*c = read
	return nil
}

// packed are keys in a text: sixteen bytes each, in base64url. Where one of them is no key that mention.Key made they are
// a list.
type packed []string

// MarshalJSON writes the text, or the list.
func (p packed) MarshalJSON() ([]byte, error) {
	ids := make([]byte, 0, 16*len(p))
	for _, key := range p {
		id, err := uuid.Parse(key)
		if err != nil || id.String() != key {
			return json.Marshal([]string(p))
		}
		ids = append(ids, id[:]...)
	}
	return json.Marshal(base64.RawURLEncoding.EncodeToString(ids))
}

// UnmarshalJSON reads either.
func (p *packed) UnmarshalJSON(data []byte) error {
	text, is := bytes.CutPrefix(data, []byte(`"`))
	if !is {
		return json.Unmarshal(data, (*[]string)(p))
	}
	ids, err := base64.RawURLEncoding.AppendDecode(nil, bytes.TrimSuffix(text, []byte(`"`)))
	if err != nil || len(ids)%16 != 0 {
		return fmt.Errorf("the keys %s are not of sixteen bytes each, in base64url", data)
	}
	*p = slices.Grow((*p)[:0:0], len(ids)/16)
	for id := range slices.Chunk(ids, 16) {
		*p = append(*p, uuid.UUID(id).String())
	}
	return nil
}

// messages are a line each; or, where one of them has more to say than a line does, an object each.
type messages struct {
	lines []string
	list  []Message
	rest  spec.Rest
}

// IsZero reports whether nothing was said.
func (m messages) IsZero() bool { return len(m.list) == 0 }

// objects is the list as a member of its own, in which the rest has its place.
type objects struct {
	Messages []Message `json:"messages"`
}

const beforeObjects = `{"messages":`

// MarshalJSON writes the lines, or the objects.
func (m messages) MarshalJSON() ([]byte, error) {
	if m.lines != nil && m.rest.IsZero() {
		return json.Marshal(m.lines)
	}
	data, err := m.rest.Marshal(objects{m.list})
	if err != nil {
		return nil, err
	}
	return data[len(beforeObjects) : len(data)-1], nil
}

// UnmarshalJSON reads either.
func (m *messages) UnmarshalJSON(data []byte) (err error) {
	*m = messages{}
	if i := bytes.IndexAny(data, `"{`); i < 0 || data[i] == '"' {
		return json.Unmarshal(data, &m.lines)
	}
	var o objects
	m.rest, err = spec.UnmarshalAll(slices.Concat([]byte(beforeObjects), data, []byte("}")), &o)
	m.list = o.Messages
	return err
}
