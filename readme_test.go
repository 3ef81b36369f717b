package reputation_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What README.md says is tried here. The form it keeps to:
//
//   - A ```sh block holds commands, one a line, a leading "$ " and comments allowed. What begins with "go run ./" is
//     run from the module's root and must exit with 0; what else is written stands in notRun, with the reason.
//   - A ```go block, or one in any other language, has the file it comes from on the line above the fence, as a
//     comment: <!-- examples/embed/main.go -->. A block that begins with "package" is that file, byte for byte, and a
//     package main is run as well; a shorter one stands in the file, indented as it may be.
//   - A ```text block has the command that prints it above it: <!-- go run ./examples/quickstart -->. Its lines stand
//     in the standard output in that order; a line "..." leaves some out. <!-- drawing --> marks what nothing prints.
//
// Links to files lead somewhere.

// notRun are the commands a reader is given that this test does not run.
var notRun = map[string]string{
	"go test work":  "it is what runs this test",
	".ci/run":       "it runs this test, among others",
	".ci/long":      "takes long by its nature",
	"cd reputation": "goes with git clone",
	"git clone https://github.com/reputekit/reputation": "the tests need no network",
	"go get github.com/reputekit/reputation":            "the tests need no network",
}

// standIns are files that a reader has and the tree has not: where a command names one, it gets this instead.
var standIns = map[string]string{
	"posts.jsonl": `{"id":"1","text":"Is anybody there?","user":"ada","at":"2026-03-02T09:00:00Z"}` + "\n",
	"posts.csv":   "id,text,user,at\n1,Is anybody there?,ada,2026-03-02T09:00:00Z\n",
}

// block is one fenced block of a page.
type block struct {
	line   int    // of its opening fence
	lang   string // sh, go, text
	marker string // what the comment above it says, "" without one
	text   string
}

var marker = regexp.MustCompile(`^<!--\s*(.*?)\s*-->$`)

// blocks cuts a page up. A fence that is not closed is an error.
func blocks(page string) ([]block, error) {
	var out []block
	var open *block
	above := ""
	for i, line := range strings.Split(page, "\n") {
		trimmed := strings.TrimRight(line, " \t\r")
		switch {
		case open != nil && trimmed == "```":
			out = append(out, *open)
			open, above = nil, ""
		case open != nil:
			open.text += line + "\n"
		case strings.HasPrefix(trimmed, "```"):
			open = &block{line: i + 1, lang: strings.TrimPrefix(trimmed, "```")}
			if m := marker.FindStringSubmatch(above); m != nil {
				open.marker = m[1]
			}
		case trimmed != "":
			above = trimmed
		}
	}
	if open != nil {
		return nil, fmt.Errorf("line %d: the block is not closed", open.line)
	}
	return out, nil
}

// runner runs one command line and gives its standard output.
type runner func(command string) (string, error)

// checkPage gives a sentence for everything that a page shows and that is not so.
func checkPage(page string, files fs.FS, run runner) []string {
	all, err := blocks(page)
	if err != nil {
		return []string{err.Error()}
	}
	var out []string
	for _, b := range all {
		var err error
		switch {
		case b.lang == "sh":
			err = checkCommands(b, run)
		case b.lang == "text" && b.marker == "drawing":
		case b.marker == "":
			err = errors.New("nothing above it says where it comes from: see the head of readme_test.go")
		case b.lang == "text":
			err = checkScreen(b, run)
		default:
			err = checkExcerpt(b, files, run)
		}
		if err != nil {
			out = append(out, fmt.Sprintf("line %d, ```%s: %v", b.line, b.lang, err))
		}
	}
	return out
}

