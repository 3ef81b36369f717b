package triage_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/ask"
	"github.com/reputekit/reputation/triage/signal"
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
				`campaign, competitor, impostor`},
		{"words without words", ruled(triage.Condition{Words: &ask.Words{}}), "rules[0].when.words: has no words"},
		{"words that fold to nothing", ruled(when.Words("down", " *", "\u200b")),
			"rules[0].when.words.any[1]: \"\" has no visible character to look for\n" +
				"rules[0].when.words.any[2]: \"\\u200b\" has no visible character to look for"},
		{"words too long for anybody", ruled(when.AllWords(strings.Repeat("a", 251))),
			"rules[0].when.words.all[0]: the pattern is 251 characters long, at most 250 can be looked for"},
		{"a signal nobody reads", ruled(when.Signal("gloom", when.Min(1))),
			`rules[0].when.signal.name: signal "gloom" is neither built in nor declared in signals`},
		{"a range without ends", ruled(when.Rating(ask.Between{})), "rules[0].when.rating: has neither min nor max"},
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
		{"the opposite deeper down", ruled(when.All(down, when.Any(when.All(when.Not(down), when.Public()), when.Not(down)))),
			"rules[0].when.all[1]: can never hold beside [0], which is the opposite"},
		{"all of several, of which two exclude each other", ruled(when.AtLeast(2, when.Message(when.Max(1)), when.Message(when.Min(2)))),
			"rules[0].when.at_least.of[1]: can never hold beside [0], which leaves no number"},
		{"two aims at once", ruled(when.All(when.Aim(triage.Complaint), when.Aim(triage.Lead, triage.Question))),
			"rules[0].when.all[1]: can never hold beside [0], which shares no value with it"},
		{"verified and not", ruled(when.All(when.Verified(), when.Not(when.Verified()))),
			"rules[0].when.all[1]: can never hold beside [0], which is the opposite"},
		{"a subject, and not its kind", ruled(when.All(when.About("Nimbus"), when.Not(when.AboutKind(mention.Brand)))),
			"rules[0].when.all[1]: can never hold beside [0], which is the opposite"},
		{"doubtful, and nothing makes doubtful", ruled(when.Legitimacy(triage.Doubtful)),
			"rules[0].when.legitimacy: can never hold: the policy has no evidence that makes anybody doubtful"},
		{"too few to stand together", ruled(when.Phrase(2, "down")), "rules[0].when.phrase.words: are 1: it takes 2 to 8 to stand together"},
		{"the same twice", ruled(when.Near(5, "down", "Down")), "rules[0].when.near.words[1]: \"Down\" is there twice"},
		{"a gap that is none", ruled(when.Phrase(-1, "a", "b")), "rules[0].when.phrase.within: -1 words are not 0 to 20"},
		{"a gap too wide", ruled(when.Phrase(21, "a", "b")), "rules[0].when.phrase.within: 21 words are not 0 to 20"},
		{"near by itself", ruled(when.Near(1, "a", "b")), "rules[0].when.near.within: 1 words are not 2 to 50"},
		{"a word of a phrase that folds to nothing", ruled(when.Phrase(1, "a", "\u200b")),
			"rules[0].when.phrase.words[1]: \"\\u200b\" has no visible character to look for"},
		{"no RE2", ruled(when.Pattern("(?=x)")),
			"rules[0].when.pattern: error parsing regexp: invalid or unsupported Perl syntax: `(?=`"},
		{"an expression for every text", ruled(when.Pattern("x*")),
			"rules[0].when.pattern: fits a text of nothing, and so every text"},
		{"an expression without end", ruled(when.Pattern(strings.Repeat("x", 1001))),
			"rules[0].when.pattern: is 1001 bytes long, at most 1000"},
		{"a border that another way does without", ruled(when.Pattern("(x|)*")),
			"rules[0].when.pattern: fits a text of nothing, and so every text"},
		{"a zone nobody knows, and more that is wrong with hours", ruled(when.Hours("Mars/Olympus", "9", "25:00", "monday")),
			"rules[0].when.hours.zone: zone \"Mars/Olympus\" is not known: use an IANA name such as Europe/Madrid\n" +
				"rules[0].when.hours.days[0]: \"monday\" is no day: mon, tue, wed, thu, fri, sat or sun\n" +
				"rules[0].when.hours.from: \"9\" is no time of the day: write it like 09:00\n" +
				"rules[0].when.hours.to: \"25:00\" is no time of the day: write it like 09:00"},
		{"the machine's own zone", ruled(when.Hours("Local", "09:00", "")),
			"rules[0].when.hours.zone: \"Local\" is no zone: use an IANA name such as Europe/Madrid"},
		{"hours without hours", ruled(when.Hours("Europe/Madrid", "", "")),
			"rules[0].when.hours: has neither days nor hours: it would always hold"},
		{"media of no kind", ruled(when.Media("gif")), `rules[0].when.media[0]: media "gif" is none of image, video, audio, file, any`},
		{"waiting for somebody else", ruled(when.Waiting("them")),
			`rules[0].when.waiting[0]: waiting "them" is none of us, customer, nobody`},
		{"an unknown aim", ruled(when.Aim("fun")),
			`rules[0].when.aim[0]: aim "fun" is none of complaint, praise, question, lead, nothing`},
		{"places that are none", ruled(when.Place("Spain", "planet:Mars", "city:")),
			"rules[0].when.place[0]: \"Spain\" is no country: write it like ES, or city:Spain\n" +
				"rules[0].when.place[1]: \"planet\" is no part of a place: country, region, city or name\n" +
				"rules[0].when.place[2]: \"city:\" names no city"},
		{"a zeroth message", ruled(when.Message(when.Max(0))),
			"rules[0].when.message.max: message is never as low as 0, its least is 1"},
		{"values and bounds", ruled(triage.Condition{Given: &ask.Given{Key: "orders", Is: []string{"1"}, Between: when.Min(1)}}),
			"rules[0].when.given: has values and bounds: one of them"},
		{"doubtful, and all that there is does not weigh enough", triage.Policy{
			Legitimacy: triage.Evidence{Doubtful: 500, Items: []triage.EvidenceItem{{Name: "e", When: down, Weight: 499},
				{Name: "f", When: down, Weight: -1}}},
			Rules: []triage.Rule{{Name: "r", When: when.Legitimacy(triage.Doubtful), Then: then}},
		}, "rules[0].when.legitimacy: can never hold: the policy has no evidence that makes anybody doubtful"},
		{"evidence too heavy for a sum", triage.Policy{Legitimacy: triage.Evidence{Doubtful: 1,
			Items: []triage.EvidenceItem{{Name: "e", When: down, Weight: 1 << 62}}}},
			"legitimacy.items[0].weight: 4611686018427387904 is not within -1000000 to 1000000"},
		{"a scorer in another case", triage.Policy{Signals: []triage.Source{{Name: "tone", By: "Scorer:tone"}}},
			`signals[0].by: "Scorer:tone" is no scorer: write it like scorer:tone`},
		{"a scorer nobody bound", triage.Policy{Signals: []triage.Source{{Name: "tone", By: "scorer:tone"}}},
			`signals[0].by: no scorer "tone" is bound`},
		{"a category that no rule gives", triage.Policy{Categories: []triage.Category{{Name: "a"}}},
			`categories[0]: category "a" is given by no rule`},

		{"behind a stop on fewer words", triage.Policy{Rules: []triage.Rule{
			{Name: "a", When: when.Words("down", "outage"), Then: triage.Then{Stop: true}},
			{Name: "b", When: when.All(when.Public(), when.AllWords("outage", "sync")), Then: then},
		}}, "rules[1].when: is never read: rules[0] stops on all that it holds for"},
		{"behind a stop on a wider range", triage.Policy{Rules: []triage.Rule{
			{Name: "a", When: when.Any(when.Followers(when.Min(10)), when.Verified()), Then: triage.Then{Stop: true}},
			{Name: "b", When: when.AtLeast(2, when.Verified(), when.Followers(when.Between(20, 30)), when.Public()), Then: then},
		}}, "rules[1].when: is never read: rules[0] stops on all that it holds for"},
		{"behind a stop on the same words", triage.Policy{Rules: []triage.Rule{
			{Name: "a", When: down, Then: triage.Then{Stop: true}}, {Name: "b", When: down, Then: then},
		}}, "rules[1].when: is never read: rules[0] stops on all that it holds for"},

		{"a rule without a name", triage.Policy{Rules: []triage.Rule{{When: down, Then: then}}},
			"rules[0].name: a rule needs a name"},
		{"a rule that asks for nothing", triage.Policy{Rules: []triage.Rule{{Name: "r", When: down}}},
			"rules[0].then: asks for nothing"},
		{"a category nobody has", triage.Policy{
			Categories: []triage.Category{{Name: "outage"}},
			Rules:      []triage.Rule{{Name: "r", When: down, Then: triage.Then{Category: "outages"}}},
		}, "rules[0].then.category: category \"outages\" is not among the categories\n" +
			"categories[0]: category \"outage\" is given by no rule"},
		{"a category in other case", triage.Policy{
			Categories: []triage.Category{{Name: "outage"}},
			Rules:      []triage.Rule{{Name: "r", When: down, Then: triage.Then{Category: "Outage"}}},
		}, "rules[0].then.category: category \"Outage\" is not among the categories; \"outage\" is\n" +
			"categories[0]: category \"outage\" is given by no rule"},
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
			"rules[2].name: rule \"r\" is there twice\n" +
			"categories[0]: category \"a\" is given by no rule"},

		{"evidence never looks at stars", evidence(when.Any(down, when.Not(when.Rating(when.Max(0))))),
			"legitimacy.items[0].when.any[1].not.rating: evidence on who is genuine never looks at stars"},
		{"nor at feeling", evidence(when.AtLeast(1, when.All(when.Signal("sentiment", when.Max(0))))),
			"legitimacy.items[0].when.at_least.of[0].all[0].signal: evidence on who is genuine never looks at sentiment"},
		{"nor at praise", evidence(when.Signal("praise", when.Min(1))),
			"legitimacy.items[0].when.signal: evidence on who is genuine never looks at praise"},
		{"nor at feeling by its short name", evidence(when.Not(when.Sentiment(when.Max(0)))),
			"legitimacy.items[0].when.not.sentiment: evidence on who is genuine never looks at sentiment"},
		{"nor at what is found later", evidence(when.Aim(triage.Praise)),
			"legitimacy.items[0].when.aim: the aim is found by the rules, after the evidence"},
		{"nor at itself", evidence(when.Legitimacy(triage.Doubtful)),
			"legitimacy.items[0].when.legitimacy: evidence is what legitimacy is made of"},
		{"evidence without weight", triage.Policy{Legitimacy: triage.Evidence{Doubtful: -1,
			Items: []triage.EvidenceItem{{When: down}}}},
			"legitimacy.doubtful: -1 is below 0: everybody would be doubtful\n" +
				"legitimacy.items[0].name: a piece of evidence needs a name\n" +
				"legitimacy.items[0].weight: evidence of weight 0 says nothing"},
	} {
		t.Run(x.reason, func(t *testing.T) {
			j, err := x.policy.Compile(watched(t), quick)
			require.Error(t, err)
			assert.Nil(t, j)
			assert.Equal(t, x.want, err.Error())
			var problems spec.Problems
			assert.True(t, errors.As(err, &problems), "a program can read the problems one by one")
		})
	}
}

