package trail

import (
	"encoding/json"
	"time"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// An Entry is everything that one step decided: the event, what changed, and what is asked of the world. C is the
// aggregate's own set of changes. It is plain data; Apply needs nothing else.
type Entry[C any] struct {
	Seq     int             `json:"seq"` // 1 for the first entry of an aggregate
	At      time.Time       `json:"at"`  // the step's instant: never before the entry before it
	Event   event.Event     `json:"event"`
	Rules   string          `json:"rules"` // the version of the rules that decided
	Change  C               `json:"change"`
	Effects []effect.Effect `json:"effects,omitempty"`
	Because []string        `json:"because,omitempty"` // why, for a person
}

// entryVersion is the version of the JSON form of an Entry. In the first, which has no member v, the climb of a case had
// all of its pages in every entry; since the second it has those that are new or changed.
const entryVersion = 2

// versioned is the JSON form.
type versioned[C any] struct {
	V int `json:"v,omitempty"`
	plain[C]
}

// MarshalJSON writes the entry, with the version of the form.
func (e Entry[C]) MarshalJSON() ([]byte, error) {
	return json.Marshal(versioned[C]{V: entryVersion, plain: plain[C](e)})
}

// UnmarshalJSON reads an entry. The error of one that a newer major version wrote is a *spec.VersionError, which names the
// entry, its event or an effect. What it holds beside its fields is not read: entries are stored as the bytes they were
// written in, and nobody writes them again.
func (e *Entry[C]) UnmarshalJSON(data []byte) error {
	var w versioned[C]
	err := json.Unmarshal(data, &w)
	if newer := spec.CheckVersion("entry", spec.VersionOf(data, w.V, err), entryVersion); newer != nil {
		return newer
	}
	if err != nil {
		return err
	}
	*e = Entry[C](w.plain)
	return nil
}

// plain is Entry without its methods.
type plain[C any] Entry[C]

// Fold applies the entries in order, beginning with state.
func Fold[S, C any](state S, entries []Entry[C], apply func(S, Entry[C]) S) S {
	for _, e := range entries {
		state = apply(state, e)
	}
	return state
}
