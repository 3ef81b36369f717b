package escalation

import (
	"fmt"
	"slices"
	"time"
)

// candidates are those who may answer for a matter of the plan: the point person, then the back-ups, each once. Of a
// team those with the fewest open cases come first, of a roster who has the turn. Whoever carries as many cases as he
// may comes after all others, except in danger to people. There is always one.
func (d *Directory) candidates(p *plan, m Matter, at time.Time) (people, because []string) {
	people = []string{p.Owner}
	for _, id := range p.Backups {
		for _, one := range d.backups(p, m, id, at) {
			if !slices.Contains(people, one) {
				people = append(people, one)
			}
		}
	}
	if m.Life {
		return people, nil
	}
	var free, full []string
	for _, id := range people {
		if x, ok := d.members[id]; ok && x.Most > 0 && m.Load[id] >= x.Most {
			full = append(full, id)
			because = append(because, fmt.Sprintf("%s has %d open cases and takes %d", id, m.Load[id], x.Most))
			continue
		}
		free = append(free, id)
	}
	return append(free, full...), because
}

// backups are the members whom a back-up stands for, and who may see the matter and draft an answer to it.
func (d *Directory) backups(p *plan, m Matter, id string, at time.Time) []string {
	if _, ok := d.members[id]; ok {
		return []string{id}
	}
	ids := d.teams[id].Members
	if d.isRoster(id) {
		ids = d.roster.On(id, at)
		for _, other := range d.roster.Members(id) {
			if !slices.Contains(ids, other) {
				ids = append(ids, other)
			}
		}
	} else {
		ids = slices.Clone(ids)
		slices.SortStableFunc(ids, func(a, b string) int { return m.Load[a] - m.Load[b] })
	}
	return slices.DeleteFunc(ids, func(one string) bool {
		x := d.members[one]
		return !d.sees(x, m) || x.lacks(p.Needs[actDraft], "") != ""
	})
}

// The acts that a plan may ask skills for. Others are names of the host.
const (
	actDraft   = "draft"
	actApprove = "approve"
	actSend    = "send"
)

// lacks is the first of the skills that the member has neither for good nor with a certificate that holds on the day;
// without a day every certificate counts.
func (m *member) lacks(skills []string, day string) string {
	for _, skill := range skills {
		certified := slices.ContainsFunc(m.Certified, func(c Certified) bool { return c.Skill == skill && c.Until >= day })
		if !certified && !slices.Contains(m.Skills, skill) {
			return skill
		}
	}
	return ""
}
