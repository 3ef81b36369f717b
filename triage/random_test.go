package triage_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/group"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/ask"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/tally"
	"github.com/reputekit/reputation/triage/when"
)

var (
	vocabulary = []string{"down", "broken", "refund", "cancel", "cancelled", "is", "the", "not", "never", "without",
		"but", "great", "item"}
	entries = []string{"down", "broken", "refund", "cancel*", "cancel", "the refund", "is down", "not broken", "item",
		"is the can*"}
)

func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

func randomCondition(r *rand.Rand, depth int) triage.Condition {
	some := func() []triage.Condition {
		kids := make([]triage.Condition, 1+r.IntN(3))
		for i := range kids {
			kids[i] = randomCondition(r, depth-1)
		}
		return kids
	}
	if depth > 0 {
		switch r.IntN(7) {
		case 0:
			return when.All(some()...)
		case 1:
			return when.Any(some()...)
		case 2:
			return when.Not(randomCondition(r, depth-1))
		case 3:
			kids := some()
			return when.AtLeast(1+r.IntN(len(kids)), kids...)
		}
	}
	together := func(most int) ask.Together {
		t := ask.Together{Within: 2 + r.IntN(4), Negated: r.IntN(3) == 0}
		for _, i := range r.Perm(len(entries))[:2+r.IntN(most-1)] {
			t.Words = append(t.Words, entries[i])
		}
		return t
	}
	switch r.IntN(20) {
	case 0:
		return when.Public()
	case 12:
		t := together(3)
		return triage.Condition{Phrase: &t}
	case 13:
		t := together(3)
		return triage.Condition{Near: &t}
	case 14:
		return pick(r, []triage.Condition{when.Pattern(`refund\.|down,`), when.Verified(), when.Media("any"), when.Media("image")})
	case 15:
		return pick(r, []triage.Condition{when.Answered(), when.Message(when.Max(1)), when.Message(when.Min(2)),
			when.Surge("any"), when.Surge("x")})
	case 16:
		return pick(r, []triage.Condition{when.Duplicates(when.Min(1 + r.IntN(3))), when.Place("ES"), when.OpenCases(when.Min(1))})
	case 17:
		return pick(r, []triage.Condition{when.Customer(), when.NoCustomer(), when.InPrivate(), when.Aim(triage.Lead)})
	case 1:
		return when.Followers(when.Min(r.IntN(3)))
	case 2:
		return when.Rating(when.Max(r.IntN(1000)))
	case 3:
		return when.Contacts(when.Between(0, r.IntN(3)))
	case 4:
		return when.Signal(pick(r, []string{"sentiment", "outside"}), when.Max(r.IntN(500)))
	case 5:
		return pick(r, []triage.Condition{when.Given("customer"), when.Given("customer", "no"), when.Channel("chirp")})
	case 6:
		return when.Standing(triage.Press)
	case 7:
		return triage.Condition{Words: &ask.Words{Any: []string{pick(r, entries)}, Negated: true}}
	case 8:
		w := ask.Words{Any: []string{pick(r, entries), pick(r, entries)}, All: []string{pick(r, entries)}}
		return triage.Condition{Words: &w}
	case 9:
		return when.AllWords(pick(r, entries), pick(r, entries))
	}
	return when.Words(pick(r, entries), pick(r, entries))
}

// randomConditions are conditions that Compile takes: some that the generator makes can never hold.
func randomConditions(r *rand.Rand, n int) []triage.Condition {
	var list []triage.Condition
	for len(list) < n {
		c := randomCondition(r, 3)
		_, err := triage.Policy{
			Signals: []triage.Source{{Name: "outside"}},
			Rules:   []triage.Rule{{Name: "r", When: c, Then: triage.Then{Tags: []string{"t"}}}},
		}.Compile(nil, quick)
		if err == nil {
			list = append(list, c)
		}
	}
	return list
}

func randomPolicy(r *rand.Rand, conditions []triage.Condition) triage.Policy {
	p := triage.Policy{
		Categories: []triage.Category{{Name: "x", Severity: triage.Elevated}, {Name: "y"}},
		Signals:    []triage.Source{{Name: "outside"}},
		Legitimacy: triage.Evidence{Doubtful: 1 + r.IntN(3)},
	}
	for i := range r.IntN(3) {
		item := triage.EvidenceItem{Name: fmt.Sprint("e", i), Weight: 1 + r.IntN(3)}
		item.When = pick(r, []triage.Condition{
			when.Words(pick(r, entries)), when.Contacts(when.Min(1)), when.Not(when.Public()),
		})
		p.Legitimacy.Items = append(p.Legitimacy.Items, item)
	}
	for i := range 1 + r.IntN(80) { // more than 64 clauses: more than one word of bits
		then := triage.Then{
			Tags: []string{pick(r, []string{"a", "b", "c"})}, Severity: triage.Severity(r.IntN(3)), Stop: r.IntN(20) == 0,
		}
		then.Aim = pick(r, []triage.Aim{"", "", "", triage.Lead, triage.Complaint})
		then.Category = pick(r, []string{"", "", "x", "y", triage.Life})
		if then.Category == triage.Life {
			then.Severity = triage.Routine
		}
		c := pick(r, conditions)
		if r.IntN(8) == 0 {
			c = when.Legitimacy(triage.Doubtful)
		}
		p.Rules = append(p.Rules, triage.Rule{Name: fmt.Sprint("r", i), When: c, Then: then})
	}
	return p
}

func randomInput(r *rand.Rand) triage.Input {
	var text strings.Builder
	for range r.IntN(14) {
		text.WriteString(pick(r, vocabulary) + pick(r, []string{" ", " ", " ", " ", ", ", ". "}))
	}
	m := mention.Mention{Text: text.String(), Lang: "en", Ref: mention.Ref{Channel: pick(r, []string{"chirp", "mail"})},
		Author: mention.Author{Followers: r.IntN(3)}, Rating: mention.Rating{Value: r.IntN(6), Best: 5},
		Visibility: pick(r, []mention.Visibility{mention.Public, mention.Private})}
	m.Author.Verified = r.IntN(2) == 0
	m.Place.Country = pick(r, []string{"", "ES", "PL"})
	m.Media = pick(r, [][]mention.Media{nil, {{Kind: "image"}}, {{Kind: "video"}}})
	return triage.Input{Mention: &m, Standing: pick(r, []triage.Standing{"", triage.Press}),
		History: tally.Reading{Contacts: r.IntN(3), Open: r.IntN(2)}, Copies: group.Reading{Size: r.IntN(4)},
		Thread: tally.Thread{Message: r.IntN(3), Answered: r.IntN(2) == 0},
		Surges: pick(r, [][]string{nil, {"x"}, {"y"}}), Observed: []signal.Reading{{Name: "outside", Value: r.IntN(1000)}},
		Given: pick(r, []map[string]string{nil, {"customer": "yes"}, {"customer": "no"}})}
}

// phrasesAcross reports whether a text has a sign between words of one of the entries: there an entry is a phrase for
// one reader and two clauses for another.
func phrasesAcross(text string) bool {
	bare := strings.NewReplacer(",", "", ".", "").Replace(text)
	for _, e := range entries {
		e = strings.TrimSuffix(e, "*")
		if strings.Count(bare, e) != strings.Count(text, e) {
			return true
		}
	}
	return false
}
