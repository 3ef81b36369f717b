package guideline_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/triage"
)

func linter(t testing.TB, g guideline.Guidelines) *guideline.Linter {
	t.Helper()
	l, err := g.Compile()
	require.NoError(t, err)
	return l
}

// ruleRow is one row of the rules' own data: the test reads what the package embeds.
type ruleRow struct {
	id, name, level, errorWhen, when, kind, pattern, unless, bad, good, why, suggest, lang string

	re *regexp.Regexp // of kind absent without exceptions
}

func ruleRows(t testing.TB) []ruleRow {
	t.Helper()
	var out []ruleRow
	for _, lang := range []string{"any", "en", "es", "de"} {
		data, err := os.ReadFile("rules/" + lang + ".tsv")
		require.NoError(t, err)
		for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
			f := strings.Split(line, "\t")
			require.Len(t, f, 12, line)
			row := ruleRow{f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9], f[10], f[11], strings.TrimPrefix(lang, "any"), nil}
			if row.kind == "absent" && row.unless == "" {
				row.re = regexp.MustCompile(row.pattern)
			}
			out = append(out, row)
			assert.NotEmpty(t, row.why, "%s has no why", row.id)
			assert.NotEmpty(t, row.suggest, "%s has no suggestion", row.id)
		}
	}
	return out
}

func rulesOf(found []guideline.Finding) []string {
	var out []string
	for _, f := range found {
		out = append(out, f.Rule)
	}
	return slices.Compact(out)
}

// sceneOf is the scene in which the examples of a rule are what they are.
func sceneOf(r ruleRow) guideline.Scene {
	sc := guideline.Scene{Lang: r.lang}
	switch r.id {
	case "R08":
		sc.Aim = triage.Complaint
	case "R10":
		sc.FirstReply = true
	case "R11":
		sc.FirstReply, sc.Aim = true, triage.Complaint
		sc.Said = map[string]string{"en": "@acme the blender leaked all over my kitchen", "es": "la batidora goteaba por toda la cocina",
			"de": "der Mixer ist in der ganzen Küche ausgelaufen"}[r.lang]
	case "R12":
		sc.Aim = triage.Complaint
	case "R13":
		sc.Stage = "working"
	case "R15":
		sc.Crisis = true
	case "R16":
		sc.WantsContact = true
	case "R17":
		sc.MovesPrivate = true
	case "R20":
		sc.Private = []string{"44-1092", "Ms Lind", "Elm St 5"}
	case "R21":
		sc.Regulated = true
	case "R27":
		sc.Limit = escalation.Money{Minor: 50_00, Currency: "EUR"}
	case "R29":
		sc.Stage = "proposed"
	case "R35":
		sc.Asks = true
	case "R37":
		sc.PublicTurns = 2
	case "R38":
		sc.Connected = true
	}
	return sc
}

func TestEveryRuleHasItsExamples(t *testing.T) {
	c := linter(t, guideline.Guidelines{})
	rows := ruleRows(t)
	for _, r := range rows {
		if r.kind == "similar" {
			continue // the example is an earlier answer: TestLintInItsScene
		}
		sc := sceneOf(r)
		assert.Contains(t, rulesOf(c.Lint(r.bad, sc)), r.id, "%s %s must find: %s", r.id, r.lang, r.bad)
		assert.NotContains(t, rulesOf(c.Lint(r.good, sc)), r.id, "%s %s must not find: %s", r.id, r.lang, r.good)
		if r.kind != "absent" {
			continue
		}
		for _, other := range rows {
			if other.lang == r.lang || r.lang == "" {
				assert.NotContains(t, rulesOf(c.Lint(other.good, sc)), r.id, "the good example of %s", other.id)
			}
		}
	}
	for _, lang := range []string{"en", "es", "de"} {
		for n := 1; n <= 38; n++ {
			id := fmt.Sprintf("R%02d", n)
			assert.True(t, slices.ContainsFunc(rows, func(r ruleRow) bool {
				return r.id == id && (r.lang == lang || r.lang == "")
			}), "%s in %s", id, lang)
		}
	}
}

// TestEveryRuleNeedsItsExamples: with a rule switched off its bad example passes, so no example rests on another rule.
func TestEveryRuleNeedsItsExamples(t *testing.T) {
	for _, r := range ruleRows(t) {
		if r.id == "R20" || r.id == "R31" || r.kind == "similar" {
			continue
		}
		c := linter(t, guideline.Guidelines{Off: []string{r.id}})
		assert.NotContains(t, rulesOf(c.Lint(r.bad, sceneOf(r))), r.id, r.bad)
	}
}

