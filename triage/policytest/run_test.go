package policytest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/policytest"
	"github.com/reputekit/reputation/triage/signal"
)

type mentionT = mention.Mention

func mentionOf(set func(*mentionT)) (m mentionT) {
	set(&m)
	return m
}

// A witness is a testing.TB that writes down what it is told.
type witness struct {
	testing.TB
	errors, logs, fatal []string
}

func (w *witness) Helper()         {}
func (w *witness) Log(args ...any) { w.logs = append(w.logs, fmt.Sprint(args...)) }
func (w *witness) Errorf(format string, args ...any) {
	w.errors = append(w.errors, fmt.Sprintf(format, args...))
}

func (w *witness) Fatalf(format string, args ...any) {
	w.fatal = append(w.fatal, fmt.Sprintf(format, args...))
	runtime.Goexit()
}
func (w *witness) Fatal(args ...any) { w.Fatalf("%s", fmt.Sprint(args...)) }

// watch runs a test with a witness, which may end it.
func watch(test func(testing.TB)) *witness {
	w := &witness{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		test(w)
	}()
	<-done
	return w
}

func TestRunTellsTheTest(t *testing.T) {
	p := policy(t, "lessons")
	right := policytest.Case{Reason: "right", Text: "the app is down", Want: policytest.Want{Category: "outage"}}
	wrong := policytest.Case{Reason: "wrong", Text: "the app is down", Want: policytest.Want{Category: "billing"}}

	w := watch(policytest.Suite{Policy: p, Cases: []policytest.Case{right}}.Run)
	assert.Empty(t, w.errors)
	assert.Empty(t, w.fatal)
	require.Len(t, w.logs, 1, "what no case fires is told")
	assert.Contains(t, w.logs[0], "none fires new account")

	w = watch(policytest.Suite{Policy: p, Cases: []policytest.Case{right, wrong}}.Run)
	require.Len(t, w.errors, 1)
	assert.True(t, strings.HasPrefix(w.errors[0], "wrong\n  category    wanted billing, got outage\n"), w.errors[0])

	w = watch(policytest.Suite{Policy: p, Cases: []policytest.Case{right}, EveryRule: true}.Run)
	assert.Len(t, w.errors, 8)

	w = watch(policytest.Suite{Policy: p, Cases: []policytest.Case{{}}}.Run)
	require.Len(t, w.fatal, 1)
	assert.Contains(t, w.fatal[0], "cases[0].reason: a case says what it shows")
}

func TestRunFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cases.jsonl")
	before := `{"reason": "kept", "text": "the app is down",  "want": {"category": "outage"}}

{"reason": "changed", "want": {"category": "billing", "tags": ["money"], "silent": ["outage"]}, "text": "the app is down <b>"}
{"reason": "filled in", "text": "refund me"}
{"reason": "nothing left", "text": "refund me", "want": {"fired": ["outage"], "silent": ["charge"]}}
{"reason": "nothing fired", "text": "hm", "want": {"fired": ["outage"]}}
`
	after := `{"reason": "kept", "text": "the app is down",  "want": {"category": "outage"}}

{"reason": "changed", "want": {"category":"outage","tags":["app"]}, "text": "the app is down <b>"}
{"reason": "filled in", "text": "refund me","want":{"category":"billing","severity":"routine","aim":"none","tags":["money"],"handling":"open","fired":["charge"]}}
{"reason": "nothing left", "text": "refund me", "want": {"fired":["charge"]}}
{"reason": "nothing fired", "text": "hm", "want": {"category":"none","severity":"routine","aim":"none","tags":[],"handling":"record"}}
`
	require.NoError(t, os.WriteFile(path, []byte(before), 0o644))
	suite := policytest.Suite{Policy: policy(t, "lessons")}

	w := watch(func(tb testing.TB) { suite.RunFile(tb, path, false) })
	require.Len(t, w.fatal, 1, "a case that wants nothing is wrong itself")
	assert.Contains(t, w.fatal[0], "cases[2].want: wants nothing")
	assert.Contains(t, w.fatal[0], "(line 4)")

	w = watch(func(tb testing.TB) { suite.RunFile(tb, path, true) })
	assert.Empty(t, w.fatal)
	assert.Empty(t, w.errors)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, after, string(data))

	suite.RunFile(t, path, false)

	w = watch(func(tb testing.TB) { suite.RunFile(tb, path+".gone", false) })
	assert.Len(t, w.fatal, 1)
	require.NoError(t, os.WriteFile(path, []byte("{"), 0o644))
	w = watch(func(tb testing.TB) { suite.RunFile(tb, path, true) })
	require.Len(t, w.fatal, 1)
	assert.Contains(t, w.fatal[0], path)
}

