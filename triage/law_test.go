package triage_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/when"
)

// lists are read once for all judges of the tests.
var (
	lists = must(signal.New())
	quick = triage.Options{Lists: lists}
)

// fires are the tags that fire when each condition holds.
func fires(t testing.TB, conditions ...triage.Condition) *triage.Judge {
	p := triage.Policy{Signals: []triage.Source{{Name: "outside"}}}
	for i, c := range conditions {
		p.Rules = append(p.Rules, triage.Rule{Name: fmt.Sprint(i), When: c, Then: triage.Then{Tags: []string{fmt.Sprint(i)}}})
	}
	j, err := p.Compile(nil, quick)
	require.NoError(t, err)
	return j
}

// TestWhatNeverFiresNeverFires asks of what Compile reports whether it is so, on random inputs.
func TestWhatNeverFiresNeverFires(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 4))
	inputs := make([]triage.Input, 400)
	for i := range inputs {
		inputs[i] = randomInput(r)
	}
	then := triage.Then{Tags: []string{"t"}}
	shadowed, contradicted := 0, 0
	for range 2000 {
		a, b := randomCondition(r, 2), randomCondition(r, 2)
		if compiles(a) != nil || compiles(b) != nil {
			continue
		}
		behind := triage.Policy{Signals: []triage.Source{{Name: "outside"}}, Rules: []triage.Rule{
			{Name: "a", When: a, Then: triage.Then{Stop: true}}, {Name: "b", When: b, Then: then}}}
		_, err := behind.Compile(nil, quick)
		covered := err != nil
		never := compiles(when.All(a, b)) != nil
		if !covered && !never {
			continue
		}
		j := fires(t, a, b)
		for _, in := range inputs {
			tags := j.Judge(in).Tags
			hasA, hasB := slices.Contains(tags, "0"), slices.Contains(tags, "1")
			if covered {
				require.False(t, hasB && !hasA, "said to hold only when the first does: %s and %s on %+v", form(a), form(b), in)
			}
			if never {
				require.False(t, hasA && hasB, "said never to hold together: %s and %s on %+v", form(a), form(b), in)
			}
		}
		if covered {
			shadowed++
		}
		if never {
			contradicted++
		}
	}
	t.Logf("%d pairs shadowed, %d contradicted", shadowed, contradicted)
	assert.Greater(t, shadowed, 10)
	assert.Greater(t, contradicted, 10)
}

func compiles(c triage.Condition) error {
	p := ruled(c)
	p.Signals = []triage.Source{{Name: "outside"}}
	_, err := p.Compile(nil, quick)
	return err
}

func form(v any) string { return string(must(json.Marshal(v))) }

// TestReusedIsNew: memory that is used again changes nothing, and neither does laziness but for what it leaves out.
func TestReusedIsNew(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 9))
	conditions := randomConditions(r, 100)
	for judged := 0; judged < 30; {
		p := randomPolicy(r, conditions)
		whole, err := p.Compile(nil, quick)
		if err != nil {
			continue
		}
		judged++
		lazy := must(p.Compile(nil, triage.Options{Lists: lists, Lazy: true}))
		again, lazyAgain := whole.Reuse(), lazy.Reuse()
		for range 30 {
			in := randomInput(r)
			in.Mention.Text += pick(r, []string{"", " 4111 1111 1111 1111", " great, great, great"})
			want := whole.Judge(in)
			require.Equal(t, form(want), form(again(in)), in.Mention.Text)
			few := lazy.Judge(in)
			require.Equal(t, form(few), form(lazyAgain(in)), in.Mention.Text)
			for _, s := range few.Signals {
				require.Contains(t, want.Signals, s, "what was read is what would have been read")
			}
			few.Signals, few.Private, few.Rank.Exposure = want.Signals, want.Private, want.Rank.Exposure
			require.Equal(t, form(want), form(few), in.Mention.Text)
		}
	}
}

func TestReuseAllocatesNothing(t *testing.T) {
	for _, lazy := range []bool{false, true} {
		judge := must(house().Compile(watched(t), triage.Options{Lists: lists, Lazy: lazy})).Reuse()
		inputs := []triage.Input{
			hear(t, "Nimbus is down and I want a refund, my card is 4111 1111 1111 1111", customer),
			hear(t, "Great job Nimbus, third cancelled sync 😡", newAccount),
			hear(t, "gas leak at Nimbus! follow my page", toUs), hear(t, ""),
		}
		for _, in := range inputs {
			judge(in)
		}
		assert.Zero(t, testing.AllocsPerRun(50, func() {
			for _, in := range inputs {
				judge(in)
			}
		}), "lazy: %v", lazy)
	}
}

