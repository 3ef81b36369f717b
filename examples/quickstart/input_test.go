package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	foreign = `{"body":"Great job Fjordwing, third cancelled flight","post":"1","user":"ann","created":"2026-06-16T10:00:00Z"}
{"body":"fjordwng is down","post":"2","user":"bob","created":"2026-06-16T10:20:00Z"}
{"body":"nothing to do with it","post":"3","user":"cy","created":"2026-06-16T12:00:00Z"}
`
	mapping = "text=body,id=post,author=user,at=created"
)

func TestInputFirstLine(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, err := z.Write([]byte(foreign))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	asCSV := "post,created,user,body\n" +
		"1,2026-06-16T10:00:00Z,ann,\"Great job Fjordwing, third cancelled flight\"\n" +
		"2,2026-06-16T10:20:00Z,bob,fjordwng is down\n3,2026-06-16T12:00:00Z,cy,nothing to do with it\n"
	for _, row := range []struct{ reason, input string }{
		{"JSON Lines", foreign},
		{"the same, zipped", zipped.String()},
		{"the same as CSV", asCSV},
	} {
		r := runWith(t, row.input, nil, "-in", "-", "-fields", mapping)
		require.Zero(t, r.exit, "%s: %s", row.reason, r.errs)
		line, _, _ := strings.Cut(r.out, "\n")
		assert.Equal(t, "of 3 posts, 2 name you, 1 misspelled, 2 in your busiest hour, 0 contain private data",
			line, row.reason)
		file := filepath.Join(t.TempDir(), "posts")
		require.NoError(t, os.WriteFile(file, []byte(row.input), 0o644))
		again := runWith(t, "", nil, "-in", file, "-fields", mapping)
		assert.Equal(t, r, again, "%s: a file is read as standard input is", row.reason)
	}
}

func TestBadRowsCostThemselves(t *testing.T) {
	input := foreign + "{broken\n" + `{"post":"5","body":"fjordwing again","user":"dee","created":"yesterday"}` + "\n" +
		`{"post":"6","body":"danke Fjordwing","user":"dee","created":"2026-06-16T10:59:00Z"}` + "\n"
	r := runWith(t, input, nil, "-in", "-", "-fields", mapping)
	assert.Equal(t, exitRows, r.exit, "the exit status tells")
	assert.Contains(t, r.out, "of 4 posts, 3 name you", "the rows after a bad one are read")
	assert.Contains(t, r.out, "2 rows could not be read")
	assert.Contains(t, r.out, "line 4: ")
	assert.Contains(t, r.out, "line 5: ")

	var many strings.Builder
	many.WriteString(foreign)
	for range 50 {
		many.WriteString("no JSON\n")
	}
	r = runWith(t, many.String(), nil, "-in", "-", "-fields", mapping)
	assert.Equal(t, exitRows, r.exit)
	assert.Equal(t, mostBad, strings.Count(r.out, "  line "), "the first twenty are listed")
	assert.Contains(t, r.out, "and 30 more")

	var got report
	r = runWith(t, many.String(), nil, "-in", "-", "-fields", mapping, "-json")
	assert.Equal(t, exitRows, r.exit)
	require.NoError(t, json.Unmarshal([]byte(r.out), &got))
	assert.Equal(t, 50, got.Bad)
	assert.Len(t, got.BadRows, mostBad)
}

func TestAFileInWhichNobodyNamesYou(t *testing.T) {
	const other = `{"text":"@acme my parcel is late again, [really] unhappy","id":"a1","user":"ann"}
{"text":"@acme @beta thank you, lovely people","id":"a2","user":"bob"}
`
	r := runWith(t, other, nil, "-in", "-")
	require.Zero(t, r.exit, r.errs)
	assert.Contains(t, r.out, "of 2 posts, 0 name you")
	assert.Contains(t, r.out, "watchlist of the shipped desk (Fjordwing)")
	assert.Contains(t, r.out, "most often written to: @acme 2, @beta 1")
	assert.Contains(t, r.out, "if all were written to you")
	assert.Regexp(t, `1 praise +praise`, r.out, "the rules are shown at work all the same")
	assert.Contains(t, r.out, "no post says when it was posted")
	assert.Equal(t, "the file has names of its own; read as -fields text=text,id=id,author=user\n", r.errs)

	var got report
	require.NoError(t, json.Unmarshal([]byte(runWith(t, other, nil, "-in", "-", "-json").out), &got))
	assert.Equal(t, []tallied{{"@acme", 2}, {"@beta", 1}}, got.Written)
	require.NotNil(t, got.Supposed)
	assert.Equal(t, 2, got.Supposed.Posts)

	named := runWith(t, other+`{"text":"Fjordwing is late","id":"a3"}`, nil, "-in", "-")
	assert.NotContains(t, named.out, "if all were", "one that names you is enough to judge what was really said")
	empty := runWith(t, "", nil, "-in", "-")
	assert.Zero(t, empty.exit)
	assert.Contains(t, empty.out, "of 0 posts")
	assert.Contains(t, empty.out, "no rows")
}

