package playbook

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/respond/template"
)

// wordings are the texts of a play by locale.
type wordings struct {
	variants map[string][]*template.Template // from long to short
	tags     []language.Tag                  // the playbook's own first
	matcher  language.Matcher
}

func (w wordings) uses(locale string) []string {
	var all []string
	for _, t := range w.variants[locale] {
		if t != nil {
			all = append(all, t.Uses()...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// whole reports whether every wording compiled.
func (w wordings) whole() bool {
	for _, locale := range slices.Sorted(maps.Keys(w.variants)) {
		if slices.Contains(w.variants[locale], nil) {
			return false
		}
	}
	return true
}

// A wordingMaker compiles the wordings of one play.
type wordingMaker struct {
	c        *Composer
	play     *Play
	slots    []template.Slot // of the playbook, and what a play names beside them
	bench    *template.Bench
	problems *spec.Problems
}

// A use is what wordings are for.
type use struct {
	path     string
	texts    map[string][]string
	public   bool
	asks     bool // it is where the play asks
	contact  bool // it is where the play names somebody
	reminder bool
}

// add compiles the play.
func (m wordingMaker) add(path string) {
	p := m.play
	m.slots = m.withOwn()
	m.bench, _ = template.NewBench(m.slots) // what is wrong with the playbook's own was noted before
	p.check(path, m.bench, m.problems)
	if m.c.plays[p.ID] != nil {
		m.problems.Add(spec.Join(path, "id"), "two plays have the id %q", p.ID)
	}
	out := &compiledPlay{Play: p.clone()}
	m.c.plays[p.ID] = out
	if p.Mode == None {
		return
	}
	asks, both := len(p.Asks) > 0, len(p.PrivateTexts) > 0
	out.texts = m.make(use{path: spec.Join(path, "texts"), texts: p.Texts, public: p.Mode != Private,
		asks: asks && p.Mode == Private, contact: p.Contact != "" && !both})
	uses := out.texts.uses(m.c.locale.String())
	if both {
		out.private = m.make(use{path: spec.Join(path, "private_texts"), texts: p.PrivateTexts, asks: asks,
			contact: p.Contact != ""})
		uses = append(uses, out.private.uses(m.c.locale.String())...)
	}
	if len(p.Reminder) > 0 {
		out.reminder = m.make(use{path: spec.Join(path, "reminder"), texts: p.Reminder, reminder: true})
		uses = append(uses, out.reminder.uses(m.c.locale.String())...)
	}
	p.checkLinks(spec.Join(path, "links"), m.slots, m.c.outlets, uses, m.problems)
}

// withOwn are the slots of the playbook and those that a play has of itself, unless the playbook declares them.
func (m wordingMaker) withOwn() []template.Slot {
	out := slices.Clone(m.c.slots)
	declared := func(name string) bool {
		return slices.ContainsFunc(out, func(s template.Slot) bool { return s.Name == name })
	}
	if m.play.Contact != "" && !declared(contactSlot) {
		out = append(out, template.Slot{Name: contactSlot, Max: 30, Sample: "Robin"})
	}
	if len(m.play.Asks) > 0 && !declared(askedSlot) {
		longest := ""
		for _, locale := range slices.Sorted(maps.Keys(m.play.Texts)) {
			if asked := m.c.asked(m.play.Asks, locale); utf8.RuneCountInString(asked) > utf8.RuneCountInString(longest) {
				longest = asked
			}
		}
		out = append(out, template.Slot{Name: askedSlot, Private: true, Max: max(1, utf8.RuneCountInString(longest)), Sample: longest})
	}
	return out
}

func (m wordingMaker) make(u use) wordings {
	w := wordings{variants: map[string][]*template.Template{}}
	for _, locale := range slices.Sorted(maps.Keys(u.texts)) {
		at := spec.Join(u.path, locale)
		tag, err := language.Parse(locale)
		if err != nil {
			m.problems.Add(at, "%q is not a language: use BCP 47, such as en or es-MX", locale)
			continue
		}
		if w.variants[tag.String()] != nil || len(u.texts[locale]) == 0 {
			m.problems.Add(at, "a locale needs one list of texts")
			continue
		}
		var variants []*template.Template
		for i, text := range u.texts[locale] {
			variants = append(variants, m.one(u, spec.Index(at, i), text, tag))
		}
		w.variants[tag.String()] = variants
		if tag == m.c.locale {
			w.tags = slices.Insert(w.tags, 0, tag)
		} else {
			w.tags = append(w.tags, tag)
		}
	}
	if m.c.locale != language.Und && w.variants[m.c.locale.String()] == nil {
		m.problems.Add(u.path, "no text in the playbook's own locale %s", m.c.locale)
	}
	if w.whole() {
		m.agree(u.path, w)
		m.fit(u, w)
	}
	if len(w.tags) > 0 {
		w.matcher = language.NewMatcher(w.tags)
	}
	return w
}

// one compiles one wording, and tries it.
func (m wordingMaker) one(u use, at, text string, tag language.Tag) *template.Template {
	t, err := m.bench.Compile(at, text, template.Options{Lang: tag, Public: u.public, Zone: m.c.house.Zone})
	if err != nil {
		m.problems.Merge("", err)
		return nil
	}
	before := len(*m.problems)
	m.lintFixed(t, tag, u.public)
	if u.asks {
		m.checkAsks(at, t, tag.String())
	}
	if len(*m.problems) == before {
		m.try(u, at, t, tag.String())
	}
	return t
}

// checkAsks wants a wording that asks only for what is missing.
func (m wordingMaker) checkAsks(at string, t *template.Template, locale string) {
	uses := t.Uses()
	inWords := slices.Contains(uses, askedSlot)
	for _, a := range m.play.Asks {
		switch {
		case inWords && m.c.question(a, locale) == "":
			m.problems.Add(at, "questions has no words in %s for slot %s", locale, a)
		case !inWords && !slices.Contains(uses, a):
			m.problems.Add(at, "asks for %s whether it is known or not: write {{if not .%s}}...{{end}}, or use {{.Asked}}", a, a)
		}
	}
}

// agree wants all locales to use the same slots: what one customer is told, the others are.
func (m wordingMaker) agree(path string, w wordings) {
	home := m.c.locale.String()
	want := w.uses(home)
	for _, locale := range slices.Sorted(maps.Keys(w.variants)) {
		if got := w.uses(locale); !slices.Equal(got, want) {
			m.problems.Add(spec.Join(path, locale), "locales disagree: %s uses {%s}, %s uses {%s}",
				home, strings.Join(want, ", "), locale, strings.Join(got, ", "))
		}
	}
}

// fit wants the shortest wording of each locale, with every slot at its longest, to fit every venue it may go to.
func (m wordingMaker) fit(u use, w wordings) {
	for _, locale := range slices.Sorted(maps.Keys(w.variants)) {
		variants := w.variants[locale]
		longest := variants[len(variants)-1].Longest()
		for _, v := range m.c.house.Venues {
			speaks := mention.Private
			if u.public {
				speaks = mention.Public
			}
			if !within(m.play.For.Channels, v.Channel) || !within(v.Visibilities, speaks) || v.Fits(longest) {
				continue
			}
			m.problems.Add(spec.Index(spec.Join(u.path, locale), len(variants)-1),
				"can become %d long and %s takes %d: shorten it, shorten a slot's max, or add a shorter wording",
				v.Length(longest), v.Channel, v.Max)
		}
	}
}

// lintFixed holds the fixed parts of a text to the guidelines: what is an error in a draft is no text for a playbook. That
// a fault was confirmed is for the case to know, not for the text.
func (m wordingMaker) lintFixed(t *template.Template, tag language.Tag, public bool) {
	scene := guideline.Scene{
		Visibility: visibility(public), FaultConfirmed: true, Lang: tag.String(), Crisis: m.play.Mode == Holding,
	}
	for at, text := range t.Fixed() {
		for _, f := range m.c.Lint(text, scene) {
			if f.Level == guideline.Error {
				m.problems.Add(t.At(at+f.Start), "%s %s: %q: %s", f.Rule, f.Name, text[f.Start:f.End], f.Why)
			}
		}
	}
}

func visibility(public bool) mention.Visibility {
	if public {
		return mention.Public
	}
	return mention.Private
}

// say writes what was found in a whole text.
func say(f guideline.Finding, body string, sc guideline.Scene) string {
	where := "in stage " + cmp.Or(sc.Stage, "fresh")
	if sc.Aim != "" {
		where += " to a " + string(sc.Aim)
	}
	if f.Start < f.End {
		where += fmt.Sprintf(": %q", body[f.Start:f.End])
	}
	return fmt.Sprintf("%s %s %s: %s", f.Rule, f.Name, where, f.Why)
}
