package triage_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/tally"
	"github.com/reputekit/reputation/triage/when"
)

var monday = time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)

// watched is a brand, a word that is watched widely and a competitor.
func watched(testing.TB) *mention.Matcher { return watch }

var watch = must(mention.Watchlist{Subjects: []mention.Subject{
	{Name: "Nimbus", Kind: mention.Brand},
	{Name: "cloud storage", Kind: mention.Product, Focus: mention.Wide},
	{Name: "Cumulo", Kind: mention.Competitor},
}}.Compile())

// house is the policy of an invented house, with something of everything.
func house() triage.Policy {
	return triage.Policy{
		Categories: []triage.Category{
			{Name: "outage", Severity: triage.Serious, Crisis: true},
			{Name: "billing", Severity: triage.Elevated},
			{Name: "praise"},
			{Name: "hazard", Severity: triage.Serious, Safety: true},
			{Name: "impostor", Exposure: true},
			{Name: "injury report", Duty: true},
		},
		Legitimacy: triage.Evidence{Doubtful: 500, Items: []triage.EvidenceItem{
			{Name: "new account", When: when.AuthorDays(when.Max(3)), Weight: 300},
			{Name: "names a competitor", When: when.About("kind:competitor"), Weight: 300},
			{Name: "says nothing of ours", When: when.Not(when.Words("backup", "sync", "invoice")), Weight: 300},
			{Name: "gave an order", When: when.Given("order"), Weight: -400},
		}},
		Signals: []triage.Source{{Name: "fury", By: "the language service"}},
		Rules: []triage.Rule{
			{Name: "outage", When: when.Words("down", "outage", "not loading"),
				Then: triage.Then{Category: "outage", Aim: triage.Complaint, Tags: []string{"sync", "app"}}},
			{Name: "press", When: when.Standing(triage.Press),
				Then: triage.Then{Severity: triage.Elevated, Tags: []string{"press"}}},
			{Name: "billing", When: when.Words("invoice", "charged twice", "refund*"),
				Then: triage.Then{Category: "billing", Tags: []string{"money", "app"}}},
			{Name: "furious", When: when.Signal("fury", when.Min(800)),
				Then: triage.Then{Severity: triage.Serious}},
			{Name: "spam", When: when.Words("follow my page"),
				Then: triage.Then{Handling: triage.Ignore, Stop: true}},
			{Name: "praise", When: when.Signal("praise", when.Min(600)),
				Then: triage.Then{Category: "praise", Aim: triage.Praise, Handling: triage.Record}},
			{Name: "hazard", When: when.Words("caught fire"), Then: triage.Then{Category: "hazard"}},
			{Name: "impostor", When: when.Words("fake Nimbus account"), Then: triage.Then{Category: "impostor"}},
			{Name: "injury", When: when.Words("burned my hand"), Then: triage.Then{Category: "injury report"}},
			{Name: "danger", When: when.Words("kill myself", "gas leak"),
				Then: triage.Then{Category: triage.Life}},
		},
	}
}

func judge(t testing.TB) *triage.Judge {
	j, err := house().Compile(watched(t), quick)
	require.NoError(t, err)
	return j
}

// hear makes the input of a post, with the hits that the matcher finds in it.
func hear(t testing.TB, text string, change ...func(*triage.Input)) triage.Input {
	m := mention.Mention{
		Ref: mention.Ref{Channel: "chirp", ID: "1"}, Lang: "en", Text: text,
		Author: mention.Author{Handle: "ada"}, PostedAt: monday,
	}
	m = m.Canonical()
	in := triage.Input{Mention: &m, Hits: watched(t).Match(nil, m.Text), At: monday}
	for _, f := range change {
		f(&in)
	}
	return in
}

