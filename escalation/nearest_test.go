package escalation_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/triage"
)

// TestNearestPlan asks for matters that several plans are for: the nearest parent wins.
func TestNearestPlan(t *testing.T) {
	h := house()
	h.Locations = map[string]string{"store-1": "madrid", "store-2": "madrid", "madrid": "ES", "lyon": "FR"}
	h.Brands = map[string]string{"acme-air": "acme", "acme-rail": "acme"}
	for _, p := range []escalation.Plan{
		{ID: "spain", Countries: []string{"ES"}},
		{ID: "madrid", Locations: []string{"madrid"}},
		{ID: "store-1", Locations: []string{"store-1"}},
		{ID: "acme", Brands: []string{"acme"}},
		{ID: "air", Brands: []string{"acme-air"}},
		{ID: "air-madrid", Brands: []string{"acme-air"}, Locations: []string{"madrid"}},
		{ID: "spanish", Langs: []string{"es"}},
		{ID: "mexican", Langs: []string{"es-MX"}},
		{ID: "hant", Langs: []string{"zh-Hant"}},
		{ID: "hebrew", Langs: []string{"he"}},
		{ID: "serbian", Langs: []string{"sr"}},
		{ID: "press", Standings: []triage.Standing{triage.Press}},
	} {
		p.Owner, p.Ladder = "bob", "main"
		h.Plans = append(h.Plans, p)
	}
	d := compile(t, h)
	for _, row := range []struct {
		reason string
		matter escalation.Matter
		want   string
	}{
		{"nothing is known", escalation.Matter{}, "rest"},
		{"the store's own plan", escalation.Matter{Location: "store-1"}, "store-1"},
		{"no plan for the store: its city's", escalation.Matter{Location: "store-2"}, "madrid"},
		{"a place before its country", escalation.Matter{Location: "store-2", Country: "ES"}, "madrid"},
		{"no plan for place or city: the country they lie in", escalation.Matter{Country: "es"}, "spain"},
		{"a country with no plan", escalation.Matter{Location: "lyon"}, "rest"},
		{"a place nobody has written down, in a country", escalation.Matter{Location: "store-9", Country: "ES"}, "spain"},
		{"the brand's own plan", escalation.Matter{Brand: "acme-air"}, "air"},
		{"no plan for the brand: its house's", escalation.Matter{Brand: "acme-rail"}, "acme"},
		{"a brand before a place", escalation.Matter{Brand: "acme-rail", Location: "store-1"}, "acme"},
		{"a brand and a place before a brand", escalation.Matter{Brand: "acme-air", Location: "store-1"}, "air-madrid"},
		{"the language of the country", escalation.Matter{Lang: "es-MX"}, "mexican"},
		{"however it is written", escalation.Matter{Lang: "ES_mx"}, "mexican"},
		{"no plan for the country: the language", escalation.Matter{Lang: "es-AR"}, "spanish"},
		{"the language itself is not that of one country", escalation.Matter{Lang: "es"}, "spanish"},
		{"one step up is enough", escalation.Matter{Lang: "zh-Hant-TW"}, "hant"},
		{"who writes in Taiwan writes so without saying it", escalation.Matter{Lang: "zh-TW"}, "hant"},
		{"through the Spanish of Latin America to the language", escalation.Matter{Lang: "es-CL"}, "spanish"},
		{"an old name is the same language", escalation.Matter{Lang: "iw-IL"}, "hebrew"},
		{"a script of its own lies within the language", escalation.Matter{Lang: "sr-Latn-RS"}, "serbian"},
		{"another script is no parent", escalation.Matter{Lang: "zh-Hans"}, "rest"},
		{"letters alone are no language", escalation.Matter{Lang: "est"}, "rest"},
		{"a standing before a brand", escalation.Matter{Standing: triage.Press, Brand: "acme-air"}, "press"},
	} {
		assert.Equal(t, row.want, d.Assign(row.matter, at(t, "10:00")).Plan, row.reason)
	}
	for _, tag := range []string{"-", "--", "es-", "\xff\x00", strings.Repeat("-", 1<<20), strings.Repeat("es-", 1<<18)} {
		_, pages := d.Open(escalation.Matter{Lang: tag}, at(t, "10:00"))
		assert.NotEmpty(t, pages, "a tag that is none costs an answer")
	}
}
