package escalation

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/triage"
)

// A Watch says who looks on: the press office when a journalist asks, legal when a claim is threatened. It is for a
// matter when each list that is not empty holds what the matter has and the matter is at least as severe. Whoever
// watches is told and may advise; he never writes to the customer, who has one contact alone.
type Watch struct {
	To         []string          `json:"to"` // members, teams, rosters
	Categories []string          `json:"categories,omitempty"`
	Standings  []triage.Standing `json:"standings,omitempty"` // of the author
	Severity   triage.Severity   `json:"severity,omitempty"`  // the lowest it is for
}

func (w Watch) covers(m Matter) bool {
	return oneOf(w.Categories, m.Category) && oneOf(w.Standings, m.Standing) && m.Severity >= w.Severity
}

func (w Watch) clone() Watch {
	w.To, w.Categories, w.Standings = slices.Clone(w.To), slices.Clone(w.Categories), slices.Clone(w.Standings)
	return w
}

// because names the conditions of the watch, for a person.
func (w Watch) because(m Matter) string {
	var named []string
	if len(w.Categories) > 0 {
		named = append(named, "category "+m.Category)
	}
	if len(w.Standings) > 0 {
		named = append(named, "standing "+string(m.Standing))
	}
	if w.Severity > triage.Routine {
		named = append(named, fmt.Sprintf("severity %s", m.Severity))
	}
	if named == nil {
		return "every matter"
	}
	return strings.Join(named, ", ")
}

// watchers are those who look on at the matter, and may see it, each once, and why. Who answers for it does not watch it
// as well.
func (d *Directory) watchers(m Matter, a Assignment, at time.Time) (ids, because []string) {
	for _, w := range d.watches {
		if !w.covers(m) {
			continue
		}
		var here []string
		for _, id := range w.To {
			for _, one := range d.named(id, at) {
				if !slices.Contains(ids, one) && !slices.Contains(a.inOrder(), one) && d.Sees(one, m) {
					ids, here = append(ids, one), append(here, one)
				}
			}
		}
		if len(here) > 0 {
			because = append(because, fmt.Sprintf("%s %s: %s", strings.Join(here, ", "),
				plural(len(here), "watches", "watch"), w.because(m)))
		}
	}
	return ids, because
}

// named are the members that an id stands for: himself, those of a team, who has the turn in a roster. Who has left is
// not among them.
func (d *Directory) named(id string, at time.Time) []string {
	ids := []string{id}
	if team, ok := d.teams[id]; ok {
		ids = team.Members
	} else if d.isRoster(id) {
		ids = d.roster.On(id, at)
	}
	var out []string
	for _, one := range ids {
		if m, ok := d.members[one]; ok && !m.Left {
			out = append(out, one)
		}
	}
	return out
}

// Contact is the one member who writes to the customer: who acts, or the owner while nobody does.
func (a Assignment) Contact() string {
	if a.Acting != "" {
		return a.Acting
	}
	return a.Owner
}

// Contact is the one member who writes to the customer: who has taken the matter, else as Assignment.Contact says.
func (c Climb) Contact() string {
	if c.Taken != "" {
		return c.Taken
	}
	return c.Assignment.Contact()
}

// Sees reports whether the member may see the matter. Members with locations see only what comes from there, or from
// what lies within; a matter of unknown origin they do not see. Who has left sees nothing.
func (d *Directory) Sees(member string, m Matter) bool {
	x, ok := d.members[member]
	return ok && !x.Left && d.sees(x, m)
}

func (d *Directory) sees(x *member, m Matter) bool {
	return len(x.Locations) == 0 || d.placed(x.Locations, m) >= 0
}
