package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/privacy"
	"github.com/reputekit/reputation/respond/trail"
)

// An erasedPerson is whom a commit erases, as incidents may name him.
type erasedPerson struct {
	privacy.Person
	tenant, channel, author string // as Erasure has them: whose texts of no row are his too
}

// who is the person of a case that is erased. A name that is also one of our people's is none of his: it would take their
// deeds out with it.
func (w *work) who(ctx context.Context, c respond.Case, gone Erasure, entries []respond.Entry) (erasedPerson, error) {
	out := erasedPerson{tenant: gone.Tenant, channel: gone.Channel, author: gone.Author}
	out.Cases, out.Refs = []string{c.ID}, slices.Clone(gone.Texts)
	authors := []mention.Author{c.Author}
	for _, t := range c.Twins {
		authors = append(authors, t.Author)
	}
	for _, e := range entries {
		switch b := e.Event.Body.(type) {
		case event.Received:
			authors, out.Said = append(authors, b.Mention.Author), append(out.Said, b.Mention.Text)
		case event.Edited:
			authors, out.Said = append(authors, b.Mention.Author), append(out.Said, b.Mention.Text)
		}
	}
	for _, ref := range gone.Texts { // what a redaction took out of the trail
		text, err := w.d.opt.Store.Text(ctx, gone.Tenant, ref)
		if ignoreAbsent(err) != nil {
			return out, err
		}
		if text.Text != "" && !text.Ours && !slices.Contains(out.Said, text.Text) {
			out.Said = append(out.Said, text.Text)
		}
	}
	ours := map[string]bool{"": true}
	if rules := w.d.rules(gone.Tenant); rules != nil {
		for _, m := range rules.Specs().Hierarchy.Members {
			ours[m.ID], ours[m.Name] = true, true
		}
	}
	for _, a := range authors {
		for _, name := range []string{a.ID, a.Handle, a.Name} {
			if !ours[name] && !slices.Contains(out.Names, name) {
				out.Names = append(out.Names, name)
			}
		}
	}
	return out, nil
}

// leaveIncidents takes the persons whom the commit erases out of every incident of the tenant that names them, once for
// all of them: of a case there stays that it was one of so many.
func (w *work) leaveIncidents(ctx context.Context) error {
	if len(w.erased) == 0 {
		return nil
	}
	var p erasedPerson
	for _, x := range w.erased {
		p.tenant = x.tenant
		p.Cases, p.Refs = slices.Concat(p.Cases, x.Cases), slices.Concat(p.Refs, x.Refs)
		p.Names, p.Said = slices.Concat(p.Names, x.Names), slices.Concat(p.Said, x.Said)
	}
	for row, err := range w.d.opt.Store.Rows(ctx, RowQuery{Tenant: p.tenant, Kind: KindIncident}) {
		if err != nil {
			return err
		}
		if err := w.leaveIncident(ctx, row, p.Person); err != nil {
			return err
		}
	}
	return nil
}

// leaveIncident takes a person out of one incident, if it names him: out of its row, its requests, what it said, and its
// trail, which begins anew with what it kept of all others.
func (w *work) leaveIncident(ctx context.Context, stored Row, p privacy.Person) error {
	at := stored.Address
	links, err := w.d.linksOf(ctx, stored)
	if err != nil {
		return err
	}
	bodies, err := bodiesOf(at, links)
	if err != nil {
		return err
	}
	if p.Refs, err = w.surgedWith(ctx, at, bodies, p.Refs); err != nil {
		return err
	}
	kept, named := make([]json.RawMessage, len(bodies)), false
	for i, body := range bodies {
		less, did, err := incident.Without(body, p)
		if err != nil {
			return &stepError{err}
		}
		kept[i], named = less, named || did
	}
	texts, blank, err := w.sayingsOf(ctx, at, p)
	if err != nil {
		return err
	}
	var in incident.Incident
	if err := json.Unmarshal(stored.State, &in); err != nil {
		return &stepError{fmt.Errorf("incident %s cannot be read: %w", at.ID, err)}
	}
	if _, inState, err := in.Redacted(p); err != nil || !named && !inState && len(blank) == 0 {
		return err
	}
	w.loaded[at] = &stored
	row := w.loaded[at]
	e := event.Event{ID: mention.Key("erased in", at.ID, w.now.Format(time.RFC3339Nano), fmt.Sprint(row.Tip.Seq)), At: w.now,
		By: event.Host, Body: event.Erased{Of: &p}}
	out, err := machines[KindIncident](w.d.rules(at.Tenant), at, row.State, e, w.now)
	if err != nil {
		return &stepError{err}
	}
	if err := w.bare(row, &out, links, trail.Erased{
		By: event.Host, Because: "a customer of one of its cases was erased", State: out.state, Kept: kept,
	}); err != nil {
		return err
	}
	w.commit.Erased = append(w.commit.Erased, Erasure{Address: at, Texts: texts})
	w.commit.Outbox = append(w.commit.Outbox, blank...)
	return w.take(ctx, at, row, out, e.ID)
}

