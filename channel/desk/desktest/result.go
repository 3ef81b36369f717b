package desktest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// A Result is how one rule came out.
type Result struct {
	Check string // its name: "granter: one key pays once"
	Err   error  // how it was broken; nil: it holds
}

// Report fails a test, a *testing.T, for every rule that is broken.
func Report(t interface {
	Helper()
	Errorf(format string, args ...any)
}, results []Result) {
	t.Helper()
	for _, r := range results {
		if r.Err != nil {
			t.Errorf("%s: %v", r.Check, r.Err)
		}
	}
}

// A rule is one check of a port.
type rule struct {
	name string
	hold func(context.Context) error
}

// hold tries every rule. A port that panics has broken it.
func hold(ctx context.Context, port string, rules []rule) (out []Result) {
	for _, r := range rules {
		out = append(out, Result{Check: port + ": " + r.name, Err: tried(ctx, r)})
	}
	return out
}

func tried(ctx context.Context, r rule) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("it panics: %v", p)
		}
	}()
	return r.hold(ctx)
}

// soon is how long a call may take after its context is done.
const soon = 5 * time.Second

// errHangs is a port that does not heed its context.
var errHangs = errors.New("its context is done, and it does not return")

// heeds calls with a context that is done, and wants an answer soon, whichever.
func heeds(ctx context.Context, call func(context.Context) error) (answer, err error) {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	ended := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				ended <- fmt.Errorf("it panics: %v", p)
			}
		}()
		ended <- call(ctx)
	}()
	late := time.NewTimer(soon)
	defer late.Stop()
	select {
	case answer := <-ended:
		return answer, nil
	case <-late.C:
		return nil, errHangs
	}
}

// fromManySides calls at once, and joins the errors.
func fromManySides(call func(n int) error) error {
	errs := make([]error, 8)
	var all sync.WaitGroup
	for n := range errs {
		all.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					errs[n] = fmt.Errorf("it panics: %v", p)
				}
			}()
			errs[n] = call(n)
		})
	}
	all.Wait()
	return errors.Join(errs...)
}
