package triage_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/when"
)

// ruled is a policy of one rule, otherwise in order.
func ruled(c triage.Condition) triage.Policy {
	return triage.Policy{Rules: []triage.Rule{{Name: "r", When: c, Then: triage.Then{Tags: []string{"t"}}}}}
}

func evidence(c triage.Condition) triage.Policy {
	items := []triage.EvidenceItem{{Name: "e", When: c, Weight: 1}}
	return triage.Policy{Legitimacy: triage.Evidence{Doubtful: 1, Items: items}}
}

func TestCompileProblems(t *testing.T) {
	down := when.Words("down")
	then := triage.Then{Tags: []string{"t"}}
	empty := triage.Condition{}
	for _, x := range []struct {
		reason string
		policy triage.Policy
		want   string
	}{
		{"a condition that says nothing", ruled(empty), "rules[0].when: is empty: a condition has one field"},
		{"deep down too", ruled(when.All(down, when.Not(empty))),
			"rules[0].when.all[1].not: is empty: a condition has one field"},
		{"two things at once", ruled(triage.Condition{About: "Nimbus", Public: new(bool)}),
			"rules[0].when: has about and public: a condition has one field, put several under all"},
		{"a group of none", ruled(when.Any()), "rules[0].when: is empty: a condition has one field"},
		{"a written group of none", ruled(triage.Condition{All: []triage.Condition{}}),
			"rules[0].when.all: has no conditions"},
		{"more than there are", ruled(when.AtLeast(3, down, when.Public())),
			"rules[0].when.at_least.n: 3 of 2 conditions cannot be asked for"},
		{"none of them", ruled(when.AtLeast(0, down)), "rules[0].when.at_least.n: 0 of 1 conditions cannot be asked for"},
		{"inside a group by number", ruled(when.AtLeast(1, empty)),
			"rules[0].when.at_least.of[0]: is empty: a condition has one field"},
		{"a subject nobody watches", ruled(when.About("acme")),
			`rules[0].when.about: subject "acme" is not on the watchlist`},
		{"a kind that is none", ruled(when.About("kind:band")),
			`rules[0].when.about: kind of subject "band" is none of brand, product, site, location, person, ` +
				`campaign, competitor`},
		{"words without words", ruled(triage.Condition{Words: &triage.Words{}}), "rules[0].when.words: has no words"},
		{"words that fold to nothing", ruled(when.Words("down", " *", "\u200b")),
			"rules[0].when.words.any[1]: \"\" has no visible character to look for\n" +
				"rules[0].when.words.any[2]: \"\\u200b\" has no visible character to look for"},
		{"words too long for anybody", ruled(when.AllWords(strings.Repeat("a", 251))),
			"rules[0].when.words.all[0]: the pattern is 251 characters long, at most 250 can be looked for"},
		{"a signal nobody reads", ruled(when.Signal("gloom", when.Min(1))),
			`rules[0].when.signal.name: signal "gloom" is neither built in nor declared in signals`},
		{"a range without ends", ruled(when.Rating(triage.Between{})), "rules[0].when.rating: has neither min nor max"},
		{"a range turned round", ruled(when.Followers(when.Between(5, 4))), "rules[0].when.followers: min 5 is above max 4"},
		{"a bound no star reaches", ruled(when.Rating(when.Min(1001))),
			"rules[0].when.rating.min: rating never reaches 1001, its most is 1000"},
		{"a number below none", ruled(when.Contacts(when.Max(-1))),
			"rules[0].when.contacts.max: contacts is never as low as -1, its least is 0"},
		{"praise has no depth", ruled(when.Signal("praise", when.Max(-1))),
			"rules[0].when.signal.max: praise is never as low as -1, its least is 0"},
		{"a kind of mention that is none", ruled(when.Kind("story")),
			`rules[0].when.kind[0]: kind "story" is none of post, comment, review, message`},
		{"a list of none", ruled(triage.Condition{Channel: []string{}}), "rules[0].when.channel: has no values"},
		{"an empty value", ruled(when.Channel("chirp", "")), "rules[0].when.channel[1]: an empty channel never comes"},
		{"a language by its name", ruled(when.Lang("spanish")),
			`rules[0].when.lang[0]: "spanish" is no language: write it like es`},
		{"an unknown standing", ruled(when.Standing("boss")),
			`rules[0].when.standing[0]: standing "boss" is none of customer, press, employee, official, creator, ` +
				`competitor, litigant`},
		{"a machine never says fake", ruled(when.Legitimacy(triage.Fake)),
			`rules[0].when.legitimacy[0]: legitimacy "fake" is none of genuine, unverified, doubtful`},
		{"an unknown addressee", ruled(when.Addressed("them")),
			`rules[0].when.addressed[0]: addressed "them" is none of us, about, overheard`},
		{"given without a key", ruled(when.Given("")), "rules[0].when.given.key: what the host gives has a key"},
		{"the opposite beside it", ruled(when.All(down, when.Not(down))),
			"rules[0].when.all[1]: can never hold beside [0], which is the opposite"},
		{"public and private at once", ruled(when.All(when.Public(), down, when.InPrivate())),
			"rules[0].when.all[2]: can never hold beside [0], which is the opposite"},
		{"two channels at once", ruled(when.All(when.Channel("chirp"), when.Channel("mail"))),
			"rules[0].when.all[1]: can never hold beside [0], which shares no value with it"},
		{"no number left", ruled(when.All(when.Signal("sentiment", when.Min(1)), when.Signal("sentiment", when.Max(-1)))),
			"rules[0].when.all[1]: can never hold beside [0], which leaves no number"},
		{"behind a stop on the same words", triage.Policy{Rules: []triage.Rule{
			{Name: "a", When: down, Then: triage.Then{Stop: true}}, {Name: "b", When: down, Then: then},
		}}, "rules[1].when: is never read: rules[0] stops on the same condition"},

		{"a rule without a name", triage.Policy{Rules: []triage.Rule{{When: down, Then: then}}},
			"rules[0].name: a rule needs a name"},
		{"a rule that asks for nothing", triage.Policy{Rules: []triage.Rule{{Name: "r", When: down}}},
			"rules[0].then: asks for nothing"},
		{"a category nobody has", triage.Policy{
			Categories: []triage.Category{{Name: "outage"}},
			Rules:      []triage.Rule{{Name: "r", When: down, Then: triage.Then{Category: "outages"}}},
		}, `rules[0].then.category: category "outages" is not among the categories`},
		{"a category in other case", triage.Policy{
			Categories: []triage.Category{{Name: "outage"}},
			Rules:      []triage.Rule{{Name: "r", When: down, Then: triage.Then{Category: "Outage"}}},
		}, `rules[0].then.category: category "Outage" is not among the categories; "outage" is`},
		{"unknown values in then", triage.Policy{Rules: []triage.Rule{{Name: "r", When: down,
			Then: triage.Then{Aim: "fun", Handling: "burn", Severity: 9, Tags: []string{""}}}}},
			"rules[0].then.severity: 9 is no severity\n" +
				"rules[0].then.aim: aim \"fun\" is none of complaint, praise, question, lead, nothing\n" +
				"rules[0].then.handling: handling \"burn\" is none of ignore, record, open\n" +
				"rules[0].then.tags[0]: a tag needs a name"},
		{"life cannot be lowered", triage.Policy{
			Categories: []triage.Category{{Name: triage.Life, Severity: triage.Serious}},
			Rules: []triage.Rule{{Name: "r", When: down,
				Then: triage.Then{Category: triage.Life, Severity: triage.Elevated, Handling: triage.Record}}},
		}, "categories[0].severity: life is always a crisis, never serious\n" +
			"rules[0].then.severity: life is always a crisis, never elevated\n" +
			"rules[0].then.handling: life always opens a case"},
		{"names twice", triage.Policy{
			Categories: []triage.Category{{Name: "a"}, {Name: "a"}},
			Signals:    []triage.Source{{Name: "praise"}, {}},
			Rules: []triage.Rule{{Name: "r", When: down, Then: then}, {Name: "r ", When: when.Public(), Then: then},
				{Name: "r", When: when.InPrivate(), Then: then}},
		}, "signals[0].name: signal \"praise\" is built in or declared twice\n" +
			"signals[1].name: a signal needs a name\n" +
			"categories[1].name: category \"a\" is there twice\n" +
			"rules[1].name: rule \"r \" has blanks at its ends\n" +
			"rules[2].name: rule \"r\" is there twice"},

		{"evidence never looks at stars", evidence(when.Any(down, when.Not(when.Rating(when.Max(0))))),
			"legitimacy.items[0].when.any[1].not.rating: evidence on who is genuine never looks at stars"},
		{"nor at feeling", evidence(when.AtLeast(1, when.All(when.Signal("sentiment", when.Max(0))))),
			"legitimacy.items[0].when.at_least.of[0].all[0].signal: evidence on who is genuine never looks at sentiment"},
		{"nor at praise", evidence(when.Signal("praise", when.Min(1))),
			"legitimacy.items[0].when.signal: evidence on who is genuine never looks at praise"},
		{"nor at itself", evidence(when.Legitimacy(triage.Doubtful)),
			"legitimacy.items[0].when.legitimacy: evidence is what legitimacy is made of"},
		{"evidence without weight", triage.Policy{Legitimacy: triage.Evidence{Doubtful: -1,
			Items: []triage.EvidenceItem{{When: down}}}},
			"legitimacy.doubtful: -1 is below 0: everybody would be doubtful\n" +
				"legitimacy.items[0].name: a piece of evidence needs a name\n" +
				"legitimacy.items[0].weight: evidence of weight 0 says nothing"},
	} {
		t.Run(x.reason, func(t *testing.T) {
			j, err := x.policy.Compile(watched(t))
			require.Error(t, err)
			assert.Nil(t, j)
			assert.Equal(t, x.want, err.Error())
			var problems spec.Problems
			assert.True(t, errors.As(err, &problems), "a program can read the problems one by one")
		})
	}
}

