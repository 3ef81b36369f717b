package backtest_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/rows"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/backtest"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/when"
)

var update = flag.Bool("update", false, "write the golden files again; read the difference before it is committed")

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func side(t testing.TB, p triage.Policy, m *mention.Matcher) backtest.Side {
	t.Helper()
	judge, err := p.Compile(m, triage.Options{Lists: lists(), Lazy: true})
	require.NoError(t, err)
	return backtest.Side{Judge: judge, Matcher: m}
}

// lists are the word lists of the signals, read once.
var lists = sync.OnceValue(func() *signal.Lists {
	l, err := signal.New()
	if err != nil {
		panic(err)
	}
	return l
})

func watchlist(t testing.TB, subjects ...mention.Subject) *mention.Matcher {
	t.Helper()
	m, err := mention.Watchlist{Subjects: subjects}.Compile()
	require.NoError(t, err)
	return m
}

var categories = []triage.Category{{Name: "outage", Severity: triage.Serious}, {Name: "billing"}}

var (
	outage  = triage.Rule{Name: "outage", When: when.Words("down"), Then: triage.Then{Category: "outage", Tags: []string{"app"}}}
	billing = triage.Rule{Name: "billing", When: when.Words("refund", "charged"), Then: triage.Then{Category: "billing"}}
	shouts  = triage.Rule{Name: "shouts", When: when.Words("now"), Then: triage.Then{Severity: triage.Elevated, Tags: []string{"urgent"}}}
)

// policyOf is a policy of these rules with the categories that they give.
func policyOf(rules ...triage.Rule) triage.Policy {
	p := triage.Policy{Rules: rules}
	for _, c := range categories {
		if slices.ContainsFunc(rules, func(r triage.Rule) bool { return r.Then.Category == c.Name }) {
			p.Categories = append(p.Categories, c)
		}
	}
	return p
}

const past = `{"ref":{"channel":"chirp","id":"1"},"author":{"handle":"ada"},"text":"Nimbus is down now","posted_at":"2026-03-02T09:00:00Z"}
{"ref":{"channel":"chirp","id":"2"},"author":{"handle":"bob"},"text":"Nimbus, refund me. My card is 4111 1111 1111 1111","posted_at":"2026-03-02T10:00:00Z"}
{"ref":{"channel":"chirp","id":"3"},"author":{"handle":"bob"},"thread":"2","text":"Nimbus? refund","posted_at":"2026-03-02T11:00:00Z"}
{"ref":{"channel":"chirp","id":"4"},"author":{"handle":"eve"},"text":"nice weather","posted_at":"2026-03-05T23:00:00Z"}
{"ref":{"channel":"chirp"
{"ref":{"channel":"chirp","id":"5"},"author":{"handle":"eve"},"text":"Nimbus Nimbus"}
{"ref":{"channel":"chirp","id":"6"},"author":{"handle":"eve"},"text":7}
`

func team(_ *mention.Mention, v triage.Verdict) string {
	if v.Category == "outage" {
		return "operations"
	}
	return "care"
}

func run(t *testing.T, o backtest.Options) backtest.Report {
	t.Helper()
	m := watchlist(t, mention.Subject{Name: "Nimbus", Kind: mention.Brand})
	report, err := backtest.Run(side(t, policyOf(outage), m), side(t, policyOf(shouts, billing, outage), m),
		rows.Read(strings.NewReader(past), rows.Fields{}), o)
	require.NoError(t, err)
	return report
}

