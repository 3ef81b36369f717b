package triage_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/group"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/tally"
	"github.com/reputekit/reputation/triage/when"
)

// What a condition may be on an input.
const (
	yes     = "yes"
	no      = "no"
	unknown = "unknown" // it does not hold, and neither does its opposite in evidence
)

func TestConditions(t *testing.T) {
	at := func(s string) func(*triage.Input) {
		return func(in *triage.Input) { in.At = must(time.Parse(time.RFC3339, s)) }
	}
	with := func(f func(m *mention.Mention)) func(*triage.Input) { return func(in *triage.Input) { f(in.Mention) } }
	thread := func(x tally.Thread) func(*triage.Input) { return func(in *triage.Input) { in.Thread = x } }
	given := func(k, v string) func(*triage.Input) {
		return func(in *triage.Input) { in.Given = map[string]string{k: v} }
	}
	stars := func(n int) func(*triage.Input) {
		return with(func(m *mention.Mention) { m.Rating = mention.Rating{Value: n, Best: 5} })
	}
	media := func(kind string) func(*triage.Input) {
		return with(func(m *mention.Mention) { m.Media = []mention.Media{{Kind: kind}} })
	}
	polish := with(func(m *mention.Mention) { m.Lang = "pl" })
	night := when.Hours("Europe/Madrid", "22:00", "06:00", "sat")
	office := when.Hours("Europe/Madrid", "09:00", "18:00", "mon", "tue", "wed", "thu", "fri")
	for _, x := range []struct {
		reason string
		when   triage.Condition
		text   string
		change func(*triage.Input)
		want   string
	}{
		{"every one", when.All(when.Words("down"), when.Words("sync")), "sync is down", nil, yes},
		{"not every one", when.All(when.Words("down"), when.Words("sync")), "it is down", nil, no},
		{"one of them", when.Any(when.Words("down"), when.Words("sync")), "it is down", nil, yes},
		{"two of three", when.AtLeast(2, when.Words("a"), when.Words("b"), when.Words("c")), "c and a", nil, yes},
		{"one of three, two wanted", when.AtLeast(2, when.Words("a"), when.Words("b"), when.Words("c")), "c", nil, no},

		{"the subject", when.About("Nimbus"), "Nimbus, hm", nil, yes},
		{"another subject", when.About("Nimbus"), "Cumulo, hm", nil, no},
		{"a subject of the kind", when.AboutKind(mention.Competitor), "Cumulo, hm", nil, yes},
		{"a subject of another kind", when.AboutKind(mention.Competitor), "Nimbus, hm", nil, no},

		{"an author who poses as us", when.Impostor(), "Nimbus, hm", func(in *triage.Input) {
			in.Hits = append(in.Hits, mention.Hit{Subject: "Nimbus", Kind: mention.Brand, Spelling: mention.Impostor})
		}, yes},
		{"an author who names us", when.Impostor(), "Nimbus, hm", nil, no},

		{"a word in any case, width and dress", when.Words("cafe\u0301"), "the ＣＡＦÉ is shut", nil, yes},
		{"letters that only look like its own", when.Words("refund"), "r\u0435fund me", nil, yes},
		{"an accent counts", when.Words("devolucion"), "quiero mi devolución", nil, no},
		{"a sign", when.Words("😡"), "so 😡", nil, yes},
		{"no part of a word", when.Words("own"), "it is down", nil, no},
		{"a stem begins a word", when.Words("cancel*"), "a cancellation", nil, yes},
		{"a stem does not end one", when.Words("cancel*"), "uncancelled", nil, no},
		{"every word", when.AllWords("down", "sync"), "sync: down", nil, yes},
		{"a negated word does not count", when.Words("broken"), "it is not broken", nil, no},
		{"a phrase that ends with a sign", when.Phrase(0, "refund", "😡"), "a refund 😡", nil, yes},
		{"a phrase that begins with one", when.Phrase(0, "😡", "refund"), "😡 refund", nil, yes},
		{"a word between a word and a sign", when.Phrase(0, "refund", "😡"), "refund me 😡", nil, no},
		{"which a gap of one allows", when.Phrase(1, "refund", "😡"), "refund me 😡", nil, yes},
		{"two signs in order", when.Phrase(0, "😡", "💩"), "😡💩", nil, yes},
		{"two signs in the other order", when.Phrase(0, "💩", "😡"), "😡💩", nil, no},
		{"a phrase over a full stop", when.Phrase(1, "refund", "now"), "A refund. And now!", nil, yes},
		{"signs near each other", when.Near(2, "💩", "😡"), "😡 and ha 💩", nil, yes},
		{"words between signs are counted", when.Near(2, "💩", "😡"), "😡 and ha ha 💩", nil, no},
		{"an expression for a text of nothing", when.Pattern(`^$`), "", nil, yes},
		{"an expression for a text of signs", when.Pattern(`^\W*$`), "😡!", nil, yes},
		{"an expression for a text of signs, and a word", when.Pattern(`^\W*$`), "😡 no", nil, no},
		{"a negation far before", when.Words("broken"), "not that I want to nag, it is broken", nil, yes},
		{"unless it is asked to", when.WordsEvenNegated("broken"), "it is not broken", nil, yes},
		{"negated once, and once not", when.Words("broken"), "it was not broken, now it is broken", nil, yes},
		{"a language without negations", when.Words("broken"), "to nie jest broken", polish, yes},

		{"in order, side by side", when.Phrase(0, "charged", "twice"), "charged twice", nil, yes},
		{"in order, within the gap", when.Phrase(2, "charged", "twice"), "charged me almost twice", nil, yes},
		{"beyond the gap", when.Phrase(2, "charged", "twice"), "charged me I think almost twice", nil, no},
		{"in the other order", when.Phrase(2, "charged", "twice"), "twice charged", nil, no},
		{"the nearest beginning counts", when.Phrase(1, "charged", "twice"), "charged, yes charged me twice", nil, yes},
		{"each gap by itself", when.Phrase(1, "lost", "my", "bag*"), "lost again my blue baggage", nil, yes},
		{"phrases and stems inside", when.Phrase(3, "customer service", "hang* up"), "customer service just hangs up", nil, no},
		{"what one covers is not before the other", when.Phrase(0, "bag", "lost bag"), "lost bag", nil, no},
		{"what the covered stands behind is", when.Phrase(0, "bag", "lost bag"), "bag, lost bag", nil, yes},
		{"the phrase is negated where it begins", when.Phrase(2, "charged", "twice"), "not charged twice", nil, no},
		{"a negation inside is one of the words between", when.Phrase(2, "charged", "twice"), "charged not just twice", nil, yes},

		{"near, in any order", when.Near(4, "refund", "late"), "late with my refund", nil, yes},
		{"near, one word too far", when.Near(3, "refund", "late"), "late with my refund", nil, no},
		{"near, three of them", when.Near(5, "bag", "lost", "week"), "a week ago you lost, lost my bag", nil, no},
		{"near, three of them within more", when.Near(8, "bag", "lost", "week"), "a week ago you lost, lost my bag", nil, yes},
		{"near, not when negated", when.Near(5, "refund", "want"), "I do not want a refund", nil, no},

		{"an expression", when.Pattern(`\b[A-Z]{2}\d{4}\b`), "on FW1234 today", nil, yes},
		{"an expression sees case", when.Pattern(`\b[A-Z]{2}\d{4}\b`), "on fw1234 today", nil, no},

		{"a signal within", when.Signal("praise", when.Min(600)), "thank you so much, I love it", nil, yes},
		{"a signal without", when.Signal("praise", when.Min(600)), "the sync is slow", nil, no},
		{"a signal in a language without lists", when.Signal("praise", when.Max(100)), "to jest bardzo wolne", polish, unknown},
		{"sentiment by its own name", when.Sentiment(when.Max(-300)), "horrible, terrible, awful", nil, yes},
		{"no sentiment to read", when.Sentiment(when.Max(-300)), "to jest bardzo wolne", polish, unknown},
		{"a signal that nobody observed", when.Signal("outside", when.Min(0)), "hm", nil, unknown},
		{"an observed signal", when.Signal("outside", when.Min(0)), "hm", func(in *triage.Input) {
			in.Observed = []signal.Reading{{Name: "outside", Value: 7}}
		}, yes},

		{"stars", when.Rating(when.Max(250)), "hm", stars(2), yes},
		{"other stars", when.Rating(when.Max(250)), "hm", stars(3), no},
		{"no stars", when.Rating(when.Max(250)), "hm", nil, unknown},
		{"followers", when.Followers(when.Min(10)), "hm", with(func(m *mention.Mention) { m.Author.Followers = 10 }), yes},
		{"few followers", when.Followers(when.Min(10)), "hm", with(func(m *mention.Mention) { m.Author.Followers = 9 }), no},
		{"verified", when.Verified(), "hm", with(func(m *mention.Mention) { m.Author.Verified = true }), yes},
		{"not verified", when.Verified(), "hm", nil, no},
		{"reach", when.Audience(when.Min(10)), "hm", with(func(m *mention.Mention) { m.Audience = 10 }), yes},
		{"unknown reach", when.Audience(when.Max(10)), "hm", nil, unknown},
		{"a young account", when.AuthorDays(when.Max(3)), "hm", newAccount, yes},
		{"an account of unknown age", when.AuthorDays(when.Max(3)), "hm", nil, unknown},

		{"channel", when.Channel("mail", "chirp"), "hm", nil, yes},
		{"another channel", when.Channel("mail"), "hm", nil, no},
		{"no channel", when.Channel("mail"), "hm", with(func(m *mention.Mention) { m.Ref.Channel = "" }), unknown},
		{"kind, and a post where none is said", when.Kind(mention.Post), "hm", with(func(m *mention.Mention) { m.Kind = "" }), yes},
		{"another kind", when.Kind(mention.Review), "hm", nil, no},
		{"public", when.Public(), "hm", nil, yes},
		{"private", when.Public(), "hm", inPrivate, no},
		{"language by its base", when.Lang("en"), "hm", with(func(m *mention.Mention) { m.Lang = "EN-gb" }), yes},
		{"another language", when.Lang("es"), "hm", nil, no},
		{"unknown language", when.Lang("es"), "hm", with(func(m *mention.Mention) { m.Lang = "" }), unknown},
		{"addressed", when.Addressed(mention.ToUs), "hm", toUs, yes},
		{"nobody said whom it addresses", when.Addressed(mention.ToUs), "hm", nil, unknown},
		{"a picture", when.Media("image"), "hm", media("image"), yes},
		{"a film is no picture", when.Media("image"), "hm", media("video"), no},
		{"anything that came with it", when.Media("any"), "hm", media("video"), yes},
		{"nothing came with it", when.Media("any"), "hm", nil, no},
		{"a country", when.Place("ES"), "hm", with(func(m *mention.Mention) { m.Place.Country = "es" }), yes},
		{"a city", when.Place("ES", "city:Berlin"), "hm", with(func(m *mention.Mention) { m.Place.City = "berlin" }), yes},
		{"another region", when.Place("region:Bavaria"), "hm", with(func(m *mention.Mention) { m.Place.Region = "Saxony" }), no},
		{"no place", when.Place("region:Bavaria"), "hm", nil, unknown},
		{"private data", when.Private(sensitive.Card), "4111 1111 1111 1111", nil, yes},
		{"private data of another class", when.Private(sensitive.Card), "ada@mail.example", nil, no},
		{"private data of any class", when.Private("any"), "ada@mail.example", nil, yes},

		{"a customer", when.Customer(), "hm", customer, yes},
		{"a customer by his orders", when.Customer(), "hm", given("orders", "2"), yes},
		{"no customer", when.Customer(), "hm", given("customer", "no"), no},
		{"no orders say nothing", when.Customer(), "hm", given("orders", "0"), unknown},
		{"nobody knows", when.Customer(), "hm", nil, unknown},
		{"known to be none", when.NoCustomer(), "hm", given("customer", "no"), yes},
		{"given", when.Given("tier", "gold", "silver"), "hm", given("tier", "gold"), yes},
		{"given otherwise", when.Given("tier", "gold"), "hm", given("tier", "tin"), no},
		{"not given, with values", when.Given("tier", "gold"), "hm", nil, unknown},
		{"not given at all is known", when.Given("tier"), "hm", nil, no},
		{"a number given", when.GivenNumber("orders", when.Min(3)), "hm", given("orders", "12"), yes},
		{"a smaller number", when.GivenNumber("orders", when.Min(3)), "hm", given("orders", "-2"), no},
		{"no number", when.GivenNumber("orders", when.Min(3)), "hm", given("orders", "many"), unknown},
		{"standing", when.Standing(triage.Litigant), "hm", func(in *triage.Input) { in.Standing = triage.Litigant }, yes},
		{"nobody knows who he is", when.Standing(triage.Litigant), "hm", nil, unknown},

		{"contacts", when.Contacts(when.Min(2)), "hm", func(in *triage.Input) { in.History.Contacts = 2 }, yes},
		{"open cases", when.OpenCases(when.Min(1)), "hm", func(in *triage.Input) { in.History.Open = 1 }, yes},
		{"broken promises", when.BrokenPromises(when.Min(1)), "hm", nil, no},
		{"answered before", when.Answered(), "hm", thread(tally.Thread{Answered: true}), yes},
		{"not answered before", when.Answered(), "hm", thread(tally.Thread{Message: 2}), no},
		{"of no known thread", when.Answered(), "hm", nil, unknown},
		{"the third message", when.Message(when.Min(3)), "hm", thread(tally.Thread{Message: 3}), yes},
		{"of unknown place", when.Message(when.Min(3)), "hm", thread(tally.Thread{Answered: true}), unknown},
		{"it waited for us", when.Waiting(tally.ForUs), "hm", thread(tally.Thread{Waiting: tally.ForUs}), yes},
		{"it waited for nobody", when.Waiting(tally.ForUs), "hm", thread(tally.Thread{Waiting: tally.ForNobody}), no},
		{"five alike", when.Duplicates(when.Min(5)), "hm", func(in *triage.Input) { in.Copies = group.Reading{Size: 5} }, yes},
		{"too short to be alike", when.Duplicates(when.Max(5)), "hm", nil, unknown},
		{"a surge", when.Surge("Nimbus"), "hm", func(in *triage.Input) { in.Surges = []string{"outage", "Nimbus"} }, yes},
		{"another surge", when.Surge("Nimbus"), "hm", func(in *triage.Input) { in.Surges = []string{"outage"} }, no},
		{"any surge", when.Surge("any"), "hm", func(in *triage.Input) { in.Surges = []string{"outage"} }, yes},

		{"in the office", office, "hm", at("2026-03-02T08:00:00Z"), yes},
		{"a minute before, on the wall", office, "hm", at("2026-03-02T07:59:00Z"), no},
		{"the end is not in it", office, "hm", at("2026-03-02T17:00:00Z"), no},
		{"the same hour in summer is another hour in UTC", office, "hm", at("2026-07-06T07:00:00Z"), yes},
		{"Sunday", office, "hm", at("2026-03-01T10:00:00Z"), no},
		{"Saturday night", night, "hm", at("2026-02-28T21:00:00Z"), yes},
		{"goes on past midnight", night, "hm", at("2026-03-01T04:59:00Z"), yes},
		{"Sunday night is no Saturday night", night, "hm", at("2026-03-01T23:00:00Z"), no},
		{"the morning before is Friday's", night, "hm", at("2026-02-28T04:00:00Z"), no},
		{"no instant", office, "hm", func(in *triage.Input) { in.At = time.Time{} }, unknown},
	} {
		t.Run(x.reason, func(t *testing.T) {
			p := triage.Policy{
				Signals: []triage.Source{{Name: "outside"}},
				Rules: []triage.Rule{
					{Name: "it", When: x.when, Then: triage.Then{Tags: []string{"it"}}},
					{Name: "not it", When: when.Not(x.when), Then: triage.Then{Tags: []string{"not"}}},
				},
			}
			j, err := p.Compile(watched(t), quick)
			require.NoError(t, err)
			in := hear(t, x.text)
			if x.change != nil {
				x.change(&in)
			}
			v := j.Judge(in)
			wanted := map[string][]string{yes: {"it"}, no: {"not"}, unknown: {"not"}}[x.want]
			assert.Equal(t, wanted, v.Tags, "a rule, and one on the opposite")
			assert.Equal(t, v, *j.Reuse()(in))
			if x.want == yes {
				assert.Nil(t, j.Lacks(in, "it"))
			} else {
				assert.NotEmpty(t, j.Lacks(in, "it"), "what is lacking can be told")
			}
		})
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestWhatNobodyKnowsIsNoEvidence holds the opposite of unknown things against nobody, while a rule may act on it.
func TestWhatNobodyKnowsIsNoEvidence(t *testing.T) {
	long := "the parcel came with a hole in it again"
	for _, x := range []struct {
		reason string
		not    triage.Condition
		change func(*triage.Input)
		want   triage.Legitimacy
	}{
		{"an account that is known not to be old", when.AuthorDays(when.Min(30)), newAccount, triage.Doubtful},
		{"an account of unknown age", when.AuthorDays(when.Min(30)), nil, triage.Unverified},
		{"below several", when.Any(when.AuthorDays(when.Min(30)), when.Verified()), nil, triage.Unverified},
		{"below several of which one decides", when.All(when.AuthorDays(when.Min(30)), when.Verified()), nil, triage.Doubtful},
		{"a known place elsewhere", when.Place("ES"), func(in *triage.Input) { in.Mention.Place.Country = "PL" }, triage.Doubtful},
		{"an unknown place", when.Place("ES"), nil, triage.Unverified},
		{"at least two, of which one is unknown", when.AtLeast(1, when.Place("ES"), when.Verified()), nil, triage.Unverified},
	} {
		p := evidence(when.Not(x.not))
		p.Rules = []triage.Rule{{Name: "r", When: when.Not(x.not), Then: triage.Then{Tags: []string{"t"}}}}
		j := must(p.Compile(nil, quick))
		in := hear(t, long)
		if x.change != nil {
			x.change(&in)
		}
		v := j.Judge(in)
		assert.Equal(t, x.want, v.Legitimacy, x.reason)
		assert.Equal(t, []string{"t"}, v.Tags, "a rule acts on it: %s", x.reason)
	}
}
