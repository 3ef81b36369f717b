package template_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/template"
)

func TestRender(t *testing.T) {
	due := time.Date(2025, 7, 8, 13, 0, 0, 0, time.UTC)
	winter := time.Date(2025, 1, 7, 23, 30, 0, 0, time.UTC)
	tests := []struct {
		reason, text string
		slots        template.Slots
		want         string // empty: refused
		wrong        string // part of the error
	}{
		{reason: "plain", text: "Hi {{.Name}}.", slots: template.Slots{"Name": "Dana"}, want: "Hi Dana."},
		{reason: "nested", text: "Hi {{.Contact.Name}}.",
			slots: template.Slots{"Contact": map[string]any{"Name": "Robin"}}, want: "Hi Robin."},
		{reason: "nested, written flat", text: "Hi {{.Contact.Name}}.",
			slots: template.Slots{"Contact.Name": "Robin"}, want: "Hi Robin."},
		{reason: "a required slot is missing", text: "By {{.Brand}}", wrong: "no value for Brand"},
		{reason: "a required slot is empty", text: "By {{.Brand}}", slots: template.Slots{"Brand": " \t"},
			wrong: "no value for Brand"},
		{reason: "a required slot is nil", text: "By {{.Brand}}", slots: template.Slots{"Brand": nil},
			wrong: "no value for Brand"},
		{reason: "required in a branch that is not taken", text: "Hi{{if .Name}} from {{.Brand}}{{end}}",
			wrong: "no value for Brand"},
		{reason: "an optional slot printed without a value", text: "Hi {{.Name}}", wrong: `"<no value>"`},
		{reason: "an optional slot asked for first", text: "Hi{{if .Name}} {{.Name}}{{end}}", want: "Hi"},
		{reason: "a group without values is false", text: "Hi{{with .Agent}} {{.Name}}{{end}}", want: "Hi"},
		{reason: "a list without values is false", text: "Hi{{range .Towns}} {{.}}{{else}}!{{end}}", want: "Hi!"},
		{reason: "a value is never read as a template", text: "Hi {{.Name}}",
			slots: template.Slots{"Name": "{{.Order}}", "Order": "44-1092"}, wrong: `would show "{{"`},
		{reason: "a half-filled placeholder of another system", text: "Hi {{.Name}}",
			slots: template.Slots{"Name": "%{name}"}, wrong: `would show "%{"`},
		{reason: "and of a third", text: "Hi {{.Name}}", slots: template.Slots{"Name": "#{name}"}, wrong: `would show "#{"`},
		{reason: "Go's own mark", text: "Hi {{.Name}}", slots: template.Slots{"Name": "%!s(MISSING)"}, wrong: `"%!"`},
		{reason: "nil written out", text: "Hi {{.Name}}", slots: template.Slots{"Name": "<nil>"}, wrong: `"<nil>"`},
		{reason: "a value longer than its slot", text: "Hi {{.Name}}",
			slots: template.Slots{"Name": strings.Repeat("x", 61)}, wrong: "slot Name: 61 characters, at most 60"},
		{reason: "a value that is none", text: "Hi {{.Name}}", slots: template.Slots{"Name": struct{}{}},
			wrong: "a struct {} is no plain value"},
		{reason: "a half", text: "{{.Days}} days", slots: template.Slots{"Days": 1.5}, wrong: "no plain value"},
		{reason: "a duration", text: "{{.Days}} days", slots: template.Slots{"Days": time.Hour}, wrong: "in no language"},
		{reason: "a number as JSON gives it", text: "{{.Days}} days", slots: template.Slots{"Days": 3.0}, want: "3 days"},
		{reason: "a group that is none", text: "{{.Contact.Name}}", slots: template.Slots{"Contact": 3},
			wrong: "slot Contact: a int has no fields"},
		{reason: "a bare time", text: "At {{.Due}}", slots: template.Slots{"Due": due}, wrong: "%!time without clock or day"},
		{reason: "a bare sum", text: "{{.Sum}} {{.Name}}", slots: template.Slots{"Sum": escalation.Money{Minor: 1, Currency: "EUR"},
			"Name": "x"}, wrong: "%!money without money"},
		{reason: "summer time", text: `{{clock .Due "Europe/Berlin"}}`, slots: template.Slots{"Due": due}, want: "15:00 CEST"},
		{reason: "winter time, and the next day there", text: `{{day .Due "Europe/Berlin"}} {{clock .Due "Europe/Berlin"}}`,
			slots: template.Slots{"Due": winter}, want: "Wednesday 8 January 00:30 CET"},
		{reason: "the time's own zone", text: `{{clock .Due}}`, slots: template.Slots{"Due": due}, want: "13:00 UTC"},
		{reason: "a zone without letters", text: `{{clock .Due "Asia/Dubai"}}`, slots: template.Slots{"Due": due},
			want: "17:00 UTC+04:00"},
		{reason: "a zone out of a slot", text: `{{clock .Due .Nick}}`,
			slots: template.Slots{"Due": due, "Nick": "America/New_York"}, want: "09:00 EDT"},
		{reason: "a zone that is none, out of a slot", text: `{{clock .Due .Nick}}`,
			slots: template.Slots{"Due": due, "Nick": "EST5"}, wrong: `zone "EST5" is not known`},
		{reason: "a text is not a time", text: `{{clock .Due}}`, slots: template.Slots{"Due": "15:00"}, wrong: "is not a time"},
		{reason: "a sum", text: "{{money .Sum}}",
			slots: template.Slots{"Sum": escalation.Money{Minor: 123450, Currency: "EUR"}}, want: "1,234.50 EUR"},
		{reason: "a currency without cents", text: "{{money .Sum}}",
			slots: template.Slots{"Sum": escalation.Money{Minor: 1200, Currency: "JPY"}}, want: "1,200 JPY"},
		{reason: "no currency", text: "{{money .Sum}}",
			slots: template.Slots{"Sum": escalation.Money{Minor: 1, Currency: "NOPE"}}, wrong: "is not a currency"},
		{reason: "one", text: `{{.Days}} {{plural .Days "day" "days"}}`, slots: template.Slots{"Days": 1}, want: "1 day"},
		{reason: "many", text: `{{.Days}} {{plural .Days "day" "days"}}`, slots: template.Slots{"Days": 0}, want: "0 days"},
		{reason: "a list", text: `{{words .Towns "and"}}`, slots: template.Slots{"Towns": []string{"Bonn", "Ulm", "Trier"}},
			want: "Bonn, Ulm and Trier"},
		{reason: "a list of two", text: `{{words .Towns "or"}}`, slots: template.Slots{"Towns": []any{"Bonn", 7}},
			want: "Bonn or 7"},
		{reason: "a list too long to read", text: `{{words .Towns "or"}}`,
			slots: template.Slots{"Towns": strings.Split(strings.Repeat("x ", 21)+"x", " ")}, wrong: "22 items, at most 20"},
		{reason: "cut by characters, not bytes", text: `{{cut 3 .Name}}`, slots: template.Slots{"Name": "Müller"}, want: "Mü…"},
		{reason: "a family is one character", text: `{{cut 2 .Name}}`, slots: template.Slots{"Name": "👩‍👩‍👧‍👦x"},
			want: "👩‍👩‍👧‍👦x"},
		{reason: "a flag is one, two flags are two", text: `{{cut 2 .Name}}`, slots: template.Slots{"Name": "🇩🇪🇪🇸🇫🇷"},
			want: "🇩🇪…"},
		{reason: "a letter keeps its mark", text: `{{cut 2 .Name}}`, slots: template.Slots{"Name": "e\u0301e\u0301e"},
			want: "e\u0301…"},
		{reason: "short enough", text: `{{.Name | cut 4}}`, slots: template.Slots{"Name": "Dana"}, want: "Dana"},
		{reason: "replace stays within bounds",
			text: `{{.Name` + strings.Repeat(` | replace "a" "aaaaaaaaaaaaaaaa"`, 9) + `}}`, slots: template.Slots{"Name": "a"},
			wrong: "the text becomes too long"},
		{reason: "fail", text: `{{if .Nick}}{{fail "not for nicknames"}}{{end}}Hi`, slots: template.Slots{"Nick": "D"},
			wrong: "not for nicknames"},
		{reason: "rest of what is no list", text: `Hi {{range rest .Towns}}{{.}}{{end}}`, slots: template.Slots{"Towns": "Bonn"},
			wrong: "a string has no items"},
		{reason: "nothing but blanks", text: `{{if .Name}}Hi{{end}} `, wrong: "the text would be empty"},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			tpl, err := template.Compile("t", tt.text, deskSlots, template.Options{})
			require.NoError(t, err, tt.reason)
			got, err := tpl.Render(tt.slots)
			if tt.want == "" {
				require.ErrorContains(t, err, tt.wrong, tt.reason)
				assert.Empty(t, got, "whole or nothing")
				return
			}
			require.NoError(t, err, tt.reason)
			assert.Equal(t, tt.want, got, tt.reason)
		})
	}
}

