package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/group"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/privacy"
	"github.com/reputekit/reputation/respond/trail"
)

// errUnderWay says that somebody speaks to the person at this moment: what comes of it must not be stored after he is gone.
var errUnderWay = errors.New("a request of the case is under way")

var errPreserved = errors.New("it is preserved")

// erases erases a person from a case. What is not possible now a person is told.
func (d *Desk) erases(ctx context.Context, o Outbound) error {
	return d.dropping(ctx, o, func(w *work) error {
		return w.settleBy(ctx, o, event.Event{
			ID: event.OutcomeID(o.Key, event.Erased{}, o.Attempts), At: w.now, By: event.Host, Body: event.Erased{Key: o.Key},
		})
	})
}

// erasureAsked takes the wish of a person into the case that he spoke of, and into all others that the same author has.
func (w *work) erasureAsked(ctx context.Context, at Address, e event.Event) error {
	row, err := w.row(ctx, at)
	if err != nil {
		return err
	}
	author := authorOf(row, at.Tenant, e)
	if _, err := w.step(ctx, at, e); err != nil || author == "" {
		return err
	}
	q := RowQuery{Tenant: at.Tenant, Kind: KindCase, Label: labelAuthor + author}
	for other, err := range w.d.opt.Store.Rows(ctx, q) {
		if err != nil {
			return err
		}
		if other.Address == at {
			continue
		}
		also := e
		also.ID = mention.Key("erasure asked", e.ID, other.ID)
		if _, err := w.step(ctx, other.Address, also); tolerate(err) != nil {
			return err
		}
	}
	return nil
}

// dropping makes the commit that drops something, once nothing of the case is under way.
func (d *Desk) dropping(ctx context.Context, o Outbound, do func(*work) error) error {
	err := d.atomically(ctx, o.ID, func(w *work) error {
		stored, err := d.one(ctx, o.Key)
		if err != nil || stored.State == Settled {
			return err
		}
		o.Revision = stored.Revision
		if err := w.quiet(ctx, o.Address); err != nil {
			return err
		}
		return do(w)
	})
	switch {
	case errors.Is(err, errUnderWay):
		return d.later(ctx, o, Waiting, time.Minute, err)
	case errors.As(err, new(*stepError)):
		d.opt.Logger.ErrorContext(ctx, "what must go is not dropped", "id", o.ID, "key", o.Key, "error", err)
		return d.outcome(ctx, o, event.Undelivered{Key: o.Key, Reason: event.Failed}, nil)
	}
	return err
}

// quiet fails with errUnderWay while the world is called for a case.
func (w *work) quiet(ctx context.Context, at Address) error {
	for o, err := range w.d.opt.Store.Outbox(ctx, OutboxQuery{Tenant: at.Tenant, ID: at.ID, Open: true}) {
		switch {
		case err != nil:
			return err
		case o.State == Trying && o.Next.After(w.now):
			return errUnderWay
		}
	}
	return nil
}

// A drop is what goes with one step of a case: messages, or classes; neither: the person, and all of it.
type drop struct {
	because string
	refs    []mention.Ref
	classes []privacy.Class
	of      *privacy.Person // another, who was one with it for a while
}

// drops is what an event takes out of the store; nil: nothing.
func (w *work) drops(at Address, e event.Event) *drop {
	if at.Kind != KindCase {
		return nil
	}
	switch b := e.Body.(type) {
	case event.Erased:
		if b.Of != nil {
			return &drop{because: "another, who was taken for the same person for a while, is erased", of: b.Of}
		}
		return &drop{because: "the person asked that what is kept of him goes"}
	case event.Purged:
		return &drop{because: fmt.Sprintf("past its time: %v", b.Classes), classes: b.Classes}
	}
	if refs := w.redacts; len(refs) > 0 {
		w.redacts = nil
		return &drop{because: "its author removed a message", refs: refs}
	}
	return nil
}

