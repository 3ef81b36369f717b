package playbook_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
)

func TestPlaybookProblems(t *testing.T) {
	tests := []struct {
		reason  string
		change  func(*playbook.Playbook)
		problem string
	}{
		{"no locale", func(p *playbook.Playbook) { p.Locale = "" },
			`locale: "" is not a language: use BCP 47, such as en or es-MX`},
		{"no last general play", func(p *playbook.Playbook) { p.Plays = p.Plays[:5] },
			"plays: the last play must be for every situation: leave its for empty"},
		{"no plays", func(p *playbook.Playbook) { p.Plays = nil },
			"plays: the last play must be for every situation: leave its for empty"},
		{"an id twice", func(p *playbook.Playbook) { p.Plays[1].ID = "late-ask" },
			`plays[1].id: two plays have the id "late-ask"`},
		{"a play that another hides", func(p *playbook.Playbook) { p.Plays[2].For = p.Plays[1].For },
			"plays[2]: never reached: plays[1] is for category late already"},
		{"a mode that is none", func(p *playbook.Playbook) { p.Plays[5].Mode = "Public" },
			`plays[5].mode: mode "Public" is none of public, private, public_then_private, holding, none`},
		{"words for mode none", func(p *playbook.Playbook) { p.Plays[5].Texts = p.Plays[2].Texts },
			"plays[5].mode: a play of mode none has no texts, names nobody, offers and asks nothing: a person writes"},
		{"what is expected", func(p *playbook.Playbook) { p.Plays[5].Expects = "thanks" },
			`plays[5].expects: "thanks" is neither word nor nothing`},
		{"asking in public", func(p *playbook.Playbook) { p.Plays[1].Asks = []string{"Order"} },
			`plays[1].asks[0]: a customer is asked in private only: mode is "public"`},
		{"asking for what nobody declared", func(p *playbook.Playbook) { p.Plays[0].Asks = []string{"Shoe"} },
			"plays[0].asks[0]: unknown slot Shoe"},
		{"alone in a crisis", func(p *playbook.Playbook) { p.Plays[2].Unattended = true },
			"plays[2].unattended: nothing goes out without a person in a crisis"},
		{"alone where a life is in danger", func(p *playbook.Playbook) {
			p.Plays[1].Unattended, p.Plays[1].For.Categories = true, []string{"late", triage.Life}
		}, "plays[1].unattended: nothing goes out without a person where a life is in danger"},
		{"the id life", func(p *playbook.Playbook) { p.Plays[1].ID = "life" },
			"plays[1].id: the id life is for a play of category life"},
		{"a stage that is none", func(p *playbook.Playbook) { p.Plays[1].For.Stages = []string{"Fresh"} },
			`plays[1].for.stages[0]: "Fresh" is none of fresh, answered, asking, working, proposed, fulfilling, ` +
				`confirming, surveying, dormant, closed`},
		{"an unknown slot, wherever it stands", func(p *playbook.Playbook) {
			p.Plays[0].Texts["es"] = []string{"Hola{{if .Name}} {{.Nombre}}{{end}} {{.Brand}}"}
		}, "plays[0].texts.es[0]:1:20: unknown slot Nombre"},
		{"a private slot in public", func(p *playbook.Playbook) {
			p.Plays[4].Texts["en"] = []string{"We wrote to you about {{.Order}}."}
		}, "plays[4].texts.en[0]:1:25: slot Order is private and the text is public"},
		{"locales disagree", func(p *playbook.Playbook) {
			p.Plays[0].Texts["es"] = []string{"Hola{{if not .Order}}, ¿qué pedido es?{{end}} - {{.Brand}}"}
		}, "plays[0].texts.es: locales disagree: en uses {Brand, Name, Order}, es uses {Brand, Order}"},
		{"a locale that is none", func(p *playbook.Playbook) { p.Plays[2].Texts["English"] = []string{"x"} },
			`plays[2].texts.English: "English" is not a language: use BCP 47, such as en or es-MX`},
		{"not in the playbook's own locale", func(p *playbook.Playbook) { delete(p.Plays[0].Texts, "en") },
			"plays[0].texts: no text in the playbook's own locale en"},
		{"too long for a venue, with every slot at its longest", func(p *playbook.Playbook) {
			p.Plays[2].Texts["en"] = []string{"{{.Brand}}" + strings.Repeat(" is down", 16)}
		}, "plays[2].texts.en[0]: can become 148 long and chirp takes 140: shorten it, shorten a slot's max, " +
			"or add a shorter wording"},
		{"a text that breaks a guideline", func(p *playbook.Playbook) {
			p.Plays[1].Texts["en"][2] = "{{.Brand}}: reply here with your order number."
		}, `plays[1].texts.en[2]:1:13: R18 ask-private-in-public: "reply here with your order": ` +
			"it asks for private data where everybody reads the answer"},
		{"a rule that is none", func(p *playbook.Playbook) { p.Guidelines.Off = []string{"R99"} },
			`guidelines.off[0]: there is no rule "R99"`},
		{"a rule that stands for a law", func(p *playbook.Playbook) { p.Guidelines.Off = []string{"R20"} },
			"guidelines.off[0]: rule R20 cannot be switched off: it keeps private data and open slots from customers"},
		{"a pair that is none", func(p *playbook.Playbook) { p.Pairs = map[string]string{"nb": "Danish"} },
			`pairs.nb: "Danish" is not a language: use BCP 47`},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			p := careBook()
			tt.change(&p)
			c, err := p.Compile(playbook.House{Venues: []mention.Venue{chirp, stars}})
			var problems spec.Problems
			require.ErrorAs(t, err, &problems, tt.reason)
			assert.Nil(t, c)
			assert.Contains(t, strings.Split(problems.Error(), "\n"), tt.problem, tt.reason)
		})
	}
}