func TestLint(t *testing.T) {
	c := linter(t, guideline.Guidelines{})
	tests := []struct {
		reason, text string
		sc           guideline.Scene
		want         []string // rule:level:text
	}{
		{"nothing wrong", "Hi Dana, we will write again by noon on Tuesday.", guideline.Scene{}, nil},
		{"two rules, by place", "It was our mistake, we will reply soon.", guideline.Scene{},
			[]string{"R05:error:our mistake", "R14:warning:soon"}},
		{"a fault that is confirmed may be admitted", "It was our mistake.", guideline.Scene{FaultConfirmed: true}, nil},
		{"a time without a zone", "Next update at 3:00 PM.", guideline.Scene{}, []string{"R15:warning:3:00 PM"}},
		{"in a crisis that is an error", "Next update at 3:00 PM.", guideline.Scene{Crisis: true, Visibility: mention.Private},
			[]string{"R15:error:3:00 PM"}},
		{"in private and without a crisis it is nothing", "At 3:00 PM.", guideline.Scene{Visibility: mention.Private}, nil},
		{"one zone behind both", "Open between 9:00 and 15:00 CET.", guideline.Scene{}, nil},
		{"hours and minutes with a point", "Next update at 4.40am.", guideline.Scene{}, []string{"R15:warning:4.40am"}},
		{"a place names its time", "Open from 5am to 6pm Arizona time.", guideline.Scene{}, nil},
		{"a word before the time of something else does not", "We close at 6pm for the last time.", guideline.Scene{},
			[]string{"R15:warning:6pm"}},
		{"a zone as an offset", "Next update at 15:00+01:00.", guideline.Scene{}, nil},
		{"a zone on another line is another sentence", "At 15:00.\nAll times CET.", guideline.Scene{},
			[]string{"R15:warning:15:00"}},
		{"asking in private is as it should be", "Reply here with your order number.",
			guideline.Scene{Visibility: mention.Private}, nil},
		{"an order number that the host knows", "Order 44 1092 has left.", guideline.Scene{Private: []string{"44-1092"}},
			[]string{"R20:error:44 1092"}},
		{"however it is cased", "thanks, DANA LIND!", guideline.Scene{Private: []string{"Dana Lind"}},
			[]string{"R20:error:DANA LIND", "R32:warning:DANA LIND"}},
		{"not within another number", "Shelf 144-10923 is empty.", guideline.Scene{Private: []string{"44-1092"}}, nil},
		{"in private it is private", "Order 44-1092 has left.",
			guideline.Scene{Private: []string{"44-1092"}, Visibility: mention.Private}, nil},
		{"what we publish is not private", "Call us: 030 1234567.",
			guideline.Scene{Private: []string{"030 1234567"}, Ours: []string{"+49 30 123 4567"}}, nil},
		{"two letters stand anywhere", "So it is.", guideline.Scene{Private: []string{"it"}}, nil},
		{"a long s is an s", "We reply as \u017foon as possible.", guideline.Scene{}, []string{"R14:warning:as \u017foon as possible"}},
		{"what one language wants behind a time is not asked of another", "At 3:00 PM PST.", guideline.Scene{}, nil},
		{"a Spanish promise", "Le contestaremos pronto.", guideline.Scene{Lang: "es-MX"}, []string{"R14:warning:pronto"}},
		{"a German one", "Wir melden uns in Kürze.", guideline.Scene{Lang: "de"}, []string{"R14:warning:in Kürze"}},
		{"German null is a number", "Wir hatten null Ausfälle.", guideline.Scene{Lang: "de"}, nil},
		{"English null is an open slot", "Hi null, thanks.", guideline.Scene{Lang: "en"}, []string{"R31:error:null"}},
		{"a language without rules of its own has the English ones", "soon", guideline.Scene{Lang: "fi"},
			[]string{"R14:warning:soon"}},
		{"no language: every language's", "pronto", guideline.Scene{}, []string{"R14:warning:pronto"}},
		{"MEZ is a zone", "Um 15:00 Uhr MEZ.", guideline.Scene{Lang: "de"}, nil},
		{"an empty text", "", guideline.Scene{}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			var got []string
			for _, f := range c.Lint(tt.text, tt.sc) {
				assert.NotEmpty(t, f.Why)
				assert.NotEmpty(t, f.Name)
				got = append(got, f.Rule+":"+string(f.Level)+":"+tt.text[f.Start:f.End])
			}
			assert.Equal(t, tt.want, got, tt.reason)
		})
	}
}

