package incident_test

import (
	"encoding/json"
	"fmt"
	"os"
	"sync"
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
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/trail"
	"github.com/reputekit/reputation/triage"
)

// night is 02:14 in Madrid.
var night = time.Date(2026, 6, 16, 0, 14, 0, 0, time.UTC)

// compiled are the rules of all incidents here: they never change.
var compiled = sync.OnceValues(func() (*respond.Rules, error) {
	s, err := read()
	if err != nil {
		return nil, err
	}
	return respond.NewRules(s, respond.Options{})
})

func read() (s respond.Specs, err error) {
	data, err := os.ReadFile("../testdata/specs.json")
	if err != nil {
		return s, err
	}
	return s, spec.Decode(data, &s)
}

func rulesOf(t testing.TB) *respond.Rules {
	t.Helper()
	rules, err := compiled()
	require.NoError(t, err)
	return rules
}

// A crisis plays an incident event by event.
type crisis struct {
	t     testing.TB
	rules *respond.Rules
	in    incident.Incident
	start incident.Incident
	trail []incident.Entry
	n     int
}

func newCrisis(t testing.TB) *crisis {
	in := incident.New("acme", incident.ID("acme", "outage", "case-1"))
	return &crisis{t: t, rules: rulesOf(t), in: in, start: in}
}

func (c *crisis) try(at time.Time, by string, body event.Body) (incident.Entry, error) {
	c.t.Helper()
	c.n++
	e := event.Event{ID: event.RequestID(fmt.Sprint(c.n)), At: at, By: by, Body: body}
	before := encode(c.t, c.in)
	next, entry, err := incident.Step(c.rules, c.in, e, at)
	require.Equal(c.t, before, encode(c.t, c.in), "a step never alters its argument")
	if err != nil {
		require.ErrorIs(c.t, err, respond.ErrRefused)
		return entry, err
	}
	if entry.Seq > 0 {
		c.trail = append(c.trail, entry)
	}
	c.in = next
	_, again, err := incident.Step(c.rules, c.in, e, at)
	require.NoError(c.t, err)
	require.Empty(c.t, again.Effects, "the same event twice asks for nothing twice")
	return entry, nil
}

func (c *crisis) do(at time.Time, by string, body event.Body) incident.Entry {
	c.t.Helper()
	entry, err := c.try(at, by, body)
	require.NoError(c.t, err)
	return entry
}

func (c *crisis) refused(at time.Time, by string, body event.Body) string {
	c.t.Helper()
	_, err := c.try(at, by, body)
	require.Error(c.t, err)
	return err.Error()
}

func (c *crisis) join(at time.Time, n int) incident.Entry {
	c.t.Helper()
	return c.do(at, event.Host, event.Joined{
		Case: fmt.Sprint("case-", n), Category: "outage", Severity: triage.Crisis, Brand: "Fjordwing",
		Mention: mention.Ref{Channel: "chirp", ID: fmt.Sprint(n)},
	})
}

func (c *crisis) elapse(until time.Time) (entries []incident.Entry) {
	c.t.Helper()
	for i := 0; !c.in.Due().IsZero() && !c.in.Due().After(until); i++ {
		require.Less(c.t, i, 500, "due again and again at %s", c.in.Due())
		entries = append(entries, c.do(c.in.Due(), event.Clock, event.Elapsed{Due: c.in.Due()}))
	}
	return entries
}

func (c *crisis) replay() {
	c.t.Helper()
	var entries []incident.Entry
	require.NoError(c.t, json.Unmarshal([]byte(encode(c.t, c.trail)), &entries))
	require.Equal(c.t, encode(c.t, c.in), encode(c.t, trail.Fold(c.start, entries, incident.Apply)))
}

func encode(t testing.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return string(data)
}

func tells(entries ...incident.Entry) (members []string) {
	for _, e := range entries {
		for _, x := range e.Effects {
			if tell, ok := x.Body.(effect.Tell); ok && !tell.Relief {
				members = append(members, tell.Member)
			}
		}
	}
	return members
}

// keyed is the key of the first effect of a kind; empty when there is none.
func keyed[B effect.Body](e incident.Entry) string {
	for _, x := range e.Effects {
		if _, ok := x.Body.(B); ok {
			return x.Key
		}
	}
	return ""
}

func keyOf[B effect.Body](t testing.TB, e incident.Entry) string {
	t.Helper()
	key := keyed[B](e)
	require.NotEmpty(t, key, "nothing of the kind was asked for: %v", e.Effects)
	return key
}

