package desktest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
)

// tenant and member are whom the checks speak of.
const (
	tenant = "desktest"
	member = "desktest-member"
)

// CheckNotifier holds a Notifier to its contract. It pages the member "desktest-member" by "phone" and asks him for consent.
func CheckNotifier(ctx context.Context, n desk.Notifier) []Result {
	page := effect.Tell{Member: member, Contact: "phone", Address: "+34 600 000 000", Subject: desk.KindCase, ID: "desktest"}
	ask := effect.Approve{Member: member, Draft: "d", Subject: desk.KindCase, ID: "desktest"}
	tell := func(ctx context.Context, key string) error { return n.Tell(ctx, tenant, channel.Key(key), page) }
	return hold(ctx, "notifier", []rule{
		{"a member who can be reached is", func(ctx context.Context) error { return tell(ctx, "page 1") }},
		{"a page that comes again with its key is no error", func(ctx context.Context) error {
			return errors.Join(tell(ctx, "page 1"), tell(ctx, "page 1"))
		}},
		{"a question for consent arrives", func(ctx context.Context) error { return n.Approve(ctx, tenant, "ask 1", ask) }},
		{"it is called from many sides at once", func(ctx context.Context) error {
			return fromManySides(func(i int) error { return tell(ctx, fmt.Sprint("page at once ", i)) })
		}},
		{"it returns soon after its context is done", func(ctx context.Context) error {
			_, err := heeds(ctx, func(ctx context.Context) error { return tell(ctx, "page late") })
			_, worse := heeds(ctx, func(ctx context.Context) error { return n.Approve(ctx, tenant, "ask late", ask) })
			return errors.Join(err, worse)
		}},
	})
}

// CheckObserver holds an Observer to its contract. It asks for the signals, as a policy declares them.
func CheckObserver(ctx context.Context, o desk.Observer, signals ...triage.Source) []Result {
	asked := effect.Observe{Ref: mention.Ref{Channel: "desktest", ID: "1"}, Signals: signals}
	read := func(ctx context.Context, key, text string) (event.Observed, error) {
		return o.Observe(ctx, tenant, channel.Key(key), text, asked)
	}
	known := func(name string) bool {
		return slices.ContainsFunc(signals, func(s triage.Source) bool { return s.Name == name })
	}
	return hold(ctx, "observer", []rule{
		{"it reads what was asked, and says of the rest that nobody can", func(ctx context.Context) error {
			out, err := read(ctx, "read 1", "You lost my bag.")
			if errors.Is(err, desk.ErrLater) || err != nil {
				return ignoreLater(err)
			}
			for _, r := range out.Signals {
				switch {
				case !known(r.Name):
					return fmt.Errorf("nobody asked for %q", r.Name)
				case slices.Contains(out.Absent, r.Name):
					return fmt.Errorf("%q was read, and nobody can read it", r.Name)
				}
			}
			for _, name := range out.Absent {
				if !known(name) {
					return fmt.Errorf("nobody asked for %q", name)
				}
			}
			return nil
		}},
		{"the same key has the same answer", func(ctx context.Context) error {
			return twice(func() (event.Observed, error) { return read(ctx, "read 2", "You lost my bag.") })
		}},
		{"no text makes it fail", func(ctx context.Context) error {
			var errs []error
			for i, text := range []string{"", "\xff\x00", strings.Repeat("bag ", 1<<18)} {
				_, err := read(ctx, fmt.Sprint("read text ", i), text)
				errs = append(errs, ignoreLater(err))
			}
			return errors.Join(errs...)
		}},
		{"it is called from many sides at once", func(ctx context.Context) error {
			return fromManySides(func(i int) error {
				_, err := read(ctx, fmt.Sprint("read at once ", i), "You lost my bag.")
				return ignoreLater(err)
			})
		}},
		{"it returns soon after its context is done", func(ctx context.Context) error {
			_, err := heeds(ctx, func(ctx context.Context) error {
				_, err := read(ctx, "read late", "You lost my bag.")
				return err
			})
			return err
		}},
	})
}

// CheckCustomers holds Customers to their contract. It looks up "desktest-nobody", whom nobody knows.
func CheckCustomers(ctx context.Context, c desk.Customers) []Result {
	asked := effect.Lookup{
		Ref: mention.Ref{Channel: "desktest", ID: "1"}, Author: mention.Author{ID: "desktest-nobody"}, Names: []string{"order"},
	}
	look := func(ctx context.Context, key string) (event.Known, error) {
		return c.Lookup(ctx, tenant, channel.Key(key), asked)
	}
	return hold(ctx, "customers", []rule{
		{"whom nobody knows is no error, and nothing is said of him", func(ctx context.Context) error {
			out, err := look(ctx, "look 1")
			if err == nil && (len(out.Given) > 0 || out.Standing != "" || out.History != nil) {
				return errors.New("it knows somebody whom nobody knows")
			}
			return ignoreLater(err)
		}},
		{"the same key has the same answer", func(ctx context.Context) error {
			return twice(func() (event.Known, error) { return look(ctx, "look 2") })
		}},
		{"it is called from many sides at once", func(ctx context.Context) error {
			return fromManySides(func(i int) error {
				_, err := look(ctx, fmt.Sprint("look at once ", i))
				return ignoreLater(err)
			})
		}},
		{"it returns soon after its context is done", func(ctx context.Context) error {
			_, err := heeds(ctx, func(ctx context.Context) error {
				_, err := look(ctx, "look late")
				return err
			})
			return err
		}},
	})
}