func checkCommands(b block, run runner) error {
	var errs []error
	for line := range strings.Lines(b.text) {
		command, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "$ "), " #")
		command = strings.TrimSpace(command)
		if command == "" || strings.HasPrefix(command, "#") || notRun[command] != "" {
			continue
		}
		if !strings.HasPrefix(command, "go run ./") || strings.ContainsAny(command, "|<>&;$`\"'\\") {
			errs = append(errs, fmt.Errorf("%s: nothing runs this: begin it with go run ./, without shell signs, "+
				"or put it into notRun with the reason", command))
			continue
		}
		if _, err := run(command); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", command, err))
		}
	}
	return errors.Join(errs...)
}

// checkScreen wants the block's pieces, cut at "...", in what the command prints.
func checkScreen(b block, run runner) error {
	out, err := run(b.marker)
	if err != nil {
		return fmt.Errorf("%s: %w", b.marker, err)
	}
	rest := "\n" + tidy(out)
	for _, piece := range strings.Split("\n"+tidy(b.text), "\n...\n") {
		piece = "\n" + strings.Trim(piece, "\n") + "\n"
		at := strings.Index(rest, piece)
		if at < 0 {
			return fmt.Errorf("%s does not print this (any more):%s", b.marker, piece)
		}
		rest = rest[at+len(piece)-1:]
	}
	return nil
}

// tidy cuts spaces off the ends of lines: editors do, and nobody sees it.
func tidy(s string) string {
	var out strings.Builder
	for line := range strings.Lines(s) {
		out.WriteString(strings.TrimRight(line, " \t\r\n") + "\n")
	}
	return out.String()
}

func checkExcerpt(b block, files fs.FS, run runner) error {
	text, err := fs.ReadFile(files, b.marker)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(b.text, "package ") && b.lang == "go" {
		if !strings.Contains(flat(string(text)), flat(b.text)) {
			return fmt.Errorf("does not stand in %s as it is here", b.marker)
		}
		return nil
	}
	if b.text != string(text) {
		return fmt.Errorf("is not %s, byte for byte: copy the file", b.marker)
	}
	if strings.HasPrefix(b.text, "package main\n") {
		_, err = run("go run ./" + path.Dir(b.marker))
	}
	return err
}

// flat takes the indentation away.
func flat(s string) string {
	out := "\n"
	for line := range strings.Lines(s) {
		out += strings.TrimSpace(line) + "\n"
	}
	return out
}

func TestReadmeIsTrue(t *testing.T) {
	page, err := os.ReadFile("README.md")
	require.NoError(t, err, "the library has a README.md")
	wholeHouse(t) // reads every Go file here, so that a cached result is stale when one changes
	for _, finding := range checkPage(string(page), os.DirFS("."), commands(t)) {
		t.Error("README.md: " + finding)
	}
}

// commands runs lines that begin with go run ./, each program built once and each line run once.
func commands(t *testing.T) runner {
	dir := t.TempDir()
	for name, text := range standIns {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	type result struct {
		out string
		err error
	}
	done := map[string]result{}
	return func(command string) (string, error) {
		if r, ok := done[command]; ok {
			return r.out, r.err
		}
		words := strings.Fields(command)
		if len(words) < 3 || words[0] != "go" || words[1] != "run" || !strings.HasPrefix(words[2], "./") {
			return "", errors.New("a command begins with go run ./")
		}
		readAll(t, words[2])
		bin := filepath.Join(dir, "bin", filepath.FromSlash(words[2]))
		out, err := execute("go", "build", "-buildvcs=false", "-o", bin, words[2])
		if err == nil {
			for i, word := range words {
				if standIns[word] != "" {
					words[i] = filepath.Join(dir, word)
				}
			}
			out, err = execute(bin, words[3:]...)
		}
		done[command] = result{out, err}
		return out, err
	}
}

func execute(name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, strings.TrimSpace(stderr.String()))
	}
	return string(out), err
}

// readAll opens what a program may embed, so that go test knows that a cached result is stale when it changes.
func readAll(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Clean(dir), func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			_, err = os.ReadFile(name)
		}
		return err
	})
	require.NoError(t, err)
}

