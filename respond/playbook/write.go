package playbook

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/template"
)

// A Text is a reply as it would go out, once somebody allows it.
type Text struct {
	Body   string    `json:"body"`
	Locale string    `json:"locale"`
	Play   string    `json:"play"`
	Asks   []string  `json:"asks,omitempty"`   // what it asks the customer for: only what is not known yet
	Offers []Offered `json:"offers,omitempty"` // what its links stand for
}

// A SaidError says that the customer has had every wording of the play that fits: nothing is said twice.
type SaidError struct {
	Play string
}

// Error says so for a person.
func (e *SaidError) Error() string {
	return "play " + e.Play + " has nothing to say that this customer has not had: a person writes"
}

// Hash is a text as Situation.Had and Situation.Beside may hold it, where the text itself is not kept: the first 16
// hexadecimal digits of its SHA-256.
func Hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// Write writes a play's text for a situation, whole or not at all: in the customer's language where the play has it, in
// a wording that fits the venue and that the customer has not had. A *template.MissingError names required slots without
// a value; a *SaidError says that there is no other wording left. Other errors are for a person: no such play, a play
// without words, a value that is no value or longer than its slot, no wording that fits.
//
// Beside the caller's slots there are those of the play's links and Asked. A play with a contact needs its name as the
// slot Contact.
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
	t, err := c.write(p, p.wordings(s), s, v, slots, p.isPrivate(s))
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
	return c.write(p, p.reminder, s.settled(), v, slots, true)
}

// wordings are those for a situation.
func (p *compiledPlay) wordings(s Situation) wordings {
	if s.Visibility == mention.Private && p.private.variants != nil {
		return p.private
	}
	return p.texts
}

func (c *Composer) write(p *compiledPlay, w wordings, s Situation, v mention.Venue, slots template.Slots, private bool) (Text, error) {
	locale := c.localeFor(w, s.Lang)
	slots, offers := c.withOwn(&p.Play, s, locale, slots, private)
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
	if fitting = without(fitting, s.Had); len(fitting) == 0 {
		return Text{}, &SaidError{p.ID}
	}
	if fresh := without(fitting, s.Beside); len(fresh) > 0 {
		fitting = fresh
	}
	return Text{Body: choose(fitting, s.ID), Locale: locale, Play: p.ID, Offers: offers}, nil
}

// without leaves the texts that were not said, by text or by hash.
func without(bodies, said []string) []string {
	if len(said) == 0 {
		return bodies
	}
	var out []string
	for _, body := range bodies {
		if !slices.Contains(said, body) && !slices.Contains(said, Hash(body)) {
			out = append(out, body)
		}
	}
	return out
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
	if err != nil || w.matcher == nil {
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