// TestWhatIsNotReported holds that rules which can fire are let through.
func TestWhatIsNotReported(t *testing.T) {
	then := triage.Then{Tags: []string{"t"}}
	stop := triage.Then{Stop: true}
	two := func(a triage.Condition, first triage.Then, b triage.Condition, second triage.Then) triage.Policy {
		return triage.Policy{Categories: []triage.Category{{Name: triage.Life}}, Rules: []triage.Rule{
			{Name: "a", When: a, Then: first}, {Name: "b", When: b, Then: second}}}
	}
	for _, x := range []struct {
		reason string
		policy triage.Policy
	}{
		{"the stop holds for less", two(when.AllWords("down", "sync"), stop, when.Words("down"), then)},
		{"negated words wake the second alone", two(when.Words("down"), stop, when.WordsEvenNegated("down"), then)},
		{"no stop", two(when.Words("down"), then, when.Words("down"), then)},
		{"life is read behind a stop", two(when.Words("down"), stop, when.Words("down"), triage.Then{Category: triage.Life})},
		{"a rule between may find the aim", two(when.Aim(triage.Lead), stop, when.Aim(triage.Lead), then)},
		{"ranges that touch", ruled(when.All(when.Followers(when.Min(5)), when.Followers(when.Max(5))))},
		{"any of two that exclude each other", ruled(when.Any(when.Public(), when.InPrivate()))},
		{"one of two that exclude each other", ruled(when.AtLeast(1, when.Public(), when.InPrivate()))},
		{"two media at once", ruled(when.All(when.Media("image"), when.Media("video")))},
		{"two subjects at once", ruled(when.All(when.About("Nimbus"), when.About("Cumulo")))},
		{"a smaller gap stops less", two(when.Phrase(1, "a", "b"), stop, when.Phrase(2, "a", "b"), then)},
		{"neither yes nor no", ruled(when.All(when.Not(when.Customer()), when.Not(when.NoCustomer())))},
	} {
		_, err := x.policy.Compile(watched(t), quick)
		assert.NoError(t, err, x.reason)
	}
}

