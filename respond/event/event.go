package event

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
)

// An Event is one fact in its envelope.
type Event struct {
	ID   string    // what the fact is; the same fact has the same ID
	At   time.Time // when it happened, as its source says, UTC
	By   string    // a member's id, or Customer, Channel, Clock, Host
	Body Body

	// Tallies are the readings that the step may need beside those of a Received: limits and courtesies. Nil where nobody
	// has looked: then nothing is spent that a limit a day or a month would have to be held against.
	Tallies *Tallies
}

// Kind is the name of the fact in JSON: "received", "approved"; empty without a body.
func (e Event) Kind() string {
	if v := reflect.ValueOf(e.Body); e.Body == nil || v.Kind() == reflect.Pointer && v.IsNil() {
		return ""
	}
	return e.Body.kind()
}

// Who an event is by, when it is not a member.
const (
	Customer = "customer"
	Channel  = "channel"
	Clock    = "clock"
	Host     = "host"
)

// A Body is one kind of fact. The set is closed: only this package adds to it.
type Body interface {
	kind() string // its name in JSON
}

// ReceivedID names the arrival of one revision of a mention.
func ReceivedID(m mention.Mention) string { return mentionID(m.Ref, m.Revision, Received{}.kind()) }

// EditedID names an edit of a mention.
func EditedID(m mention.Mention) string { return mentionID(m.Ref, m.Revision, Edited{}.kind()) }

// RemovedID names the removal of a mention.
func RemovedID(r mention.Ref) string { return mentionID(r, 0, Removed{}.kind()) }

// ElsewhereID names an answer that somebody gave outside the desk.
func ElsewhereID(r mention.Ref) string { return mentionID(r, 0, AnsweredElsewhere{}.kind()) }

func mentionID(r mention.Ref, revision int, kind string) string {
	return mention.Key("event", r.Channel, r.ID, strconv.Itoa(revision), kind)
}

// RequestID names what a person asked for: the id of his request, made by the host, stable over retries.
func RequestID(request string) string { return mention.Key("event", "request", request) }

// OutcomeID names what became of an effect at one attempt: the body is a Delivered, Undelivered, Uncertain, Granted,
// Denied or Surveyed.
func OutcomeID(key string, outcome Body, attempt int) string {
	return mention.Key("event", "outcome", key, outcome.kind(), strconv.Itoa(attempt))
}

// ElapsedID names an instant that fell due in a case or an incident. An instant can fall due again, where two cases that
// were one are parted for instance: a case takes a tick whenever it is due, also one that it knows. A store that takes no id
// twice keeps none of these.
func ElapsedID(aggregate string, due time.Time) string {
	return mention.Key("event", "elapsed", aggregate, strconv.FormatInt(due.UnixMilli(), 10))
}

// formVersion is the version of the envelope and of all bodies. Version 1 is not written.
const formVersion = 1

// envelope is the JSON form.
type envelope struct {
	V    int             `json:"v,omitempty"`
	ID   string          `json:"id"`
	At   time.Time       `json:"at"`
	By   string          `json:"by,omitempty"`
	Kind string          `json:"kind"`
	Body json.RawMessage `json:"body"`

	Tallies *Tallies `json:"tallies,omitempty"`
}

// MarshalJSON writes the envelope with its kind.
func (e Event) MarshalJSON() ([]byte, error) {
	if e.Body == nil {
		return nil, fmt.Errorf("event %s has no body", e.ID)
	}
	var body []byte
	var err error
	if u, ok := e.Body.(Unknown); ok {
		body = u.Raw
	} else if body, err = json.Marshal(e.Body); err != nil {
		return nil, err
	}
	return json.Marshal(envelope{
		ID: e.ID, At: mention.Instant(e.At), By: e.By, Kind: e.Body.kind(), Body: body, Tallies: e.Tallies,
	})
}

// UnmarshalJSON reads the envelope. A kind that is not known becomes an Unknown; the error of a newer form is a
// *spec.VersionError.
func (e *Event) UnmarshalJSON(data []byte) error {
	var v envelope
	err := json.Unmarshal(data, &v)
	if newer := spec.CheckVersion("event", spec.VersionOf(data, v.V, err), formVersion); newer != nil {
		return newer
	}
	if err != nil {
		return err
	}
	*e = Event{ID: v.ID, At: v.At, By: v.By, Tallies: v.Tallies}
	zero, ok := kinds[v.Kind]
	if !ok {
		e.Body = Unknown{Name: v.Kind, Raw: v.Body}
		return nil
	}
	p := reflect.New(reflect.TypeOf(zero))
	if err := json.Unmarshal(v.Body, p.Interface()); err != nil {
		return fmt.Errorf("event %s (%s): %w", v.ID, v.Kind, err)
	}
	e.Body = p.Elem().Interface().(Body)
	return nil
}
