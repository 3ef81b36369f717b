package memory

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/reputekit/reputation/channel"
)

// A Fault is one thing that goes wrong at one call.
type Fault struct {
	Op    string        // "fetch", "send", "find", "read", "moderate", "publish", "revise"
	Call  int           // which call of it, from 1; 0: every one
	What  Trouble       // how it goes wrong
	After time.Duration // of Throttled: what the platform says about trying again
}

// String prints the fault as a script says it: "send 3: fail after".
func (f Fault) String() string {
	call := "every"
	if f.Call > 0 {
		call = fmt.Sprint(f.Call)
	}
	return fmt.Sprintf("%s %s: %s", f.Op, call, f.What)
}

// Trouble is how a call goes wrong.
type Trouble string

// The troubles. One that means nothing for an op does nothing.
const (
	FailBefore Trouble = "fail before" // not done, and the platform says so
	FailAfter  Trouble = "fail after"  // done, and the answer is lost
	Vanish     Trouble = "vanish"      // not done, and nobody can tell: the request was lost
	Duplicate  Trouble = "duplicate"   // fetch: the last two items come again
	Delay      Trouble = "delay"       // fetch: nothing yet
	Gap        Trouble = "gap"         // fetch: the page says that something is lost
	Stale      Trouble = "stale"       // read: the revision before
	Throttled  Trouble = "throttled"   // not done: rate limited
	LoggedOut  Trouble = "logged out"  // not done: the login expired
)

// Script draws faults from a seed: of the first calls of each op, about perMille in a thousand go wrong. The same seed
// gives the same script.
func Script(seed uint64, calls, perMille int) []Fault {
	r := rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))
	fits := []struct {
		op   string
		what []Trouble
	}{
		{"fetch", []Trouble{FailBefore, FailAfter, Duplicate, Delay, Throttled}},
		{"send", []Trouble{FailBefore, FailAfter, Vanish, Throttled}},
		{"find", []Trouble{FailBefore, FailAfter}},
		{"read", []Trouble{FailBefore, FailAfter, Throttled}},
		{"moderate", []Trouble{FailBefore, FailAfter, Vanish}},
		{"publish", []Trouble{FailBefore, FailAfter, Vanish}},
	}
	var out []Fault
	for _, f := range fits {
		for n := 1; n <= calls; n++ {
			if r.IntN(1000) < perMille {
				out = append(out, Fault{Op: f.op, Call: n, What: f.what[r.IntN(len(f.what))]})
			}
		}
	}
	return out
}

// begin counts a call and fails it before anything is done, if the script says so; else it returns the trouble that
// comes later.
func (c *Channel) begin(ctx context.Context, op string) (Trouble, error) {
	if err := ctx.Err(); err != nil {
		return "", &channel.Error{Code: channel.ErrUnavailable, Op: op, Reason: "not begun", Err: err}
	}
	defer c.lock()()
	c.calls[op]++
	for _, f := range c.Faults {
		if f.Op != op || f.Call != 0 && f.Call != c.calls[op] {
			continue
		}
		switch f.What {
		case FailBefore:
			return "", &channel.Error{Code: channel.ErrUnavailable, Op: op, Reason: "refused"}
		case Vanish:
			return "", &channel.Error{Code: channel.ErrUnavailable, Op: op, Reason: "no answer", MaybeApplied: true}
		case Throttled:
			return "", &channel.Error{Code: channel.ErrRateLimited, Op: op, RetryAfter: f.After}
		case LoggedOut:
			return "", &channel.Error{Code: channel.ErrUnauthenticated, Op: op}
		}
		return f.What, nil
	}
	return "", nil
}