// An array is written again as it stands, but for what failing cases want.
func TestRunFileOfAnArray(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cases.json")
	before := "[\n  {\"reason\": \"a\", \"want\": {\"category\": \"none\"},\n   \"text\": \"down\"},\n" +
		"  {\"reason\": \"b\", \"text\": \"refund\", \"want\": {\"category\": \"outage\", \"severity\": \"serious\"}}\n]\n"
	require.NoError(t, os.WriteFile(path, []byte(before), 0o644))
	suite := policytest.Suite{Policy: policy(t, "lessons")}
	w := watch(func(tb testing.TB) { suite.RunFile(tb, path, false) })
	assert.Len(t, w.errors, 2)
	suite.RunFile(t, path, true)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, strings.NewReplacer(`{"category": "none"}`, `{"category":"outage"}`,
		`{"category": "outage", "severity": "serious"}`, `{"category":"billing","severity":"routine"}`).Replace(before), string(data))
}

// Everything that a judge may be given can be said in a case.
func TestCasesReachTheJudge(t *testing.T) {
	var seen triage.Input
	p := policy(t, "lessons")
	judge, err := p.Compile(nil)
	require.NoError(t, err)
	list, err := policytest.Read(strings.NewReader(`[{"reason": "all of it",
 "mention": {"ref": {"channel": "mail", "id": "7"}, "text": "hi\u0000", "addressed": "us", "author": {"handle": "ada"}},
 "at": "2026-03-02T10:00:00+01:00", "given": {"tier": "gold"}, "standing": "press",
 "observed": [{"name": "tox", "value": 700, "spans": [{"start": 0, "end": 2}]}], "history": {"contacts": 4},
 "thread": {"message": 2, "answered": true}, "copies": {"size": 3}, "surges": ["app"], "want": {"fired": ["regular"]}}]`))
	require.NoError(t, err)
	report, err := policytest.Suite{Policy: p, Cases: list, Judge: func(in triage.Input) triage.Verdict {
		seen = in
		return judge.Judge(in)
	}}.Check()
	require.NoError(t, err)
	assert.Empty(t, report.Failures)
	assert.Equal(t, "hi", seen.Mention.Text, "canonical")
	assert.Equal(t, mention.Ref{Channel: "mail", ID: "7"}, seen.Mention.Ref)
	assert.Equal(t, "2026-03-02T09:00:00Z", seen.At.Format("2006-01-02T15:04:05Z07:00"))
	assert.Equal(t, triage.Press, seen.Standing)
	assert.Equal(t, []signal.Reading{{Name: "tox", Value: 700, Spans: []signal.Span{{Start: 0, End: 2}}}}, seen.Observed)
	assert.Equal(t, 4, seen.History.Contacts)
	assert.True(t, seen.Thread.Answered)
	assert.Equal(t, 3, seen.Copies.Size)
	assert.Equal(t, []string{"app"}, seen.Surges)
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"", "[", "[]", "{}", "null", "[{},{}] x", `{"reason":"a","want":{"severity":"x"}}`,
		"[\n{\"reason\": 1},\n\xff]", `{"want":` + strings.Repeat("[", 200), "{}\n{}\n[1]"} {
		f.Add(seed)
	}
	p := policy(f, "lessons")
	lists, err := signal.New()
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, file string) {
		list, err := policytest.Read(strings.NewReader(file))
		again, second := policytest.Read(strings.NewReader(file))
		assert.Equal(t, list, again)
		assert.Equal(t, err == nil, second == nil)
		if _, err := (policytest.Suite{Policy: p, Options: triage.Options{Lists: lists}, Cases: list}).Check(); err == nil {
			for _, c := range list {
				assert.NotEmpty(t, c.Reason)
			}
		}
	})
}
