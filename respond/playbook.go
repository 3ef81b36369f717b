package respond

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/respond/moderation"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
)

// A Playbook is what a person writes: the plays, the slots their texts may use, the guidelines that every reply is held
// to, and the house's own clauses of moderation. It is plain data; Compile turns it into a Composer.
type Playbook struct {
	Locale string          `json:"locale"` // BCP 47; every play with words has them in this one
	Slots  []template.Slot `json:"slots,omitempty"`
	Plays  []Play          `json:"plays"` // in any order but for the last, which is for every situation
	// Pairs let one language be answered in another: {"nb": "da"}. Others are answered in their own or in Locale.
	Pairs      map[string]string    `json:"pairs,omitempty"`
	Guidelines guideline.Guidelines `json:"guidelines,omitzero"`
	Moderation moderation.Rules     `json:"moderation,omitzero"` // the house's clauses, beside the built-in ones
}

// lifePlay is the play for danger to people that every playbook has unless it names its own so: no prepared words, a
// person writes.
var lifePlay = Play{ID: triage.Life, For: Scope{Categories: []string{triage.Life}}, Mode: None, Expects: "word"}

// Compile checks the playbook against the venues it will be used at. The error is a spec.Problems that names everything
// at once with its path: an unknown or refused thing in any branch of any text, locales that use different slots, a text
// whose shortest wording can become longer than a venue takes, a text that breaks the guidelines, a play that can never
// be reached, a missing last general play. No venues is one venue without limits. zone finds the zones that texts name,
// also while they are written, from many goroutines at once; nil means escalation.Zone.
func (p Playbook) Compile(venues []mention.Venue, zone func(string) (*time.Location, error)) (*Composer, error) {
	var problems spec.Problems
	c := &Composer{plays: map[string]*compiledPlay{}, pairs: map[string]string{}}
	var err error
	c.linter, err = p.Guidelines.Compile()
	problems.Merge("guidelines", err)
	c.table, err = p.Moderation.Compile()
	problems.Merge("moderation", err)
	m := wordingMaker{c: c, venues: venues, zone: zone, problems: &problems}
	m.bench, err = template.NewBench(p.Slots)
	problems.Merge("", err)
	if c.locale, err = language.Parse(p.Locale); err != nil || c.locale == language.Und {
		problems.Add("locale", "%q is not a language: use BCP 47, such as en or es-MX", p.Locale)
	}
	for _, from := range slices.Sorted(maps.Keys(p.Pairs)) {
		for _, lang := range []string{from, p.Pairs[from]} {
			if _, err := language.Parse(lang); err != nil {
				problems.Add("pairs."+from, "%q is not a language: use BCP 47", lang)
			}
		}
		c.pairs[from] = p.Pairs[from]
	}
	plays := slices.Clone(p.Plays)
	if !slices.ContainsFunc(plays, func(p Play) bool { return p.ID == triage.Life }) {
		plays = append(plays, lifePlay)
	}
	for i := range plays {
		m.addPlay(spec.Index("plays", i), &plays[i])
	}
	checkReach(p.Plays, &problems)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	c.rank(plays)
	return c, nil
}

// checkReach wants a last play for everything, and no play that another one hides.
func checkReach(plays []Play, problems *spec.Problems) {
	if last := len(plays) - 1; last < 0 || plays[last].For.String() != (Scope{}).String() {
		problems.Add("plays", "the last play must be for every situation: leave its for empty")
	}
	seen := map[string]int{}
	for i, p := range plays {
		scope := p.For.String()
		if first, twice := seen[scope]; twice {
			problems.Add(spec.Index("plays", i), "never reached: %s is for %s already", spec.Index("plays", first), scope)
			continue
		}
		seen[scope] = i
	}
}

// A wordingMaker compiles the wordings of the plays.
type wordingMaker struct {
	c        *Composer
	bench    *template.Bench
	zone     func(string) (*time.Location, error)
	venues   []mention.Venue
	problems *spec.Problems
	play     *Play // whose turn it is
}

