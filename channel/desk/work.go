package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/tally"
)

// A work is one commit in the making: rows are loaded once, stepped, and stored together. It is made by one goroutine.
type work struct {
	d        *Desk
	now      time.Time
	loaded   map[Address]*Row
	verdicts map[Address]*triage.Verdict // of cases that were stepped
	awaits   map[string]bool             // keys of requests whose outcome a row that was stepped still waits for
	order    []Address                   // of loaded rows that changed
	commit   Commit
	redacts  []mention.Ref  // what goes with the step that is made next
	erased   []erasedPerson // who leaves the incidents that name him
	after    []func()       // what is done once it is stored
}

// A stepError is a failure of a step itself and not of the store: trying again would fail again.
type stepError struct{ err error }

func (e *stepError) Error() string { return e.err.Error() }
func (e *stepError) Unwrap() error { return e.err }

// errNoRules is a tenant that nobody knows, or whose rules are not there at the moment.
var errNoRules = errors.New("there are no rules")

// attempts at a commit before a conflict is given back: only another desk on the store can be in the way so often.
const attempts = 16

// atomically makes one commit about the case or the incident with an id; empty: about none. Commits about one are made one
// after the other. When somebody else was quicker all the same it is made again, from what is stored then and in its turn.
func (d *Desk) atomically(ctx context.Context, id string, do func(*work) error) error {
	if err := d.shards.enter(ctx, id); err != nil {
		return err
	}
	defer d.shards.leave(id)
	began := d.now()
	var turn []Address
	defer func() { d.lines.quit(turn) }()
	for n := 1; ; n++ {
		w := d.begun()
		if err := do(w); err != nil {
			return err
		}
		if err := w.leaveIncidents(ctx); err != nil {
			return err
		}
		for _, at := range w.order {
			w.commit.Rows = append(w.commit.Rows, *w.loaded[at])
		}
		if w.commit.empty() {
			return nil
		}
		err := error(ErrConflict)
		if !d.lines.stand(w.order, turn) {
			err = d.opt.Store.Commit(ctx, w.commit)
		}
		if errors.Is(err, ErrConflict) && n < attempts {
			d.opt.Meter.Count("conflicts", "store", 1)
			if turn, err = d.lines.join(ctx, turn, w.order); err != nil {
				return err
			}
			continue
		}
		if err == nil {
			d.opt.Meter.Took("commit", "store", d.now().Sub(began))
			d.stored(w)
		}
		return err
	}
}

// stored is what follows a commit: who watches is told, who waits is woken.
func (d *Desk) stored(w *work) {
	for _, do := range w.after {
		do()
	}
	for _, o := range w.commit.Outbox {
		if o.State == Settled {
			d.opt.Meter.Count("outcomes", o.Effect+" "+o.Outcome, 1)
		}
	}
	for _, at := range w.order {
		d.feed.tell(Change{Address: at, Revision: w.loaded[at].Revision + 1})
	}
	d.wake()
}

// begun is a commit with nothing in it yet.
func (d *Desk) begun() *work {
	return &work{d: d, now: d.now(), loaded: map[Address]*Row{}, awaits: map[string]bool{}, verdicts: map[Address]*triage.Verdict{}}
}

// empty says whether there is nothing to store.
func (c Commit) empty() bool {
	return len(c.Rows)+len(c.Entries)+len(c.Outbox)+len(c.Events)+len(c.Texts)+len(c.Inbox)+len(c.Cursors)+len(c.Erased) == 0
}

// row is the stored row, or a new one.
func (w *work) row(ctx context.Context, at Address) (*Row, error) {
	if r := w.loaded[at]; r != nil {
		return r, nil
	}
	r, err := w.d.opt.Store.Row(ctx, at)
	if errors.Is(err, ErrAbsent) {
		r, err = Row{Address: at}, nil
	}
	if err != nil {
		return nil, err
	}
	w.loaded[at] = &r
	return &r, nil
}

func (w *work) changed(at Address) {
	for _, known := range w.order {
		if known == at {
			return
		}
	}
	w.order = append(w.order, at)
}

// step brings an event to a row. It reports whether something happened; an event that is known is no error.
func (w *work) step(ctx context.Context, at Address, e event.Event) (bool, error) {
	rules := w.d.rules(at.Tenant)
	if rules == nil {
		return false, &stepError{fmt.Errorf("%w for tenant %q", errNoRules, at.Tenant)}
	}
	do := machines[at.Kind]
	if do == nil {
		return false, &stepError{fmt.Errorf("a %s takes no events", at.Kind)}
	}
	row, err := w.row(ctx, at)
	if err != nil {
		return false, err
	}
	out, spent, err := w.decide(ctx, do, rules, at, row, e)
	for range mostMerged {
		into := endedIn(e, err)
		if into == "" {
			break
		}
		at.ID = into
		if row, err = w.row(ctx, at); err != nil {
			return false, err
		}
		out, spent, err = w.decide(ctx, do, rules, at, row, e)
	}
	if err != nil || out.seq == 0 {
		return false, err
	}
	if entry, ok := out.made.(respond.Entry); ok {
		if err := w.settlePurse(ctx, at.Tenant, spent, entry); err != nil {
			return false, err
		}
	}
	if drop := w.drops(at, e); drop != nil {
		return true, w.erase(ctx, row, out, e, drop)
	}
	return true, w.take(ctx, at, row, out, e.ID)
}