func TestOnePageAtNight(t *testing.T) {
	c := newCrisis(t)
	first := c.join(night, 1)
	assert.Equal(t, incident.Suspected, c.in.State)
	assert.Equal(t, []string{"ben"}, tells(first), "ana is asleep, ben is paged")
	hold, ok := first.Effects[0].Body.(effect.Hold)
	require.True(t, ok, "scheduled posts are held")
	assert.Equal(t, night.Add(2*time.Hour), hold.Until)

	bounced := c.do(night.Add(time.Second), event.Channel, event.Undelivered{Key: keyOf[effect.Tell](t, first), Reason: event.Failed})
	assert.Equal(t, []string{"ben"}, tells(bounced), "his next contact")
	bounced = c.do(night.Add(2*time.Second), event.Channel, event.Undelivered{Key: keyOf[effect.Tell](t, bounced), Reason: event.Failed})
	assert.Equal(t, []string{"cleo"}, tells(bounced), "then the next level, at once")
	c.do(night.Add(3*time.Second), event.Channel, event.Delivered{Key: keyOf[effect.Tell](t, bounced)})
	c.do(night.Add(time.Minute), "cleo", event.Taken{})

	for n := 2; n <= 41; n++ {
		assert.Empty(t, c.join(night.Add(time.Duration(n)*time.Minute), n).Effects, "case %d pages nobody", n)
	}
	assert.Equal(t, 41, c.in.Cases)
	c.replay()
}

func TestOnlyAPersonDeclares(t *testing.T) {
	c := newCrisis(t)
	assert.Contains(t, c.refused(night, "cleo", event.Declared{}), "begins with a case")
	c.join(night, 1)
	assert.Contains(t, c.refused(night, event.Clock, event.Declared{}), "only a person")
	assert.Contains(t, c.refused(night, "ben", event.Declared{}), "cleo", "who may is named")
	assert.Contains(t, c.refused(night, "cleo", event.Stated{Statement: event.Statement{Text: "x"}}), "before a person declares")
	entry := c.do(night, "cleo", event.Declared{Note: "three countries"})
	assert.Equal(t, incident.Declared, c.in.State)
	assert.Equal(t, "cleo", c.in.Commander)
	hold := effect.Hold{Incident: c.in.ID, By: "cleo", Why: "a crisis is declared"}
	assert.Equal(t, hold, entry.Effects[0].Body, "held until it is over, with who and why")
	assert.Contains(t, c.refused(night, "cleo", event.Declared{}), "already")
	c.replay()
}

func TestNobodySaysAnything(t *testing.T) {
	c := newCrisis(t)
	c.join(night, 1)
	entries := c.elapse(night.Add(2 * time.Hour))
	assert.Contains(t, tells(entries...), "cleo", "the ladder climbs")
	assert.Equal(t, incident.Suspected, c.in.State)
	entries = c.elapse(night.Add(4 * time.Hour))
	assert.NotEmpty(t, tells(entries...), "asked again")
	assert.Equal(t, incident.Dismissed, c.in.State, "then back to normal, with a note")
	assert.NotEmpty(t, keyOf[effect.Resume](t, entries[len(entries)-1]))
	assert.False(t, c.in.Live())
	assert.Empty(t, c.in.Keys(), "the next case of the category opens a new incident")
	assert.True(t, c.in.Due().IsZero())
	c.replay()
}

