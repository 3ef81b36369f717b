package template

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/spec"
)

// A Template is one text with slots, checked over every branch. It never changes and may be used from many goroutines.
//
// The language is text/template's with a part of sprig's functions and six of our own: clock, day, money, plural, cut
// and words. Values are data: nothing in a value is ever read as a template.
type Template struct {
	where   string
	uses    []string
	want    *want
	leaves  []*want // in the order of quick's numbers
	quick   []piece // the whole template where it is simple enough
	simple  bool
	full    *template.Template
	longest string
	texts   []*parse.TextNode
	text    string
}

// Compile checks a text over every branch: every slot is declared, no private slot stands in a public text, every
// function is one that gives the same answer everywhere. The error is a spec.Problems with all of it, each at
// name:line:column, the slots' own problems at slots[i]. Many texts with the same slots are compiled on one Bench.
func Compile(name, text string, slots []Slot, o Options) (*Template, error) {
	var problems spec.Problems
	b := &Bench{names: namesOf(slots, &problems)}
	t := b.compile(name, text, o, &problems)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return t, nil
}

// Uses returns the slots that the text uses in any branch, sorted: Agent.Name, Brand, Items[].SKU.
func (t *Template) Uses() []string { return slices.Clone(t.uses) }

// Longest returns the longest text that it can become: every slot at its Max, in its sample's letters, every list with
// 20 items. Where a function's answer cannot be known before there are values it is a guess: measure what Render gives.
func (t *Template) Longest() string { return t.longest }

// Fixed returns the pieces of text between the actions, of every branch, each with the byte of the source at which it
// begins. A piece of a template that is called twice comes twice.
func (t *Template) Fixed() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for _, n := range t.texts {
			if !yield(int(n.Position()), string(n.Text)) {
				return
			}
		}
	}
}

// At writes a byte of the source as problems do: name:line:column, both counted from 1, columns in runes.
func (t *Template) At(offset int) string { return t.where + ":" + lineColumn(t.text, offset) }

// lineColumn writes a place as compilers do, both counted from 1, columns in runes.
func lineColumn(text string, at int) string {
	before := text[:max(0, min(at, len(text)))]
	line := strings.Count(before, "\n") + 1
	column := utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
	return strconv.Itoa(line) + ":" + strconv.Itoa(column)
}

// Render writes the text, whole or not at all. A required slot without a value gives a *MissingError, whichever branch
// it stands in. What would show the seams (<no value>, {{, %{ and the like, from the template or from a value) is an
// error, as is a value longer than its slot allows. The same slots give the same text.
func (t *Template) Render(slots Slots) (string, error) {
	out, err := t.render(slots)
	if err != nil {
		var missing *MissingError
		if errors.As(err, &missing) {
			return "", err
		}
		return "", fmt.Errorf("%s: %w", t.where, err)
	}
	for _, seam := range seams {
		if at := strings.Index(out, seam); at >= 0 {
			return "", fmt.Errorf("%s: the text would show %q: %q", t.where, seam, around(out, at))
		}
	}
	if strings.TrimSpace(out) == "" {
		return "", fmt.Errorf("%s: the text would be empty", t.where)
	}
	return out, nil
}

// seams are what no customer may see.
var seams = [...]string{"<no value>", "%!", "{{", "%{", "#{", "<nil>"}

// around is a bit of text from at on.
func around(text string, at int) string {
	end := min(len(text), at+40)
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end++
	}
	return text[at:end]
}

func (t *Template) render(slots Slots) (string, error) {
	if t.simple {
		if out, ok, err := t.renderQuick(slots); ok {
			return out, err
		}
	}
	return t.renderFull(slots)
}

func (t *Template) renderFull(slots Slots) (string, error) {
	var missing []string
	values, err := t.want.take(slots, slots, &missing)
	if err != nil {
		return "", err
	}
	if len(missing) > 0 {
		return "", &MissingError{Slots: distinct(missing)}
	}
	var b bounded
	if err := t.full.Execute(&b, values); err != nil {
		return "", err
	}
	return b.String(), nil
}

// bounded takes no more than a text may have.
type bounded struct{ strings.Builder }

// Write implements io.Writer.
func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > mostText {
		return 0, errTooLong
	}
	return b.Builder.Write(p)
}
