package triage_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
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
