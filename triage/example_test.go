package triage_test

import (
	"fmt"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/when"
)

// A policy of two rules judges a post, and says why.
func Example() {
	matcher, err := mention.Watchlist{Subjects: []mention.Subject{{Name: "Nimbus", Kind: mention.Brand}}}.Compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	judge, err := triage.Policy{
		Categories: []triage.Category{{Name: "outage", Severity: triage.Serious}, {Name: "praise"}},
		Rules: []triage.Rule{
			{Name: "outage", When: when.Words("down", "outage"),
				Then: triage.Then{Category: "outage", Aim: triage.Complaint, Tags: []string{"sync"}}},
			{Name: "praise", When: when.Signal("praise", when.Min(600)),
				Then: triage.Then{Category: "praise", Aim: triage.Praise}},
		},
	}.Compile(matcher)
	if err != nil {
		fmt.Println(err)
		return
	}
	m := mention.Mention{
		Ref:    mention.Ref{Channel: "chirp", ID: "42"},
		Author: mention.Author{Handle: "ada", Followers: 300},
		Lang:   "en", Text: "Great job Nimbus, down again, third lost file",
		PostedAt: time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC),
	}.Canonical()
	in := triage.Input{Mention: &m, Hits: matcher.Match(nil, m.Text), At: m.PostedAt}
	verdict := judge.Judge(in)
	verdict.Signals = nil // left out here, for brevity
	fmt.Print(judge.Explain(in, verdict, "praise"))
	// Output:
	// Great job [Nimbus], [down] again, third lost file
	//   said        by ada on chirp, in en
	//   handling    open: it has a category and names a core subject
	//   category    outage
	//   severity    serious
	//   aim         complaint
	//   tags        sync
	//   legitimacy  unverified
	//   fired       outage: category outage, severity serious by its category, aim complaint, tags sync on "down"
	//   not fired   praise: when.signal: praise 0, wants >= 600
	//   priority    5-9999999999999-1-1772443800000-9-55 (serious, since 2026-03-02 09:30 UTC, reach 300)
}

// Everything that is wrong with a policy is told at once.
func ExamplePolicy_Compile() {
	_, err := triage.Policy{Rules: []triage.Rule{
		{Name: "refunds", When: when.All(when.Words("refund"), when.Signal("mood", when.Min(1))),
			Then: triage.Then{Category: "billing"}},
	}}.Compile(nil)
	fmt.Println(err)
	// Output:
	// rules[0].when.all[1].signal.name: signal "mood" is neither built in nor declared in signals
	// rules[0].then.category: category "billing" is not among the categories
}
