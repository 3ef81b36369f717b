package desk

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/privacy"
	"github.com/reputekit/reputation/respond/trail"
)

// redacts drops our copies of messages that their author removed.
func (d *Desk) redacts(ctx context.Context, o Outbound, b effect.Redact) error {
	return d.dropping(ctx, o, func(w *work) error {
		c, err := w.load(ctx, o.Address)
		if err != nil {
			return err
		}
		if c.Preserve != nil {
			return &stepError{errPreserved}
		}
		p := privacy.Person{Refs: b.Refs}
		if p.Said, err = w.saidUnder(ctx, o.Tenant, b.Refs, nil); err != nil {
			return err
		}
		w.redacts = b.Refs
		if err := w.settle(ctx, o, event.Delivered{Key: o.Key}); err != nil {
			return err
		}
		return w.leaveOthers(ctx, c, p)
	})
}

// unsaid takes messages that their author removed out of a case's trail, of the words of ours that quote them, and of the
// tally of near copies.
func (w *work) unsaid(ctx context.Context, at Address, c respond.Case, erased *trail.Erased, gone Erasure, entries []respond.Entry) error {
	said, err := w.saidUnder(ctx, at.Tenant, gone.Texts, entries)
	if err != nil {
		return err
	}
	if erased.Kept, err = withheld(entries, gone.Texts, said); err != nil {
		return err
	}
	if err := w.unquote(ctx, at, c, said); err != nil {
		return err
	}
	return w.forgetCopies(ctx, Erasure{Address: at, Texts: gone.Texts})
}

// A saying is everything that was said under some references, in all revisions that are known.
type saying []string

// saidUnder is what was said under references.
func (w *work) saidUnder(ctx context.Context, tenant string, refs []mention.Ref, entries []respond.Entry) (out saying, err error) {
	for _, e := range entries {
		var m mention.Mention
		switch b := e.Event.Body.(type) {
		case event.Received:
			m = b.Mention
		case event.Edited:
			m = b.Mention
		}
		if slices.Contains(refs, m.Ref) {
			out = append(out, m.Text)
		}
	}
	for _, ref := range refs {
		text, err := w.d.opt.Store.Text(ctx, tenant, ref)
		if ignoreAbsent(err) != nil {
			return nil, err
		}
		out = append(out, text.Text)
	}
	return out, nil
}

// in reports whether a text of ours repeats some of it.
func (s saying) in(text string) bool {
	return text != "" && slices.ContainsFunc(s, func(said string) bool { return privacy.Quotes(text, said) })
}

// withheld is what the trail keeps when messages go: how the case moved, what persons recorded, and where the other
// messages stand, which an erasure must find. A draft that repeats what was said is no record of theirs.
func withheld(entries []respond.Entry, refs []mention.Ref, said saying) (out []json.RawMessage, err error) {
	for _, e := range entries {
		kept := respond.Withheld(e)
		if m := e.Change.Message; m != nil && !slices.Contains(refs, m.Ref) {
			kept.Change.Message.Ref = m.Ref
		}
		if byPerson(e.Event) && !said.in(draftIn(e.Event.Body)) {
			kept.Event = e.Event
		}
		data, err := json.Marshal(kept)
		if err != nil {
			return nil, &stepError{err}
		}
		out = append(out, data)
	}
	return out, nil
}

// byPerson reports whether a person recorded something, in words of his own.
func byPerson(e event.Event) bool {
	switch e.Body.(type) {
	case event.Received, event.Edited, event.Merged, event.Split:
		return false
	}
	return !slices.Contains([]string{event.Customer, event.Channel, event.Clock, event.Host}, e.By)
}

func draftIn(b event.Body) string {
	d, _ := b.(event.Drafted)
	return d.Text
}

// unquote takes what repeats some of it out of the requests of a case that are settled, and out of our copies of answers.
func (w *work) unquote(ctx context.Context, at Address, c respond.Case, said saying) error {
	for o, err := range w.d.opt.Store.Outbox(ctx, OutboxQuery{Tenant: at.Tenant, ID: at.ID, Effects: []string{kindSend, kindSurvey}}) {
		if err != nil {
			return err
		}
		if o.State != Settled || !said.in(wordsOf(decoded(o))) {
			continue
		}
		blank, err := blanked(o, w.now)
		if err != nil {
			return &stepError{err}
		}
		blank.Ref = o.Ref // our answer is still known by it
		w.commit.Outbox = append(w.commit.Outbox, blank)
	}
	for _, m := range c.Messages {
		if !m.Ours || m.Ref.IsZero() {
			continue
		}
		text, err := w.d.opt.Store.Text(ctx, at.Tenant, m.Ref)
		if ignoreAbsent(err) != nil {
			return err
		}
		if said.in(text.Text) {
			text.Text = ""
			w.commit.Texts = append(w.commit.Texts, text)
		}
	}
	return nil
}

// wordsOf is what a request says to a customer.
func wordsOf(b effect.Body) string {
	switch b := b.(type) {
	case effect.Send:
		return b.Text
	case effect.Survey:
		return b.Text
	}
	return ""
}
