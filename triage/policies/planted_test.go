package policies_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/policytest"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/when"
)

// The shipped cases notice when any one rule or piece of evidence is taken out, and when it holds always: by what is
// decided, without asking what fired.
func TestCasesNoticeAPlantedMistake(t *testing.T) {
	if raceOn {
		t.Skip("compiles some two hundred policies")
	}
	never := when.Given("nobody gives this")
	always := when.Kind("post", "comment", "review", "message")
	lists, err := signal.New()
	require.NoError(t, err)
	options := triage.Options{Lists: lists}
	for _, x := range shipped {
		s, err := x.load()
		require.NoError(t, err)
		cases, err := policytest.Read(bytes.NewReader(s.Cases))
		require.NoError(t, err)
		outcomes := slices.DeleteFunc(cases, func(c policytest.Case) bool {
			return c.Want.Category == "" && c.Want.Tags == nil && c.Want.Legitimacy == "" && c.Want.Severity == nil
		})
		for i := range outcomes {
			outcomes[i].Want.Fired, outcomes[i].Want.Silent = nil, nil
		}
		notice := func(p triage.Policy, what string) {
			t.Helper()
			if _, err := p.Compile(nil, options); err != nil {
				return // what does not compile is noticed
			}
			report, err := policytest.Suite{Policy: p, Options: options, Cases: outcomes}.Check()
			require.NoError(t, err, what)
			assert.NotEmpty(t, report.Failures, "%s: nobody notices %s", x.name, what)
		}
		for i := range s.Policy.Rules {
			p := s.With(triage.Policy{})
			p.Rules[i].When = never
			notice(p, p.Rules[i].Name+" never holding")
			p.Rules[i].When = always
			if i < len(p.Rules)-1 || x.name != "webposts" { // there the last rule is for all that is left
				notice(p, p.Rules[i].Name+" always holding")
			}
		}
		for i := range s.Policy.Legitimacy.Items {
			p := s.With(triage.Policy{})
			p.Legitimacy.Items[i].When = never
			notice(p, p.Legitimacy.Items[i].Name+" never holding")
		}
	}
}
