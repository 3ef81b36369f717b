package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/privacy"
	"github.com/reputekit/reputation/respond/trail"
)

// leaveOthers takes a person who is erased, or messages that he removed, out of the cases that his was one with until they
// were parted, and messages out of those that it is one with. What is preserved there stays.
func (w *work) leaveOthers(ctx context.Context, c respond.Case, p privacy.Person) error {
	others := c.Apart
	if len(p.Cases) == 0 {
		others = slices.Clone(others)
		for _, t := range c.Twins {
			others = append(others, t.Case)
		}
	}
	for _, id := range others {
		at := Address{Tenant: c.Tenant, Kind: KindCase, ID: id}
		row, err := w.row(ctx, at)
		switch {
		case err != nil:
			return err
		case row.Revision == 0 || len(row.State) == 0:
			continue
		}
		_, err = w.step(ctx, at, event.Event{
			ID: mention.Key("erased beside", id, c.ID, fmt.Sprint(row.Tip.Seq), w.now.Format(time.RFC3339Nano)), At: w.now, By: event.Host,
			Body: event.Erased{Of: &p},
		})
		if err != nil && !errors.Is(err, respond.ErrRefused) {
			return err
		}
	}
	return nil
}

// leaveTrail takes another person out of a case's trail and requests: of what was written while the two were one, and of
// whatever names him, there stays how the case moved.
func (w *work) leaveTrail(ctx context.Context, row *Row, out stepped, e event.Event, links []trail.Link, entries []respond.Entry,
	drop *drop,
) error {
	at := row.Address
	erased := trail.Erased{By: e.By, Because: drop.because, State: out.state}
	one, less := false, false
	names := namedIn(*drop.of, entries)
	for _, entry := range entries {
		one = one || joins(entry.Event.Body, drop.of.Cases)
		data, err := json.Marshal(entry)
		if err == nil && (one || names(data)) {
			less = true
			data, err = json.Marshal(respond.Withheld(entry))
		}
		if err != nil {
			return &stepError{err}
		}
		one = one && !parts(entry.Event.Body, drop.of.Cases)
		erased.Kept = append(erased.Kept, data)
	}
	if !less && len(drop.of.Cases) == 0 {
		return w.take(ctx, at, row, out, e.ID) // nothing of it stands here
	}
	if err := w.bare(row, &out, links, erased); err != nil {
		return err
	}
	for o, err := range w.d.opt.Store.Outbox(ctx, OutboxQuery{Tenant: at.Tenant, ID: at.ID}) {
		if err != nil {
			return err
		}
		if isBlank(o) || !names(o.Body) && !drop.of.Has(o.Ref) {
			continue
		}
		blank, err := blanked(o, w.now)
		if err != nil {
			return &stepError{err}
		}
		w.commit.Outbox = append(w.commit.Outbox, blank)
	}
	w.commit.Erased = append(w.commit.Erased, Erasure{Address: at, Texts: drop.of.Refs})
	return w.take(ctx, at, row, out, e.ID)
}

// namedIn tells what names a person, or, of one who removed some messages, what holds their words.
func namedIn(p privacy.Person, entries []respond.Entry) func(data []byte) bool {
	if len(p.Cases) > 0 {
		return func(data []byte) bool { return p.NamedIn(string(data)) }
	}
	said := slices.Clone(p.Said)
	for _, e := range entries {
		switch b := e.Event.Body.(type) {
		case event.Received:
			if p.Has(b.Mention.Ref) {
				said = append(said, b.Mention.Text)
			}
		case event.Edited:
			if p.Has(b.Mention.Ref) {
				said = append(said, b.Mention.Text)
			}
		}
	}
	var quoted [][]byte
	for _, text := range said {
		if data, err := json.Marshal(text); err == nil && text != "" {
			quoted = append(quoted, data)
		}
	}
	return func(data []byte) bool {
		return slices.ContainsFunc(quoted, func(q []byte) bool { return bytes.Contains(data, q) })
	}
}

// joins and parts say that one of some cases became part of the case, and that it is so no more.
func joins(b event.Body, cases []string) bool {
	m, ok := b.(event.Merged)
	return ok && slices.Contains(cases, m.From)
}

func parts(b event.Body, cases []string) bool {
	s, ok := b.(event.Split)
	return ok && slices.Contains(cases, s.From)
}
