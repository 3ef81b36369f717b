package template_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/template"
)

// deskSlots are the slots of a small desk.
var deskSlots = []template.Slot{
	{Name: "Name", Sample: "Dana"},
	{Name: "Nick"},
	{Name: "Brand", Required: true, Sample: "Acme"},
	{Name: "Contact.Name", Required: true, Sample: "Robin"},
	{Name: "Contact.Phone", Private: true},
	{Name: "Agent.Name"},
	{Name: "Order", Private: true, Sample: "44-1092"},
	{Name: "Due"},
	{Name: "Sum"},
	{Name: "Days"},
	{Name: "Items[].SKU", Max: 10},
	{Name: "Towns[]", Max: 20},
}

func TestCompile(t *testing.T) {
	tests := []struct {
		reason, text string
		public       bool
		uses         []string // when it compiles
		problem      string   // else: the first problem, in full
	}{
		{
			reason: "a slot in a branch that is never taken is found", text: "{{if .Name}}{{.Nope}}{{end}}",
			problem: "t:1:15: unknown slot Nope",
		},
		{
			reason: "with moves the dot, $ stays", text: "{{with .Agent}}{{.Name}}{{$.Brand}}{{end}}",
			uses: []string{"Agent.Name", "Brand"},
		},
		{
			reason: "range names the fields of its items", text: "{{range $i,$x := .Items}}{{$x.SKU}}{{end}}",
			uses: []string{"Items[].SKU"},
		},
		{
			reason: "in a template that is called, dot and $ are its argument",
			text:   `{{define "sig"}}{{.Name}} {{$.Name}}{{end}}{{template "sig" .Agent}}`, uses: []string{"Agent.Name"},
		},
		{
			reason: "an undefined template", text: `{{template "sig" .Agent}} {{.Agent.Name}}`,
			problem: `t:1:12: template "sig" is not defined`,
		},
		{
			reason: "a slot of the outer dot is not one of the inner", text: "{{with .Agent}}{{.Brand}}{{.Name}}{{end}}",
			problem: "t:1:18: unknown slot Agent.Brand",
		},
		{
			reason: "a default on a required slot", text: `Hi {{default "x" .Contact.Name}}`,
			problem: "t:1:6: slot Contact.Name is required, so default never applies",
		},
		{
			reason: "the same, piped", text: `Hi {{.Contact.Name | default "x"}}`,
			problem: "t:1:22: slot Contact.Name is required, so default never applies",
		},
		{
			reason: "a default on a slot that may be missing", text: `Hi {{default "there" .Name}}`,
			uses: []string{"Name"},
		},
		{
			reason: "a private slot in a public text", text: "About {{.Order}}", public: true,
			problem: "t:1:9: slot Order is private and the text is public",
		},
		{
			reason: "whether there is one is private too", text: "{{if .Order}}We see your order.{{end}}", public: true,
			problem: "t:1:6: slot Order is private and the text is public",
		},
		{
			reason: "handed to a template it is still private", public: true,
			text:    `{{define "s"}}{{.Phone}}{{end}}{{template "s" .Contact}}`,
			problem: "t:1:17: slot Contact.Phone is private and the text is public",
		},
		{reason: "a private slot in a private text", text: "About {{.Order}}", uses: []string{"Order"}},
		{
			reason: "a refused function says why", text: "{{now}}",
			problem: "t:1:3: function now is refused: it reads the clock or the machine's zone: " +
				"give the time as a slot and use clock or day",
		},
		{
			reason: "a refused builtin says why", text: `{{printf "%d" .Name}}`,
			problem: "t:1:3: function printf is refused: it writes values as programs do, not as people do",
		},
		{reason: "a function that nobody has", text: "{{nope}}", problem: "t:1:3: unknown function nope"},
		{
			reason: "a method of a value is a slot that nobody declared", text: "{{.Due.Unix}}",
			problem: "t:1:7: unknown slot Due.Unix",
		},
		{reason: "line and column", text: "Hello\n  über {{.Nope}}", problem: "t:2:10: unknown slot Nope"},
		{reason: "no template at all", text: "Hi {{.Name", problem: `t:1: unclosed action`},
		{
			reason: "a template that calls itself", text: `{{define "a"}}{{template "a"}}{{end}}x{{template "a"}}`,
			problem: `t:1:26: template "a" calls itself`,
		},
		{
			reason: "a template nobody calls is never checked, so it may not be", text: `{{define "a"}}x{{end}}y`,
			problem: `t: template "a" is defined and never used`,
		},
		{reason: "a group is not a value", text: "{{.Agent}}", problem: "t:1:3: Agent is not a value: name one of its fields"},
		{
			reason: "all slots are not a value", text: "{{.}}",
			problem: "t:1:3: the dot is not a value: name one of its fields",
		},
		{reason: "a list is not a value", text: "{{.Towns}}", problem: "t:1:3: Towns is a list: say it with words or range"},
		{reason: "nor is part of one", text: "{{rest .Towns}}",
			problem: "t:1:3: this is a list, or may be one: say it with words or range"},
		{reason: "nor one that is made", text: `{{list "a" "b"}}`,
			problem: "t:1:3: this is a list, or may be one: say it with words or range"},
		{reason: "nor one that may be chosen", text: `{{.Towns | default "none"}}`,
			problem: "t:1:3: this is a list, or may be one: say it with words or range"},
		{reason: "nor one in a variable", text: `{{$x := or .Towns "none"}}{{$x}}`,
			problem: "t:1:29: this is a list, or may be one: say it with words or range"},
		{reason: "a choice of lists said", text: `{{words (default .Towns .Towns) "and"}}`, uses: []string{"Towns[]"}},
		{reason: "a list said", text: `{{words .Towns "and"}}`, uses: []string{"Towns[]"}},
		{reason: "a list walked", text: `{{range .Towns}}{{.}} {{end}}`, uses: []string{"Towns[]"}},
		{reason: "part of a list walked", text: `{{range rest .Items}}{{.SKU}} {{end}}`, uses: []string{"Items[].SKU"}},
		{
			reason: "counting is not a list: a billion is a number too", text: "{{range 1000000000}}x{{end}}",
			problem: "t:1:9: range needs a list among the slots",
		},
		{
			reason: "a value walked", text: "{{range .Days}}x{{end}}",
			problem: "t:1:9: Days is not a list: declare Days[]",
		},
		{
			reason: "a variable that changes hides the slot", text: `{{$x := .Agent}}{{$x = .Contact}}{{$x.Name}}`,
			problem: "t:1:19: $x is given a second value: that hides which slot is used",
		},
		{
			reason: "a field of something computed", text: `{{(default .Agent .Contact).Phone}}`,
			problem: "t:1:4: default takes a value and Agent is a group: name one of its fields",
		},
		{
			reason: "a group without any of its fields is always empty", text: "Hi{{if .Agent}}!{{end}}",
			problem: "t:1:8: Agent is named and none of its fields is: name the field",
		},
		{
			reason: "an unknown zone is found before the night it is needed", text: `{{clock .Due "Europe/Berlim"}}`,
			problem: `t:1:3: clock: zone "Europe/Berlim" is not known: use an IANA name such as Europe/Madrid`,
		},
		{
			reason: "the machine's zone is none", text: `{{clock .Due "Local"}}`,
			problem: `t:1:3: clock: "Local" is no zone: use an IANA name such as Europe/Madrid`,
		},
		{reason: "nothing at all", text: " {{/* nothing */}} ", problem: "t: the text is empty"},
		{reason: "not UTF-8", text: "a\xff", problem: "t: the template is not UTF-8, or holds a NUL"},
		{
			reason: "doubling in templates is work without end", problem: "t:1:50: the template is too much work: " +
				"fewer lists inside lists, fewer templates inside templates",
			text: doubling(20),
		},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			tpl, err := template.Compile("t", tt.text, deskSlots, template.Options{Public: tt.public})
			if tt.problem == "" {
				require.NoError(t, err, tt.reason)
				assert.Equal(t, tt.uses, tpl.Uses(), tt.reason)
				return
			}
			var problems spec.Problems
			require.ErrorAs(t, err, &problems, tt.reason)
			assert.Equal(t, tt.problem, problems[0].String(), tt.reason)
		})
	}
}

