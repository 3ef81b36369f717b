package policytest_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/policytest"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/when"
)

var update = flag.Bool("update", false, "write the golden files again; read the difference before it is committed")

// golden compares a text with a file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, "%s: go test -update writes it again", name)
}

func policy(t testing.TB, folder string) triage.Policy {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", folder, "policy.json"))
	require.NoError(t, err)
	var p triage.Policy
	require.NoError(t, spec.Decode(data, &p))
	return p
}

func cases(t testing.TB, name string) []policytest.Case {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	require.NoError(t, err)
	defer file.Close()
	list, err := policytest.Read(file)
	require.NoError(t, err)
	return list
}

// What a planted policy gets wrong is told in full: the texts are the goldens.
func TestLessons(t *testing.T) {
	suite := policytest.Suite{Policy: policy(t, "lessons"), Cases: cases(t, "lessons/cases.jsonl")}
	report, err := suite.Check()
	require.NoError(t, err)
	golden(t, "lessons/report.golden", withoutDecided(report.String()))
	assert.Len(t, report.Failures, report.Cases-1, "all but the first are planted")
	for _, f := range report.Failures {
		assert.Positive(t, f.Line, f.Reason)
		assert.NotEmpty(t, f.Differences, f.Reason)
		assert.Contains(t, f.Lesson, "decided", f.Reason)
	}
	again, err := suite.Check()
	require.NoError(t, err)
	assert.Equal(t, report, again, "the same on the second asking")
}

// withoutDecided leaves out what Judge.Explain says, which is tested where it is written.
func withoutDecided(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "      ") || strings.HasPrefix(line, "       ") {
			out.WriteString(line)
		}
	}
	return out.String()
}

// The whole decision stands at the end of a lesson, as Explain tells it.
func TestLessonsTellTheDecision(t *testing.T) {
	p := policy(t, "lessons")
	judge, err := p.Compile(nil)
	require.NoError(t, err)
	report, err := policytest.Suite{Policy: p, Cases: []policytest.Case{
		{Reason: "down", Text: "the app is down", Want: policytest.Want{Category: "billing"}},
	}}.Check()
	require.NoError(t, err)
	m := mentionOf(func(m *mentionT) {
		m.Text, m.Ref.Channel, m.Ref.ID = "the app is down", "policytest", "down"
	}).Canonical()
	in := triage.Input{Mention: &m}
	lesson := report.Failures[0].Lesson
	for line := range strings.Lines(judge.Explain(in, judge.Judge(in))) {
		assert.Contains(t, lesson, strings.TrimRight(line, "\n"))
	}
}

func TestCoverage(t *testing.T) {
	suite := policytest.Suite{Policy: policy(t, "lessons"), Cases: cases(t, "lessons/cases.jsonl")[:1], EveryRule: true}
	report, err := suite.Check()
	require.NoError(t, err)
	assert.Equal(t, []string{"new account", "offers links", "advert", "charge", "late", "reach", "regular", "cries"}, report.Unfired())
	assert.Equal(t, "1 cases fire 1 of 9 rules; "+
		"none fires new account, offers links, advert, charge, late, reach, regular, cries",
		report.Coverage())
	require.Len(t, report.Failures, 8, "with EveryRule each is a failure")
	assert.Equal(t, "rule late\n  unfired     no case fires it: write one, or take it out\n", report.Failures[4].String())
}

// Evidence and a rule of one name are two things.
func TestCoverageTellsEvidenceFromRules(t *testing.T) {
	p := policy(t, "lessons")
	p.Legitimacy.Items[0].Name = "reach"
	report, err := policytest.Suite{Policy: p, Cases: []policytest.Case{{Reason: "far", Text: "hm",
		Mention: mentionOf(func(m *mentionT) { m.Author.Followers = 20000 }), Want: policytest.Want{Fired: []string{"reach"}}}}}.Check()
	require.NoError(t, err)
	require.Empty(t, report.Failures)
	for _, u := range report.Fired {
		if u.Rule == "reach" {
			assert.Equal(t, !u.Evidence, u.Cases == 1)
		}
	}
}

// The policy is compiled as the host compiles it.
func TestOptionsGoAlong(t *testing.T) {
	p := policy(t, "lessons")
	p.Signals = []triage.Source{{Name: "tone", By: "scorer:tone"}}
	p.Rules = append(p.Rules, triage.Rule{Name: "tone", When: when.Signal("tone", when.Min(500)),
		Then: triage.Then{Tags: []string{"app"}}})
	one := []policytest.Case{{Reason: "a tone", Text: "hm", Want: policytest.Want{Fired: []string{"tone", "reach"}}}}
	_, err := policytest.Suite{Policy: p, Cases: one}.Check()
	assert.ErrorContains(t, err, "policy.signals[0].by: no scorer \"tone\" is bound")
	report, err := policytest.Suite{Policy: p, Cases: one,
		Options: triage.Options{Scorers: map[string]triage.Scorer{"tone": loud{}}}}.Check()
	require.NoError(t, err)
	require.Len(t, report.Failures, 1)
	assert.Equal(t, []policytest.Difference{{Field: "fired", Want: "reach", Got: "it was silent"}}, report.Failures[0].Differences)
}

type loud struct{}

func (loud) Signals() []string { return []string{"tone"} }
func (loud) Score(dst []signal.Reading, _, _ string) []signal.Reading {
	return append(dst, signal.Reading{Name: "tone", Value: 900})
}

func TestSuiteProblems(t *testing.T) {
	_, err := policytest.Suite{Policy: policy(t, "suite"), Cases: cases(t, "suite/cases.jsonl")}.Check()
	var problems spec.Problems
	require.ErrorAs(t, err, &problems)
	golden(t, "suite/problems.golden", err.Error()+"\n")
}

