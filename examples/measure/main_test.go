package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func dataDir() string {
	if dir := os.Getenv("REPUTATION_DATA"); dir != "" {
		return dir
	}
	return filepath.Join("..", "..", "..", "shared", "data")
}

func table(t *testing.T, tuned bool) string {
	if _, err := os.Stat(filepath.Join(dataDir(), "airline-tweets.jsonl")); err != nil {
		t.Skip("measured on labelled posts, in the folder that REPUTATION_DATA names: ", err)
	}
	var out strings.Builder
	require.NoError(t, run(&out, dataDir(), tuned, "", ""))
	return out.String()
}

// TestReadmeQuotesTheTable holds that triage/signal/README.md says what is measured.
func TestReadmeQuotesTheTable(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "triage", "signal", "README.md"))
	require.NoError(t, err)
	assert.Contains(t, string(readme), table(t, false), "triage/signal/README.md quotes another table: "+
		"put in what `go run ./examples/measure` prints")
}

func TestWithoutDataItSaysSo(t *testing.T) {
	var out strings.Builder
	err := run(&out, t.TempDir(), false, "", "")
	require.ErrorContains(t, err, "REPUTATION_DATA")
	assert.Empty(t, out.String(), "no half table")
}

func TestRowsThatAreWrongAndHits(t *testing.T) {
	table(t, true)
	var out strings.Builder
	require.NoError(t, run(&out, dataDir(), false, "question", ""))
	assert.NotContains(t, out.String(), "| question |", "rows, and no table")
	out.Reset()
	require.NoError(t, run(&out, dataDir(), false, "", "life_injury"))
	assert.Contains(t, out.String(), "food poisoning")
	require.Error(t, run(&out, dataDir(), false, "", "unheard_of"))
}

// TestOwnSetsAreWhole holds every own set to what the README says of it.
func TestOwnSetsAreWhole(t *testing.T) {
	for _, s := range ownSignals {
		all, err := readOwn(s.set)
		require.NoError(t, err)
		assert.GreaterOrEqual(t, len(all), 60, "%s: sentences for each of its signals", s.set)
		seen := map[string]bool{}
		for _, x := range all {
			assert.False(t, seen[x.text+x.lang], "%s: %q stands twice", s.set, x.text)
			seen[x.text+x.lang] = true
			for _, label := range x.labels {
				known := label == "-"
				for _, l := range s.labels {
					known = known || l[0] == label
				}
				assert.True(t, known, "%s: %q has a label of another set: %s", s.set, x.text, label)
			}
		}
	}
}