// linksOf are the links of a row as it was read. What came since belongs to a later row: the commit will not fit.
func (d *Desk) linksOf(ctx context.Context, row Row) ([]trail.Link, error) {
	stored := d.chain(ctx, row.Address)
	links := slices.Collect(stored.walk)
	if stored.err != nil {
		return nil, stored.err
	}
	if len(links) > row.Tip.Seq {
		now, err := d.opt.Store.Row(ctx, row.Address)
		if err != nil {
			return nil, err
		}
		if now.Revision != row.Revision {
			links = links[:row.Tip.Seq]
		}
	}
	return links, nil
}

// bodiesOf are the entries of an incident as they were written.
func bodiesOf(at Address, links []trail.Link) (out []json.RawMessage, err error) {
	for body, err := range trail.Bodies(nameOf(at), slices.Values(links)) {
		if err != nil {
			return nil, &stepError{fmt.Errorf("%s %s: %w", at.Kind, at.ID, err)}
		}
		out = append(out, body)
	}
	return out, nil
}

// surgedWith adds the messages of a person with which a surge was noticed: those that are in no case of his are known by
// their author alone.
func (w *work) surgedWith(ctx context.Context, at Address, bodies []json.RawMessage, refs []mention.Ref) ([]mention.Ref, error) {
	refs = slices.Clone(refs)
	for _, body := range bodies {
		if !bytes.Contains(body, []byte(kindSurged)) {
			continue // most are not, and need not be read
		}
		var e incident.Entry
		if err := json.Unmarshal(body, &e); err != nil {
			return refs, &stepError{err}
		}
		b, is := e.Event.Body.(event.Surged)
		if !is || b.Mention.IsZero() || slices.Contains(refs, b.Mention) {
			continue
		}
		text, err := w.d.opt.Store.Text(ctx, at.Tenant, b.Mention)
		if ignoreAbsent(err) != nil {
			return refs, err
		}
		his := func(x erasedPerson) bool {
			return x.author != "" && x.author == text.Author && x.channel == b.Mention.Channel
		}
		if err == nil && slices.ContainsFunc(w.erased, his) {
			refs = append(refs, b.Mention)
		}
	}
	return refs, nil
}

var kindSurged = event.Event{Body: event.Surged{}}.Kind()

// sayingsOf are the requests of an incident that name a person, blanked, and where what they said stands.
func (w *work) sayingsOf(ctx context.Context, at Address, p privacy.Person) (texts []mention.Ref, blank []Outbound, err error) {
	for o, err := range w.d.opt.Store.Outbox(ctx, OutboxQuery{Tenant: at.Tenant, ID: at.ID}) {
		if err != nil {
			return nil, nil, err
		}
		said := textOf(decoded(o))
		if hold, is := decoded(o).(effect.Hold); is {
			said = hold.Why
		}
		if !p.NamedIn(said) {
			continue
		}
		if o.State != Settled { // what comes of it would be stored after he is gone
			return nil, nil, errUnderWay
		}
		if !o.Ref.IsZero() {
			texts = append(texts, o.Ref)
		}
		less, err := blanked(o, w.now)
		if err != nil {
			return nil, nil, &stepError{err}
		}
		blank = append(blank, less)
	}
	return texts, blank, nil
}

// erasedMeanwhile takes a message that is gone out of what an incident is to be told yet.
func (s *said) erasedMeanwhile(refs []mention.Ref) {
	for i, x := range s.noticed {
		if b, is := x.body.(event.Surged); is && slices.Contains(refs, b.Mention) {
			b.Mention = mention.Ref{}
			s.noticed[i].body = b
		}
	}
}
