package triage_test

import (
	"fmt"
	"testing"

	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/when"
)

// BenchmarkJudge is one post of 130 characters under 100 rules, with the signals read and the reasons given.
func BenchmarkJudge(b *testing.B) {
	p := triage.Policy{Categories: []triage.Category{{Name: "x"}}}
	for i := range 100 {
		p.Rules = append(p.Rules, triage.Rule{
			Name: fmt.Sprint("rule ", i),
			When: when.All(when.Words(fmt.Sprintf("word%d", i), fmt.Sprintf("stem%d*", i), "third cancelled"), when.Public(),
				when.Not(when.Followers(when.Min(1000+i)))),
			Then: triage.Then{Category: "x"},
		})
	}
	for i := range 97 { // three rules fire
		p.Rules[i].When.All[0] = when.Words(fmt.Sprintf("word%d", i), fmt.Sprintf("stem%d*", i))
	}
	j, err := p.Compile(nil)
	if err != nil {
		b.Fatal(err)
	}
	in := hear(b, "Great job Nimbus, third cancelled sync this week and nobody answers the phone. "+
		"How do I get my files back before tomorrow morning??")
	b.ReportAllocs()
	for b.Loop() {
		j.Judge(in)
	}
}
