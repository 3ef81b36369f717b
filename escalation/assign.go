package escalation

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
)

// What a plan may name, the most specific the greatest, so that their sums compare as Plan says.
const (
	namesLang = 1 << iota
	namesCountry
	namesBrand
	namesSeverity
	namesCategory
)

// names is the sum of what the plan names.
func (p Plan) names() (sum int) {
	for _, x := range []struct {
		n      int
		weight int
	}{
		{len(p.Categories), namesCategory}, {len(p.Severities), namesSeverity}, {len(p.Brands), namesBrand},
		{len(p.Countries), namesCountry}, {len(p.Langs), namesLang},
	} {
		if x.n > 0 {
			sum += x.weight
		}
	}
	return sum
}

// covers reports whether the plan is for the matter.
func (p Plan) covers(m Matter) bool {
	return oneOf(p.Categories, m.Category) && oneOf(p.Severities, m.Severity) && oneOf(p.Brands, m.Brand) &&
		oneOf(p.Countries, m.Country) &&
		(len(p.Langs) == 0 || slices.ContainsFunc(p.Langs, func(l string) bool { return base(l) == base(m.Lang) }))
}

func oneOf[T comparable](list []T, x T) bool { return len(list) == 0 || slices.Contains(list, x) }

// base is the language of a BCP 47 tag, without script and region.
func base(tag string) string {
	lang, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return strings.ToLower(lang)
}

// Assign says who answers for the matter at the instant. A matter of life is one of the category life, whatever its own
// category is.
func (d *Directory) Assign(m Matter, at time.Time) Assignment {
	at = mention.Instant(at)
	m = m.canonical()
	p := d.rest
	for _, x := range d.plans {
		if x.names() > p.names() && x.covers(m) {
			p = x
		}
	}
	a := Assignment{Plan: p.ID, Owner: p.Owner, Backups: slices.Clone(p.Backups), Ladder: p.Ladder}
	a.Because = append(a.Because, p.because(m))
	for _, id := range a.inOrder() {
		who, because, _ := d.answers(id, at)
		a.Because = append(a.Because, because)
		if a.Acting = who; who != "" {
			return a
		}
	}
	a.Because = append(a.Because, "neither the owner nor a back-up is on duty")
	return a
}

// canonical puts a matter of life into its category, and the other way round.
func (m Matter) canonical() Matter {
	if m.Life = m.Life || m.Category == triage.Life; m.Life {
		m.Category = triage.Life
	}
	m.Country = strings.ToUpper(m.Country)
	return m
}

// inOrder is the owner, then the back-ups.
func (a Assignment) inOrder() []string { return append([]string{a.Owner}, a.Backups...) }

// because names the conditions that made the plan the one.
func (p Plan) because(m Matter) string {
	var named []string
	note := func(n int, format string, value any) {
		if n > 0 {
			named = append(named, fmt.Sprintf(format, value))
		}
	}
	note(len(p.Categories), "category %s", m.Category)
	note(len(p.Severities), "severity %s", m.Severity)
	note(len(p.Brands), "brand %s", m.Brand)
	note(len(p.Countries), "country %s", m.Country)
	note(len(p.Langs), "language %s", m.Lang)
	if named == nil {
		return "plan " + p.ID + ": it is for everything that has no plan of its own"
	}
	return "plan " + p.ID + ": " + strings.Join(named, ", ")
}

// answers finds who answers when this member is called: himself when on duty, one who stands in when he has left.
// Without anybody who is empty and next is when somebody comes on duty, zero when that is not known.
func (d *Directory) answers(id string, at time.Time) (who, because string, next time.Time) {
	m, ok := d.members[id]
	if ok && m.onDuty(at) {
		return id, id + " is on duty", time.Time{}
	}
	because, next = d.offDuty(id, at)
	if !ok || !m.Left {
		return "", because, next
	}
	for _, in := range d.standIns(id) {
		if d.OnDuty(in, at) {
			return in, fmt.Sprintf("%s has left, %s stands in and is on duty", id, in), time.Time{}
		}
		_, on := d.offDuty(in, at)
		next = sooner(next, on)
	}
	return "", because + " and nobody who stands in is on duty", next
}

// sooner is the earlier of two instants of which zero is never.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