// TestLintOfTooMuch: a megabyte of trouble is an answer, not a hang.
func TestLintOfTooMuch(t *testing.T) {
	c := linter(t, guideline.Guidelines{})
	text := strings.Repeat("soon, 15:00 CET, 44-1092 it was our fault 15:00\n", 20_000)
	count := map[string]int{}
	for _, f := range c.Lint(text, guideline.Scene{Private: []string{"44-1092"}, Crisis: true}) {
		count[f.Rule]++
	}
	assert.Equal(t, map[string]int{"R05": 1000, "R14": 1000, "R15": 500, "R20": 1000}, count, "a thousand of each is enough")
}

func TestGuidelinesOfTheHouse(t *testing.T) {
	own := guideline.Rule{ID: "H1", Name: "no-emoji", Level: guideline.Error, Pattern: "[\U0001f300-\U0001faff]",
		Bad: "Hi 🎉", Good: "Hi", Why: "the house writes without"}
	c := linter(t, guideline.Guidelines{Off: []string{"R14"}, Rules: []guideline.Rule{own}})
	assert.Equal(t, []string{"H1"}, rulesOf(c.Lint("Soon 🎉", guideline.Scene{})), "one off, one more")

	tests := []struct {
		reason, problem string
		change          func(*guideline.Rule)
	}{
		{"a built-in id", "rules[0].id: rule R14 is built in: choose another id, or switch that one off",
			func(r *guideline.Rule) { r.ID = "R14" }},
		{"no why", "rules[0]: a rule needs an id, a name and a why", func(r *guideline.Rule) { r.Why = "" }},
		{"a level that is none", `rules[0].level: "fatal" is none of error, warning`,
			func(r *guideline.Rule) { r.Level = "fatal" }},
		{"a condition that is none", `rules[0].when: "sometimes" is not a condition that the guidelines know`,
			func(r *guideline.Rule) { r.When = "sometimes" }},
		{"a kind that is none", `rules[0].kind: "never" is none of absent, require, max:N, near, conditional, pii, overlap, similar, number, ` +
			"facts",
			func(r *guideline.Rule) { r.Kind = "never" }},
		{"no pattern", "rules[0].pattern: the pattern matches nothing at all, so it would match everywhere",
			func(r *guideline.Rule) { r.Pattern = "" }},
		{"a broken pattern", "rules[0].pattern: error parsing regexp: missing closing ): `(`",
			func(r *guideline.Rule) { r.Pattern = "(" }},
		{"half a conditional", "rules[0].pattern: a conditional needs two patterns with => between",
			func(r *guideline.Rule) { r.Kind = "conditional" }},
		{"a bad example that is not found", `rules[0].bad: the pattern does not find the bad example "Hi"`,
			func(r *guideline.Rule) { r.Bad = "Hi" }},
		{"a good example that is", `rules[0].good: the pattern finds the good example "🎉"`,
			func(r *guideline.Rule) { r.Good = "🎉" }},
		{"a condition under which it is an error that is none", `rules[0].error_when: "often" is not a condition that the guidelines know`,
			func(r *guideline.Rule) { r.Level, r.ErrorWhen = "", "crisis | often" }},
		{"a number that is none", `rules[0].kind: "max:0": the number behind max: is 1 or more`,
			func(r *guideline.Rule) { r.Kind = "max:0" }},
		{"half a near", "rules[0].pattern: a rule of kind near needs two patterns with ~80~ between, the number of bytes",
			func(r *guideline.Rule) { r.Kind = "near" }},
		{"an exception to what is no ban", "rules[0].unless: only a rule of kind absent has exceptions",
			func(r *guideline.Rule) { r.Kind, r.Unless, r.Bad, r.Good = "require", "x", "Hi", "🎉" }},
		{"a language that is none", `rules[0].lang: "en-GB" is not a base language such as en`,
			func(r *guideline.Rule) { r.Lang = "en-GB" }},
	}
	for _, tt := range tests {
		r := own
		tt.change(&r)
		_, err := guideline.Guidelines{Rules: []guideline.Rule{r}}.Compile()
		assert.EqualError(t, err, tt.problem, tt.reason)
	}
}

// TestLiteralsFirstIsTheSame: looking for letters before running a pattern must never hide a match.
func TestLiteralsFirstIsTheSame(t *testing.T) {
	c := linter(t, guideline.Guidelines{})
	rows := ruleRows(t)
	var texts []string
	for _, r := range rows {
		texts = append(texts, r.bad, r.good, strings.ToUpper(r.bad), strings.ToLower(r.bad), strings.ReplaceAll(r.bad, "s", "\u017f"),
			strings.ReplaceAll(r.bad, "k", "\u212a"))
	}
	for _, text := range texts {
		sameAsPatterns(t, c, rows, text)
	}
}