func toUs(in *triage.Input)      { in.Mention.Addressed = mention.ToUs }
func inPrivate(in *triage.Input) { in.Mention.Visibility = mention.Private }
func customer(in *triage.Input)  { in.Given = map[string]string{"customer": "yes"} }
func ordered(in *triage.Input)   { in.Given = map[string]string{"order": "88121"} }
func newAccount(in *triage.Input) {
	in.Mention.Author.Since = monday.Add(-24 * time.Hour)
}

func TestJudge(t *testing.T) {
	angry := func(in *triage.Input) { in.Observed = []signal.Reading{{Name: "fury", Value: 900}} }
	press := func(in *triage.Input) { in.Standing = triage.Press }
	for _, x := range []struct {
		reason     string
		text       string
		change     []func(*triage.Input)
		handling   triage.Handling
		category   string
		severity   triage.Severity
		legitimacy triage.Legitimacy
		tags       []string
		fired      []string
	}{
		{reason: "a category and a core subject open a case, at the severity of the category",
			text: "Nimbus is down", handling: triage.Open, category: "outage", severity: triage.Serious,
			tags: []string{"app", "sync"}, fired: []string{"says nothing of ours", "outage"}},
		{reason: "nobody is named and it is not to us",
			text: "my internet is down", handling: triage.Ignore, category: "outage", severity: triage.Serious,
			tags: []string{"app", "sync"}, fired: []string{"says nothing of ours", "outage"}},
		{reason: "the same words to us open a case",
			text: "my sync is down", change: []func(*triage.Input){toUs}, handling: triage.Open, category: "outage",
			severity: triage.Serious, tags: []string{"app", "sync"}, fired: []string{"outage"}},
		{reason: "a private message is to us",
			text: "my sync is down", change: []func(*triage.Input){inPrivate}, handling: triage.Open, category: "outage",
			severity: triage.Serious, tags: []string{"app", "sync"}, fired: []string{"outage"}},
		{reason: "to us without a category is recorded, not ignored",
			text: "hello, about my backup", change: []func(*triage.Input){toUs}, handling: triage.Record},
		{reason: "a wide subject opens nothing by itself",
			text: "cloud storage is down, no sync", handling: triage.Record, category: "outage",
			severity: triage.Serious, tags: []string{"app", "sync"}, fired: []string{"says nothing of ours", "outage"}},
		{reason: "a competitor opens nothing by itself",
			text: "Cumulo is down, their backup too", handling: triage.Record, category: "outage",
			severity: triage.Serious, tags: []string{"app", "sync"}, fired: []string{"names a competitor", "outage"}},
		{reason: "the first category stands, tags add up",
			text: "Nimbus is down and I want a refund for my backup", handling: triage.Open, category: "outage",
			severity: triage.Serious, tags: []string{"app", "money", "sync"}, fired: []string{"outage", "billing"}},
		{reason: "a stem finds its words", text: "Nimbus backup, when am I refunded", handling: triage.Open,
			category: "billing", severity: triage.Elevated, tags: []string{"app", "money"}, fired: []string{"billing"}},
		{reason: "the highest severity counts, above the category's own",
			text: "Nimbus invoice wrong", change: []func(*triage.Input){angry, press}, handling: triage.Open,
			category: "billing", severity: triage.Serious, tags: []string{"app", "money", "press"},
			fired: []string{"press", "billing", "furious"}},
		{reason: "what is negated does not count",
			text: "Nimbus is not down, my backup runs", handling: triage.Record},
		{reason: "a phrase that holds its own negation counts",
			text: "Nimbus sync not loading", handling: triage.Open, category: "outage", severity: triage.Serious,
			tags: []string{"app", "sync"}, fired: []string{"outage"}},
		{reason: "a rule's handling stands above the usual one",
			text: "Thank you so much Nimbus, my backup is safe", handling: triage.Record, category: "praise",
			fired: []string{"praise"}},
		{reason: "sarcasm is not praise: the count and what went wrong veto it",
			text: "Great job Nimbus, third lost backup", handling: triage.Record},
		{reason: "stop ends the reading",
			text: "Nimbus backup thanks! follow my page, it caught fire", handling: triage.Ignore, fired: []string{"spam"}},
		{reason: "life is read behind a stop, and opens a case",
			text: "Nimbus backup, follow my page, gas leak here", handling: triage.Open, category: triage.Life,
			severity: triage.Crisis, fired: []string{"spam", "danger"}},
		{reason: "life comes before a category named earlier, and needs no subject",
			text: "sync down, I will kill myself", handling: triage.Open, category: triage.Life, severity: triage.Crisis,
			tags: []string{"app", "sync"}, fired: []string{"outage", "danger"}},
		{reason: "evidence that adds up makes doubtful",
			text: "Nimbus is bad, take Cumulo backup", change: []func(*triage.Input){newAccount}, handling: triage.Record,
			legitimacy: triage.Doubtful, fired: []string{"new account", "names a competitor"}},
		{reason: "a real customer is never doubtful, and the evidence is still shown",
			text: "Nimbus is bad, take Cumulo backup", change: []func(*triage.Input){newAccount, customer},
			handling: triage.Record, legitimacy: triage.Genuine, fired: []string{"new account", "names a competitor"}},
		{reason: "what a text of two words does not say is no evidence",
			text: "Nimbus meh", change: []func(*triage.Input){newAccount}, handling: triage.Record,
			fired: []string{"new account"}},
		{reason: "an empty text is no evidence", text: "", change: []func(*triage.Input){toUs}, handling: triage.Record},
		{reason: "evidence can speak for the author",
			text:     "Nimbus is bad, take Cumulo backup",
			change:   []func(*triage.Input){newAccount, ordered},
			handling: triage.Record, fired: []string{"new account", "names a competitor", "gave an order"}},
	} {
		t.Run(x.reason, func(t *testing.T) {
			v := judge(t).Judge(hear(t, x.text, x.change...))
			if x.legitimacy == "" {
				x.legitimacy = triage.Unverified
			}
			var fired []string
			for _, r := range v.Reasons {
				fired = append(fired, r.Rule)
			}
			assert.Equal(t, x.handling, v.Handling, "handling")
			assert.Equal(t, x.category, v.Category, "category")
			assert.Equal(t, x.severity, v.Severity, "severity")
			assert.Equal(t, x.legitimacy, v.Legitimacy, "legitimacy")
			assert.Equal(t, x.tags, v.Tags, "tags")
			assert.Equal(t, x.fired, fired, "fired")
		})
	}
}

