package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/tally"
)

// route brings an item to the case it belongs to.
func (w *work) route(ctx context.Context, in Inbound) error {
	if err := w.willForget(ctx, in.Tenant); err != nil {
		return err
	}
	switch in.Item.Kind {
	case channel.Created:
		return w.created(ctx, in)
	case channel.Edited:
		return w.edited(ctx, in)
	case channel.Deleted, channel.Hidden:
		return w.removed(ctx, in)
	case channel.Echo:
		return w.echo(ctx, in)
	case channel.Undecodable:
		return &stepError{errors.New("it could not be decoded: " + in.Item.Reason)}
	}
	return &stepError{errors.New("items of kind " + string(in.Item.Kind) + " are not known")}
}

// created judges a mention, and opens a case for it or joins one.
func (w *work) created(ctx context.Context, in Inbound) error {
	m := in.Item.Mention
	given, standing := w.d.opt.Knows(in.Tenant, m)
	return w.received(ctx, in.Tenant, event.Event{
		ID: event.ReceivedID(m), At: m.ReceivedAt, By: event.Customer,
		Body: event.Received{Mention: m, Given: given, Standing: standing, Backfill: in.Item.Backfill},
	}, false)
}

// received brings a Received to its case. A mention that wants no case is recorded or ignored, unless a member asks.
func (w *work) received(ctx context.Context, tenant string, e event.Event, asked bool) error {
	rec := e.Body.(event.Received)
	m := &rec.Mention
	author := Address{Tenant: tenant, Kind: KindTally, ID: authorID(tenant, m.Ref.Channel, m.Author)}
	if author.ID != "" {
		a, _, err := w.author(ctx, author)
		if err != nil {
			return err
		}
		rec.History = a.Read(seenAt(*m))
	}
	said, err := w.d.saidOf(ctx, tenant)
	if err != nil {
		return err
	}
	at := earlier(seenAt(*m), w.now)
	rec.Copies, rec.Surges = said.before(m, at)
	if rec.Load, _, err = w.loads(ctx, tenant); err != nil {
		return err
	}
	verdict, err := w.receive(ctx, tenant, e, &rec, asked)
	if err != nil || verdict == nil {
		return err
	}
	w.after = append(w.after, func() {
		said.after(m, counts(verdict), at)
		said.meets(m, &rec, counts(verdict), at)
	})
	if author.ID == "" {
		return nil
	}
	return w.tally(ctx, author, func(a tally.Author) tally.Author { return a.See(seenAt(*m)) })
}

// receive finds the case and steps it. It gives the verdict; nil: nobody wants to know of the mention.
func (w *work) receive(ctx context.Context, tenant string, e event.Event, rec *event.Received, asked bool,
) (*triage.Verdict, error) {
	m := &rec.Mention
	keys := respond.Keys(tenant, *m)
	at, err := w.d.opt.Store.Find(ctx, tenant, keys)
	var verdict *triage.Verdict
	if errors.Is(err, ErrAbsent) {
		at, err = Address{Tenant: tenant, Kind: KindCase, ID: respond.CaseID(keys)}, nil
		rules := w.d.rules(tenant)
		if rules == nil {
			return nil, &stepError{fmt.Errorf("%w for tenant %q", errNoRules, tenant)}
		}
		v := respond.Judge(rules, *rec, w.now)
		if rec.Incident, rec.Told, err = w.speaks(ctx, tenant, rules, v.Category); err != nil {
			return nil, err
		}
		switch verdict = &v; {
		case v.Handling == triage.Open || asked:
		case v.Handling == triage.Ignore:
			return nil, nil
		default:
			at.ID, at.Kind = "", ""
		}
	}
	if err != nil {
		return nil, err
	}
	if at.ID != "" {
		if err := w.twins(ctx, at, keys, e); err != nil {
			return nil, err
		}
		if rec.Incident == "" {
			if rec.Told, err = w.told(ctx, at); err != nil {
				return nil, err
			}
		}
		if rec.Beside, err = w.beside(ctx, at, m); err != nil {
			return nil, err
		}
		e.Body = *rec
		if _, err := w.step(ctx, at, e); err != nil {
			return nil, err
		}
		if v := w.verdicts[at]; v != nil {
			verdict = v
		}
	}
	text := Text{Address: at, Ref: m.Ref, Rev: m.Revision, Text: m.Text}
	if at.ID == "" {
		text.Author, text.At = m.Author.Key(), w.now // nothing else leads from him to it
	}
	w.commit.Texts = append(w.commit.Texts, text)
	return verdict, w.converses(ctx, at, m)
}

// told is what the incident that a case has joined told the public last.
func (w *work) told(ctx context.Context, at Address) (event.Told, error) {
	row, err := w.row(ctx, at)
	if err != nil {
		return event.Told{}, err
	}
	for _, label := range row.Labels {
		if category, held := strings.CutPrefix(label, labelHeld); held {
			_, in, err := w.incidentOf(ctx, at.Tenant, category)
			return in.Told(), err
		}
	}
	return event.Told{}, nil
}

// speaks is the declared incident of a category, and what it told the public last; empty where there is none.
func (w *work) speaks(ctx context.Context, tenant string, rules *respond.Rules, category string) (string, event.Told, error) {
	if !rules.Crisis(category) {
		return "", event.Told{}, nil
	}
	id, in, err := w.incidentOf(ctx, tenant, category)
	if err != nil || !in.Speaks() {
		return "", event.Told{}, err
	}
	return id, in.Told(), nil
}

