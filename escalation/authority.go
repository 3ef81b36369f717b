package escalation

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/triage"
)

// An Ask is something that a member wants to do alone.
type Ask struct {
	Act    string // "draft", "approve", "send", "declare", "grant"
	Matter Matter
	By     string
	Author string // approve: who drafted it
	Sum    Money  // what is asked for now; the zero Money asks for none

	// At is when it is asked. Certificates that have expired then do not count, and only members on duty are named as
	// those who may. The zero instant looks at neither.
	At time.Time

	// Spent is what a member has spent before within the scope of a limit: for this case, for this customer, or, for day
	// and month, on all of them since an instant, the midnight at which his day or month began. Nil is nothing. An error
	// refuses what is asked.
	Spent func(member, scope string, since time.Time) (Money, error)
}

// A RefusedError says that a member may not do something alone, why, and who may.
type RefusedError struct {
	By       string
	Act      string
	Category string
	Severity triage.Severity
	Sum      Money
	Why      string   // "the limit is 100.00 EUR a case, this is 110.00 EUR"
	May      []string // who may do it, the nearest first; empty when nobody may
}

// Error implements error.
func (e *RefusedError) Error() string {
	who := "nobody may"
	if len(e.May) > 0 {
		who = strings.Join(e.May, ", ") + " may"
	}
	return fmt.Sprintf("%s may not %s: %s; %s", e.By, e.Act, e.Why, who)
}

// Authorize returns nil when the member may do the act alone, and a *RefusedError otherwise. He needs an authority for
// it, except to draft and to send, and the skills that the matter's plan needs for it; where the plan says two, who
// approves is not who drafted; who only watches does not send.
//
// Who else may is named in this order: the member's deputies and boss, the boss's deputies and boss, and so on, then all
// others as written.
func (d *Directory) Authorize(a Ask) error {
	a.Matter = a.Matter.canonical()
	p := d.choose(a.Matter)
	why := d.forbids(p, a, a.By)
	if why == "" {
		return nil
	}
	e := &RefusedError{By: a.By, Act: a.Act, Category: a.Matter.Category, Severity: a.Matter.Severity, Sum: a.Sum, Why: why}
	for _, id := range d.nearest(a.By) {
		if d.forbids(p, a, id) == "" && (a.At.IsZero() || d.OnDuty(id, a.At)) {
			e.May = append(e.May, id)
		}
	}
	return e
}

// forbids says what keeps the member from it: of several authorities the one that comes closest. Empty is nothing.
func (d *Directory) forbids(p *plan, a Ask, by string) string {
	m, ok := d.members[by]
	switch {
	case !ok:
		return by + " is not a member"
	case m.Left:
		return by + " has left"
	case !d.sees(m, a.Matter):
		return by + " does not see cases from there"
	case a.Sum.Minor < 0:
		return "the sum is negative"
	case a.Act == actApprove && p.Two && by == a.Author:
		return "plan " + p.ID + " wants two people, and " + by + " drafted it"
	}
	if why := m.unskilled(p, a); why != "" {
		return why
	}
	if a.Act == actSend && d.onlyWatches(p, a, by) {
		return by + " watches; " + p.Owner + " or a back-up writes to the customer"
	}
	if a.Act == actDraft || a.Act == actSend {
		return ""
	}
	closest, why := 0, "there is no authority for it"
	for _, x := range m.Authority {
		if x.Act != a.Act {
			continue
		}
		near, but := m.refuses(x, a)
		if but == "" {
			return ""
		}
		if near > closest {
			closest, why = near, but
		}
	}
	return why
}

// unskilled says which skill the member lacks. One that has expired is good for a draft.
func (m *member) unskilled(p *plan, a Ask) string {
	day := ""
	if !a.At.IsZero() && a.Act != actDraft {
		day = a.At.In(m.zone).Format(time.DateOnly)
	}
	skill := m.lacks(p.Needs[a.Act], day)
	switch {
	case skill == "":
		return ""
	case m.lacks([]string{skill}, "") == "":
		return fmt.Sprintf("the certificate of %s for %s has expired: a draft is all it is good for", m.ID, skill)
	}
	return fmt.Sprintf("plan %s needs %s to %s", p.ID, skill, a.Act)
}

