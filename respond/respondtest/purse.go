package respondtest

import (
	"time"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage/tally"
)

// purses are the rows of a house that live across its cases, as a desk keeps them: what each member has spent, and how
// each customer was treated.
type purses struct {
	members   map[string]tally.Purse
	customers map[string]tally.Courtesy // by channel and author
}

func newPurses() purses {
	return purses{members: map[string]tally.Purse{}, customers: map[string]tally.Courtesy{}}
}

// ofCase is a being that is a case; nil for an incident.
func ofCase(b being) *life[respond.Case, respond.Change] {
	l, _ := b.(*life[respond.Case, respond.Change])
	return l
}

func customerOf(c respond.Case) string { return c.Channel + " " + c.Author.Key() }

// read are the readings that an event of a case brings with it. Of somebody who is not in a case yet there are none.
func (p *purses) read(r *respond.Rules, b being, now time.Time) *event.Tallies {
	l := ofCase(b)
	if l == nil || l.now.Seq == 0 {
		return nil
	}
	t := &event.Tallies{Customer: p.customers[customerOf(l.now)].Read(now)}
	for _, id := range r.Spenders() {
		t.Spent = append(t.Spent, r.Spent(id, p.members[id], now)...)
	}
	return t
}

// keep steps the rows with the newest entry of a case.
func (p *purses) keep(r *respond.Rules, b being) {
	l := ofCase(b)
	if l == nil || len(l.entries) == 0 {
		return
	}
	e := l.entries[len(l.entries)-1]
	for _, id := range r.Spenders() {
		p.members[id] = respond.Purse(p.members[id], id, e)
	}
	key := customerOf(l.now)
	p.customers[key] = respond.Courtesy(p.customers[key], e)
}
