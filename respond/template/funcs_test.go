package template_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/Masterminds/sprig/v3"
	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/respond/template"
)

// TestEveryFunctionIsDecided fails when an upgrade of sprig brings a function that nobody has looked at.
func TestEveryFunctionIsDecided(t *testing.T) {
	var allowed []string
	for _, name := range slices.Sorted(maps.Keys(sprig.GenericFuncMap())) {
		_, err := template.Compile("t", "x{{if "+name+"}}{{end}}", nil, template.Options{}) // a list is not printed
		if err == nil {
			allowed = append(allowed, name)
			continue
		}
		assert.Contains(t, err.Error(), "function "+name+" is refused: ", "nobody has decided about %s", name)
	}
	want := strings.Fields(`all any cat coalesce compact contains cut default empty fail has hasPrefix hasSuffix initial
		join list lower plural rest replace splitList ternary trim trimAll trimPrefix trimSuffix uniq upper without`)
	want = slices.DeleteFunc(want, func(s string) bool { return s == "cat" || s == "cut" })
	slices.Sort(want)
	assert.Equal(t, want, allowed, "26 of sprig, and plural, which is ours")
	for _, name := range strings.Fields("print printf println index call html js urlquery slice") {
		_, err := template.Compile("t", "x{{"+name+" 1}}", nil, template.Options{})
		assert.ErrorContains(t, err, "function "+name+" is refused: ", "of text/template")
	}
}

// TestFunctionsTakeAnything gives every allowed function arguments it was not made for. It costs an error or an answer.
func TestFunctionsTakeAnything(t *testing.T) {
	names := strings.Fields(`trim trimAll trimPrefix trimSuffix upper lower replace contains hasPrefix hasSuffix join
		splitList default coalesce ternary empty all any fail list rest initial has without compact uniq clock day money
		plural cut words and or not eq ne lt le gt ge len`)
	odd := []string{"", " .Name", " .Nick", ` "x" .Days`, ` 1 2`, ` true .Name`, ` 1.5`, ` .Due .Due`, ` "a" "b" "c" "d"`,
		` .Sum`, ` -1 .Name`, ` 99999999 .Name`, ` "" ""`, ` "" .Name .Name`}
	tried := 0
	for _, name := range names {
		for _, args := range odd {
			tpl, err := template.Compile("t", "x{{"+name+args+"}}", deskSlots, template.Options{})
			if err != nil {
				continue
			}
			tried++
			one, _ := tpl.Render(template.Slots{"Name": "Dana", "Days": 3})
			two, _ := tpl.Render(template.Slots{"Name": "Dana", "Days": 3})
			assert.Equal(t, one, two, "%s%s", name, args)
		}
	}
	assert.Greater(t, tried, 300)
}
