package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
)

var update = flag.Bool("update", false, "write the golden files anew")

// A ran is what one run of the program gave.
type ran struct {
	exit      int
	out, errs string
}

// runWith runs the program as a shell would, with standard input and an environment.
func runWith(t *testing.T, stdin string, env map[string]string, args ...string) ran {
	t.Helper()
	var out, errs bytes.Buffer
	exit := run(args, strings.NewReader(stdin), &out, &errs, func(name string) string { return env[name] })
	return ran{exit, out.String(), errs.String()}
}

// once keeps what was printed: the same command prints the same, which TestTwoRunsPrintTheSame shows.
var once = map[string]string{}

// ok is what a run prints that must go well.
func ok(t *testing.T, args ...string) string {
	t.Helper()
	key := strings.Join(args, "\x00")
	if out, known := once[key]; known {
		return out
	}
	once[key] = again(t, args...)
	return once[key]
}

func again(t *testing.T, args ...string) string {
	t.Helper()
	r := runWith(t, "", nil, args...)
	require.Zero(t, r.exit, r.errs)
	assert.Empty(t, r.errs)
	return r.out
}

func TestGolden(t *testing.T) {
	for _, row := range []struct {
		reason, file string
		args         []string
	}{
		{"the screen", "screen.txt", nil},
		{"the screen as data", "screen.json", []string{"-json"}},
		{"queue, timeline, figures", "all.txt", []string{"-all"}},
		{"the post that was not thanked", "why-sarcasm.txt", []string{"-why", "c204"}},
		{"a customer who fell silent", "why-silence.txt", []string{"-why", "inbox/m401"}},
		{"a mention that opened no case", "why-ignored.txt", []string{"-why", "c215"}},
		{"the incident", "why-incident.txt", []string{"-why", "incident"}},
	} {
		got := ok(t, row.args...)
		path := filepath.Join("testdata", "golden", row.file)
		if *update {
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
			require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, string(want), got, "%s: go test ./examples/quickstart -update writes it anew, if that is meant", row.reason)
	}
}

func TestTwoRunsPrintTheSame(t *testing.T) {
	for _, args := range [][]string{nil, {"-all", "-json"}} {
		assert.Equal(t, ok(t, args...), again(t, args...), "%v", args)
	}
}

func TestScreenFits(t *testing.T) {
	for _, row := range []struct {
		reason, columns string
		width           int
	}{
		{"nobody says how wide it is", "", 100},
		{"the usual terminal", "80", 80},
		{"a narrow terminal", "60", 60},
		{"a very wide one is not filled", "250", 100},
	} {
		r := runWith(t, "", map[string]string{"COLUMNS": row.columns})
		require.Zero(t, r.exit, r.errs)
		lines := strings.Split(strings.TrimSuffix(r.out, "\n"), "\n")
		if row.width >= 80 {
			assert.LessOrEqual(t, len(lines), 45, "%s: one screen", row.reason)
		}
		for _, line := range lines {
			n := 0
			for _, c := range line {
				n += columns(c)
			}
			assert.LessOrEqual(t, n, row.width, "%s: %s", row.reason, line)
		}
		assert.NotContains(t, r.out, "\x1b", "%s: no colour where no terminal is", row.reason)
	}
}

func TestNoWholeCardNumberIsPrinted(t *testing.T) {
	for _, args := range [][]string{
		nil, {"-all"}, {"-why", "s303"}, {"-why", "m402"}, {"-in", "day/mentions.jsonl"}, {"-in", "day/mentions.jsonl", "-why", "s304"},
	} {
		for _, as := range [][]string{args, slices.Concat(args, []string{"-json"})} {
			assert.NotContains(t, ok(t, as...), "4111 1111 1111 1111", "%v", as)
			if slices.Contains(as, "-json") {
				assert.True(t, json.Valid([]byte(ok(t, as...))), "%v", as)
			}
		}
	}
}

