package desk

import (
	"context"
	"errors"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// errEarly says that an item cannot be understood yet: what it depends on is under way. It stays where it is.
var errEarly = errors.New("it came too early")

// echo is something that our own account said. What we know to have said ourselves is no news; else somebody answered
// elsewhere.
func (w *work) echo(ctx context.Context, in Inbound) error {
	m := in.Item.Mention
	if in.Item.Key != "" {
		o, err := w.d.one(ctx, string(in.Item.Key))
		if err == nil && o.Tenant == in.Tenant {
			return w.keyed(ctx, o, m)
		}
		if err != nil && !errors.Is(err, ErrAbsent) {
			return err
		}
	}
	known, err := w.d.opt.Store.Text(ctx, in.Tenant, m.Ref)
	if err == nil && known.Ours {
		return nil
	}
	if err != nil && !errors.Is(err, ErrAbsent) {
		return err
	}
	owner, answers, err := w.answered(ctx, in.Tenant, m)
	if err != nil || owner.ID == "" {
		return err
	}
	o, err := w.sent(ctx, owner, answers, m.Text)
	if err == nil {
		return w.keyed(ctx, o, m)
	}
	if !errors.Is(err, ErrAbsent) {
		return err
	}
	return w.elsewhere(ctx, owner, m, answers)
}

// keyed is the echo of a request of ours: the proof that it went out.
func (w *work) keyed(ctx context.Context, o Outbound, m mention.Mention) error {
	if o.State != Settled {
		err := w.settle(ctx, o, event.Delivered{Key: o.Key, Ref: m.Ref})
		if errors.As(err, new(*stepError)) && !errors.Is(err, errNoRules) {
			return w.shelve(ctx, o, event.Delivered{Key: o.Key, Ref: m.Ref})
		}
		return err
	}
	if to, _, ok := speech(decoded(o)); ok && o.Outcome != delivered {
		return w.elsewhere(ctx, o.Address, m, to) // it was given up, and is out all the same: the customer has an answer
	}
	if text, ok := madeBy(o, m.Ref); ok && o.Ref.IsZero() { // only now we hear where it stands
		o.Ref = m.Ref
		w.commit.Outbox = append(w.commit.Outbox, o)
		w.commit.Texts = append(w.commit.Texts, text)
	}
	return nil
}

// answered is the case that an answer of ours belongs to, and what it answers. Beside what it answers a conversation says
// so only where there is nobody else in it.
func (w *work) answered(ctx context.Context, tenant string, m mention.Mention) (Address, mention.Ref, error) {
	var answers mention.Ref
	if m.Parent != "" {
		answers = mention.Ref{Channel: m.Ref.Channel, ID: m.Parent}
		owner, err := w.owner(ctx, tenant, answers)
		if err != nil || owner.ID != "" || !m.IsPrivate() {
			return owner, answers, err
		}
	}
	if m.Thread == "" {
		return Address{}, answers, nil
	}
	owner, err := w.owner(ctx, tenant, mention.Ref{Channel: m.Ref.Channel, ID: m.Thread})
	return owner, answers, err
}

// owner is the case that holds a reference; the zero address when none does.
func (w *work) owner(ctx context.Context, tenant string, ref mention.Ref) (Address, error) {
	text, err := w.d.opt.Store.Text(ctx, tenant, ref)
	if err != nil && !errors.Is(err, ErrAbsent) || text.ID == "" {
		return Address{}, ignoreAbsent(err)
	}
	return text.Address, nil
}

func ignoreAbsent(err error) error {
	if errors.Is(err, ErrAbsent) {
		return nil
	}
	return err
}

// sent is the reply of ours that a nameless echo is of: the same words to the same message, which may be out and of which
// nobody has seen yet where it stands. ErrAbsent: there is none. While a reply to that message is on its way nobody can
// say: a platform may have altered its words.
func (w *work) sent(ctx context.Context, owner Address, answers mention.Ref, text string) (found Outbound, err error) {
	err = ErrAbsent
	q := OutboxQuery{Tenant: owner.Tenant, ID: owner.ID, Effects: []string{kindSend, kindSurvey}}
	for o, bad := range w.d.opt.Store.Outbox(ctx, q) {
		if bad != nil {
			return found, bad
		}
		to, said, ok := speech(decoded(o))
		if !ok || o.State == Waiting || !answers.IsZero() && to != answers {
			continue
		}
		switch same := words(said) == words(text); {
		case same && o.State != Settled, same && o.Outcome == delivered && o.Ref.IsZero():
			return o, nil
		case o.State == Trying:
			err = errEarly
		}
	}
	return found, err
}

// speech is what we say to one customer: what it answers, and its words.
func speech(b effect.Body) (to mention.Ref, text string, ok bool) {
	switch b := b.(type) {
	case effect.Send:
		return b.To, b.Text, true
	case effect.Survey:
		return b.To, b.Text, true
	}
	return mention.Ref{}, "", false
}

// words is a text as it can be compared after a platform has set it.
func words(text string) string { return strings.Join(strings.Fields(text), " ") }

// elsewhere tells a case that its customer was answered outside the desk.
func (w *work) elsewhere(ctx context.Context, at Address, m mention.Mention, answers mention.Ref) error {
	w.commit.Texts = append(w.commit.Texts, Text{Address: at, Ref: m.Ref, Rev: m.Revision, Ours: true, Text: m.Text})
	_, err := w.step(ctx, at, event.Event{
		ID: event.ElsewhereID(m.Ref), At: seenAt(m), By: event.Channel,
		Body: event.AnsweredElsewhere{Ref: m.Ref, Answers: answers},
	})
	return tolerate(err)
}
