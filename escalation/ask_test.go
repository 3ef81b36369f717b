package escalation_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
)

// certified is the house with a plan for claims: a certificate to draft, approve and send, and two people.
func certified() escalation.Hierarchy {
	h := house()
	h.Members[0].Certified = []escalation.Certified{{Skill: "claims", Until: "2026-06-15"}}
	h.Members[1].Certified = []escalation.Certified{{Skill: "claims", Until: "2026-06-16"}}
	h.Members[1].Zone = "America/New_York"
	h.Members[2].Skills = []string{"claims"}
	for i := range h.Members {
		h.Members[i].Authority = []escalation.Authority{{Act: "approve"}}
	}
	h.Plans = append(h.Plans, escalation.Plan{ID: "claims", Categories: []string{"claim"}, Owner: "ann", Ladder: "main", Two: true,
		Needs: map[string][]string{"draft": {"claims"}, "approve": {"claims"}, "send": {"claims"}}})
	return h
}

func TestCertified(t *testing.T) {
	d := compile(t, certified())
	for _, row := range []struct {
		reason, act, by, author, at, why string
	}{
		{"a certificate that holds", "approve", "bob", "ann", "2026-06-16 10:00", ""},
		{"its last day is a day in his zone", "approve", "bob", "ann", "2026-06-17 03:59", ""},
		{"and ends there", "approve", "bob", "ann", "2026-06-17 04:00",
			"the certificate of bob for claims has expired: a draft is all it is good for"},
		{"expired: to approve", "approve", "ann", "bob", "2026-06-16 10:00",
			"the certificate of ann for claims has expired: a draft is all it is good for"},
		{"expired: to send", "send", "ann", "", "2026-06-16 10:00",
			"the certificate of ann for claims has expired: a draft is all it is good for"},
		{"expired: he may draft", "draft", "ann", "", "2026-06-16 10:00", ""},
		{"a skill for good", "send", "cy", "", "2030-06-16 10:00", ""},
		{"without the certificate: to draft", "draft", "fb", "", "2026-06-16 10:00", "plan claims needs claims to draft"},
		{"without the certificate: to approve", "approve", "fb", "ann", "2026-06-16 10:00", "plan claims needs claims to approve"},
		{"who drafted does not approve", "approve", "cy", "cy", "2026-06-16 10:00", "plan claims wants two people, and cy drafted it"},
		{"what another drafted he approves", "approve", "cy", "ann", "2026-06-16 10:00", ""},
	} {
		err := d.Authorize(escalation.Ask{Act: row.act, By: row.by, Author: row.author, At: at(t, row.at),
			Matter: escalation.Matter{Category: "claim"}})
		if row.why == "" {
			assert.NoError(t, err, row.reason)
			continue
		}
		var refused *escalation.RefusedError
		require.ErrorAs(t, err, &refused, row.reason)
		assert.Equal(t, row.why, refused.Why, row.reason)
		assert.NotContains(t, refused.May, row.author, "%s: who drafted is not named either", row.reason)
	}
	assert.NoError(t, d.Authorize(escalation.Ask{Act: "approve", By: "cy", Author: "cy"}), "another plan does not want two")
	err := d.Authorize(escalation.Ask{Act: "approve", By: "cy", Author: "cy", At: at(t, "2026-06-16 10:00"),
		Matter: escalation.Matter{Category: "claim"}})
	assert.EqualError(t, err, "cy may not approve: plan claims wants two people, and cy drafted it; bob may")
}