func TestGuessedFields(t *testing.T) {
	for _, row := range []struct{ reason, input, want string }{
		{"the usual names", `{"post_id":7,"body":"hi","created_at":"2026-06-16T10:00:00Z","user":"ann"}`, "text=body,id=post_id,author=user,at=created_at"},
		{"an author within an author", `{"text":"hi","user":{"screen_name":"ann"}}`, "text=text,author=user.screen_name"},
		{"a JSON array", `[{"text":"hi","id":"1"},{"text":"ho","id":"2"}]`, "text=text,id=id"},
		{"CSV with semicolons", "id;message;date\n1;hi;2026-06-16\n", "text=message,id=id,at=date"},
		{"a time that is none is no time", `{"text":"hi","date":"last week"}`, "text=text"},
		{"our own form", `{"ref":{"channel":"chirp","id":"1"},"text":"hi"}`, ""},
		{"our own columns", "text,at\nhi,2026-06-16\n", ""},
		{"no text", `{"id":"1","subject":"hi"}`, ""},
		{"nothing", "", ""},
	} {
		r := runWith(t, row.input, nil, "-in", "-")
		_, got, _ := strings.Cut(strings.TrimSpace(r.errs), "-fields ")
		if row.want == "" {
			assert.NotContains(t, r.errs, "names of its own", row.reason)
			continue
		}
		assert.Equal(t, row.want, got, row.reason)
		assert.Zero(t, r.exit, row.reason)
	}
}

// TestNotThanked holds the report to what it says: complaints, and of those the unhappiest first.
func TestNotThanked(t *testing.T) {
	const posts = `{"text":"Thanks Fjordwing, when do you open?"}
{"text":"Great job Fjordwing, third cancelled flight"}
{"text":"Great job Fjordwing, cancelled, rude, worst airline ever, terrible"}
{"text":"Fjordwing is nice and cancelled"}
{"text":"thank you for the cancelled train, not about an airline"}
{"text":"Thank you Fjordwing, lovely crew"}
`
	var got report
	require.NoError(t, json.Unmarshal([]byte(runWith(t, posts, nil, "-in", "-", "-json").out), &got))
	assert.Equal(t, 2, got.NotThanked, "not a question, not what is ignored, not what is too weak for praise anyway")
	require.Len(t, got.Bitter, 2)
	assert.Contains(t, got.Bitter[0].Text, "worst airline", "the unhappiest first")
	assert.Equal(t, 2, got.Unsure)
}

func TestRefusals(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		return path
	}
	broken := write("desk.json", strings.NewReplacer(
		`"category": "outage"`, `"category": "outtage"`,
		`"owner": "ana"`, `"owner": "anna"`,
		`"channel": "inbox"`, `"chanel": "inbox"`,
	).Replace(ok(t, "-print-desk")))
	posts := write("posts.jsonl", foreign)
	for _, row := range []struct {
		reason string
		args   []string
		says   []string
	}{
		{"a flag that is none", []string{"-loud"}, []string{"-loud"}},
		{"a file without -in", []string{"posts.jsonl"}, []string{"-in"}},
		{"a variable that was not set", []string{"-in", ""}, []string{"-in is given and empty"}},
		{"two questions at once", []string{"-all", "-why", "c101"}, []string{"-all and -why"}},
		{"-fields without -in", []string{"-fields", "text=body"}, []string{"needs -in"}},
		{"-desk without -in", []string{"-desk", broken}, []string{"-change"}},
		{"-all is about the day", []string{"-all", "-in", posts}, []string{"shipped day"}},
		{"a file that is not there", []string{"-in", filepath.Join(folder, "none")}, []string{"none", "no such file"}},
		{"a desk that is not there", []string{"-in", posts, "-desk", filepath.Join(folder, "none")}, []string{"no such file"}},
		{"a folder", []string{"-in", folder}, []string{"directory"}},
		{"a mapping of a field that is none", []string{"-in", posts, "-fields", "texts=body"}, []string{"texts"}},
		{"all of a mapping's problems", []string{"-in", posts, "-fields", "txt=body,foo=bar"}, []string{"2 problems", "txt", "foo"}},
		{
			"a file of a program", []string{"-in", write("a.out", "\x7fELF\x02\x01"+strings.Repeat("\x00\x07", 500))},
			[]string{"a.out: it is no text"},
		},
		{"a mapping that is none", []string{"-in", posts, "-fields", "body"}, []string{"body"}},
		{"a file of something else", []string{"-in", write("notes.jsonl", "dear diary\ntoday\n")}, []string{"notes.jsonl: ", "text"}},
		{"a change that is not there", []string{"-change", filepath.Join(folder, "none")}, []string{"no such file"}},
		{"a change that is no policy", []string{"-change", write("p.json", `{"rulez": []}`)}, []string{"rulez"}},
		{"a mention that is not in the file", []string{"-in", posts, "-fields", mapping, "-why", "99"}, []string{`no mention "99"`}},
	} {
		r := runWith(t, "", nil, row.args...)
		assert.Equal(t, exitUsage, r.exit, row.reason)
		assert.Empty(t, r.out, row.reason)
		for _, s := range row.says {
			assert.Contains(t, r.errs, s, row.reason)
		}
	}
	r := runWith(t, "", nil, "-in", posts, "-desk", broken)
	assert.Equal(t, exitUsage, r.exit)
	assert.Contains(t, r.errs, "venues[2].chanel", "what is misspelled is told with its place: %s", r.errs)

	r = runWith(t, "", nil, "-in", posts, "-desk", write("desk2.json", strings.NewReplacer(
		`"category": "outage"`, `"category": "outtage"`, `"owner": "ana"`, `"owner": "anna"`,
	).Replace(ok(t, "-print-desk"))))
	assert.Equal(t, exitUsage, r.exit)
	for _, path := range []string{"policy.rules[", "outtage", "hierarchy.plans[", "anna"} {
		assert.Contains(t, r.errs, path, "all problems at once")
	}
}

