// Command policytest shows what a changed policy would have made of past mentions. Its tests are what a team that keeps
// its rules in a repository runs on every change.
package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"os"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/rows"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/backtest"
)

// The files of the team: what is looked for, the rules in force, the rules as they are to be, and some days of the past.
var (
	//go:embed watchlist.json
	watchlist []byte
	//go:embed released.json
	released []byte
	//go:embed policy.json
	changed []byte
	//go:embed posts.jsonl
	posts []byte
)

func main() {
	report, err := compare()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Print(report)
}

// compare judges the past twice: by the rules in force, and by those that are to be.
func compare() (backtest.Report, error) {
	matcher, err := subjects()
	if err != nil {
		return backtest.Report{}, err
	}
	before, err := side(released, matcher)
	if err != nil {
		return backtest.Report{}, fmt.Errorf("released.json: %w", err)
	}
	after, err := side(changed, matcher)
	if err != nil {
		return backtest.Report{}, fmt.Errorf("policy.json: %w", err)
	}
	past := rows.Read(bytes.NewReader(posts), rows.Fields{ID: "id", Text: "text", Author: "user", At: "at"})
	return backtest.Run(before, after, past, backtest.Options{Owner: owner})
}

// owner is who would have had the case; a host asks its escalation.Directory instead.
func owner(_ *mention.Mention, v triage.Verdict) string {
	switch v.Category {
	case "":
		return "front desk"
	case "locker":
		return "lockers"
	}
	return "parcels"
}

func subjects() (*mention.Matcher, error) {
	var list mention.Watchlist
	if err := spec.Decode(watchlist, &list); err != nil {
		return nil, fmt.Errorf("watchlist.json: %w", err)
	}
	return list.Compile()
}

func side(file []byte, m *mention.Matcher) (backtest.Side, error) {
	policy, err := read(file)
	if err != nil {
		return backtest.Side{}, err
	}
	judge, err := policy.Compile(m)
	return backtest.Side{Judge: judge, Matcher: m}, err
}

func read(file []byte) (policy triage.Policy, err error) {
	return policy, spec.Decode(file, &policy)
}