// doubling is a template whose text is short and whose work is 2 to the n.
func doubling(n int) string {
	var b strings.Builder
	b.WriteString(`{{template "a"}}{{define "` + strings.Repeat("a", n) + `"}}x{{end}}`)
	for i := 1; i < n; i++ {
		next := strings.Repeat("a", i+1)
		b.WriteString(`{{define "` + strings.Repeat("a", i) + `"}}{{template "` + next + `"}}{{template "` + next + `"}}{{end}}`)
	}
	return b.String()
}

func TestAllProblemsAtOnce(t *testing.T) {
	_, err := template.Compile("t", "{{.A}} {{now}} {{.B}}", []template.Slot{{Name: "1"}}, template.Options{})
	var problems spec.Problems
	require.ErrorAs(t, err, &problems)
	assert.Len(t, problems, 4, "the slot's name, two unknown slots and a refused function:\n%s", problems)
}

func TestSlotsAreChecked(t *testing.T) {
	tests := []struct {
		reason  string
		slots   []template.Slot
		problem string
	}{
		{"no name", []template.Slot{{}}, `slots[0].name: "" is no slot name: write Brand, Contact.Name or Items[].SKU`},
		{"twice", []template.Slot{{Name: "A"}, {Name: "A"}}, "slots[1].name: slot A is declared twice"},
		{"value and group", []template.Slot{{Name: "A"}, {Name: "A.B"}},
			"slots[0].name: slot A is a value and has fields or items too"},
		{"value and list", []template.Slot{{Name: "A[]"}, {Name: "A"}},
			"slots[1].name: slot A is a value and has fields or items too"},
		{"less than nothing", []template.Slot{{Name: "A", Max: -1}}, "slots[0].max: a slot cannot be shorter than nothing"},
		{"a sample that is too long", []template.Slot{{Name: "A", Max: 2, Sample: "abc"}},
			"slots[0].sample: the sample is longer than the slot's 2 characters"},
	}
	for _, tt := range tests {
		_, err := template.Compile("t", "x", tt.slots, template.Options{})
		assert.EqualError(t, err, tt.problem, tt.reason)
	}
}

