package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage/tally"
)

// A purse is what members may spend and what a customer was given, as it stands just before an event of one case. What an
// entry spends is written back in the same commit: of two who spend from one purse at once the second is decided anew.
type purse struct {
	author   Address // of the courtesy; no ID: nobody tells this author from others
	courtesy tally.Courtesy
	members  []string
	purses   []tally.Purse
}

func courtesyAt(tenant, author string) Address {
	if author == "" {
		return Address{}
	}
	return Address{Tenant: tenant, Kind: KindTally, ID: mention.Key("courtesy", author)}
}

func purseAt(tenant, member string) Address {
	return Address{Tenant: tenant, Kind: KindTally, ID: mention.Key("purse", tenant, member)}
}

// purseFor reads what the rules may ask of a case's event, and puts the readings into it.
func (w *work) purseFor(ctx context.Context, rules *respond.Rules, at Address, row *Row, e *event.Event) (p purse, err error) {
	p.author = courtesyAt(at.Tenant, authorOf(row, at.Tenant, *e))
	if p.author.ID != "" {
		if err := tallyRow(ctx, w, p.author, &p.courtesy); err != nil {
			return p, err
		}
	}
	readings := event.Tallies{Customer: p.courtesy.Read(w.now)}
	for _, member := range rules.Spenders() {
		var spent tally.Purse
		if err := tallyRow(ctx, w, purseAt(at.Tenant, member), &spent); err != nil {
			return p, err
		}
		p.members, p.purses = append(p.members, member), append(p.purses, spent)
		readings.Spent = append(readings.Spent, rules.Spent(member, spent, w.now)...)
	}
	e.Tallies = &readings
	return p, nil
}

// settlePurse writes back what an entry has spent and said.
func (w *work) settlePurse(ctx context.Context, tenant string, p purse, entry respond.Entry) error {
	if p.author.ID != "" {
		if err := putTally(ctx, w, p.author, p.courtesy, respond.Courtesy(p.courtesy, entry)); err != nil {
			return err
		}
	}
	for i, member := range p.members {
		if err := putTally(ctx, w, purseAt(tenant, member), p.purses[i], respond.Purse(p.purses[i], member, entry)); err != nil {
			return err
		}
	}
	return nil
}

// authorOf names the author of a case: as its row is labelled, or as its first mention says.
func authorOf(row *Row, tenant string, e event.Event) string {
	for _, label := range row.Labels {
		if author, ok := strings.CutPrefix(label, labelAuthor); ok {
			return author
		}
	}
	if rec, ok := e.Body.(event.Received); ok {
		return authorID(tenant, rec.Mention.Ref.Channel, rec.Mention.Author)
	}
	return ""
}

// tallyRow reads a tally into v, which stays as it is where there is none.
func tallyRow(ctx context.Context, w *work, at Address, v any) error {
	row, err := w.row(ctx, at)
	if err != nil || len(row.State) == 0 {
		return err
	}
	if err := json.Unmarshal(row.State, v); err != nil {
		return &stepError{fmt.Errorf("tally %s cannot be read: %w", at.ID, err)}
	}
	return nil
}

// putTally stores a tally that has changed.
func putTally[T any](ctx context.Context, w *work, at Address, was, is T) error {
	before, err := json.Marshal(was)
	if err != nil {
		return &stepError{err}
	}
	after, err := json.Marshal(is)
	if err != nil {
		return &stepError{err}
	}
	if bytes.Equal(before, after) {
		return nil
	}
	row, err := w.row(ctx, at)
	if err != nil {
		return err
	}
	row.State = after
	w.changed(at)
	return nil
}
