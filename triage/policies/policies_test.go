package policies_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/policies"
	"github.com/reputekit/reputation/triage/policytest"
	"github.com/reputekit/reputation/triage/when"
)

var update = flag.Bool("update", false, "write what failing cases want again; read the difference before it is committed")

var shipped = []struct {
	name string
	load func() (policies.Shipped, error)
}{{"care", policies.Care}, {"webposts", policies.WebPosts}}

// Every shipped policy stands up to the cases that are shipped with it, and they fire every rule.
func TestShippedCases(t *testing.T) {
	for _, x := range shipped {
		t.Run(x.name, func(t *testing.T) {
			s, err := x.load()
			require.NoError(t, err)
			suite := policytest.Suite{Policy: s.Policy, EveryRule: true}
			suite.RunFile(t, x.name+"_cases.jsonl", *update)
			if *update {
				return
			}
			cases, err := policytest.Read(bytes.NewReader(s.Cases))
			require.NoError(t, err)
			suite.Cases = cases
			report, err := suite.Check()
			require.NoError(t, err)
			t.Log(report.Coverage())
		})
	}
}

// Every way through the chart is walked: each answer that a person may give, and each way the text decides.
func TestEveryPathOfTheChart(t *testing.T) {
	s, err := policies.WebPosts()
	require.NoError(t, err)
	judge, err := s.Policy.Compile(nil)
	require.NoError(t, err)
	values := []string{"", "yes", "no"}
	paths := 0
	for _, positive := range values {
		for _, site := range values {
			for _, rant := range values {
				for _, facts := range values {
					for _, experience := range values {
						for _, respond := range values {
							given := map[string]string{"positive": positive, "degrading_site": site, "rant": rant,
								"wrong_facts": facts, "bad_experience": experience, "respond": respond}
							maps.DeleteFunc(given, func(_, v string) bool { return v == "" })
							v := judge.Judge(triage.Input{
								Mention: &mention.Mention{Text: "The gates open at nine", Lang: "en", Kind: mention.Post}, Given: given,
							})
							category, tags, handling := chart(given)
							assert.Equal(t, category, v.Category, "%v", given)
							assert.Equal(t, tags, v.Tags, "%v", given)
							assert.Equal(t, handling, v.Handling, "%v", given)
							paths++
						}
					}
				}
			}
		}
	}
	assert.Equal(t, 729, paths)
}

// chart is the flow chart walked by hand, for a text that decides nothing by itself.
func chart(given map[string]string) (category string, tags []string, handling triage.Handling) {
	yes := func(question string) bool { return given[question] == "yes" }
	stays := given["respond"] == "no"
	switch {
	case yes("positive") && yes("respond"):
		return "positive", []string{"concurrence", "share success"}, triage.Open
	case yes("positive"):
		return "positive", []string{"concurrence", "let stand"}, triage.Record
	case yes("degrading_site"):
		return "troll", []string{"monitor", "tell headquarters"}, triage.Record
	case yes("rant"):
		return "rager", []string{"monitor"}, triage.Record
	case yes("wrong_facts") && stays:
		return "misguided", []string{"let stand"}, triage.Record
	case yes("wrong_facts"):
		return "misguided", []string{"fix the facts"}, triage.Open
	case yes("bad_experience") && stays:
		return "unhappy", []string{"let stand"}, triage.Record
	case yes("bad_experience"):
		return "unhappy", []string{"restore"}, triage.Open
	case yes("respond"):
		return "other", []string{"respond"}, triage.Open
	}
	return "other", []string{"let stand"}, triage.Record
}

func TestConsiderations(t *testing.T) {
	s, err := policies.WebPosts()
	require.NoError(t, err)
	var names []string
	for _, c := range s.Considerations {
		names = append(names, c.Name)
		assert.NotEmpty(t, c.Title)
		assert.NotEmpty(t, c.Text)
	}
	assert.Equal(t, []string{"transparency", "sourcing", "timeliness", "tone", "influence"}, names)
}

// A host takes a policy, adds subjects, categories and rules of its own, and it compiles.
func TestHostsAddTheirOwn(t *testing.T) {
	matcher, err := mention.Watchlist{Subjects: []mention.Subject{
		{Name: "Nimbus", Kind: mention.Brand, Aliases: []string{"@nimbus"}},
		{Name: "Cumulo", Kind: mention.Competitor},
	}}.Compile()
	require.NoError(t, err)
	own := triage.Policy{
		Categories: []triage.Category{{Name: "sync", Severity: triage.Serious}, {Name: "praise", Duty: true}},
		Signals:    []triage.Source{{Name: "toxicity", By: "a model"}},
		Rules: []triage.Rule{
			{Name: "sync", When: when.All(when.About("Nimbus"), when.Words("sync", "backup")), Then: triage.Then{Category: "sync"}},
			{Name: "reach", When: when.Followers(when.Min(100)), Then: triage.Then{Tags: []string{"reach", "vip"}}},
		},
		Legitimacy: triage.Evidence{Items: []triage.EvidenceItem{
			{Name: "names a competitor", When: when.AboutKind(mention.Competitor), Weight: 300}}, Doubtful: 590},
	}
	for _, x := range shipped {
		s, err := x.load()
		require.NoError(t, err)
		before := asJSON(t, s.Policy)
		policy := s.With(own)
		if x.name == "webposts" { // it has no praise to replace, and no rule of the host's names it
			policy.Categories = slices.DeleteFunc(policy.Categories, func(c triage.Category) bool { return c.Name == "praise" })
		}
		judge, err := policy.Compile(matcher)
		require.NoError(t, err, x.name)
		require.Equal(t, before, asJSON(t, s.Policy), "the shipped policy is not altered")

		m := mention.Mention{Text: "Nimbus, my backup is lost and I need a refund", Lang: "en"}.Canonical()
		v := judge.Judge(triage.Input{Mention: &m, Hits: matcher.MatchMention(nil, &m)})
		assert.Equal(t, "sync", v.Category, "the house's rules are read first: %s", x.name)
		assert.Equal(t, triage.Open, v.Handling)

		assert.Equal(t, "sync", policy.Rules[0].Name)
		assert.Equal(t, 590, policy.Legitimacy.Doubtful)
		reach := slices.IndexFunc(policy.Rules, func(r triage.Rule) bool { return r.Name == "reach" })
		assert.Equal(t, []string{"reach", "vip"}, policy.Rules[reach].Then.Tags)
		assert.Equal(t, x.name == "care", reach > 2, "what bears a shipped name stands in its place")

		cases, err := policytest.Read(bytes.NewReader(s.Cases))
		require.NoError(t, err)
		for i := range cases { // addressed to us, as in the house that wrote them
			cases[i].Mention.Addressed = mention.ToUs
			if cases[i].Mention.Author.Followers > 0 {
				cases[i].Want.Tags = nil // the house has another rule for them
			}
		}
		report, err := policytest.Suite{Policy: policy, Matcher: matcher, Cases: cases}.Check()
		require.NoError(t, err)
		for _, f := range report.Failures {
			t.Errorf("%s with a house's own: %s", x.name, f)
		}
	}
}