func TestOptions(t *testing.T) {
	_, err := ruled(when.Channel("chirp", "carrier pigeon")).Compile(nil, triage.Options{Channels: []string{"chirp", "mail"}})
	assert.EqualError(t, err, `rules[0].when.channel[1]: channel "carrier pigeon" is none of chirp, mail`)

	zone := func(name string) (*time.Location, error) {
		if name == "Ship" {
			return time.FixedZone("Ship", 3600), nil
		}
		return nil, errors.New("no zone but the ship's")
	}
	j, err := ruled(when.Hours("Ship", "10:00", "11:00")).Compile(nil, triage.Options{Lists: lists, Zone: zone})
	require.NoError(t, err)
	assert.NotEmpty(t, j.Judge(triage.Input{At: monday}).Reasons, "09:30 UTC is 10:30 on the ship")
	_, err = ruled(when.Hours("Europe/Madrid", "10:00", "")).Compile(nil, triage.Options{Lists: lists, Zone: zone})
	assert.EqualError(t, err, "rules[0].when.hours.zone: no zone but the ship's")

	p := ruled(when.Signal("tone", when.Min(500)))
	p.Signals = []triage.Source{{Name: "tone", By: "scorer:tone"}}
	s := &loud{}
	bound := triage.Options{Scorers: map[string]triage.Scorer{"tone": s}, Lazy: true}
	j, err = p.Compile(nil, bound)
	require.NoError(t, err)
	v := j.Judge(hear(t, "HELLO"))
	require.Len(t, v.Reasons, 1)
	assert.Equal(t, "tone 900 >= 500", v.Reasons[0].Compared())
	assert.Equal(t, 1, s.asked)
	assert.Empty(t, j.Judge(hear(t, "hello")).Reasons, "what the scorer cannot tell is absent")
	p.Signals[0].Name, p.Rules[0].When.Signal.Name = "mood", "mood"
	_, err = p.Compile(nil, bound)
	assert.EqualError(t, err, `signals[0].by: scorer "tone" does not give mood: it gives pitch, tone`)
}

