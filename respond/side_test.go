package respond_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/playbook"
)

// bothSides makes the play for cancelled flights a public word and a private message.
func bothSides(s *respond.Specs) {
	p := &s.Playbook.Plays[1]
	p.Mode = playbook.PublicThenPrivate
	p.PrivateTexts = map[string][]string{"en": {"We are sorry that your flight was cancelled. " +
		"{{if not .order}}Send your booking reference here. {{end}}I find the next seat, and write by 18:00. {{.Agent}}"}}
	p.Texts = map[string][]string{"en": {
		"We are sorry that your flight was cancelled. We have sent you a private message here, and write there by 18:00. {{.Agent}}"}}
	p.Matter = map[string][]string{"en": {"flight", "cancelled"}}
}

func TestFromPublicToPrivate(t *testing.T) {
	rules := changed(t, bothSides)
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, rules, m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	d := s.c.Draft
	require.NotNil(t, d)
	assert.Equal(t, mention.Public, d.Visibility)
	assert.Contains(t, d.Text, "private message", "it says where in public")
	assert.Empty(t, d.Asks, "and asks nothing there")
	entry := s.do(tuesday, "ana", event.Approved{Draft: d.ID})
	ref := mention.Ref{Channel: "chirp", ID: "public"}
	s.do(tuesday, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry), Ref: ref})

	d = s.c.Draft
	require.NotNil(t, d, "the private half is drafted at once")
	assert.Equal(t, mention.Private, d.Visibility)
	assert.Equal(t, []string{"order"}, d.Asks)
	assert.Equal(t, "play:ask-booking", d.By)
	first := private(post("2", "here I am", tuesday.Add(time.Minute)))
	assert.Contains(t, s.c.Keys, respond.Keys("acme", first)[0], "he may be first to write there: it is the same case")
	assert.False(t, s.c.TakenUp.IsZero(), "the public side was told by the public word")

	entry = s.do(tuesday, "ana", event.Approved{Draft: d.ID})
	entry = s.do(tuesday, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry), Ref: mention.Ref{Channel: "chirp", ID: "dm"}})
	assert.Equal(t, followup.Asking, s.c.Stage)
	assert.Nil(t, s.c.Draft)
	assert.Empty(t, members(entry), "nobody is asked to tell the public side again")
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Drafted{Text: "It is taken up.", TakenUp: true}), "was told")
	s.do(tuesday.Add(time.Minute), event.Customer, event.Received{Mention: first})
	assert.Equal(t, 2, s.c.Theirs, "one thread")
	s.replay()
}

// Who was answered in private alone has readers who saw no answer: they are told once, and it answers nothing.
func TestThePublicSideIsToldOnce(t *testing.T) {
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, shippedRules(t), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	taken := event.Drafted{Text: "Thank you, we have written to you in a private message about the flight.", TakenUp: true}
	assert.ErrorContains(t, s.refused(tuesday, "ana", taken), "nothing was taken up in private yet")
	entry := s.sent(tuesday, event.Drafted{Text: "Send your booking reference here.", Asks: []string{"order"}, Visibility: mention.Private})
	assert.Contains(t, strings.Join(entry.Because, "\n"), "the public side is to be told", "somebody is asked to")
	require.Equal(t, followup.Asking, s.c.Stage)

	s.do(tuesday.Add(time.Minute), event.Customer, event.Received{Mention: private(post("2", "FJ7K2Q", tuesday.Add(time.Minute)))})
	owed := s.c.Owed
	s.do(tuesday.Add(2*time.Minute), "ana", taken)
	assert.Equal(t, m.Ref, s.c.Draft.Answers, "beneath his public word")
	assert.Equal(t, mention.Public, s.c.Draft.Visibility)
	entry = s.do(tuesday.Add(2*time.Minute), "ana", event.Approved{Draft: s.c.Draft.ID})
	require.Equal(t, m.Ref, asked[effect.Send](entry)[0].To)
	ref := mention.Ref{Channel: "chirp", ID: "pub"}
	s.do(tuesday.Add(3*time.Minute), event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry), Ref: ref})
	assert.Equal(t, owed, s.c.Owed, "his private word is still unanswered")
	assert.ErrorContains(t, s.refused(tuesday.Add(4*time.Minute), "ana", taken), "was told")
	s.replay()
}
