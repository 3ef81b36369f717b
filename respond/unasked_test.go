package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation/duty"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/triage"
)

// unasked gives the house words for every message that nobody asked for, lets them out without a person, and makes it
// report cancellations to an authority.
func unasked(s *respond.Specs) {
	say := func(id, text string, stages ...string) playbook.Play {
		return playbook.Play{
			ID: id, For: playbook.Scope{Stages: stages}, Mode: playbook.Private, Unattended: true,
			Texts: map[string][]string{"en": {text}},
		}
	}
	s.Playbook.Unasked = map[string]playbook.Play{
		"news_by_timer": say("no-news", "There is no news yet about your matter. I write to you again tomorrow. {{.Agent}}", "working", "fulfilling"),
		"ask_if_over":   say("well", "It is done on our side. Is all well with you now? {{.Agent}}", "confirming"),
		"send_survey":   say("how", "How content are you with what we did, from 1 to 5? {{.Agent}}", "surveying"),
		"invite":        say("tell", "If you like, tell others how it ended. {{.Agent}}", "answered", "confirming", "surveying", "closed"),
	}
	s.Venues[0].Invites = true
	s.Duties = duty.Policy{Duties: []duty.Duty{{
		Name: "notice", Trigger: duty.Trigger{Categories: []string{"cancellation"}}, Within: spec.Of(72 * time.Hour), Owner: "cleo",
		Warn: []int{50},
	}}}
}

// openedInPrivate opens a case of a private message.
func openedInPrivate(t *testing.T, change func(*respond.Specs)) *story {
	t.Helper()
	m := private(post("1", "@Fjordwing you cancelled my flight", tuesday))
	s := newStory(t, changed(t, change), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	require.NotEmpty(t, s.c.Clocks)
	return s
}

// fulfilled brings a case to where it was done what the customer accepted.
func fulfilled(t *testing.T, change func(*respond.Specs), given map[string]string, standing triage.Standing) (*story, respond.Entry) {
	t.Helper()
	m := private(post("1", "@Fjordwing you cancelled my flight", tuesday))
	s := newStory(t, changed(t, change), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m, Given: given, Standing: standing})
	s.sent(tuesday, event.Drafted{Text: "We can seat you on Friday.", Proposes: true})
	s.do(tuesday, event.Customer, event.Received{Mention: private(post("2", "well then", tuesday.Add(time.Minute)))})
	s.do(tuesday.Add(2*time.Minute), "ana", event.Meant{Said: event.Accepts})
	return s, s.do(tuesday.Add(time.Hour), "ana", event.Fulfilled{})
}

// attended is unasked with a person who lets out every word.
func attended(s *respond.Specs) {
	unasked(s)
	for name, play := range s.Playbook.Unasked {
		play.Unattended = false
		s.Playbook.Unasked[name] = play
	}
}

// A timer, or the machine, writes by itself only where the play says so, and never to whom nobody writes unasked.
func TestWhoIsWrittenToUnasked(t *testing.T) {
	injured := func(s *respond.Specs) {
		unasked(s)
		for i := range s.Policy.Rules {
			s.Policy.Rules[i].Then.Tags = append(s.Policy.Rules[i].Then.Tags, "injury")
		}
	}
	for _, row := range []struct {
		reason   string
		change   func(*respond.Specs)
		given    map[string]string
		standing triage.Standing
		drafted  bool
		sent     bool
	}{
		{"the play lets it out", unasked, nil, "", true, true},
		{"the play does not: a person approves it", attended, nil, "", true, false},
		{"he said stop", unasked, map[string]string{"do_not_contact": "yes"}, "", false, false},
		{"he is a child", unasked, map[string]string{"under_age": "yes"}, "", false, false},
		{"his account is gone", unasked, map[string]string{"account": "gone"}, "", false, false},
		{"he is press", unasked, nil, triage.Press, false, false},
		{"he works for us", unasked, nil, triage.Employee, false, false},
		{"somebody was hurt", injured, nil, "", false, false},
	} {
		s, entry := fulfilled(t, row.change, row.given, row.standing)
		require.Equal(t, followup.Confirming, s.c.Stage, row.reason)
		d := s.c.Draft
		is := d != nil && d.Stale == "" && d.For == followup.AskIfOver
		assert.Equal(t, row.drafted, is, row.reason)
		assert.Equal(t, row.sent, len(asked[effect.Send](entry)) == 1, row.reason)
		s.replay()
	}
}

func TestASurveyIsAskedInPrivateAndOnce(t *testing.T) {
	s := openedInPrivate(t, attended)
	s.sent(tuesday.Add(time.Minute), event.Drafted{Text: "We look into it and write here by Friday, 18:00 CEST."})
	entry := s.do(tuesday.Add(2*time.Minute), "ana", event.Meant{Said: event.Over})
	assert.Empty(t, asked[effect.Survey](entry), "a person lets it out")
	require.Equal(t, followup.SendSurvey, s.c.Draft.For)
	entry = s.do(tuesday.Add(3*time.Minute), "cleo", event.Approved{Draft: s.c.Draft.ID})
	surveys := asked[effect.Survey](entry)
	require.Len(t, surveys, 1)
	assert.Equal(t, "csat", surveys[0].Scale)
	assert.Empty(t, asked[effect.Send](entry), "it goes out as a survey alone")
	s.do(tuesday.Add(4*time.Minute), event.Channel, event.Delivered{Key: keyOf[effect.Survey](t, entry)})
	assert.Equal(t, "2026-06-16", s.c.Given["surveyed"])
	assert.ErrorContains(t, s.refused(tuesday.Add(time.Hour), event.Customer, event.Surveyed{Scale: event.NPS, Score: 11}), "no answer")
	s.do(tuesday.Add(time.Hour), event.Customer, event.Surveyed{Scale: event.CSAT, Score: 1})
	require.Equal(t, followup.Working, s.c.Stage, "he is not content: it goes on")
	s.do(tuesday.Add(2*time.Hour), "ana", event.Meant{Said: event.Over})
	assert.Nil(t, liveDraft(s), "and he is not surveyed again")
	s.replay()
}

