package trail

import (
	"time"

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

// Fold applies the entries in order, beginning with state.
func Fold[S, C any](state S, entries []Entry[C], apply func(S, Entry[C]) S) S {
	for _, e := range entries {
		state = apply(state, e)
	}
	return state
}
