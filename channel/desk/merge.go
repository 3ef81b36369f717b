package desk

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
)

// mostMerged is how many cases one may have been merged through on the way to the one that goes on.
const mostMerged = 8

// endedIn is the case in which another goes on that refused an event, because it was merged.
func endedIn(e event.Event, err error) string {
	var refused *respond.RefusedError
	switch e.Body.(type) {
	case event.Merged, event.Split: // these are meant for this one and no other
		return ""
	}
	if errors.As(err, &refused) {
		return refused.Into
	}
	return ""
}

// pairOf finds out which of two cases goes on, and brings both events.
func (w *work) pairOf(ctx context.Context, at Address, from, into string, e event.Event) error {
	switch {
	case (from == "") == (into == "") || at.Kind != KindCase:
		_, err := w.step(ctx, at, e) // which says what is wrong
		return err
	case into != "":
		at.ID, from = into, at.ID
	}
	return w.pair(ctx, at, from, e)
}

// pair brings both events of a merging or a parting, the one to the case at and the other to the case it names, in one
// commit. The one that ends gives its keys away before the other takes them.
func (w *work) pair(ctx context.Context, at Address, id string, e event.Event) error {
	other := Address{Tenant: at.Tenant, Kind: KindCase, ID: id}
	c, err := w.load(ctx, at)
	if err != nil {
		return err
	}
	o, err := w.load(ctx, other)
	if err != nil {
		return err
	}
	var mine, theirs event.Event
	switch b := e.Body.(type) {
	case event.Merged:
		mine, theirs, err = c.Merge(o, e.By, b.Note, e.At)
	case event.Split:
		mine, theirs, err = c.Split(o, e.By, b.Note, e.At)
	}
	if err != nil {
		return &stepError{err}
	}
	if c.Known.Has(e.ID) {
		return nil
	}
	mine.ID = e.ID
	if _, parts := e.Body.(event.Split); parts {
		if _, err := w.step(ctx, at, mine); err != nil {
			return err
		}
		if _, err = w.step(ctx, other, theirs); err != nil {
			return err
		}
		return w.texts(ctx, at, other)
	}
	if _, err := w.step(ctx, other, theirs); err != nil {
		return err
	}
	_, err = w.step(ctx, at, mine)
	return err
}

// texts lets what was said in a case while another was part of it lead to that one from here on: what becomes of a message
// is told to the case that has it.
func (w *work) texts(ctx context.Context, from, to Address) error {
	c, err := w.load(ctx, to)
	if err != nil {
		return err
	}
	var refs []mention.Ref
	for _, m := range c.Messages {
		refs = append(refs, m.Ref)
	}
	for _, h := range c.Heard { // the name of a private conversation
		refs = append(refs, mention.Ref{Channel: h.Mention.Ref.Channel, ID: h.Mention.Thread})
	}
	for _, ref := range refs {
		text, err := w.d.opt.Store.Text(ctx, to.Tenant, ref)
		switch {
		case errors.Is(err, ErrAbsent) || err == nil && text.Address != from:
			continue
		case err != nil:
			return err
		}
		text.Address = to
		w.commit.Texts = append(w.commit.Texts, text)
	}
	return nil
}

// load reads a case that must be there.
func (w *work) load(ctx context.Context, at Address) (c respond.Case, err error) {
	row, err := w.row(ctx, at)
	if err != nil {
		return c, err
	}
	if len(row.State) == 0 {
		return c, ErrAbsent
	}
	return c, json.Unmarshal(row.State, &c)
}

// twins makes one of two cases that keys of one mention lead to: it is one person's. What cannot be merged now, for an
// answer is on its way, stays as it is until he writes again.
func (w *work) twins(ctx context.Context, at Address, keys []string, e event.Event) error {
	for _, key := range keys {
		other, err := w.d.opt.Store.Find(ctx, at.Tenant, []string{key})
		switch {
		case errors.Is(err, ErrAbsent) || err == nil && other == at:
			continue
		case err != nil:
			return err
		}
		c, err := w.load(ctx, at)
		if err != nil {
			return err
		}
		o, err := w.load(ctx, other)
		if err != nil {
			return err
		}
		if c.Merged != nil || o.Merged != nil || mayNot(w, c, o, e) {
			continue
		}
		merged := event.Merged{From: o.ID, Note: "a message of his belongs to both"}
		id := mention.Key("routed", e.ID, o.ID)
		if err := w.pair(ctx, at, o.ID, event.Event{ID: id, At: e.At, By: event.Host, Body: merged}); err != nil {
			return err
		}
	}
	return nil
}

// mayNot tries a merging before anything is written down.
func mayNot(w *work, c, o respond.Case, e event.Event) bool {
	mine, theirs, err := c.Merge(o, event.Host, "", e.At)
	rules := w.d.rules(c.Tenant)
	if err != nil || rules == nil {
		return true
	}
	_, err = respond.Decide(rules, c, mine, w.now)
	_, other := respond.Decide(rules, o, theirs, w.now)
	return err != nil || other != nil
}
