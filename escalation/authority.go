package escalation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reputekit/reputation/triage"
)

// A RefusedError says that a member may not do something alone, why, and who may.
type RefusedError struct {
	By       string
	Act      string
	Category string
	Severity triage.Severity
	Sum      Money
	Why      string   // "its limit is 10000 minor EUR a case"
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

// Authorize returns nil when the member may do the act alone, for a matter of that category and severity, and a
// *RefusedError otherwise. The sum is what is asked for together with what was spent before within the scope of the
// limit; the zero Money asks for none. Who else may is named in this order: the member's deputies and boss, the boss's
// deputies and boss, and so on, then all others as written. Whether they are on duty is for OnDuty to say.
func (d *Directory) Authorize(act, category string, severity triage.Severity, sum Money, by string) error {
	why := d.forbids(act, category, severity, sum, by)
	if why == "" {
		return nil
	}
	e := &RefusedError{By: by, Act: act, Category: category, Severity: severity, Sum: sum, Why: why}
	for _, id := range d.nearest(by) {
		if d.forbids(act, category, severity, sum, id) == "" {
			e.May = append(e.May, id)
		}
	}
	return e
}

// forbids says what keeps the member from it: of several authorities the one that comes closest. Empty is nothing.
func (d *Directory) forbids(act, category string, severity triage.Severity, sum Money, by string) string {
	m, ok := d.members[by]
	switch {
	case !ok:
		return by + " is not a member"
	case m.Left:
		return by + " has left"
	case sum.Minor < 0:
		return "the sum is negative"
	}
	closest, why := 0, "there is no authority for it"
	for _, a := range m.Authority {
		if a.Act != act {
			continue
		}
		near, but := a.forbids(category, severity, sum)
		if but == "" {
			return ""
		}
		if near > closest {
			closest, why = near, but
		}
	}
	return why
}

// forbids says what the authority does not cover, and how near it came.
func (a Authority) forbids(category string, severity triage.Severity, sum Money) (near int, why string) {
	switch {
	case !oneOf(a.Categories, category):
		return 1, fmt.Sprintf("the authority is for %s, not for %q", strings.Join(a.Categories, ", "), category)
	case severity > a.Severity:
		return 2, fmt.Sprintf("the authority is up to %s, this is %s", a.Severity, severity)
	case sum.Minor == 0:
		return 0, ""
	case a.Limit.Minor == 0:
		return 3, "the authority is for no money"
	case sum.Currency != a.Limit.Currency:
		return 4, fmt.Sprintf("the limit is in %s, the sum in %s", a.Limit.Currency, sum.Currency)
	case sum.Minor > a.Limit.Minor:
		return 5, fmt.Sprintf("the limit is %s a %s, this is %s", a.Limit, a.Scope, sum)
	}
	return 0, ""
}

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
