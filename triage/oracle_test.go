package triage_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/tally"
	"github.com/reputekit/reputation/triage/when"
)

// oracle is the slow and obvious way to judge: each condition by itself, each word looked for in the list of words,
// rules one by one. It knows English only, small letters, and the words of the generator below.
type oracle struct {
	in         triage.Input
	words      []string
	borders    []bool // by word: a clause ends before it
	signals    []signal.Reading
	legitimacy triage.Legitimacy
}

func newOracle(in triage.Input, signals []signal.Reading) *oracle {
	o := &oracle{in: in, signals: signals}
	border := false
	for _, field := range strings.Fields(in.Mention.Text) {
		word := strings.TrimRight(field, ",.")
		o.words, o.borders = append(o.words, word), append(o.borders, border)
		border = word != field
	}
	return o
}

func (o *oracle) negated(i int) bool {
	for back := 1; back <= 3 && i-back >= 0; back++ {
		if o.borders[i-back+1] {
			return false
		}
		switch o.words[i-back] {
		case "not", "never", "without":
			return true
		case "but":
			return false
		}
	}
	return false
}

func (o *oracle) has(entry string, negatedToo bool) bool {
	text, stem := strings.CutSuffix(entry, "*")
	phrase := strings.Fields(text)
	for i := range o.words {
		if i+len(phrase) > len(o.words) {
			break
		}
		fits := true
		for k, p := range phrase {
			w := o.words[i+k]
			if stem && k == len(phrase)-1 {
				fits = fits && strings.HasPrefix(w, p)
			} else {
				fits = fits && w == p
			}
		}
		if fits && (negatedToo || !o.negated(i)) {
			return true
		}
	}
	return false
}

func between(b triage.Between, v int) bool {
	return (b.Min == nil || *b.Min <= v) && (b.Max == nil || v <= *b.Max)
}

func (o *oracle) holds(c triage.Condition) bool {
	m := o.in.Mention
	holds := func(k triage.Condition) bool { return o.holds(k) }
	switch {
	case c.All != nil:
		return !slices.ContainsFunc(c.All, func(k triage.Condition) bool { return !o.holds(k) })
	case c.Any != nil:
		return slices.ContainsFunc(c.Any, holds)
	case c.Not != nil:
		return !o.holds(*c.Not)
	case c.AtLeast != nil:
		n := 0
		for _, k := range c.AtLeast.Of {
			if o.holds(k) {
				n++
			}
		}
		return n >= c.AtLeast.N
	case c.Words != nil:
		has := func(e string) bool { return o.has(e, c.Words.Negated) }
		return (len(c.Words.Any) == 0 || slices.ContainsFunc(c.Words.Any, has)) &&
			!slices.ContainsFunc(c.Words.All, func(e string) bool { return !has(e) })
	case c.Public != nil:
		return *c.Public != m.IsPrivate()
	case c.Followers != nil:
		return between(*c.Followers, m.Author.Followers)
	case c.Rating != nil:
		v, ok := m.Rating.PerMille()
		return ok && between(*c.Rating, v)
	case c.Contacts != nil:
		return between(*c.Contacts, o.in.History.Contacts)
	case c.Signal != nil:
		for _, r := range o.signals {
			if r.Name == c.Signal.Name {
				return between(c.Signal.Between, r.Value)
			}
		}
		return false
	case c.Given != nil:
		v, ok := o.in.Given[c.Given.Key]
		return ok && (len(c.Given.Is) == 0 || slices.Contains(c.Given.Is, v))
	case c.Channel != nil:
		return slices.Contains(c.Channel, m.Ref.Channel)
	case c.Legitimacy != nil:
		return slices.Contains(c.Legitimacy, o.legitimacy)
	case c.Standing != nil:
		return slices.Contains(c.Standing, o.in.Standing)
	}
	panic(fmt.Sprintf("the oracle does not know %+v", c))
}

// judge gives what Judge should: category, severity, tags, legitimacy, and what fired.
func (o *oracle) judge(p triage.Policy) (v triage.Verdict, fired []string) {
	sum := 0
	for _, e := range p.Legitimacy.Items {
		if o.holds(e.When) {
			sum += e.Weight
			fired = append(fired, e.Name)
		}
	}
	v.Legitimacy = triage.Unverified
	if p.Legitimacy.Doubtful > 0 && sum >= p.Legitimacy.Doubtful {
		v.Legitimacy = triage.Doubtful
	}
	if o.in.Given["customer"] == "yes" {
		v.Legitimacy = triage.Genuine
	}
	o.legitimacy = v.Legitimacy
	floors := map[string]triage.Severity{triage.Life: triage.Crisis}
	for _, c := range p.Categories {
		floors[c.Name] = c.Severity
	}
	stopped, tags := false, map[string]bool{}
	for _, r := range p.Rules {
		if stopped && r.Then.Category != triage.Life || !o.holds(r.When) {
			continue
		}
		fired = append(fired, r.Name)
		if v.Category == "" || r.Then.Category == triage.Life {
			v.Category = r.Then.Category
		}
		v.Severity = max(v.Severity, r.Then.Severity)
		for _, tag := range r.Then.Tags {
			tags[tag] = true
		}
		stopped = stopped || r.Then.Stop
	}
	v.Severity = max(v.Severity, floors[v.Category])
	for _, tag := range []string{"a", "b", "c"} {
		if tags[tag] {
			v.Tags = append(v.Tags, tag)
		}
	}
	return v, fired
}

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
	switch r.IntN(12) {
	case 0:
		return when.Public()
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
		return triage.Condition{Words: &triage.Words{Any: []string{pick(r, entries)}, Negated: true}}
	case 8:
		w := triage.Words{Any: []string{pick(r, entries), pick(r, entries)}, All: []string{pick(r, entries)}}
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
		}.Compile(nil)
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
	return triage.Input{Mention: &m, Standing: pick(r, []triage.Standing{"", triage.Press}),
		History: tally.Reading{Contacts: r.IntN(3)}, Observed: []signal.Reading{{Name: "outside", Value: r.IntN(1000)}},
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

func TestTheFastWayIsTheObviousWay(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	conditions := randomConditions(r, 300)
	for compared := 0; compared < 4000; {
		p := randomPolicy(r, conditions)
		j, err := p.Compile(nil)
		require.NoError(t, noShadows(err))
		if err != nil {
			continue
		}
		for range 20 {
			in := randomInput(r)
			if phrasesAcross(in.Mention.Text) {
				continue
			}
			compared++
			v := j.Judge(in)
			o := newOracle(in, v.Signals)
			want, wantFired := o.judge(p)
			var fired []string
			for _, x := range v.Reasons {
				fired = append(fired, x.Rule)
			}
			why := fmt.Sprintf("%q %+v", in.Mention.Text, in)
			require.Equal(t, wantFired, fired, why)
			require.Equal(t, want.Category, v.Category, why)
			require.Equal(t, want.Severity, v.Severity, why)
			require.Equal(t, want.Tags, v.Tags, why)
			require.Equal(t, want.Legitimacy, v.Legitimacy, why)
		}
	}
}

// noShadows lets pass that a rule stands behind a stop on its own condition, which random policies may do.
func noShadows(err error) error {
	if err != nil && strings.Contains(err.Error(), "stops on the same condition") {
		return nil
	}
	return err
}