var link = regexp.MustCompile(`\]\(([^)#\s]+)[^)]*\)`)

func TestLinksLeadSomewhere(t *testing.T) {
	pages, err := filepath.Glob("*.md")
	require.NoError(t, err)
	for _, name := range pages {
		page, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, m := range link.FindAllStringSubmatch(string(page), -1) {
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			_, err := os.Stat(filepath.FromSlash(m[1]))
			assert.NoError(t, err, "%s: a link leads nowhere", name)
		}
	}
}

func TestPlantedPages(t *testing.T) {
	files := os.DirFS(t.TempDir())
	run := func(command string) (string, error) {
		if command == "go run ./examples/broken" {
			return "", errors.New("exit status 1")
		}
		return "first\nsecond  \nthird\n", nil
	}
	for _, row := range []struct{ reason, page, caught string }{
		{"commands that run", "```sh\n$ go run ./examples/fine -all  # all of it\n# a remark\ngo test work\n```\n", ""},
		{"a command that fails", "```sh\ngo run ./examples/broken\n```\n", "exit status 1"},
		{"a command that nothing runs", "```sh\nmake all\n```\n", "nothing runs this"},
		{"a pipe, which is not run as it reads", "```sh\ngo run ./examples/fine | less\n```\n", "nothing runs this"},
		{"a test command of one's own", "```sh\ngo test ./mention\n```\n", "nothing runs this"},
		{"a screen", "<!-- go run ./examples/fine -->\n```text\nfirst\n...\nthird\n```\n", ""},
		{"a screen, spaces at line ends apart", "<!-- go run ./examples/fine -->\n\n```text\nsecond\nthird\n```\n", ""},
		{"a screen that begins inside a line", "<!-- go run ./examples/fine -->\n```text\nirst\n```\n", "does not print this"},
		{"a screen in the wrong order", "<!-- go run ./examples/fine -->\n```text\nthird\n...\nfirst\n```\n", "does not print this"},
		{"lines left out without saying so", "<!-- go run ./examples/fine -->\n```text\nfirst\nthird\n```\n", "does not print this"},
		{"a screen of a command that fails", "<!-- go run ./examples/broken -->\n```text\nfirst\n```\n", "exit status 1"},
		{"a screen from nowhere", "Look:\n```text\nfirst\n```\n", "where it comes from"},
		{"a drawing", "<!-- drawing -->\n```text\na -> b\n```\n", ""},
		{"code from nowhere", "```go\nx := 1\n```\n", "where it comes from"},
		{"code from a file that is gone", "<!-- gone.go -->\n```go\nx := 1\n```\n", "no such file"},
		{"a marker serves one block", "<!-- drawing -->\n```text\na\n```\n```text\nb\n```\n", "line 5"},
		{"a fence left open", "```sh\ngo test work\n", "not closed"},
	} {
		t.Run(row.reason, func(t *testing.T) {
			caught(t, checkPage(row.page, files, run), row.caught, row.reason)
		})
	}
}

func TestPlantedExcerpts(t *testing.T) {
	dir := t.TempDir()
	program := "package main\n\nfunc main() {\n\tprintln(1)\n}\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o600))
	var ran []string
	run := func(command string) (string, error) { ran = append(ran, command); return "", nil }
	for _, row := range []struct{ reason, code, caught string }{
		{"the whole file", program, ""},
		{"the whole file, a space more", strings.Replace(program, "(1)", "( 1)", 1), "byte for byte"},
		{"a piece, indented otherwise", "println(1)\n", ""},
		{"a piece that is not there", "println(2)\n", "does not stand in"},
		{"half a line", "println(\n", "does not stand in"},
	} {
		page := "<!-- main.go -->\n```go\n" + row.code + "```\n"
		caught(t, checkPage(page, os.DirFS(dir), run), row.caught, row.reason)
	}
	assert.Equal(t, []string{"go run ./."}, ran, "a whole program is run as well")
}
