package respond_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/playbook"
)

// takesUp gives the house words for the public side.
func takesUp(s *respond.Specs) {
	s.Playbook.Unasked = map[string]playbook.Play{playbook.TakenUp: {ID: "taken-up", Mode: playbook.Public, Texts: map[string][]string{
		"en": {"Thank you. We have written to you in a private message and look after it there."}}}}
}

// Readers of a public complaint that was answered in private alone are told so once, in words of the house, which a
// person lets out.
func TestThePublicSideIsToldInWordsOfTheHouse(t *testing.T) {
	ask := event.Drafted{Text: "Send your booking reference here.", Asks: []string{"order"}, Visibility: mention.Private}
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	for _, row := range []struct {
		reason  string
		text    string
		change  func(*respond.Specs)
		before  event.Body
		drafted bool
	}{
		{"there are words for it", m.Text, takesUp, nil, true},
		{"there are none: it is said, and nobody is woken", m.Text, func(*respond.Specs) {}, nil, false},
		{"a life is in danger: no template", "a passenger is unconscious on your flight", takesUp, nil, false},
		{"counsel holds it", m.Text, takesUp, event.HeldByCounsel{Matter: "7/26"}, false},
	} {
		m.Text = row.text
		s := newStory(t, changed(t, row.change), m)
		s.do(tuesday, event.Customer, event.Received{Mention: m})
		by := "ana"
		if row.before != nil {
			s.do(tuesday, "ana", row.before)
		}
		d := ask
		if s.c.Verdict.Rank.Life {
			by, d = "cleo", event.Drafted{Text: "We are here. Write to us at once, we answer within an hour.", Visibility: mention.Private}
		}
		s.do(tuesday, by, d)
		entry := s.do(tuesday, by, event.Approved{Draft: s.c.Draft.ID})
		out := func(id string) event.Delivered {
			return event.Delivered{Key: keyOf[effect.Send](t, entry), Ref: mention.Ref{Channel: "chirp", ID: id}}
		}
		entry = s.do(tuesday, event.Channel, out("dm"))
		if !row.drafted {
			assert.Nil(t, liveDraft(s), row.reason)
			assert.Contains(t, strings.Join(entry.Because, "\n"), "the public side is to be told", row.reason)
			continue
		}
		require.NotNil(t, liveDraft(s), row.reason)
		assert.True(t, s.c.Draft.TakenUp)
		assert.Equal(t, m.Ref, s.c.Draft.Answers, "beneath his public word")
		assert.Equal(t, mention.Public, s.c.Draft.Visibility)
		assert.Len(t, asked[effect.Approve](entry), 1, "a person lets it out")
		assert.Empty(t, asked[effect.Send](entry))
		stage := s.c.Stage
		entry = s.do(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID})
		s.do(tuesday, event.Channel, out("pub"))
		assert.False(t, s.c.TakenUp.IsZero())
		assert.Equal(t, stage, s.c.Stage, "it moves nothing")
		ask.Text = "Send your booking reference here, please."
		s.sent(tuesday, ask)
		assert.Nil(t, liveDraft(s), "once")
		s.replay()
	}
	broken := specs(t)
	takesUp(&broken)
	play := broken.Playbook.Unasked[playbook.TakenUp]
	play.Unattended = true
	broken.Playbook.Unasked[playbook.TakenUp] = play
	_, err := respond.NewRules(broken, respond.Options{})
	assert.ErrorContains(t, err, "a person lets it out")
}
