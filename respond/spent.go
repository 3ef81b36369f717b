package respond

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/triage/tally"
)

// Spenders are the members whose authority has a limit a day or a month: those of whom a Purse is kept, in the order of
// the hierarchy.
func (r *Rules) Spenders() (ids []string) {
	for _, m := range r.specs.Hierarchy.Members {
		if len(r.scopes(m.ID)) > 0 {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// scopes are day and month, where a member's limits have them.
func (r *Rules) scopes(member string) (scopes []escalation.Authority) {
	m, _ := r.directory.Member(member)
	for _, a := range m.Authority {
		if a.Act == actGrant && (a.Scope == "day" || a.Scope == "month") {
			scopes = append(scopes, a)
		}
	}
	return scopes
}

// Spent reads a member's purse at an instant, for event.Tallies: one reading for each of his limits a day or a month.
func (r *Rules) Spent(member string, p tally.Purse, now time.Time) (readings []tally.Spent) {
	for _, a := range r.scopes(member) {
		since := r.directory.Since(member, a.Scope, now)
		readings = append(readings, tally.Spent{
			Member: member, Scope: a.Scope, Since: since, Minor: p.Since(since, a.Limit.Currency), Currency: a.Limit.Currency,
		})
	}
	return readings
}

// Purse is a member's row after an entry: whoever stores the entry stores the row in the same commit.
func Purse(p tally.Purse, member string, e Entry) tally.Purse {
	for _, s := range e.Change.Spends {
		if s.Member == member {
			p = p.Spend(s)
		}
	}
	for _, id := range e.Change.Back {
		p = p.Back(id)
	}
	return p
}

// Courtesy is the row of a case's author after an entry, as Purse is a member's.
func Courtesy(c tally.Courtesy, e Entry) tally.Courtesy {
	ch := e.Change
	for _, from := range ch.Unbarred {
		c = c.Unbar(from, e.At)
	}
	for _, b := range ch.Barred {
		c = c.Bar(b)
	}
	for _, s := range ch.Spends {
		c = c.Spend(s)
	}
	for _, id := range slices.Concat(ch.Back, ch.Moved) {
		c = c.Back(id)
	}
	return c.Survey(ch.Surveyed).Invite(ch.Invited).Give(ch.Gave)
}
