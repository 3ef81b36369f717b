package insight_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation/duty"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/insight"
)

func TestEndsStandBesideTheirShares(t *testing.T) {
	f := insight.Figures{Ends: map[string]int{"resolved": 1, "answered": 3, "lapsed": 1, "unhappy": 1, "live": 9, "dormant": 4}}
	assert.Equal(t, map[string]int{"resolved": 167, "answered": 500, "lapsed": 167, "unhappy": 167}, f.Shares(),
		"of those that ended; what lives or is dormant has not")
	assert.Nil(t, insight.Figures{Ends: map[string]int{"live": 2}}.Shares(), "nothing ended: no share, and not 0")
	page := insight.Page{Ends: f.Ends, Shares: f.Shares()}
	var text strings.Builder
	require.NoError(t, page.Text(&text))
	assert.Contains(t, text.String(), "How cases ended: answered 3 (50.0 %), lapsed 1 (16.7 %), resolved 1 (16.7 %), "+
		"unhappy 1 (16.7 %) (of 6: small count)\nNot over: live 9, dormant 4\n")
}

// What the customer ended without a word of ours was not settled by us.
func TestNoAnswerSettlesNothing(t *testing.T) {
	rules := house(t, nil)
	first := func(answers int) insight.FirstContact {
		s := begin(t, rules, post("hal", "h1", "@Fjordwing you cancelled my flight", tuesday))
		for i := range answers {
			s.sent(at(10+i), event.Drafted{Text: fmt.Sprintf("We have a seat for you in row %d at noon.", 7+i)})
		}
		s.do(at(60), "ana", event.Meant{Said: event.Over})
		s.elapse(at(0).AddDate(0, 0, 10))
		f := insight.Tell(slices.Values([]insight.Trail{s.trail()}), insight.Options{}).All
		require.Equal(t, map[string]int{"resolved": 1}, f.Ends)
		return f.FirstContact
	}
	assert.Equal(t, insight.FirstContact{}, first(0))
	assert.Equal(t, insight.FirstContact{Confirmed: 1}, first(1))
	assert.Equal(t, insight.FirstContact{}, first(2))
}

// Open duties come out of the trails; the host adds those that no case knows of.
func TestOpenDuties(t *testing.T) {
	s := begin(t, house(t, nil), post("ida", "i1", "@Fjordwing you cancelled my flight", tuesday))
	owed := func(name string, due int, filed bool) duty.Owed {
		o := duty.Owed{Duty: name, Due: at(due), Breached: due < 100}
		if filed {
			o.Filed = &duty.Filing{Reference: "F-1", By: "ana", At: at(1)}
		}
		return o
	}
	s.c.Duties = []duty.Owed{owed("hazard notice", 600, false), owed("breach notice", 60, false), owed("done", 30, true)}
	open, hidden := insight.Trail{Start: s.c}, insight.Trail{Start: s.c, Restricted: true}
	a := insight.Tell(slices.Values([]insight.Trail{open}), insight.Options{})
	b := insight.Tell(slices.Values([]insight.Trail{hidden}), insight.Options{})
	want := []insight.Duty{
		{Name: "breach notice", Due: at(60), Case: s.c.ID, Late: true}, {Name: "hazard notice", Due: at(600), Case: s.c.ID},
	}
	assert.Equal(t, want, a.Duties)
	assert.Equal(t, encode(t, a.Merge(b)), encode(t, b.Merge(a)))
	page := b.Week("2026-W25", insight.Notes{Duties: []insight.Duty{{Name: "yearly", Due: at(99)}}})
	assert.NotContains(t, encode(t, page), s.c.ID, "a restricted case is not named")
	require.Len(t, page.Duties, 3)
	var text strings.Builder
	page = a.Week("2026-W25", insight.Notes{})
	require.NoError(t, page.Text(&text))
	assert.Contains(t, text.String(), "  breach notice: was due 2026-06-16 09:00 UTC, case "+s.c.ID+"\n"+
		"  hazard notice: is due 2026-06-16 18:00 UTC, case "+s.c.ID+"\n")
}

// The week's page shows words of the week.
func TestExamplesAreOfTheirWeek(t *testing.T) {
	rules := house(t, nil)
	var trails []insight.Trail
	for i := range 12 {
		week := i % 3
		m := post(fmt.Sprint("w", i), fmt.Sprint("w", i), fmt.Sprintf("@Fjordwing you cancelled my flight, week %d", week),
			tuesday.AddDate(0, 0, 7*week))
		trails = append(trails, begin(t, rules, m).trail())
	}
	r := insight.Tell(slices.Values(trails), insight.Options{})
	for week := range 3 {
		name := fmt.Sprintf("2026-W%d", 25+week)
		top := r.Top(1, name)
		require.Len(t, top[0].Examples, 3, name)
		for _, x := range top[0].Examples {
			assert.Contains(t, x.Text, fmt.Sprintf("week %d", week))
			assert.Equal(t, name, x.Week)
		}
	}
	assert.Len(t, r.Top(1, "")[0].Examples, 3)
}

func TestChartsInOnePage(t *testing.T) {
	svg := func(c insight.Chart) string {
		var b strings.Builder
		require.NoError(t, c.SVG(&b))
		return b.String()[strings.Index(b.String(), "aria-labelledby"):][:60]
	}
	a := insight.Chart{Title: "First reply", Unit: insight.Millis, Bars: []insight.Bar{{Name: "mail", Value: 1 << 62, N: 1}}}
	b := insight.Chart{Title: "First reply", Unit: insight.Millis, Bars: []insight.Bar{{Name: "chirp", Value: 60_000, N: 1}}}
	assert.NotEqual(t, svg(a), svg(b), "what is read out of one is not the other's, though they are called the same")
	var text strings.Builder
	require.NoError(t, a.Text(&text))
	assert.Contains(t, text.String(), "53375995583 d 15 h", "a length that no clock has is still a length")
}
