package playbook_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/moderation"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
)

var (
	chirp = mention.Venue{Channel: "chirp", Visibilities: []mention.Visibility{mention.Public, mention.Private}, Max: 140}
	stars = mention.Venue{Channel: "stars", Visibilities: []mention.Visibility{mention.Public}, Max: 2000}
)

// careBook is a playbook with a bit of everything.
func careBook() playbook.Playbook {
	return playbook.Playbook{
		Locale: "en",
		Slots: []template.Slot{{Name: "Name", Max: 30, Sample: "Dana"}, {Name: "Brand", Required: true, Max: 20, Sample: "Acme"},
			{Name: "Order", Private: true, Max: 12, Sample: "44-1092"}},
		Plays: []playbook.Play{
			{
				ID: "late-ask", Mode: playbook.Private, Asks: []string{"Order"},
				For: playbook.Scope{Categories: []string{"late"}, Severities: []triage.Severity{triage.Elevated}},
				Texts: map[string][]string{
					"en": {"Hi{{if .Name}} {{.Name}}{{end}}, {{if .Order}}we look for {{.Order}}{{else}}which order is it?{{end}} - {{.Brand}}"},
					"es": {"Hola{{if .Name}} {{.Name}}{{end}}: {{if .Order}}buscamos {{.Order}}{{else}}¿qué pedido es?{{end}} - {{.Brand}}"},
				},
				Reminder: map[string][]string{"en": {"We still need the order number. - {{.Brand}}"}},
			},
			{
				ID: "late", Mode: playbook.Public, For: playbook.Scope{Categories: []string{"late"}},
				Texts: map[string][]string{"en": {
					"{{.Brand}} is sorry that your parcel is late. We are asking the courier today and will write to you at noon tomorrow.",
					"{{.Brand}} is sorry about the late parcel. We are asking the courier today and will write again tomorrow at noon.",
					"{{.Brand}}: sorry, we are asking.",
				}},
			},
			{ID: "outage", Mode: playbook.Holding, For: playbook.Scope{Categories: []string{"outage"}},
				Texts: map[string][]string{"en": {"{{.Brand}} is down. We are working on it and write again every hour."}}},
			{ID: "thanks", Mode: playbook.Public, Expects: "nothing", Unattended: true,
				For:   playbook.Scope{Aims: []triage.Aim{triage.Praise}},
				Texts: map[string][]string{"en": {"Thank you!"}, "sr-Cyrl": {"Хвала!"}, "da": {"Tak!"}, "zh-Hant": {"謝謝!"}}},
			{ID: "move", Mode: playbook.PublicThenPrivate, For: playbook.Scope{Categories: []string{"account"}},
				Asks:         []string{"Order"},
				Texts:        map[string][]string{"en": {"We have sent you a private message."}},
				PrivateTexts: map[string][]string{"en": {"Which account is it?{{if .Order}} We know of order {{.Order}}.{{end}}"}}},
			{ID: "any", Mode: playbook.None},
		},
		Pairs: map[string]string{"nb": "da"},
	}
}

func careComposer(t testing.TB) *playbook.Composer {
	t.Helper()
	c, err := careBook().Compile(playbook.House{Venues: []mention.Venue{chirp, stars}})
	require.NoError(t, err)
	return c
}

func TestChoose(t *testing.T) {
	c := careComposer(t)
	tests := []struct {
		reason string
		s      playbook.Situation
		play   string
		why    string
	}{
		{"nothing known", playbook.Situation{}, "any", "play any is for every situation"},
		{"one limit holds", playbook.Situation{Category: "late"}, "late", "play late is for category late"},
		{"two limits are more than one", playbook.Situation{Category: "late", Severity: triage.Elevated}, "late-ask",
			"play late-ask is for category late, severity elevated"},
		{"of one limit each, the category weighs more", playbook.Situation{Category: "late", Aim: triage.Praise}, "late",
			"play late is for category late"},
		{"praise of no category that a play names", playbook.Situation{Category: "other", Aim: triage.Praise}, "thanks",
			"play thanks is for aim praise"},
		{"life has no prepared words", playbook.Situation{Category: triage.Life, Aim: triage.Praise}, "life",
			"play life is for category life"},
	}
	for _, tt := range tests {
		play, why := c.Choose(tt.s)
		assert.Equal(t, tt.play, play.ID, tt.reason)
		assert.Equal(t, tt.why, why, tt.reason)
	}
}