func TestPlaybookRoundTrip(t *testing.T) {
	want := careBook()
	data := mustJSON(t, want)
	var got playbook.Playbook
	require.NoError(t, spec.Decode(data, &got))
	assert.Equal(t, want, got)
	assert.Equal(t, string(data), string(mustJSON(t, got)))
}

func TestLanguagesSpeakForThemselves(t *testing.T) {
	play := func(locale, text string) playbook.Playbook {
		return playbook.Playbook{
			Locale: locale, Slots: []template.Slot{{Name: "Due"}, {Name: "Sum"}, {Name: "Days"}},
			Plays: []playbook.Play{{ID: "p", Mode: playbook.Public, Texts: map[string][]string{locale: {text}}}},
		}
	}
	slots := template.Slots{"Due": time.Date(2025, 7, 8, 13, 0, 0, 0, time.UTC),
		"Sum": escalation.Money{Minor: 123450, Currency: "EUR"}, "Days": 3}
	tests := []struct{ reason, locale, text, want string }{
		{"German day", "de", `{{day .Due "Europe/Berlin"}}`, "Dienstag, 8. Juli"},
		{"Spanish day", "es-MX", `{{day .Due "America/Mexico_City"}}`, "martes 8 de julio"},
		{"a language without names here", "fi", `{{day .Due "Europe/Helsinki"}}`, "2025-07-08"},
		{"German digits", "de", `{{money .Sum}}`, "1.234,50 EUR"},
		{"Polish has a word for a few", "pl", `{{plural .Days "dzień" "dni" "dni"}}`, "dni"},
	}
	for _, tt := range tests {
		c, err := play(tt.locale, tt.text).Compile(playbook.House{})
		require.NoError(t, err, tt.reason)
		got, err := c.Write("p", playbook.Situation{}, mention.Venue{}, slots)
		require.NoError(t, err, tt.reason)
		assert.Equal(t, tt.want, got.Body, tt.reason)
	}
	c, err := play("pl", `{{plural .Days "dzień" "dni"}}`).Compile(playbook.House{})
	require.NoError(t, err)
	_, err = c.Write("p", playbook.Situation{}, mention.Venue{}, template.Slots{"Days": 3})
	assert.ErrorContains(t, err, "give three", "two words would say it wrong")
}

func mustJSON(t testing.TB, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return data
}
