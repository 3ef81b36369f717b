package policies_test

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/rows"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/policies"
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

// What the general policy makes of posts to airlines, beside what people said of them: a measure, not a promise.
func TestMeasureCareOnAirlinePosts(t *testing.T) {
	dir := cmp.Or(os.Getenv("REPUTATION_DATA"), "../../../shared/data")
	file, err := os.Open(filepath.Join(dir, "airline-tweets.jsonl"))
	if err != nil {
		t.Skipf("the posts to airlines are not there (%v): set REPUTATION_DATA", err)
	}
	defer file.Close()
	s, err := policies.Care()
	require.NoError(t, err)
	judge, err := s.Policy.Compile(nil)
	require.NoError(t, err)
	labels, posts := map[string]map[string]int{}, 0
	fields := rows.Fields{Text: "text", ID: "id", Author: "user", At: "created", Lang: "label"}
	for row, err := range rows.Read(file, fields) {
		require.NoError(t, err)
		label := row.Mention.Lang // the column of the label, borrowed
		row.Mention.Lang = "en"
		posts++
		v := judge.Judge(triage.Input{Mention: &row.Mention, At: row.Mention.PostedAt})
		category := cmp.Or(v.Category, policytest.None)
		if labels[category] == nil {
			labels[category] = map[string]int{}
		}
		labels[category][label]++
	}
	t.Logf("%-10s %8s %9s %9s %9s", "category", "posts", "negative", "neutral", "positive")
	bad, seen := 0, 0
	for _, c := range append([]triage.Category{{Name: triage.Life}, {Name: policytest.None}}, s.Policy.Categories...) {
		n := labels[c.Name]
		all := n["negative"] + n["neutral"] + n["positive"]
		t.Logf("%-10s %8d %9d %9d %9d", c.Name, all, n["negative"], n["neutral"], n["positive"])
		if c.Name != policytest.None && c.Name != "praise" && c.Name != "question" && c.Name != "lead" {
			bad, seen = bad+n["negative"], seen+all
		}
	}
	t.Logf("of %d posts %d are in a category of complaint, %d per mille of them labelled negative", posts, seen, bad*1000/max(1, seen))
	praise := labels["praise"]
	assert.Less(t, praise["negative"]*1000, 50*(praise["negative"]+praise["neutral"]+praise["positive"]), "praise that is a complaint")
}
