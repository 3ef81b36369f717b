package triage_test

import (
	"fmt"
	"testing"

	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/ask"
	"github.com/reputekit/reputation/triage/when"
)

// BenchmarkJudge is one post of 130 characters under 100 rules of which three fire: the whole verdict, the same into
// memory that is used again, and lazily, which is the rules without what only the verdict wants.
func BenchmarkJudge(b *testing.B) {
	in := hear(b, "Great job Nimbus, third cancelled sync this week and nobody answers the phone. "+
		"How do I get my files back before tomorrow morning??")
	for _, x := range []struct {
		name          string
		negated, lazy bool
	}{{"whole", false, false}, {"lazy", false, true}, {"lazy,negated", true, true}} {
		j, err := hundred(x.negated).Compile(nil, triage.Options{Lazy: x.lazy})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(x.name+"/new", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				j.Judge(in)
			}
		})
		b.Run(x.name+"/reused", func(b *testing.B) {
			judge := j.Reuse()
			b.ReportAllocs()
			for b.Loop() {
				judge(in)
			}
		})
	}
}

// hundred are rules on words, followers and visibility. With negated words that are negated count, and the text need
// not be cut into words to find negations.
func hundred(negated bool) triage.Policy {
	p := triage.Policy{Categories: []triage.Category{{Name: "x"}}}
	for i := range 100 {
		words := ask.Words{Any: []string{fmt.Sprintf("word%d", i), fmt.Sprintf("stem%d*", i)}, Negated: negated}
		if i >= 97 {
			words.Any = append(words.Any, "third cancelled")
		}
		p.Rules = append(p.Rules, triage.Rule{
			Name: fmt.Sprint("rule ", i),
			When: when.All(triage.Condition{Words: &words}, when.Public(), when.Not(when.Followers(when.Min(1000+i)))),
			Then: triage.Then{Category: "x"},
		})
	}
	return p
}
