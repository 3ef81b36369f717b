package playbook_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/triage"
)

// house is a small one: Ana answers, Cleo may give 50 EUR, Dora more; Acme is watched.
func house(t testing.TB) playbook.House {
	t.Helper()
	grant := func(minor int64, severity triage.Severity) []escalation.Authority {
		return []escalation.Authority{{Act: "grant", Severity: severity, Scope: "case",
			Limit: escalation.Money{Minor: minor, Currency: "EUR"}}}
	}
	phone := []escalation.Contact{{Kind: "phone", Address: "1"}}
	h := escalation.Hierarchy{
		Members: []escalation.Member{{ID: "ana", Name: "Ana", Contacts: phone},
			{ID: "cleo", Name: "Cleo", Contacts: phone, Authority: grant(5000, triage.Elevated)},
			{ID: "dora", Name: "Dora", Contacts: phone, Authority: grant(20000, triage.Crisis)}},
		Teams: []escalation.Team{{ID: "desk", Members: []string{"ana", "cleo"}}},
		Ladders: []escalation.Ladder{{ID: "up", Fallback: "dora",
			Levels: []escalation.Level{{To: []string{"dora"}, Wait: spec.Duration(time.Minute)}}}},
		Plans: []escalation.Plan{
			{ID: "life", Categories: []string{triage.Life}, Owner: "dora", Ladder: "up"}, {ID: "all", Owner: "ana", Ladder: "up"}},
	}
	d, err := h.Compile(escalation.Options{})
	require.NoError(t, err)
	m, err := mention.Watchlist{Subjects: []mention.Subject{{Name: "Acme", Kind: mention.Brand}}}.Compile()
	require.NoError(t, err)
	return playbook.House{
		Venues: []mention.Venue{chirp, stars}, Directory: d, Matcher: m,
		Policy: &triage.Policy{Categories: []triage.Category{{Name: "late"}, {Name: "account"}, {Name: "injury", Safety: true},
			{Name: "outage", Severity: triage.Crisis, Crisis: true}}},
	}
}

func TestPlaybookFitsTheHouse(t *testing.T) {
	_, err := careBook().Compile(house(t))
	require.NoError(t, err)
	eur := func(minor int64) escalation.Money { return escalation.Money{Minor: minor, Currency: "EUR"} }
	gesture := func(g playbook.Gesture) func(*playbook.Playbook) {
		return func(p *playbook.Playbook) { p.Plays[1].Gestures = []playbook.Gesture{g} }
	}
	for _, row := range []struct {
		reason  string
		change  func(*playbook.Playbook)
		problem string // empty: none
	}{
		{"a category that the policy cannot give", func(p *playbook.Playbook) { p.Plays[1].For.Categories = []string{"tardy"} },
			`plays[1].for.categories[0]: the policy has no category "tardy"`},
		{"a channel that no venue describes", func(p *playbook.Playbook) { p.Plays[1].For.Channels = []string{"fax"} },
			`plays[1].for.channels[0]: no venue describes channel "fax"`},
		{"a brand that nobody watches", func(p *playbook.Playbook) { p.Plays[1].For.Brands = []string{"Acme", "Apex"} },
			`plays[1].for.brands[1]: subject "Apex" is not on the watchlist`},
		{"who allows it is nobody", func(p *playbook.Playbook) { p.Plays[1].Approve = "zoe" },
			`plays[1].approve: "zoe" is neither a member nor a team`},
		{"a team may allow it", func(p *playbook.Playbook) { p.Plays[1].Approve = "desk" }, ""},
		{"a contact is a person, not a team", func(p *playbook.Playbook) {
			p.Plays[1].Contact = "desk"
		}, `plays[1].contact: "desk" is no member: name one, or write owner`},
		{"a crisis without words ready", func(p *playbook.Playbook) { p.Plays[2].Mode = playbook.Public },
			"plays: category outage opens an incident and has no play of mode holding"},
		{"words for another crisis are none for this one", func(p *playbook.Playbook) { p.Plays[2].For.Categories = nil },
			"plays: category outage opens an incident and has no play of mode holding"},
		{"within somebody's authority", gesture(playbook.Gesture{Kind: "credit", Sum: eur(5000), By: "cleo"}), ""},
		{"a team of whom one may", gesture(playbook.Gesture{Kind: "credit", Sum: eur(5000), By: "desk"}), ""},
		{"somebody may", gesture(playbook.Gesture{Kind: "coupon", Sum: eur(20000)}), ""},
		{"a thing costs no money, and is still somebody's to give", gesture(playbook.Gesture{Kind: "gift", Thing: "a mug", By: "ana"}),
			"plays[1].gestures[0]: ana may not grant: there is no authority for it; cleo, dora may"},
		{"above the limit", gesture(playbook.Gesture{Kind: "credit", Sum: eur(5001), By: "cleo"}),
			"plays[1].gestures[0]: cleo may not grant: the limit is 50.00 EUR a case, this is 50.01 EUR; dora may"},
		{"above everybody's", gesture(playbook.Gesture{Kind: "credit", Sum: eur(20001)}),
			"plays[1].gestures[0]: nobody in the hierarchy may grant it"},
		{"nobody of that name", gesture(playbook.Gesture{Kind: "credit", Sum: eur(1), By: "zoe"}),
			`plays[1].gestures[0].by: "zoe" is neither a member nor a team`},
		{"not for the injured", func(p *playbook.Playbook) {
			p.Plays[1].For.Categories = []string{"injury"}
			p.Plays[1].Gestures = []playbook.Gesture{{Kind: "credit", Sum: eur(1)}}
		}, "plays[1].gestures[0]: no goodwill is offered where somebody may be hurt: category injury"},
	} {
		t.Run(row.reason, func(t *testing.T) {
			p := careBook()
			row.change(&p)
			_, err := p.Compile(house(t))
			if row.problem == "" {
				require.NoError(t, err, row.reason)
				return
			}
			var problems spec.Problems
			require.ErrorAs(t, err, &problems, row.reason)
			assert.Contains(t, strings.Split(problems.Error(), "\n"), row.problem, row.reason)
		})
	}
}
