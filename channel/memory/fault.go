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
	After time.Duration // of Throttled: what the platform says about trying again; of Slow: how long it takes
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
	Reorder    Trouble = "reorder"     // fetch: the newest item comes first
	Gap        Trouble = "gap"         // fetch: the page says that something is lost
	Poison     Trouble = "poison"      // fetch: before the items comes one that cannot be read
	Slow       Trouble = "slow"        // it takes a while; a write is done at once, and its answer takes a while
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
		{"fetch", []Trouble{FailBefore, FailAfter, Duplicate, Reorder, Delay, Gap, Poison, Slow, Throttled, LoggedOut}},
		{"send", []Trouble{FailBefore, FailAfter, Vanish, Slow, Throttled, LoggedOut}},
		{"find", []Trouble{FailBefore, FailAfter, Slow}},
		{"read", []Trouble{FailBefore, FailAfter, Slow, Stale, Throttled}},
		{"moderate", []Trouble{FailBefore, FailAfter, Vanish, Slow}},
		{"publish", []Trouble{FailBefore, FailAfter, Vanish, Slow}},
	}
	var out []Fault
	for _, f := range fits {
		for n := 1; n <= calls; n++ {
			if r.IntN(1000) >= perMille {
				continue
			}
			fault := Fault{Op: f.op, Call: n, What: f.what[r.IntN(len(f.what))]}
			if fault.What == Slow {
				fault.After = time.Millisecond
			}
			out = append(out, fault)
		}
	}
	return out
}

// Play is Script for a test, a *testing.T: when the test fails, it prints the seed and the script.
func Play(t interface {
	Helper()
	Cleanup(func())
	Failed() bool
	Logf(format string, args ...any)
}, seed uint64, calls, perMille int,
) []Fault {
	t.Helper()
	script := Script(seed, calls, perMille)
	t.Cleanup(func() {
		t.Helper()
		if t.Failed() {
			t.Logf("played memory.Script(%d, %d, %d): %v", seed, calls, perMille, script)
		}
	})
	return script
}

// begin counts a call and fails it before anything is done, if the script says so; else it returns the fault that
// comes later.
func (c *Channel) begin(ctx context.Context, op string) (Fault, error) {
	if err := ctx.Err(); err != nil {
		return Fault{}, &channel.Error{Code: channel.ErrUnavailable, Op: op, Reason: "not begun", Err: err}
	}
	f, err := c.next(op)
	asks := op == "fetch" || op == "find" || op == "read"
	if err == nil && f.What == Slow && asks {
		if err := wait(ctx, f.After); err != nil {
			return f, &channel.Error{Code: channel.ErrUnavailable, Op: op, Reason: "no answer in time", Err: err}
		}
	}
	return f, err
}

// next is what the script has for one more call of an op.
func (c *Channel) next(op string) (Fault, error) {
	defer c.lock()()
	c.calls[op]++
	if c.out {
		return Fault{}, &channel.Error{Code: channel.ErrUnauthenticated, Op: op, Reason: "the login has changed"}
	}
	for _, f := range c.Faults {
		if f.Op != op || f.Call != 0 && f.Call != c.calls[op] {
			continue
		}
		switch f.What {
		case FailBefore:
			return f, &channel.Error{Code: channel.ErrUnavailable, Op: op, Reason: "refused"}
		case Vanish:
			return f, &channel.Error{Code: channel.ErrUnavailable, Op: op, Reason: "no answer", MaybeApplied: true}
		case Throttled:
			return f, &channel.Error{Code: channel.ErrRateLimited, Op: op, RetryAfter: f.After}
		case LoggedOut:
			return f, &channel.Error{Code: channel.ErrUnauthenticated, Op: op}
		}
		return f, nil
	}
	return Fault{}, nil
}

// wait takes d, unless ctx is done before.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