func TestReport(t *testing.T) {
	r := run(t, backtest.Options{Owner: team})
	assert.Equal(t, 5, r.Mentions)
	assert.Equal(t, 1, r.Undated)
	assert.Equal(t, 4, r.Days, "from Monday to Thursday")
	assert.Equal(t, 3, r.Changed)
	assert.Equal(t, 600, r.SharePerMille)
	assert.Equal(t, backtest.Volume{Ignored: 1, Recorded: 3, Opened: 1, Cases: 1, MentionsADay: 1000, CasesADay: 250}, r.Old)
	assert.Equal(t, backtest.Volume{Ignored: 1, Recorded: 1, Opened: 3, Cases: 2, MentionsADay: 1000, CasesADay: 500}, r.New,
		"two messages of one author in one thread are one case")
	assert.Equal(t, []backtest.Load{{Owner: "care", New: 2}, {Owner: "operations", Old: 1, New: 1}}, r.Owners)
	assert.Equal(t, 2, r.Bad.Rows)
	require.Len(t, r.Bad.First, 2)
	assert.Equal(t, 5, r.Bad.First[0].Line)
	assert.Equal(t, 7, r.Bad.First[1].Line)

	var changes []string
	for _, c := range r.Changes {
		changes = append(changes, fmt.Sprintf("%s %s>%s %d", c.Field, c.From, c.To, c.Mentions))
	}
	assert.Equal(t, []string{"category none>billing 2", "handling record>open 2", "owner none>care 2",
		"tag none>urgent 1"}, changes, "a severity that is higher anyway does not change")
	assert.NotContains(t, r.String(), "4111 1111", "private data is masked")
	assert.Nil(t, r.Fit, "nobody asked")
}

// Both forms of a report, as they are read.
func TestFormsOfAReport(t *testing.T) {
	r := run(t, backtest.Options{Owner: team, Budget: backtest.Budget{CasesADay: 1}})
	data, err := json.MarshalIndent(r, "", "  ")
	require.NoError(t, err)
	golden(t, "report.txt", r.String())
	golden(t, "report.json", string(data)+"\n")
	var back backtest.Report
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, r, back)
}

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

func TestTheSamePolicyChangesNothing(t *testing.T) {
	m := watchlist(t, mention.Subject{Name: "Nimbus", Kind: mention.Brand})
	one, two := side(t, policyOf(shouts, outage), m), side(t, policyOf(shouts, outage), m)
	r, err := backtest.Run(one, two, rows.Read(strings.NewReader(past), rows.Fields{}), backtest.Options{Owner: team})
	require.NoError(t, err)
	assert.Zero(t, r.Changed)
	assert.Empty(t, r.Changes)
	assert.Equal(t, r.Old, r.New)
}

// Swapping the sides swaps every change.
func TestTheWayBack(t *testing.T) {
	m := watchlist(t, mention.Subject{Name: "Nimbus", Kind: mention.Brand})
	one, two := side(t, policyOf(outage), m), side(t, policyOf(shouts, billing), m)
	there, err := backtest.Run(one, two, rows.Read(strings.NewReader(past), rows.Fields{}), backtest.Options{})
	require.NoError(t, err)
	back, err := backtest.Run(two, one, rows.Read(strings.NewReader(past), rows.Fields{}), backtest.Options{})
	require.NoError(t, err)
	require.Len(t, back.Changes, len(there.Changes))
	for _, c := range there.Changes {
		found := false
		for _, d := range back.Changes {
			found = found || d.Field == c.Field && d.From == c.To && d.To == c.From && d.Mentions == c.Mentions
		}
		assert.True(t, found, "%s %s -> %s", c.Field, c.From, c.To)
	}
	assert.Equal(t, there.Old, back.New)
}

func TestWhatTheHostKnew(t *testing.T) {
	gold := triage.Rule{Name: "gold", When: when.Given("tier", "gold"), Then: triage.Then{Severity: triage.Serious}}
	r, err := backtest.Run(side(t, policyOf(outage), nil), side(t, policyOf(outage, gold), nil), posts(3),
		backtest.Options{Input: func(m *mention.Mention) triage.Input {
			if m.Ref.ID == "1" {
				return triage.Input{Given: map[string]string{"tier": "gold"}}
			}
			return triage.Input{}
		}})
	require.NoError(t, err)
	assert.Equal(t, 1, r.Changed)
	assert.Equal(t, "severity", r.Changes[0].Field)
}

// posts makes n dated posts, one author each.
func posts(n int) iter.Seq2[rows.Row, error] {
	return func(yield func(rows.Row, error) bool) {
		for i := range n {
			m := mention.Mention{Ref: mention.Ref{Channel: "chirp", ID: fmt.Sprint(i)}, Text: "hm",
				Author:   mention.Author{Handle: fmt.Sprint("a", i)},
				PostedAt: monday.Add(time.Duration(i) * time.Second)}
			if !yield(rows.Row{Line: i + 1, Mention: m.Canonical()}, nil) {
				return
			}
		}
	}
}