func TestNothingGoesOutAloneInACrisis(t *testing.T) {
	c := careComposer(t)
	for _, severity := range []triage.Severity{triage.Routine, triage.Elevated, triage.Serious, triage.Crisis} {
		play, _ := c.Choose(playbook.Situation{Aim: triage.Praise, Severity: severity})
		assert.Equal(t, "thanks", play.ID)
		assert.Equal(t, severity < triage.Crisis, play.Unattended, "severity %s", severity)
		play, _ = c.Choose(playbook.Situation{Aim: triage.Praise, Severity: severity, Category: triage.Life})
		assert.Equal(t, playbook.None, play.Mode, "life, severity %s", severity)
	}
}

// TestChooseIsTheObviousSearch puts the ranked lists beside a plain walk over all plays.
func TestChooseIsTheObviousSearch(t *testing.T) {
	categories := []string{"a", "b", "c", "d"}
	aims := []triage.Aim{triage.Complaint, triage.Praise, triage.Question}
	var plays []playbook.Play
	for i := range 60 {
		p := playbook.Play{ID: fmt.Sprint("p", i), Mode: playbook.None}
		p.For.Stages = []string{"fresh"}
		if i%3 > 0 {
			p.For.Categories = []string{categories[i%4], categories[(i/4)%4]}
		}
		if i%5 > 1 {
			p.For.Aims = aims[i%3:]
		}
		if i%7 > 3 {
			p.For.Severities = []triage.Severity{triage.Severity(i % 4)}
		}
		p.For.Channels = []string{fmt.Sprint("only", i), "chirp"} // no two scopes alike
		plays = append(plays, p)
	}
	plays = append(plays, playbook.Play{ID: "last", Mode: playbook.None})
	c, err := playbook.Playbook{Locale: "en", Plays: plays}.Compile(playbook.House{})
	require.NoError(t, err)
	limits := func(p playbook.Play) int { return strings.Count(p.For.String(), ", ") }
	in := func(scope, value string) bool { return strings.Contains(scope, value) }
	for _, category := range append(categories, "none") {
		for _, aim := range append(aims, "") {
			for severity := triage.Routine; severity <= triage.Crisis; severity++ {
				s := playbook.Situation{Category: category, Aim: aim, Severity: severity, Channel: "chirp"}
				got, why := c.Choose(s)
				best := -1
				for _, p := range plays[:60] {
					text := " " + p.For.String() + ","
					fits := (len(p.For.Categories) == 0 || in(fmt.Sprint(p.For.Categories), category)) &&
						(len(p.For.Aims) == 0 || aim != "" && in(fmt.Sprint(p.For.Aims), string(aim))) &&
						(len(p.For.Severities) == 0 || in(text, " severity "+severity.String()+","))
					if fits {
						best = max(best, limits(p))
					}
				}
				if best < 0 {
					assert.Equal(t, "last", got.ID)
					continue
				}
				assert.Equal(t, best, limits(got), "%+v: %s", s, why)
			}
		}
	}
}

