package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
)

// Tick does everything that is due, once, in the caller's goroutine and in one order: it asks every source, works on the
// inbox, wakes what fell due and carries out the outbox, until nothing is left to do at this instant. Of one source it
// takes 64 pages at most. Late and double ticks do no harm. It fails with ErrClosed after Drain, when the store fails, and
// when ctx is done; what could not be done stays where it is for the next Tick, and holds up nothing else. What a channel
// or a port fails with is stored, logged and tried again when its time comes; Tick does not return it.
func (d *Desk) Tick(ctx context.Context) (err error) {
	if err := d.enter(); err != nil {
		return err
	}
	defer d.leave()
	if err := d.begin(ctx); err != nil {
		return err
	}
	for _, name := range d.names {
		if _, err := d.poll(ctx, name, d.opt.Patience); err != nil {
			return err
		}
	}
	var failed error
	defer func() {
		if _, bad := d.listened(ctx, 1); err == nil && bad != nil && ctx.Err() == nil {
			err = bad
		}
	}()
	for failed == nil && !d.stopping(ctx) {
		n, err := d.inbox(ctx, 1)
		told, late := d.listened(ctx, savedAfter)
		woken, _, bad := d.elapse(ctx, 1)
		carried, _, worse := d.carry(ctx, rankHarm, rankAsk, everything)
		failed = errors.Join(err, late, bad, worse)
		if n+told+woken+carried == 0 {
			break
		}
	}
	return cmp.Or(ctx.Err(), failed)
}

// everything is more requests than there are.
const everything = 1<<31 - 1

// elapse wakes every case and incident that is due, and reports how many did something, and when the next one is due. A
// row that cannot be woken holds up no other.
func (d *Desk) elapse(ctx context.Context, workers int) (n int, next time.Time, err error) {
	done := progress[Address]{left: map[Address]bool{}}
	wakes := map[Address]wake{}
	for before := -1; done.n > before && !done.down() && !d.stopping(ctx); {
		before = done.n
		rows, err := d.opt.Store.Due(ctx, d.now(), batch+len(done.left))
		if err != nil {
			return done.n, next, err
		}
		rows = slices.DeleteFunc(rows, func(r Row) bool { return done.left[r.Address] })
		for _, r := range rows {
			wakes[r.Address] = wakes[r.Address].again(r.Due)
		}
		atOnce(workers, rows, func(r Row) string { return r.ID }, func(r Row) {
			if done.down() || d.stopping(ctx) {
				return
			}
			did, err := d.elapsed(ctx, r, wakes[r.Address].n)
			done.add(r.Address, did, err)
		})
	}
	if done.down() {
		return done.n, next, done.first()
	}
	later, err := d.opt.Store.Due(ctx, endOfTime, 1+len(done.left))
	for _, r := range later {
		if r.Due.After(d.now()) || !done.left[r.Address] {
			next = sooner(next, r.Due)
		}
	}
	return done.n, next, cmp.Or(err, done.first())
}

// endOfTime is after everything that can fall due.
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// A wake counts how often a row was woken for one instant.
type wake struct {
	due time.Time
	n   int
}

func (k wake) again(due time.Time) wake {
	if !k.due.Equal(due) {
		return wake{due: due, n: 1}
	}
	k.n++
	return k
}

// wakesAtOnce is how often a row is woken for one instant before it is put off: one that is always due would stop
// everything else.
const wakesAtOnce = 8

// elapsed wakes one row for the nth time, and reports whether it did something. A row that cannot be woken, or has nothing
// to do though it is due, is put off for a while: the reason may pass.
func (d *Desk) elapsed(ctx context.Context, r Row, n int) (did bool, err error) {
	if r.Kind == KindTally {
		return d.tallied(ctx, r)
	}
	// A row can be due again at an instant that it was woken for before: what the customer wrote later has a clock that
	// runs from its own instant. The first event's id is known by then; the row's revision makes another one.
	for _, of := range []string{r.ID, r.ID + "/" + strconv.Itoa(r.Revision)} {
		did, err = d.woken(ctx, r, event.ElapsedID(of, r.Due))
		if did || err != nil || n > wakesAtOnce {
			break
		}
	}
	var bad *stepError
	switch {
	case errors.As(err, &bad):
		d.opt.Logger.ErrorContext(ctx, "row cannot be woken", "kind", r.Kind, "id", r.ID, "error", bad)
	case err != nil || did && n <= wakesAtOnce:
		return did, err
	case did:
		d.opt.Logger.ErrorContext(ctx, "row is due again and again", "kind", r.Kind, "id", r.ID, "due", r.Due)
	}
	return false, d.putOff(ctx, r.Address)
}

func (d *Desk) woken(ctx context.Context, r Row, id string) (did bool, err error) {
	err = d.atomically(ctx, r.ID, func(w *work) error {
		did = false
		if due, err := w.due(ctx, r.Address); err != nil || !due {
			return err
		}
		did, err = w.step(ctx, r.Address, event.Event{
			ID: id, At: mention.Instant(r.Due), By: event.Clock, Body: event.Elapsed{Due: r.Due},
		})
		return err
	})
	if errors.Is(err, ErrKnown) {
		return false, nil
	}
	return did && err == nil, err
}

// due says whether a row is due, as it is stored now: somebody else may have moved it, or the clock may have gone back.
func (w *work) due(ctx context.Context, at Address) (bool, error) {
	row, err := w.row(ctx, at)
	return err == nil && !row.Due.IsZero() && !row.Due.After(w.now), err
}

// putOff stores that a row is looked at again in a minute. Its state is what it was.
func (d *Desk) putOff(ctx context.Context, at Address) error {
	return d.atomically(ctx, at.ID, func(w *work) error {
		if due, err := w.due(ctx, at); err != nil || !due {
			return err
		}
		w.loaded[at].Due = w.now.Add(time.Minute)
		w.changed(at)
		return nil
	})
}