func TestErrors(t *testing.T) {
	s := side(t, policyOf(outage), nil)
	_, err := backtest.Run(backtest.Side{}, s, posts(1), backtest.Options{})
	assert.ErrorContains(t, err, "a side has no judge")

	gone := errors.New("the disk is gone")
	r, err := backtest.Run(s, s, func(yield func(rows.Row, error) bool) {
		for row := range posts(2) {
			yield(row, nil)
		}
		yield(rows.Row{}, gone)
	}, backtest.Options{})
	assert.ErrorIs(t, err, gone)
	assert.Equal(t, 2, r.Mentions, "what came before it is told")

	r, err = backtest.Run(s, s, posts(0), backtest.Options{Budget: backtest.Budget{CasesADay: 1}})
	require.NoError(t, err)
	assert.Equal(t, "mentions   0 without dates", strings.Split(r.String(), "\n")[0])
	assert.Nil(t, r.Fit, "nothing can be said of a day")
}

// The examples are few, the same whatever the order, and not simply the first.
func TestExamples(t *testing.T) {
	all := triage.Rule{Name: "all", When: when.Words("hm"), Then: triage.Then{Tags: []string{"x"}}}
	old, is := side(t, policyOf(outage), nil), side(t, policyOf(outage, all), nil)
	var rowsOf []rows.Row
	for row := range posts(500) {
		rowsOf = append(rowsOf, row)
	}
	backwards := func(yield func(rows.Row, error) bool) {
		for i := len(rowsOf) - 1; i >= 0; i-- {
			if !yield(rowsOf[i], nil) {
				return
			}
		}
	}
	for _, x := range []struct{ ask, get int }{{0, 3}, {-1, 0}, {1, 1}, {7, 7}} {
		one, err := backtest.Run(old, is, posts(500), backtest.Options{Examples: x.ask})
		require.NoError(t, err)
		two, err := backtest.Run(old, is, backwards, backtest.Options{Examples: x.ask})
		require.NoError(t, err)
		require.Len(t, one.Changes, 1)
		assert.Len(t, one.Changes[0].Examples, x.get)
		assert.Equal(t, one.Changes, two.Changes, "whatever the order")
	}
	r, err := backtest.Run(old, is, posts(500), backtest.Options{Examples: 10})
	require.NoError(t, err)
	late := 0
	for _, e := range r.Changes[0].Examples {
		if e.Line > 250 {
			late++
		}
		assert.Equal(t, []string{`all: tags x on "hm"`}, e.Came)
		assert.Empty(t, e.Gone)
	}
	assert.True(t, 0 < late && late < 10, "they come from the whole of the mentions: %d of 10 from its second half", late)
}

// What is kept does not grow with the mentions, however many conversations and owners there are.
func TestMemoryStays(t *testing.T) {
	if testing.Short() || raceOn {
		t.Skip("counts 160,000 mentions")
	}
	each := triage.Rule{Name: "all", When: when.Words("hm"), Then: triage.Then{Handling: triage.Open}}
	old, is := side(t, policyOf(outage), nil), side(t, policyOf(outage, each), nil)
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	var half, whole uint64
	r, err := backtest.Run(old, is, func(yield func(rows.Row, error) bool) {
		n := 0
		for row := range posts(160_000) {
			if n++; n == 80_000 {
				half = heap()
			}
			if !yield(row, nil) {
				return
			}
		}
		whole = heap()
	}, backtest.Options{Owner: func(m *mention.Mention, _ triage.Verdict) string { return m.Author.Handle }})
	require.NoError(t, err)
	t.Logf("heap after 80,000 mentions %d kB, after 160,000 %d kB", half>>10, whole>>10)
	assert.Less(t, whole, half+1<<20, "less than 1 MB for 80,000 mentions")
	assert.Equal(t, 160_000, r.New.Cases)
	assert.Len(t, r.Owners, 1001, "a thousand, and the others")
	assert.LessOrEqual(t, len(r.Changes), 10_003)
}
