package playbook_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/respond/template"
)

var (
	madrid = mention.Place{City: "Madrid", Country: "ES", Lat: 40_416_800, Lon: -3_703_800}
	berlin = mention.Place{City: "Berlin", Country: "DE", Lat: 52_520_000, Lon: 13_405_000}
)

// linked is a playbook that offers something.
func linked(links ...playbook.Link) playbook.Playbook {
	return playbook.Playbook{
		Locale: "en",
		Slots:  []template.Slot{{Name: "Where", Max: 40, Sample: "our shop"}},
		Plays: []playbook.Play{{ID: "go", Mode: playbook.Public, Links: links, Texts: map[string][]string{
			"en": {"Thank you for asking. Come to {{if .Where}}{{.Where}}{{else}}any of us{{end}}."},
			"es": {"Gracias por preguntar. Venga a {{if .Where}}{{.Where}}{{else}}vernos{{end}}."},
		}}},
		Outlets: []playbook.Outlet{
			{Kind: "shop", Name: "Toledo", Text: "our shop in Toledo", Lat: 39_862_800, Lon: -4_027_300},
			{Kind: "shop", Name: "Potsdam", Text: "our shop in Potsdam", Lat: 52_390_600, Lon: 13_064_500},
			{Kind: "desk", Name: "Madrid", Text: "our desk in Madrid", Lat: 40_416_800, Lon: -3_703_800},
		},
	}
}

func TestLinks(t *testing.T) {
	near := playbook.Link{Slot: "Where", Nearest: "shop", Text: "acme.example/shops"}
	by := playbook.Link{Slot: "Where", Text: "acme.example", Locales: map[string]string{"es": "acme.example/es"},
		Countries: map[string]string{"DE": "our house in Ulm"}}
	close := near
	close.Within = 30_000
	for _, row := range []struct {
		reason string
		link   playbook.Link
		s      playbook.Situation
		slots  template.Slots
		want   string
		metres int
	}{
		{"the nearest to Madrid", near, playbook.Situation{Place: madrid}, nil, "Come to our shop in Toledo.", 67445},
		{"the nearest to Berlin", near, playbook.Situation{Place: berlin}, nil, "Come to our shop in Potsdam.", 27183},
		{"another kind lies nearer and is not meant", near, playbook.Situation{Place: madrid}, nil, "Come to our shop in Toledo.", 67445},
		{"no place, the general one", near, playbook.Situation{}, nil, "Come to acme.example/shops.", 0},
		{"a place without coordinates is none", near, playbook.Situation{Place: mention.Place{City: "Madrid"}}, nil,
			"Come to acme.example/shops.", 0},
		{"too far is as no place", close, playbook.Situation{Place: madrid}, nil, "Come to acme.example/shops.", 0},
		{"near enough", close, playbook.Situation{Place: berlin}, nil, "Come to our shop in Potsdam.", 27183},
		{"no place and nothing general, none", playbook.Link{Slot: "Where", Nearest: "shop"}, playbook.Situation{}, nil,
			"Come to any of us.", 0},
		{"by country", by, playbook.Situation{Place: berlin}, nil, "Come to our house in Ulm.", 0},
		{"by the language of the text", by, playbook.Situation{Lang: "es-MX", Place: madrid}, nil, "Venga a acme.example/es.", 0},
		{"what the caller knows better", near, playbook.Situation{Place: madrid}, template.Slots{"Where": "the fair"},
			"Come to the fair.", 0},
	} {
		c, err := linked(row.link).Compile(playbook.House{})
		require.NoError(t, err, row.reason)
		got, err := c.Write("go", row.s, mention.Venue{}, row.slots)
		require.NoError(t, err, row.reason)
		assert.True(t, strings.HasSuffix(got.Body, row.want), "%s: %s", row.reason, got.Body)
		if row.metres > 0 {
			require.Len(t, got.Offers, 1, row.reason)
			assert.InDelta(t, row.metres, got.Offers[0].Metres, 60, row.reason)
		}
	}
}

