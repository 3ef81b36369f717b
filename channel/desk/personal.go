package desk

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/trail"
	"github.com/reputekit/reputation/triage/tally"
)

// personal is what is kept of one author, as it is given to him.
type personal struct {
	Cases    []json.RawMessage `json:"cases,omitempty"`    // each as respond.Case.Personal has it
	Recorded []recorded        `json:"recorded,omitempty"` // what he said that opened no case
	Known    *tally.Author     `json:"known,omitempty"`    // when he wrote, how often, what was promised him and not kept
	Treated  *tally.Courtesy   `json:"treated,omitempty"`  // what he is not to be sent, was asked and was given
}

type recorded struct {
	Ref      mention.Ref `json:"ref"`
	Revision int         `json:"revision,omitempty"`
	Text     string      `json:"text,omitempty"`
	Gone     bool        `json:"gone,omitempty"` // he removed it since
}

// Personal returns what is kept of an author, as JSON for him: his cases with all that stands in their trails, the cases that
// were merged into them, what he said that opened none, and what is remembered of him across them. author is his
// mention.Author.Key on a channel; of a person who writes on several, each is asked for. Somebody has made sure who asks.
// What the law lets a house keep from him, the house takes out. ErrAbsent: nothing is kept of him.
func (d *Desk) Personal(ctx context.Context, tenant, channel, author string) ([]byte, error) {
	known := Address{Tenant: tenant, Kind: KindTally, ID: authorID(tenant, channel, mention.Author{ID: author})}
	if known.ID == "" {
		return nil, ErrAbsent
	}
	w := d.begun()
	var out personal
	if err := d.keptCases(ctx, CaseQuery{Tenant: tenant, Channel: channel, Author: author}, &out); err != nil {
		return nil, err
	}
	for t, err := range d.opt.Store.Loose(ctx, tenant, channel, author) {
		if err != nil {
			return nil, err
		}
		out.Recorded = append(out.Recorded, recorded{Ref: t.Ref, Revision: t.Rev, Text: t.Text, Gone: t.Gone})
	}
	var err error
	if out.Known, err = tallyOf[tally.Author](ctx, w, known); err != nil {
		return nil, err
	}
	if out.Treated, err = tallyOf[tally.Courtesy](ctx, w, courtesyAt(tenant, known.ID)); err != nil {
		return nil, err
	}
	if len(out.Cases)+len(out.Recorded) == 0 && out.Known == nil && out.Treated == nil {
		return nil, ErrAbsent
	}
	return json.Marshal(out)
}

// keptCases are the cases that a query finds, and those that were merged into them.
func (d *Desk) keptCases(ctx context.Context, q CaseQuery, out *personal) error {
	var todo []string
	for c, err := range d.Cases(ctx, q) {
		if err != nil {
			return err
		}
		todo = append(todo, c.ID)
	}
	for n := 0; n < len(todo); n++ { // it grows
		c, entries, err := d.told(ctx, Address{Tenant: q.Tenant, Kind: KindCase, ID: todo[n]})
		if err != nil {
			return err
		}
		data, err := c.Personal(entries)
		if err != nil {
			return err
		}
		out.Cases = append(out.Cases, data)
		for _, t := range c.Twins {
			if !slices.Contains(todo, t.Case) {
				todo = append(todo, t.Case)
			}
		}
	}
	return nil
}

// told is a case with its entries, whether its chain holds or not: he is told all the same.
func (d *Desk) told(ctx context.Context, at Address) (c respond.Case, entries []respond.Entry, err error) {
	row, err := d.opt.Store.Row(ctx, at)
	if err != nil {
		return c, nil, err
	}
	if err := json.Unmarshal(row.State, &c); err != nil {
		return c, nil, err
	}
	links := d.chain(ctx, at)
	for e, err := range trail.Entries[respond.Change](nameOf(at), links.walk) {
		if err != nil {
			break
		}
		entries = append(entries, e)
	}
	return c, entries, links.err
}

// tallyOf reads a tally; nil where there is none.
func tallyOf[T any](ctx context.Context, w *work, at Address) (*T, error) {
	row, err := w.row(ctx, at)
	if err != nil || len(row.State) == 0 {
		return nil, err
	}
	v := new(T)
	return v, json.Unmarshal(row.State, v)
}
