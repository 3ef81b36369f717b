package respond

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/respond/event"
)

// An Awaited is an effect whose outcome has not come yet.
type Awaited struct {
	Key       string       `json:"key"`
	Kind      string       `json:"kind"`
	Page      int          `json:"page,omitempty"` // tell: its number in the climb; below 0: none of this climb
	At        time.Time    `json:"at"`
	Until     time.Time    `json:"until,omitzero"`      // observe, lookup: so long a first answer of ours waits for it
	Withdrawn event.Reason `json:"withdrawn,omitempty"` // send: it must not go out any more
	Uncertain bool         `json:"uncertain,omitempty"` // nobody knows; a person decides
}

// Awaiting is what a case or an incident waits for, in the order in which it was asked for. No method alters it.
type Awaiting []Awaited

// Settled takes the effect with a key off the list. ok is false when it is not on it.
func (l Awaiting) Settled(key string) (a Awaited, rest Awaiting, ok bool) {
	i := slices.IndexFunc(l, func(a Awaited) bool { return a.Key == key })
	if i < 0 {
		return Awaited{}, l, false
	}
	return l[i], slices.Delete(slices.Clone(l), i, i+1), true
}

// Past parts the pages of the climb before from those of one that begins, which numbers them from 0 again: what becomes
// of an old page must not count for a new one. changed is false when none was waited for.
func (l Awaiting) Past() (parted Awaiting, changed bool) {
	parted = slices.Clone(l)
	for i := range parted {
		if parted[i].Kind == tellKind && parted[i].Page >= 0 {
			parted[i].Page, changed = past, true
		}
	}
	return parted, changed
}

// Newest keeps the newest, and all of those kinds that are never forgotten.
func (l Awaiting) Newest(most int, never func(kind string) bool) Awaiting {
	if len(l) <= most {
		return l
	}
	out := slices.Clone(l)
	for i := 0; i < len(out) && len(out) > most; {
		if never(out[i].Kind) {
			i++
			continue
		}
		out = slices.Delete(out, i, i+1)
	}
	return out
}