func TestLazyReadsWhatIsAskedFor(t *testing.T) {
	p := triage.Policy{Rules: []triage.Rule{
		{Name: "happy", When: when.All(when.Words("sync"), when.Signal("praise", when.Min(600))), Then: triage.Then{Tags: []string{"t"}}},
		{Name: "card", When: when.All(when.Words("card"), when.Private("any")), Then: triage.Then{Tags: []string{"t"}}},
	}}
	j := must(p.Compile(nil, triage.Options{Lists: lists, Lazy: true}))
	text := "thanks, great! mail me: ada@mail.example, "
	v := j.Judge(hear(t, text))
	assert.Empty(t, v.Signals, "no rule could hold, nothing was read")
	assert.Empty(t, v.Private)
	v = j.Judge(hear(t, text+"sync"))
	assert.Equal(t, []string{"praise"}, names(v.Signals), "the rule asked for this one")
	assert.Empty(t, v.Private)
	v = j.Judge(hear(t, text+"card"))
	assert.Empty(t, v.Signals)
	assert.Len(t, v.Private, 1)
}

// TestStarsAndSentimentNeverChangeLegitimacy judges every post once more with other stars, and with other readings of
// what its author feels.
func TestStarsAndSentimentNeverChangeLegitimacy(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 42))
	doubtful := 0
	for range 300 {
		p := triage.Policy{Legitimacy: triage.Evidence{Doubtful: 1 + r.IntN(4)}}
		for i := range 1 + r.IntN(4) {
			p.Legitimacy.Items = append(p.Legitimacy.Items,
				triage.EvidenceItem{Name: fmt.Sprint("e", i), When: randomCondition(r, 2), Weight: 1 + r.IntN(3)})
		}
		j, err := p.Compile(nil, quick)
		if err != nil {
			continue // it looked at stars or sentiment, or could never hold
		}
		for range 30 {
			in := randomInput(r)
			before := j.Judge(in)
			m := *in.Mention
			m.Rating = mention.Rating{Value: r.IntN(6), Best: 5}
			in.Mention = &m
			in.Observed = append([]signal.Reading{{Name: "sentiment", Value: r.IntN(2000) - 1000},
				{Name: "praise", Value: r.IntN(1000)}, {Name: "anger", Value: r.IntN(1000)}}, in.Observed...)
			after := j.Judge(in)
			require.Equal(t, before.Legitimacy, after.Legitimacy)
			require.Equal(t, form(before.Reasons), form(after.Reasons), "and not the evidence either")
			if after.Legitimacy == triage.Doubtful {
				doubtful++
			}
		}
	}
	assert.Greater(t, doubtful, 100, "the law is seen at work")
}

func TestWhatIsNoEvidence(t *testing.T) {
	says := when.Words("giveaway", "promo")
	silent := when.Not(when.Words("order", "parcel"))
	given := func(k, v string) func(*triage.Input) {
		return func(in *triage.Input) { in.Given = map[string]string{k: v} }
	}
	stranger, orders0 := given("customer", "no"), given("orders", "0")
	for _, x := range []struct {
		reason string
		when   triage.Condition
		text   string
		change func(*triage.Input)
		want   triage.Legitimacy
	}{
		{"what a text says", says, "a giveaway for you", nil, triage.Doubtful},
		{"what a text does not say", silent, "it is all very nice", nil, triage.Doubtful},
		{"an empty text", silent, "", nil, triage.Unverified},
		{"stars alone", silent, "", func(in *triage.Input) { in.Mention.Rating = mention.Rating{Value: 1, Best: 5} }, triage.Unverified},
		{"a picture alone", silent, "", func(in *triage.Input) { in.Mention.Media = []mention.Media{{Kind: "image"}} }, triage.Unverified},
		{"a picture with a hand's emoji", silent, "👍👍👍👍", nil, triage.Unverified},
		{"two words", silent, "very nice", nil, triage.Unverified},
		{"two words that say it", says, "giveaway! promo!", nil, triage.Unverified},
		{"handles and links are no words", silent, "@nimbus @cumulo http://a.example/b ok", nil, triage.Unverified},
		{"what a text in an unreadable language does not say", silent, "to jest bardzo ładne i dobre",
			func(in *triage.Input) { in.Mention.Lang = "pl" }, triage.Unverified},
		{"what it does say", says, "to jest giveaway dla was", func(in *triage.Input) { in.Mention.Lang = "pl" }, triage.Doubtful},
		{"whom an empty text does not name", when.Not(when.AboutKind(mention.Brand)), "", nil, triage.Unverified},
		{"what is not of the text counts beside any text", when.Verified(), "",
			func(in *triage.Input) { in.Mention.Author.Verified = true }, triage.Doubtful},
		{"an unknown customer alone is not doubt", when.NoCustomer(), "it is all very nice",
			func(in *triage.Input) { in.Given = map[string]string{"customer": "no"} }, triage.Unverified},
		{"neither is one in public, in a review", when.All(when.NoCustomer(), when.Public(), when.Kind(mention.Post)),
			"it is all very nice", stranger, triage.Unverified},
		{"nor one of several that may speak", when.Any(when.NoCustomer(), says), "it is all very nice", stranger, triage.Unverified},
		{"if another of them speaks", when.Any(when.NoCustomer(), says), "a giveaway for you", stranger, triage.Doubtful},
		{"an unknown customer beside something else", when.All(when.NoCustomer(), says), "a giveaway for you", stranger, triage.Doubtful},
		{"no orders", when.GivenNumber("orders", when.Max(0)), "it is all very nice", orders0, triage.Unverified},
		{"no orders, as a word", when.Given("orders", "0", "no"), "it is all very nice", orders0, triage.Unverified},
		{"somebody never heard of", when.All(when.Contacts(when.Max(0)), when.Not(when.OpenCases(when.Min(1)))),
			"it is all very nice", nil, triage.Unverified},
		{"where it was said, alone", when.Channel("chirp"), "it is all very nice", nil, triage.Doubtful},
		{"neither is a reference that was not given", when.Not(when.Given("order")), "it is all very nice", nil, triage.Unverified},
	} {
		j := must(evidence(x.when).Compile(watched(t), quick))
		in := hear(t, x.text)
		if x.change != nil {
			x.change(&in)
		}
		v := j.Judge(in)
		assert.Equal(t, x.want, v.Legitimacy, x.reason)
		assert.NotEqual(t, triage.Fake, v.Legitimacy, "only a person says so")
		assert.NotPanics(t, func() { j.Lacks(in, "e") }, x.reason)
	}
}