func liveDraft(s *story) *respond.Draft {
	if d := s.c.Draft; d != nil && d.Stale == "" {
		return d
	}
	return nil
}

// Law 6: who is invited does not change with what anybody answered to a survey.
func TestInvitationsIgnoreSurveys(t *testing.T) {
	there := func(s *respond.Specs) {
		attended(s)
		s.Hierarchy.Members[0].Calendar = "" // ana is there at all hours
		s.Duties = duty.Policy{}             // which nobody files here: it would page for weeks
	}
	for _, row := range []struct {
		reason string
		change func(*respond.Specs)
		want   bool
	}{
		{"the platform allows it", there, true},
		{"it does not", func(s *respond.Specs) { there(s); s.Venues[0].Invites = false }, false},
	} {
		for _, score := range []int{1, 3, 5} {
			s, _ := fulfilled(t, row.change, nil, "")
			s.do(tuesday.Add(2*time.Hour), "ana", event.Rejected{Draft: s.c.Draft.ID})
			s.do(tuesday.Add(3*time.Hour), "ana", event.Meant{Said: event.Over})
			if d := liveDraft(s); d != nil {
				s.do(tuesday.Add(4*time.Hour), "ana", event.Rejected{Draft: d.ID})
			}
			s.do(tuesday.Add(5*time.Hour), event.Customer, event.Surveyed{Scale: event.CSAT, Score: score})
			if s.c.Stage.Live() {
				s.do(tuesday.Add(6*time.Hour), "ana", event.Taken{})
				s.sent(tuesday.Add(7*time.Hour), event.Drafted{Text: "We look into it and write here by Friday, 18:00 CEST."})
			}
			invited := false
			for !s.c.Due().IsZero() && s.c.Due().Before(tuesday.AddDate(0, 0, 20)) && !invited {
				s.elapse(s.c.Due())
				if d := liveDraft(s); d != nil && d.For == followup.Invite {
					invited = true
				} else if d != nil {
					s.do(s.c.At, "ana", event.Rejected{Draft: d.ID})
				}
			}
			assert.Equal(t, row.want, invited, "%s, and he answered %d", row.reason, score)
		}
	}
}

// An invitation that falls due while the case is held, or while he is owed an answer, is put off, not lost.
func TestAnInvitationWaitsForTheEndOfAHold(t *testing.T) {
	s, _ := fulfilled(t, func(s *respond.Specs) {
		attended(s)
		s.Hierarchy.Members[0].Calendar = "" // ana is there at all hours
		s.Duties = duty.Policy{}
	}, nil, "")
	s.do(tuesday.Add(2*time.Hour), "ana", event.Rejected{Draft: s.c.Draft.ID})
	due := s.c.Invite
	require.False(t, due.IsZero())
	s.do(tuesday.AddDate(0, 0, 1), event.Host, event.JoinedIncident{Incident: "i"})
	s.elapse(due.AddDate(0, 0, 1))
	require.True(t, s.c.Invite.After(due), "it is suspended")
	over := due.AddDate(0, 0, 1).Add(time.Hour)
	s.do(over, event.Host, event.IncidentOver{Incident: "i"})
	s.do(over, "ana", event.Taken{})
	if d := liveDraft(s); d != nil {
		s.do(over, "ana", event.Rejected{Draft: d.ID})
	}
	require.False(t, s.c.Owed.IsZero(), "each gets an answer of his own")
	s.elapse(s.c.Invite)
	require.False(t, s.c.Invite.IsZero(), "and is not invited before he has had it")
	s.do(s.c.At.Add(time.Minute), "ana", event.Meant{Said: event.Over})
	if d := liveDraft(s); d != nil {
		s.do(s.c.At, "ana", event.Rejected{Draft: d.ID})
	}
	s.elapse(s.c.Invite)
	require.NotNil(t, liveDraft(s))
	assert.Equal(t, followup.Invite, s.c.Draft.For)
	s.replay()
}

func TestNewsByATimer(t *testing.T) {
	s := openedInPrivate(t, attended)
	s.do(tuesday, "ana", event.Taken{})
	s.sent(tuesday, event.Drafted{Text: "We look into it and write here by Friday, 18:00 CEST."})
	s.elapse(s.c.Clocks[0].Due)
	require.NotNil(t, liveDraft(s), "nothing is new, and a word is owed all the same")
	assert.Equal(t, followup.NewsByTimer, s.c.Draft.For)
	assert.Equal(t, 1, s.c.Breaches)
	entry := s.do(s.c.At, "cleo", event.Approved{Draft: s.c.Draft.ID})
	s.do(s.c.At.Add(time.Minute), event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry)})
	assert.Equal(t, followup.Working, s.c.Stage)
	require.Len(t, s.c.Clocks, 1)
	assert.Equal(t, s.c.At, s.c.Clocks[0].Start, "the next are owed from here on")
	s.replay()
}
