package playbook

import (
	"maps"
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
)

// matterRule is the rule that a reply names the customer's matter.
const matterRule = "R11"

// forTheCase are the rules that only what is known of a case can decide: how much may be promised, what was verified.
var forTheCase = []string{"R27", "R28"}

// try writes a wording with the samples of its slots and lints it as a whole where the play is used: no error for any
// play, nothing at all for one that goes out without a person.
func (m wordingMaker) try(u use, at string, t *template.Template, locale string) {
	p := m.play
	body, err := t.Render(m.samples(locale))
	if err != nil {
		if p.Unattended {
			m.problems.Add(at, "it cannot be tried, and goes out without a person: give its slots samples: %v", err)
		}
		return
	}
	var said []string
	for _, sc := range m.scenes(u, locale) {
		for _, f := range m.c.Lint(body, sc) {
			alone := p.Unattended || p.RemindsAlone && u.reminder
			if f.Level != guideline.Error && !alone || !alone && slices.Contains(forTheCase, f.Rule) {
				continue
			}
			if text := say(f, body, sc); !slices.Contains(said, text) {
				said = append(said, text)
				m.problems.Add(at, "%s", text)
			}
		}
	}
	if len(p.Matter) > 0 && !u.reminder && !strings.HasPrefix(lastOf(u.path), "private_") {
		m.tryMatter(at, body, locale)
	}
}

func lastOf(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// scenes are where a wording is used, as far as the play says so.
func (m wordingMaker) scenes(u use, locale string) (out []guideline.Scene) {
	p := m.play
	stages, aims := p.For.Stages, p.For.Aims
	if len(stages) == 0 || u.reminder {
		stages = []string{followup.Fresh.String()}
	}
	if len(aims) == 0 || u.reminder {
		aims = []triage.Aim{""}
	}
	for _, stage := range stages {
		for _, aim := range aims {
			sc := m.c.scene(p, Situation{Stage: stage, Aim: aim}, u.public)
			sc.Lang, sc.WantsContact, sc.Asks = locale, u.contact, u.asks
			sc.FirstReply = sc.FirstReply && !u.reminder
			sc.Said = ""
			sc.Crisis = sc.Crisis || len(p.For.Severities) == 1 && p.For.Severities[0] == triage.Crisis
			if len(p.For.Legitimacies) > 0 {
				sc.Legitimacy = p.For.Legitimacies[0]
			}
			if len(p.For.Standings) > 0 {
				sc.Standing = p.For.Standings[0]
			}
			sc.Safety = slices.ContainsFunc(p.For.Categories, m.c.house.isSafety)
			if u.reminder {
				sc.Stage, sc.Aim = followup.Dormant.String(), ""
			}
			out = append(out, sc)
		}
	}
	return out
}

// tryMatter wants words of the matter in the language, and one of them in the text.
func (m wordingMaker) tryMatter(at, body, locale string) {
	words := m.play.Matter[locale]
	path := spec.Join(at[:strings.LastIndex(at, ".texts.")], "matter")
	if len(words) == 0 {
		m.problems.Add(path, "no words of the matter in %s", locale)
		return
	}
	sc := guideline.Scene{Lang: locale, FirstReply: true, Aim: triage.Complaint, Said: "zzzzzz"}
	if !m.findsMatter("?", sc) {
		return // the rule is off, or knows nothing of this language
	}
	sc.Said = strings.Join(words, " ")
	switch {
	case !m.findsMatter("?", sc):
		m.problems.Add(spec.Join(path, locale), "none of %s says what the matter is: write a word of four letters or more",
			strings.Join(words, ", "))
	case m.findsMatter(body, sc):
		m.problems.Add(at, "it names the matter in none of the play's words: %s", strings.Join(words, ", "))
	}
}

func (m wordingMaker) findsMatter(text string, sc guideline.Scene) bool {
	return slices.ContainsFunc(m.c.Lint(text, sc), func(f guideline.Finding) bool { return f.Rule == matterRule })
}

// samples are values for all slots: the samples, what the links offer, and everything asked for.
func (m wordingMaker) samples(locale string) template.Slots {
	slots := template.Samples(m.slots)
	for _, a := range m.play.Asks {
		delete(slots, a)
	}
	for _, o := range m.c.offers(m.play, Situation{}, locale) {
		if o.Text != "" {
			slots[o.Slot] = o.Text
		}
	}
	if asked := m.c.asked(m.play.Asks, locale); asked != "" {
		slots[askedSlot] = asked
	}
	return slots
}

// joining are the words between the last two things asked for.
var joining = map[string]string{"en": " and ", "es": " y ", "de": " und ", "fr": " et ", "it": " e ", "pt": " e ", "nl": " en "}

// asked puts in words what a customer is asked for.
func (c *Composer) asked(names []string, locale string) string {
	var phrases []string
	for _, name := range names {
		if q := c.question(name, locale); q != "" {
			phrases = append(phrases, q)
		}
	}
	last := len(phrases) - 1
	base, _, _ := strings.Cut(locale, "-")
	if and := joining[base]; last > 0 && and != "" {
		return strings.Join(phrases[:last], ", ") + and + phrases[last]
	}
	return strings.Join(phrases, ", ")
}

// question is how a slot is asked for in a locale, or in the locale's language.
func (c *Composer) question(slot, locale string) string {
	by := c.questions[slot]
	if q := by[locale]; q != "" {
		return q
	}
	base, _, _ := strings.Cut(locale, "-")
	return by[base]
}

// offers are what the play's links stand for.
func (c *Composer) offers(p *Play, s Situation, locale string) (out []Offered) {
	for i := range p.Links {
		out = append(out, p.Links[i].offer(c.outlets, s.Place, locale))
	}
	return out
}

// withOwn adds to the caller's slots what the play fills itself, without altering them.
func (c *Composer) withOwn(p *Play, s Situation, locale string, slots template.Slots, private bool) (template.Slots, []Offered) {
	if len(p.Links) == 0 && len(p.Asks) == 0 {
		return slots, nil
	}
	out := maps.Clone(slots)
	if out == nil {
		out = template.Slots{}
	}
	var offered []Offered
	for _, o := range c.offers(p, s, locale) {
		if o.Text != "" && !slots.Has(o.Slot) {
			out[o.Slot] = o.Text
			offered = append(offered, o)
		}
	}
	if asked := c.asked(unknown(p.Asks, slots), locale); private && asked != "" {
		out[askedSlot] = asked
	}
	return out, offered
}
