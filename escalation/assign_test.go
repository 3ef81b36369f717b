package escalation_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

// planned is the house with a plan of each kind.
func planned() escalation.Hierarchy {
	h := house()
	add := func(p escalation.Plan) {
		p.Owner, p.Ladder = "bob", "main"
		h.Plans = append(h.Plans, p)
	}
	add(escalation.Plan{ID: "german", Langs: []string{"de"}})
	add(escalation.Plan{ID: "spain", Countries: []string{"ES"}})
	add(escalation.Plan{ID: "acme", Brands: []string{"acme"}})
	add(escalation.Plan{ID: "acme-german", Brands: []string{"acme"}, Langs: []string{"de"}})
	add(escalation.Plan{ID: "bad", Severities: []triage.Severity{triage.Serious, triage.Crisis}})
	add(escalation.Plan{ID: "outage", Categories: []string{"outage"}})
	add(escalation.Plan{ID: "outage-too", Categories: []string{"outage"}})
	add(escalation.Plan{ID: "outage-german", Categories: []string{"outage"}, Langs: []string{"de"}})
	return h
}

func TestAssignPlan(t *testing.T) {
	d := compile(t, planned())
	for _, row := range []struct {
		reason  string
		matter  escalation.Matter
		want    string
		because string
	}{
		{"nothing more specific fits", escalation.Matter{Category: "praise", Lang: "en"}, "rest",
			"plan rest: it is for everything that has no plan of its own"},
		{"languages are compared by their base", escalation.Matter{Lang: "de-AT"}, "german", "plan german: language de-AT"},
		{"a country before a language", escalation.Matter{Lang: "de", Country: "es"}, "spain", "plan spain: country ES"},
		{"a brand before a country", escalation.Matter{Brand: "acme", Country: "ES"}, "acme", "plan acme: brand acme"},
		{"a brand and a language before a brand", escalation.Matter{Brand: "acme", Country: "ES", Lang: "de"}, "acme-german",
			"plan acme-german: brand acme, language de"},
		{"a severity before all of these", escalation.Matter{Brand: "acme", Lang: "de", Severity: triage.Serious}, "bad",
			"plan bad: severity serious"},
		{"a category before all, the first written of two",
			escalation.Matter{Category: "outage", Brand: "acme", Severity: triage.Crisis}, "outage",
			"plan outage: category outage"},
		{"a category and a language before a category",
			escalation.Matter{Category: "outage", Brand: "acme", Lang: "de"}, "outage-german",
			"plan outage-german: category outage, language de"},
		{"life is a category whatever else it is", escalation.Matter{Category: "outage", Life: true, Lang: "de"}, "life",
			"plan life: category life"},
	} {
		a := d.Assign(row.matter, at(t, "10:00"))
		assert.Equal(t, row.want, a.Plan, row.reason)
		assert.Equal(t, row.because, a.Because[0], row.reason)
		assert.Equal(t, "main", a.Ladder, row.reason)
	}
}

func TestAssignActing(t *testing.T) {
	left := duty(house(), "ann", "bob")
	left.Members[0].Left, left.Members[0].Deputies = true, []string{"cy"}
	for _, row := range []struct {
		reason, when string
		house        escalation.Hierarchy
		acting       string
		because      []string
	}{
		{"the owner is on duty", "10:00", duty(house(), "ann"), "ann", []string{"ann is on duty"}},
		{"the owner is asleep", "02:14", duty(house(), "ann"), "bob",
			[]string{"ann is off duty until 09:00 Europe/London", "bob is on duty"}},
		{"nobody is there until tomorrow", "20:00", duty(house(), "ann", "bob"), "", []string{
			"ann is off duty until Wed 09:00 Europe/London", "bob is off duty until Wed 09:00 Europe/London",
			"neither the owner nor a back-up is on duty"}},
		{"the owner has left: his deputy", "02:14", left, "cy", []string{"ann has left, cy stands in and is on duty"}},
	} {
		a := compile(t, row.house).Assign(escalation.Matter{}, at(t, row.when))
		assert.Equal(t, row.acting, a.Acting, row.reason)
		assert.Equal(t, "ann", a.Owner, row.reason)
		assert.Equal(t, row.because, a.Because[1:], row.reason)
	}
}

func TestOnDuty(t *testing.T) {
	h := duty(house(), "ann")
	h.Members[1].Left, h.Members[1].Boss = true, "fb"
	d := compile(t, h)
	assert.True(t, d.OnDuty("ann", at(t, "08:00")), "her first instant")
	assert.False(t, d.OnDuty("ann", at(t, "16:00")), "her last")
	assert.False(t, d.OnDuty("bob", at(t, "10:00")), "he has left")
	assert.True(t, d.OnDuty("cy", time.Time{}), "without a calendar always")
	assert.False(t, d.OnDuty("nobody", at(t, "10:00")))
}

func TestStart(t *testing.T) {
	d := compile(t, house())
	c, ok := d.Start("rest", escalation.FirstReply, at(t, "2026-06-16 09:00").Add(time.Microsecond))
	require.True(t, ok)
	assert.Equal(t, escalation.Clock{Objective: escalation.FirstReply,
		Start: at(t, "2026-06-16 09:00"), Due: at(t, "2026-06-17 09:00"),
		Because: "first_reply within 8h of open hours (days, Europe/London)",
	}, c, "8 h from Tuesday 10:00 in London are over on Wednesday 10:00")
	c, ok = d.Start("rest", escalation.Update, at(t, "2026-06-20 23:30"))
	require.True(t, ok)
	assert.Equal(t, at(t, "2026-06-21 00:30"), c.Due, "day and night")
	assert.Equal(t, "update within 1h, day and night", c.Because)
	assert.True(t, c.Elapsed)
	_, ok = d.Start("rest", escalation.NextReply, at(t, "10:00"))
	assert.False(t, ok, "the plan does not have it")
	_, ok = d.Start("life", escalation.FirstReply, at(t, "10:00"))
	assert.False(t, ok, "nor does this one")
	c, ok = d.Start("gone", escalation.Update, at(t, "10:00"))
	require.True(t, ok)
	assert.Equal(t, "update within 1h, day and night; plan gone is no longer there, plan rest holds", c.Because)
}

func TestFresh(t *testing.T) {
	h := house()
	h.Plans[1].Fresh = spec.Of(72 * time.Hour)
	d := compile(t, h)
	assert.Equal(t, 48*time.Hour, d.Fresh("rest"), "when the plan does not say")
	assert.Equal(t, 72*time.Hour, d.Fresh("life"))
	assert.Equal(t, 48*time.Hour, d.Fresh("gone"))
}