func TestReasonsShowTheWords(t *testing.T) {
	in := hear(t, "Nimbus: charged twice, and no refund. Down again?")
	v := judge(t).Judge(in)
	saw := map[string][]string{}
	for _, r := range v.Reasons {
		for _, s := range r.Spans {
			saw[r.Rule] = append(saw[r.Rule], in.Mention.Text[s.Start:s.End])
		}
	}
	assert.Equal(t, map[string][]string{"outage": {"Down"}, "billing": {"charged twice"}}, saw,
		"the words that counted; the negated refund did not")
	v = judge(t).Judge(hear(t, "sync", func(in *triage.Input) {
		in.Standing, in.Observed = triage.Press, []signal.Reading{{Name: "fury", Value: 850}}
	}))
	require.Len(t, v.Reasons, 2)
	assert.Equal(t, "standing press", v.Reasons[0].Compared())
	assert.Equal(t, "fury 850 >= 800", v.Reasons[1].Compared())
	assert.Equal(t, "severity serious", v.Reasons[1].Did)
}

func TestRankOfAVerdict(t *testing.T) {
	card := "Nimbus backup failed, my card is 4111 1111 1111 1111"
	for _, x := range []struct {
		reason string
		in     triage.Input
		want   triage.Rank
	}{
		{"nothing special: severity and since", hear(t, "Nimbus backup"), triage.Rank{Since: monday}},
		{"a crisis", hear(t, "Nimbus down"), triage.Rank{Crisis: true, Severity: triage.Serious, Since: monday}},
		{"safety", hear(t, "Nimbus box caught fire"), triage.Rank{Safety: true, Severity: triage.Serious, Since: monday}},
		{"a category that exposes", hear(t, "beware of the fake Nimbus account"), triage.Rank{Exposure: true, Since: monday}},
		{"a regulator's clock", hear(t, "Nimbus burned my hand"), triage.Rank{Duty: true, Since: monday}},
		{"life", hear(t, "gas leak at Nimbus"), triage.Rank{Life: true, Severity: triage.Crisis, Since: monday}},
		{"a card in public", hear(t, card), triage.Rank{Exposure: true, Since: monday}},
		{"a password in public", hear(t, "Nimbus, my password: hunter2 stopped working"), triage.Rank{Exposure: true, Since: monday}},
		{"a mail address robs nobody", hear(t, "Nimbus, write to ada@mail.example"), triage.Rank{Since: monday}},
		{"the same card in private", hear(t, card, inPrivate), triage.Rank{Since: monday}},
		{"tier and the larger of reach and followers", hear(t, "Nimbus", func(in *triage.Input) {
			in.Given = map[string]string{"tier": "12"}
			in.Mention.Audience, in.Mention.Author.Followers = 10, 900
		}), triage.Rank{Since: monday, Tier: 9, Audience: 900}},
		{"a tier that is no number is the lowest", hear(t, "Nimbus", func(in *triage.Input) {
			in.Given = map[string]string{"tier": "gold"}
		}), triage.Rank{Since: monday}},
		{"a broken promise", hear(t, "Nimbus", func(in *triage.Input) { in.History = tally.Reading{Broken: 1} }),
			triage.Rank{Since: monday, Repeated: true}},
		{"contact again while a case is open", hear(t, "Nimbus", func(in *triage.Input) {
			in.History = tally.Reading{Contacts: 1, Open: 1}
		}), triage.Rank{Since: monday, Repeated: true}},
		{"contact again on a closed matter is a new one", hear(t, "Nimbus", func(in *triage.Input) {
			in.History = tally.Reading{Contacts: 1}
		}), triage.Rank{Since: monday}},
		{"without an instant of its own it waits since it came", hear(t, "Nimbus", func(in *triage.Input) {
			in.Mention.PostedAt, in.Mention.ReceivedAt = time.Time{}, monday.Add(time.Hour)
		}), triage.Rank{Since: monday.Add(time.Hour)}},
	} {
		assert.Equal(t, x.want, judge(t).Judge(x.in).Rank, x.reason)
	}
}