func TestPrintDeskCanBeReadBack(t *testing.T) {
	file := filepath.Join(t.TempDir(), "desk.json")
	require.NoError(t, os.WriteFile(file, []byte(ok(t, "-print-desk")), 0o644))
	assert.Equal(t, ok(t, "-in", "day/mentions.jsonl"), ok(t, "-in", "day/mentions.jsonl", "-desk", file))
}

func TestWhyAndChangeOfAFile(t *testing.T) {
	posts := filepath.Join(t.TempDir(), "posts.jsonl")
	require.NoError(t, os.WriteFile(posts, []byte(foreign), 0o644))
	got := ok(t, "-in", posts, "-fields", mapping, "-why", "1")
	assert.Contains(t, got, "rule cancelled-or-late")
	desk := filepath.Join(t.TempDir(), "desk.json")
	require.NoError(t, os.WriteFile(desk, []byte(ok(t, "-print-desk")), 0o644))
	assert.Contains(t, ok(t, "-in", posts, "-fields", mapping, "-change", desk), "of 3 posts, 0 would")

	bad := foreign + "{broken\n"
	r := runWith(t, bad, nil, "-in", "-", "-fields", mapping, "-change", desk)
	assert.Equal(t, exitRows, r.exit)
	assert.Contains(t, r.out, "line 4: ", "bad rows are listed here too")
	r = runWith(t, bad, nil, "-in", "-", "-fields", mapping, "-why", "1")
	assert.Equal(t, exitRows, r.exit)
	assert.Contains(t, r.errs, "1 row could not be read")
}

func TestProgressOfLongInput(t *testing.T) {
	var long strings.Builder
	for i := range everyRows + 1 {
		fmt.Fprintf(&long, `{"body":"x","post":"%d","user":"u","created":"2026-06-16T10:00:00Z"}`+"\n", i)
	}
	r := runWith(t, long.String(), nil, "-in", "-", "-fields", mapping)
	assert.Zero(t, r.exit)
	assert.Equal(t, "read 5,000 rows\n", r.errs, "on standard error")
	assert.NotContains(t, r.out, "read 5,000")
}

// TestMeasureAirlines reads the real posts with an airline desk of ours.
func TestMeasureAirlines(t *testing.T) {
	file := airlineData(t)
	began := time.Now()
	r := runWith(t, "", nil, "-in", file, "-desk", "testdata/airline.json", "-fields", "text=text,id=id,author=user,at=created")
	took := time.Since(began)
	require.Zero(t, r.exit, r.errs)
	line, _, _ := strings.Cut(r.out, "\n")
	t.Logf("%s (in %s)", line, took.Round(time.Millisecond))
	assert.Contains(t, line, "of 11,495 posts")
}

func TestMeasureAddressedAirline(t *testing.T) {
	raw, err := os.ReadFile(airlineData(t))
	require.NoError(t, err)
	specs, _, err := loadSpecs("testdata/airline.json")
	require.NoError(t, err)
	rules, err := compiled(specs, "testdata/airline.json")
	require.NoError(t, err)
	names := map[string]string{
		"Delta":    "JetBlue", // of these rows nearly all name @JetBlue, so they are judged as such
		"American": "American Airlines",
	}
	all, found := 0, 0
	for line := range bytes.Lines(raw) {
		var row struct{ Text, Airline string }
		require.NoError(t, json.Unmarshal(line, &row))
		want := row.Airline
		if other := names[want]; other != "" {
			want = other
		}
		all++
		for _, h := range rules.Matcher().Match(nil, row.Text) {
			if h.Subject == want {
				found++
				break
			}
		}
	}
	t.Logf("%d of %d posts name the airline they are addressed to: %.2f %%", found, all, 100*float64(found)/float64(all))
	assert.GreaterOrEqual(t, 100*found, 97*all)
}

// airlineData is the file of real posts, which is no part of the project.
func airlineData(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("REPUTATION_DATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "data")
	}
	file := filepath.Join(folder, "airline-tweets.jsonl")
	if _, err := os.Stat(file); err != nil {
		t.Skipf("the data for measuring is not here: %v", err)
	}
	return file
}
