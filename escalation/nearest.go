package escalation

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/reputekit/reputation/triage"
)

// A rank says how closely a plan fits a matter, one number for each thing it may name, the weightiest first: 0 where it
// names nothing, the greater the nearer.
type rank [10]int

// exactly is the rank of a thing that is named itself; what it lies within has one less for each step.
const exactly = 1 << 20

// choose is the plan for the matter, which is canonical.
func (d *Directory) choose(m Matter) *plan {
	best, most := d.rest, rank{}
	var spoken []string
	if d.spoken {
		spoken = tongues(m.Lang)
	}
	for _, p := range d.plans {
		if r, ok := d.rank(p, m, spoken); ok && slices.Compare(r[:], most[:]) > 0 {
			best, most = p, r
		}
	}
	return best
}

// names says which of the things a plan may name this one does, in the order of a rank.
func (p *Plan) names() [10]bool {
	return [...]bool{
		len(p.Categories) > 0, len(p.Tags) > 0, len(p.Severities) > 0, len(p.Standings) > 0, len(p.Kinds) > 0, len(p.Addressed) > 0,
		len(p.Brands) > 0, len(p.Locations) > 0, len(p.Countries) > 0, len(p.Langs) > 0,
	}
}

// forAll reports whether the plan names nothing.
func (p *Plan) forAll() bool { return p.names() == [10]bool{} }

// forLife reports whether the plan is for danger to people, wherever it is.
func (p *Plan) forLife() bool {
	return p.names() == [10]bool{true} && slices.Contains(p.Categories, triage.Life)
}

// rank reports false when the plan is not for the matter, whose language is within the tongues.
func (d *Directory) rank(p *plan, m Matter, spoken []string) (r rank, ok bool) {
	if !oneOf(p.Categories, m.Category) || !p.tagged(m) || !oneOf(p.Severities, m.Severity) || !oneOf(p.Standings, m.Standing) ||
		!oneOf(p.Kinds, m.Kind) || !oneOf(p.Addressed, m.Addressed) {
		return r, false
	}
	for i, named := range p.names() {
		if named {
			r[i] = exactly
		}
	}
	for i, far := range [...]int{distance(d.brands, p.Brands, m.Brand), distance(d.locations, p.Locations, m.Location),
		d.abroad(p.Countries, m), closest(p.Langs, spoken)} {
		if j := i + 6; r[j] > 0 {
			if far < 0 {
				return r, false
			}
			r[j] -= far
		}
	}
	return r, true
}

// distance is how many steps up from id the first of the list is met: 0 when it is id itself, -1 when none is.
func distance(above map[string]string, list []string, id string) int {
	for far := 0; id != "" && len(list) > 0 && far <= len(above); far++ {
		if slices.Contains(list, id) {
			return far
		}
		id = above[id]
	}
	return -1
}

// abroad is the distance to one of the countries: the matter's own, or that which its location lies within.
func (d *Directory) abroad(countries []string, m Matter) int {
	if slices.Contains(countries, m.Country) {
		return 0
	}
	return distance(d.locations, countries, m.Location)
}

// closest is the place of the first of the tongues that is one of the languages, as canonicalTag writes them; -1 when
// none is.
func closest(langs, spoken []string) int {
	return slices.IndexFunc(spoken, func(tongue string) bool { return slices.Contains(langs, tongue) })
}

// longestTag is more than any tag has that somebody speaks.
const longestTag = 64

// tongues are the language of the tag and what it lies within, the nearest first: by the parents of the CLDR, in which
// es-MX lies within es-419 and zh-TW within zh-Hant, then by what is left of the tag as its ends are cut off.
func tongues(tag string) []string {
	if tag == "" || len(tag) > longestTag {
		return nil
	}
	up := canonicalTag(tag)
	list := []string{up}
	if t, err := language.Parse(up); err == nil {
		for t = t.Parent(); !t.IsRoot(); t = t.Parent() {
			list = append(list, canonicalTag(t.String()))
		}
	}
	for cut := strings.LastIndexByte(up, '-'); cut > 0; cut = strings.LastIndexByte(up, '-') {
		if up = up[:cut]; !slices.Contains(list, up) {
			list = append(list, up)
		}
	}
	return list
}

// canonicalTag writes a BCP 47 tag so that it can be compared: what is deprecated as it is written today.
func canonicalTag(tag string) string {
	tag = strings.ReplaceAll(tag, "_", "-")
	if t, err := language.Parse(tag); err == nil {
		tag = t.String()
	}
	return strings.ToLower(tag)
}

// placed is how far the nearest of the places is above the matter's location, or 0 when one is its country; -1 when none
// is.
func (d *Directory) placed(places []string, m Matter) int {
	if far := distance(d.locations, places, m.Location); far >= 0 {
		return far
	}
	if m.Country != "" && slices.Contains(places, m.Country) {
		return 0
	}
	return -1
}