func TestWrite(t *testing.T) {
	c := careComposer(t)
	public, private := playbook.Situation{}, playbook.Situation{Visibility: mention.Private}
	with := func(lang string) playbook.Situation { return playbook.Situation{Lang: lang} }
	brand := template.Slots{"Brand": "Acme"}
	tests := []struct {
		reason, play string
		s            playbook.Situation
		v            mention.Venue
		slots        template.Slots
		want, locale string
		asks         []string
		wrong        string
	}{
		{reason: "the default locale", play: "late-ask", s: public, v: chirp, slots: brand,
			want: "Hi, which order is it? - Acme", locale: "en", asks: []string{"Order"}},
		{reason: "only what is missing is asked", play: "late-ask", s: public, v: chirp,
			slots: template.Slots{"Brand": "Acme", "Order": "44-1092"}, want: "Hi, we look for 44-1092 - Acme", locale: "en"},
		{reason: "Mexican is Spanish", play: "late-ask", s: with("es-MX"), v: chirp, slots: brand,
			want: "Hola: ¿qué pedido es? - Acme", locale: "es", asks: []string{"Order"}},
		{reason: "a private play needs a private road", play: "late-ask", s: public, v: stars, slots: brand,
			wrong: "stars has no private messages"},
		{reason: "a required slot", play: "late", s: public, v: stars, wrong: "no value for Brand"},
		{reason: "the long one fits", play: "late", s: public, v: stars, slots: brand, locale: "en",
			want: "Acme is sorry that your parcel is late. We are asking the courier today and will write to you at noon tomorrow."},
		{reason: "a narrow venue takes the shortest", play: "late", s: public, v: mention.Venue{Max: 40}, slots: brand,
			want: "Acme: sorry, we are asking.", locale: "en"},
		{reason: "no wording fits", play: "late", s: public, v: mention.Venue{Channel: "pager", Max: 10}, slots: brand,
			wrong: "pager takes 10"},
		{reason: "no words", play: "any", s: public, v: chirp, wrong: "play any has no words: a person writes"},
		{reason: "no such play", play: "nope", s: public, v: chirp, wrong: `there is no play "nope"`},
		{reason: "Serbian in Latin letters is not answered in Cyrillic", play: "thanks", s: with("sr-Latn"), v: chirp,
			want: "Thank you!", locale: "en"},
		{reason: "Serbian is", play: "thanks", s: with("sr"), v: chirp, want: "Хвала!", locale: "sr-Cyrl"},
		{reason: "Russian is not Serbian, though a matcher offers it", play: "thanks", s: with("ru"), v: chirp,
			want: "Thank you!", locale: "en"},
		{reason: "Norwegian as the playbook says", play: "thanks", s: with("nb-NO"), v: chirp, want: "Tak!", locale: "da"},
		{reason: "Swedish as nobody says", play: "thanks", s: with("sv"), v: chirp, want: "Thank you!", locale: "en"},
		{reason: "Taiwan writes traditional", play: "thanks", s: with("zh-TW"), v: chirp, want: "謝謝!", locale: "zh-Hant"},
		{reason: "the mainland does not", play: "thanks", s: with("zh-CN"), v: chirp, want: "Thank you!", locale: "en"},
		{reason: "no language", play: "thanks", s: with("???"), v: chirp, want: "Thank you!", locale: "en"},
		{reason: "the public half", play: "move", s: public, v: chirp, want: "We have sent you a private message.", locale: "en"},
		{reason: "the private half", play: "move", s: private, v: chirp, slots: template.Slots{"Order": "44-1092"},
			want: "Which account is it? We know of order 44-1092.", locale: "en"},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			got, err := c.Write(tt.play, tt.s, tt.v, tt.slots)
			if tt.wrong != "" {
				require.ErrorContains(t, err, tt.wrong, tt.reason)
				assert.Equal(t, playbook.Text{}, got, "whole or nothing")
				return
			}
			require.NoError(t, err, tt.reason)
			assert.Equal(t, playbook.Text{Body: tt.want, Locale: tt.locale, Play: tt.play, Asks: tt.asks}, got, tt.reason)
		})
	}
}

func TestRemind(t *testing.T) {
	c := careComposer(t)
	got, err := c.Remind("late-ask", playbook.Situation{Lang: "es"}, chirp, template.Slots{"Brand": "Acme"})
	require.NoError(t, err)
	assert.Equal(t, "We still need the order number. - Acme", got.Body)
	_, err = c.Remind("late", playbook.Situation{}, chirp, nil)
	assert.EqualError(t, err, "play late has no reminder")
	_, err = c.Remind("late-ask", playbook.Situation{}, stars, nil)
	assert.ErrorContains(t, err, "a reminder is private", "never in public")
}

// TestWordingsAreSharedOut: many cases side by side don't read alike, one case always reads the same, and the short
// wording is for narrow places only.
func TestWordingsAreSharedOut(t *testing.T) {
	c := careComposer(t)
	seen := map[string]int{}
	for i := range 200 {
		s := playbook.Situation{ID: mention.Key("case", fmt.Sprint(i))}
		one, err := c.Write("late", s, stars, template.Slots{"Brand": "Acme"})
		require.NoError(t, err)
		two, err := c.Write("late", s, stars, template.Slots{"Brand": "Acme"})
		require.NoError(t, err)
		assert.Equal(t, one, two)
		seen[one.Body]++
	}
	assert.Len(t, seen, 2, "the two long wordings")
	for body, n := range seen {
		assert.Greater(t, n, 60, body)
	}
}