// addPlay compiles one play.
func (m wordingMaker) addPlay(path string, p *Play) {
	m.play = p
	p.check(path, m.bench, m.problems)
	if m.c.plays[p.ID] != nil {
		m.problems.Add(spec.Join(path, "id"), "two plays have the id %q", p.ID)
	}
	out := &compiledPlay{Play: *p, scope: p.For.clone()}
	out.Asks = slices.Clone(p.Asks)
	m.c.plays[p.ID] = out
	if p.Mode == None {
		return
	}
	out.texts = m.make(spec.Join(path, "texts"), p.Texts, p.Mode != Private)
	if len(p.PrivateTexts) > 0 {
		out.private = m.make(spec.Join(path, "private_texts"), p.PrivateTexts, false)
	}
	if len(p.Reminder) > 0 {
		reminders := map[string][]string{}
		for locale, text := range p.Reminder {
			reminders[locale] = []string{text}
		}
		out.reminder = m.make(spec.Join(path, "reminder"), reminders, false)
	}
}

func (m wordingMaker) make(path string, texts map[string][]string, public bool) wordings {
	w := wordings{variants: map[string][]*template.Template{}}
	ok := true
	for _, locale := range slices.Sorted(maps.Keys(texts)) {
		at := spec.Join(path, locale)
		tag, err := language.Parse(locale)
		if err != nil {
			m.problems.Add(at, "%q is not a language: use BCP 47, such as en or es-MX", locale)
			ok = false
			continue
		}
		if w.variants[tag.String()] != nil || len(texts[locale]) == 0 {
			m.problems.Add(at, "a locale needs one list of texts")
			ok = false
			continue
		}
		var variants []*template.Template
		for i, text := range texts[locale] {
			t, err := m.bench.Compile(spec.Index(at, i), text, template.Options{Lang: tag, Public: public, Zone: m.zone})
			variants = append(variants, t)
			if err != nil {
				m.problems.Merge("", err)
				ok = false
				continue
			}
			m.lint(t, tag, public)
		}
		w.variants[tag.String()] = variants
		if tag == m.c.locale {
			w.tags = slices.Insert(w.tags, 0, tag)
		} else {
			w.tags = append(w.tags, tag)
		}
	}
	if m.c.locale != language.Und && w.variants[m.c.locale.String()] == nil {
		m.problems.Add(path, "no text in the playbook's own locale %s", m.c.locale)
		ok = false
	}
	if ok {
		m.agree(path, w)
		m.fit(path, w, public)
		w.matcher = language.NewMatcher(w.tags)
	}
	return w
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
func (m wordingMaker) fit(path string, w wordings, public bool) {
	for _, locale := range slices.Sorted(maps.Keys(w.variants)) {
		variants := w.variants[locale]
		longest := variants[len(variants)-1].Longest()
		for _, v := range m.venues {
			speaks := mention.Private
			if public {
				speaks = mention.Public
			}
			if !within(m.play.For.Channels, v.Channel) || !within(v.Visibilities, speaks) || v.Fits(longest) {
				continue
			}
			m.problems.Add(spec.Index(spec.Join(path, locale), len(variants)-1),
				"can become %d long and %s takes %d: shorten it, shorten a slot's max, or add a shorter wording",
				v.Length(longest), v.Channel, v.Max)
		}
	}
}

// lint holds the fixed parts of a text to the guidelines: what is an error in a draft is no text for a playbook. That a
// fault was confirmed is for the case to know, not for the text.
func (m wordingMaker) lint(t *template.Template, tag language.Tag, public bool) {
	scene := guideline.Scene{
		Visibility: mention.Private, FaultConfirmed: true, Lang: tag.String(), Crisis: m.play.Mode == Holding,
	}
	if public {
		scene.Visibility = mention.Public
	}
	for at, text := range t.Fixed() {
		for _, f := range m.c.linter.Lint(text, scene) {
			if f.Level == guideline.Error {
				m.problems.Add(t.At(at+f.Start), "%s %s: %q: %s", f.Rule, f.Name, text[f.Start:f.End], f.Why)
			}
		}
	}
}

// texts writes names of any kind as a person would.
func texts[T any](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = fmt.Sprint(v)
	}
	return out
}
