package effect

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
)

// An Effect is one request with its key and its reason.
type Effect struct {
	Key     string
	Because string // for a person; never a customer's words
	Body    Body
}

// A Body is one kind of request. The set is closed: only this package adds to it.
type Body interface {
	kind() string // its name in JSON
}

// Kind is the name of the request in JSON: "tell", "send".
func (e Effect) Kind() string {
	if e.Body == nil {
		return ""
	}
	return e.Body.kind()
}

// Keyed gives the requests of one step their keys: the aggregate's kind and id, the event's id, and the place in the
// list. Only an aggregate calls it.
func Keyed(kind, id, event string, asked []Effect) []Effect {
	out := make([]Effect, len(asked))
	for n, e := range asked {
		e.Key = mention.Key(kind, id, event, strconv.Itoa(n))
		out[n] = e
	}
	return out
}

// formVersion is the version of the envelope and of all bodies. Version 1 is not written.
const formVersion = 1

type envelope struct {
	V       int             `json:"v,omitempty"`
	Key     string          `json:"key"`
	Because string          `json:"because,omitempty"`
	Kind    string          `json:"kind"`
	Body    json.RawMessage `json:"body"`
}

// MarshalJSON writes the request with its kind.
func (e Effect) MarshalJSON() ([]byte, error) {
	if e.Body == nil {
		return nil, fmt.Errorf("effect %s has no body", e.Key)
	}
	var body []byte
	var err error
	if u, ok := e.Body.(Unknown); ok {
		body = u.Raw
	} else if body, err = json.Marshal(e.Body); err != nil {
		return nil, err
	}
	return json.Marshal(envelope{Key: e.Key, Because: e.Because, Kind: e.Body.kind(), Body: body})
}

// UnmarshalJSON reads the request. A kind that is not known becomes an Unknown; the error of a newer form is a
// *spec.VersionError.
func (e *Effect) UnmarshalJSON(data []byte) error {
	var v envelope
	err := json.Unmarshal(data, &v)
	if newer := spec.CheckVersion("effect", spec.VersionOf(data, v.V, err), formVersion); newer != nil {
		return newer
	}
	if err != nil {
		return err
	}
	*e = Effect{Key: v.Key, Because: v.Because}
	zero, ok := kinds[v.Kind]
	if !ok {
		e.Body = Unknown{Name: v.Kind, Raw: v.Body}
		return nil
	}
	p := reflect.New(reflect.TypeOf(zero))
	if err := json.Unmarshal(v.Body, p.Interface()); err != nil {
		return fmt.Errorf("effect %s (%s): %w", v.Key, v.Kind, err)
	}
	e.Body = p.Elem().Interface().(Body)
	return nil
}
