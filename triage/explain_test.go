package triage_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/when"
)

func TestExplain(t *testing.T) {
	for _, x := range []struct {
		reason string
		in     triage.Input
		lines  []string
	}{
		{"what a rule says about handling is told",
			hear(t, "Nimbus backup, follow my page"),
			[]string{"[Nimbus] backup, [follow my page]", "handling    ignore: rule spam says so", "category    none",
				`fired       spam: ignore, stop on "follow my page"`}},
		{"life", hear(t, "gas leak at Nimbus"),
			[]string{"[gas leak] at [Nimbus]", "handling    open: life comes before everything", "category    life",
				"severity    crisis"}},
		{"evidence and what was compared",
			hear(t, "Nimbus is bad, take Cumulo backup", newAccount),
			[]string{"legitimacy  doubtful: the evidence below weighs enough",
				"fired       new account: evidence, weight 300 (author days 1 <= 3)",
				`fired       names a competitor: evidence, weight 300 on "Cumulo" (about competitor)`}},
		{"a category that was not taken", hear(t, "Nimbus backup down, refund"),
			[]string{`fired       billing: category billing not taken, it is outage already, tags app money on "refund"`}},
		{"nobody is named", hear(t, "nice weather, no backup"),
			[]string{"handling    ignore: it names nobody who is watched and is not addressed to us"}},
		{"a rating and a private message", hear(t, "backup", inPrivate, func(in *triage.Input) {
			in.Mention.Rating = mention.Rating{Value: 2, Best: 5}
		}), []string{"said        by ada on chirp, in private, in en, 2 of 5 stars (250 per mille)"}},
		{"lines of a long post are joined", hear(t, "Nimbus\n\n is   down"), []string{"[Nimbus] is [down]"}},
	} {
		j := judge(t)
		told := j.Explain(x.in, j.Judge(x.in))
		for _, line := range x.lines {
			assert.Contains(t, told, line, x.reason)
		}
		for _, line := range strings.Split(strings.TrimSpace(told), "\n") {
			assert.NotEqual(t, "", strings.TrimSpace(line), "no empty lines: %s", x.reason)
		}
	}
}

func TestLacks(t *testing.T) {
	then := triage.Then{Tags: []string{"t"}}
	p := triage.Policy{
		Legitimacy: triage.Evidence{Doubtful: 1, Items: []triage.EvidenceItem{
			{Name: "silent", When: when.Not(when.Words("order")), Weight: 1},
			{Name: "young", When: when.AuthorDays(when.Max(3)), Weight: 1},
			{Name: "elsewhere", When: when.Not(when.Place("ES")), Weight: 1},
		}},
		Rules: []triage.Rule{
			{Name: "refund", When: when.All(when.Words("refund", "money back"), when.Followers(when.Min(10000)), when.InPrivate()),
				Then: then},
			{Name: "either", When: when.Any(when.Lang("es"), when.Rating(when.Max(250)), when.Answered()), Then: then},
			{Name: "calm", When: when.All(when.Words("hello"), when.Not(when.Words("kill", "broken"))), Then: then},
			{Name: "two", When: when.AtLeast(2, when.Words("hello"), when.Given("tier", "gold"), when.Standing(triage.Press)),
				Then: then},
			{Name: "gap", When: when.Phrase(1, "charged", "twice"), Then: then},
			{Name: "number", When: when.Pattern(`FW\d+`), Then: then},
			{Name: "night", When: when.Hours("Europe/Madrid", "22:00", "06:00"), Then: then},
			{Name: "named", When: when.All(when.About("Nimbus"), when.Private("card"), when.Media("image"), when.Surge("any")),
				Then: then},
			{Name: "end", When: when.Words("stop"), Then: triage.Then{Stop: true}},
			{Name: "late", When: when.Words("down"), Then: then},
		},
	}
	j := must(p.Compile(watched(t), quick))
	for _, x := range []struct {
		reason, text, rule string
		want               []string
	}{
		{"each leaf, as it is written", "hm", "refund", []string{
			`when.all[0].words: the text has none of "refund", "money back"`,
			"when.all[1].followers: followers 0, wants >= 10000",
			"when.all[2].public: public yes, wants no"}},
		{"what holds is not told", "my money back, please", "refund", []string{
			"when.all[1].followers: followers 0, wants >= 10000", "when.all[2].public: public yes, wants no"}},
		{"a negated word", "i do not want a refund", "refund", []string{
			`when.all[0].words: "refund" is there, but negated`,
			"when.all[1].followers: followers 0, wants >= 10000", "when.all[2].public: public yes, wants no"}},
		{"of several each, and what is not known", "hm", "either", []string{
			"when.any[0].lang: lang en, wants es", "when.any[1].rating: rating is not known, wants <= 250",
			"when.any[2].answered: answered is not known, wants yes"}},
		{"what must not be", "hello, it is broken", "calm", []string{`when.all[1].not.words: holds, and must not on "broken"`}},
		{"so many", "hello", "two", []string{"when.at_least: 1 hold, wants 2 of 3",
			"when.at_least.of[1].given: tier is not known, wants gold", "when.at_least.of[2].standing: standing is not known, wants press"}},
		{"words too far apart", "charged me not once but twice", "gap", []string{
			"when.phrase: its words stand too far apart, or in another order"}},
		{"words that are negated", "was not charged twice", "gap", []string{"when.phrase: its words stand as asked, but negated"}},
		{"one word of a phrase", "charged once", "gap", []string{`when.phrase: the text lacks "twice"`}},
		{"an expression", "fw12", "number", []string{`when.pattern: the text does not fit FW\d+`}},
		{"hours", "hm", "night", []string{"when.hours: hours: not 22:00-06:00 Europe/Madrid"}},
		{"the rest", "hm", "named", []string{"when.all[0].about: it does not name Nimbus",
			"when.all[1].private: the text holds no private data of class card", "when.all[2].media: media: not image",
			"when.all[3].surge: surge: not any"}},
		{"behind a stop", "stop, it is down", "late", []string{"it holds, but rule end stopped before it"}},
		{"a rule that fired", "it is down", "late", nil},
		{"no rule", "hm", "lat", []string{`the policy has no rule "lat"`}},
		{"evidence on a text of one word", "hm", "silent", []string{
			"when: the text has 1 words that can be read, too few to be evidence"}},
		{"evidence on what nobody knows", "it is all very nice", "elsewhere", []string{"when: what nobody knows is no evidence"}},
		{"evidence that does not hold", "hm", "young", []string{"when.author_days: author days is not known, wants <= 3"}},
	} {
		assert.Equal(t, x.want, j.Lacks(hear(t, x.text), x.rule), x.reason)
	}
	in := hear(t, "hm")
	assert.Contains(t, j.Explain(in, j.Judge(in), "gap", "late"),
		"  not fired   gap: when.phrase: the text lacks \"charged\", \"twice\"\n"+
			"  not fired   late: when.words: the text has none of \"down\"\n")
}

