package channel

import (
	"time"

	"github.com/reputekit/reputation/channel/gate"
)

// Pause holds, at the moment of sending. A second pause of the same Who replaces his
// first.
func (c *Channel) Pause(p gate.Pause) { c.gate.Pause(p) }

// Resume ends the pause of who. Pauses of others stand. Nothing that was held goes out by itself.
func (c *Channel) Resume(who string) { c.gate.Resume(who) }

// Paused returns the pauses that stand now, by Who.
func (c *Channel) Paused() []gate.Pause { return c.gate.Standing(c.opt.Now()) }

// open fails if a pause holds what is to leave now: a post, or a statement or reply.
func (c *Channel) open(op string, now time.Time, statement bool) error {
	held := c.gate.HoldsPost(now)
	if statement {
		held = c.gate.HoldsReply(now)
	}
	if held == nil {
		return nil
	}
	return &Error{Code: ErrPaused, Op: op, Err: held}
}