// incidentOf is the live incident of a category; the zero one where there is none.
func (w *work) incidentOf(ctx context.Context, tenant, category string) (id string, in incident.Incident, err error) {
	at, err := w.d.opt.Store.Find(ctx, tenant, []string{incident.Key(tenant, category)})
	if err != nil {
		return "", in, ignoreAbsent(err)
	}
	row, err := w.d.opt.Store.Row(ctx, at)
	if err != nil {
		return "", in, ignoreAbsent(err)
	}
	if err := json.Unmarshal(row.State, &in); err != nil {
		return "", in, &stepError{fmt.Errorf("incident %s cannot be read: %w", at.ID, err)}
	}
	return at.ID, in, nil
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

// converses keeps which case a private conversation belongs to: an answer that a colleague gives there may name nothing
// else.
func (w *work) converses(ctx context.Context, at Address, m *mention.Mention) error {
	name := mention.Ref{Channel: m.Ref.Channel, ID: m.Thread}
	if at.ID == "" || m.Thread == "" || name == m.Ref || !m.IsPrivate() {
		return nil
	}
	_, err := w.d.opt.Store.Text(ctx, at.Tenant, name)
	if errors.Is(err, ErrAbsent) {
		w.commit.Texts = append(w.commit.Texts, Text{Address: at, Ref: name})
		err = nil
	}
	return err
}

// edited tells the case that holds the mention; a mention that no case holds is judged anew, as it reads now.
func (w *work) edited(ctx context.Context, in Inbound) error {
	m := in.Item.Mention
	text, err := w.d.opt.Store.Text(ctx, in.Tenant, m.Ref)
	if errors.Is(err, ErrAbsent) || err == nil && text.ID == "" {
		return w.created(ctx, in)
	}
	if err != nil {
		return err
	}
	if text.Uncounted || m.Revision == 0 && text.Rev == 0 { // a platform that does not count: we do
		if m.Text == text.Text && !m.Truncated {
			return nil
		}
		m.Revision, text.Uncounted = text.Rev+1, true
	}
	return w.revised(ctx, text, m)
}

// revised tells a case of a newer revision of what it holds.
func (w *work) revised(ctx context.Context, text Text, m mention.Mention) error {
	at := m.ReceivedAt
	if at.IsZero() {
		at = w.now
	}
	_, err := w.step(ctx, text.Address, event.Event{
		ID: event.EditedID(m), At: at, By: event.Customer, Body: event.Edited{Mention: m},
	})
	w.commit.Texts = append(w.commit.Texts, Text{
		Address: text.Address, Ref: m.Ref, Rev: m.Revision, Uncounted: text.Uncounted, Text: m.Text,
	})
	return tolerate(err)
}

// removed tells the case that holds the mention. What we took out of sight ourselves is no news; that its author deletes
// what we had hidden is.
func (w *work) removed(ctx context.Context, in Inbound) error {
	ref := in.Item.Mention.Ref
	text, err := w.d.opt.Store.Text(ctx, in.Tenant, ref)
	if errors.Is(err, ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	text.Gone = true
	if text.ID == "" && !text.Ours { // no case asks that our copy goes
		gone := Erasure{Address: Address{Tenant: in.Tenant}, Texts: []mention.Ref{ref}}
		text.Text = ""
		w.commit.Erased, w.commit.Texts = append(w.commit.Erased, gone), append(w.commit.Texts, text)
		return w.forgetCopies(ctx, gone)
	}
	w.commit.Texts = append(w.commit.Texts, text)
	if text.ID == "" || text.Ours {
		return nil
	}
	for o, err := range w.d.opt.Store.Outbox(ctx, OutboxQuery{Tenant: in.Tenant, ID: text.ID, Effects: []string{kindModerate}}) {
		if err != nil {
			return err
		}
		if act, ok := decoded(o).(effect.Moderate); ok && act.Ref == ref && causes(o, act.Act, in.Item.Kind) {
			return nil
		}
	}
	return w.gone(ctx, text.Address, ref, in)
}

// causes says whether an act of ours is why an item is gone or out of sight.
func causes(o Outbound, act effect.Act, kind channel.ItemKind) bool {
	if o.Attempts == 0 || o.State == Settled && o.Outcome != delivered {
		return false
	}
	return act == effect.Delete || act == effect.Hide && kind == channel.Hidden
}

func (w *work) gone(ctx context.Context, at Address, ref mention.Ref, in Inbound) error {
	_, err := w.step(ctx, at, event.Event{
		ID: event.RemovedID(ref), At: in.At, By: event.Customer, Body: event.Removed{Ref: ref},
	})
	return tolerate(err)
}

// tolerate lets pass what a case refuses: the news was true, and is not for this case to act on.
func tolerate(err error) error {
	if errors.Is(err, respond.ErrRefused) {
		return nil
	}
	return err
}

// seenAt is when a mention was made, as far as anybody knows.
func seenAt(m mention.Mention) time.Time {
	if m.PostedAt.IsZero() {
		return m.ReceivedAt
	}
	return m.PostedAt
}

// decoded is a request's body; nil if it cannot be read.
func decoded(o Outbound) effect.Body {
	var e effect.Effect
	if json.Unmarshal(o.Body, &e) != nil {
		return nil
	}
	return e.Body
}