// TestLimit is the row of the specification: limit 100 a case, 60 then 50 is refused, 150 goes to the nearest who may.
func TestLimit(t *testing.T) {
	eur := func(n int64) escalation.Money { return escalation.Money{Minor: n * 100, Currency: "EUR"} }
	h := duty(house(), "bob")
	h.Members[0].Boss, h.Members[1].Boss = "bob", "fb"
	h.Members[0].Authority = []escalation.Authority{{Act: "grant", Limit: eur(100), Scope: "case"}}
	h.Members[1].Authority = []escalation.Authority{{Act: "grant", Limit: eur(500), Scope: "day"}}
	h.Members[3].Authority = []escalation.Authority{{Act: "grant", Limit: eur(9000), Scope: "month"}}
	d := compile(t, h)
	spent := map[string]escalation.Money{}
	ask := func(by string, sum escalation.Money, when string) error {
		return d.Authorize(escalation.Ask{Act: "grant", By: by, Sum: sum, At: at(t, when),
			Spent: func(member, scope string, _ time.Time) (escalation.Money, error) { return spent[member+" "+scope], nil }})
	}
	require.NoError(t, ask("ann", eur(60), "10:00"))
	spent["ann case"] = eur(60)
	assert.EqualError(t, ask("ann", eur(50), "10:00"),
		"ann may not grant: the limit is 100.00 EUR a case, this is 110.00 EUR; bob, fb may", "60 then 50")
	require.NoError(t, ask("ann", eur(40), "10:00"), "and 40 is just the limit")

	assert.EqualError(t, ask("ann", eur(150), "10:00"),
		"ann may not grant: the limit is 100.00 EUR a case, this is 210.00 EUR; bob, fb may", "the nearest boss")
	assert.EqualError(t, ask("ann", eur(150), "02:00"),
		"ann may not grant: the limit is 100.00 EUR a case, this is 210.00 EUR; fb may", "the nearest on duty")
	spent["bob day"] = eur(400)
	assert.EqualError(t, ask("ann", eur(150), "10:00"),
		"ann may not grant: the limit is 100.00 EUR a case, this is 210.00 EUR; fb may", "bob has spent his day's")
	assert.EqualError(t, ask("fb", eur(9001), "10:00"),
		"fb may not grant: the limit is 9000.00 EUR a month, this is 9001.00 EUR; nobody may", "nobody above him")

	spent["ann case"] = escalation.Money{Minor: 1, Currency: "USD"}
	assert.EqualError(t, ask("ann", eur(1), "10:00"),
		"ann may not grant: cannot add EUR to USD: two currencies in one sum; bob, fb may", "two currencies")
}

// TestDayOfALimit asks since when a day or a month counts: the member's own.
func TestDayOfALimit(t *testing.T) {
	h := house()
	h.Members[0].Zone = "America/New_York"
	h.Members[1].Zone = "America/Santiago"
	h.Members[2].Calendar = "days" // London
	for i, scope := range []string{"day", "day", "month", "case"} {
		h.Members[i].Authority = []escalation.Authority{
			{Act: "grant", Limit: escalation.Money{Minor: 1, Currency: "EUR"}, Scope: scope}}
	}
	d := compile(t, h)
	for _, row := range []struct {
		reason, by, at, want string
	}{
		{"New York's day begins at four in summer", "ann", "2026-06-16 10:00", "2026-06-16 04:00"},
		{"an hour before it is yesterday's", "ann", "2026-06-16 03:00", "2026-06-15 04:00"},
		{"and at five in winter", "ann", "2026-12-16 10:00", "2026-12-16 05:00"},
		{"the day its midnight is skipped begins after the gap", "bob", "2026-09-06 12:00", "2026-09-06 04:00"},
		{"a month in the zone of his calendar", "cy", "2026-06-30 23:30", "2026-06-30 23:00"},
		{"a case has no beginning", "fb", "2026-06-16 10:00", ""},
	} {
		var since time.Time
		err := d.Authorize(escalation.Ask{Act: "grant", By: row.by, Sum: escalation.Money{Minor: 1, Currency: "EUR"}, At: at(t, row.at),
			Spent: func(_, _ string, from time.Time) (escalation.Money, error) {
				since = from
				return escalation.Money{}, nil
			}})
		require.NoError(t, err, row.reason)
		want := time.Time{}
		if row.want != "" {
			want = at(t, row.want)
		}
		assert.Equal(t, want, since, row.reason)
	}
}
