package trail

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/event"
)

// Folding needs a part of an entry's bytes, so the rest is stepped over instead of being decoded. What is read so is read
// by encoding/json wherever it is not exactly in the form in which it is written here.

// plainText reads a string of JSON that has neither escapes nor bytes that a decoder would mend.
func plainText(value []byte, into *string) bool {
	if value[0] != '"' || bytes.IndexByte(value, '\\') >= 0 || !utf8.Valid(value) {
		return false
	}
	*into = string(value[1 : len(value)-1])
	return true
}

func instant(value []byte, into *time.Time) bool { return into.UnmarshalJSON(value) == nil }

// once reports whether a name is met for the first time; a decoder takes the last of several.
type once [][]byte

func (o *once) is(name []byte) bool {
	for _, known := range *o {
		if bytes.Equal(known, name) {
			return false
		}
	}
	*o = append(*o, name)
	return true
}

// readHead is the head as it was written by Append, else as a decoder reads it.
func readHead(b []byte) (Head, error) {
	var h Head
	var met [4][]byte
	seen := once(met[:0])
	ok := spec.Members(b, func(name, v []byte) bool {
		if !seen.is(name) {
			return false
		}
		switch string(name) {
		case "seq":
			n, err := strconv.Atoi(string(v))
			h.Seq = n
			return err == nil
		case "at":
			return instant(v, &h.At)
		case "prev":
			return plainText(v, &h.Prev)
		case "body":
			return plainText(v, &h.Body)
		}
		return false
	})
	if ok {
		return h, nil
	}
	h = Head{}
	err := json.Unmarshal(b, &h)
	return h, err
}

// fold is an entry as a fold needs it: without effects and reasons, the event's body still undecoded.
func fold[C any](h Head, body []byte) (Entry[C], error) {
	var e Entry[C]
	var change []byte
	var met [8][]byte
	seen := once(met[:0])
	ok := spec.Members(body, func(name, v []byte) bool {
		if !seen.is(name) {
			return false
		}
		switch string(name) {
		case "v":
			n, err := strconv.Atoi(string(v))
			return err == nil && n <= entryVersion
		case "seq":
			n, err := strconv.Atoi(string(v))
			e.Seq = n
			return err == nil
		case "at":
			return instant(v, &e.At)
		case "event":
			return bare(v, &e.Event)
		case "rules":
			return plainText(v, &e.Rules)
		case "change":
			change = v
			return true
		}
		return string(name) == "effects" || string(name) == "because"
	})
	if ok && e.Seq == h.Seq && e.At.Equal(h.At) {
		if change == nil || decode(change, &e.Change) == nil {
			return e, nil
		}
	}
	e, err := read[C](h, body)
	if err == nil {
		undecode(&e.Event)
	}
	e.Effects, e.Because = nil, nil
	return e, err
}

// decode reads what is known to be JSON. What reads itself need not be looked through before.
func decode(value []byte, into any) error {
	if u, ok := into.(json.Unmarshaler); ok {
		return u.UnmarshalJSON(value)
	}
	return json.Unmarshal(value, into)
}

// bare is an event with its body undecoded, and without tallies.
func bare(v []byte, into *event.Event) bool {
	var u event.Unknown
	var met [6][]byte
	seen := once(met[:0])
	ok := spec.Members(v, func(name, v []byte) bool {
		if !seen.is(name) {
			return false
		}
		switch string(name) {
		case "id":
			return plainText(v, &into.ID)
		case "at":
			return instant(v, &into.At)
		case "by":
			return plainText(v, &into.By)
		case "kind":
			return plainText(v, &u.Name)
		case "body":
			u.Raw = v
			return true
		}
		return string(name) == "tallies"
	})
	into.Body = u
	return ok
}

// undecode is what bare leaves of an event that was decoded.
func undecode(e *event.Event) {
	if raw, err := json.Marshal(*e); err == nil {
		var v struct {
			Body json.RawMessage `json:"body"`
		}
		if json.Unmarshal(raw, &v) == nil {
			e.Body = event.Unknown{Name: e.Kind(), Raw: v.Body}
		}
	}
	e.Tallies = nil
}
