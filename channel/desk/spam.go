package desk

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/group"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
)

// groupIn is the group of copies that a case's open message was in when it came.
func groupIn(c respond.Case) string {
	for _, h := range c.Heard {
		if c.Open != nil && h.Mention.Ref == c.Open.Ref {
			return h.Copies.Group
		}
	}
	return ""
}

// confirms writes down that a person confirmed the copies of a case's message as spam, in the commit of his word: those
// that come later are known by it.
func (w *work) confirms(ctx context.Context, at Address) error {
	c, err := w.load(ctx, at)
	if err != nil {
		return err
	}
	id := groupIn(c)
	said, err := w.d.saidOf(ctx, at.Tenant)
	if err != nil {
		return err
	}
	said.mu.Lock()
	now, known := said.copies.Confirm(id)
	state, bad := json.Marshal(listens{Since: said.began, Copies: now})
	said.mu.Unlock()
	switch {
	case !known:
		return &stepError{&respond.RefusedError{Event: event.Event{Body: event.Judged{}}.Kind(),
			Reason: "no copies of it are known: say it of him alone"}}
	case bad != nil:
		return &stepError{bad}
	}
	row, err := w.row(ctx, copiesOf(at.Tenant))
	if err != nil {
		return err
	}
	row.State = state
	w.changed(row.Address)
	w.after = append(w.after, func() {
		said.mu.Lock()
		defer said.mu.Unlock()
		said.copies, _ = said.copies.Confirm(id)
		said.written++
	})
	return nil
}

// judgeGroup says the same of every other live case whose message is a copy, each in a commit of its own: who asks again
// after a failure goes on where it ended. Danger to life, a crisis, whom a person knows to be genuine and whom we have
// answered are left to a person.
func (d *Desk) judgeGroup(ctx context.Context, tenant, id string, e event.Event) error {
	first, err := d.begun().load(ctx, Address{Tenant: tenant, Kind: KindCase, ID: mention.Clean(id)})
	if err != nil {
		return ignoreAbsent(err)
	}
	of := groupIn(first)
	var print group.Fingerprint
	if first.Open != nil {
		print = group.Of(first.Open.Text)
	}
	var copies []Address
	for row, err := range d.opt.Store.Rows(ctx, RowQuery{Tenant: tenant, Kind: KindCase}) {
		if err != nil {
			return err
		}
		if !strings.HasPrefix(row.Queue, queueLive) {
			break
		}
		var c respond.Case
		if row.ID == first.ID || json.Unmarshal(row.State, &c) != nil || c.Verdict == nil || c.Open == nil {
			continue
		}
		v := c.Verdict
		spared := v.Rank.Life || v.Crisis || v.Legitimacy == triage.Genuine || c.Ours > 0
		if same := groupIn(c) == of && of != "" || group.Of(c.Open.Text).Alike(print); same && !spared {
			copies = append(copies, row.Address)
		}
	}
	for _, at := range copies {
		also := e
		also.ID = mention.Key("event", "judged with", e.ID, at.ID)
		err := d.atomically(ctx, at.ID, func(w *work) error {
			_, err := w.step(ctx, at, also)
			return err
		})
		if err != nil && !errors.Is(err, ErrKnown) && !errors.As(err, new(*stepError)) {
			return err
		}
	}
	return nil
}
