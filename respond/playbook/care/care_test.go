package care_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/respond/playbook/care"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
)

// book is what is tested; nobody changes it.
var book = care.Book()

var both = []mention.Visibility{mention.Public, mention.Private}

// usual are the venues that replies go to: short posts, longer ones, reviews, messages.
var usual = []mention.Venue{
	{Channel: "short", Visibilities: both, Max: 280, Measure: "weighted"},
	{Channel: "long", Visibilities: both, Max: 500},
	{Channel: "review", Visibilities: both, Max: 1000},
	{Channel: "message", Visibilities: []mention.Visibility{mention.Private}, Max: 2000},
}

// policy has the categories that the plays are for.
func policy() *triage.Policy {
	var p triage.Policy
	seen := map[string]bool{}
	for _, play := range book.Plays {
		for _, name := range play.For.Categories {
			if !seen[name] {
				seen[name] = true
				category := triage.Category{Name: name}
				if slices.Contains([]string{"outage", "data_leak", "recall"}, name) {
					category.Crisis, category.Severity = true, triage.Crisis
				}
				p.Categories = append(p.Categories, category)
			}
		}
	}
	return &p
}

func composer(t testing.TB) *playbook.Composer {
	t.Helper()
	c, err := care.Book().Compile(playbook.House{Venues: usual, Policy: policy()})
	require.NoError(t, err)
	return c
}

func TestTheDataIsRead(t *testing.T) {
	raw, err := os.ReadFile("care.json")
	require.NoError(t, err)
	var p playbook.Playbook
	require.NoError(t, spec.Decode(raw, &p))
	assert.Equal(t, p, care.Book())
	assert.GreaterOrEqual(t, len(p.Plays), 40)
	composer(t)
}

// situations are those in which a text of the play may stand: each of its stages and aims, in public and in private. A
// play that says what its matter is may answer a complaint.
func situations(p playbook.Play, lang string) (out []playbook.Situation) {
	stages, aims := p.For.Stages, p.For.Aims
	if len(stages) == 0 {
		stages = []string{"fresh"}
	}
	if len(aims) == 0 {
		aims = []triage.Aim{triage.Question, triage.Nothing, ""}
		if len(p.Matter) > 0 {
			aims = append(aims, triage.Complaint)
		}
	}
	first := func(list []string) string {
		if len(list) == 0 {
			return ""
		}
		return list[0]
	}
	for _, stage := range stages {
		for _, aim := range aims {
			for _, v := range both {
				s := playbook.Situation{ID: "case", Category: first(p.For.Categories), Stage: stage, Aim: aim, Visibility: v,
					Legitimacy: triage.Unverified, Lang: lang}
				if p.Mode == playbook.Holding {
					s.Severity = triage.Crisis
				}
				if len(p.For.Standings) > 0 {
					s.Standing = p.For.Standings[0]
				}
				if len(p.For.Legitimacies) > 0 {
					s.Legitimacy = p.For.Legitimacies[0]
				}
				out = append(out, s)
			}
		}
	}
	return out
}

// slots are the samples, with or without what the customer is asked for and the pages that may be named.
func slots(p playbook.Play, bare bool) template.Slots {
	out := template.Samples(book.Slots)
	out["Contact"] = "Robin"
	if bare {
		for _, name := range append(slices.Clone(p.Asks), "Name", "Help", "Status", "Shop") {
			delete(out, name)
		}
	}
	return out
}

// said is a complaint in which every word of the matter stands.
func said(p playbook.Play, lang string) string { return "@acme " + strings.Join(p.Matter[lang], " ") }