func TestWordsWithoutAccents(t *testing.T) {
	p := ruled(when.All(when.Words("devolución"), when.Phrase(1, "cancelar", "cafe")))
	p.IgnoreAccents = true
	j := must(p.Compile(nil, quick))
	assert.NotEmpty(t, j.Judge(hear(t, "quiero la devolucion y cancelar mi café")).Reasons)
}

// TestVersions: a policy is versioned with the models that it reads.
func TestVersions(t *testing.T) {
	p := ruled(when.All(when.Signal("tone", when.Min(1)), when.Signal("pitch", when.Min(1))))
	p.Signals = []triage.Source{{Name: "tone", By: "scorer:named"}, {Name: "pitch", By: "scorer:plain"}, {Name: "outside"}}
	bound := map[string]triage.Scorer{"named": &named{}, "plain": &loud{}, "other": &named{}}
	j := must(p.Compile(nil, triage.Options{Lists: lists, Scorers: bound}))
	assert.Equal(t, map[string]string{"named": "7c3f", "plain": ""}, j.Versions(), "those that the policy reads")
	j.Versions()["plain"] = "x"
	assert.Empty(t, j.Versions()["plain"], "the judge's own are not handed out")
	v := j.Judge(hear(t, "HELLO"))
	require.Len(t, v.Reasons, 1)
	assert.Equal(t, []signal.Span{{Start: 0, End: 5}}, v.Reasons[0].Spans, "the words that a scorer shows are shown")

	bound["named"] = (*named)(nil)
	_, err := p.Compile(nil, triage.Options{Lists: lists, Scorers: bound})
	assert.EqualError(t, err, `signals[0].by: no scorer "named" is bound`)
}

