package template_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/template"
)

func TestBench(t *testing.T) {
	b, err := template.NewBench(deskSlots)
	require.NoError(t, err)
	for _, row := range []struct {
		reason, name string
		want         bool
	}{
		{"a value", "Brand", true},
		{"a field", "Contact.Name", true},
		{"a list of values, by its items", "Towns[]", true},
		{"a group is no value", "Contact", false},
		{"a list is none", "Towns", false},
		{"nobody declared it", "Shoe", false},
	} {
		assert.Equal(t, row.want, b.Has(row.name), row.reason)
	}
	text := "{{.Contact.Name}} {{if .Order}}{{.Order}}{{end}} {{.Brand}}"
	one, err := b.Compile("t", text, template.Options{})
	require.NoError(t, err)
	two, err := template.Compile("t", text, deskSlots, template.Options{})
	require.NoError(t, err)
	assert.Equal(t, two.Uses(), one.Uses(), "a bench gives what Compile gives")
	_, onBench := b.Compile("t", text, template.Options{Public: true})
	_, alone := template.Compile("t", text, deskSlots, template.Options{Public: true})
	require.Error(t, onBench)
	assert.Equal(t, alone, onBench, "and finds what Compile finds")
}

func TestBenchOfBadSlots(t *testing.T) {
	b, err := template.NewBench([]template.Slot{{Name: "Name"}, {Name: "1"}})
	var problems spec.Problems
	require.ErrorAs(t, err, &problems)
	require.NotNil(t, b, "the texts are checked all the same")
	_, err = b.Compile("t", "{{.Name}} {{.Nope}}", template.Options{})
	assert.EqualError(t, err, "t:1:13: unknown slot Nope")
}

func TestSlotsHave(t *testing.T) {
	slots := template.Slots{"Name": "Dana", "Nick": " ", "Brand": nil, "Agent.Name": "Kim", "Sum": 1.5,
		"Contact": map[string]any{"Name": "Robin"}, "Due": time.Time{}, "Days": 0, "Odd": 3}
	for _, row := range []struct {
		reason, name string
		want         bool
	}{
		{"a text", "Name", true},
		{"nested", "Contact.Name", true},
		{"written flat", "Agent.Name", true},
		{"none is a number too", "Days", true},
		{"blanks are no value", "Nick", false},
		{"nil is none", "Brand", false},
		{"nor is the zero time", "Due", false},
		{"a half is no value that a text takes", "Sum", false},
		{"a group is no value", "Contact", false},
		{"a number has no fields", "Odd.Name", false},
		{"nobody gave it", "Order", false},
	} {
		assert.Equal(t, row.want, slots.Has(row.name), row.reason)
	}
}

func TestLongest(t *testing.T) {
	slots := []template.Slot{{Name: "Name", Max: 5, Sample: "Da"}, {Name: "Towns[]", Max: 2, Sample: "x"}}
	for _, row := range []struct{ reason, text, want string }{
		{"fixed text is as long as it is", "Hello", "Hello"},
		{"a slot at its longest, in its sample's letters", "Hi {{.Name}}!", "Hi DaDaD!"},
		{"the longer branch", "{{if .Name}}{{.Name}}{{else}}you there{{end}}", "you there"},
		{"a list at its longest", "{{range .Towns}}{{.}}{{end}}", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},
		{"cut short", "{{cut 2 .Name}}", "D…"},
	} {
		tpl, err := template.Compile("t", row.text, slots, template.Options{})
		require.NoError(t, err, row.reason)
		assert.Equal(t, row.want, tpl.Longest(), row.reason)
	}
}

func TestFixed(t *testing.T) {
	text := "Über uns,\n{{if .Name}}{{.Name}}: soon{{else}}shortly{{end}}"
	tpl, err := template.Compile("t", text, deskSlots, template.Options{})
	require.NoError(t, err)
	var got []string
	for at, piece := range tpl.Fixed() {
		assert.Equal(t, piece, text[at:at+len(piece)], "where it is said to stand")
		got = append(got, tpl.At(at)+" "+piece)
	}
	assert.Equal(t, []string{"t:1:1 Über uns,\n", "t:2:22 : soon", "t:2:36 shortly"}, got, "every branch")
	assert.Equal(t, "t:1:5", tpl.At(5), "columns in runes")
	assert.Equal(t, "t:2:50", tpl.At(1000), "behind the end is the end")
	for range tpl.Fixed() {
		break // whoever has seen enough may stop
	}
}

func TestZonesComeFromTheHost(t *testing.T) {
	due := time.Date(2025, 7, 8, 13, 0, 0, 0, time.UTC)
	asked := map[string]int{}
	zone := func(name string) (*time.Location, error) {
		asked[name]++
		switch name {
		case "Sea/Rig":
			return time.FixedZone("RIG", 5*3600), nil
		case "Sea/Fog":
			return nil, nil
		case "Local":
			return time.UTC, nil
		}
		return nil, errors.New("no such zone on board")
	}
	o := template.Options{Zone: zone}
	tpl, err := template.Compile("t", `{{clock .Due "Sea/Rig"}}{{if .Nick}} {{clock .Due .Nick}}{{end}}`, deskSlots, o)
	require.NoError(t, err)
	got, err := tpl.Render(template.Slots{"Due": due})
	require.NoError(t, err)
	assert.Equal(t, "18:00 RIG", got)
	assert.Equal(t, 1, asked["Sea/Rig"], "what the text spells out is looked up once")
	got, err = tpl.Render(template.Slots{"Due": due, "Nick": "Sea/Rig"})
	require.NoError(t, err)
	assert.Equal(t, "18:00 RIG 18:00 RIG", got)
	_, err = tpl.Render(template.Slots{"Due": due, "Nick": "Europe/Madrid"})
	assert.ErrorContains(t, err, "no such zone on board", "what comes out of a slot is asked of the host too")

	for _, row := range []struct{ reason, zone, problem string }{
		{"the host's error", "Europe/Madrid", "t:1:3: clock: no such zone on board"},
		{"neither a zone nor an error", "Sea/Fog", `t:1:3: clock: there is no zone "Sea/Fog"`},
		{"the machine's own zone, whatever the host says", "Local",
			`t:1:3: clock: "Local" is no zone: use an IANA name such as Europe/Madrid`},
	} {
		_, err := template.Compile("t", `{{clock .Due "`+row.zone+`"}}`, deskSlots, o)
		assert.EqualError(t, err, row.problem, row.reason)
	}
}

func TestLanguages(t *testing.T) {
	slots := template.Slots{"Due": time.Date(2025, 7, 8, 13, 0, 0, 0, time.UTC),
		"Sum": escalation.Money{Minor: 123450, Currency: "EUR"}}
	for _, row := range []struct {
		reason string
		lang   language.Tag
		want   string
	}{
		{"none is English", language.Tag{}, "Tuesday 8 July, 1,234.50 EUR"},
		{"German", language.German, "Dienstag, 8. Juli, 1.234,50 EUR"},
	} {
		tpl, err := template.Compile("t", `{{day .Due "UTC"}}, {{money .Sum}}`, deskSlots, template.Options{Lang: row.lang})
		require.NoError(t, err, row.reason)
		got, err := tpl.Render(slots)
		require.NoError(t, err, row.reason)
		assert.Equal(t, row.want, got, row.reason)
	}
}