func TestExplainTakesAnyVerdict(t *testing.T) {
	in := hear(t, "größe")
	v := triage.Verdict{Hits: []mention.Hit{{Start: 3, End: 4}, {Start: -1, End: 99}, {Start: 4, End: 2}},
		Reasons: []triage.Reason{{Rule: "gone", Spans: []signal.Span{{Start: 0, End: 3}, {Start: 0, End: 2}}}}}
	told := judge(t).Explain(in, v)
	assert.True(t, strings.HasPrefix(told, "[gr]öße\n"), "spans that are no places in the text are left out: %s", told)
}

func FuzzJudge(f *testing.F) {
	for _, text := range []string{"", "Nimbus is down", "not not down", "\xff\xfe\x00",
		"Nimbus😡😡 #NimbusFail @nimbus http://nimbus.example/a?b", strings.Repeat("down ", 50), "soooo BADDDD!!!???",
		"ＮＩＭＢＵＳ ist ausgefallen, ñandú — ¿por qué?", ":-( <3 :'( &amp; &;", "4111 1111 1111 1111"} {
		f.Add(text, "en", 3, "yes", -5)
	}
	j := judge(f)
	f.Fuzz(func(t *testing.T, text, lang string, stars int, given string, value int) {
		m := mention.Mention{Text: text, Lang: lang, Rating: mention.Rating{Value: stars, Best: 5},
			Addressed: mention.Addressed(given), Audience: value, Author: mention.Author{Followers: -value}}
		in := triage.Input{Mention: &m, At: monday, Given: map[string]string{"customer": given, "tier": given},
			Observed: []signal.Reading{{Name: given, Value: value, Spans: []signal.Span{{Start: value, End: stars}}}},
			Hits:     []mention.Hit{{Subject: given, Start: value, End: stars}}}
		v := j.Judge(in)
		assert.Equal(t, v, j.Judge(in), "the same on the second asking")
		for _, r := range append(v.Signals, signal.Reading{Name: "rules"}) {
			for _, s := range r.Spans {
				if r.Name != given {
					assert.True(t, 0 <= s.Start && s.Start < s.End && s.End <= len(text), "%s marks a place in the text", r.Name)
				}
			}
			assert.LessOrEqual(t, r.Value, 1000)
			assert.GreaterOrEqual(t, r.Value, -1000)
		}
		assert.Len(t, string(v.Rank.Priority()), len(triage.Rank{}.Priority()))
		assert.NotEmpty(t, j.Explain(in, v))
	})
}
