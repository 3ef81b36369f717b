package triage_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/ask"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/tally"
)

// oracle is the slow and obvious way to judge: each condition by itself, each word looked for in the list of words,
// rules one by one. It knows English only, small letters, and the words of the generator below.
type oracle struct {
	in         triage.Input
	words      []string
	borders    []bool // by word: a clause ends before it
	signals    []signal.Reading
	legitimacy triage.Legitimacy
	aim        triage.Aim
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

// A spot is where an entry stands: the first word and the last.
type spot struct{ first, last int }

// spots are all places of an entry.
func (o *oracle) spots(entry string, negatedToo bool) (out []spot) {
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
			out = append(out, spot{i, i + len(phrase) - 1})
		}
	}
	return out
}

func (o *oracle) has(entry string, negatedToo bool) bool { return len(o.spots(entry, negatedToo)) > 0 }

// phrase tries every way to go on from one entry to the next.
func (o *oracle) phrase(words []string, within int, negatedToo bool, after *spot) bool {
	if len(words) == 0 {
		return true
	}
	for _, s := range o.spots(words[0], negatedToo || after != nil) {
		if after == nil || s.first > after.last && s.first-after.last-1 <= within {
			if o.phrase(words[1:], within, negatedToo, &s) {
				return true
			}
		}
	}
	return false
}

// near tries every way to choose a place for each entry.
func (o *oracle) near(words []string, within int, negatedToo bool, first, last int) bool {
	if len(words) == 0 {
		return last-first < within
	}
	for _, s := range o.spots(words[0], negatedToo) {
		if o.near(words[1:], within, negatedToo, min(first, s.first), max(last, s.last)) {
			return true
		}
	}
	return false
}

func between(b ask.Between, v int) bool {
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
	case c.Phrase != nil:
		return o.phrase(c.Phrase.Words, c.Phrase.Within, c.Phrase.Negated, nil)
	case c.Near != nil:
		return o.near(c.Near.Words, c.Near.Within, c.Near.Negated, len(o.words), -1)
	case c.Pattern != "":
		return strings.Contains(m.Text, "refund.") || strings.Contains(m.Text, "down,") // the only one of the generator
	case c.Verified != nil:
		return *c.Verified == m.Author.Verified
	case c.Answered != nil:
		return *c.Answered == o.in.Thread.Answered && o.in.Thread != tally.Thread{}
	case c.Message != nil:
		return o.in.Thread.Message > 0 && between(*c.Message, o.in.Thread.Message)
	case c.Duplicates != nil:
		return o.in.Copies.Size > 0 && between(*c.Duplicates, o.in.Copies.Size)
	case c.Surge != nil:
		return len(o.in.Surges) > 0 && (c.Surge[0] == "any" || c.Surge[0] == o.in.Surges[0])
	case c.Place != nil:
		return c.Place[0] == m.Place.Country
	case c.Media != nil:
		return len(m.Media) > 0 && (c.Media[0] == "any" || c.Media[0] == m.Media[0].Kind)
	case c.Customer != nil:
		said, ok := o.in.Given["customer"]
		return ok && (said == "yes") == *c.Customer
	case c.OpenCases != nil:
		return between(*c.OpenCases, o.in.History.Open)
	case c.Aim != nil:
		aim := o.aim
		if aim == "" {
			var text signal.Text
			lists.Read(&text, m.Text, m.Lang)
			said, _ := text.Aim(-1) // praise alone looks at stars, and is not asked about
			aim = triage.Aim(said)
		}
		return slices.Contains(c.Aim, aim)
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

// looksAtText is true of the evidence that the generator makes from words.
func (o *oracle) looksAtText(c triage.Condition) bool { return c.Words != nil }

// judge gives what Judge should: category, severity, tags, legitimacy, and what fired.
func (o *oracle) judge(p triage.Policy) (v triage.Verdict, fired []string) {
	sum := 0
	for _, e := range p.Legitimacy.Items {
		if len(o.words) < 3 && o.looksAtText(e.When) {
			continue
		}
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
		if o.aim == "" {
			o.aim = r.Then.Aim
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

func TestTheFastWayIsTheObviousWay(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	conditions := randomConditions(r, 300)
	for compared := 0; compared < 2000; {
		compared += compareWithOracle(t, r, conditions)
	}
}

func FuzzTheFastWay(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 1))
		compareWithOracle(t, r, randomConditions(r, 30))
	})
}

// compareWithOracle judges some inputs by one policy, and by the oracle. It returns how many.
func compareWithOracle(t *testing.T, r *rand.Rand, conditions []triage.Condition) (compared int) {
	p := randomPolicy(r, conditions)
	j, err := p.Compile(nil, quick)
	require.NoError(t, noShadows(err))
	if err != nil {
		return 0
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
		for _, rule := range p.Rules {
			require.Equal(t, slices.Contains(fired, rule.Name), len(j.Lacks(in, rule.Name)) == 0, "%s %s", rule.Name, why)
		}
	}
	return compared
}

// noShadows lets pass what random policies may do: a rule that can never fire, a category that no rule gives.
func noShadows(err error) error {
	if err == nil {
		return nil
	}
	for _, line := range strings.Split(err.Error(), "\n") {
		if !strings.Contains(line, "stops on all that it holds for") && !strings.Contains(line, "given by no rule") &&
			!strings.Contains(line, "makes anybody doubtful") {
			return err
		}
	}
	return nil
}