func TestSecondJudgingIsTheSame(t *testing.T) {
	j := judge(t)
	text := "Great job Nimbus, third cancelled sync, refund? 4111 1111 1111 1111 😡"
	in := hear(t, text, toUs, newAccount, customer, func(in *triage.Input) {
		in.Observed = []signal.Reading{{Name: "zeal", Value: 1},
			{Name: "fury", Value: 5000, Spans: []signal.Span{{Start: 0, End: 5}}}, {Name: "fury", Value: 3},
			{Name: "praise", Value: 1000}}
		in.Hits = append(make([]mention.Hit, 0, 9), in.Hits...)
	})
	before, err := json.Marshal(in)
	require.NoError(t, err)
	one := j.Judge(in)
	first, err := json.Marshal(one)
	require.NoError(t, err)
	if len(one.Hits) > 0 {
		one.Hits[0].Subject = "changed"
	}
	for i := range one.Signals {
		for k := range one.Signals[i].Spans {
			one.Signals[i].Spans[k] = signal.Span{}
		}
	}
	second, err := json.Marshal(j.Judge(in))
	require.NoError(t, err)
	assert.JSONEq(t, string(first), string(second), "the same input gives the same verdict, whoever changed the first")
	after, err := json.Marshal(in)
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after), "the input is as it was")

	var back triage.Verdict
	require.NoError(t, json.Unmarshal(first, &back))
	again, err := json.Marshal(back)
	require.NoError(t, err)
	assert.Equal(t, string(first), string(again), "a verdict survives being stored")
	assert.True(t, slices.IsSorted(names(back.Signals)), "by name")
	assert.Len(t, slices.Compact(names(back.Signals)), len(back.Signals), "each once")
	assert.Subset(t, names(back.Signals), []string{"fury", "praise", "question", "sentiment", "zeal"})
	fury := back.Signals[slices.Index(names(back.Signals), "fury")]
	assert.Equal(t, 1000, fury.Value, "what comes from outside is kept within its scale")
	praise := back.Signals[slices.Index(names(back.Signals), "praise")]
	assert.Equal(t, 0, praise.Value, "nobody outside overrules a built-in signal")
}