func TestStatement(t *testing.T) {
	c := newCrisis(t)
	c.join(night, 1)
	c.do(night, "cleo", event.Declared{})
	madrid := time.FixedZone("CEST", 2*3600)
	at := time.Date(2026, 6, 16, 6, 10, 0, 0, time.UTC)
	next := time.Date(2026, 6, 16, 9, 0, 0, 0, madrid)
	for _, row := range []struct {
		reason    string
		statement event.Statement
		rules     []string
	}{
		{"soon is no time", event.Statement{Text: "Our site is down. We will be back soon."}, []string{"R14", "R13"}},
		{"a time without its zone", event.Statement{Text: "Our site is down. Next update at 9:00.", Next: next}, []string{"R15", "R13"}},
		{"a time that the text does not say",
			event.Statement{Text: "Our site is down.", Next: next, Zone: "Europe/Madrid"}, []string{"R13"}},
		{"a time that is over",
			event.Statement{Text: "Next update 03:00 CEST.", Next: at.Add(-time.Hour), Zone: "Europe/Madrid"}, []string{"R13"}},
		{"no zone of that name",
			event.Statement{Text: "Next update 09:00 CEST.", Next: next, Zone: "Europe/Oz"}, []string{"R13"}},
		{"a fault that nobody confirmed",
			event.Statement{Text: "This is our fault. Next update 09:00 CEST.", Next: next, Zone: "Europe/Madrid"}, []string{"R05"}},
		{"a page that the text does not name", event.Statement{Text: "Down. Next update 09:00 CEST.", Next: next, Zone: "Europe/Madrid",
			Look: "https://status.fjordwing.example"}, []string{"S1"}},
		{"nothing was said that could be corrected", event.Statement{Text: "Correction: only the app is down. Next update 09:00 CEST.",
			Next: next, Zone: "Europe/Madrid", Corrects: true}, []string{"S1"}},
	} {
		c.do(at, "ben", event.Stated{Statement: row.statement})
		var rules []string
		for _, f := range c.in.Draft.Findings {
			rules = append(rules, f.Rule)
		}
		assert.Subset(t, rules, row.rules, row.reason)
		_, err := c.try(at, "cleo", event.Approved{Draft: c.in.Draft.ID})
		var refused *respond.RefusedError
		require.ErrorAs(t, err, &refused, row.reason)
		assert.NotEmpty(t, refused.Findings, row.reason)
	}
	good := event.Statement{
		Text: "Check-in on our site and app is down. We are working on it. Next update at 09:00 CEST on this account.",
		Next: next, Zone: "Europe/Madrid", Look: "@fjordwing",
	}
	entry := c.do(at, "ben", event.Stated{Statement: good})
	assert.NotEmpty(t, keyOf[effect.Approve](t, entry), "somebody else is asked")
	assert.Contains(t, c.refused(at, "ben", event.Approved{Draft: c.in.Draft.ID}), "cleo")
	entry = c.do(at, "cleo", event.Approved{Draft: c.in.Draft.ID})
	require.Len(t, entry.Effects, 1, "once per account")
	post := entry.Effects[0].Body.(effect.Publish)
	assert.Equal(t, good.Text, post.Text)
	ours := mention.Ref{Channel: "chirp", ID: "s1"}
	c.do(at, event.Channel, event.Delivered{Key: entry.Effects[0].Key, Ref: ours})
	assert.Equal(t, next.UTC(), c.in.Due().UTC(), "the next news are due")

	entries := c.elapse(next)
	assert.Equal(t, 1, c.in.Breaches, "an update that was promised in public and missed is a breach")
	assert.NotEmpty(t, tells(entries...), "and pages")

	every := event.Statement{Text: "We have found the cause. News here every 30 minutes.", Every: spec.Of(30 * time.Minute)}
	c.do(next, "ben", event.Stated{Statement: every})
	entry = c.do(next, "cleo", event.Approved{Draft: c.in.Draft.ID})
	assert.Equal(t, ours, entry.Effects[0].Body.(effect.Publish).Revise, "revised in place")
	assert.Equal(t, 2, c.in.Statement.Version)
	assert.Equal(t, next.Add(30*time.Minute).UTC(), c.in.Statement.Next.UTC())
	require.Len(t, c.in.Statement.Earlier, 1, "what was said before is kept")
	earlier := c.in.Statement.Earlier[0]
	assert.Equal(t, incident.Earlier{Version: 1, Statement: earlier.Statement, By: "cleo", At: at}, earlier)
	assert.Equal(t, good.Text, earlier.Statement.Text)

	every.Corrects = true
	c.do(next, "ben", event.Stated{Statement: every})
	assert.Equal(t, "S1", c.in.Draft.Findings[0].Rule, "a correction is marked as one")
	every.Text = "Correction: the cause is not found. News here every 30 minutes."
	c.do(next, "ben", event.Stated{Statement: every})
	c.do(next, "cleo", event.Approved{Draft: c.in.Draft.ID})
	assert.True(t, c.in.Statement.Statement.Corrects)
	assert.Len(t, c.in.Statement.Earlier, 2)
	c.replay()
}

// The first case suspects, a person declares.
func Example() {
	var specs respond.Specs
	data, _ := os.ReadFile("../testdata/specs.json")
	if err := spec.Decode(data, &specs); err != nil {
		fmt.Println(err)
		return
	}
	rules, _ := respond.NewRules(specs, respond.Options{})
	in := incident.New("acme", incident.ID("acme", "outage", "case-1"))

	night := time.Date(2026, 6, 16, 0, 14, 0, 0, time.UTC)
	in, entry, _ := incident.Step(rules, in, event.Event{
		ID: "e1", At: night, By: event.Host, Body: event.Joined{Case: "case-1", Category: "outage"},
	}, night)
	fmt.Println(in.State)
	for _, e := range entry.Effects {
		fmt.Println(e.Kind(), "-", e.Because)
	}
	in, _, _ = incident.Step(rules, in, event.Event{ID: "e2", By: "cleo", Body: event.Declared{}}, night)
	fmt.Println(in.State, "by", in.Commander)
	// Output:
	// suspected
	// hold - a crisis is suspected: nothing cheerful goes out meanwhile
	// tell - level 0: ben is on duty
	// declared by cleo
}
