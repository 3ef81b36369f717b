package desk_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// notSaid are the facts that no person says by Say, each with who says it.
var notSaid = map[string]string{
	"Received": "a channel; a member brings it by Do", "Edited": "a channel", "Removed": "a channel",
	"AnsweredElsewhere": "a channel", "Elapsed": "the clock", "Unknown": "a newer version",
	"Delivered": "the desk, or Do", "Undelivered": "the desk, or Do", "Uncertain": "the desk",
	"Granted": "the desk, or Do", "Denied": "the desk, or Do",
	"Observed": "the desk, or Do", "Known": "the desk, or Do", "Surveyed": "the host by Do, for the customer",
	"Joined": "a case", "Surged": "the desk", "Subsided": "the desk", "JoinedIncident": "an incident", "IncidentOver": "an incident",
	"Deferred": "the desk", "Purged": "the desk", "Informed": "an incident, or the desk",
}

func TestEverythingThatAPersonSaysStandsInTheTable(t *testing.T) {
	page, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	_, table, found := strings.Cut(string(page), "err = d.Say(")
	require.True(t, found)
	table, _, found = strings.Cut(table, "Package event has")
	require.True(t, found)
	files, err := filepath.Glob("../../respond/event/*.go")
	require.NoError(t, err)
	body := regexp.MustCompile(`(?m)^func \((?:\w+ )?(\w+)\) kind\(\) string`)
	known := map[string]bool{}
	for _, name := range files {
		source, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, m := range body.FindAllStringSubmatch(string(source), -1) {
			known[m[1]] = true
		}
	}
	require.Greater(t, len(known), 60, "the bodies are found where they were")
	for name := range known {
		stands := regexp.MustCompile(`\b` + name + `\b`).MatchString(table)
		assert.Equal(t, notSaid[name] == "", stands, "%s: what a person says stands in the table of doc.go, and nothing else", name)
	}
	for name := range notSaid {
		assert.True(t, known[name], "%s is no body any more", name)
	}
}