func names(rs []signal.Reading) []string {
	var out []string
	for _, r := range rs {
		out = append(out, r.Name)
	}
	return out
}

func TestLegitimacyIgnoresStarsAndSentiment(t *testing.T) {
	j := judge(t)
	for _, text := range []string{"Nimbus is wonderful, I love my backup", "Nimbus is horrible, I hate my backup"} {
		for stars := range 6 {
			v := j.Judge(hear(t, text, newAccount, func(in *triage.Input) {
				in.Mention.Rating = mention.Rating{Value: stars, Best: 5}
			}))
			var evidence []string
			for _, r := range v.Reasons {
				if r.Rule == "new account" || r.Rule == "names a competitor" {
					evidence = append(evidence, r.Rule)
				}
			}
			assert.Equal(t, triage.Unverified, v.Legitimacy, "%s, %d stars", text, stars)
			assert.Equal(t, []string{"new account"}, evidence, "%s, %d stars", text, stars)
		}
	}
}

func TestNilMentionAndNilMatcher(t *testing.T) {
	j, err := triage.Policy{
		Categories: []triage.Category{{Name: "outage"}},
		Rules:      []triage.Rule{{Name: "outage", When: when.Words("down"), Then: triage.Then{Category: "outage"}}},
	}.Compile(nil, quick)
	require.NoError(t, err)
	assert.Equal(t, triage.Record, j.Judge(triage.Input{}).Handling, "nothing said is recorded")
	assert.Equal(t, triage.Open, j.Judge(triage.Input{Mention: &mention.Mention{Text: "it is down"}}).Handling,
		"without a watchlist a mention is taken to name us")
	assert.Equal(t, triage.Record, j.Judge(triage.Input{Mention: &mention.Mention{Text: "it is down"},
		Hits: []mention.Hit{{Subject: "Cumulo", Kind: mention.Competitor, End: 2}}}).Handling, "unless its hits say otherwise")
	assert.NotPanics(t, func() { _ = j.Explain(triage.Input{}, j.Judge(triage.Input{})) })
}

func TestPrivateDataIsNamedByPlaceOnly(t *testing.T) {
	in := hear(t, "Nimbus, my card 4111 1111 1111 1111 was charged twice")
	v := judge(t).Judge(in)
	require.Len(t, v.Private, 1)
	assert.Equal(t, sensitive.Card, v.Private[0].Class)
	stored, err := json.Marshal(v)
	require.NoError(t, err)
	assert.NotContains(t, string(stored), "1111", "the verdict holds no private data itself")
}

func TestALongTextIsJudged(t *testing.T) {
	text := strings.Repeat("Nimbus is not down, 4111 1111 1111 111 great job!! 😡 ", 40000) + "Nimbus is down"
	m := mention.Mention{Text: text, Lang: "en"}
	v := judge(t).Judge(triage.Input{Mention: &m})
	assert.Equal(t, "outage", v.Category, "two megabytes cost an answer, and the last words count")
}
