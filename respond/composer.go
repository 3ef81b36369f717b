package respond

import (
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/respond/moderation"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
)

// A Composer is a compiled Playbook: it chooses the play, writes the text, lints a draft and says what moderation does.
// It never changes and may be used from many goroutines.
type Composer struct {
	locale language.Tag
	plays  map[string]*compiledPlay
	pairs  map[string]string
	ranked map[string][]*compiledPlay // by category, the most specific first
	others []*compiledPlay            // for categories that no play names
	linter *guideline.Linter
	table  *moderation.Table
}

// A compiledPlay is a play with its texts.
type compiledPlay struct {
	Play
	scope    Scope // as For was at Compile
	reason   string
	texts    wordings
	private  wordings // where they differ from texts
	reminder wordings
}

// wordings are the texts of a play by locale.
type wordings struct {
	variants map[string][]*template.Template // from long to short
	tags     []language.Tag                  // the playbook's own first
	matcher  language.Matcher
}

func (w wordings) uses(locale string) []string {
	var all []string
	for _, t := range w.variants[locale] {
		all = append(all, t.Uses()...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// A Text is a reply as it would go out, once somebody allows it.
type Text struct {
	Body   string   `json:"body"`
	Locale string   `json:"locale"`
	Play   string   `json:"play"`
	Asks   []string `json:"asks,omitempty"` // what it asks the customer for: only what is not known yet
}

// rank sorts the plays from the most specific to the general, once for each category that any play names.
func (c *Composer) rank(plays []Play) {
	all := make([]*compiledPlay, 0, len(plays))
	for i := range plays {
		p := c.plays[plays[i].ID]
		p.reason = "play " + p.ID + " is for " + p.scope.String()
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b *compiledPlay) int {
		countA, weightA := a.scope.facets()
		countB, weightB := b.scope.facets()
		if countA != countB {
			return countB - countA
		}
		return weightB - weightA
	})
	c.ranked = map[string][]*compiledPlay{}
	for _, p := range all {
		for _, category := range p.scope.Categories {
			c.ranked[category] = nil
		}
	}
	for _, p := range all {
		if len(p.scope.Categories) == 0 {
			c.others = append(c.others, p)
		}
	}
	for category := range c.ranked {
		c.ranked[category] = slices.DeleteFunc(slices.Clone(all), func(p *compiledPlay) bool {
			return !within(p.scope.Categories, category)
		})
	}
}

// Lint holds a text to the playbook's guidelines, as guideline.Linter does: at each key press, if wanted.
func (c *Composer) Lint(text string, sc guideline.Scene) []guideline.Finding {
	return c.linter.Lint(text, sc)
}

// Moderate says what is done with an item, as moderation.Table.Decide does.
func (c *Composer) Moderate(x moderation.Item) moderation.Decision { return c.table.Decide(x) }

// Choose gives the play for a situation and, for a person, why: the one whose scope has the most limits that all hold;
// of two with as many, the one limited by what stands further up in Scope; of two alike, the first. Danger to people
// only ever gets a play that names it. What it gives never goes out unattended in a crisis or for life. It shares its
// lists with the playbook and is not to be changed.
func (c *Composer) Choose(s Situation) (Play, string) {
	s = s.settled()
	plays, ok := c.ranked[s.Category]
	if !ok {
		plays = c.others
	}
	life := s.Category == triage.Life
	for _, p := range plays {
		if !p.scope.matches(&s) || life && !p.scope.hasLife() {
			continue
		}
		out := p.Play
		out.Unattended = out.Unattended && !life && s.Severity < triage.Crisis
		return out, p.reason
	}
	return lifePlay, "where a life is in danger a person writes"
}

// Play returns a play by its id.
func (c *Composer) Play(id string) (Play, bool) {
	p := c.plays[id]
	if p == nil {
		return Play{}, false
	}
	return p.Play, true
}

// Write writes a play's text for a situation, whole or not at all: in the customer's language where the play has it, in
// a wording that fits the venue. A *template.MissingError names required slots without a value. Other errors are for a person: no
// such play, a play without words, a value that is no value or longer than its slot, no wording that fits.
func (c *Composer) Write(play string, s Situation, v mention.Venue, slots template.Slots) (Text, error) {
	s = s.settled()
	p := c.plays[play]
	switch {
	case p == nil:
		return Text{}, fmt.Errorf("there is no play %q", play)
	case p.Mode == None:
		return Text{}, fmt.Errorf("play %s has no words: a person writes", play)
	case p.isPrivate(s) && !within(v.Visibilities, mention.Private):
		return Text{}, fmt.Errorf("play %s is private and %s has no private messages", play, v.Channel)
	}
	w := p.texts
	if s.Visibility == mention.Private && p.private.variants != nil {
		w = p.private
	}
	t, err := c.write(p, w, s, v, slots)
	if err == nil && p.isPrivate(s) {
		t.Asks = unknown(p.Asks, slots)
	}
	return t, err
}

// Remind writes the play's reminder to a customer who fell silent, as Write does. A reminder is always private.
func (c *Composer) Remind(play string, s Situation, v mention.Venue, slots template.Slots) (Text, error) {
	p := c.plays[play]
	switch {
	case p == nil:
		return Text{}, fmt.Errorf("there is no play %q", play)
	case p.reminder.variants == nil:
		return Text{}, fmt.Errorf("play %s has no reminder", play)
	case !within(v.Visibilities, mention.Private):
		return Text{}, fmt.Errorf("a reminder is private and %s has no private messages", v.Channel)
	}
	return c.write(p, p.reminder, s.settled(), v, slots)
}

func (c *Composer) write(p *compiledPlay, w wordings, s Situation, v mention.Venue, slots template.Slots) (Text, error) {
	locale := c.localeFor(w, s.Lang)
	var fitting []string
	var first error
	var missing *template.MissingError
	for _, t := range w.variants[locale] {
		body, err := t.Render(slots)
		switch {
		case errors.As(err, &missing):
			return Text{}, err
		case err != nil:
			first = orFirst(first, err)
		case !v.Fits(body):
			first = orFirst(first, fmt.Errorf("play %s is %d long in %s and %s takes %d", p.ID, v.Length(body), locale,
				v.Channel, v.Max))
		default:
			fitting = append(fitting, body)
		}
	}
	if len(fitting) == 0 {
		return Text{}, first
	}
	return Text{Body: choose(fitting, s.ID), Locale: locale, Play: p.ID}, nil
}

func orFirst(first, err error) error {
	if first != nil {
		return first
	}
	return err
}

// choose takes one of the wordings that are about as long as the longest: those are alternatives, chosen by the case, so
// that many cases side by side don't read alike. The much shorter are for narrow venues.
func choose(fitting []string, id string) string {
	longest := utf8.RuneCountInString(fitting[0])
	alike := 1
	for alike < len(fitting) && utf8.RuneCountInString(fitting[alike])*4 >= longest*3 {
		alike++
	}
	if id == "" {
		return fitting[0]
	}
	h := fnv.New32a()
	h.Write([]byte(id))
	return fitting[int(h.Sum32()%uint32(alike))]
}

// localeFor is the locale whose texts serve a customer's language: the best match where base and script are the same, or
// what the playbook pairs it with, else the playbook's own.
func (c *Composer) localeFor(w wordings, lang string) string {
	if w.variants[lang] != nil {
		return lang
	}
	tag, err := language.Parse(lang)
	if err != nil {
		return c.locale.String()
	}
	if _, i, confidence := w.matcher.Match(tag); confidence > language.No && sameWriting(tag, w.tags[i]) {
		return w.tags[i].String()
	}
	base, _ := tag.Base()
	for _, name := range []string{tag.String(), base.String()} {
		if to, err := language.Parse(c.pairs[name]); err == nil && w.variants[to.String()] != nil {
			return to.String()
		}
	}
	return c.locale.String()
}

func sameWriting(a, b language.Tag) bool {
	baseA, _ := a.Base()
	baseB, _ := b.Base()
	scriptA, _ := a.Script()
	scriptB, _ := b.Script()
	return baseA == baseB && scriptA == scriptB
}

// unknown are the names that have no value.
func unknown(names []string, slots template.Slots) []string {
	var out []string
	for _, name := range names {
		if !slots.Has(name) {
			out = append(out, name)
		}
	}
	return out
}
