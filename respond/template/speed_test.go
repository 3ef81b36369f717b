package template_test

import (
	"strings"
	"testing"
	gotemplate "text/template"

	"github.com/Masterminds/sprig/v3"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/template"
)

// reply is a text of about 280 characters.
const reply = `Hi{{if .Name}} {{.Name}}{{end}}, thank you for telling us. {{.Brand}} is sorry that the parcel has not come. ` +
	`We have asked the courier where it is, and {{.Contact.Name}} will write to you here tomorrow by noon. ` +
	`If it is lost we send it again at once, and you need do nothing for it. Was it the grey or the blue one?`

func BenchmarkRender(b *testing.B) {
	slots := template.Slots{"Name": "Dana", "Brand": "Acme", "Contact": map[string]any{"Name": "Robin"}}
	b.Run("ours", func(b *testing.B) {
		t, err := template.Compile("reply", reply, deskSlots, template.Options{Public: true})
		require.NoError(b, err)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := t.Render(slots); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("ours with a function", func(b *testing.B) {
		loud := strings.Replace(reply, "{{.Brand}}", "{{upper .Brand}}", 1)
		t, err := template.Compile("reply", loud, deskSlots, template.Options{Public: true})
		require.NoError(b, err)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := t.Render(slots); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("text/template and sprig", func(b *testing.B) {
		t := gotemplate.Must(gotemplate.New("reply").Funcs(sprig.TxtFuncMap()).Parse(reply))
		b.ReportAllocs()
		for b.Loop() {
			var out strings.Builder
			if err := t.Execute(&out, slots); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("text/template and sprig, parsed each time", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			t := gotemplate.Must(gotemplate.New("reply").Funcs(sprig.TxtFuncMap()).Parse(reply))
			var out strings.Builder
			if err := t.Execute(&out, slots); err != nil {
				b.Fatal(err)
			}
		}
	})
}