func FuzzCompile(f *testing.F) {
	for _, seed := range []string{"Hi {{.Name}}", "{{range .Items}}{{.SKU}}{{end}}", `{{define "a"}}{{.}}{{end}}{{template "a" .Name}}`,
		"{{if .Order}}{{else with .Agent}}{{.Name}}{{end}}", `{{clock .Due "Europe/Madrid" | upper | cut 3}}`, "{{break}}",
		`{{list 1 2 | uniq | join ","}}`, "{{$x := .Towns}}{{range $i, $y := $x}}{{$i}}{{$y}}{{end}}", "{{(.Name).Foo}}",
		`{{range splitList "" .Name}}{{.}}{{end}}`, doubling(9), `{{ternary .A .B true | default nil}}`} {
		f.Add(seed)
	}
	slots := template.Slots{"Name": "Dana", "Brand": "Acme", "Contact": map[string]string{"Name": "Robin", "Phone": "1"},
		"Due": time.Date(2025, 1, 7, 23, 30, 0, 0, time.UTC), "Days": 3, "Towns": []string{"Bonn", "Ulm"},
		"Items": []any{map[string]any{"SKU": "a-1"}}, "Order": "44-1092"}
	f.Fuzz(func(t *testing.T, text string) {
		tpl, err := template.Compile("t", text, deskSlots, template.Options{Public: true})
		if err != nil {
			var problems spec.Problems
			require.ErrorAs(t, err, &problems)
			return
		}
		for _, use := range tpl.Uses() {
			assert.NotContains(t, []string{"Order", "Contact.Phone"}, use, "private")
		}
		one, errOne := tpl.Render(slots)
		two, errTwo := tpl.Render(slots)
		assert.Equal(t, one, two, "deterministic")
		assert.Equal(t, errOne == nil, errTwo == nil)
		if errOne == nil {
			for _, seam := range []string{"<no value>", "%!", "{{", "%{", "#{", "<nil>"} {
				assert.NotContains(t, one, seam)
			}
			assert.NotEmpty(t, strings.TrimSpace(one))
		}
	})
}