func TestMissingNamesThemAll(t *testing.T) {
	tpl, err := template.Compile("t", "{{.Contact.Name}} of {{.Brand}}", deskSlots, template.Options{})
	require.NoError(t, err)
	_, err = tpl.Render(template.Slots{"Name": "Dana"})
	var missing *template.MissingError
	require.ErrorAs(t, err, &missing)
	assert.Equal(t, []string{"Brand", "Contact.Name"}, missing.Slots)
}

// TestQuickIsFull: texts of slots and {{if}} are written without reflection. Putting a list in makes the same text go
// the other way, and nothing may differ.
func TestQuickIsFull(t *testing.T) {
	texts := []string{"Hi {{.Name}}.", "{{if .Name}}Hi {{.Name}}{{else}}Hello{{end}}, {{.Days}}", "{{.Brand}} {{.Due}}",
		"{{if .Days}}{{if .Brand}}{{.Contact.Name}}{{end}}{{else if .Nick}}{{.Nick}}{{end}} -",
		`Hi {{.Name | default "there" | trim}}, {{.Nick | upper}}`, `{{lower .Name}} {{trim .Brand | cut 3}}`, `{{cut 0 .Name}} {{.Brand}}`,
		`{{if and .Name .Days}}a{{end}}{{if or .Days (not .Nick)}}b{{else}}c{{end}} {{.Brand}}`, `{{and .Name .Days}} {{or .Nick .Brand}}`,
		`{{if eq .Name "Dana"}}a{{end}}{{if ne .Days 3}}b{{end}} {{.Brand}}`, `{{eq .Days .Brand}} {{.Name}}`, `{{not .Days}} {{empty .Name}}`,
		`{{coalesce .Nick .Days "x"}}, {{ternary "y" .Name (empty .Days)}} {{.Brand}}`, `{{ternary "y" "n" .Days}} {{.Brand}}`,
		`{{plural .Days "day" "days"}} {{.Brand}}`, `{{plural .Days .Nick "days" "dni"}} {{plural 1 "one" "more"}} {{.Brand}}`,
		`{{clock .Due "Europe/Madrid"}} {{day .Due}} {{.Brand}}`, `{{day .Due .Brand}} {{clock .Due}}`, `{{money .Sum}} {{.Brand}}`,
		`{{if contains "an" .Name}}a{{end}}{{if hasPrefix .Nick .Name}}b{{end}}{{hasSuffix "a" .Name}} {{.Brand}}`,
		`{{"a" | default .Name}}{{default 7 .Days}}{{default true .Nick}} {{.Brand}}`, `{{if (trim .Name)}}{{(default "x" .Nick) | upper}}{{end}}{{.Brand}}`,
		`{{.Days | not | not}}{{default "" .Name | trim}} {{.Brand}}`}
	values := []any{nil, "", " ", "Dana", "{{", 0, 3, true, false, 1.5, time.Unix(0, 0).UTC(), time.Time{},
		escalation.Money{Minor: 5, Currency: "EUR"}, []string{"x"}, strings.Repeat("y", 70), "a\x00b\xff"}
	for _, text := range texts {
		quick, err := template.Compile("t", text, deskSlots, template.Options{})
		require.NoError(t, err)
		full, err := template.Compile("t", text+`{{with ""}}{{end}}`, deskSlots, template.Options{})
		require.NoError(t, err)
		for _, a := range values {
			for _, b := range values {
				slots := template.Slots{"Name": a, "Brand": b, "Days": b, "Nick": a, "Due": a, "Sum": b,
					"Contact": map[string]any{"Name": "Robin"}}
				one, errOne := quick.Render(slots)
				two, errTwo := full.Render(slots)
				assert.Equal(t, two, one, "%s with %v, %v", text, a, b)
				assert.Equal(t, errTwo == nil, errOne == nil, "%s with %v, %v: %v, %v", text, a, b, errOne, errTwo)
			}
		}
	}
}

func FuzzRender(f *testing.F) {
	f.Add("Dana", "Acme", int64(3))
	f.Add("{{.Order}}", "%!", int64(0))
	f.Add("\xff\x00", "👩‍👩‍👧‍👦", int64(-1))
	tpl, err := template.Compile("t", `Hi {{.Name | cut 5 | upper}}, {{if .Days}}{{plural .Days "day" "days"}}{{end}} {{.Brand}}`,
		deskSlots, template.Options{})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, name, brand string, days int64) {
		got, err := tpl.Render(template.Slots{"Name": name, "Brand": brand, "Days": days, "Order": "44-1092"})
		if err != nil {
			assert.Empty(t, got)
			var missing *template.MissingError
			if strings.TrimSpace(brand) == "" && strings.TrimSpace(name) != "" && !errors.As(err, &missing) {
				assert.ErrorContains(t, err, "slot Name", "without a brand nothing else can be wrong")
			}
			return
		}
		assert.NotContains(t, got, "{{")
		if !strings.Contains(name+brand, "44-1092") {
			assert.NotContains(t, got, "44-1092", "a value reached a slot that the text does not use")
		}
	})
}
