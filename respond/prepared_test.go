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
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/respond/template"
)

// goes makes the play for cancelled flights public, alone, and of these words.
func goes(texts ...string) func(*respond.Specs) {
	return func(s *respond.Specs) {
		p := &s.Playbook.Plays[1]
		p.Mode, p.Asks, p.Reminder, p.Unattended, p.Expects = playbook.Public, nil, nil, true, "nothing"
		p.Texts = map[string][]string{"en": texts}
		p.Matter = map[string][]string{"en": {"flight", "seat", "cancelled"}}
	}
}

const goodWords = "Thank you for telling us. We are sorry about your flight. I will find a seat today. {{.Agent}}"

// TestAPreparedTextGoesOutAloneOnlyWithoutFindings: in the whole scene of the case, with the customer's own words.
func TestAPreparedTextGoesOutAloneOnlyWithoutFindings(t *testing.T) {
	for _, row := range []struct {
		reason, said string
		change       func(*respond.Specs)
		alone        bool
	}{
		{"nothing is found", "@Fjordwing you cancelled my flight", goes(goodWords), true},
		{"the customer calls it otherwise", "@Fjordwing cancelled again, stranded in Bergen with two children", goes(goodWords), true},
		{"without words of the matter it must be what he said",
			"@Fjordwing cancelled again, stranded in Bergen with two children", func(s *respond.Specs) {
				goes(goodWords)(s)
				s.Playbook.Plays[1].Matter = nil
			}, false},
	} {
		m := post("1", row.said, tuesday)
		s := newStory(t, changed(t, row.change), m)
		entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
		require.NotNil(t, s.c.Draft, row.reason)
		assert.Equal(t, row.alone, len(asked[effect.Send](entry)) == 1, "%s: %v", row.reason, s.c.Draft.Findings)
		assert.Equal(t, row.alone, len(s.c.Draft.Findings) == 0, row.reason)
	}
}

// TestACustomerIsNotToldTheSameTwice: the second answer is the other wording, and then a person writes.
func TestACustomerIsNotToldTheSameTwice(t *testing.T) {
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, changed(t, func(s *respond.Specs) {
		goes(goodWords, "We are sorry about your flight, and thank you for telling us. I will look for a seat today. {{.Agent}}")(s)
		s.Playbook.Plays[1].Unattended = false
	}), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	var said []string
	for i := range 2 {
		at := tuesday.Add(time.Duration(i+1) * time.Hour)
		require.NotNil(t, s.c.Draft)
		assert.NotContains(t, said, s.c.Draft.Text)
		said = append(said, s.c.Draft.Text)
		entry := s.do(at, "ana", event.Approved{Draft: s.c.Draft.ID})
		ref := mention.Ref{Channel: "chirp", ID: "o" + said[i][:1]}
		s.do(at, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry), Ref: ref})
		s.writes(at.Add(time.Minute), "2"+said[i][:1], "you cancelled my flight, and nobody calls")
	}
	if s.c.Draft != nil {
		assert.NotContains(t, said, s.c.Draft.Text)
	}
	last := s.trail[len(s.trail)-1]
	assert.Contains(t, strings.Join(last.Because, "\n"), "has nothing to say that this customer has not had")
}

// TestAPlayNamesItsContactAndTheNearestOutlet: the owner by name, and the desk nearest to where the post was made.
func TestAPlayNamesItsContactAndTheNearestOutlet(t *testing.T) {
	rules := changed(t, func(s *respond.Specs) {
		goes("Thank you for telling us. We are sorry about your flight. Ask for {{.Contact}} at {{.Desk}}. I will be there by noon.")(s)
		p := &s.Playbook.Plays[1]
		p.Unattended, p.Contact = false, "owner"
		p.Links = []playbook.Link{{Slot: "Desk", Nearest: "desk", Text: "any desk"}}
		s.Playbook.Slots = append(s.Playbook.Slots, template.Slot{Name: "Desk"})
		s.Playbook.Outlets = []playbook.Outlet{
			{Kind: "desk", Name: "BGO", Text: "our desk in Bergen", Lat: 60_293_000, Lon: 5_218_000},
			{Kind: "desk", Name: "OSL", Text: "our desk in Oslo", Lat: 60_197_000, Lon: 11_100_000},
		}
	})
	for _, row := range []struct {
		reason string
		place  mention.Place
		want   string
	}{
		{"in Bergen", mention.Place{Lat: 60_392_000, Lon: 5_322_000}, "Ask for Ana at our desk in Bergen."},
		{"nobody knows where", mention.Place{}, "Ask for Ana at any desk."},
	} {
		m := post("1", "@Fjordwing you cancelled my flight", tuesday)
		m.Place = row.place
		s := newStory(t, rules, m)
		s.do(tuesday, event.Customer, event.Received{Mention: m})
		require.NotNil(t, s.c.Draft, row.reason)
		assert.Contains(t, s.c.Draft.Text, row.want, row.reason)
		s.replay()
	}
}
