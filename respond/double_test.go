package respond_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/playbook"
)

// changed are the shipped rules after a change.
func changed(t *testing.T, change func(*respond.Specs)) *respond.Rules {
	t.Helper()
	s := specs(t)
	change(&s)
	rules, err := respond.NewRules(s, respond.Options{})
	require.NoError(t, err)
	return rules
}

// alone lets the thanks for praise go out without a person.
func alone(s *respond.Specs) { s.Playbook.Plays[0].Unattended = true }

const praise = "Great flight with Fjordwing today, the crew was wonderful, thank you!"

// inPrivate adds another text for praise in private, which goes out without a person too.
func inPrivate(s *respond.Specs) {
	s.Playbook.Plays = append([]playbook.Play{{
		ID: "thank-private", Mode: playbook.Private, Expects: "nothing", Unattended: true,
		For:   playbook.Scope{Categories: []string{"praise"}, Visibilities: []mention.Visibility{mention.Private}},
		Texts: map[string][]string{"en": {"Thanks, that is kind of you. I tell the crew. {{.Agent}}"}},
	}}, s.Playbook.Plays...)
}

func TestAMachineSpeaksOnce(t *testing.T) {
	m := post("1", praise, tuesday)
	again := private(post("2", praise, tuesday.Add(time.Minute)))
	s := newStory(t, changed(t, func(s *respond.Specs) { alone(s); inPrivate(s) }), m)
	entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
	require.Len(t, asked[effect.Send](entry), 1, "praise may be thanked without a person")
	s.do(tuesday, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry), Ref: mention.Ref{Channel: "chirp", ID: "o"}})
	entry = s.do(again.PostedAt, event.Customer, event.Received{Mention: again})
	assert.Empty(t, asked[effect.Send](entry), "with as many texts as you like, two machines never talk to each other")
	assert.NotNil(t, s.c.Draft, "a person may")

	s = newStory(t, changed(t, inPrivate), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	s.do(tuesday, "ana", event.Taken{})
	entry = s.do(again.PostedAt, event.Customer, event.Received{Mention: again})
	assert.Empty(t, asked[effect.Send](entry), "ana has the case, and may be writing")
	s.replay()
}

func TestATemplateBesideDanger(t *testing.T) {
	rules := changed(t, alone)
	m := post("1", praise, tuesday)
	danger := post("2", "wait, a passenger is unconscious", tuesday.Add(time.Second))
	s := newStory(t, rules, m)
	entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
	s.do(tuesday.Add(time.Second), event.Customer, event.Received{Mention: danger})
	why, wanted := s.c.Wants(keyOf[effect.Send](t, entry))
	assert.False(t, wanted, "thanks on their way do not reach somebody in danger")
	assert.Equal(t, event.Reason("graver"), why)

	s = opened(t)
	require.NotNil(t, s.c.Draft, "the playbook proposes")
	s.do(tuesday.Add(time.Second), event.Customer, event.Received{Mention: danger})
	assert.ErrorContains(t, s.refused(tuesday.Add(time.Second), "cleo", event.Approved{Draft: s.c.Draft.ID}), "stale",
		"nobody allows a template by habit where a life is in danger")
	s.replay()
}

func TestAReminderOfWhatWasAnswered(t *testing.T) {
	rules := changed(t, func(s *respond.Specs) { s.Playbook.Plays[4].Mode, s.Playbook.Plays[4].Texts = playbook.None, nil })
	at := tuesday
	m := private(post("1", "you cancelled my flight, what now?", at))
	s := newStory(t, rules, m)
	s.do(at, event.Customer, event.Received{Mention: m})
	s.sent(at, event.Drafted{Text: "We are sorry. Send your booking reference here.", Play: "ask-booking", Asks: []string{"order"}})
	s.elapse(at.Add(73 * time.Hour))
	require.NotNil(t, s.c.Draft)
	require.Equal(t, followup.SendReminder, s.c.Draft.For)
	reminder := s.c.Draft.ID
	entry := s.do(at.Add(74*time.Hour), "ana", event.Approved{Draft: reminder})
	here := private(post("2", "here it is", at.Add(75*time.Hour)))
	s.do(at.Add(75*time.Hour), event.Customer, event.Received{Mention: here})
	_, wanted := s.c.Wants(keyOf[effect.Send](t, entry))
	assert.False(t, wanted, "nobody is reminded of what he has just sent")
	s.do(at.Add(75*time.Hour), event.Channel, event.Undelivered{Key: keyOf[effect.Send](t, entry), Reason: event.TooLate})
	assert.ErrorContains(t, s.refused(at.Add(76*time.Hour), "ana", event.Approved{Draft: reminder}), "stale")
	s.replay()
}

func TestARejectedDraftIsNoReasonForSilence(t *testing.T) {
	at := tuesday
	m := private(post("1", "you cancelled my flight, what now?", at))
	s := newStory(t, shippedRules(t), m)
	s.do(at, event.Customer, event.Received{Mention: m})
	s.sent(at, event.Drafted{Text: "We are sorry. Send your booking reference here.", Play: "ask-booking", Asks: []string{"order"}})
	s.do(at, "ana", event.Drafted{Text: "And another thing."})
	s.do(at, "ana", event.Rejected{Draft: s.c.Draft.ID, Reason: "better not"})
	s.elapse(at.Add(73 * time.Hour))
	require.NotNil(t, s.c.Draft)
	assert.Equal(t, followup.SendReminder, s.c.Draft.For, "a rejected draft waits for nobody")
	reminder := s.c.Draft.ID
	s.elapse(at.Add(300 * 24 * time.Hour))
	require.Equal(t, followup.Closed, s.c.Stage)
	assert.Nil(t, s.c.Draft, "what no person wrote does not lie in a closed case")
	assert.ErrorContains(t, s.refused(at.Add(301*24*time.Hour), "ana", event.Approved{Draft: reminder}), "no draft",
		"a reminder does not go out of a closed case")
	s.replay()
}

