package followup_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
)

// willing is a customer to whom everything may go.
var willing = followup.Circumstances{
	AskedSomething: true, InPrivate: true, InWindow: true, Daytime: true, KnownChannel: true, MayInvite: true,
}

func TestBarred(t *testing.T) {
	none, why := willing.Barred(followup.State{Stage: followup.Asking})
	assert.Zero(t, none, why)
	all, why := followup.Circumstances{}.Barred(followup.State{})
	assert.NotZero(t, why)
	assert.True(t, all.Has(followup.SendReminder|followup.SendSurvey|followup.Invite), "who says nothing writes to nobody")

	for _, name := range []string{
		"Life", "Harm", "Bereaved", "Safety", "Abusive", "IncidentOpen", "PostGone", "AccountGone", "UnderAge",
		"DoNotContact", "Press", "Employee",
	} {
		c := willing
		reflect.ValueOf(&c).Elem().FieldByName(name).SetBool(true)
		barred, why := c.Barred(followup.State{})
		assert.Equal(t, followup.Unasked, barred, name)
		assert.NotEmpty(t, why, name)
	}
	for _, s := range []followup.State{
		{Hold: followup.HoldIncident}, {Hold: followup.HoldCounsel}, {Legitimacy: triage.Doubtful}, {Legitimacy: triage.Fake},
	} {
		barred, why := willing.Barred(s)
		assert.Equal(t, followup.Unasked, barred, "%+v", s)
		assert.NotEmpty(t, why)
	}
	for name, want := range map[string]followup.Requests{
		"AskedSomething": followup.SendReminder, "InWindow": followup.SendReminder, "Daytime": followup.SendReminder,
		"KnownChannel": followup.SendReminder, "InPrivate": followup.SendReminder | followup.SendSurvey,
		"MayInvite": followup.Invite,
	} {
		c := willing
		reflect.ValueOf(&c).Elem().FieldByName(name).SetBool(false)
		barred, why := c.Barred(followup.State{})
		assert.Equal(t, want, barred, name)
		assert.NotEmpty(t, why, name)
	}
	lately := willing
	lately.SurveyedLately = true
	barred, _ := lately.Barred(followup.State{})
	assert.Equal(t, followup.SendSurvey, barred, "one survey per customer per 90 days")
}

// What is barred is not asked for, though the machine would.
func TestBarredIsNotAskedFor(t *testing.T) {
	s := followup.State{Stage: followup.Asking}
	g := followup.Given{Facts: followup.RemindersLeft, ByItself: followup.SendReminder}
	_, m, err := followup.Step(s, followup.RemindersOut, g)
	assert.NoError(t, err)
	assert.True(t, m.Asks.Has(followup.SendReminder) && m.ByItself == followup.SendReminder, "the play lets it out by itself")
	g.Barred, _ = followup.Circumstances{Press: true}.Barred(s)
	_, m, err = followup.Step(s, followup.RemindersOut, g)
	assert.NoError(t, err)
	assert.Zero(t, m.Asks|m.ByItself, "press is never reminded")
	assert.Equal(t, followup.Remind, m.Wait)
}
