package main

import (
	"time"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/gate"
	"github.com/reputekit/reputation/respond"
)

// A diary is what the house saw of the day beside what the desk has stored.
type diary struct {
	refusals  []refusal
	stopped   []stopped
	inFlight  []desk.Outbound // of the desk that was killed, as its snapshot had it
	restarted time.Time
}

// A refusal is something that a member wanted and the desk did not do.
type refusal struct {
	at  time.Time
	by  string
	id  string // of the case or the incident
	why *respond.RefusedError
}

// stopped is a post of our own that did not go out.
type stopped struct {
	at   time.Time
	text string
	why  gate.Pause
}
