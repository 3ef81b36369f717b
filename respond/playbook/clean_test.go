package playbook_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
)

// TestTextsAreTried: a play's texts are linted whole, where the play is used.
func TestTextsAreTried(t *testing.T) {
	en := func(text ...string) map[string][]string { return map[string][]string{"en": text} }
	late := playbook.Scope{Categories: []string{"late"}, Aims: []triage.Aim{triage.Complaint}}
	good := "Thank you for telling us. We are sorry that your parcel is late. I will ask the courier today."
	for _, row := range []struct {
		reason  string
		play    playbook.Play
		problem string // empty: none
	}{
		{"a good answer goes out alone", playbook.Play{Mode: playbook.Public, Unattended: true, For: late, Texts: en(good),
			Matter: en("parcel", "delay")}, ""},
		{"a warning does not", playbook.Play{Mode: playbook.Public, Unattended: true, For: late,
			Texts: en("Thank you for telling us. We are sorry that your parcel is late.")},
			"plays[0].texts.en[0]: R12 next-step in stage fresh to a complaint: it does not say what happens next"},
		{"before a person a warning is his to weigh", playbook.Play{Mode: playbook.Public, For: late,
			Texts: en("We are sorry that your parcel is late.")}, ""},
		{"what is being worked on needs a time", playbook.Play{Mode: playbook.Public, For: playbook.Scope{Stages: []string{"working"}},
			Texts: en("We are still looking.")},
			"plays[0].texts.en[0]: R13 next-step-time in stage working: it does not say when the next news comes"},
		{"a holding statement too", playbook.Play{Mode: playbook.Holding, For: playbook.Scope{Categories: []string{"down"}},
			Texts: en("Acme is down. We are working on it.")},
			"plays[0].texts.en[0]: R13 next-step-time in stage fresh: it does not say when the next news comes"},
		{"who is to be named is named", playbook.Play{Mode: playbook.Private, Contact: "owner", For: late,
			Texts: en("We are sorry. Contact our team.")},
			"plays[0].texts.en[0]: R16 named-person in stage fresh to a complaint: it names nobody to turn to"},
		{"by the slot", playbook.Play{Mode: playbook.Private, Contact: "owner", For: late,
			Texts: en("We are sorry. Ask for {{.Contact}}.")}, ""},
		{"where it goes on is said", playbook.Play{Mode: playbook.PublicThenPrivate, For: late,
			Texts: en("We are sorry. Do get in touch.")},
			"plays[0].texts.en[0]: R17 contact-channel in stage fresh to a complaint: it moves to private without saying where"},
		{"the matter is named", playbook.Play{Mode: playbook.Public, For: late, Matter: en("parcel", "delay"),
			Texts: en("We are sorry. I will ask today.")},
			"plays[0].texts.en[0]: it names the matter in none of the play's words: parcel, delay"},
		{"words of the matter that say nothing", playbook.Play{Mode: playbook.Public, For: late, Matter: en("bag"), Texts: en(good)},
			"plays[0].matter.en: none of bag says what the matter is: write a word of four letters or more"},
		{"no words in the language", playbook.Play{Mode: playbook.Public, For: late, Matter: map[string][]string{"es": {"retraso"}},
			Texts: en(good)}, "plays[0].matter: no words of the matter in en"},
		{"asked whether known or not", playbook.Play{Mode: playbook.Private, For: late, Asks: []string{"Order"},
			Texts: en("Which order is it?")},
			"plays[0].texts.en[0]: asks for Order whether it is known or not: write {{if not .Order}}...{{end}}, or use {{.Asked}}"},
		{"asked in no words", playbook.Play{Mode: playbook.Private, For: late, Asks: []string{"Order"},
			Texts: en("Please send {{.Asked}}.")},
			"plays[0].texts.en[0]: questions has no words in en for slot Order"},
		{"asked in private without a private text", playbook.Play{Mode: playbook.PublicThenPrivate, For: late, Asks: []string{"Order"},
			Texts: en("We have sent you a private message.")}, "plays[0].private_texts: the play asks in private and has no words for it"},
		{"alone, and not to be tried", playbook.Play{Mode: playbook.Public, Unattended: true, For: late,
			Texts: en("Thank you, we are sorry, I will write by {{day .Due}}.")},
			"plays[0].texts.en[0]: it cannot be tried, and goes out without a person: give its slots samples: "},
		{"goodwill for a litigant", playbook.Play{Mode: playbook.None, Gestures: []playbook.Gesture{{Kind: "vip", Thing: "a seat"}},
			For: playbook.Scope{Standings: []triage.Standing{triage.Litigant}}},
			"plays[0].gestures: no goodwill is offered to litigants, the press or employees"},
		{"goodwill that gives nothing", playbook.Play{Mode: playbook.None, For: late, Gestures: []playbook.Gesture{{Kind: "hug"}}},
			`plays[0].gestures[0]: a gesture is a sum or a thing: this is neither`},
	} {
		row.play.ID = "p"
		p := playbook.Playbook{Locale: "en", Plays: []playbook.Play{row.play, {ID: "last", Mode: playbook.None}},
			Slots: []template.Slot{{Name: "Order", Private: true}, {Name: "Due", Sample: "Tuesday"}}}
		_, err := p.Compile(playbook.House{})
		if row.problem == "" {
			assert.NoError(t, err, row.reason)
			continue
		}
		require.Error(t, err, row.reason)
		assert.Contains(t, err.Error(), row.problem, row.reason)
	}
}

// TestAPreparedTextNamesTheMatterInItsOwnWords: whoever wrote of lateness in words that the text has not is answered to
// the point all the same, and a text that names nothing is not.
func TestAPreparedTextNamesTheMatterInItsOwnWords(t *testing.T) {
	p := playbook.Playbook{Locale: "en", Plays: []playbook.Play{{ID: "late", Mode: playbook.Public,
		For:    playbook.Scope{Categories: []string{"late"}},
		Matter: map[string][]string{"en": {"parcel", "delivery", "courier"}},
		Texts:  map[string][]string{"en": {"Thank you. We are sorry that your parcel is late. I will ask the courier today."}},
	}, {ID: "last", Mode: playbook.None}}}
	c, err := p.Compile(playbook.House{})
	require.NoError(t, err)
	s := playbook.Situation{Category: "late", Aim: triage.Complaint}
	sc := c.Scene("late", s)
	assert.Equal(t, "parcel delivery courier", sc.Said)
	sc.Said = "still nothing came, three weeks, hopeless\n" + sc.Said
	assert.Empty(t, c.Lint("Thank you. We are sorry that your parcel is late. I will ask the courier today.", sc))
	found := c.Lint("Thank you. We are sorry about that. I will ask today.", sc)
	require.Len(t, found, 1)
	assert.Equal(t, "R11", found[0].Rule)
}

func TestSceneOfNoPlay(t *testing.T) {
	c := careComposer(t)
	assert.Equal(t, guideline.Scene{Visibility: "public", Stage: "fresh", FirstReply: true, Lang: "es"},
		c.Scene("nobody's", playbook.Situation{Lang: "es"}))
	assert.False(t, strings.Contains(c.Scene("any", playbook.Situation{}).Said, "x"))
}
