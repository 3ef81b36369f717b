package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/when"
)

// guarded is the house with a team for its security, and a rule that knows danger by signals.
func guarded(t *testing.T) *respond.Rules {
	sp := specs(t)
	sp.Hierarchy.Teams = append(sp.Hierarchy.Teams, escalation.Team{ID: "security", Members: []string{"ben"}})
	for _, name := range []string{"life_threat", "life_injury", "life_danger"} {
		rule := triage.Rule{Name: name, When: when.Signal(name, when.Min(400)), Then: triage.Then{Category: triage.Life}}
		sp.Policy.Rules = append([]triage.Rule{rule}, sp.Policy.Rules...)
	}
	rules, err := respond.NewRules(sp, respond.Options{})
	require.NoError(t, err)
	return rules
}

// Who threatens people deletes it when he is afraid: what is needed then is kept whole, in public and in private, and who
// looks after it is told.
func TestThreatsAndInjuriesAreKeptWhole(t *testing.T) {
	const threat = "Fjordwing, I will come to your office with a gun and shoot everybody"
	for _, row := range []struct {
		reason, text string
		private      bool
		kept, told   bool
	}{
		{"a threat", threat, false, true, true},
		{"a threat in private", threat, true, true, true},
		{"an injury by a product", "Fjordwing, the kettle you sell exploded and burned my son, he is in hospital", false, true, false},
		{"a complaint", "@Fjordwing you cancelled my flight to Bodø", false, false, false},
	} {
		t.Run(row.reason, func(t *testing.T) {
			m := post("1", row.text, tuesday)
			if row.private {
				m.Visibility, m.Kind = mention.Private, mention.Message
			}
			s := newStory(t, guarded(t), m)
			entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
			told := false
			for _, x := range asked[effect.Tell](entry) {
				told = told || x.Member == "ben"
			}
			assert.Equal(t, row.told, told, "security is told")
			require.Equal(t, row.kept, s.c.Preserve != nil)
			entry = s.do(tuesday.Add(time.Hour), event.Customer, event.Removed{Ref: m.Ref})
			assert.Equal(t, !row.kept, len(asked[effect.Redact](entry)) > 0, "our copy goes only where nothing needs it")
			s.replay()
			if !row.kept {
				return
			}
			assert.Contains(t, s.c.Preserve.Matter, "clause life-")
			due, _ := s.rules.Forget(s.c, tuesday.AddDate(20, 0, 0))
			assert.Empty(t, due)
			entry = s.do(tuesday.Add(2*time.Hour), s.c.Preserve.Who, event.Released{Note: "handed to the police"})
			assert.NotEmpty(t, asked[effect.Redact](entry), "what waited for the release happens then")
			s.replay()
		})
	}
}