func TestThePlaybookReplacesNoPersonsWords(t *testing.T) {
	s := opened(t)
	s.do(tuesday, "ana", event.Drafted{Text: "We are sorry. I look for a seat.", Play: "ask-booking"})
	s.writes(tuesday.Add(time.Minute), "2", "you cancelled my flight, hello?")
	assert.Equal(t, "ana", s.c.Draft.By, "what ana wrote is still there, though she began with a play")
	s.replay()
}

func TestWhereADraftMayGo(t *testing.T) {
	rules := shippedRules(t)
	inPrivate := private(post("1", "you cancelled my flight", tuesday))
	inPublic := post("1", "@Fjordwing you cancelled my flight", tuesday)
	stars := inPublic
	stars.Ref.Channel = "stars"
	for _, row := range []struct {
		reason  string
		m       mention.Mention
		to      mention.Visibility
		problem string
	}{
		{"who wrote in private is not answered in public", inPrivate, mention.Public, "private"},
		{"a word that is no visibility", inPublic, "sideways", "neither"},
		{"a place without private messages", stars, mention.Private, "no private messages"},
		{"in private where he wrote in public", inPublic, mention.Private, ""},
		{"as he wrote", inPrivate, "", ""},
	} {
		s := newStory(t, rules, row.m)
		s.do(tuesday, event.Customer, event.Received{Mention: row.m})
		_, err := s.try(tuesday, s.event(tuesday, "ana", event.Drafted{Text: "We are sorry.", Visibility: row.to}))
		if row.problem != "" {
			assert.ErrorContains(t, err, row.problem, row.reason)
			continue
		}
		assert.NoError(t, err, row.reason)
	}
}

func TestWhoMustAllowAPlay(t *testing.T) {
	rules := changed(t, func(s *respond.Specs) { s.Playbook.Plays[1].Approve = "cleo" })
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, rules, m)
	entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
	require.Len(t, asked[effect.Approve](entry), 1)
	assert.Equal(t, "cleo", asked[effect.Approve](entry)[0].Member)
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID}), "cleo")
	s.do(tuesday, "cleo", event.Approved{Draft: s.c.Draft.ID})

	bad := specs(t)
	bad.Playbook.Plays[1].Approve = "zoe"
	_, err := respond.NewRules(bad, respond.Options{})
	var problems spec.Problems
	require.ErrorAs(t, err, &problems)
	assert.ErrorContains(t, err, `playbook.plays[1].approve: "zoe" is neither a member nor a team`)
}

func TestStrangersHaveCasesOfTheirOwn(t *testing.T) {
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := opened(t)
	other := post("9", "Fjordwing you cancelled my flight too", tuesday)
	other.Author = mention.Author{ID: "u-max"}
	assert.ErrorContains(t, s.refused(tuesday, event.Customer, event.Received{Mention: other}), "one customer")
	other = post("9", "the same", tuesday)
	other.Ref.Channel = "stars"
	assert.ErrorContains(t, s.refused(tuesday, event.Customer, event.Received{Mention: other}), "one customer")

	nobody := m
	nobody.Author = mention.Author{}
	first, second := nobody, nobody
	first.Ref.ID, first.Parent = "7", "ours"
	second.Ref.ID, second.Parent = "8", "ours"
	for _, k := range respond.Keys("acme", first) {
		assert.NotContains(t, respond.Keys("acme", second), k, "two without a name beneath one answer are not one customer")
	}
}

// What leaves the house says why without a customer's words and without what the host knows of him.
func TestNothingPrivateInReasons(t *testing.T) {
	rules := changed(t, func(s *respond.Specs) {
		s.Playbook.Plays[1].Reminder = map[string][]string{"en": {"I still have a seat for {{.order}}. {{.Agent}}"}}
	})
	at := tuesday
	m := private(post("1", "you cancelled my flight, what now?", at))
	s := newStory(t, rules, m)
	s.do(at, event.Customer, event.Received{Mention: m, Given: map[string]string{"order": "{{.X7}}K2Q"}})
	s.sent(at, event.Drafted{Text: "We are sorry. Tell us more here.", Play: "ask-booking", Asks: []string{"more"}})
	s.elapse(at.Add(80 * 24 * time.Hour))
	key := ""
	for _, e := range s.trail {
		for _, x := range e.Effects {
			if _, send := x.Body.(effect.Send); !send {
				data, err := json.Marshal(x)
				require.NoError(t, err)
				assert.NotContains(t, string(data), "K2Q", "%s: %s", x.Kind(), x.Because)
				assert.NotContains(t, string(data), "what now")
				key = x.Key
			}
		}
	}
	require.NotEmpty(t, key)
}

func TestAReasonIsOneOfOurs(t *testing.T) {
	s, key := approved(t)
	entry := s.do(tuesday, event.Channel, event.Undelivered{Key: key, Reason: "dana said: call me on 600 111 222"})
	data := encode(t, entry.Effects)
	assert.NotContains(t, data, "600", "what a platform writes is told to nobody")
	assert.Contains(t, data, "the channel refused it")
}
