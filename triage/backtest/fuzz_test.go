package backtest_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/rows"
	"github.com/reputekit/reputation/triage/backtest"
)

// Whatever a file holds: the same report twice, in which the numbers add up.
func FuzzRun(f *testing.F) {
	for _, seed := range []string{past, "", "text\nNimbus is down\n", "text,at\nNimbus weather,0001-01-01\nweather,9999-12-31 23:59\n",
		"text,at,parent\nweather refund,2026-03-02,\xff\n\"", `{"text":"Nimbus\u0000 down","author":{"followers":-1},"posted_at":"2026-03-02T09:00:00Z"}`,
	} {
		f.Add(seed, 1)
	}
	m := watchlist(f, subject("Nimbus", mention.Core), subject("weather", mention.Wide))
	one, two := side(f, policyOf(outage), m), side(f, policyOf(shouts, billing), m)
	f.Fuzz(func(t *testing.T, file string, limit int) {
		o := backtest.Options{Owner: team, Budget: backtest.Budget{MentionsADay: limit, CasesADay: limit / 2}}
		r, err := backtest.Run(one, two, rows.Read(strings.NewReader(file), rows.Fields{}), o)
		again, second := backtest.Run(one, two, rows.Read(strings.NewReader(file), rows.Fields{}), o)
		assert.Equal(t, r, again)
		assert.Equal(t, err == nil, second == nil)
		for _, v := range []backtest.Volume{r.Old, r.New} {
			assert.Equal(t, r.Mentions, v.Ignored+v.Recorded+v.Opened)
			assert.LessOrEqual(t, v.Cases, v.Opened)
		}
		assert.LessOrEqual(t, r.Changed, r.Mentions)
		data, err := json.Marshal(r)
		require.NoError(t, err)
		assert.True(t, json.Valid(data))
		assert.NotEmpty(t, r.String())
	})
}
