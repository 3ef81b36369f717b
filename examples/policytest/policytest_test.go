package main

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage/policytest"
)

var update = flag.Bool("update", false, "write cases.jsonl and report.txt anew, to be read before they are committed")

// TestPolicy holds the rules to their cases. A rule that no case fires fails it.
func TestPolicy(t *testing.T) {
	matcher, err := subjects()
	require.NoError(t, err)
	policy, err := read(changed)
	require.NoError(t, err)
	policytest.Suite{Policy: policy, Matcher: matcher, EveryRule: true}.RunFile(t, "cases.jsonl", *update)
}

// TestBackTest holds what the change would have meant to what was read and agreed to: whoever changes a rule sees the
// difference in the diff of report.txt.
func TestBackTest(t *testing.T) {
	report, err := compare()
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.WriteFile("report.txt", []byte(report.String()), 0o644))
	}
	want, err := os.ReadFile("report.txt")
	require.NoError(t, err)
	assert.Equal(t, string(want), report.String(), "go test ./examples/policytest -update writes it anew, if that is meant")
	for _, c := range report.Changes {
		assert.NotEqual(t, "life", c.From, "no change of rules takes a danger away: %v", c)
	}
	assert.Zero(t, report.Bad.Rows, "every row of the past was read")
}

// TestReadme holds the README to what is printed.
func TestReadme(t *testing.T) {
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	report, err := os.ReadFile("report.txt")
	require.NoError(t, err)
	head, _, ok := bytes.Cut(report, []byte("\nowner none"))
	require.True(t, ok, "the report names owners")
	assert.Contains(t, string(page), string(head), "README.md shows the beginning of report.txt")
}