func TestLessonOnWeakEvidence(t *testing.T) {
	report, err := policytest.Suite{
		Policy: triage.Policy{Legitimacy: triage.Evidence{Doubtful: 500, Items: []triage.EvidenceItem{
			{Name: "no customer", When: when.NoCustomer(), Weight: 600}}}},
		Cases: []policytest.Case{{Reason: "a stranger", Text: "it is all very nice", Given: map[string]string{"customer": "no"},
			Want: policytest.Want{Legitimacy: triage.Doubtful}}},
	}.Check()
	require.NoError(t, err)
	require.Len(t, report.Failures, 1)
	assert.Contains(t, report.Failures[0].Lesson, "the evidence weighs 600, doubtful is 500; but that the host does not know the author")
}

func TestASuiteWithoutCasesIsWrong(t *testing.T) {
	_, err := policytest.Suite{Policy: policy(t, "lessons")}.Check()
	assert.EqualError(t, err, "cases: are none: nothing would be tested")
}

func TestFilesTellWhere(t *testing.T) {
	for _, name := range []string{"lines.jsonl", "array.json", "open.json"} {
		data, err := os.ReadFile(filepath.Join("testdata/files", name))
		require.NoError(t, err)
		list, err := policytest.Read(bytes.NewReader(data))
		var problems spec.Problems
		require.ErrorAs(t, err, &problems, name)
		golden(t, "files/"+strings.TrimSuffix(name, filepath.Ext(name))+".golden", err.Error()+"\n")
		assert.Equal(t, "fine", list[0].Reason, "what can be read is returned: %s", name)
	}
	_, err := policytest.Read(brokenReader{})
	assert.ErrorContains(t, err, "the disk is gone")
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, fmt.Errorf("the disk is gone") }

// The same cases in both forms of a file are the same.
func TestFormsOfAFile(t *testing.T) {
	one := `{"reason":"a","text":"down","want":{"category":"outage"}}`
	two := `{"reason":"b","text":"up","want":{"category":"none","tags":[]}}`
	lines, err := policytest.Read(strings.NewReader(one + "\n\n" + two))
	require.NoError(t, err)
	array, err := policytest.Read(strings.NewReader("\n [" + one + ",\n\n" + two + "]\n"))
	require.NoError(t, err)
	require.Len(t, lines, 2)
	assert.Equal(t, lines[0].Want, array[0].Want)
	assert.NotNil(t, array[1].Want.Tags, "no tags at all is a want")
	_, err = policytest.Read(strings.NewReader("[" + one + "]\n" + two))
	assert.ErrorContains(t, err, "there is more behind the array (line 1)")
	none, err := policytest.Read(strings.NewReader("\n \n"))
	require.NoError(t, err)
	assert.Empty(t, none)
}

// A file of nothing but mistakes is answered soon, and in few lines.
func TestManyBadCases(t *testing.T) {
	list, err := policytest.Read(strings.NewReader(strings.Repeat("1\n", 20_000)))
	var problems spec.Problems
	require.ErrorAs(t, err, &problems)
	assert.Len(t, list, 20_000)
	assert.Len(t, problems, 101)
	assert.Equal(t, "cases[99]: want an object, found a number (line 100, column 1)", problems[99].String())
	assert.Equal(t, "cases: 19900 more cases cannot be read", problems[100].String())
}

func TestPlantedJudges(t *testing.T) {
	p := policy(t, "lessons")
	judge, err := p.Compile(nil)
	require.NoError(t, err)
	calls := 0
	for _, x := range []struct {
		reason string
		judge  func(triage.Input) triage.Verdict
		told   string // empty: nothing fails
	}{
		{"the policy's own, wrapped", judge.Judge, ""},
		{"it writes into the text", func(in triage.Input) triage.Verdict {
			in.Mention.Text += "!"
			return judge.Judge(in)
		}, "the input was altered: first `"},
		{"it writes into what the host gave", func(in triage.Input) triage.Verdict {
			in.Given["tier"] = "gold"
			return judge.Judge(in)
		}, "the input was altered: first `"},
		{"it counts its calls", func(in triage.Input) triage.Verdict {
			calls++
			v := judge.Judge(in)
			v.Rank.Tier = calls
			return v
		}, "judged by a second judge of the same policy, the verdict was another: first `"},
		{"it remembers what it saw", remembers(judge), "judged again when all other cases had been judged, the verdict was another"},
	} {
		calls = 0
		report, err := policytest.Suite{Policy: p, Judge: x.judge, Cases: []policytest.Case{
			{Reason: "one", Text: "the app is down", Given: map[string]string{"a": "b"},
				Want: policytest.Want{Category: "outage"}},
			{Reason: "two", Text: "refund me", Given: map[string]string{"a": "b"}, Want: policytest.Want{Category: "billing"}},
		}}.Check()
		require.NoError(t, err)
		if x.told == "" {
			assert.Empty(t, report.Failures, x.reason)
			continue
		}
		require.NotEmpty(t, report.Failures, x.reason)
		assert.Contains(t, report.Failures[0].String(), x.told, x.reason)
	}
}

// remembers gives a judge that says something else of a text once it has seen another one.
func remembers(j *triage.Judge) func(triage.Input) triage.Verdict {
	seen := map[string]bool{}
	return func(in triage.Input) triage.Verdict {
		seen[in.Mention.Text] = true
		v := j.Judge(in)
		v.Rank.Tier = len(seen)
		return v
	}
}
