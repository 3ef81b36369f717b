package channeltest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/reputekit/reputation/channel"
)

// A Result is what came of one rule.
type Result struct {
	Name    string // of the rule: "key-twice"
	Proves  string // the sentence
	Err     error  // why it does not hold; nil when it does, or was not tried
	Skipped string // why it was not tried; empty when it was
}

// String reads "key-twice: does not hold: the world has 2 (A key again with the same body: the first receipt.)".
func (r Result) String() string {
	switch {
	case r.Skipped != "":
		return r.Name + ": skipped: " + r.Skipped
	case r.Err != nil:
		return fmt.Sprintf("%s: does not hold: %v (%s)", r.Name, r.Err, r.Proves)
	}
	return r.Name + ": holds"
}

// Run checks every rule, each as a subtest.
func Run(t *testing.T, h Harness) {
	t.Helper()
	Report(t, Check(t.Context(), h))
}

// Report makes a subtest of every result: what does not hold fails, what was not tried is skipped and says why.
func Report(t *testing.T, results []Result) {
	t.Helper()
	for _, r := range results {
		t.Run(r.Name, func(t *testing.T) {
			switch {
			case r.Skipped != "":
				t.Skip(r.Skipped)
			case r.Err != nil:
				t.Errorf("%v\nthe rule: %s", r.Err, r.Proves)
			}
		})
	}
}

// Check tries every rule on worlds of the harness, one after the other, and returns what it found, always in the same
// order. When ctx ends, the rest is not tried, and says so.
func Check(ctx context.Context, h Harness) []Result {
	var out []Result
	if h.Reset == nil || h.Open == nil {
		return []Result{{Name: "harness", Proves: "A harness has a world and opens a connector on it.",
			Err: errors.New("the harness lacks Reset or Open")}}
	}
	h.Reset()
	d := h.Open().Describe()
	said, stuck := &words{}, ""
	for _, r := range rules() {
		if h.Only != nil && !slices.Contains(h.Only, r.name) {
			continue
		}
		res := Result{Name: r.name, Proves: r.proves}
		switch skip, err := r.wants(d, &h); {
		case ctx.Err() != nil:
			res.Skipped = "out of time"
		case stuck != "":
			res.Skipped = stuck + " has not ended, and may still be at work"
		case skip != "" || err != nil:
			res.Skipped, res.Err = skip, err
		default:
			res.Skipped, res.Err = r.tried(ctx, &h, said)
			if errors.Is(res.Err, errStuck) {
				stuck = r.name
			}
		}
		out = append(out, res)
	}
	return out
}

// rules is all of them; secrecy is last, because it looks at what all the others were told.
func rules() []rule {
	return slices.Concat(describing, fetching, hearing, sending, keeping, failing, asking, acting, receiving, closing, secrecy)
}

// A rule is one sentence, and how it is tried.
type rule struct {
	name   string
	proves string
	needs  []need
	try    func(*trial)
}

// A need is what must be there for a rule to be tried: an ability that the connector declares, and a function of the
// harness. One that the connector declares has to have its function.
type need struct {
	declares string
	declared func(channel.Description) bool // nil: nobody declares it
	fn       string
	hook     func(*Harness) bool // nil: it needs none
}

// wants says why a rule is not tried, or why it fails without that.
func (r rule) wants(d channel.Description, h *Harness) (skip string, err error) {
	for _, n := range r.needs {
		if n.declared != nil && !n.declared(d) {
			return "the connector does not declare " + n.declares, nil
		}
	}
	for _, n := range r.needs {
		switch {
		case n.hook == nil || n.hook(h):
		case n.declared == nil && slices.Contains(h.Lacks, n.fn):
			return "the platform has no " + n.fn, nil
		default:
			return "", fmt.Errorf("the hook Harness.%s is missing", n.fn)
		}
	}
	return "", nil
}

// tried tries a rule on a new world.
func (r rule) tried(ctx context.Context, h *Harness, said *words) (skipped string, err error) {
	h.Reset()
	type end struct {
		skipped string
		err     error
	}
	ended := make(chan end, 1)
	limit := 20 * h.patience()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	go func() {
		var e end
		defer func() {
			switch why := recover().(type) {
			case nil:
			case stopped:
				e = end(why)
			default:
				e.err = fmt.Errorf("panic: %v", why)
			}
			ended <- e
		}()
		r.try(begin(ctx, h, said))
	}()
	select {
	case e := <-ended:
		return e.skipped, e.err
	case <-time.After(limit + h.patience()):
		return "", errStuck
	}
}

var errStuck = errors.New("it did not end")

// stopped is how a trial ends before its end.
type stopped struct {
	skipped string
	err     error
}