func TestATreeThatHoldsItself(t *testing.T) {
	loop := triage.Condition{All: make([]triage.Condition, 1)}
	loop.All[0] = loop
	_, err := ruled(loop).Compile(nil)
	assert.ErrorContains(t, err, "is nested deeper than 50 conditions")
	wide := make([]triage.Condition, 20000)
	for i := range wide {
		wide[i] = when.Followers(when.Min(i))
	}
	_, err = ruled(when.All(wide...)).Compile(nil)
	assert.NoError(t, err, "a very wide one costs no more than it is long")
}

func TestAboutNeedsAMatcher(t *testing.T) {
	_, err := ruled(when.About("Nimbus")).Compile(nil)
	assert.EqualError(t, err, "rules[0].when.about: asks about a subject, and there is no watchlist")
	_, err = ruled(when.Words("down")).Compile(nil)
	assert.NoError(t, err, "a policy that asks about nobody needs none")
}

func TestAPolicyIsTheSameInJSON(t *testing.T) {
	out, err := json.Marshal(house())
	require.NoError(t, err)
	var back triage.Policy
	require.NoError(t, spec.Decode(out, &back))
	assert.Equal(t, house(), back)
	_, err = back.Compile(watched(t))
	assert.NoError(t, err)
}

func TestTheHouseMayNameLife(t *testing.T) {
	p := house()
	p.Categories = append(p.Categories, triage.Category{Name: triage.Life, Crisis: true})
	j, err := p.Compile(watched(t))
	require.NoError(t, err, "without a severity, or with crisis")
	v := j.Judge(hear(t, "gas leak"))
	assert.Equal(t, triage.Crisis, v.Severity)
	assert.True(t, v.Crisis, "the house says that it opens an incident")
}

