package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write day.txt anew, to be read before it is committed")

// TestMain is a life of the desk where the program would be one.
func TestMain(m *testing.M) {
	if _, child := os.LookupEnv(life); child {
		main()
		return
	}
	os.Exit(m.Run())
}

// TestTheDay holds what the program prints, and that the README shows it.
func TestTheDay(t *testing.T) {
	var out bytes.Buffer
	killed := t.TempDir()
	require.NoError(t, run(t.Context(), []string{"-dir", killed}, &out))
	if *update {
		require.NoError(t, os.WriteFile("day.txt", out.Bytes(), 0o644))
	}
	want, err := os.ReadFile("day.txt")
	require.NoError(t, err)
	assert.Equal(t, turns(string(want)), turns(out.String()), "go test ./examples/durable -update writes it anew, if that is meant")
	assert.Contains(t, out.String(), "0 of them twice, 0 unknown to the desk")
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	assert.Contains(t, string(page), string(want), "README.md shows day.txt")

	calm := t.TempDir()
	require.NoError(t, oneLife(t.Context(), calm, "", &bytes.Buffer{}))
	assert.Equal(t, said(t, calm), said(t, killed), "a day with three deaths says what a day without says, once")
	assert.NotEmpty(t, said(t, killed))
}

// turns are the lines that tell of lives and deaths, without their figures: how much is said on the day is the quickstart's
// matter.
func turns(story string) (out []string) {
	for line := range strings.Lines(story) {
		if !strings.Contains(line, "go out") && !strings.Contains(line, "goes out") {
			out = append(out, figures.ReplaceAllString(line, "0"))
		}
	}
	return out
}

var figures = regexp.MustCompile(`[a-z]?[0-9]+`)

// said is what stands on the platforms, whenever it was said.
func said(t *testing.T, dir string) (out []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	require.NoError(t, err)
	for _, file := range files {
		all, err := (&platform{file: file}).answers()
		require.NoError(t, err)
		for _, a := range all {
			out = append(out, fmt.Sprintf("%s: %s", a.To, a.Text))
		}
	}
	slices.Sort(out)
	return out
}

func TestWhatCannotBeOpened(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "desk.sqlite"), []byte("a letter"), 0o600))
	var out bytes.Buffer
	require.Error(t, run(t.Context(), []string{"-dir", dir}, &out))
	left, err := os.ReadFile(filepath.Join(dir, "desk.sqlite"))
	require.NoError(t, err)
	assert.Equal(t, "a letter", string(left), "it was left as it is")
}