// erase takes into the commit what a step did that leaves less than was there: the entries before it keep their heads, and
// the redacted state stands in their place.
func (w *work) erase(ctx context.Context, row *Row, out stepped, e event.Event, drop *drop) error {
	at := row.Address
	var was respond.Case
	if err := json.Unmarshal(row.State, &was); err != nil {
		return &stepError{err}
	}
	stored := w.d.chain(ctx, at)
	links := slices.Collect(stored.walk)
	if stored.err != nil {
		return stored.err
	}
	var entries []respond.Entry
	for entry, err := range trail.Entries[respond.Change](nameOf(at), slices.Values(links)) {
		if err != nil {
			return &stepError{err}
		}
		entries = append(entries, entry)
	}
	switch {
	case drop.classes != nil:
		return w.purge(ctx, row, out, e, was, links, entries, drop)
	case drop.of != nil:
		return w.leaveTrail(ctx, row, out, e, links, entries, drop)
	}
	erased := trail.Erased{By: e.By, Because: drop.because, State: out.state}
	gone := Erasure{Address: at, Texts: drop.refs}
	var err error
	if drop.refs == nil {
		gone, err = w.person(ctx, was, at, entries)
	} else {
		err = w.unsaid(ctx, at, was, &erased, gone, entries)
	}
	if err != nil {
		return err
	}
	if err := w.bare(row, &out, links, erased); err != nil {
		return err
	}
	w.commit.Erased = append(w.commit.Erased, gone)
	if err := w.take(ctx, at, row, out, e.ID); err != nil || drop.refs != nil {
		return err
	}
	who, err := w.who(ctx, was, gone, entries)
	if err != nil {
		return err
	}
	w.erased = append(w.erased, who)
	if err := w.leaveOthers(ctx, was, who.Person); err != nil {
		return err
	}
	return w.forget(ctx, was, gone)
}

// bare puts an erasure in the place of what a step would have added to a trail, and of all before it.
func (w *work) bare(row *Row, out *stepped, links []trail.Link, erased trail.Erased) error {
	at := row.Address
	links, tip, err := trail.Erase(nameOf(at), row.Tip, links, erased, out.at, w.d.opt.Salt(nameOf(at), out.seq))
	if err != nil {
		return &stepError{fmt.Errorf("%s %s: %w", at.Kind, at.ID, err)}
	}
	row.Tip, out.entry = tip, nil
	w.commit.Entries = append(w.commit.Entries, Entry{Address: at, Seq: tip.Seq, Link: links[len(links)-1]})
	return nil
}

// person is what goes of a case's customer besides his trail.
func (w *work) person(ctx context.Context, c respond.Case, at Address, entries []respond.Entry) (Erasure, error) {
	out := Erasure{Address: at, Channel: c.Channel, Author: c.Author.Key()}
	if id := authorID(at.Tenant, c.Channel, c.Author); id != "" {
		out.Tallies = []string{id, courtesyAt(at.Tenant, id).ID}
	}
	add := func(ref mention.Ref) {
		if !ref.IsZero() && !slices.Contains(out.Texts, ref) {
			out.Texts = append(out.Texts, ref)
		}
	}
	_, remains := c.Redacted()
	for _, ref := range remains.Texts {
		add(ref)
	}
	for _, e := range entries {
		for _, ref := range spokenIn(e) {
			text, err := w.d.opt.Store.Text(ctx, at.Tenant, ref)
			if ignoreAbsent(err) != nil {
				return out, err
			}
			if err != nil || text.Address == at { // else it went with a case that was parted from this one
				add(ref)
			}
		}
		rec, ok := e.Event.Body.(event.Received)
		if !ok {
			continue
		}
		name := mention.Ref{Channel: rec.Mention.Ref.Channel, ID: rec.Mention.Thread}
		text, err := w.d.opt.Store.Text(ctx, at.Tenant, name)
		if ignoreAbsent(err) != nil {
			return out, err
		}
		if err == nil && text.Address == at {
			add(name)
		}
	}
	for o, err := range w.d.opt.Store.Outbox(ctx, OutboxQuery{Tenant: at.Tenant, ID: at.ID}) {
		if err != nil {
			return out, err
		}
		add(o.Ref)
	}
	return out, nil
}

// spokenIn are the messages that an entry brought. Of one that was withheld its change alone says so.
func spokenIn(e respond.Entry) (refs []mention.Ref) {
	switch b := e.Event.Body.(type) {
	case event.Received:
		refs = []mention.Ref{b.Mention.Ref}
	case event.Edited:
		refs = []mention.Ref{b.Mention.Ref}
	case event.AnsweredElsewhere:
		refs = []mention.Ref{b.Ref}
	case event.Delivered:
		refs = []mention.Ref{b.Ref}
	}
	if m := e.Change.Message; m != nil {
		refs = append(refs, m.Ref)
	}
	return refs
}

