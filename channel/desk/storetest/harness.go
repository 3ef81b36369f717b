package storetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/reputekit/reputation/channel/desk"
)

// A Harness is how the suite comes by stores. New is required.
type Harness struct {
	// New gives an empty store that shares nothing with those given before.
	New func(ctx context.Context) (desk.Store, error)

	// Reopen ends the use of a store, as the end of its process would, and gives what the next process finds. Nil: the
	// store keeps nothing beyond its process, and what needs it is skipped.
	Reopen func(ctx context.Context, s desk.Store) (desk.Store, error)

	// Close is called once for every store that is no longer used. Nil: there is nothing to do.
	Close func(s desk.Store) error
}

// A Result is what came of one check.
type Result struct {
	Name    string // of the check: "commit-all-or-nothing"
	Proves  string // the sentence that holds if the check passes
	Skipped string // why it was not run; empty if it was
	Err     error  // what was found otherwise; nil if nothing was
}

// String is one line, and beneath it what was found.
func (r Result) String() string {
	switch {
	case r.Skipped != "":
		return fmt.Sprintf("skip %s: %s\n     %s", r.Name, r.Proves, r.Skipped)
	case r.Err != nil:
		return fmt.Sprintf("FAIL %s: %s\n     %v", r.Name, r.Proves, r.Err)
	}
	return fmt.Sprintf("ok   %s: %s", r.Name, r.Proves)
}

// Check runs every check, each on a store of its own, and returns their results in a fixed order. A check that panics has
// failed.
func Check(ctx context.Context, h Harness) []Result {
	var out []Result
	for _, c := range checks() {
		out = append(out, c.run(ctx, h))
	}
	return out
}

// Run runs every check as a subtest with its name.
func Run(t *testing.T, h Harness) {
	for _, c := range checks() {
		t.Run(c.name, func(t *testing.T) {
			switch r := c.run(t.Context(), h); {
			case r.Err != nil:
				t.Error(r)
			case r.Skipped != "":
				t.Skip(r)
			}
		})
	}
}

// A check proves one sentence.
type check struct {
	name   string
	proves string
	reopen bool // it needs Harness.Reopen
	do     func(*probe)
}

func (c check) run(ctx context.Context, h Harness) (r Result) {
	r = Result{Name: c.name, Proves: c.proves}
	if c.reopen && h.Reopen == nil {
		r.Skipped = "the harness has no Reopen"
		return r
	}
	p := &probe{ctx: ctx, h: h}
	defer func() {
		if cause := recover(); cause != nil {
			p.failf("it panics: %v", cause)
		}
		p.close()
		r.Err = p.err
	}()
	p.open()
	c.do(p)
	return r
}

// checks are all of them. What stands first is what the others rest on.
func checks() []check {
	var out []check
	for _, part := range [][]check{
		commits(), rows(), dues(), trails(), requests(), lanes(), items(), texts(), walks(), races(), restarts(),
	} {
		out = append(out, part...)
	}
	return out
}
