package event

import "time"

// Escalated says that a member sends the matter up: it is beyond him.
type Escalated struct {
	Why string `json:"why,omitempty"`
}

// Deescalated says that a member gives it back to the level below.
type Deescalated struct {
	Why string `json:"why,omitempty"`
}

// FulfilFailed says that the remedy the customer accepted could not be carried out.
type FulfilFailed struct {
	Note string `json:"note,omitempty"`
}

// HeldByCounsel says that the member the event is By looks at every word from here on: only what he allows goes out.
type HeldByCounsel struct {
	Matter string `json:"matter,omitempty"` // his own name of it
}

// ReleasedByCounsel says that counsel lets the case go.
type ReleasedByCounsel struct {
	Note string `json:"note,omitempty"`
}

// ChannelLost says that the customer can no longer be reached where he wrote: his account is closed, he blocked us.
type ChannelLost struct {
	Other string `json:"other,omitempty"` // another channel that he used or gave in this case
}

// Rebased says that a member wants plan, owner, ladder and clocks computed anew, by the rules as they are now.
type Rebased struct {
	Why string `json:"why,omitempty"`
}

// Deferred says that a page waits, since its member is told of too much at once: escalation/throttle says so.
type Deferred struct {
	Key   string    `json:"key"`   // of the Tell
	Until time.Time `json:"until"` // when it goes out, UTC
}

// Filed says that a member met a regulator's duty.
type Filed struct {
	Duty      string `json:"duty"`
	Reference string `json:"reference"` // what the authority gave
}

func (Escalated) kind() string { return "escalated" }

func (Deescalated) kind() string { return "deescalated" }

func (FulfilFailed) kind() string { return "fulfil_failed" }

func (HeldByCounsel) kind() string { return "held_by_counsel" }

func (ReleasedByCounsel) kind() string { return "released_by_counsel" }

func (ChannelLost) kind() string { return "channel_lost" }

func (Rebased) kind() string { return "rebased" }

func (Deferred) kind() string { return "deferred" }

func (Filed) kind() string { return "filed" }

// canonicalMatter is canonical for what our people do with a matter as a whole.
func canonicalMatter(b Body) Body {
	switch b := b.(type) {
	case Escalated:
		clean(&b.Why)
		return b
	case Deescalated:
		clean(&b.Why)
		return b
	case FulfilFailed:
		clean(&b.Note)
		return b
	case HeldByCounsel:
		clean(&b.Matter)
		return b
	case ReleasedByCounsel:
		clean(&b.Note)
		return b
	case ChannelLost:
		clean(&b.Other)
		return b
	case Rebased:
		clean(&b.Why)
		return b
	case Deferred:
		b.Until = instant(b.Until)
		return b
	case Filed:
		clean(&b.Duty, &b.Reference)
		return b
	}
	return canonicalIncident(b)
}
