package escalation

import (
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

// problems looks at every ladder as it would be climbed: whether somebody is told at its end, whether each level can be
// reached, and whether it is louder than the ladder of something worse. It needs a Directory that is whole.
func (d *Directory) problems(h Hierarchy) spec.Problems {
	var found spec.Problems
	for i, l := range h.Ladders {
		path := spec.Index("ladders", i)
		if len(d.everybody(l.Fallback)) == 0 {
			found.Add(spec.Join(path, "fallback"),
				"%s has left and nobody stands in: the ladder would end in silence", l.Fallback)
		}
		if !slices.ContainsFunc(h.Plans, func(p Plan) bool { return p.Ladder == l.ID }) {
			found.Add(path, "no plan uses ladder %s: none of its levels is ever reached", l.ID)
			continue
		}
		for j, x := range l.Levels {
			if who := d.tells(h, l, x); len(who) == 0 {
				found.Add(spec.Index(spec.Join(path, "levels"), j), "the level is never reached: %s left and nobody stands in",
					strings.Join(x.To, ", ")+plural(len(x.To), " has", " have"))
			}
		}
	}
	for i, p := range h.Plans {
		if len(d.everybody(p.Owner)) == 0 {
			found.Add(spec.Join(spec.Index("plans", i), "owner"), "%s has left and nobody stands in", p.Owner)
		}
	}
	d.louder(&found)
	return found
}

// tells is everybody whom the level may tell at one time or another.
func (d *Directory) tells(h Hierarchy, l Ladder, x Level) []string {
	var who []string
	for _, id := range x.To {
		if id != ownerWord {
			who = append(who, d.everybody(id)...)
			continue
		}
		for _, p := range h.Plans {
			for _, one := range append([]string{p.Owner}, p.Backups...) {
				if p.Ladder == l.ID {
					who = append(who, d.everybody(one)...)
				}
			}
		}
	}
	return who
}

// louder finds plans under which a lower severity is told sooner than a higher one of the same matter.
func (d *Directory) louder(found *spec.Problems) {
	for i, low := range d.plans {
		for _, high := range d.plans {
			a, b := d.ladders[low.Ladder], d.ladders[high.Ladder]
			if low == high || a == b || !a.louder(b) {
				continue
			}
			if m, worse, ok := d.between(low, high); ok {
				found.Add(spec.Join(spec.Index("plans", i), "ladder"),
					"%s by ladder %s pages louder than %s by ladder %s (plan %s): the lower severity would be told sooner",
					m.Severity, a.ID, worse, b.ID, high.ID)
			}
		}
	}
}

// louder reports whether each telling of l is as soon as that of x, and one is sooner. When the fallback has been told
// a ladder is as loud as it gets.
func (l *Ladder) louder(x *Ladder) bool {
	a, b := l.tellings(), x.tellings()
	for len(a) < len(b) {
		a = append(a, a[len(a)-1])
	}
	for len(b) < len(a) {
		b = append(b, b[len(b)-1])
	}
	for i := range a {
		if a[i] > b[i] {
			return false
		}
	}
	return !slices.Equal(a, b)
}

// mostTellings is how many tellings of two ladders are compared.
const mostTellings = 100

// tellings are when each level is told if nobody takes the matter, and the fallback at the end.
func (l *Ladder) tellings() []time.Duration {
	at := []time.Duration{0}
	for range l.Repeat + 1 {
		for _, x := range l.Levels {
			if len(at) < mostTellings {
				at = append(at, at[len(at)-1]+min(x.Wait.Std(), longestWait))
			}
		}
	}
	return at
}

// longestWait keeps sums of waits within a Duration.
const longestWait = 365 * 24 * time.Hour

// between is a matter for which the one plan holds, and the other as soon as it is worse.
func (d *Directory) between(low, high *plan) (Matter, triage.Severity, bool) {
	for _, m := range witnesses(low, high) {
		m = m.canonical()
		for s := triage.Routine; s < triage.Crisis; s++ {
			if m.Severity = s; !d.holds(low, m) {
				continue
			}
			for worse := s + 1; worse <= triage.Crisis; worse++ {
				x := m
				if x.Severity = worse; d.holds(high, x) {
					return m, worse, true
				}
			}
		}
	}
	return Matter{}, 0, false
}

// holds reports whether the plan is the one for the matter.
func (d *Directory) holds(p *plan, m Matter) bool {
	_, ok := d.rank(p, m, tongues(m.Lang))
	return ok && d.choose(m) == p
}

// witnesses are matters for which both plans may hold: of each category that both may be for, with what else both name,
// or the one or the other names first.
func witnesses(p, q *plan) []Matter {
	categories := []string{""}
	switch {
	case len(p.Categories) > 0 && len(q.Categories) > 0:
		categories = slices.DeleteFunc(slices.Clone(p.Categories), func(c string) bool { return !slices.Contains(q.Categories, c) })
	case len(p.Categories)+len(q.Categories) > 0:
		categories = slices.Concat(p.Categories, q.Categories)
	}
	var out []Matter
	for _, category := range categories {
		for _, pair := range [][2]*plan{{p, q}, {q, p}} {
			a, b := pair[0], pair[1]
			out = append(out, Matter{
				Category: category, Tags: []string{either(a.Tags, b.Tags)},
				Standing: either(a.Standings, b.Standings), Kind: either(a.Kinds, b.Kinds),
				Addressed: either(a.Addressed, b.Addressed), Brand: either(a.Brands, b.Brands),
				Location: either(a.Locations, b.Locations), Country: either(a.Countries, b.Countries),
				Lang: either(a.Langs, b.Langs),
			})
		}
	}
	return out
}

// either is the first that both lists have, else the first of the one, else of the other.
func either[T comparable](a, b []T) (first T) {
	for _, x := range a {
		if slices.Contains(b, x) {
			return x
		}
	}
	for _, x := range append(slices.Clone(a), b...) {
		return x
	}
	return first
}
