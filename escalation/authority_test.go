package escalation_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/triage"
)

func TestAuthorize(t *testing.T) {
	eur := func(n int64) escalation.Money { return escalation.Money{Minor: n, Currency: "EUR"} }
	h := house()
	h.Members[0].Boss, h.Members[0].Deputies, h.Members[1].Boss = "bob", []string{"cy"}, "fb"
	h.Members[0].Authority = []escalation.Authority{
		{Act: "grant", Limit: eur(100), Scope: "case"},
		{Act: "approve", Categories: []string{"praise", "question"}, Severity: triage.Elevated}}
	h.Members[1].Authority = []escalation.Authority{
		{Act: "grant", Severity: triage.Serious, Limit: eur(1000), Scope: "day"}}
	h.Members[2].Authority = []escalation.Authority{
		{Act: "grant", Limit: eur(150), Scope: "case"}, {Act: "approve", Severity: triage.Crisis}}
	h.Members[3].Authority = []escalation.Authority{
		{Act: "grant", Severity: triage.Crisis, Limit: eur(9000), Scope: "month"}}
	d := compile(t, h)

	spent, err := eur(60).Add(eur(50))
	require.NoError(t, err)
	for _, row := range []struct {
		reason, act, category string
		severity              triage.Severity
		sum                   escalation.Money
		by, why               string
		may                   []string
	}{
		{reason: "within the limit", act: "grant", sum: eur(60), by: "ann"},
		{reason: "just the limit", act: "grant", sum: eur(100), by: "ann"},
		{reason: "60 then 50", act: "grant", sum: spent, by: "ann",
			why: "the limit is 1.00 EUR a case, this is 1.10 EUR", may: []string{"cy", "bob", "fb"}},
		{reason: "150 goes to the nearest who may", act: "grant", sum: eur(151), by: "ann",
			why: "the limit is 1.00 EUR a case, this is 1.51 EUR", may: []string{"bob", "fb"}},
		{reason: "another currency", act: "grant", sum: escalation.Money{Minor: 1, Currency: "USD"}, by: "ann",
			why: "the limit is in EUR, the sum in USD"},
		{reason: "no money is asked for", act: "grant", by: "ann"},
		{reason: "too serious", act: "grant", severity: triage.Serious, sum: eur(10), by: "ann",
			why: "the authority is up to routine, this is serious", may: []string{"bob", "fb"}},
		{reason: "of the category", act: "approve", category: "praise", severity: triage.Elevated, by: "ann"},
		{reason: "of another category", act: "approve", category: "outage", by: "ann",
			why: `the authority is for praise, question, not for "outage"`, may: []string{"cy"}},
		{reason: "money under an authority for none", act: "approve", category: "praise", sum: eur(1), by: "ann",
			why: "the authority is for no money"},
		{reason: "nobody may", act: "declare", by: "ann", why: "there is no authority for it"},
		{reason: "a negative sum", act: "grant", sum: eur(-1), by: "ann", why: "the sum is negative"},
		{reason: "not a member", act: "approve", category: "praise", by: "eve",
			why: "eve is not a member", may: []string{"ann", "cy"}},
	} {
		err := d.Authorize(escalation.Ask{Act: row.act, By: row.by, Sum: row.sum,
			Matter: escalation.Matter{Category: row.category, Severity: row.severity}})
		if row.why == "" {
			assert.NoError(t, err, row.reason)
			continue
		}
		var refused *escalation.RefusedError
		require.ErrorAs(t, err, &refused, row.reason)
		assert.Equal(t, row.why, refused.Why, row.reason)
		assert.Equal(t, row.may, refused.May, row.reason)
		assert.NotContains(t, refused.May, row.by, row.reason)
	}
	assert.EqualError(t, d.Authorize(escalation.Ask{Act: "grant", Sum: spent, By: "ann"}),
		"ann may not grant: the limit is 1.00 EUR a case, this is 1.10 EUR; cy, bob, fb may")
	assert.EqualError(t, d.Authorize(escalation.Ask{Act: "declare", By: "ann"}),
		"ann may not declare: there is no authority for it; nobody may")
}

func TestMoney(t *testing.T) {
	eur, usd := escalation.Money{Minor: 1, Currency: "EUR"}, escalation.Money{Minor: 1, Currency: "USD"}
	_, err := eur.Add(usd)
	assert.EqualError(t, err, "cannot add USD to EUR: two currencies in one sum")
	sum, err := eur.Add(escalation.Money{})
	require.NoError(t, err)
	assert.Equal(t, eur, sum, "nothing has no currency")
	sum, err = escalation.Money{}.Add(usd)
	require.NoError(t, err)
	assert.Equal(t, usd, sum)
	for _, row := range []struct {
		reason, want string
		minor        int64
		currency     string
	}{
		{"cents", "60.05 EUR", 6005, "EUR"},
		{"less than one", "0.01 EUR", 1, "EUR"},
		{"owed back", "-0.07 EUR", -7, "EUR"},
		{"owed back, and more", "-1234.50 EUR", -123450, "EUR"},
		{"the least there is", "-92233720368547758.08 EUR", math.MinInt64, "EUR"},
		{"a currency without a smaller unit", "4000 JPY", 4000, "JPY"},
		{"three digits", "1.500 KWD", 1500, "KWD"},
		{"none that there is", "5 minor ???", 5, "???"},
		{"nothing", "0 minor ", 0, ""},
	} {
		assert.Equal(t, row.want, escalation.Money{Minor: row.minor, Currency: row.currency}.String(), row.reason)
	}
	sum, err = eur.Add(escalation.Money{Minor: -1, Currency: "EUR"})
	require.NoError(t, err)
	assert.Zero(t, sum.Minor)
	_, err = eur.Add(escalation.Money{Minor: math.MaxInt64, Currency: "EUR"})
	assert.EqualError(t, err, "0.01 EUR and 92233720368547758.07 EUR are too much for one sum")
	_, err = escalation.Money{Minor: math.MinInt64, Currency: "EUR"}.Add(escalation.Money{Minor: -1, Currency: "EUR"})
	assert.Error(t, err)
	sum, err = eur.Add(escalation.Money{Currency: "EUR"})
	require.NoError(t, err)
	assert.Equal(t, eur, sum)
}