func TestLinksOfBadSlots(t *testing.T) {
	for _, row := range []struct {
		reason  string
		change  func(*playbook.Playbook)
		problem string
	}{
		{"no such slot", func(p *playbook.Playbook) { p.Plays[0].Links[0].Slot = "There" }, "plays[0].links[0].slot: unknown slot There"},
		{"nothing to offer", func(p *playbook.Playbook) { p.Plays[0].Links[0] = playbook.Link{Slot: "Where", Nearest: "kiosk"} },
			`plays[0].links[0]: the link has nothing to offer: give it a text, or outlets of kind "kiosk"`},
		{"longer than the slot", func(p *playbook.Playbook) { p.Slots[0].Max = 12 },
			`plays[0].links[0]: "our shop in Potsdam" has 19 characters and slot Where takes 12`},
		{"no text says it", func(p *playbook.Playbook) { p.Plays[0].Texts = map[string][]string{"en": {"Come."}} },
			"plays[0].links[0].slot: no text of the play uses slot Where"},
		{"a distance less than none", func(p *playbook.Playbook) { p.Plays[0].Links[0].Within = -1 },
			"plays[0].links[0].within: a distance is not negative"},
		{"off the earth", func(p *playbook.Playbook) { p.Outlets[0].Lat = 91_000_000 },
			"outlets[0]: 91000000, -4027300 is no place on earth: give millionths of a degree"},
		{"an outlet that cannot be said", func(p *playbook.Playbook) { p.Outlets[0].Text = "" },
			"outlets[0]: an outlet needs a kind, a name and a text"},
	} {
		p := linked(playbook.Link{Slot: "Where", Nearest: "shop"})
		row.change(&p)
		_, err := p.Compile(playbook.House{})
		var problems spec.Problems
		require.ErrorAs(t, err, &problems, row.reason)
		assert.Contains(t, strings.Split(problems.Error(), "\n"), row.problem, row.reason)
	}
}

// TestDistance holds the series against the formula as the standard library computes it.
func TestDistance(t *testing.T) {
	oracle := func(latA, lonA, latB, lonB int32) float64 {
		rad := func(x int32) float64 { return float64(x) / 1e6 * math.Pi / 180 }
		north, east := math.Sin((rad(latB)-rad(latA))/2), math.Sin((rad(lonB)-rad(lonA))/2)
		h := north*north + math.Cos(rad(latA))*math.Cos(rad(latB))*east*east
		return 2 * 6371008.8 * math.Asin(math.Sqrt(min(1, h)))
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		a, b := int32(rng.IntN(180_000_001)-90_000_000), int32(rng.IntN(360_000_001)-180_000_000)
		c, d := int32(rng.IntN(180_000_001)-90_000_000), int32(rng.IntN(360_000_001)-180_000_000)
		got := playbook.Distance(a, b, c, d)
		require.InDelta(t, oracle(a, b, c, d), got, 0.51+1e-3, "%d,%d to %d,%d", a, b, c, d)
		assert.Equal(t, got, playbook.Distance(c, d, a, b), "there and back")
	}
	for _, row := range []struct {
		reason                 string
		latA, lonA, latB, lonB int32
		want                   int
	}{
		{"nowhere", 1, 1, 1, 1, 0},
		{"half the equator", 0, 0, 0, 180_000_000, 20_015_115},
		{"pole to pole", 90_000_000, 0, -90_000_000, 0, 20_015_115},
		{"over the date line", 0, 179_000_000, 0, -179_000_000, 222_390},
		{"a millionth of a degree, and nine of them", 0, 0, 9, 0, 1},
		{"Madrid to Berlin", madrid.Lat, madrid.Lon, berlin.Lat, berlin.Lon, 1_869_140},
	} {
		assert.InDelta(t, row.want, playbook.Distance(row.latA, row.lonA, row.latB, row.lonB), 150, row.reason)
	}
}
