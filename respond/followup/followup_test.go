package followup_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/followup"
)

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

func TestSampleIsDrawnByID(t *testing.T) {
	drawn := 0
	for i := range 10_000 {
		id := fmt.Sprint("case ", i)
		is := followup.Plan{}.Drawn(id)
		assert.Equal(t, is, followup.Plan{}.Drawn(id), "always, or never")
		if is {
			drawn++
		}
	}
	assert.InDelta(t, 1000, drawn, 150, "a tenth, where the plan says nothing")
	assert.True(t, followup.Plan{Sample: 1000}.Drawn("any"), "every case, where the plan says so")
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