func FuzzCompile(f *testing.F) {
	out, err := json.Marshal(house())
	require.NoError(f, err)
	f.Add(string(out), "Nimbus is down")
	f.Add(`{"rules":[{"name":"a","when":{"not":{"not":{"words":{"any":["x"]}}}},"then":{"tags":["t"]}}]}`, "x")
	f.Add(`{"rules":[{"name":"a","when":{"at_least":{"n":1,"of":[{"public":null},{"lang":[]}]}}}]}`, "\xff\x00")
	f.Add(`{"rules":[{"when":{"words":{"any":["\u00ad","ß*","*"]},"given":{}}}],`+
		`"categories":[{"name":"life","severity":"serious"}]}`, "STRASSE")
	m := watched(f)
	f.Fuzz(func(t *testing.T, policy, text string) {
		var p triage.Policy
		if json.Unmarshal([]byte(policy), &p) != nil {
			t.Skip("no policy")
		}
		j, err := p.Compile(m)
		if err != nil {
			var problems spec.Problems
			require.ErrorAs(t, err, &problems)
			require.NotEmpty(t, problems)
			require.Nil(t, j)
			return
		}
		in := triage.Input{Mention: &mention.Mention{Text: text}}
		_ = j.Explain(in, j.Judge(in))
	})
}