func TestWithTakesAccentsOver(t *testing.T) {
	s, err := policies.Care()
	require.NoError(t, err)
	assert.True(t, s.With(triage.Policy{IgnoreAccents: true}).IgnoreAccents)
	assert.False(t, s.With(triage.Policy{}).IgnoreAccents)
}

func TestWithKeepsWhatIsNotSaid(t *testing.T) {
	for _, x := range shipped {
		s, err := x.load()
		require.NoError(t, err)
		assert.Equal(t, asJSON(t, s.Policy), asJSON(t, s.With(triage.Policy{})), x.name)
	}
}

// What only the host can give is listed, all of it and nothing else.
func TestNeedsAreWhatTheRulesAskFor(t *testing.T) {
	for _, x := range shipped {
		s, err := x.load()
		require.NoError(t, err)
		asked := map[string]bool{}
		var tree any
		require.NoError(t, json.Unmarshal([]byte(asJSON(t, s.Policy)), &tree))
		walk(tree, func(field string, value any) {
			switch field {
			case "given":
				asked["given."+value.(map[string]any)["key"].(string)] = true
			case "about", "channel", "place", "hours":
				t.Errorf("%s: a shipped rule asks for %s, which is the house's own", x.name, field)
			default:
				if need, ok := needs[field]; ok {
					asked[need] = true
				}
			}
		})
		listed := map[string]bool{}
		for _, n := range s.Needs {
			listed[n.Field+"."+n.Key] = true
			assert.NotEmpty(t, n.Ask, x.name)
			assert.NotEmpty(t, n.Without, x.name)
		}
		assert.Equal(t, slices.Sorted(maps.Keys(asked)), slices.Sorted(maps.Keys(listed)), x.name)
	}
}

// needs are the conditions that only the host can answer, and where he does.
var needs = map[string]string{
	"customer": "given.customer", "standing": "standing.", "contacts": "history.contacts", "open_cases": "history.open",
	"broken_promises": "history.broken", "answered": "thread.", "message": "thread.", "waiting": "thread.",
	"duplicates": "copies.", "surge": "surges.",
}

func walk(v any, see func(field string, value any)) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			walk(x, see)
		}
	case map[string]any:
		for field, x := range v {
			see(field, x)
			walk(x, see)
		}
	}
}

// There are words for a screen for whatever a verdict can say.
func TestResponsesCoverTheOutcomes(t *testing.T) {
	for _, x := range shipped {
		s, err := x.load()
		require.NoError(t, err)
		assert.NotEmpty(t, s.About)
		names := map[string]bool{}
		for _, a := range s.Responses {
			assert.False(t, names[a.Name], "%s: %s is there twice", x.name, a.Name)
			names[a.Name] = true
			assert.NotEmpty(t, a.Title)
			assert.NotEmpty(t, a.Text)
		}
		if x.name == "care" {
			for _, c := range s.Policy.Categories {
				assert.True(t, names[c.Name], "%s: nothing to do for category %s", x.name, c.Name)
			}
			continue
		}
		for _, r := range s.Policy.Rules {
			for _, tag := range r.Then.Tags {
				assert.True(t, names[tag], "%s: nothing to do for tag %s", x.name, tag)
			}
		}
	}
}

// Whoever alters what he was given alters nothing for others.
func TestEveryCallGivesItsOwn(t *testing.T) {
	one, err := policies.Care()
	require.NoError(t, err)
	one.Policy.Rules[0].Name, one.Cases[0] = "altered", 'x'
	two, err := policies.Care()
	require.NoError(t, err)
	assert.NotEqual(t, "altered", two.Policy.Rules[0].Name)
	assert.NotEqual(t, byte('x'), two.Cases[0])
}

func TestFilesAreFormed(t *testing.T) {
	for _, x := range shipped {
		data, err := os.ReadFile(x.name + ".json")
		require.NoError(t, err)
		assert.True(t, json.Valid(data))
		assert.NotContains(t, string(data), "\t")
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return string(data)
}
