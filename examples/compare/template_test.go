package compare

import (
	"strings"
	"testing"
	gotemplate "text/template"

	"github.com/Masterminds/sprig/v3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/template"
)

// Two texts that become some 280 characters: one that only names its slots, and one with functions that both know.
var replies = []struct{ name, text string }{
	{"slots", `Hi {{if .Name}}{{.Name}}{{else}}there{{end}}, we're sorry about the trouble with your ` +
		`{{if .Product}}{{.Product}}{{else}}flight{{end}} on {{.Date}}. {{if .Severe}}A senior agent ({{.Agent}}) ` +
		`is looking into case {{.Case}} right now.{{else}}Please send us a direct message with reference {{.Case}}, ` +
		`so that we can help you as soon as possible.{{end}} You need not write to anybody else. You can follow what we do ` +
		`for you at any time at {{.URL}} - the SUPPORT team`},
	{"functions", `Hi {{.Name | default "there" | trim}}, we're sorry about the trouble with your ` +
		`{{.Product | default "flight" | lower}} on {{.Date}}. {{if .Severe}}A senior agent ({{.Agent}}) is looking into ` +
		`case {{.Case}} right now.{{else}}Please send us a direct message with reference {{.Case}}, so that we can help ` +
		`you as soon as possible.{{end}} You need not write to anybody else. You can follow what we do for you at any time ` +
		`at {{.URL | trim}} - the {{"Support" | upper}} team`},
}

var replySlots = []template.Slot{
	{Name: "Name"}, {Name: "Product"}, {Name: "Date"}, {Name: "Severe"}, {Name: "Agent"}, {Name: "Case"}, {Name: "URL"},
}

var customers = []template.Slots{
	{
		"Name": " Ann Lee ", "Product": "Flight 1602", "Date": "24 Feb",
		"Case": "RW-20417", "URL": " https://ex.am/c/20417 ",
	},
	{
		"Name": "", "Product": "", "Date": "25 Feb",
		"Severe": true, "Agent": "Jo", "Case": "RW-20418", "URL": "https://ex.am/c/20418",
	},
	{
		"Name": "Zoë", "Product": "BAGGAGE", "Date": "26 Feb",
		"Case": "RW-20419", "URL": "https://ex.am/c/20419",
	},
	{
		"Name": "@travelbug", "Product": "Wi-Fi", "Date": "27 Feb",
		"Severe": true, "Agent": "Pat", "Case": "RW-20420", "URL": "https://ex.am/c/20420",
	},
}

func ourTemplate(t testing.TB, text string) *template.Template {
	t.Helper()
	ours, err := template.Compile("reply", text, replySlots, template.Options{})
	require.NoError(t, err)
	return ours
}

func theirTemplate(text string) *gotemplate.Template {
	return gotemplate.Must(gotemplate.New("reply").Funcs(sprig.TxtFuncMap()).Parse(text))
}

// BenchmarkTemplate renders a reply to each of four customers, to a string. Ours checks each value and what comes out.
func BenchmarkTemplate(b *testing.B) {
	for _, reply := range replies {
		b.Run(reply.name+"/ours", func(b *testing.B) {
			t := ourTemplate(b, reply.text)
			per(b, "reply", len(customers), func() int {
				for _, c := range customers {
					if _, err := t.Render(c); err != nil {
						b.Fatal(err)
					}
				}
				return 0
			})
		})
		b.Run(reply.name+"/text-template+sprig", func(b *testing.B) {
			t := theirTemplate(reply.text)
			per(b, "reply", len(customers), func() int {
				for _, c := range customers {
					var out strings.Builder
					if err := t.Execute(&out, map[string]any(c)); err != nil {
						b.Fatal(err)
					}
				}
				return 0
			})
		})
	}
}

// BenchmarkTemplateBeside is Template with both in turn.
func BenchmarkTemplateBeside(b *testing.B) {
	for _, reply := range replies {
		b.Run(reply.name, func(b *testing.B) {
			ours, theirs := ourTemplate(b, reply.text), theirTemplate(reply.text)
			many := 100 * len(customers)
			beside(b, "reply", job{many, func() {
				for i := range many {
					if _, err := ours.Render(customers[i%len(customers)]); err != nil {
						b.Fatal(err)
					}
				}
			}}, job{many, func() {
				for i := range many {
					var out strings.Builder
					if err := theirs.Execute(&out, map[string]any(customers[i%len(customers)])); err != nil {
						b.Fatal(err)
					}
				}
			}})
		})
	}
}

func TestTemplatesAgree(t *testing.T) {
	for _, reply := range replies {
		for _, c := range customers {
			ours, err := ourTemplate(t, reply.text).Render(c)
			require.NoError(t, err)
			var theirs strings.Builder
			require.NoError(t, theirTemplate(reply.text).Execute(&theirs, map[string]any(c)))
			assert.Equal(t, theirs.String(), ours, reply.name)
			assert.InDelta(t, 280, len(ours), 50, "about as long as a post may be")
		}
	}
}
