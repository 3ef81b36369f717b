package account_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/incident/account"
	"github.com/reputekit/reputation/triage"
)

var update = flag.Bool("update", false, "write what is said now to testdata")

// night is 02:14 in Madrid.
var night = time.Date(2026, 6, 16, 0, 14, 0, 0, time.UTC)

func rules(t testing.TB) *respond.Rules {
	t.Helper()
	data, err := os.ReadFile("../../testdata/specs.json")
	require.NoError(t, err)
	var s respond.Specs
	require.NoError(t, spec.Decode(data, &s))
	r, err := respond.NewRules(s, respond.Options{})
	require.NoError(t, err)
	return r
}

// A play is an incident as it is played; every page and post arrives after three seconds.
type play struct {
	t     testing.TB
	rules *respond.Rules
	in    incident.Incident
	start incident.Incident
	trail []incident.Entry
	n     int
}

func newPlay(t testing.TB) *play {
	in := incident.New("acme", "one")
	return &play{t: t, rules: rules(t), in: in, start: in}
}

func (p *play) do(at time.Time, by string, body event.Body) {
	p.t.Helper()
	p.n++
	in, entry, err := incident.Step(p.rules, p.in, event.Event{ID: fmt.Sprint(p.n), At: at, By: by, Body: body}, at)
	require.NoError(p.t, err)
	p.in = in
	p.trail = append(p.trail, entry)
	for _, x := range entry.Effects {
		switch b := x.Body.(type) {
		case effect.Tell:
			p.do(at.Add(3*time.Second), event.Channel, event.Delivered{Key: x.Key})
		case effect.Publish:
			p.do(at.Add(3*time.Second), event.Channel, event.Delivered{Key: x.Key, Ref: mention.Ref{Channel: b.Channel, ID: "s"}})
		}
	}
}

func (p *play) elapse(until time.Time) {
	for !p.in.Due().IsZero() && !p.in.Due().After(until) {
		p.do(p.in.Due(), event.Clock, event.Elapsed{Due: p.in.Due()})
	}
}

func (p *play) join(at time.Time, n int, severity triage.Severity) {
	p.do(at, event.Host, event.Joined{
		Case: fmt.Sprint("case-", n), Category: "outage", Severity: severity, Brand: "Fjordwing",
		Mention: mention.Ref{Channel: "chirp", ID: fmt.Sprint(n)},
	})
}

func (p *play) says(at time.Time, text string) {
	st := event.Statement{Text: text + " News here every 30 minutes.", Every: spec.Of(30 * time.Minute)}
	p.do(at, "ben", event.Stated{Statement: st})
	p.do(at.Add(2*time.Minute), "cleo", event.Approved{Draft: p.in.Draft.ID})
}

// outage is a night on which nearly everything happens.
func outage(t testing.TB) *play {
	p := newPlay(t)
	at := func(minutes int) time.Time { return night.Add(time.Duration(minutes) * time.Minute) }
	p.do(at(0), event.Host, event.Surged{Series: "s", Since: at(0), Category: "outage", Seen: 60, Expected: 4})
	for n := range 12 {
		p.join(at(n), n, triage.Serious)
	}
	p.elapse(at(14))
	p.do(at(15), "cleo", event.Taken{})
	p.do(at(16), "cleo", event.Declared{})
	p.do(at(17), "cleo", event.Assessed{Cluster: "accidental", Verified: true})
	p.elapse(at(84))
	p.says(at(85), "Check-in on our site is down.")
	for n := 12; n < 40; n++ {
		p.join(at(88), n, triage.Crisis)
	}
	p.elapse(at(120))
	p.says(at(121), "We have found the cause.")
	p.do(at(125), "cleo", event.HandedOver{To: "ben", Note: "the gateway team calls at five"})
	p.do(at(126), "ben", event.Taken{})
	p.do(at(130), "cleo", event.Contained{Note: "the gateway answers"})
	p.do(at(135), "ben", event.Freed{Case: "case-3", Note: "a lost bag"})
	p.do(at(140), event.Host, event.Subsided{Series: "s", Since: at(0)})
	p.do(at(145), "cleo", event.Dismissed{Note: "it works", Pace: 30})
	p.do(at(600), "ben", event.Examined{Cause: "a certificate ran out", Changes: []string{"ben: a warning a month before"}})
	return p
}

func read(t testing.TB, p *play) account.Account {
	t.Helper()
	all := account.Read(p.start, slices.Values(p.trail))
	require.Len(t, all, 1)
	return all[0]
}

