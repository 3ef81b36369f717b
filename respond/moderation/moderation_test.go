package moderation_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/moderation"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
)

func plain(t testing.TB) *moderation.Table {
	t.Helper()
	c, err := moderation.Rules{}.Compile()
	require.NoError(t, err)
	return c
}

func shows(classes ...sensitive.Class) triage.Verdict {
	v := triage.Verdict{Legitimacy: triage.Unverified, Category: "delivery"}
	for i, c := range classes {
		v.Private = append(v.Private, sensitive.Span{Class: c, Start: i, End: i + 1})
	}
	return v
}

func by(l triage.Legitimacy, v triage.Verdict) triage.Verdict {
	v.Legitimacy = l
	return v
}

func inDanger(v triage.Verdict) triage.Verdict {
	v.Category = triage.Life
	return v
}

// verdicts are all kinds that moderation tells apart.
func verdicts() []triage.Verdict {
	var out []triage.Verdict
	for _, l := range []triage.Legitimacy{triage.Genuine, triage.Unverified, triage.Doubtful, triage.Fake} {
		for _, v := range []triage.Verdict{shows(), shows("card"), shows("email"), shows("order", "card"), shows("tomorrow's")} {
			out = append(out, by(l, v), inDanger(by(l, v)))
		}
	}
	return out
}

// everyVenue has every set of abilities.
func everyVenue() []mention.Venue {
	var out []mention.Venue
	for n := range 32 {
		v := mention.Venue{Ours: n&1 > 0, Hide: n&2 > 0, Delete: n&4 > 0, Report: n&8 > 0,
			Visibilities: []mention.Visibility{mention.Public}}
		if n&16 > 0 {
			v.Visibilities = append(v.Visibilities, mention.Private)
		}
		out = append(out, v)
	}
	return out
}

func TestModerate(t *testing.T) {
	both := []mention.Visibility{mention.Public, mention.Private}
	public := []mention.Visibility{mention.Public}
	whole := mention.Venue{Ours: true, Hide: true, Delete: true, Report: true, Visibilities: both}
	noHide := mention.Venue{Ours: true, Delete: true, Report: true, Visibilities: both}
	unable := mention.Venue{Ours: true, Visibilities: both}
	theirs := mention.Venue{Hide: true, Delete: true, Report: true, Visibilities: both}
	tests := []struct {
		reason string
		v      triage.Verdict
		ven    mention.Venue
		act    effect.Act
		clause string
	}{
		{"a card is hidden now: it can be undone", shows("card"), whole, effect.Hide, "private-data"},
		{"where hiding is not possible it is deleted", shows("card"), noHide, effect.Delete, "private-data"},
		{"where nothing is possible the decision stands, and a person is told", shows("card"), unable, effect.Hide, "private-data"},
		{"on another's site it is reported", shows("card"), theirs, effect.Report, "private-data"},
		{"where that is not possible either he is told in private", shows("card"), mention.Venue{}, effect.Keep, "private-data"},
		{"a kind that nobody thought of is dangerous", shows("tomorrow's"), whole, effect.Hide, "private-data"},
		{"praise with a card is hidden all the same", by(triage.Genuine, shows("card")), whole, effect.Hide, "private-data"},
		{"a fake with a card is hidden, not deleted: the card comes first", by(triage.Fake, shows("card")), whole, effect.Hide,
			"private-data"},
		{"his own address is hidden where he can be told why", shows("email"), whole, effect.Hide, "own-data"},
		{"and kept where he cannot", shows("email"), mention.Venue{Ours: true, Hide: true, Visibilities: public}, effect.Keep,
			"own-data"},
		{"his own order number never has his post deleted", shows("order"), noHide, effect.Keep, "own-data"},
		{"nor reported on another's site", shows("order"), theirs, effect.Keep, "own-data"},
		{"his order number and a card: the card", shows("order", "card"), noHide, effect.Delete, "private-data"},
		{"a suspicion keeps the post", by(triage.Doubtful, shows()), whole, effect.Keep, "doubtful"},
		{"a person found it fake", by(triage.Fake, shows()), whole, effect.Delete, "not-ours"},
		{"the same on another's site", by(triage.Fake, shows()), theirs, effect.Report, "not-ours"},
		{"an unknown customer is no doubt", shows(), whole, effect.Keep, "opinion"},
		{"life is for people, whatever else is in it", inDanger(shows("card")), whole, effect.Keep, "life"},
	}
	c := plain(t)
	for _, tt := range tests {
		got := c.Decide(moderation.Item{Verdict: tt.v, Venue: tt.ven})
		assert.Equal(t, tt.act, got.Act, tt.reason)
		assert.Equal(t, tt.clause, got.Clause, tt.reason)
	}
}

// TestModerationLaws holds for every verdict at every venue.
func TestModerationLaws(t *testing.T) {
	c := plain(t)
	for _, v := range verdicts() {
		for _, ven := range everyVenue() {
			m := c.Decide(moderation.Item{Verdict: v, Venue: ven})
			assert.NotEmpty(t, m.Reason, "always a reason")
			assert.NotEmpty(t, m.Reach, "always a reach-out, or the reason for none")
			assert.NotContains(t, strings.ToLower(m.Reason+m.Reach), "fake", "what is said to people never says fake")
			if !ven.Ours {
				assert.NotContains(t, []effect.Act{effect.Hide, effect.Delete}, m.Act, "it is not our site")
			}
			if len(v.Private) == 0 && v.Legitimacy != triage.Fake {
				assert.Equal(t, effect.Keep, m.Act, "an opinion stays")
			}
		}
	}
}

