package notify

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/respond/effect"
)

// ErrNoCarrier is what lies beneath the error for a kind of contact to which nothing carries.
var ErrNoCarrier = errors.New("nothing carries to this kind of contact")

// A Failover is a desk.Notifier over carriers. It is not changed once it is used, and is as safe for concurrent use as they
// are.
type Failover struct {
	By   map[string][]desk.Notifier // by the kind of contact: "phone", "mail"; the first choice first
	Else []desk.Notifier            // of every other kind; and for consent, which names no contact
}

// Tell implements desk.Notifier. The error joins those of all carriers.
func (f *Failover) Tell(ctx context.Context, tenant string, key channel.Key, t effect.Tell) error {
	carriers := f.By[t.Contact]
	if len(carriers) == 0 {
		carriers = f.Else
	}
	return first(ctx, t.Contact, carriers, func(ctx context.Context, n desk.Notifier) error {
		return n.Tell(ctx, tenant, key, t)
	})
}

// Digest implements desk.Digester. A carrier that is none is given the pages one after the other.
func (f *Failover) Digest(ctx context.Context, tenant string, keys []channel.Key, pages []effect.Tell) error {
	if len(pages) == 0 {
		return nil
	}
	carriers := f.By[pages[0].Contact]
	if len(carriers) == 0 {
		carriers = f.Else
	}
	return first(ctx, pages[0].Contact, carriers, func(ctx context.Context, n desk.Notifier) error {
		if d, ok := n.(desk.Digester); ok {
			return d.Digest(ctx, tenant, keys, pages)
		}
		for i, page := range pages {
			if err := n.Tell(ctx, tenant, keys[i], page); err != nil {
				return err
			}
		}
		return nil
	})
}

// Approve implements desk.Notifier. The error joins those of all carriers.
func (f *Failover) Approve(ctx context.Context, tenant string, key channel.Key, a effect.Approve) error {
	return first(ctx, "consent", f.Else, func(ctx context.Context, n desk.Notifier) error {
		return n.Approve(ctx, tenant, key, a)
	})
}

// first tries one carrier after the other until one has done it. Each has an equal share of the time that is left.
func first(ctx context.Context, kind string, carriers []desk.Notifier, try func(context.Context, desk.Notifier) error) error {
	var failed error
	for i, n := range carriers {
		err := within(ctx, len(carriers)-i, func(ctx context.Context) error { return try(ctx, n) })
		if err == nil {
			return nil
		}
		failed = errors.Join(failed, fmt.Errorf("carrier %d of %s: %w", i+1, kind, err))
		if ctx.Err() != nil {
			break
		}
	}
	if failed == nil {
		return fmt.Errorf("%s: %w", kind, ErrNoCarrier)
	}
	return failed
}

// within gives a call one of so many shares of the time until the context's deadline, and leaves it when that is over.
func within(ctx context.Context, shares int, call func(context.Context) error) error {
	if deadline, ok := ctx.Deadline(); ok && shares > 1 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Until(deadline)/time.Duration(shares))
		defer cancel()
	}
	ended := make(chan error, 1)
	go func() { ended <- call(ctx) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
