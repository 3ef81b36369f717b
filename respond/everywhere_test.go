package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// Every live stage takes an escalation, a note, an update, a proposal, a waiver of what is owed, a person's word on who the
// author is, and both holds.
func TestEveryLiveStageTakes(t *testing.T) {
	rules := changed(t, generous)
	for stage, c := range inEveryStage(t) {
		if !stage.Live() {
			continue
		}
		step := func(from respond.Case, by string, b event.Body) (respond.Case, respond.Entry) {
			from.At = from.At.Add(time.Minute)
			next, entry, err := respond.Step(rules, from, event.Event{ID: event.RequestID(from.At.String()), By: by, Body: b}, from.At)
			require.NoError(t, err, "%s on %s", event.Event{Body: b}.Kind(), stage)
			require.Positive(t, entry.Seq, "%s on %s says nothing", event.Event{Body: b}.Kind(), stage)
			return next, entry
		}
		for _, b := range []event.Body{
			event.Escalated{Why: "beyond me"}, event.Noted{Text: "the crew knows"}, event.Judged{Legitimacy: "genuine"},
			event.Judged{Legitimacy: "fake"}, event.HeldByCounsel{Matter: "m"}, event.JoinedIncident{Incident: "i"},
		} {
			step(c, "ana", b)
		}
		wrote, _ := step(c, event.Customer, event.Received{Mention: private(post("more", "and now?", c.At.Add(time.Minute)))})
		require.False(t, wrote.Owed.IsZero(), stage)
		waived, _ := step(wrote, "ana", event.Waived{Code: "chatter"})
		assert.True(t, waived.Owed.IsZero(), stage)
		assert.Equal(t, c.Waived+1, waived.Waived, stage)
		for _, d := range []event.Drafted{
			{Text: "We look into it again by Friday, 18:00 CEST.", Visibility: mention.Private},
			{Text: "We will seat you on Friday. Would that work for you?", Proposes: true, Visibility: mention.Private},
		} {
			drafted, _ := step(c, "ana", d)
			approved, entry := step(drafted, "ana", event.Approved{Draft: drafted.Draft.ID})
			out, _ := step(approved, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry)})
			if d.Proposes && stage != followup.Surveying { // his word that it is over stands
				assert.Equal(t, followup.Proposed, out.Stage, stage)
			}
		}
	}
}
