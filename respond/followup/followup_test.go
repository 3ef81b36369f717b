package followup_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/followup"
)

func TestNext(t *testing.T) {
	for _, row := range []struct {
		reason string
		from   followup.Stage
		on     followup.Sign
		to     followup.Stage
		wait   followup.WaitKind
		owed   bool
	}{
		{"a question of ours waits for the customer", followup.Fresh, followup.Asked, followup.Asking, followup.Remind, false},
		{"we are at it, and owe news", followup.Fresh, followup.AtIt, followup.Working, "", false},
		{"a proposal waits for the customer", followup.Working, followup.Offered, followup.Proposed, followup.Remind, false},
		{"accepting is not over: we owe the remedy", followup.Proposed, followup.Accepted, followup.Fulfilling, "", false},
		{"declined: we negotiate", followup.Proposed, followup.Declined, followup.Working, "", true},
		{"news do not undo an accepted remedy", followup.Fulfilling, followup.AtIt, followup.Fulfilling, "", false},
		{"fulfilled: we ask whether it is over", followup.Fulfilling, followup.Fulfilled, followup.Confirming, followup.Remind, false},
		{"nothing expected back", followup.Fresh, followup.Settled, followup.Answered, followup.Rest, false},
		{"another question after an answer", followup.Answered, followup.Wrote, followup.Fresh, "", true},
		{"silence ends in dormant, not in closed", followup.Asking, followup.RemindersOut, followup.Dormant, followup.Lapse, false},
		{"a word wakes the dormant", followup.Dormant, followup.Wrote, followup.Fresh, "", true},
		{"a word reopens the closed", followup.Closed, followup.Wrote, followup.Working, "", true},
		{"the customer says it is over", followup.Working, followup.SaidOver, followup.Surveying, followup.Survey, false},
		{"thanks owes no answer", followup.Fresh, followup.Thanked, followup.Answered, followup.Rest, false},
		{"thanks while we are at it: the news stay owed", followup.Working, followup.Thanked, followup.Working, "", false},
		{"thanks is not the answer we wait for", followup.Asking, followup.Thanked, followup.Asking, followup.Remind, false},
		{"thanks does not end the survey", followup.Surveying, followup.Thanked, followup.Surveying, followup.Survey, false},
		{"a closing word does not forget an accepted remedy", followup.Fulfilling, followup.Settled, followup.Fulfilling, "", false},
		{"we ask whether it is over, and wait for the answer", followup.Confirming, followup.AtIt, followup.Confirming,
			followup.Remind, false},
	} {
		m, ok := followup.Next(row.from, row.on)
		require.True(t, ok, row.reason)
		assert.Equal(t, row.to, m.To, row.reason)
		assert.Equal(t, row.wait, m.Wait, row.reason)
		assert.Equal(t, row.owed, m.Owed, row.reason)
	}
	_, ok := followup.Next(followup.Closed, followup.Thanked)
	assert.False(t, ok, "thanks never reopens")
	_, ok = followup.Next(followup.Asking, followup.Accepted)
	assert.False(t, ok, "nothing was offered")
}

// The machine is a table, so its laws can be read off it.
func TestMachineLaws(t *testing.T) {
	type pair struct {
		from followup.Stage
		on   followup.Sign
	}
	seen, from, to := map[pair]bool{}, map[followup.Stage]bool{}, map[followup.Stage]bool{}
	for _, m := range followup.Moves() {
		p := pair{m.From, m.On}
		assert.False(t, seen[p], "%s on %s stands twice", m.From, m.On)
		seen[p] = true
		from[m.From], to[m.To] = true, true
		if m.Outcome == followup.Resolved {
			assert.True(t, m.On == followup.SaidOver || m.On == followup.SurveyOut,
				"%s on %s resolves without the customer's word", m.From, m.On)
		}
		assert.Equal(t, m.To == followup.Closed, m.Outcome != "", "%s on %s: closed has an outcome, and only closed", m.From, m.On)
		assert.False(t, m.Owed && !m.To.Live(), "%s on %s owes an answer in a closed case", m.From, m.On)
		assert.False(t, m.Owed && m.Wait != "", "%s on %s waits for the customer, who waits for us", m.From, m.On)
	}
	for p := range seen {
		m, _ := followup.Next(p.from, p.on)
		assert.False(t, p.on == followup.Thanked && (m.Owed || m.Reopens || !m.To.Live()),
			"thanks in %s owe an answer, reopen or end it", p.from)
	}
	for stage := range to {
		assert.True(t, from[stage], "nothing leads out of %s", stage)
	}
	for stage := range from {
		if stage != followup.Fresh {
			assert.True(t, to[stage], "nothing leads to %s", stage)
		}
		if stage.Live() {
			if stage != followup.Surveying {
				assert.True(t, seen[pair{stage, followup.SaidOver}], "over is obeyed in %s", stage)
			}
			assert.True(t, seen[pair{stage, followup.Ended}], "he may end it in %s", stage)
			assert.True(t, seen[pair{stage, followup.Wrote}], "a message is heard in %s", stage)
			assert.True(t, seen[pair{stage, followup.Thanked}], "thanks are taken in %s", stage)
		}
	}
	for _, m := range followup.Moves() {
		if m.On == followup.SurveyOut {
			assert.Equal(t, followup.Surveying, m.From, "a survey begins with the customer's word")
		}
	}
}

func TestUntil(t *testing.T) {
	start := time.Date(2026, 6, 16, 10, 0, 0, 0, time.UTC)
	days := func(n int) time.Time { return start.Add(time.Duration(n) * 24 * time.Hour) }
	for _, row := range []struct {
		reason string
		plan   followup.Plan
		kind   followup.WaitKind
		n      int
		want   time.Time
	}{
		{"the first reminder on day 3", followup.Plan{}, followup.Remind, 0, days(3)},
		{"the second on day 10, seven after the first", followup.Plan{}, followup.Remind, 1, days(7)},
		{"then one span more, and it is dormant", followup.Plan{}, followup.Remind, 2, days(3)},
		{"dormant lapses at 90 days", followup.Plan{}, followup.Lapse, 0, days(90)},
		{"an answer rests 3 days", followup.Plan{}, followup.Rest, 0, days(3)},
		{"the plan's own span", followup.Plan{Rest: spec.Of(24 * time.Hour)}, followup.Rest, 0, days(1)},
		{"no kind is no wait", followup.Plan{}, "", 0, time.Time{}},
	} {
		assert.Equal(t, row.want, row.plan.Until(row.kind, row.n, start), row.reason)
	}
}

// An answer that asks for something waits for the customer, and silence never counts as resolved.
func Example() {
	stage := followup.Fresh
	for _, sign := range []followup.Sign{followup.Asked, followup.RemindersOut, followup.LapsedOut} {
		m, _ := followup.Next(stage, sign)
		fmt.Println(m.From, "on", sign, "to", m.To, "-", m.Wait+followup.WaitKind(m.Outcome))
		stage = m.To
	}
	// Output:
	// fresh on asked to asking - remind
	// asking on reminders_out to dormant - lapse
	// dormant on lapsed_out to closed - lapsed
}