// sameAsPatterns runs every pattern of kind absent without looking for anything first.
func sameAsPatterns(t *testing.T, c *guideline.Linter, rows []ruleRow, text string) {
	t.Helper()
	found := map[string]bool{}
	for _, f := range c.Lint(text, guideline.Scene{}) {
		found[f.Rule] = true
	}
	want := map[string]bool{}
	for _, r := range rows {
		if r.re != nil && r.re.MatchString(text) {
			want[r.id] = true
		}
	}
	for _, r := range rows {
		excepted := slices.ContainsFunc(rows, func(other ruleRow) bool { return other.id == r.id && other.unless != "" })
		if r.re != nil && r.when == "all" && !excepted {
			assert.Equal(t, want[r.id], found[r.id], "%s in %q", r.id, text)
		}
	}
}

func FuzzLint(f *testing.F) {
	rows := ruleRows(f)
	for _, r := range rows {
		f.Add(r.bad)
		f.Add(r.good)
	}
	f.Add("\xff our \xc3 fault")
	c := linter(f, guideline.Guidelines{})
	f.Fuzz(func(t *testing.T, text string) {
		found := c.Lint(text, guideline.Scene{Private: []string{"44-1092", text}, Ours: []string{"+1 555 0100"}})
		assert.Equal(t, found, c.Lint(text, guideline.Scene{Private: []string{"44-1092", text}, Ours: []string{"+1 555 0100"}}))
		borders := map[int]bool{len(text): true}
		for i := range text {
			borders[i] = true
		}
		last := 0
		for _, x := range found {
			assert.True(t, borders[x.Start] && borders[x.End] && x.Start <= x.End, "%s cuts a rune in %q", x, text)
			assert.LessOrEqual(t, last, x.Start)
			last = x.Start
		}
		sameAsPatterns(t, c, rows, text)
	})
}

// FuzzLiterals tries patterns that nobody thought of: what is looked for first must never hide a match.
func FuzzLiterals(f *testing.F) {
	for _, r := range ruleRows(f) {
		f.Add(r.pattern, r.bad)
	}
	f.Add("(?i)(ab?|c+)(d|[e-g]){2,3}k", "ABDEK")
	f.Add("a*b|", "b")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		re, err := regexp.Compile(pattern)
		if err != nil || len(pattern) > 200 || re.MatchString("") || strings.ContainsAny(pattern, "\t\n") || !utf8.ValidString(pattern) {
			return
		}
		own := guideline.Rule{ID: "H1", Name: "own", Pattern: pattern, Why: "because"}
		c, err := guideline.Guidelines{Rules: []guideline.Rule{own}}.Compile()
		require.NoError(t, err)
		found := slices.Contains(rulesOf(c.Lint(text, guideline.Scene{})), "H1")
		if at := re.FindStringIndex(text); at != nil && at[0] < at[1] || at == nil {
			assert.Equal(t, at != nil, found, "%q in %q", pattern, text)
		}
	})
}

// TestMeasureGuidelines counts what the rules say of real replies of brands. Run it with -v to see the figures.
func TestMeasureGuidelines(t *testing.T) {
	dir := os.Getenv("REPUTATION_DATA")
	if dir == "" {
		dir = "../../../shared/data"
	}
	file, err := os.Open(filepath.Join(dir, "support-conversations.jsonl"))
	if err != nil {
		t.Skipf("no data to measure on: %v", err)
	}
	defer file.Close()
	c := linter(t, guideline.Guidelines{})
	replies, withErrors := 0, 0
	count := map[string]int{}
	examples := map[string][]string{}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row struct {
			Inbound bool   `json:"inbound"`
			Text    string `json:"text"`
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &row))
		if row.Inbound {
			continue
		}
		replies++
		failed := false
		for _, f := range c.Lint(row.Text, guideline.Scene{Lang: "en"}) {
			count[f.Rule+" "+f.Name+" "+string(f.Level)]++
			failed = failed || f.Level == guideline.Error
			if len(examples[f.Rule]) < 12 {
				examples[f.Rule] = append(examples[f.Rule], row.Text[max(0, f.Start-20):min(len(row.Text), f.End+20)])
			}
		}
		if failed {
			withErrors++
		}
	}
	t.Logf("%d replies of brands, %d with errors (%.1f %%)", replies, withErrors, 100*float64(withErrors)/float64(replies))
	for _, name := range slices.Sorted(maps.Keys(count)) {
		t.Logf("%5d %s", count[name], name)
	}
	for _, id := range slices.Sorted(maps.Keys(examples)) {
		t.Logf("%s e.g. %q", id, examples[id])
	}
	assert.Greater(t, replies, 2000)
	assert.LessOrEqual(t, withErrors*20, replies, "errors on at most 5 %% of them")
}