// CheckGranter holds a Granter to its contract. It pays one cent at most twelve times.
func CheckGranter(ctx context.Context, g desk.Granter) []Result {
	cent := effect.Grant{Offer: "desktest", Member: member, Channel: "desktest", Author: "desktest", Kind: "coupon",
		Sum: escalation.Money{Minor: 1, Currency: "EUR"}, Period: "2026-01-01"}
	pay := func(ctx context.Context, key string) (event.Granted, error) {
		return g.Grant(ctx, tenant, channel.Key(key), cent)
	}
	find := func(ctx context.Context, key string) (event.Granted, error) {
		return g.Find(ctx, tenant, channel.Key(key))
	}
	return hold(ctx, "granter", []rule{
		{"one key pays once, and has one answer", func(ctx context.Context) error {
			return twice(func() (event.Granted, error) { return pay(ctx, "pay 1") })
		}},
		{"one key from many sides pays once", func(ctx context.Context) error {
			answers := make([]event.Granted, 8)
			err := fromManySides(func(i int) (err error) {
				answers[i], err = pay(ctx, "pay race")
				return err
			})
			if err == nil && len(slices.Compact(answers)) > 1 {
				return fmt.Errorf("one key has the answers %v", answers)
			}
			return err
		}},
		{"a known key with another sum is a conflict", func(ctx context.Context) error {
			if _, err := pay(ctx, "pay other"); err != nil {
				return err
			}
			other := cent
			other.Sum.Minor = 2
			if _, err := g.Grant(ctx, tenant, "pay other", other); !errors.Is(err, channel.ErrConflict) {
				return fmt.Errorf("it answers %v", err)
			}
			return nil
		}},
		{"what was paid is found", func(ctx context.Context) error {
			paid, err := pay(ctx, "pay found")
			if err != nil {
				return err
			}
			found, err := find(ctx, "pay found")
			switch {
			case errors.Is(err, channel.ErrUnsupported):
				return nil
			case err == nil && found.Reference != paid.Reference:
				return fmt.Errorf("paid as %q and found as %q", paid.Reference, found.Reference)
			}
			return err
		}},
		{"what was never paid is not found", func(ctx context.Context) error {
			_, err := find(ctx, "pay never")
			if errors.Is(err, channel.ErrNotFound) || errors.Is(err, channel.ErrUnsupported) {
				return nil
			}
			return fmt.Errorf("it answers %v", err)
		}},
		{"when its context is done it returns soon, and does not deny what it may have paid", func(ctx context.Context) error {
			answer, err := heeds(ctx, func(ctx context.Context) error {
				_, err := pay(ctx, "pay late")
				return err
			})
			if err != nil {
				return err
			}
			_, found := find(ctx, "pay late")
			if found == nil && channel.Classify(answer) == channel.GiveUp {
				return fmt.Errorf("it says %v, and has paid", answer)
			}
			return nil
		}},
	})
}

// CheckScheduler holds a Scheduler to its contract. It holds posts for the incident "desktest", and lets them go.
func CheckScheduler(ctx context.Context, s desk.Scheduler) []Result {
	stop := func(ctx context.Context) error { return s.Hold(ctx, tenant, effect.Hold{Incident: "desktest"}) }
	resume := func(ctx context.Context) error { return s.Resume(ctx, tenant, effect.Resume{Incident: "desktest"}) }
	return hold(ctx, "scheduler", []rule{
		{"what nobody holds can be let go", resume},
		{"held twice is held once", func(ctx context.Context) error { return errors.Join(stop(ctx), stop(ctx), resume(ctx)) }},
		{"let go twice is let go once", func(ctx context.Context) error { return errors.Join(stop(ctx), resume(ctx), resume(ctx)) }},
		{"it is called from many sides at once", func(ctx context.Context) error {
			return errors.Join(fromManySides(func(int) error { return stop(ctx) }), resume(ctx))
		}},
		{"it returns soon after its context is done", func(ctx context.Context) error {
			_, err := heeds(ctx, stop)
			_, worse := heeds(ctx, resume)
			return errors.Join(err, worse)
		}},
	})
}

// twice wants one answer to one question.
func twice[T any](ask func() (T, error)) error {
	one, err := ask()
	if err != nil {
		return ignoreLater(err)
	}
	two, err := ask()
	if err == nil && !reflect.DeepEqual(one, two) {
		return fmt.Errorf("it says %v, and then %v", one, two)
	}
	return ignoreLater(err)
}

func ignoreLater(err error) error {
	if errors.Is(err, desk.ErrLater) {
		return nil
	}
	return err
}
