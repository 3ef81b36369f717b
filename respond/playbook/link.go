package playbook

import (
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/template"
)

// A Link is something that a text offers in one of its slots: a manual, a number, the nearest outlet. Of what is set the
// first that there is stands in the text: the nearest outlet, the one for the country, the one for the locale, Text. A
// value that the caller gives for the slot stands before all of them; without any the slot has no value.
type Link struct {
	Slot    string            `json:"slot"`              // Manual
	Text    string            `json:"text,omitempty"`    // "acme.example/manual": for everybody else
	Locales map[string]string `json:"locales,omitempty"` // by the locale of the text, as Texts has it
	// Countries are by the mention's country, ISO 3166-1 alpha-2: {"ES": "112"}.
	Countries map[string]string `json:"countries,omitempty"`
	Nearest   string            `json:"nearest,omitempty"` // a kind of Outlet: the one nearest to the mention's place
	Within    int               `json:"within,omitempty"`  // metres to the outlet at most; 0 is any distance
}

// An Outlet is a place that customers can go to: a shop, a desk, a workshop.
type Outlet struct {
	Kind string `json:"kind"` // shop: what Link.Nearest names
	Name string `json:"name"`
	Text string `json:"text"` // as it stands in a reply: "our shop at 5 Elm Street"
	Lat  int32  `json:"lat"`  // millionths of a degree, north positive
	Lon  int32  `json:"lon"`  // millionths of a degree, east positive
}

// An Offered is what stands in a text for a Link.
type Offered struct {
	Slot   string `json:"slot"`
	Text   string `json:"text"`
	Outlet string `json:"outlet,omitempty"` // its name
	Metres int    `json:"metres,omitempty"` // from the mention's place to the outlet, along the great circle
}

func (l Link) clone() Link {
	l.Locales, l.Countries = maps.Clone(l.Locales), maps.Clone(l.Countries)
	return l
}

// offer is what the link stands for in a text of a locale about a place; without a text when there is nothing to offer.
func (l *Link) offer(outlets []Outlet, place mention.Place, locale string) Offered {
	out := Offered{Slot: l.Slot}
	if o, metres, ok := nearest(outlets, l.Nearest, place); ok && (l.Within == 0 || metres <= l.Within) {
		out.Text, out.Outlet, out.Metres = o.Text, o.Name, metres
		return out
	}
	if out.Text = l.Countries[place.Country]; out.Text == "" {
		out.Text = l.Locales[locale]
	}
	if out.Text == "" {
		out.Text = l.Text
	}
	return out
}

// said are all texts that the link can stand for, sorted.
func (l *Link) said(outlets []Outlet) []string {
	all := []string{l.Text}
	all = append(all, slices.Sorted(maps.Values(l.Locales))...)
	all = append(all, slices.Sorted(maps.Values(l.Countries))...)
	for _, o := range outlets {
		if l.Nearest != "" && o.Kind == l.Nearest {
			all = append(all, o.Text)
		}
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(s string) bool { return s == "" })
}

// nearest is the outlet of a kind that is nearest to a place, and how far it is. A place without coordinates has none.
// Of two that are as near, the first.
func nearest(outlets []Outlet, kind string, place mention.Place) (near Outlet, metres int, ok bool) {
	if kind == "" || place.Lat == 0 && place.Lon == 0 {
		return Outlet{}, 0, false
	}
	for _, o := range outlets {
		if o.Kind != kind {
			continue
		}
		if d := Distance(place.Lat, place.Lon, o.Lat, o.Lon); !ok || d < metres {
			near, metres, ok = o, d, true
		}
	}
	return near, metres, ok
}

// checkLinks wants links that fill slots which the play's texts use, with texts that fit them.
func (p *Play) checkLinks(path string, slots []template.Slot, outlets []Outlet, uses []string, problems *spec.Problems) {
	for i := range p.Links {
		l := &p.Links[i]
		at := spec.Index(path, i)
		s := slices.IndexFunc(slots, func(s template.Slot) bool { return s.Name == l.Slot })
		if s < 0 {
			problems.Add(spec.Join(at, "slot"), "unknown slot %s", l.Slot)
			continue
		}
		most := slots[s].Max
		if most == 0 {
			most = 60
		}
		said := l.said(outlets)
		switch {
		case !slices.Contains(uses, l.Slot):
			problems.Add(spec.Join(at, "slot"), "no text of the play uses slot %s", l.Slot)
		case len(said) == 0:
			problems.Add(at, "the link has nothing to offer: give it a text, or outlets of kind %q", l.Nearest)
		case slots[s].Private:
			problems.Add(spec.Join(at, "slot"), "slot %s is private: what is offered to everybody is not", l.Slot)
		}
		if l.Within < 0 {
			problems.Add(spec.Join(at, "within"), "a distance is not negative")
		}
		for _, text := range said {
			if n := utf8.RuneCountInString(text); n > most {
				problems.Add(at, "%q has %d characters and slot %s takes %d", text, n, l.Slot, most)
			}
		}
	}
}

// checkOutlets wants outlets that can be said and found.
func checkOutlets(outlets []Outlet, problems *spec.Problems) {
	for i, o := range outlets {
		at := spec.Index("outlets", i)
		if o.Kind == "" || o.Name == "" || o.Text == "" {
			problems.Add(at, "an outlet needs a kind, a name and a text")
		}
		if o.Lat < -90_000_000 || o.Lat > 90_000_000 || o.Lon < -180_000_000 || o.Lon > 180_000_000 {
			problems.Add(at, "%d, %d is no place on earth: give millionths of a degree", o.Lat, o.Lon)
		}
	}
}