// TestEveryPlayIsClean writes every play in every locale and every scene of its, at every venue, and lints it.
func TestEveryPlayIsClean(t *testing.T) {
	c := composer(t)
	written, linted := 0, map[string]bool{}
	for _, p := range book.Plays {
		if p.Mode == playbook.None {
			continue
		}
		for _, lang := range []string{"en", "es", "de"} {
			require.NotEmpty(t, p.Texts[lang], "%s in %s", p.ID, lang)
			for _, s := range situations(p, lang) {
				for _, v := range usual {
					if p.Mode == playbook.Holding && s.Visibility == mention.Private || !slices.Contains(v.Visibilities, s.Visibility) {
						continue
					}
					for _, bare := range []bool{false, true} {
						written++
						text, err := c.Write(p.ID, s, v, slots(p, bare))
						require.NoError(t, err, "%s in %s at %s", p.ID, lang, v.Channel)
						assert.Equal(t, lang, text.Locale)
						assert.True(t, v.Fits(text.Body), "%s at %s", text.Body, v.Channel)
						sc := c.Scene(p.ID, s)
						if len(p.Matter) > 0 {
							sc.Said = said(p, lang)
						}
						key := fmt.Sprintf("%s %+v", text.Body, sc)
						if linted[key] {
							continue
						}
						linted[key] = true
						for _, f := range c.Lint(text.Body, sc) {
							t.Errorf("%s in %s, %s %s %s: %s\n%s", p.ID, lang, s.Stage, s.Aim, s.Visibility, f, text.Body)
						}
					}
				}
			}
		}
	}
	assert.Greater(t, written, 1000)
}

// TestRemindersAreClean writes the reminders, and has two for two times of silence.
func TestRemindersAreClean(t *testing.T) {
	c := composer(t)
	for _, p := range book.Plays {
		for lang := range p.Reminder {
			s := playbook.Situation{ID: "case", Stage: "asking", Visibility: mention.Private, Lang: lang}
			for n := range 2 {
				text, err := c.Remind(p.ID, s, usual[0], slots(p, true))
				require.NoError(t, err, "%s, reminder %d in %s", p.ID, n+1, lang)
				assert.Empty(t, c.Lint(text.Body, c.Scene(p.ID, s)), text.Body)
				s.Had = append(s.Had, playbook.Hash(text.Body))
			}
		}
	}
}

func TestPlaysAreFound(t *testing.T) {
	c := composer(t)
	for _, row := range []struct {
		reason, play string
		s            playbook.Situation
	}{
		{"a late parcel", "late-parcel", playbook.Situation{Category: "delay", Aim: triage.Complaint}},
		{"how to use it is no defect", "how-to", playbook.Situation{Category: "defect", Aim: triage.Question}},
		{"praise of somebody", "praise-of-staff", playbook.Situation{Category: "staff", Aim: triage.Praise}},
		{"a complaint of no category", "sorry", playbook.Situation{Category: "other", Aim: triage.Complaint}},
		{"praise is thanked, whatever it is about", "praise", playbook.Situation{Category: "delay", Aim: triage.Praise}},
		{"once somebody works on it", "still-working", playbook.Situation{Category: "delay", Aim: triage.Complaint, Stage: "working"}},
		{"whoever is doubtful is asked first", "not-found",
			playbook.Situation{Category: "delay", Aim: triage.Complaint, Legitimacy: triage.Doubtful}},
		{"the press is sent to a person", "press", playbook.Situation{Category: "delay", Standing: triage.Press}},
		{"nothing known", "general", playbook.Situation{Category: "other"}},
		{"a life", triage.Life, playbook.Situation{Category: triage.Life, Aim: triage.Complaint}},
		{"a crisis holds", "outage", playbook.Situation{Category: "outage", Aim: triage.Complaint, Severity: triage.Crisis}},
	} {
		got, why := c.Choose(row.s)
		assert.Equal(t, row.play, got.ID, "%s: %s", row.reason, why)
	}
}

// TestNothingHollow: no reply says what every reply says.
func TestNothingHollow(t *testing.T) {
	for _, p := range book.Plays {
		for _, texts := range []map[string][]string{p.Texts, p.PrivateTexts} {
			for _, list := range texts {
				for _, text := range list {
					for _, hollow := range []string{"inconvenience", "valued customer", "reach out", "molestias", "Unannehmlichkeiten"} {
						assert.NotContains(t, text, hollow, p.ID)
					}
				}
			}
		}
	}
}
