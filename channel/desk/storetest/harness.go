package storetest

import (
	"context"
	"errors"
	"testing"

	"github.com/reputekit/reputation/channel/channeltest"
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

// A Result is what came of one check, as channeltest has it for one rule.
type Result = channeltest.Result

// Check runs every check, each on a store of its own, and returns their results in a fixed order. A check that panics has
// failed. When ctx ends, the rest is not tried, and says so.
func Check(ctx context.Context, h Harness) []Result {
	if h.New == nil {
		return []Result{{Name: "harness", Proves: "A harness gives stores.", Err: errors.New("the harness lacks New")}}
	}
	var out []Result
	for _, c := range checks() {
		out = append(out, c.run(ctx, h))
	}
	return out
}

// Run runs every check as a subtest with its name.
func Run(t *testing.T, h Harness) {
	t.Helper()
	channeltest.Report(t, Check(t.Context(), h))
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
	switch {
	case c.reopen && h.Reopen == nil:
		r.Skipped = "the harness has no Reopen"
	case ctx.Err() != nil:
		r.Skipped = ctx.Err().Error()
	}
	if r.Skipped != "" {
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
		commits(), rows(), dues(), trails(), requests(), lanes(), items(), texts(), erasures(), walks(), races(), restarts(),
	} {
		out = append(out, part...)
	}
	return out
}
