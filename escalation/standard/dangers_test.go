package standard_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/duty"
	"github.com/reputekit/reputation/escalation/foresee"
	"github.com/reputekit/reputation/escalation/standard"
	"github.com/reputekit/reputation/triage"
)

// rescue is the house with people for every danger, all of them in quiet hours at night.
func rescue() escalation.Hierarchy {
	h := house()
	for _, id := range []string{"trained", "guard", "counsel", "safety"} {
		h.Members = append(h.Members, escalation.Member{ID: id, Name: id,
			Contacts: []escalation.Contact{{Kind: "phone", Address: "+00 " + id}}})
	}
	for i := range h.Members {
		h.Members[i].Quiet = "nights"
	}
	h.Calendars = append(h.Calendars, h.Calendars[0])
	h.Calendars[1].ID, h.Calendars[1].Week.Open = "nights", nil // day and night
	plans, ladders := standard.Dangers(standard.Rescue{Owner: "lead", Trained: "trained", Security: "guard", Legal: "counsel",
		Lead: "lead", Safety: "safety", Fallback: "head"})
	h.Plans, h.Ladders = append(plans, h.Plans[1:]...), append(h.Ladders[:1], ladders...)
	return h
}

// TestDangers is every row of the table of Dangers, on a Sunday at three in the morning.
func TestDangers(t *testing.T) {
	d, err := rescue().Compile(escalation.Options{})
	require.NoError(t, err)
	night := time.Date(2026, 6, 21, 3, 0, 0, 0, time.UTC)
	for _, row := range []struct {
		reason string
		tags   []string
		want   string
		take   time.Duration
	}{
		{"self-harm, suicide: a trained member, 5 min, then 5, then 5", []string{standard.SelfHarm}, "03:00 trained, " +
			"03:05 trained, 03:05 lead, 03:10 trained, 03:10 lead, 03:10 guard, 03:15 head, 03:20 head", 5 * time.Minute},
		{"threat to people or a place: security and legal, 5 min", []string{"other", standard.Threat},
			"03:00 guard, 03:00 counsel, 03:05 guard, 03:05 counsel, 03:05 lead, 03:10 head, 03:15 head, 03:20 head", 5 * time.Minute},
		{"danger now: the duty lead, 5 min", nil, "03:00 lead, 03:05 lead, 03:05 guard, 03:10 head, 03:15 head, 03:20 head",
			5 * time.Minute},
		{"injury or hazard by a product: safety and legal, 15 min", []string{standard.Injury},
			"03:00 safety, 03:00 counsel, 03:15 safety, 03:15 counsel, 03:15 lead", 15 * time.Minute},
	} {
		m := escalation.Matter{Category: triage.Life, Tags: row.tags}
		var told []string
		for _, s := range foresee.Simulate(d, foresee.Case{Matter: m, Clocks: []escalation.Clock{}}, night, night.Add(20*time.Minute)) {
			told = append(told, s.At.Format("15:04 ")+s.Member)
		}
		assert.Equal(t, row.want, strings.Join(told, ", "), row.reason)
		c, ok := d.Start(d.Assign(m, night).Plan, escalation.Take, night)
		require.True(t, ok, row.reason)
		assert.Equal(t, row.take, c.Due.Sub(night), row.reason)
	}
}

// TestInjuryStartsTheDuty: a product injury starts the regulator's clock, when the first of us saw it.
func TestInjuryStartsTheDuty(t *testing.T) {
	d, err := rescue().Compile(escalation.Options{})
	require.NoError(t, err)
	book, err := duty.Policy{Duties: []duty.Duty{{Name: "product hazard", Trigger: duty.Trigger{Tags: []string{standard.Injury}},
		Days: 1, Owner: "safety", Evidence: []string{"the post"}}}}.Compile(d)
	require.NoError(t, err)
	seen := time.Date(2026, 6, 21, 3, 0, 0, 0, time.UTC)
	owed := book.Start(duty.Facts{Category: triage.Life, Tags: []string{standard.Injury}}, seen, "guard")
	require.Len(t, owed, 1)
	assert.Equal(t, "safety", owed[0].Owner)
}

func ExampleDangers() {
	plans, ladders := standard.Dangers(standard.Rescue{Owner: "ana", Trained: "listeners", Security: "guard", Legal: "counsel",
		Lead: "duty", Safety: "safety", Fallback: "head"})
	for i, p := range plans {
		for _, l := range ladders[i].Levels {
			fmt.Println(p.ID, l.To, l.Wait)
		}
	}
	// Output:
	// life [duty] 5m
	// life [duty guard] 5m
	// life-self-harm [listeners] 5m
	// life-self-harm [listeners duty] 5m
	// life-self-harm [listeners duty guard] 5m
	// life-threat [guard counsel] 5m
	// life-threat [guard counsel duty] 5m
	// life-injury [safety counsel] 15m
	// life-injury [safety counsel duty] 15m
}
