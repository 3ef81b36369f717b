package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/escalation/throttle"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
)

// A Digester is a Notifier that can put several pages to one member into one message. One that cannot is given them one
// after the other.
type Digester interface {
	Notifier

	// Digest is Tell for pages that have waited. keys are theirs, in the same order.
	Digest(ctx context.Context, tenant string, keys []channel.Key, pages []effect.Tell) error
}

// labelTold is what rows of what members were told are found by.
const labelTold = "told"

func toldAt(tenant, member string) Address {
	return Address{Tenant: tenant, Kind: KindTally, ID: mention.Key("told", tenant, member)}
}

// holdable says whether a page may wait: those of a case that is neither danger to life nor a crisis, once, and only if
// it asks for something.
func (d *Desk) holdable(o Outbound, b effect.Tell) bool {
	return d.opt.Limits.Pages.Most > 0 && o.Kind == KindCase && o.State == Waiting && o.Attempts == 0 && o.Next.IsZero() &&
		!b.Relief && b.Category != triage.Life && b.Severity < triage.Crisis
}

// errNotHeld is a page that its case does not let wait.
var errNotHeld = errors.New("this page does not wait")

// held counts a page, and reports whether it waits for others since its member was told of too much. Its ladder is told
// until when in the same commit, or it would take the page for lost.
func (d *Desk) held(ctx context.Context, o Outbound, b effect.Tell) (waits bool, err error) {
	if !d.holdable(o, b) {
		return false, nil
	}
	err = d.atomically(ctx, o.ID, func(w *work) error {
		if err := w.unmoved(ctx, o); err != nil {
			return err
		}
		t, row, err := w.memberTold(ctx, toldAt(o.Tenant, b.Member))
		if err != nil {
			return err
		}
		t, until := t.Ask(d.opt.Limits.Pages, o.Key, false, w.now)
		if err := w.putTold(row, t); err != nil {
			return err
		}
		if waits = !until.IsZero(); !waits {
			return nil
		}
		later := o
		later.Next = until.Add(time.Minute) // by itself, should it not go out with the others
		w.commit.Outbox = append(w.commit.Outbox, later)
		deferred := event.Event{ID: mention.Key("event", "deferred", o.Key), At: w.now, By: event.Host,
			Body: event.Deferred{Key: o.Key, Until: until}}
		if _, err := w.step(ctx, o.Address, deferred); errors.Is(err, respond.ErrRefused) {
			return errNotHeld
		} else if err != nil {
			return err
		}
		return nil
	})
	switch {
	case errors.Is(err, errNotHeld):
		return false, nil
	case errors.Is(err, errMoved), errors.Is(err, ErrKnown):
		return true, nil
	}
	return waits, err
}

func (w *work) memberTold(ctx context.Context, at Address) (t throttle.Tally, row *Row, err error) {
	if row, err = w.row(ctx, at); err != nil || len(row.State) == 0 {
		return t, row, err
	}
	if err := json.Unmarshal(row.State, &t); err != nil {
		return t, row, &stepError{fmt.Errorf("tally %s cannot be read: %w", at.ID, err)}
	}
	return t, row, nil
}

func (w *work) putTold(row *Row, t throttle.Tally) (err error) {
	if row.State, err = json.Marshal(t); err != nil {
		return &stepError{err}
	}
	row.Due, row.Labels = mention.Instant(t.Due), []string{labelTold}
	w.changed(row.Address)
	return nil
}

// together sends the pages that have waited for one member, as one message where that can be done. What somebody has taken
// meanwhile nobody need be told of.
func (d *Desk) together(ctx context.Context, at Address) (bool, error) {
	var pages, stale []Outbound
	err := d.atomically(ctx, at.ID, func(w *work) error {
		pages, stale = nil, nil
		t, row, err := w.memberTold(ctx, at)
		if err != nil {
			return err
		}
		t, keys := t.Elapse(d.opt.Limits.Pages, w.now)
		if err := w.putTold(row, t); err != nil {
			return err
		}
		for _, key := range keys {
			o, err := d.one(ctx, key)
			switch {
			case errors.Is(err, ErrAbsent) || err == nil && o.State != Waiting:
				continue
			case err != nil:
				return err
			}
			if matters, err := w.matters(ctx, o); err != nil {
				return err
			} else if !matters {
				stale = append(stale, o)
				continue
			}
			o.State, o.Tried, o.Next = Trying, w.now, w.now.Add(d.opt.Patience)
			o.Attempts++
			w.commit.Outbox = append(w.commit.Outbox, o)
			o.Revision++
			pages = append(pages, o)
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	for _, o := range stale {
		taken := event.Undelivered{Key: o.Key, Reason: event.Answered, Detail: "somebody has it"}
		if err := d.outcome(ctx, o, taken, nil); err != nil {
			return true, err
		}
	}
	return true, d.tellTogether(ctx, pages)
}

// matters says whether a page is still to go out: nobody has the case, and it lives.
func (w *work) matters(ctx context.Context, o Outbound) (bool, error) {
	row, err := w.row(ctx, o.Address)
	if err != nil {
		return false, err
	}
	var c respond.Case
	if err := json.Unmarshal(row.State, &c); err != nil {
		return true, nil // who cannot be asked has not said no
	}
	return c.Climb != nil && c.Climb.Taken == "" && !c.Climb.Over, nil
}

// tellTogether makes the call, or the calls, and stores what came of each page.
func (d *Desk) tellTogether(ctx context.Context, pages []Outbound) error {
	var keys []channel.Key
	var tells []effect.Tell
	for _, o := range pages {
		tell, _ := decoded(o).(effect.Tell)
		keys, tells = append(keys, channel.Key(o.Key)), append(tells, tell)
	}
	digester, can := d.opt.Notifier.(Digester)
	answers := make([]error, len(pages))
	if can && len(pages) > 1 {
		_, err := patiently(ctx, d, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, digester.Digest(ctx, pages[0].Tenant, keys, tells)
		})
		for i := range answers {
			answers[i] = err
		}
	} else {
		for i, o := range pages {
			_, answers[i] = patiently(ctx, d, func(ctx context.Context) (struct{}, error) {
				return struct{}{}, d.opt.Notifier.Tell(ctx, o.Tenant, keys[i], tells[i])
			})
		}
	}
	var failed error
	for i, o := range pages {
		var outcome event.Body = event.Delivered{Key: o.Key}
		if err := answers[i]; err != nil {
			outcome = event.Undelivered{Key: o.Key, Reason: reasonOf(err), Detail: codeOf(err)}
		}
		failed = errors.Join(failed, d.outcome(ctx, o, outcome, nil))
	}
	return failed
}