// TestTheDay holds the day to the laws, whatever its texts say.
func TestTheDay(t *testing.T) {
	specs, _, err := loadSpecs("")
	require.NoError(t, err)
	rules, err := compiled(specs, "shipped")
	require.NoError(t, err)
	h, err := playDay(rules)
	require.NoError(t, err)

	assert.Zero(t, h.doubles(), "nothing was sent twice, though the desk was killed while it sent")
	assert.Len(t, h.diary.inFlight, 1, "one answer was on its way when it was killed")
	assert.Len(t, h.diary.stopped, 1, "the campaign post was stopped")
	incidents, err := h.incidents()
	require.NoError(t, err)
	require.Len(t, incidents, 1, "one incident")
	assert.GreaterOrEqual(t, incidents[0].Cases, 41)
	assert.Zero(t, incidents[0].Breaches, "every update that was promised in public came in time")
	summary, err := h.replay()
	require.NoError(t, err)
	cases, err := h.cases()
	require.NoError(t, err)
	assert.Contains(t, summary, number(len(cases)+1)+" of ", "every trail replays: %s", summary)
	for _, c := range cases {
		assert.NotEqual(t, "resolved", string(c.Outcome), "nobody's word was had and waited for by Friday")
	}
	sent := map[string]bool{}
	for _, s := range h.sent() {
		assert.NotContains(t, s.Text, "44-1092", "no order number left the house")
		assert.NotContains(t, s.Text, campaignText, "nothing cheerful left it")
		sent[string(s.Key)] = true
	}
	out, err := h.outbox(desk.OutboxQuery{Effects: []string{sendKind}})
	require.NoError(t, err)
	kept := 0
	for _, o := range out {
		assert.Equal(t, o.Outcome == "delivered", sent[o.Key], "%s: what the desk says of it is what the world has", o.Outcome)
		if o.Outcome != "delivered" {
			kept++
		}
	}
	assert.GreaterOrEqual(t, kept, 2, "an answer to a post that was edited, and one that a colleague gave")
	_, err = os.Stat(h.folder)
	assert.ErrorIs(t, err, os.ErrNotExist, "the folder of the snapshot is gone")
}

func TestJSONIsTheSame(t *testing.T) {
	var s screen
	require.NoError(t, json.Unmarshal([]byte(ok(t, "-json")), &s))
	require.Len(t, s.Moments, 9)
	text := strings.Join(strings.Fields(ok(t)), " ")
	for _, m := range s.Moments {
		assert.NotEmpty(t, m.Lines, "moment %d", m.N)
		for _, line := range m.Lines {
			words := strings.Fields(line)
			assert.Contains(t, text, strings.Join(words[:min(4, len(words))], " "), "moment %d", m.N)
		}
	}
}

func TestWhy(t *testing.T) {
	byMention := ok(t, "-why", "c204")
	assert.Equal(t, byMention, ok(t, "-why", "chirp/c204"))
	assert.Equal(t, byMention, ok(t, "-why", "@third_time_theo"), "the screen shows authors")
	id := ""
	for line := range strings.Lines(byMention) {
		if after, found := strings.CutPrefix(line, "case "); found {
			id = strings.TrimSpace(after)
		}
	}
	assert.Equal(t, byMention, ok(t, "-why", id[:8]), "the beginning of the case's id will do")
	r := runWith(t, "", nil, "-why", "nobody")
	assert.Equal(t, exitUsage, r.exit)
	assert.Contains(t, r.errs, `or case "nobody"`)
}

// TestChange asks what a policy that thanks every kind word would have done.
func TestChange(t *testing.T) {
	var file map[string]any
	require.NoError(t, json.Unmarshal([]byte(ok(t, "-print-desk")), &file))
	policy := file["policy"].(map[string]any)
	policy["rules"] = append([]any{map[string]any{
		"name": "thank-every-kind-word",
		"when": map[string]any{"words": map[string]any{"any": []string{"great", "danke", "gracias", "thank*"}}},
		"then": map[string]any{"category": "praise", "aim": "praise"},
	}}, policy["rules"].([]any)...)
	for name, value := range map[string]any{"a policy": policy, "a desk file": file} {
		path := filepath.Join(t.TempDir(), "changed.json")
		raw, err := json.Marshal(value)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(path, raw, 0o644))
		got := ok(t, "-change", path)
		assert.Contains(t, got, "cancellation elevated -> praise", name)
		assert.Contains(t, got, "third cancelled flight", name)
		var c change
		require.NoError(t, json.Unmarshal([]byte(ok(t, "-change", path, "-json")), &c), name)
		assert.Greater(t, c.After.Thanks, c.Before.Thanks, name)
		sum := 0
		for _, p := range c.Pairs {
			sum += p.Posts
		}
		assert.Equal(t, c.Changed, sum, name)
	}
	same := filepath.Join(t.TempDir(), "same.json")
	require.NoError(t, os.WriteFile(same, []byte(ok(t, "-print-desk")), 0o644))
	assert.Contains(t, ok(t, "-change", same), ", 0 would have had another verdict")
}