// forget takes a person out of what lies beside his case: the words of its requests, the tallies of what he wrote, and the
// cases that were merged into it.
func (w *work) forget(ctx context.Context, c respond.Case, gone Erasure) error {
	if err := w.blank(ctx, gone.Address); err != nil {
		return err
	}
	w.unload(gone)
	if err := w.forgetCopies(ctx, gone); err != nil {
		return err
	}
	_, remains := c.Redacted()
	for _, id := range remains.Cases {
		twin := Address{Tenant: gone.Tenant, Kind: KindCase, ID: id}
		if row, err := w.row(ctx, twin); err != nil || row.Revision == 0 {
			if err != nil {
				return err
			}
			continue
		}
		if _, err := w.step(ctx, twin, event.Event{
			ID: mention.Key("erased with", gone.ID, id, w.now.Format(time.RFC3339Nano)), At: w.now, By: event.Host, Body: event.Erased{},
		}); err != nil {
			return err
		}
	}
	return nil
}

// blank takes the words out of all requests of a case.
func (w *work) blank(ctx context.Context, at Address) error {
	for o, err := range w.d.opt.Store.Outbox(ctx, OutboxQuery{Tenant: at.Tenant, ID: at.ID}) {
		if err != nil {
			return err
		}
		if isBlank(o) {
			continue
		}
		blank, err := blanked(o, w.now)
		if err != nil {
			return &stepError{err}
		}
		w.commit.Outbox = append(w.commit.Outbox, blank)
	}
	return nil
}

// unload keeps tallies that go out of the rows that are stored.
func (w *work) unload(gone Erasure) {
	for _, id := range gone.Tallies {
		at := Address{Tenant: gone.Tenant, Kind: KindTally, ID: id}
		delete(w.loaded, at)
		w.order = slices.DeleteFunc(w.order, func(x Address) bool { return x == at })
	}
}

// erasedOutcome is what became of a request that was open when its person was erased.
const erasedOutcome event.Reason = "erased"

const blankBecause = "what it said was erased"

func isBlank(o Outbound) bool {
	var e effect.Effect
	return json.Unmarshal(o.Body, &e) == nil && e.Because == blankBecause
}

// blanked is a request without what it said, and to whom. One that was open is not wanted any more.
func blanked(o Outbound, now time.Time) (out Outbound, err error) {
	if o.State != Settled {
		o = settled(o, event.Undelivered{Key: o.Key, Reason: erasedOutcome}, now)
	}
	o.Ref, o.Lane = mention.Ref{}, o.Tenant+"/"+o.ID+"/"+o.Effect
	o.Body, err = json.Marshal(effect.Effect{Key: o.Key, Because: blankBecause,
		Body: effect.Unknown{Name: o.Effect, Raw: json.RawMessage(`{}`)}})
	return o, err
}

// forgetCopies takes what he wrote out of the tally of near copies, where it is stored and where it is counted.
func (w *work) forgetCopies(ctx context.Context, gone Erasure) error {
	said, err := w.d.saidOf(ctx, gone.Tenant)
	if err != nil {
		return err
	}
	less := func(t group.Tally) group.Tally { return t.Forget(gone.Channel, gone.Author, gone.Texts...) }
	w.after = append(w.after, func() {
		said.mu.Lock()
		defer said.mu.Unlock()
		said.copies = less(said.copies)
		said.erasedMeanwhile(gone.Texts)
		said.written++
	})
	var stored listens
	row, err := w.row(ctx, copiesOf(gone.Tenant))
	if err != nil || len(row.State) == 0 {
		return err
	}
	if err := json.Unmarshal(row.State, &stored); err != nil {
		return &stepError{fmt.Errorf("tally %s cannot be read: %w", row.ID, err)}
	}
	stored.Copies = less(stored.Copies)
	if row.State, err = json.Marshal(stored); err != nil {
		return &stepError{err}
	}
	w.changed(row.Address)
	return nil
}
