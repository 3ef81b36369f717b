package template

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
	"time"

	"golang.org/x/text/language"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
)

// Options are what one text is compiled for. The zero Options are a private English text.
type Options struct {
	Lang   language.Tag // in which times, sums and numbers are said; zero is English
	Public bool         // anybody may read it: no private slot stands in it
	// Zone finds the zones that clock and day name, at Compile those that the text spells out, at Render those that come
	// out of a slot, from many goroutines at once. Nil means escalation.Zone.
	Zone func(string) (*time.Location, error)
}

func (o Options) lang() language.Tag {
	if o.Lang == language.Und {
		return language.English
	}
	return o.Lang
}

// A Bench is a declared set of slots, on which many texts are compiled. It never changes and may be used from many
// goroutines.
type Bench struct{ names slotNames }

// NewBench checks the slots. The error is a spec.Problems, each at slots[i]. With an error too there is a Bench, of the
// slots that are well declared, so that what is wrong with the texts can be told in the same list.
func NewBench(slots []Slot) (*Bench, error) {
	var problems spec.Problems
	b := &Bench{names: namesOf(slots, &problems)}
	return b, problems.Err()
}

// Has reports whether a value is declared under that name: Contact.Name, not the group Contact.
func (b *Bench) Has(name string) bool {
	_, ok := b.names.leaf[name]
	return ok
}

// Compile checks a text as the function Compile does, against the slots of the bench. The error is a spec.Problems.
func (b *Bench) Compile(name, text string, o Options) (*Template, error) {
	var problems spec.Problems
	t := b.compile(name, text, o, &problems)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return t, nil
}

const mainName = "text"

// compile gives nil after noting what is wrong.
func (b *Bench) compile(where, text string, o Options, problems *spec.Problems) *Template {
	before := len(*problems)
	trees := parsed(where, text, problems)
	if trees == nil {
		return nil
	}
	z := zonesOf(o.Zone)
	w := &walker{
		where: where, text: text, trees: trees, names: b.names, public: o.Public, zones: z, problems: problems,
		times: 1, said: map[string]bool{}, called: map[string]bool{mainName: true}, groups: map[string]parse.Node{},
	}
	longest := w.template(mainName, dot{})
	w.untold()
	t := &Template{where: where, uses: distinct(w.uses), longest: longest, texts: w.texts, text: text}
	t.want = wanted(t.uses, b.names)
	t.full = template.New(mainName).Funcs(functions(voice{o.lang(), z}))
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		if !w.called[name] {
			problems.Add(where, "template %q is defined and never used", name)
		}
		if _, err := t.full.AddParseTree(name, trees[name]); err != nil {
			problems.Add(where, "%v", err)
		}
	}
	if len(*problems) == before && strings.TrimSpace(longest) == "" {
		problems.Add(where, "the text is empty")
	}
	if len(*problems) > before {
		return nil
	}
	m := quickMaker{t: t, names: b.names, say: voice{o.lang(), z}}
	t.quick, t.simple = m.pieces(trees[mainName].Root)
	return t
}

var parserPrefix = regexp.MustCompile(`^template: ` + mainName + `:(\d+): `)

// parsed gives the trees by name, or nil.
func parsed(where, text string, problems *spec.Problems) map[string]*parse.Tree {
	switch {
	case len(text) > mostText:
		problems.Add(where, "the template has %d bytes, at most %d", len(text), mostText)
		return nil
	case mention.Clean(text) != text:
		problems.Add(where, "the template is not UTF-8, or holds a NUL")
		return nil
	}
	tree := parse.New(mainName)
	tree.Mode = parse.SkipFuncCheck // the walker says why a function is refused
	trees := map[string]*parse.Tree{}
	if _, err := tree.Parse(text, "", "", trees); err != nil {
		msg := err.Error()
		if at := parserPrefix.FindStringSubmatch(msg); at != nil {
			where, msg = where+":"+at[1], msg[len(at[0]):]
		}
		problems.Add(where, "%s", msg)
		return nil
	}
	return trees
}