func TestClausesOfTheHouse(t *testing.T) {
	good := moderation.Clause{ID: "codes", Private: []sensitive.Class{"order"}, Act: effect.Hide,
		Reason: "Order numbers open doors here.", Reach: "in private", Rule: map[string]string{"en": "Order numbers."}}
	c, err := moderation.Rules{Clauses: []moderation.Clause{good}}.Compile()
	require.NoError(t, err)
	got := c.Decide(moderation.Item{Verdict: shows("order"), Venue: mention.Venue{Ours: true, Hide: true}})
	assert.Equal(t, "codes", got.Clause, "the house's own come first")
	got = c.Decide(moderation.Item{Verdict: inDanger(shows("order")), Venue: mention.Venue{Ours: true, Hide: true}})
	assert.Equal(t, "life", got.Clause, "but behind danger to people")
	assert.Contains(t, c.HouseRules("en"), "Order numbers. (codes)", "and stand on the page")

	tests := []struct {
		reason, problem string
		change          func(*moderation.Clause)
	}{
		{"a taken id", `clauses[0].id: a clause needs an id of its own: "opinion" is empty or taken`,
			func(c *moderation.Clause) { c.ID = "opinion" }},
		{"no reason", "clauses[0]: a clause needs a reason, and a reach or the reason for none",
			func(c *moderation.Clause) { c.Reason = "" }},
		{"an act that is none", `clauses[0].act: "ban" is none of keep, hide, delete, report`,
			func(c *moderation.Clause) { c.Act = "ban" }},
		{"a clause for everything", "clauses[0]: a clause that fits everything would decide everything: name what it is for",
			func(c *moderation.Clause) { c.Private, c.Act = nil, effect.Keep }},
		{"deleting what is only doubted", removed, func(c *moderation.Clause) {
			c.Private, c.Legitimacy, c.Act = nil, []triage.Legitimacy{triage.Doubtful, triage.Fake}, effect.Delete
		}},
		{"deleting what is angry", removed, func(c *moderation.Clause) {
			c.Private, c.Signals, c.Act = nil, []string{"abuse_threat", "anger"}, effect.Delete
		}},
		{"deleting what is sad where it is very sad", removed, func(c *moderation.Clause) {
			c.Private, c.Signals, c.Act, c.Severe = nil, []string{"sentiment"}, effect.Keep, effect.Delete
		}},
		{"severity without a signal", `clauses[0].severe: "delete" is one of keep, hide, delete, report, for a clause with signals`,
			func(c *moderation.Clause) { c.Severe = effect.Delete }},
		{"a class that is none", `clauses[0].private[0]: "cards" is none of password, code, token, card, iban, ssn, national_id, ` +
			"bank, birth, email, address, order, phone, health, any", func(c *moderation.Clause) { c.Private[0] = "cards" }},
		{"keeping a card", "clauses[0].act: private data does not stay in public",
			func(c *moderation.Clause) { c.Act = effect.Keep }},
		{"more than all", "clauses[0].least: 2000 is not from 0 to 1000 per mille", func(c *moderation.Clause) { c.Least = 2000 }},
		{"a trace of spam", "clauses[0].least: 1 is too little to take a post away for: 500 or more",
			func(c *moderation.Clause) { c.Private, c.Signals, c.Least = nil, []string{"spam"}, 1 }},
		{"fewer than none", "clauses[0].group: is negative", func(c *moderation.Clause) { c.Group = -1 }},
		{"checked before it is there", "clauses[0].check: is negative", func(c *moderation.Clause) { c.Check = -1 }},
		{"a page in no language", "clauses[0].rule.fi: the page of house rules is written in de, en, es",
			func(c *moderation.Clause) { c.Rule = map[string]string{"fi": "x"} }},
	}
	for _, tt := range tests {
		clause := good
		clause.Private = slices.Clone(good.Private)
		tt.change(&clause)
		_, err := moderation.Rules{Clauses: []moderation.Clause{clause}}.Compile()
		assert.EqualError(t, err, tt.problem, tt.reason)
	}
}

const removed = "clauses[0].act: a post is taken away for private data, an impostor, one of abuse_slur, abuse_sexual, " +
	"abuse_threat, life_threat, spam, phishing, malware, or because a person found its author not legitimate: keep it"

// TestMetamorphicModeration: stars and feelings are nothing to what is done with a post.
func TestMetamorphicModeration(t *testing.T) {
	c := plain(t)
	for _, v := range verdicts() {
		for _, ven := range everyVenue() {
			want := c.Decide(moderation.Item{Verdict: v, Venue: ven})
			want.Reach = ""
			for _, aim := range []triage.Aim{triage.Complaint, triage.Praise, triage.Question, triage.Nothing, ""} {
				for _, feeling := range []int{-1000, 0, 1000} {
					w := v
					w.Aim = aim
					for _, name := range []string{"sentiment", "rating", "anger", "praise", "abuse_insult", "question"} {
						w.Signals = append(w.Signals, signal.Reading{Name: name, Value: feeling})
					}
					w.Reasons = []triage.Reason{{Rule: "stars"}}
					w.Tags = []string{"angry"}
					w.Rank.Audience = feeling * 1000
					got := c.Decide(moderation.Item{Verdict: w, Venue: ven, Disagrees: feeling < 0})
					assert.NotEmpty(t, got.Reach)
					got.Reach = ""
					assert.Equal(t, want, got, "%s, %d", aim, feeling)
				}
			}
		}
	}
}
