package backtest_test

import (
	"cmp"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/rows"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/backtest"
	"github.com/reputekit/reputation/triage/policies"
	"github.com/reputekit/reputation/triage/when"
)

// posts to six airlines, or a skip.
func airlinePosts(t *testing.T) *os.File {
	t.Helper()
	dir := cmp.Or(os.Getenv("REPUTATION_DATA"), "../../../shared/data")
	file, err := os.Open(filepath.Join(dir, "airline-tweets.jsonl"))
	if err != nil {
		t.Skipf("the posts to airlines are not there (%v): set REPUTATION_DATA", err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

// A house of nine words changes to the shipped policy: what changes, whom it loads, and how long the test takes.
// Its second watchlist listens for two wide words as well, and the budget asks which of them to give up.
func TestMeasureAirlinePosts(t *testing.T) {
	file := airlinePosts(t)
	core := []mention.Subject{
		{Name: "Virgin America", Kind: mention.Brand, Aliases: []string{"@VirginAmerica"}},
		{Name: "United", Kind: mention.Brand, Aliases: []string{"@united"}},
		{Name: "Southwest", Kind: mention.Brand, Aliases: []string{"@SouthwestAir"}},
		{Name: "JetBlue", Kind: mention.Brand, Aliases: []string{"@JetBlue"}},
		{Name: "US Airways", Kind: mention.Brand, Aliases: []string{"@USAirways"}},
		{Name: "American", Kind: mention.Brand, Aliases: []string{"@AmericanAir"}, Focus: mention.Wide},
	}
	matcher := watchlist(t, append(core, subject("flight", mention.Wide), subject("airport", mention.Wide))...)
	old := side(t, triage.Policy{
		Categories: []triage.Category{{Name: "delivery"}, {Name: "billing"}, {Name: "praise"}},
		Rules: []triage.Rule{
			{Name: "late", When: when.Words("cancelled", "delayed", "late", "lost"), Then: triage.Then{Category: "delivery"}},
			{Name: "money", When: when.Words("refund", "charged", "voucher"), Then: triage.Then{Category: "billing"}},
			{Name: "thanks", When: when.Words("thanks", "thank you"), Then: triage.Then{Category: "praise"}},
		},
	}, matcher)
	care, err := policies.Care()
	require.NoError(t, err)
	begin := time.Now()
	report, err := backtest.Run(old, side(t, care.Policy, matcher),
		rows.Read(file, rows.Fields{Text: "text", ID: "id", Author: "user", At: "created"}),
		backtest.Options{Examples: -1, Budget: backtest.Budget{MentionsADay: 1300}, Owner: owner})
	require.NoError(t, err)
	t.Logf("%d posts in %v\n%s", report.Mentions, time.Since(begin).Round(time.Millisecond), report)

	assert.Zero(t, report.Bad.Rows)
	assert.Greater(t, report.Mentions, 10_000)
	assert.Positive(t, report.Changed)
	assert.Equal(t, report.Mentions, report.New.Ignored+report.New.Recorded+report.New.Opened)
	sum := 0
	for _, l := range report.Owners {
		sum += l.New
	}
	assert.Equal(t, report.New.Opened, sum, "every case has an owner")
	require.NotNil(t, report.Fit)
	assert.NotEmpty(t, report.Fit.Wide)
}

func owner(_ *mention.Mention, v triage.Verdict) string {
	switch v.Category {
	case "life", "safety":
		return "safety"
	case "billing", "legal":
		return "accounts"
	case "delivery", "outage", "product":
		return "operations"
	}
	return "care"
}