// named is loud, shows what it read and says which one it is.
type named struct{ hears loud }

func (*named) Checksum() string { return "7c3f" }

func (n *named) Signals() []string { return n.hears.Signals() }

func (n *named) Score(dst []signal.Reading, text, lang string) []signal.Reading {
	dst = n.hears.Score(dst, text, lang)
	for i := range dst {
		dst[i].Spans = []signal.Span{{End: len(text)}}
	}
	return dst
}

// loud gives a reading for a text in capitals.
type loud struct{ asked int }

func (*loud) Signals() []string { return []string{"pitch", "tone"} }

func (l *loud) Score(dst []signal.Reading, text, _ string) []signal.Reading {
	l.asked++
	if text != strings.ToUpper(text) {
		return dst
	}
	return append(dst, signal.Reading{Name: "pitch", Value: 1}, signal.Reading{Name: "tone", Value: 900})
}

func TestATreeThatHoldsItself(t *testing.T) {
	loop := triage.Condition{All: make([]triage.Condition, 1)}
	loop.All[0] = loop
	_, err := ruled(loop).Compile(nil, quick)
	assert.ErrorContains(t, err, "is nested deeper than 50 conditions")
	forked := triage.Condition{All: make([]triage.Condition, 2)}
	forked.All[0], forked.All[1] = forked, forked
	_, err = ruled(forked).Compile(nil, quick)
	var problems spec.Problems
	require.ErrorAs(t, err, &problems, "one that forks ends as soon")
	assert.Len(t, problems, 1)
	shared := when.Public()
	for range 40 {
		shared = when.Any(shared, shared)
	}
	_, err = triage.Policy{Rules: []triage.Rule{{Name: "a", When: shared, Then: triage.Then{Stop: true}}, {}}}.Compile(nil, quick)
	assert.ErrorContains(t, err, "is one too many: a policy has 50000 conditions at most", "a branch in many places")
	assert.ErrorContains(t, err, "rules[1].name: a rule needs a name", "what else is wrong is told")
	wide := make([]triage.Condition, 20000)
	for i := range wide {
		wide[i] = when.Followers(when.Min(i))
	}
	_, err = ruled(when.All(wide...)).Compile(nil, quick)
	assert.NoError(t, err, "a very wide one costs no more than it is long")
}

func TestAboutNeedsAMatcher(t *testing.T) {
	_, err := ruled(when.About("Nimbus")).Compile(nil, quick)
	assert.EqualError(t, err, "rules[0].when.about: asks about a subject, and there is no watchlist")
	_, err = ruled(when.Words("down")).Compile(nil, quick)
	assert.NoError(t, err, "a policy that asks about nobody needs none")
}

func TestAPolicyIsTheSameInJSON(t *testing.T) {
	out, err := json.Marshal(house())
	require.NoError(t, err)
	var back triage.Policy
	require.NoError(t, spec.Decode(out, &back))
	assert.Equal(t, house(), back)
	_, err = back.Compile(watched(t), quick)
	assert.NoError(t, err)
}

func TestTheHouseMayNameLife(t *testing.T) {
	p := house()
	p.Categories = append(p.Categories, triage.Category{Name: triage.Life, Crisis: true})
	j, err := p.Compile(watched(t), quick)
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