// onlyWatches reports whether the member looks on at the matter and does not answer for it.
func (d *Directory) onlyWatches(p *plan, a Ask, by string) bool {
	owners := Assignment{Owner: p.Owner}
	for _, id := range p.Backups {
		owners.Backups = append(owners.Backups, d.named(id, a.At)...)
	}
	watching, _ := d.watchers(a.Matter, owners, a.At)
	return slices.Contains(watching, by)
}

// refuses says what the authority does not cover, and how near it came.
func (m *member) refuses(x Authority, a Ask) (near int, why string) {
	switch {
	case !oneOf(x.Categories, a.Matter.Category):
		return 1, fmt.Sprintf("the authority is for %s, not for %q", strings.Join(x.Categories, ", "), a.Matter.Category)
	case a.Matter.Severity > x.Severity:
		return 2, fmt.Sprintf("the authority is up to %s, this is %s", x.Severity, a.Matter.Severity)
	case a.Sum.Minor == 0:
		return 0, ""
	case x.Limit.Minor == 0:
		return 3, "the authority is for no money"
	case a.Sum.Currency != x.Limit.Currency:
		return 4, fmt.Sprintf("the limit is in %s, the sum in %s", x.Limit.Currency, a.Sum.Currency)
	}
	sum, err := m.spends(x, a)
	switch {
	case err != nil:
		return 5, err.Error()
	case sum.Minor > x.Limit.Minor:
		return 6, fmt.Sprintf("the limit is %s a %s, this is %s", x.Limit, x.Scope, sum)
	}
	return 0, ""
}

// spends is the sum with what was spent before within the scope.
func (m *member) spends(x Authority, a Ask) (Money, error) {
	if a.Spent == nil {
		return a.Sum, nil
	}
	before, err := a.Spent(m.ID, x.Scope, m.since(x.Scope, a.At))
	if err != nil {
		return Money{}, err
	}
	return before.Add(a.Sum)
}

// since is when the member's day or month began, in his zone; zero for other scopes and when no instant is given.
func (m *member) since(scope string, at time.Time) time.Time {
	if at.IsZero() {
		return time.Time{}
	}
	y, month, day := at.In(m.zone).Date()
	switch scope {
	case "month":
		day = 1
	case "day":
	default:
		return time.Time{}
	}
	first, _, _ := hours.Resolve(m.zone, y, month, day, 0, 0, 0)
	return first
}

// Since is the midnight at which a member's day or month began, in his zone, UTC; zero for other scopes, and for somebody
// who is no member.
func (d *Directory) Since(member, scope string, at time.Time) time.Time {
	m, ok := d.members[member]
	if !ok {
		return time.Time{}
	}
	return m.since(scope, at)
}

// Where is the zone of a member's days; UTC for somebody who is no member.
func (d *Directory) Where(member string) *time.Location {
	if m, ok := d.members[member]; ok {
		return m.zone
	}
	return time.UTC
}

// Approvals is how many people must allow an answer in a matter: as its plan says, at least one.
func (d *Directory) Approvals(m Matter) int { return max(1, d.choose(m.canonical()).Approvals) }

// nearest are all members but one, in the order in which he would ask them.
func (d *Directory) nearest(by string) []string {
	var order []string
	add := func(ids ...string) {
		for _, id := range ids {
			if _, ok := d.members[id]; ok && id != by && !slices.Contains(order, id) {
				order = append(order, id)
			}
		}
	}
	for m := d.members[by]; m != nil; m = d.members[m.Boss] { // Compile has seen that there is no circle
		add(m.Deputies...)
		add(m.Boss)
	}
	add(d.ids...)
	return order
}