// TestComposerIsImmutable changes what it was made of, and what it gave.
func TestComposerIsImmutable(t *testing.T) {
	p := careBook()
	p.Moderation.Clauses = []moderation.Clause{{ID: "codes", Private: []sensitive.Class{"order"}, Act: effect.Hide,
		Reason: "r", Reach: "r"}}
	c, err := p.Compile(playbook.House{})
	require.NoError(t, err)
	s := playbook.Situation{Category: "late", Severity: triage.Elevated}
	given, why := c.Choose(s)
	given.For.Categories[0], p.Plays[0].Asks[0], p.Plays[0].Texts["en"][0] = "x", "x", "x"
	p.Pairs["nb"], p.Moderation.Clauses[0].Private[0] = "en", "card"

	again, sameWhy := c.Choose(s)
	assert.Equal(t, given.ID, again.ID)
	assert.Equal(t, why, sameWhy)
	text, err := c.Write("late-ask", s, chirp, template.Slots{"Brand": "Acme"})
	require.NoError(t, err)
	assert.Equal(t, playbook.Text{Body: "Hi, which order is it? - Acme", Locale: "en", Play: "late-ask", Asks: []string{"Order"}}, text)
	text, err = c.Write("thanks", playbook.Situation{Lang: "nb"}, chirp, nil)
	require.NoError(t, err)
	assert.Equal(t, "Tak!", text.Body)
	assert.Equal(t, "codes", c.Moderate(moderation.Item{Venue: stars,
		Verdict: triage.Verdict{Private: []sensitive.Span{{Class: "order", Start: 0, End: 1}}}}).Clause)
}

// BenchmarkChoose chooses among 500 plays: two lists in each, and lists in all of a scope, in a playbook where all are for
// one category.
func BenchmarkChoose(b *testing.B) {
	all := func(i int) playbook.Scope {
		return playbook.Scope{
			Categories: []string{"late"}, Severities: []triage.Severity{triage.Severity(i % 4)}, Stages: []string{"fresh", "working"},
			Aims: []triage.Aim{triage.Complaint, triage.Question}, Legitimacies: []triage.Legitimacy{triage.Unverified},
			Standings: []triage.Standing{triage.Customer}, Brands: []string{fmt.Sprint("b", i/4%10)}, Tiers: []int{i / 40 % 10},
			Channels: []string{"chirp", fmt.Sprint("v", i)}, Visibilities: []mention.Visibility{mention.Public},
			Locales: []string{fmt.Sprint("es-", []string{"ES", "MX"}[i/400%2])},
		}
	}
	for _, row := range []struct {
		name  string
		scope func(i int) playbook.Scope
		s     playbook.Situation
		want  string
	}{
		{"two lists", func(i int) playbook.Scope {
			return playbook.Scope{Categories: []string{fmt.Sprint("c", i/10)}, Channels: []string{fmt.Sprint("v", i%10)}}
		}, playbook.Situation{Category: "c49", Channel: "v8"}, "p498"},
		{"all lists", all, playbook.Situation{Category: "late", Severity: triage.Elevated, Stage: "working", Aim: triage.Question,
			Legitimacy: triage.Unverified, Standing: triage.Customer, Brand: "b4", Tier: 2, Channel: "chirp", Lang: "es-MX"}, "p497"},
	} {
		b.Run(row.name, func(b *testing.B) {
			var plays []playbook.Play
			for i := range 499 {
				plays = append(plays, playbook.Play{ID: fmt.Sprint("p", i), Mode: playbook.None, For: row.scope(i)})
			}
			plays = append(plays, playbook.Play{ID: "any", Mode: playbook.None})
			c, err := playbook.Playbook{Locale: "en", Plays: plays}.Compile(playbook.House{})
			require.NoError(b, err)
			got, why := c.Choose(row.s)
			require.Equal(b, row.want, got.ID, why)
			b.ReportAllocs()
			for b.Loop() {
				c.Choose(row.s)
			}
		})
	}
}