// decide makes one step of a row. A case is told what its members and its customer were given until now.
func (w *work) decide(ctx context.Context, do machine, rules *respond.Rules, at Address, row *Row, e event.Event,
) (out stepped, spent purse, err error) {
	if at.Kind == KindCase {
		if spent, err = w.purseFor(ctx, rules, at, row, &e); err != nil {
			return out, spent, err
		}
	}
	if out, err = do(rules, at, row.State, e, w.now); err != nil {
		err = &stepError{err}
	}
	return out, spent, err
}

// take takes what a step did into the commit.
func (w *work) take(ctx context.Context, at Address, row *Row, out stepped, id string) error {
	labels, err := w.reminded(ctx, row, out.labels)
	if err != nil {
		return err
	}
	row.State, row.Due, row.Queue, row.Keys, row.Labels = out.state, mention.Instant(out.due), out.queue, out.keys, labels
	w.changed(at)
	w.verdicts[at] = out.is.verdict
	for _, a := range out.awaited {
		w.awaits[a.Key] = true
	}
	if out.entry != nil {
		if err := w.link(row, out); err != nil {
			return err
		}
	}
	w.commit.Events = append(w.commit.Events, mention.Key("event of", at.Tenant, id))
	for _, asked := range out.effects {
		o, err := w.outbound(at, asked)
		if err != nil {
			return &stepError{err}
		}
		w.commit.Outbox = append(w.commit.Outbox, o)
	}
	return w.count(ctx, at.Tenant, out)
}

// outbound is a new request as it stands in the outbox.
func (w *work) outbound(at Address, e effect.Effect) (Outbound, error) {
	body, err := json.Marshal(e)
	return Outbound{
		Address: at, Key: e.Key, Rank: rank(e.Body), Lane: at.Tenant + "/" + at.ID + "/" + destination(e),
		Effect: e.Kind(), Body: body, State: Waiting, Asked: w.now,
	}, err
}

// destination is the kind of a request and where it goes: within one, order holds. To hold posts and to let them go are
// one kind, or a hold that came late would stand for ever.
func destination(e effect.Effect) string {
	to := ""
	switch b := e.Body.(type) {
	case effect.Send:
		to = b.Channel + "/" + b.Account + "/" + b.Author
	case effect.Survey:
		to = b.Channel + "/" + b.Account + "/" + b.Author
	case effect.Publish:
		to = b.Channel + "/" + b.Account
	case effect.Observe:
		to = b.Ref.String()
	case effect.Moderate:
		to = b.Ref.String()
	case effect.Tell:
		to = b.Member + "/" + b.Contact + "/" + b.Address
	case effect.Approve:
		to = b.Member
	case effect.Hold, effect.Resume:
		return "scheduled posts"
	case effect.HoldCases, effect.ReleaseCases, effect.InformCases:
		return "cases"
	}
	return e.Kind() + "/" + to
}

// count keeps the tallies of open cases, of the author and of the member who has it, in step with the case, in the same
// commit.
func (w *work) count(ctx context.Context, tenant string, out stepped) error {
	if err := w.burden(ctx, tenant, out.was.burdened(), out.is.burdened()); err != nil {
		return err
	}
	broken := out.broken()
	if out.is.author == "" || out.was.live == out.is.live && broken == 0 {
		return nil
	}
	return w.tally(ctx, Address{Tenant: tenant, Kind: KindTally, ID: out.is.author}, func(a tally.Author) tally.Author {
		for range broken {
			a = a.BrokenPromise()
		}
		switch {
		case out.is.live && !out.was.live:
			return a.Opened()
		case out.was.live && !out.is.live:
			return a.Closed()
		}
		return a
	})
}

// broken is how many promises were missed in this step. Those that a merging or a parting brings were missed before.
func (out stepped) broken() (n int) {
	if e, ok := out.made.(respond.Entry); ok {
		switch e.Event.Body.(type) {
		case event.Merged, event.Split:
			return 0
		}
	}
	for _, id := range out.is.missed {
		if !slices.Contains(out.was.missed, id) {
			n++
		}
	}
	return n
}

// tally changes an author's tally.
func (w *work) tally(ctx context.Context, at Address, change func(tally.Author) tally.Author) error {
	a, row, err := w.author(ctx, at)
	if err != nil {
		return err
	}
	a = change(a)
	if row.State, err = json.Marshal(a); err != nil {
		return &stepError{fmt.Errorf("tally %s cannot be written: %w", at.ID, err)}
	}
	row.Due, row.Labels = w.known(at.Tenant, a), []string{labelKnown}
	w.changed(at)
	return nil
}

func (w *work) author(ctx context.Context, at Address) (a tally.Author, row *Row, err error) {
	if row, err = w.row(ctx, at); err != nil || len(row.State) == 0 {
		return a, row, err
	}
	if err = json.Unmarshal(row.State, &a); err != nil {
		err = &stepError{fmt.Errorf("tally %s cannot be read: %w", at.ID, err)}
	}
	return a, row, err
}

// authorID names the tally of an author; empty for one that nothing tells from others.
func authorID(tenant, channel string, a mention.Author) string {
	if a.Key() == "" {
		return ""
	}
	return mention.Key("author", tenant, channel, a.Key())
}
