package escalation_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/triage"
)

// collaborating is the house with a press office, legal, HR and an executive who look on.
func collaborating() escalation.Hierarchy {
	h := house()
	for _, id := range []string{"paula", "leo", "hana", "ceo"} {
		h.Members = append(h.Members, member(id, ""))
	}
	h.Teams = append(h.Teams, escalation.Team{ID: "press-office", Members: []string{"paula", "bob"}})
	h.Watches = []escalation.Watch{
		{To: []string{"press-office"}, Standings: []triage.Standing{triage.Press, triage.Creator}},
		{To: []string{"leo"}, Standings: []triage.Standing{triage.Litigant, triage.Official}},
		{To: []string{"hana"}, Standings: []triage.Standing{triage.Employee}},
		{To: []string{"leo"}, Categories: []string{"injury"}},
		{To: []string{"ceo", "paula"}, Severity: triage.Crisis},
	}
	return h
}

func TestWatchers(t *testing.T) {
	d := compile(t, collaborating())
	for _, row := range []struct {
		reason string
		matter escalation.Matter
		want   []string
	}{
		{"a customer's routine question", escalation.Matter{Standing: triage.Customer}, nil},
		{"nobody knows who it is", escalation.Matter{}, nil},
		{"a journalist: the press office, but for the back-up who answers", escalation.Matter{Standing: triage.Press},
			[]string{"paula"}},
		{"a litigant: legal", escalation.Matter{Standing: triage.Litigant}, []string{"leo"}},
		{"an employee: HR", escalation.Matter{Standing: triage.Employee}, []string{"hana"}},
		{"an injury: legal", escalation.Matter{Category: "injury"}, []string{"leo"}},
		{"a litigant's injury: legal, once", escalation.Matter{Category: "injury", Standing: triage.Official}, []string{"leo"}},
		{"a crisis: the executive", escalation.Matter{Severity: triage.Crisis, Standing: triage.Press}, []string{"paula", "ceo"}},
	} {
		a := d.Assign(row.matter, at(t, "10:00"))
		assert.Equal(t, row.want, a.Watchers, row.reason)
		for _, id := range a.Watchers {
			assert.NotEqual(t, id, a.Contact(), "%s: who watches is not the contact", row.reason)
			assert.Error(t, d.Authorize(escalation.Ask{Act: "send", Matter: row.matter, By: id}), row.reason)
			assert.NoError(t, d.Authorize(escalation.Ask{Act: "draft", Matter: row.matter, By: id}), row.reason)
		}
		assert.NoError(t, d.Authorize(escalation.Ask{Act: "send", Matter: row.matter, By: a.Contact()}), row.reason)
	}
	a := d.Assign(escalation.Matter{Standing: triage.Press, Severity: triage.Crisis}, at(t, "10:00"))
	assert.Equal(t, []string{"plan rest: it is for everything that has no plan of its own", "ann is on duty",
		"paula watches: standing press", "ceo watches: severity crisis"}, a.Because)
	assert.EqualError(t, d.Authorize(escalation.Ask{Act: "send", Matter: escalation.Matter{Category: "injury"}, By: "leo"}),
		"leo may not send: leo watches; ann or a back-up writes to the customer; ann, bob, cy, fb, paula, hana, ceo may")
}

func TestOneContact(t *testing.T) {
	d := compile(t, collaborating())
	c, _ := d.Open(escalation.Matter{Standing: triage.Press}, at(t, "10:00"))
	assert.Equal(t, "ann", c.Contact(), "who is on duty, until somebody takes it")
	c, _ = d.Climb(c, escalation.Move{Kind: escalation.Took, By: "cy"}, at(t, "10:01"))
	assert.Equal(t, "cy", c.Contact(), "who has taken it, and nobody else")
	asleep := compile(t, duty(house(), "ann", "bob"))
	assert.Equal(t, "ann", asleep.Assign(escalation.Matter{}, at(t, "02:00")).Contact(), "nobody is on duty: the owner, when he is")
}

func TestSees(t *testing.T) {
	h := house()
	h.Locations = map[string]string{"store-1": "madrid", "store-2": "madrid", "madrid": "ES"}
	h.Members[1].Locations, h.Members[2].Locations = []string{"store-1"}, []string{"ES"}
	h.Plans[0].Backups = nil
	h.Members = append(h.Members, escalation.Member{ID: "gone", Left: true})
	d := compile(t, h)
	for _, row := range []struct {
		reason, member string
		matter         escalation.Matter
		want           bool
	}{
		{"his own store", "bob", escalation.Matter{Location: "store-1"}, true},
		{"the store beside it", "bob", escalation.Matter{Location: "store-2"}, false},
		{"the city is more than his store", "bob", escalation.Matter{Location: "madrid"}, false},
		{"a matter from nowhere in particular", "bob", escalation.Matter{}, false},
		{"the country is more than his store", "bob", escalation.Matter{Country: "ES"}, false},
		{"all that lies within the country", "cy", escalation.Matter{Location: "store-2"}, true},
		{"the country itself", "cy", escalation.Matter{Country: "ES"}, true},
		{"another country", "cy", escalation.Matter{Country: "FR"}, false},
		{"without locations he sees everything", "ann", escalation.Matter{}, true},
		{"who has left sees nothing", "gone", escalation.Matter{}, false},
		{"nor does a stranger", "eve", escalation.Matter{}, false},
	} {
		assert.Equal(t, row.want, d.Sees(row.member, row.matter), row.reason)
	}
}