func TestAccount(t *testing.T) {
	p := outage(t)
	a := read(t, p)
	assert.Equal(t, incident.Examined, a.State)
	assert.Equal(t, 16*time.Minute, a.Declared.Sub(a.Opened))
	assert.Equal(t, account.Joining{Joined: 40, Freed: 1, Severities: map[string]int{"serious": 12, "crisis": 28}}, a.Cases)
	require.Len(t, a.Said, 2)
	assert.True(t, a.Said[0].Missed, "the second statement came late")
	assert.Equal(t, 1, a.Said[0].Places)
	assert.False(t, a.Said[1].Missed)
	require.Len(t, a.Commands, 2)
	assert.Equal(t, "the gateway team calls at five", a.Commands[1].Note)
	assert.Equal(t, []string{"a word to the public", "a word to the public"}, []string{a.Late[0].What, a.Late[1].What})
	for _, x := range a.Late {
		assert.True(t, x.At.After(x.Due), "what was late came")
	}
	runs := 0
	for _, m := range a.Timeline {
		runs += m.N
	}
	assert.Equal(t, 40, runs, "every case is in a run")
	for n := range 3 {
		c := respond.Case{Stage: followup.Closed, Outcome: followup.Resolved, Breaches: 1,
			Messages: []respond.Message{{Ours: true, At: a.Over.Add(time.Duration(n-1) * time.Minute)}}}
		a.Follow(c)
	}
	a.Follow(respond.Case{Stage: followup.Working, Owed: night})
	assert.Equal(t, account.After{Cases: 4, Answered: 2, Waiting: 1, Breaches: 3, Ends: map[string]int{"resolved": 3, "live": 1}}, a.After)

	var out strings.Builder
	madrid, err := time.LoadLocation("Europe/Madrid")
	require.NoError(t, err)
	require.NoError(t, a.Text(&out, madrid))
	const golden = "testdata/outage.txt"
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(golden, []byte(out.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String(), "with -update it is written anew")

	data, err := json.Marshal(a)
	require.NoError(t, err)
	var back account.Account
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, a, back, "an account is plain data")
}

func TestAnAccountForEachTime(t *testing.T) {
	p := newPlay(t)
	assert.Empty(t, account.Read(p.start, slices.Values(p.trail)), "nothing happened")
	p.join(night, 1, triage.Crisis)
	p.elapse(night.Add(6 * time.Hour))
	later := night.Add(24 * time.Hour)
	p.join(later, 2, triage.Crisis)
	all := account.Read(p.start, slices.Values(p.trail))
	require.Len(t, all, 2, "it was dismissed, and began again")
	assert.Equal(t, incident.Dismissed, all[0].State)
	assert.Equal(t, incident.Suspected, all[1].State)
	assert.Equal(t, later, all[1].Opened)
	assert.Equal(t, 1, all[1].Cases.Joined)
	assert.Equal(t, "somebody to say what it is", all[0].Late[0].What)
	assert.Empty(t, account.Read(p.in, slices.Values(p.trail[:0])))
}

func TestTextIsOneLineEach(t *testing.T) {
	p := newPlay(t)
	p.join(night, 1, triage.Crisis)
	p.do(night, "ben", event.Dismissed{Note: "x\n2026-06-16 02:14:00  declared by cleo\u202e"})
	var out strings.Builder
	a := read(t, p)
	require.NoError(t, a.Text(&out, nil))
	assert.NotContains(t, out.String(), "\n2026", "no note passes for a line of the account")
	assert.NotContains(t, out.String(), "\u202e")
	assert.Error(t, a.Text(full{}, nil))
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

// A night that was dismissed, told afterwards.
func Example() {
	start := incident.New("acme", "one")
	entries := []incident.Entry{
		{Seq: 1, At: night, Event: event.Event{ID: "1", At: night, By: event.Host, Body: event.Joined{Case: "c", Category: "outage"}},
			Change: incident.Change{State: incident.Suspected, Matter: &incident.Matter{Category: "outage"}, First: &mention.Ref{}}},
		{Seq: 2, At: night.Add(time.Minute), Event: event.Event{ID: "2", By: "ben", Body: event.Dismissed{}},
			Change: incident.Change{State: incident.Dismissed}, Because: []string{"one airport only"}},
	}
	a := account.Read(start, slices.Values(entries))[0]
	fmt.Println(a.State, "after", a.Over.Sub(a.Opened))
	fmt.Println(a.Cases.Joined, "case")
	// Output:
	// dismissed after 1m0s
	// 1 case
}
