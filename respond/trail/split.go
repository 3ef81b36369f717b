package trail

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/reputekit/reputation/respond/event"
)

// Folding needs a fifth of an entry's bytes, so the rest is stepped over instead of being decoded. What is read so is
// read by encoding/json wherever it is not exactly in the form in which it is written here.

// members shows the members of a JSON object, each value as it stands. It reports whether it understood the object:
// names with escapes it leaves to a real decoder, and so does it when show says no.
func members(obj []byte, show func(name string, value []byte) bool) bool {
	i := blank(obj, 0)
	if i >= len(obj) || obj[i] != '{' {
		return false
	}
	if i = blank(obj, i+1); i < len(obj) && obj[i] == '}' {
		return blank(obj, i+1) == len(obj)
	}
	for {
		if i >= len(obj) || obj[i] != '"' {
			return false
		}
		end := value(obj, i)
		if end < 0 || bytes.IndexByte(obj[i:end], '\\') >= 0 {
			return false
		}
		name := obj[i+1 : end-1]
		if i = blank(obj, end); i >= len(obj) || obj[i] != ':' {
			return false
		}
		i = blank(obj, i+1)
		if end = value(obj, i); end < 0 || !show(string(name), obj[i:end]) {
			return false
		}
		if i = blank(obj, end); i >= len(obj) {
			return false
		}
		switch obj[i] {
		case ',':
			i = blank(obj, i+1)
		case '}':
			return blank(obj, i+1) == len(obj)
		default:
			return false
		}
	}
}

func blank(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\t' || b[i] == '\r') {
		i++
	}
	return i
}

// value is where the value that begins at i ends; -1 when it does not.
func value(b []byte, i int) int {
	if i >= len(b) {
		return -1
	}
	switch b[i] {
	case '"':
		return text(b, i)
	case '{', '[':
		return nested(b, i)
	case ',', '}', ']', ':':
		return -1
	}
	for i < len(b) && b[i] != ',' && b[i] != '}' && b[i] != ']' {
		i++
	}
	return i
}

func text(b []byte, i int) int {
	for i++; i < len(b); {
		n := bytes.IndexByte(b[i:], '"')
		if n < 0 {
			return -1
		}
		i += n + 1
		slashes := 0
		for k := i - 2; b[k] == '\\'; k-- {
			slashes++
		}
		if slashes%2 == 0 {
			return i
		}
	}
	return -1
}

func nested(b []byte, i int) int {
	for depth := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			if i = text(b, i) - 1; i < 0 {
				return -1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// plainText reads a string that has neither escapes nor bytes that a decoder would mend.
func plainText(value []byte, into *string) bool {
	if len(value) < 2 || value[0] != '"' || bytes.IndexByte(value, '\\') >= 0 || !utf8.Valid(value) {
		return false
	}
	for _, c := range value {
		if c < ' ' {
			return false
		}
	}
	*into = string(value[1 : len(value)-1])
	return true
}

func instant(value []byte, into *time.Time) bool { return into.UnmarshalJSON(value) == nil }

// once reports whether a name is met for the first time; a decoder takes the last of several.
type once []string

func (o *once) is(name string) bool {
	for _, known := range *o {
		if known == name {
			return false
		}
	}
	*o = append(*o, name)
	return true
}

// readHead is the head as it was written by Append, else as a decoder reads it.
func readHead(b []byte) (Head, error) {
	var h Head
	var met [4]string
	seen := once(met[:0])
	ok := members(b, func(name string, v []byte) bool {
		if !seen.is(name) {
			return false
		}
		switch name {
		case "seq":
			n, err := strconv.Atoi(string(v))
			h.Seq = n
			return err == nil && !strings.HasPrefix(string(v), "+") && !(len(v) > 1 && v[0] == '0')
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
	var met [8]string
	seen := once(met[:0])
	ok := members(body, func(name string, v []byte) bool {
		if !seen.is(name) {
			return false
		}
		switch name {
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
		return name == "effects" || name == "because"
	})
	if ok && e.Seq == h.Seq && e.At.Equal(h.At) {
		if change == nil || json.Unmarshal(change, &e.Change) == nil {
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

// bare is an event with its body undecoded.
func bare(v []byte, into *event.Event) bool {
	var u event.Unknown
	var met [5]string
	seen := once(met[:0])
	ok := members(v, func(name string, v []byte) bool {
		if !seen.is(name) {
			return false
		}
		switch name {
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
		return false
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
}
