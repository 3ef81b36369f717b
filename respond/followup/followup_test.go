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
		{"it is revisited at 30 days", followup.Plan{}, followup.Revisit, 0, days(30)},
		{"and lapses 60 days after that", followup.Plan{}, followup.Lapse, 1, days(60)},
		{"an answer rests 3 days", followup.Plan{}, followup.Rest, 0, days(3)},
		{"the plan's own span", followup.Plan{Rest: spec.Of(24 * time.Hour)}, followup.Rest, 0, days(1)},
		{"no kind is no wait", followup.Plan{}, "", 0, time.Time{}},
	} {
		assert.Equal(t, row.want, row.plan.Until(row.kind, row.n, start), row.reason)
	}
}

// A person asks for a detail, the customer falls silent, and a timer asks for a reminder. It is a draft: nothing goes out
// by itself. Silence never counts as resolved; only the customer's word does.
func Example() {
	var state followup.State
	willing := followup.Circumstances{
		AskedSomething: true, InPrivate: true, InWindow: true, Daytime: true, KnownChannel: true,
	}
	for _, sign := range []followup.Sign{
		followup.Triaged, followup.Asked, followup.RemindersOut, followup.GaveDetails, followup.SaidOver, followup.SurveyOut,
	} {
		given := followup.Given{Facts: followup.Private | followup.RemindersLeft | followup.Complete}
		given.Barred, _ = willing.Barred(state)
		var move followup.Move
		var err error
		if state, move, err = followup.Step(state, sign, given); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %s, wait %q, owed %v, asks %q, by itself %q\n",
			sign, state.Stage, move.Wait, move.Owed, move.Asks, move.ByItself)
	}
	fmt.Println(state.Outcome)
	_, _, err := followup.Step(state, followup.DrewLine, followup.Given{})
	fmt.Println(err)
	// Output:
	// triaged: fresh, wait "", owed true, asks "assign_owner", by itself ""
	// asked: asking, wait "remind", owed false, asks "discharge", by itself ""
	// reminders_out: asking, wait "remind", owed false, asks "send_reminder", by itself ""
	// gave_details: working, wait "", owed true, asks "thank", by itself ""
	// said_over: surveying, wait "survey", owed false, asks "discharge send_survey", by itself ""
	// survey_out: closed, wait "", owed false, asks "", by itself ""
	// resolved
	// drew_line while the conversation is closed: it is over: a word of the customer opens it again
}