func TestWeakEvidenceAddsUpBesideOther(t *testing.T) {
	p := triage.Policy{Legitimacy: triage.Evidence{Doubtful: 500, Items: []triage.EvidenceItem{
		{Name: "no customer", When: when.NoCustomer(), Weight: 400},
		{Name: "gibberish", When: when.Signal("gibberish", when.Min(500)), Weight: 400},
		{Name: "new account", When: when.AuthorDays(when.Max(3)), Weight: 100},
	}}}
	j := must(p.Compile(nil, quick))
	weak := func(in *triage.Input) { in.Given = map[string]string{"customer": "no"} }
	text := "sdfjkh wqeriu zxcvnm asdkjfh qwlekrj zxmncb"
	v := j.Judge(hear(t, text, weak))
	require.Len(t, v.Reasons, 2, "both weigh: %+v", v.Signals)
	assert.Equal(t, triage.Unverified, j.Judge(hear(t, text, weak)).Legitimacy, "gibberish of an unknown customer decides nothing")
	assert.Equal(t, triage.Doubtful, j.Judge(hear(t, text, weak, newAccount)).Legitimacy, "beside something else it does")
}

// TestOrdersMakeGenuine: only what the host knows does, whatever the evidence.
func TestOrdersMakeGenuine(t *testing.T) {
	j := judge(t)
	for orders, want := range map[string]triage.Legitimacy{
		"1": triage.Genuine, "37": triage.Genuine, "0": triage.Doubtful, "-1": triage.Doubtful, "": triage.Doubtful,
		"many": triage.Doubtful, "99999999999999999999": triage.Doubtful,
	} {
		v := j.Judge(hear(t, "Nimbus is bad, take Cumulo backup", newAccount, func(in *triage.Input) {
			in.Given = map[string]string{"orders": orders}
		}))
		assert.Equal(t, want, v.Legitimacy, "orders=%s", orders)
	}
}

// TestNothingWaitsForever: one case of no rank is answered in the end, though a graver one comes in at every turn. It
// breaches its objectives as time goes by, and everybody takes the first of the queue.
func TestNothingWaitsForever(t *testing.T) {
	type waiting struct {
		rank triage.Rank
		old  bool
	}
	for _, graver := range []triage.Rank{
		{Severity: triage.Elevated}, {Severity: triage.Serious}, {Crisis: true}, {Duty: true}, {Exposure: true}, {Safety: true},
	} {
		now := monday
		queue := []waiting{{triage.Rank{Since: now, Deadline: now.Add(8 * time.Hour)}, true}}
		turns := 0
		for answered := false; !answered; turns++ {
			require.Less(t, turns, 200, "beside a stream of %+v", graver)
			now = now.Add(time.Hour)
			fresh := graver
			fresh.Since, fresh.Deadline, fresh.Audience = now, now.Add(time.Hour), 1e9
			queue = append(queue, waiting{fresh, false})
			for i := range queue {
				r := &queue[i].rank
				if late := int(now.Sub(r.Since).Hours()) / 8; queue[i].old && late > r.Breaches {
					r.Breaches = late
				}
			}
			first := slices.MinFunc(queue, func(a, b waiting) int {
				return strings.Compare(string(a.rank.Priority()), string(b.rank.Priority()))
			})
			i := slices.Index(queue, first)
			queue = slices.Delete(queue, i, i+1)
			answered = first.old
		}
	}
}
