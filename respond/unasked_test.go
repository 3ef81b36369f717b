package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation/duty"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/playbook"
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
